//! How rare each feature is among the reports at hand.

use rustc_hash::FxHashMap;

use super::key::{Key, hash};
use crate::model::Country;

/// The keys of all reports, with how many of them have each feature.
#[derive(Debug)]
pub struct Corpus<'k> {
    /// The keys.
    pub keys: &'k [Key],
    counts: FxHashMap<u64, u32>,
}

impl<'k> Corpus<'k> {
    /// Counts the features.
    pub fn new(keys: &'k [Key]) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for key in keys {
            for (feature, _) in key.text.all_names.iter().chain(&key.text.all_words) {
                *counts.entry(*feature).or_insert(0) += 1;
            }
            let mut slots: Vec<u64> = person_features(key);
            slots.extend(pair_feature(&key.countries));
            slots.extend(key.countries.iter().map(|c| hash(&("country", c))));
            slots.extend(key.place.as_ref().map(|p| hash(&("place", p.id))));
            slots.sort_unstable();
            slots.dedup();
            for slot in slots {
                *counts.entry(slot).or_insert(0) += 1;
            }
        }
        Self { keys, counts }
    }

    /// How many reports have a feature.
    pub fn count(&self, feature: u64) -> u32 {
        self.counts.get(&feature).copied().unwrap_or(0)
    }

    /// How much a feature tells, in nats: a feature of every report tells nothing.
    pub fn weight(&self, feature: u64) -> f64 {
        ((self.keys.len() as f64 + 1.0) / f64::from(self.count(feature).max(1))).ln().max(0.0)
    }

    /// The same from 0 to 1.
    pub fn rarity(&self, feature: u64) -> f64 {
        self.weight(feature) / (self.keys.len() as f64 + 1.0).ln()
    }

    /// The share of one text's rare features that another has.
    pub fn share(&self, part: &[(u64, f32)], whole: &[(u64, f32)]) -> f64 {
        let (mut at, mut shared, mut all) = (0, 0.0, 0.0);
        for &(feature, weight) in part {
            let square = self.weight(feature).powi(2);
            all += square * f64::from(weight);
            while at < whole.len() && whole[at].0 < feature {
                at += 1;
            }
            if whole.get(at).is_some_and(|f| f.0 == feature) {
                shared += square * f64::from(weight.min(whole[at].1));
            }
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// Features of the parties' names: the world's id, or the longest part.
pub fn person_features(key: &Key) -> Vec<u64> {
    let mut features: Vec<u64> = Vec::new();
    for person in &key.people {
        features.extend(person.id);
        features.extend(person.parts.iter().filter(|p| p.len() > 2).map(|p| hash(&("person", p))));
    }
    features.sort_unstable();
    features.dedup();
    features
}

/// The feature of two or more states that act together.
pub fn pair_feature(countries: &[Country]) -> Option<u64> {
    (countries.len() > 1).then(|| hash(&("states", countries)))
}
