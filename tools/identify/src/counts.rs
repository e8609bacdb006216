//! Counts of sequences of letters and words of one language, and the probabilities that follow from them.

use rustc_hash::FxHashMap as HashMap;

use crate::{
    choose::BACKOFF,
    format::{END, Key, LONGEST, START},
    script::Script,
    words::{Words, folded},
};

#[derive(Default)]
pub struct Counts {
    /// By length, from one letter on.
    pub sequences: [HashMap<Vec<char>, f64>; LONGEST],
    /// The share that a word has among all.
    pub words: HashMap<Vec<char>, f64>,
    all: f64,
}

impl Counts {
    /// A sequence of letters, perhaps with the mark of a word's beginning or end.
    pub fn sequence(&mut self, sequence: &str, count: f64) {
        let letters: Vec<char> = folded(sequence).collect();
        if let Some(counts) = letters.len().checked_sub(1).and_then(|at| self.sequences.get_mut(at)) {
            *counts.entry(letters).or_default() += count;
        }
    }

    pub fn word(&mut self, word: &str, count: f64) {
        let Some(script) = word.chars().find_map(Script::of) else { return };
        let cut = Words::cut(word, script);
        for (letters, _) in cut.in_turns() {
            self.letters(letters, count);
        }
        // A piece with an apostrophe is no word of its own where the engine cuts it.
        if cut.in_turns().count() == 1 {
            cut.in_turns().for_each(|(letters, _)| *self.words.entry(letters.to_vec()).or_default() += count);
        }
        self.all += count;
    }

    fn letters(&mut self, letters: &[char], count: f64) {
        let marked: Vec<char> = [START].iter().chain(letters).chain(&[END]).copied().collect();
        for end in 1..marked.len() {
            for length in 1..=LONGEST.min(end + 1) {
                let (sequence, counts) = (&marked[end + 1 - length..=end], &mut self.sequences[length - 1]);
                match counts.get_mut(sequence) {
                    Some(known) => *known += count,
                    None => drop(counts.insert(sequence.to_vec(), count)),
                }
            }
        }
    }

    /// Texts of a few thousand words and a list of usual words, the most frequent first, where `letters` letters of
    /// sequences have been counted (none: 0), and perhaps words.
    pub fn small(&mut self, texts: &[String], listed: &[String], letters: f64) {
        let cut: Vec<Words> =
            texts.iter().filter_map(|text| Some(Words::cut(text, text.chars().find_map(Script::of)?))).collect();
        let words: Vec<&[char]> = cut.iter().flat_map(|words| words.in_turns().map(|(letters, _)| letters)).collect();
        // Half of a text's words are listed ones, and their ranks tell how frequent they are.
        let rank = |at: usize| 1.0 / (at as f64 + 8.0);
        let sum: f64 = (0..listed.len()).map(rank).sum();
        if self.all > 0.0 {
            words.iter().for_each(|word| self.letters(word, 1.0));
            let total = self.all * 0.02;
            listed.iter().enumerate().for_each(|(at, word)| self.word(word, rank(at) / sum * total));
        } else if letters > 0.0 {
            let all = letters / 5.0;
            listed.iter().enumerate().for_each(|(at, word)| self.word(word, rank(at) / sum * all / 2.0));
            self.all = all;
        } else {
            for word in &words {
                self.letters(word, 1.0);
                *self.words.entry(word.to_vec()).or_default() += 1.0;
            }
            self.all = words.len() as f64;
            let total = self.all.max(4000.0);
            listed.iter().enumerate().for_each(|(at, word)| self.word(word, rank(at) / sum * total));
        }
    }

    /// What is learned, without what is met too seldom to matter.
    pub fn model(&self) -> Model {
        let mut model = Model::default();
        let words = self.words.iter().map(|(word, count)| (Key::of_word(word).value(), count / self.all));
        model.words = words.filter(|(_, share)| *share > 3e-7).collect();
        for found in self.probabilities() {
            for (letters, (probability, share)) in found {
                if share > 1e-7 {
                    let (key, end) = (key(&letters), key(&letters[1..]));
                    model.sequences.insert(key, Sequence { probability, share, end, length: letters.len() });
                }
            }
        }
        model
    }

    /// The probability of each sequence's last letter after those before it, mixed with what shorter ones say as
    /// Witten and Bell do, and how often the sequence is met, by length.
    fn probabilities(&self) -> Vec<HashMap<Vec<char>, (f64, f64)>> {
        let mut found: Vec<HashMap<Vec<char>, (f64, f64)>> = Vec::new();
        let letters: f64 = self.sequences[0].values().sum();
        for counts in &self.sequences {
            let mut contexts: HashMap<&[char], (f64, f64)> = HashMap::default();
            for (sequence, count) in counts {
                let context = contexts.entry(&sequence[..sequence.len() - 1]).or_default();
                context.0 += count;
                context.1 += 1.0;
            }
            let shorter = found.last();
            // What a small text has once may be a name.
            let often = |letters: &[char], count: f64| letters.len() < 4 || count > 1.5 || self.all > 1e6;
            let one = counts.iter().filter(|(letters, count)| often(letters, **count)).map(|(sequence, count)| {
                let (all, kinds) = contexts[&sequence[..sequence.len() - 1]];
                let below = shorter.map_or(1e-4, |shorter| shorter.get(&sequence[1..]).map_or(1e-5, |p| p.0));
                let probability = (count + kinds * below) / (all + kinds);
                (sequence.clone(), (probability, count / letters))
            });
            found.push(one.collect());
        }
        found
    }
}

fn key(letters: &[char]) -> u64 {
    letters.iter().rev().fold(Key::SEQUENCE, |key, &c| key.before(c)).value()
}

/// What one language writes how often, by key.
#[derive(Default)]
pub struct Model {
    pub sequences: HashMap<u64, Sequence>,
    /// The share of each word among all.
    pub words: HashMap<u64, f64>,
}

pub struct Sequence {
    /// Of its last letter after those before it.
    pub probability: f64,
    /// Among all sequences of its length.
    pub share: f64,
    /// The key of the same without its first letter.
    pub end: u64,
    pub length: usize,
}

impl Model {
    /// The logarithm of a sequence's probability, which `other` writes; the shorter ends stand in for it.
    pub fn log(&self, key: u64, other: &Model, depth: usize) -> f64 {
        match (self.sequences.get(&key), other.sequences.get(&key)) {
            (Some(own), _) => own.probability.ln(),
            (None, Some(sequence)) if sequence.length > 1 && depth < LONGEST => {
                self.log(sequence.end, other, depth + 1) - BACKOFF
            }
            _ => -14.0,
        }
    }
}
