//! A text as the set of its word sequences.

use crate::{language::unspaced, model::Article};

/// Words in a sequence; single letters of scripts without spaces stand for about half a word each.
const WORDS: usize = 4;
const LETTERS: usize = 7;

/// The hashed word sequences of a text, sorted, each once.
#[derive(Clone, Debug, Default)]
pub struct Shingles {
    /// The hashes.
    pub hashes: Vec<u64>,
}

impl Shingles {
    /// The sequences of an article's body, or of its title where it has no body.
    pub fn new(article: &Article) -> Self {
        let text = if article.text.is_empty() { article.title.as_deref().unwrap_or_default() } else { &article.text };
        let (words, letters) = hashed_words(text);
        let length = if letters * 2 > words.len() { LETTERS } else { WORDS };
        let length = length.min(words.len()).max(1);
        let mut hashes: Vec<u64> = words.windows(length).map(mix).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes }
    }

    /// The smallest hashes: texts that share most words share most of these.
    pub fn signature(&self) -> &[u64] {
        &self.hashes[..self.hashes.len().min(4)]
    }
}

/// The hash of each word, and how many of them are single letters of an unspaced script.
fn hashed_words(text: &str) -> (Vec<u64>, usize) {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    const STEP: u64 = 0x0000_0100_0000_01B3;
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    let mut letters = 0;
    let mut hash = START;
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                hash = (hash ^ u64::from(c.to_ascii_lowercase())).wrapping_mul(STEP);
            } else if hash != START {
                words.push(hash);
                hash = START;
            }
            continue;
        }
        if unspaced(c) {
            if hash != START {
                words.push(hash);
            }
            words.push((START ^ u64::from(c)).wrapping_mul(STEP));
            letters += 1;
            hash = START;
        } else if c.is_alphanumeric() {
            for c in c.to_lowercase() {
                hash = (hash ^ u64::from(c)).wrapping_mul(STEP);
            }
        } else if hash != START && !unicode_normalization::char::is_combining_mark(c) {
            words.push(hash);
            hash = START;
        }
    }
    if hash != START {
        words.push(hash);
    }
    (words, letters)
}

/// One hash of several, its low bits as good as its high ones.
fn mix(words: &[u64]) -> u64 {
    let mut hash = 0_u64;
    for word in words {
        hash = (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    hash ^ (hash >> 31)
}

/// Sets that grow together.
#[derive(Clone, Debug)]
pub struct Union(Vec<u32>);

impl Union {
    /// Each number a set of its own.
    pub fn new(size: usize) -> Self {
        Self((0..size as u32).collect())
    }

    /// The smallest number of a set.
    pub fn find(&mut self, mut at: usize) -> usize {
        while self.0[at] as usize != at {
            let up = self.0[self.0[at] as usize];
            self.0[at] = up;
            at = up as usize;
        }
        at
    }

    /// Makes two sets one.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b) as u32;
    }
}
