//! A digest of all samples, held to what `samples/gold.jsonl` says of each article: `cargo test --test samples`.
//!
//! The figures are printed (with `TIDINGS_SHOW=1` what is wrong too), and must not fall below `[samples]` in `tests/quality/floors.toml`. They are printed for
//! each full language alone too, as a reader of that language's samples would find them; `benches/figures.py` puts
//! those into `data/languages/quality.tsv`.

mod common {
    pub mod samples;
}

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    process::ExitCode,
};

use common::samples;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use tidings::{
    Knowledge,
    model::{Event, Report, Role},
    stages::merge::{merge, skeleton},
};

fn main() -> ExitCode {
    let trial = Trial::test("samples end in the events of gold.jsonl", || {
        let knowledge = Knowledge::embedded();
        let reports = samples::reports(&[""], &knowledge);
        let gold = gold();
        let overall = measure(&gold, reports.clone(), &knowledge, env::var_os("TIDINGS_SHOW").is_some());
        println!("samples all {}", told(&overall));
        for code in knowledge.source().full_languages() {
            let own = |report: &&Report| report.article.language.as_ref() == Some(&code);
            let reports: Vec<Report> = reports.iter().filter(own).cloned().collect();
            let names: BTreeSet<(&str, u32)> = reports.iter().map(name).collect();
            let gold: Vec<Gold> = gold.iter().filter(|g| names.contains(&g.name())).cloned().collect();
            println!("samples {code} {}", told(&measure(&gold, reports.clone(), &knowledge, false)));
        }
        let short: Vec<String> = floors()
            .into_iter()
            .filter(|(figure, floor)| overall.get(figure.as_str()).is_none_or(|have| have < floor))
            .map(|(figure, floor)| format!("{figure} falls short of {floor}: {:?}", overall.get(figure.as_str())))
            .collect();
        if short.is_empty() { Ok(()) } else { Err(Failed::from(short.join("\n"))) }
    });
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

/// What a reader says of an article.
#[derive(Clone, Deserialize)]
struct Gold {
    file: String,
    id: Option<String>,
    part: u32,
    event: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    date: Option<String>,
    place: Option<String>,
    countries: BTreeSet<String>,
    published: Option<String>,
    background: Vec<String>,
}

impl Gold {
    /// The document and part that it speaks of.
    fn name(&self) -> (&str, u32) {
        (self.id.as_deref().unwrap_or(&self.file), self.part)
    }
}

fn gold() -> Vec<Gold> {
    let text = fs::read_to_string(samples::folder().join("gold.jsonl")).expect("the samples have their gold");
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

fn name(report: &Report) -> (&str, u32) {
    (&report.article.id, report.article.part)
}

type Figures = BTreeMap<&'static str, f64>;

fn told(figures: &Figures) -> String {
    figures.iter().map(|(name, value)| format!("{name}={value:.3}")).collect::<Vec<_>>().join(" ")
}

/// How near a digest of these reports comes to the gold:
///
/// - `b3`: `BCubed` F1, how well the articles are put together;
/// - `apart`: the share of near misses (articles of events with two states in common) that are kept apart;
/// - `type`, `day`, `place`: the share of articles whose event has the right one, of those where gold states it;
/// - `states`: F1 of the parties' states;
/// - `recalled`: the share of recalled events that hold the article as background;
/// - `published`: the share of articles with the right day of publication, or rightly without one.
fn measure(gold: &[Gold], reports: Vec<Report>, knowledge: &Knowledge, show: bool) -> Figures {
    let published: BTreeMap<(String, u32), Option<String>> = reports
        .iter()
        .map(|r| ((r.article.id.clone(), r.article.part), r.article.published.as_ref().map(|p| p.value.clone())))
        .collect();
    let digest = merge(reports, knowledge);
    let holds = |event: &Event, name: (&str, u32), role: Role| {
        event.reports.iter().any(|r| r.role == role && (r.source.document.as_str(), r.source.part) == name)
    };
    let found: Vec<Option<&Event>> =
        gold.iter().map(|g| digest.events.iter().find(|event| holds(event, g.name(), Role::Main))).collect();
    let mut shares: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut count = |figure: &'static str, g: &Gold, right: bool| {
        if show && !right {
            println!("not {figure}: {} {}", g.name().0, g.part);
        }
        let (hits, all) = shares.entry(figure).or_default();
        (*hits, *all) = (*hits + usize::from(right), *all + 1);
    };
    let (mut common, mut wanted, mut said) = (0, 0, 0);
    for (g, event) in gold.iter().zip(&found) {
        if let Some(kind) = &g.kind {
            count("type", g, event.and_then(|e| e.kind).is_some_and(|k| k.name() == kind));
        }
        if let Some(date) = &g.date {
            let ends = date.split_once('/').unwrap_or((date, date));
            let when = event.and_then(|e| e.date);
            let have = when.and_then(|w| Some((w.start()?, w.end()?)));
            count("day", g, have.as_ref().is_some_and(|(start, end)| (start.as_str(), end.as_str()) == ends));
        }
        if let Some((place, country)) = g.place.as_deref().and_then(|place| place.rsplit_once(", ")) {
            let fits = event.and_then(|e| e.place.as_ref()).is_some_and(|have| {
                let of_state = have.country.is_some_and(|c| c.as_str() == country);
                let is_state =
                    knowledge.world().countries().iter().any(|c| c.code.as_str() == country && c.name == place);
                of_state && (is_state || skeletons(&have.name) == skeletons(place))
            });
            count("place", g, fits);
        }
        let states: BTreeSet<String> =
            event.iter().flat_map(|e| &e.parties).filter_map(|p| Some(p.country?.to_string())).collect();
        common += states.intersection(&g.countries).count();
        (wanted, said) = (wanted + g.countries.len(), said + states.len());
        for recalled in &g.background {
            let told = |e: &&Event| {
                gold.iter().zip(&found).any(|(g, f)| g.event == *recalled && f.is_some_and(|f| f.id == e.id))
            };
            if gold.iter().any(|g| g.event == *recalled) {
                count("recalled", g, digest.events.iter().filter(told).any(|e| holds(e, g.name(), Role::Background)));
            }
        }
        let have = published.get(&(g.name().0.to_owned(), g.part)).cloned().flatten();
        let day = |value: &Option<String>| value.as_ref().and_then(|v| v.get(..10)).map(str::to_owned);
        count("published", g, day(&have) == day(&g.published));
    }
    let alone = |at: usize| format!("alone {at}");
    let clusters: Vec<String> =
        found.iter().enumerate().map(|(at, event)| event.map_or_else(|| alone(at), |e| e.id.clone())).collect();
    for (at, a) in gold.iter().enumerate() {
        for (other, b) in gold.iter().enumerate().take(at) {
            if a.event != b.event && a.countries.intersection(&b.countries).count() >= 2 {
                count("apart", a, clusters[at] != clusters[other]);
            }
        }
    }
    let mut figures: Figures =
        shares.into_iter().map(|(figure, (hits, all))| (figure, hits as f64 / all as f64)).collect();
    figures.insert("states", 2.0 * f64::from(common as u32) / f64::from((wanted + said).max(1) as u32));
    figures.insert("b3", bcubed(gold, &clusters));
    figures.insert("articles", gold.len() as f64);
    figures
}

/// The words of a name as other spellings of it would have them.
fn skeletons(name: &str) -> Vec<String> {
    name.split_whitespace().map(skeleton).collect()
}

/// `BCubed`: the mean over articles of how pure their cluster is, and how whole; their harmonic mean.
fn bcubed(gold: &[Gold], clusters: &[String]) -> f64 {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (a, cluster) in gold.iter().zip(clusters) {
        let same_event = gold.iter().filter(|b| b.event == a.event).count() as f64;
        let same_cluster = clusters.iter().filter(|c| *c == cluster).count() as f64;
        let both = gold.iter().zip(clusters).filter(|(b, c)| b.event == a.event && *c == cluster).count() as f64;
        (precision, recall) = (precision + both / same_cluster, recall + both / same_event);
    }
    if gold.is_empty() { 0.0 } else { 2.0 * precision * recall / (precision + recall) / gold.len() as f64 }
}

fn floors() -> BTreeMap<String, f64> {
    let path = samples::folder().join("../tests/quality/floors.toml");
    let table: toml::Table = fs::read_to_string(path).expect("the floors are there").parse().expect("they are TOML");
    let floors = table["samples"].as_table().expect("`samples` is a table of floors");
    floors.iter().map(|(figure, floor)| (figure.clone(), floor.as_float().expect("a floor is a number"))).collect()
}
