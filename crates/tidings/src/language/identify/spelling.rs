//! How likely each language of one script writes some words.
//!
//! A word costs a language what its letters cost, each after those before it, or what the whole word costs where that
//! is less. No word counts for more than a few others, and one that may be a name for less, so that neither names nor
//! quotations decide.

use std::ops::Range;

use super::listed::Listed;
use super::table::{END, Key, LONGEST, START, Table, UNIT};
use super::words::Words;

/// The costs that are known: those of the table, and those of a user's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'t> {
    pub(super) table: &'t Table<'static>,
    pub(super) listed: Option<&'t Listed>,
}

impl Known<'_> {
    /// Hands each language's cost of a sequence or word to `each`; says whether there was any.
    #[inline]
    fn each(&self, key: Key, mut each: impl FnMut(usize, u8)) -> bool {
        let found = self.table.get(key);
        if let Some((languages, costs)) = found {
            languages.iter().zip(costs).for_each(|(&language, &cost)| each(usize::from(language), cost));
        }
        let own = self.listed.and_then(|listed| listed.get(key));
        own.into_iter().flatten().for_each(|&(language, cost)| each(usize::from(language), cost));
        found.is_some() || own.is_some()
    }
}

/// What a letter costs that a language never writes.
const UNSEEN: i16 = 14 * UNIT;
/// What a language gains at each length at which it has the sequence, and others do not.
const LONGER: i16 = 3 * UNIT / 2;
/// The most that one word can cost a language more than others.
const WORD_AT_MOST: i16 = 8 * UNIT;
/// How much a capital letter inside a text says that a word may be a name.
const NAME: f32 = 0.5;
/// A text is not looked at further where this sets its language apart after so many words.
const CERTAIN: f32 = (40 * UNIT) as f32;
const CERTAIN_AFTER: usize = 16;

/// What words cost the languages of a script, more than the one that each costs least.
#[derive(Debug)]
pub(super) struct Costs {
    /// In fractions of a natural logarithm, by the languages' places.
    sums: Vec<f32>,
}

/// Sums the costs of words for the languages at some places.
pub(super) fn costs(words: &Words, known: Known, languages: &[Range<usize>; 2]) -> Costs {
    let places = languages[0].end.max(languages[1].end);
    let mut sums = vec![0.0f32; places];
    let mut of_word = [0i16; 256];
    let mut of_letter = [0i16; 256];
    let mut marked = Vec::new();
    // The text's parts come in turns, since it may be looked at to no end.
    for (count, (letters, name)) in words.in_turns().enumerate() {
        marked.clear();
        marked.push(START);
        marked.extend_from_slice(letters);
        marked.push(END);
        languages.iter().for_each(|range| of_word[range.clone()].fill(0));
        for end in 1..marked.len() {
            languages.iter().for_each(|range| of_letter[range.clone()].fill(UNSEEN));
            let mut key = Key::SEQUENCE;
            for length in 1..=LONGEST.min(end + 1) {
                key = key.before(marked[end + 1 - length]);
                let gain = LONGER * length as i16;
                if !known.each(key, |language, cost| of_letter[language] = i16::from(cost) - gain) {
                    break;
                }
            }
            for range in languages {
                of_word[range.clone()].iter_mut().zip(&of_letter[range.clone()]).for_each(|(sum, cost)| *sum += cost);
            }
        }
        let gain = LONGER * gains(letters.len());
        known.each(Key::of_word(letters), |language, cost| {
            of_word[language] = of_word[language].min(i16::from(cost) - gain);
        });
        let least = languages.iter().flat_map(|range| &of_word[range.clone()]).copied().min().unwrap_or_default();
        let weight = if name { NAME } else { 1.0 };
        for range in languages {
            for (sum, cost) in sums[range.clone()].iter_mut().zip(&of_word[range.clone()]) {
                *sum += weight * f32::from((cost - least).min(WORD_AT_MOST));
            }
        }
        if count % CERTAIN_AFTER == CERTAIN_AFTER - 1 && margin(&sums, languages) > CERTAIN {
            break;
        }
    }
    Costs { sums }
}

/// At how many lengths the letters of a word gain at most.
fn gains(letters: usize) -> i16 {
    (1..=letters + 1).map(|end| LONGEST.min(end + 1) as i16).sum()
}

/// By how much the best of some languages is ahead of the second best.
fn margin(sums: &[f32], languages: &[Range<usize>; 2]) -> f32 {
    let (mut least, mut next) = (f32::INFINITY, f32::INFINITY);
    for &sum in languages.iter().flat_map(|range| &sums[range.clone()]) {
        next = next.min(sum.max(least));
        least = least.min(sum);
    }
    next - least
}

impl Costs {
    /// The cost of one language.
    pub(super) fn of(&self, language: usize) -> f32 {
        self.sums.get(language).copied().unwrap_or(f32::INFINITY)
    }
}

/// What a letter costs a language on average, in natural logarithms: more than usual where the words are of no
/// language.
pub(super) fn strangeness(words: &Words, known: Known, language: usize) -> f32 {
    const WORDS: usize = 12;
    let (mut sum, mut count) = (0.0f32, 0);
    for (letters, _) in words.in_turns().take(WORDS) {
        let marked: Vec<char> = [START].iter().chain(letters).chain(&[END]).copied().collect();
        let mut of_word = 0.0;
        for end in 1..marked.len() {
            let (mut cost, mut missing) = (f32::from(UNSEEN), 0.0);
            let mut key = Key::SEQUENCE;
            for length in 1..=LONGEST.min(end + 1) {
                key = key.before(marked[end + 1 - length]);
                missing += f32::from(LONGER);
                known.each(key, |found, own| {
                    if found == language {
                        (cost, missing) = (f32::from(own), 0.0);
                    }
                });
            }
            of_word += cost + missing;
        }
        known.each(Key::of_word(letters), |found, own| {
            if found == language {
                of_word = of_word.min(f32::from(own));
            }
        });
        sum += of_word;
        count += letters.len() + 1;
    }
    sum / (count.max(1) as f32 * f32::from(UNIT))
}
