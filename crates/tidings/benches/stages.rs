//! Documents a second on one core, over `samples/`: reading pages, understanding articles, and the whole way to events.
//!
//! `cargo bench -p tidings`. Packs are built before the clock starts; `digest` includes extracting and interpreting.

use std::{hint::black_box, path::PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tidings::{
    Knowledge,
    model::{Article, Page, Report},
    stages::{
        acquire::{Given, Input, acquire},
        extract::extract,
        interpret::interpret,
        merge::merge,
        narrate::narrate,
    },
};

fn pages() -> Vec<Page> {
    let samples = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples"));
    let inputs = acquire(vec![samples], Given::default()).filter_map(Result::ok);
    inputs
        .filter_map(|input| match input {
            Input::Page(page) => Some(page),
            _ => None,
        })
        .collect()
}

fn stages(criterion: &mut Criterion) {
    // One core, as the figures say.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("nothing has asked for threads yet");
    let knowledge = Knowledge::embedded();
    let pages = pages();
    let read = || -> Vec<Article> { pages.iter().flat_map(|page| extract(page, &knowledge)).collect() };
    let articles = read();
    let understand = |articles: Vec<Article>| -> Vec<Report> {
        articles.into_iter().map(|article| interpret(article, &knowledge)).collect()
    };
    understand(articles.clone());
    let mut group = criterion.benchmark_group("samples");
    group.sample_size(20).throughput(Throughput::Elements(pages.len() as u64));
    group.bench_function("extract", |bench| bench.iter(|| black_box(read())));
    group.bench_function("interpret", |bench| bench.iter(|| black_box(understand(articles.clone()))));
    group.bench_function("digest", |bench| {
        bench.iter(|| {
            let mut digest = merge(understand(read()), &knowledge);
            narrate(&mut digest, &knowledge);
            black_box(digest)
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
