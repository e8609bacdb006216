//! Development aid: `measure lineage|group docs.jsonl...`.
use rayon::prelude::*;
use std::collections::BTreeMap;
use tidings::{
    Knowledge,
    model::*,
    stages::{
        acquire::{Given, Input, acquire},
        extract::extract,
        interpret::interpret,
    },
};
fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap();
    let knowledge = Knowledge::embedded();
    let t = std::time::Instant::now();
    let pages: Vec<Input> = acquire(args.map(Into::into), Given::default()).filter_map(Result::ok).collect();
    let articles: Vec<Article> = pages
        .into_par_iter()
        .flat_map_iter(|p| match p {
            Input::Page(p) => extract(&p, &knowledge),
            Input::Article(a) => vec![a],
            Input::Report(_) => vec![],
        })
        .collect();
    eprintln!("extract {:?} for {}", t.elapsed(), articles.len());
    let t = std::time::Instant::now();
    if what == "lineage" {
        let found = tidings::stages::lineage::lineage(&articles);
        eprintln!("{:?} for {}", t.elapsed(), articles.len());
        for f in found {
            println!(
                "{}",
                serde_json::json!({"id": f.source.document, "group": f.group, "copy_of": f.copy_of.map(|s| s.document), "overlap": f.overlap})
            );
        }
        return;
    }
    let reports: Vec<Report> = articles.into_par_iter().map(|a| interpret(a, &knowledge)).collect();
    eprintln!("interpret {:?} for {}", t.elapsed(), reports.len());
    let t = std::time::Instant::now();
    let groups = tidings::stages::merge::group(&reports);
    eprintln!("{:?} for {}", t.elapsed(), reports.len());
    if std::env::var("DUMP").is_ok() {
        return;
    }
    let _: BTreeMap<u8, u8> = BTreeMap::new();
    for (n, g) in groups.iter().enumerate() {
        let r: Vec<_> = g.iter().map(|&i| serde_json::json!({"document": reports[i as usize].article.id, "role": "main", "part": reports[i as usize].article.part})).collect();
        println!("{}", serde_json::json!({"id": n, "reports": r}));
    }
}
