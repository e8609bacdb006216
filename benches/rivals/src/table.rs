//! The table that is printed.

use std::time::Duration;

use crate::Measured;
use crate::pages::Sample;

/// Prints what was measured on one set, a line a tool, and below it what the scorer says of each.
pub fn print(set: &str, sample: &[Sample], measured: &mut [Measured]) {
    let bytes: usize = sample.iter().map(|page| page.html.len()).sum();
    let largest = sample.iter().map(|page| page.html.len()).max().unwrap_or(0);
    println!(
        "\n{set}: {} pages, {:.1} MB, the largest {:.2} MB; one thread, its CPU time, {} rounds interleaved\n",
        sample.len(),
        bytes as f64 / 1e6,
        largest as f64 / 1e6,
        measured.first().map_or(0, |tool| tool.rounds.len()),
    );
    println!(
        "| tool | pages/s, best round | median | f1 | precision | recall | most memory, times the page | largest page |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for tool in measured.iter_mut() {
        tool.rounds.sort();
        let speed = |time: Duration| sample.len() as f64 / time.as_secs_f64();
        let (f1, p, r) = tool.score.as_deref().map(|score| figures(set, score)).unwrap_or_default();
        println!(
            "| {} | {:.0} | {:.0} | {f1} | {p} | {r} | {:.1} | {:.1} |",
            tool.name,
            speed(tool.rounds[0]),
            speed(tool.rounds[tool.rounds.len() / 2]),
            tool.memory.0,
            tool.memory.1,
        );
    }
    println!();
    for tool in measured.iter() {
        if let Some(score) = &tool.score {
            println!("{}: {score}", tool.name);
        }
    }
}

/// F1, precision and recall of the scorer's line: for articles the latter are means over the languages.
fn figures(set: &str, score: &str) -> (String, String, String) {
    let pairs: Vec<(&str, f64)> = score
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .filter_map(|(k, v)| Some((k, v.parse().ok()?)))
        .collect();
    let one = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let mean = |ending: &str| {
        let values: Vec<f64> = pairs.iter().filter(|(key, _)| key.ends_with(ending)).map(|(_, value)| *value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let (p, r) = if set == "articles" { (mean("_p"), mean("_r")) } else { (one("precision"), one("recall")) };
    let show = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
    (show(one("f1")), show(p), show(r))
}
