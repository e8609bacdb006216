//! Chooses which sequences and words are worth their bytes.
//!
//! A sequence is worth as much as it changes what tells a language from its near relatives, beyond what its shorter
//! ends tell already, as often as it is met. Once it is chosen for one language, all that write it get their costs, so
//! that what one gains by a sequence is not only that others were left out.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{counts::Model, format::UNIT, sources::Language};

/// By key: languages by their places, with their costs.
pub type Entries = BTreeMap<u64, Vec<(u8, u8)>>;

/// How many sequences and words are chosen for a language that has no near relatives.
const SEQUENCES: f64 = 1500.0;
const WORDS: f64 = 1000.0;
/// How many times as many for each doubling of the languages of a group.
const RELATIVES: f64 = 2.5;
/// What tells a language from all that are not its near relatives is worth so much less.
const OUTSIDE: f64 = 0.3;
/// What a language loses at each length at which it lacks a sequence that others have.
pub const BACKOFF: f64 = 1.5;
/// Costs that are so near to what the shorter sequence gives are left out,
const NEAR: f64 = 0.4;
/// and those of sequences chosen for others that matter less often than this.
const LEAST: f64 = 2.5e-6;
const LEAST_WORD: f64 = 3e-6;
/// Pairs of letters that are rarer are left out.
const LEAST_PAIR: f64 = 1e-6;

pub fn entries(languages: &[Language], models: &[Model]) -> Entries {
    let mut entries = Entries::new();
    let mut scripts: Vec<&str> = languages.iter().map(|language| language.script.as_str()).collect();
    scripts.dedup();
    for script in scripts {
        let of_script: Vec<usize> = (0..languages.len()).filter(|&at| languages[at].script == script).collect();
        let mut groups: BTreeMap<&str, Vec<&Model>> = BTreeMap::new();
        for &at in &of_script {
            groups.entry(&languages[at].group).or_default().push(&models[at]);
        }
        let (mut keys, mut words) = (FxHashSet::default(), FxHashSet::default());
        let mut own: BTreeMap<&str, FxHashSet<u64>> = BTreeMap::new();
        for (name, group) in &groups {
            let chosen = own.entry(name).or_default();
            choose_sequences(group, chosen);
            keys.extend(chosen.iter().copied());
            choose_words(group, &mut words);
        }
        for &at in &of_script {
            let id = u8::try_from(at).expect("there are fewer than 256 languages");
            let mut push = |key, cost: f64| entries.entry(key).or_default().push((id, quantised(cost)));
            cost_sequences(&models[at], &keys, &own[languages[at].group.as_str()], &mut push);
            for (key, share) in
                models[at].words.iter().filter(|(key, share)| words.contains(key) && **share > LEAST_WORD)
            {
                push(*key, -(share / 2.0).ln());
            }
        }
    }
    entries
}

fn quantised(cost: f64) -> u8 {
    (cost * f64::from(UNIT)).round().clamp(0.0, 255.0) as u8
}

/// Keeps the best of what all languages of a group write.
fn choose_sequences(group: &[&Model], keys: &mut FxHashSet<u64>) {
    let mut worth: FxHashMap<u64, f64> = FxHashMap::default();
    for model in group {
        for (&key, sequence) in &model.sequences {
            if sequence.length < 3 {
                if sequence.share > LEAST_PAIR {
                    keys.insert(key);
                }
                continue;
            }
            let log = sequence.probability.ln();
            let shorter = model.log(sequence.end, model, 0);
            let mut best = (log - (shorter - BACKOFF)).abs() * OUTSIDE;
            for other in group.iter().filter(|other| !std::ptr::eq(**other, *model)) {
                let change = (log - other.log(key, model, 0)) - (shorter - other.log(sequence.end, model, 0));
                best = best.max(change.abs());
            }
            *worth.entry(key).or_default() += sequence.share * best;
        }
    }
    let most = SEQUENCES * RELATIVES.powf((group.len() as f64).log2());
    for key in best(worth, most as usize) {
        // A sequence is found only where its shorter ends are.
        let mut next = Some(key);
        while let Some(key) = next {
            keys.insert(key);
            next = group.iter().find_map(|model| model.sequences.get(&key)).map(|sequence| sequence.end);
        }
    }
}

fn choose_words(group: &[&Model], words: &mut FxHashSet<u64>) {
    let mut worth: FxHashMap<u64, f64> = FxHashMap::default();
    for model in group {
        for (&key, share) in &model.words {
            let log = |model: &Model| model.words.get(&key).copied().unwrap_or(2e-7).ln();
            let mut best: f64 = 2.0 * OUTSIDE;
            for other in group.iter().filter(|other| !std::ptr::eq(**other, *model)) {
                best = best.max((log(model) - log(other)).abs().min(6.0));
            }
            *worth.entry(key).or_default() += share * best;
        }
    }
    let most = WORDS * RELATIVES.powf((group.len() as f64).log2());
    words.extend(best(worth, most as usize));
}

fn best(worth: FxHashMap<u64, f64>, most: usize) -> Vec<u64> {
    let mut all: Vec<(u64, f64)> = worth.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(most);
    all.into_iter().map(|(key, _)| key).collect()
}

/// The costs of all chosen sequences that a language writes, but for those that its shorter ones give well enough.
fn cost_sequences(model: &Model, keys: &FxHashSet<u64>, own: &FxHashSet<u64>, push: &mut impl FnMut(u64, f64)) {
    let mut chosen: Vec<(u64, &crate::counts::Sequence)> =
        model.sequences.iter().filter(|(key, _)| keys.contains(key)).map(|(key, sequence)| (*key, sequence)).collect();
    chosen.sort_by_key(|(key, sequence)| (sequence.length, *key));
    // What the table will say of each.
    let mut said: FxHashMap<u64, f64> = FxHashMap::default();
    for (key, sequence) in chosen {
        let log = sequence.probability.ln();
        if sequence.length > 1 {
            if let Some(shorter) = said.get(&sequence.end) {
                let without = shorter - BACKOFF;
                let change = (log - without).abs();
                if sequence.length > 2 && (change < NEAR || change * sequence.share < LEAST && !own.contains(&key)) {
                    said.insert(key, without);
                    continue;
                }
            }
        }
        said.insert(key, log);
        push(key, -log);
    }
}
