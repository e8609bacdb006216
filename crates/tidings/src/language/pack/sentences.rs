//! `sentences.toml`: what a language's stops mean that are no ends.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::{PackError, PackSource};

/// The file of languages without a pack, a table a language.
const BASE: &str = "world/sentences.toml";

/// Abbreviations, ordinals, and the words that tell a sentence's beginning, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// Whether a numeral with a full stop is an ordinal.
    pub ordinal_dot: bool,
    /// Marks that end a sentence besides those of Unicode.
    pub stops: Vec<String>,
    /// Abbreviations by their last word, with whether one may end a sentence too.
    abbreviations: FxHashMap<String, Vec<(String, bool)>>,
    starters: FxHashSet<String>,
    longest_starter: usize,
    said: FxHashSet<String>,
}

/// The file as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    abbreviations: Vec<String>,
    ending: Vec<String>,
    starters: Vec<String>,
    said: Vec<String>,
    stops: Vec<String>,
    ordinal_dot: bool,
}

/// What an abbreviation's full stop can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Never the end of a sentence.
    Inside,
    /// The end of one where the next word can only begin another.
    Either,
}

impl Sentences {
    pub(super) fn read(code: &str, source: &PackSource) -> Result<Self, PackError> {
        if source.has(code, "sentences.toml") {
            return Ok(source.toml::<Written>(code, "sentences.toml")?.0.into());
        }
        let main = code.split('-').next().unwrap_or(code);
        let table = Self::base(source)?;
        let found = table.get(code).or_else(|| table.get(main)).cloned();
        // Of a language that nobody described, a wrong cut inside a date costs more than a missing one behind a number.
        Ok(found.map_or_else(|| Self { ordinal_dot: true, ..Self::default() }, Self::from))
    }

    fn base(source: &PackSource) -> Result<FxHashMap<String, Written>, PackError> {
        let text = source.file(BASE).unwrap_or_default();
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            PackError { file: BASE.to_owned(), line, message: error.message().to_owned() }
        })
    }

    /// Whether the table of languages without a pack can be read.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn check(source: &PackSource) -> Result<(), PackError> {
        Self::base(source).map(drop)
    }

    /// Whether the words before a full stop are an abbreviation: `text` ends in them, and `last` is its last word.
    pub fn abbreviation(&self, text: &str, last: &str) -> Option<Abbreviation> {
        let fits =
            |written: &str| text.strip_suffix(written).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let found = self.abbreviations.get(last)?.iter().filter(|(written, _)| fits(written));
        // The longer one knows more: "No" before a numeral is not "S. No".
        let (_, either) = found.max_by_key(|(written, _)| written.len())?;
        Some(if *either { Abbreviation::Either } else { Abbreviation::Inside })
    }

    /// Whether a word, as it is written, can only begin a sentence.
    pub fn starts(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// Whether a text without spaces between its words begins with one that begins sentences.
    pub fn opens(&self, text: &str) -> bool {
        let cuts = text.char_indices().map(|(at, c)| at + c.len_utf8());
        cuts.take_while(|end| *end <= self.longest_starter).any(|end| self.starters.contains(&text[..end]))
    }

    /// Whether a word says who spoke what was quoted.
    pub fn says(&self, word: &str) -> bool {
        self.said.contains(word)
    }
}

impl From<Written> for Sentences {
    fn from(written: Written) -> Self {
        let mut abbreviations: FxHashMap<String, Vec<(String, bool)>> = FxHashMap::default();
        for (list, either) in [(&written.abbreviations, false), (&written.ending, true)] {
            for form in list {
                let capitals = form.to_uppercase();
                // In a line of capitals; a single letter there is an initial.
                let again = (form.chars().count() > 1 && capitals != *form).then_some(&capitals);
                let mut add = |form: &str, either: bool| {
                    let parts = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
                    let last = form.rsplit(parts).next().unwrap_or(form);
                    abbreviations.entry(last.to_owned()).or_default().push((form.to_owned(), either));
                };
                for form in std::iter::once(form).chain(again) {
                    add(form, either);
                    // Of an abbreviation of two words the first one ends no sentence either.
                    form.match_indices(". ").for_each(|(at, _)| add(&form[..at], false));
                }
            }
        }
        Self {
            ordinal_dot: written.ordinal_dot,
            stops: written.stops,
            abbreviations,
            longest_starter: written.starters.iter().map(String::len).max().unwrap_or(0),
            starters: written.starters.into_iter().collect(),
            said: written.said.into_iter().collect(),
        }
    }
}
