//! Development aid: `measure lineage|group docs.jsonl...`.
use rayon::prelude::*;
use tidings::{
    Knowledge,
    model::{Article, Report},
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
    if what == "reports" {
        for r in &reports {
            println!(
                "== {} {} {:?} {:?}",
                r.article.id,
                r.article.part,
                r.article.language,
                r.article.published.as_ref().map(|p| &p.value)
            );
            println!("   title {:?}", r.article.title);
            for c in &r.claims {
                let a = |l: &Vec<usize>| {
                    l.iter()
                        .map(|&i| {
                            let a = &r.actors[i];
                            format!(
                                "{}/{}/{}",
                                a.name.clone().unwrap_or_default(),
                                a.country.map(|c| c.to_string()).unwrap_or_default(),
                                a.office.clone().or(a.organization.clone()).unwrap_or_default()
                            )
                        })
                        .collect::<Vec<_>>()
                        .join("; ")
                };
                println!(
                    "   {} {:?} {:?} {:?} [{}] -> [{}] t={:?} p={:?} s={:?} `{}` {}",
                    if c.main { "MAIN" } else { "    " },
                    c.kind,
                    c.modes,
                    c.status,
                    a(&c.actors),
                    a(&c.recipients),
                    c.time.map(|t| (&r.times[t].value, r.words(r.times[t].quote))),
                    c.place.map(|p| (&r.places[p].name)),
                    c.sentence,
                    r.words(c.trigger).chars().take(50).collect::<String>(),
                    c.rule
                );
            }
        }
        return;
    }
    let mut digest = tidings::stages::merge::merge(reports, &knowledge);
    eprintln!("merge {:?} for {}", t.elapsed(), digest.reports.len());
    let t = std::time::Instant::now();
    tidings::stages::narrate::narrate(&mut digest, &knowledge);
    eprintln!("narrate {:?}", t.elapsed());
    for record in tidings::record::events(&digest, "tidings dev") {
        println!("{}", serde_json::to_string(&record).unwrap());
    }
}
