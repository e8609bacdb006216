//! Languages whose characters are words: each listed character speaks for its languages, and no other for any.

use rustc_hash::FxHashMap;

/// Characters that some languages of a script write and others do not.
#[derive(Debug, Default)]
pub(super) struct Characters {
    languages: usize,
    listed: FxHashMap<char, Vec<u8>>,
}

impl Characters {
    /// From each language's characters, with spaces between them.
    pub(super) fn new<'a>(lists: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for list in lists {
            for character in list.split(' ').filter_map(|word| word.chars().next()) {
                found.listed.entry(character).or_default().push(found.languages as u8);
            }
            found.languages += 1;
        }
        found
    }

    /// The language that most of a text's listed characters speak for, the first of those that are listed first where
    /// they speak for none, and how sure that is.
    pub(super) fn most_likely(&self, text: &str) -> Option<(usize, f32)> {
        let mut votes = vec![0u32; self.languages];
        for languages in text.chars().filter_map(|c| self.listed.get(&c)) {
            languages.iter().for_each(|&at| votes[usize::from(at)] += 1);
        }
        let best = (0..self.languages).max_by_key(|&at| (votes[at], std::cmp::Reverse(at)))?;
        let others: f32 = votes.iter().map(|&n| ((n as f32 - votes[best] as f32) * DOUBT).exp()).sum();
        Some((best, 1.0 / others))
    }
}

/// How much one more character counts: half of the logarithm of two, for those of one text go together.
const DOUBT: f32 = 0.35;
