//! `data/sites/metadata.toml`: what pages call the facts about an article, and how far each place is believed.

use aho_corasick::{AhoCorasick, Match};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::super::{address, markup::words};

/// The names under which pages tell facts about their article.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    pub(super) meta: Meta,
    pub(super) types: Types,
    pub(super) weights: Weights,
    pub(super) names: Names,
    pub(super) stamps: Stamps,
    times: FxHashMap<String, TimeWord>,
    within: Vec<String>,
    updated_within: Vec<String>,
    parts: FxHashMap<String, Part>,
}

/// Keys of meta elements, the surest first.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Meta {
    pub(super) title: Vec<String>,
    pub(super) site: Vec<String>,
    pub(super) author: Vec<String>,
    pub(super) section: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) image: Vec<String>,
    pub(super) language: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) plain: Vec<String>,
    pub(super) updated: Vec<String>,
}

/// Endings of types: of a piece of writing, and of what merely carries its date.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Types {
    pub(super) article: Vec<String>,
    pub(super) page: Vec<String>,
}

/// Names that are no author's.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Names {
    pub(super) nobody: Vec<String>,
    pub(super) before: Vec<String>,
}

/// Words beside a visible date that say what happened on it, found all at once.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "StampLists")]
pub(super) struct Stamps {
    words: Option<AhoCorasick>,
    /// How many of the words are those of publication; the rest are of changes.
    published: usize,
    unspaced: Vec<bool>,
}

/// The words as the table lists them, in small letters.
#[derive(Deserialize)]
struct StampLists {
    published: Vec<String>,
    updated: Vec<String>,
}

impl TryFrom<StampLists> for Stamps {
    type Error = aho_corasick::BuildError;

    fn try_from(lists: StampLists) -> Result<Self, Self::Error> {
        let all: Vec<&String> = lists.published.iter().chain(&lists.updated).collect();
        // Scripts from Thai on, in the order of Unicode, do not part words by spaces.
        let unspaced = all.iter().map(|word| word.starts_with(|c: char| c >= '\u{e00}')).collect();
        Ok(Self { words: Some(AhoCorasick::new(&all)?), published: lists.published.len(), unspaced })
    }
}

impl Stamps {
    /// What the last of these words in a text says, where it stands there as a word of its own.
    pub(super) fn last(&self, text: &str) -> Option<TimeWord> {
        let text = text.to_lowercase();
        let part = |c: char| c.is_alphabetic() && c < '\u{e00}';
        let whole = |found: &Match| {
            let before = text[..found.start()].chars().next_back().is_some_and(part);
            let after = text[found.end()..].chars().next().is_some_and(part);
            !(before || after) || self.unspaced[found.pattern().as_usize()]
        };
        let all = self.words.iter().flat_map(|words| words.find_overlapping_iter(&text));
        let last = all.filter(whole).map(|found| (found.start(), found.pattern().as_usize() >= self.published)).max();
        last.map(|(_, updated)| if updated { TimeWord::Updated } else { TimeWord::Published })
    }
}

/// How far a place that names a day is believed.
#[derive(Debug, Default, Deserialize)]
#[allow(missing_docs)] // The table itself says what each is.
pub(super) struct Weights {
    pub(super) json_ld: i32,
    pub(super) json_ld_created: i32,
    pub(super) json_ld_page: i32,
    pub(super) meta: i32,
    pub(super) meta_plain: i32,
    pub(super) meta_other: i32,
    pub(super) path: i32,
    pub(super) address: i32,
    pub(super) marked: i32,
    pub(super) named: i32,
    pub(super) time: i32,
    pub(super) attribute: i32,
    pub(super) line: i32,
    pub(super) stamped: i32,
    pub(super) shown: i32,
    pub(super) alone: i32,
    pub(super) opening: i32,
    pub(super) within: i32,
    pub(super) script: i32,
    pub(super) image: i32,
    pub(super) near: i32,
    pub(super) close: i32,
    pub(super) updated: i32,
    pub(super) sure: i32,
    pub(super) least: i32,
}

