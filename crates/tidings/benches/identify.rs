//! Sentences a second on one core whose language is told: `cargo bench -p tidings --bench identify`.
//!
//! The sentences are those of the unit tests, in 40 languages; the table is read in place, so that nothing is built
//! before the clock starts.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tidings::language::{foreign, identify};

const SENTENCES: &str = include_str!("../tests/languages/identify.tsv");

fn sentences(criterion: &mut Criterion) {
    let lines = SENTENCES.lines().filter(|line| !line.starts_with('#'));
    let sentences: Vec<&str> = lines.filter_map(|line| line.split_once('\t')).map(|(_, text)| text).collect();
    let long = sentences.join("\n").repeat(100);
    let mut group = criterion.benchmark_group("identify");
    group.throughput(Throughput::Elements(sentences.len() as u64));
    group.bench_function("sentences", |bench| {
        bench.iter(|| sentences.iter().filter_map(|text| identify(black_box(text))).count());
    });
    group.bench_function("lines", |bench| {
        bench.iter(|| sentences.iter().filter_map(|text| foreign(black_box(text), "en")).count());
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("long text", |bench| bench.iter(|| identify(black_box(&long))));
    group.finish();
}

criterion_group!(benches, sentences);
criterion_main!(benches);
