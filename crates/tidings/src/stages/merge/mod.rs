//! Reports to events: which reports tell one happening, and what they say of it together.
//!
//! Likeness of text proposes, what the reports say decides: who, what kind of act, when, where, how many. Rules that
//! no likeness overrides keep the same ministers in another month apart.

mod candidates;
mod cluster;
mod corpus;
mod key;
mod rules;
mod score;
mod skeleton;
mod text;
mod when;

pub use skeleton::skeleton;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    Knowledge,
    model::{Ancestry, Article, Report},
    stages::lineage,
};

/// For measuring: groups of reports by index.
pub fn group(reports: &[Report]) -> Vec<Vec<u32>> {
    let articles: Vec<Article> = reports.iter().map(|r| r.article.clone()).collect();
    let ancestry = lineage::lineage(&articles);
    let mut keys = keys(reports, &ancestry);
    distrust_batches(reports, &mut keys);
    let corpus = corpus::Corpus::new(&keys);
    let pairs = candidates::pairs(&corpus);
    if std::env::var("DUMP").is_ok() {
        for &(a, b) in &pairs {
            let score = score::Score::new(&corpus, a as usize, b as usize);
            println!(
                "{}\t{}\t{:.2}\t{:?}\t{:?}",
                keys[a as usize].source.document,
                keys[b as usize].source.document,
                score.total(),
                rules::apart(&keys[a as usize], &keys[b as usize], &score),
                score
            );
        }
    }
    cluster::groups(&corpus, &pairs).0
}

fn keys(reports: &[Report], ancestry: &[Ancestry]) -> Vec<key::Key> {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let copies: Vec<u32> = ancestry
        .iter()
        .map(|a| {
            let next = numbers.len() as u32;
            *numbers.entry(&a.group).or_insert(next)
        })
        .collect();
    reports.par_iter().zip(copies).map(|(report, copies)| key::Key::new(report, copies)).collect()
}

/// Reports that share a moment of publication to the second were put in then, and not published.
fn distrust_batches(reports: &[Report], keys: &mut [key::Key]) {
    const SECONDS: usize = "2024-11-16T16:03:00".len();
    const BATCH: usize = 4;
    let moment = |report: &Report| {
        let value = report.article.published.as_ref().map(|p| p.value.clone())?;
        (value.len() >= SECONDS).then_some(value)
    };
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for moment in reports.iter().filter_map(moment) {
        *counts.entry(moment).or_insert(0) += 1;
    }
    for (report, key) in reports.iter().zip(keys) {
        if moment(report).is_some_and(|m| counts[&m] >= BATCH) {
            key.published = None;
        }
    }
}
