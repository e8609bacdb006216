//! The list of languages with their usual words, and what it says beyond the table: words of a user's own list, and
//! languages that the table was not built with, whose letters are learned from their words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::script::Script;
use super::table::{END, Key, START, Table, UNIT};
use super::words::folded;

/// A line of the list.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) code: Box<str>,
    pub(super) script: Script,
    pub(super) words: Box<str>,
    /// Where its costs stand, if it shares its script.
    pub(super) place: Option<usize>,
}

impl Row {
    /// All lines; those that name no script are left out.
    pub(super) fn all(list: &str) -> Vec<Self> {
        let row = |line: &str| {
            let mut fields = line.split('\t');
            let (code, script, words) = (fields.next()?, fields.next()?, fields.next().unwrap_or_default());
            let script = Script::named(script)?;
            Some(Self { code: code.into(), script, words: words.into(), place: None })
        };
        list.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
    }
}

/// Costs by sequence and word, as in the table.
#[derive(Debug)]
pub(super) struct Listed {
    costs: FxHashMap<u64, Vec<(u8, u8)>>,
    /// Of the languages that the table does not have.
    pub(super) places: Range<usize>,
}

/// The share of a text's words that the listed ones make up.
const SHARE: f32 = 0.5;
/// How much trust goes to shorter sequences of letters, in units of counted words.
const SHORTER: f32 = 2.0;

impl Listed {
    /// Gives each row its place; nothing where the table says all.
    pub(super) fn new(rows: &mut [Row], table: &Table, own: bool) -> Option<Self> {
        let mut places = table.rows.len()..table.rows.len();
        let mut shared: FxHashMap<Script, usize> = FxHashMap::default();
        rows.iter().for_each(|row| *shared.entry(row.script).or_default() += 1);
        for row in rows.iter_mut().filter(|row| shared[&row.script] > 1 && row.script != Script::Hani) {
            let known = table.rows.iter().position(|known| known.code == &*row.code && known.script == row.script);
            row.place = known.or_else(|| {
                places.end += 1;
                // Places are bytes.
                (places.end <= 256).then_some(places.end - 1)
            });
        }
        places.end = places.end.min(256);
        if !own && places.is_empty() {
            return None;
        }
        let mut listed = Self { costs: FxHashMap::default(), places };
        for row in rows.iter() {
            let Some(place) = row.place.filter(|place| own || listed.places.contains(place)) else { continue };
            listed.words(&row.words, place as u8);
            if listed.places.contains(&place) {
                listed.letters(&row.words, place as u8);
            }
        }
        Some(listed)
    }

    pub(super) fn get(&self, key: Key) -> Option<&Vec<(u8, u8)>> {
        self.costs.get(&key.value())
    }

    fn add(&mut self, key: Key, place: u8, probability: f32) {
        let cost = (-probability.ln() * f32::from(UNIT)).round().clamp(0.0, 255.0) as u8;
        self.costs.entry(key.value()).or_default().push((place, cost));
    }

    /// The first words are the most frequent ones.
    fn words(&mut self, words: &str, place: u8) {
        let weight = |rank: usize| 1.0 / (rank as f32 + 8.0);
        let sum: f32 = (0..words.split(' ').count()).map(weight).sum();
        for (rank, word) in words.split(' ').enumerate() {
            let letters: Vec<char> = folded(word).filter(|c| c.is_alphabetic()).collect();
            self.add(Key::of_word(&letters), place, weight(rank) / sum * SHARE);
        }
    }

    /// Each letter after up to two before it, mixed with what fewer say.
    fn letters(&mut self, words: &str, place: u8) {
        let mut counts: FxHashMap<Vec<char>, f32> = FxHashMap::default();
        for word in words.split(' ') {
            let marked: Vec<char> = [START].into_iter().chain(folded(word)).chain([END]).collect();
            for end in 1..marked.len() {
                for start in end.saturating_sub(2)..=end {
                    *counts.entry(marked[start..=end].to_vec()).or_default() += 1.0;
                    *counts.entry(marked[start..end].iter().copied().chain(['\0']).collect()).or_default() += 1.0;
                }
            }
        }
        let mut sequences: Vec<Vec<char>> =
            counts.keys().filter(|found| found.last() != Some(&'\0')).cloned().collect();
        sequences.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        let mut probabilities: FxHashMap<Vec<char>, f32> = FxHashMap::default();
        for sequence in sequences {
            let (end, before) = (&sequence[1..], &sequence[..sequence.len() - 1]);
            let shorter = probabilities.get(end).copied().unwrap_or(0.001);
            let all =
                counts.get(&before.iter().copied().chain(['\0']).collect::<Vec<_>>()).copied().unwrap_or_default();
            let probability = (counts[&sequence] + SHORTER * shorter) / (all + SHORTER);
            let key = sequence.iter().rev().fold(Key::SEQUENCE, |key, &c| key.before(c));
            self.add(key, place, probability);
            probabilities.insert(sequence, probability);
        }
    }
}
