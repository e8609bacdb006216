//! Shows what is found in a text: `cargo run --example interpret -- en 2024-11-15 < text`. The first line is the title.

use std::io::Read;

use tidings::{
    Knowledge,
    model::{Article, DateSource, Published},
    stages::interpret::interpret,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("standard input is text");
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    let article = Article {
        id: "stdin".into(),
        part: 1,
        language: arguments.first().cloned(),
        published: arguments.get(1).map(|p| Published { value: p.clone(), from: DateSource::Input }),
        title: Some(title.to_owned()).filter(|t| !t.is_empty()),
        text: body.to_owned(),
        ..Article::default()
    };
    let report = interpret(article, &Knowledge::with_folder("data".into()).expect("the data folder can be read"));
    for t in &report.times {
        println!("time   {:30} {} {:?}", report.words(t.quote), t.value, t.precision);
    }
    for p in &report.places {
        println!("place  {:30} {} {:?} venue {}", report.words(p.quote), p.name, p.country, p.venue);
    }
    for (n, a) in report.actors.iter().enumerate() {
        println!(
            "actor {n} {:40} name {:?} country {:?} office {:?} rank {:?} {:?}",
            report.words(a.quote),
            a.name,
            a.country,
            a.office,
            a.rank,
            a.organization
        );
    }
    for q in &report.quantities {
        println!("count  {} {} {:?}", q.what, q.value, q.unit);
    }
    for c in &report.claims {
        println!(
            "{} {:?} {:?} {:?} {:?} -> {:?} time {:?} place {:?} s{:?} `{}` {} {:?}",
            if c.main { "MAIN " } else { "claim" },
            c.kind,
            c.modes,
            c.status,
            c.actors,
            c.recipients,
            c.time.map(|t| &report.times[t].value),
            c.place.map(|p| &report.places[p].name),
            c.sentence,
            report.words(c.trigger),
            c.rule,
            c.contexts,
        );
    }
}
