//! Which reports are worth comparing: those that share something rare.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    corpus::{Corpus, pair_feature, person_features},
    key::{Key, hash},
};

/// Reports that one report is compared with at most.
const MOST: usize = 60;
/// Rare features of one text that are looked up.
const LOOKED_UP: usize = 48;
/// A list longer than this tells too little to be walked.
const LONG: usize = 400;

/// Pairs worth comparing, each once, sorted.
pub fn pairs(corpus: &Corpus<'_>) -> Vec<(u32, u32)> {
    let features: Vec<Vec<u64>> = corpus.keys.par_iter().map(|key| features(corpus, key)).collect();
    let mut lists: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (at, features) in features.iter().enumerate() {
        for feature in features {
            lists.entry(*feature).or_default().push(at as u32);
        }
    }
    let mut pairs: Vec<(u32, u32)> = features
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, own)| {
            let at = at as u32;
            let mut weights: FxHashMap<u32, f64> = FxHashMap::default();
            for feature in own {
                let list = &lists[feature];
                if list.len() < 2 || list.len() > LONG {
                    continue;
                }
                let weight = corpus.weight(*feature).max(0.1);
                for other in list.iter().filter(|o| **o != at) {
                    *weights.entry(*other).or_insert(0.0) += weight;
                }
            }
            #[allow(clippy::iter_over_hash_type)] // sorted below
            let mut found: Vec<(u32, f64)> = weights.into_iter().collect();
            found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(MOST);
            found.into_iter().map(move |(other, _)| (at.min(other), at.max(other))).collect::<Vec<_>>()
        })
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The features by which a report is found, sorted.
fn features(corpus: &Corpus<'_>, key: &Key) -> Vec<u64> {
    let mut text: Vec<(u64, f64)> = key
        .text
        .names
        .iter()
        .chain(&key.text.words)
        .map(|(feature, weight)| (*feature, corpus.weight(*feature) * f64::from(*weight)))
        .filter(|(feature, _)| corpus.count(*feature) > 1)
        .collect();
    text.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut features: Vec<u64> = text.into_iter().take(LOOKED_UP).map(|f| f.0).collect();
    features.extend(person_features(key));
    features.push(hash(&("copies", key.copies)));
    // What two states do is known by the states, the kind of act and the season.
    let month = key.when.and_then(crate::model::When::interval).or(key.published).and_then(|i| i.earliest);
    if let Some(pair) = pair_feature(&key.countries) {
        features.push(hash(&(pair, key.kind)));
        features.extend(month.map(|d| hash(&(pair, d.year(), d.month()))));
    } else if let (Some(country), Some(day)) = (key.countries.first().or(key.around.first()), month) {
        features.push(hash(&(country, key.kind, day.year(), day.month())));
    }
    features.sort_unstable();
    features.dedup();
    features
}
