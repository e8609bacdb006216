//! Times `interpret` over a folder of texts named `…_LANG_N.txt`: `cargo run --release --example speed -- FOLDER ROUNDS`.
use std::time::Instant;
use tidings::{Knowledge, model::Article, stages::interpret::interpret};
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let t = Instant::now();
    let k = Knowledge::embedded();
    let mut docs = Vec::new();
    for e in std::fs::read_dir(&a[0]).unwrap() {
        let p = e.unwrap().path();
        let n = p.file_stem().unwrap().to_string_lossy().into_owned();
        let l = n.split('_').rev().nth(1).unwrap_or("en").to_owned();
        docs.push(Article {
            id: n,
            part: 1,
            text: std::fs::read_to_string(&p).unwrap(),
            language: Some(l),
            ..Article::default()
        });
    }
    for d in &docs {
        let t = Instant::now();
        interpret(d.clone(), &k);
        let e = t.elapsed().as_millis();
        if e > 20 {
            println!("first {} {e} ms", d.id);
        }
    }
    println!("load {:?}", t.elapsed());
    let rounds: usize = a[1].parse().unwrap();
    let t = Instant::now();
    for _ in 0..rounds {
        for d in &docs {
            std::hint::black_box(interpret(d.clone(), &k));
        }
    }
    println!("{} docs/s", (rounds * docs.len()) as f64 / t.elapsed().as_secs_f64());
}