/// What a name says of the day that its element shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimeWord {
    /// That of publication.
    Published,
    /// That of a change.
    Updated,
    /// Another's.
    Other,
}

/// A part of a page whose dates are not the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Menus, teasers, the foot.
    Aside,
    /// What readers wrote.
    Comments,
}

#[derive(Deserialize)]
struct File {
    meta: Meta,
    types: Types,
    times: Times,
    parts: Parts,
    weights: Weights,
    stamps: Stamps,
    names: Names,
}

#[derive(Deserialize)]
struct Times {
    published: Vec<String>,
    within: Vec<String>,
    updated: Vec<String>,
    updated_within: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
struct Parts {
    comments: Vec<String>,
    aside: Vec<String>,
}

impl Labels {
    /// The table's place in the data.
    pub(crate) const PATH: &str = "sites/metadata.toml";

    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut times = FxHashMap::default();
        for (list, word) in [
            (file.times.published, TimeWord::Published),
            (file.times.updated, TimeWord::Updated),
            (file.times.other, TimeWord::Other),
        ] {
            times.extend(list.into_iter().map(|name| (name, word)));
        }
        let mut parts = FxHashMap::default();
        parts.extend(file.parts.aside.into_iter().map(|name| (name, Part::Aside)));
        parts.extend(file.parts.comments.into_iter().map(|name| (name, Part::Comments)));
        Ok(Self {
            meta: file.meta,
            types: file.types,
            weights: file.weights,
            names: file.names,
            stamps: file.stamps,
            times,
            within: file.times.within,
            updated_within: file.times.updated_within,
            parts,
        })
    }

    /// The day in an address, and how far it is believed.
    pub(in super::super) fn address(&self, url: &str) -> Option<(Date, i32)> {
        let day = address::day(url)?;
        let folders = address::is_path(url, day);
        Some((day, if folders { self.weights.path } else { self.weights.address }))
    }

    /// How far a line of the head is believed: less on a page whose markup tells what a line is.
    pub(in super::super) fn line(&self, html: bool) -> i32 {
        if html { self.weights.alone } else { self.weights.line }
    }

    /// What a class, an id, a property or the name of a data attribute says of a day; a change before publication,
    /// since names of changes often hold the word for a day too.
    pub(super) fn time_word(&self, name: &str) -> Option<TimeWord> {
        let mut found: Option<TimeWord> = None;
        for word in words(name) {
            let said = self.times.get(&word).copied().or_else(|| {
                let holds = |list: &[String]| list.iter().any(|part| word.contains(part.as_str()));
                if word.len() > 40 {
                    None
                } else if holds(&self.updated_within) {
                    Some(TimeWord::Updated)
                } else {
                    holds(&self.within).then_some(TimeWord::Published)
                }
            });
            found = found.max(said);
        }
        found
    }

    /// What part of a page a class or id names.
    pub(super) fn part(&self, name: &str) -> Option<Part> {
        words(name).iter().filter_map(|word| self.parts.get(word).copied()).max()
    }
}

/// Whether one of the endings closes one of the types.
pub(super) fn is_type(types: &[String], endings: &[String]) -> bool {
    types.iter().any(|name| endings.iter().any(|ending| name.ends_with(ending.as_str())))
}

/// Strings that stand for the first time, in their order.
pub(super) fn distinct(list: Vec<String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    list.into_iter().filter(|item| seen.insert(item.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let labels = Labels::read(tidings_data::file(Labels::PATH).unwrap()).unwrap();
        assert_eq!(labels.time_word("newsdatum"), Some(TimeWord::Published));
        assert_eq!(labels.time_word("entry-date published"), Some(TimeWord::Published));
        assert_eq!(labels.time_word("dateModified"), Some(TimeWord::Updated));
        assert_eq!(labels.time_word("post-title"), None);
        assert_eq!(labels.part("comments-area"), Some(Part::Comments));
        assert_eq!(labels.part("entry-content"), None);
    }
}
