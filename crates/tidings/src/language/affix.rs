//! Taking clitics and endings off a word.

use serde::Deserialize;

use super::{Fold, fold, token::apostrophe};

/// Which end of a word an affix stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AffixSide {
    /// Before the stem.
    Prefix,
    /// After it.
    Suffix,
}

/// One entry of a pack's affixes, as written there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AffixEntry {
    /// The end of the word.
    pub side: AffixSide,
    /// Slots are taken off from the outside in, slot 1 first, at most one affix of each.
    pub slot: u8,
    /// The affix's forms.
    pub forms: Vec<String>,
    /// A name that patterns and frames can ask for.
    pub tag: Option<String>,
    /// What stays in its place.
    #[serde(default)]
    pub leave: String,
}

/// A language's affixes, ready to be taken off.
#[derive(Clone, Debug, Default)]
pub struct Affixes {
    prefixes: Vec<Vec<Affix>>,
    suffixes: Vec<Vec<Affix>>,
    tags: Vec<String>,
    prefix_tags: u32,
    suffix_tags: u32,
    min_stem: usize,
    apostrophe: bool,
}

#[derive(Clone, Debug)]
struct Affix {
    form: String,
    leave: String,
    tags: u32,
}

/// A word without some of its affixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    /// What remains.
    pub form: String,
    /// The tags of the affixes that were taken off, a bit each.
    pub tags: u32,
}

/// Words have few affixes; more stems than this come only from text that is no language.
const MOST_STEMS: usize = 24;

impl Affixes {
    /// Makes ready what a pack lists. Tags beyond the thirty-second are dropped.
    pub fn new(entries: &[AffixEntry], min_stem: usize, apostrophe: bool, folds: &[Fold]) -> Self {
        let mut affixes = Self { min_stem: min_stem.max(1), apostrophe, ..Self::default() };
        for entry in entries {
            let tags = entry.tag.as_ref().map_or(0, |tag| affixes.tag_or_new(tag));
            let slots = match entry.side {
                AffixSide::Prefix => {
                    affixes.prefix_tags |= tags;
                    &mut affixes.prefixes
                }
                AffixSide::Suffix => {
                    affixes.suffix_tags |= tags;
                    &mut affixes.suffixes
                }
            };
            let slot = usize::from(entry.slot.max(1)) - 1;
            slots.resize_with(slots.len().max(slot + 1), Vec::new);
            let folded = |s: &str| {
                let mut out = String::new();
                fold(s, folds, &mut out);
                out
            };
            slots[slot].extend(entry.forms.iter().map(|form| Affix {
                form: folded(form),
                leave: folded(&entry.leave),
                tags,
            }));
        }
        affixes
    }

    fn tag_or_new(&mut self, tag: &str) -> u32 {
        let at = self.tags.iter().position(|t| t == tag).unwrap_or_else(|| {
            self.tags.push(tag.to_owned());
            self.tags.len() - 1
        });
        if at < 32 { 1 << at } else { 0 }
    }

    /// The bit of a tag; `None` for one that no affix carries.
    pub fn tag(&self, name: &str) -> Option<u32> {
        self.tags.iter().position(|t| t == name).filter(|at| *at < 32).map(|at| 1 << at)
    }

    /// Of the tags on the words of a phrase, those that hold for the phrase: a prefix's on the first word, a suffix's on the last.
    pub fn of_phrase(&self, first: u32, last: u32) -> u32 {
        first & self.prefix_tags | last & self.suffix_tags
    }

    /// The tags of suffixes alone.
    pub fn of_suffixes(&self) -> u32 {
        self.suffix_tags
    }

    /// The tags that mark a case or a preposition: all but those that the engine knows to say something else.
    pub fn oblique(&self) -> u32 {
        const NEUTRAL: [&str; 7] = ["and", "then", "def", "pron", "plural", "future", "neg"];
        (0..self.tags.len().min(32))
            .filter(|at| !NEUTRAL.contains(&self.tags[*at].as_str()))
            .fold(0, |bits, at| bits | 1 << at)
    }

    /// How many letters a stem has at least.
    pub(super) fn min_stem(&self) -> usize {
        self.min_stem
    }

    /// Whether a folded word may have stems that do not begin as it does.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        self.apostrophe && word.contains(apostrophe)
            || self.prefixes.iter().flatten().any(|affix| word.starts_with(&affix.form))
    }

    /// The stems of a folded word, the whole word first, each once.
    pub fn stems(&self, word: &str) -> Vec<Stem> {
        let mut stems = vec![Stem { form: word.to_owned(), tags: 0 }];
        if self.apostrophe
            && let Some((at, c)) = word.char_indices().find(|(_, c)| apostrophe(*c))
        {
            // What follows an apostrophe is endings; each slot that fits somewhere in them gives its tag.
            let (stem, endings) = (&word[..at], &word[at + c.len_utf8()..]);
            let mut tags = 0;
            for part in self.endings(endings) {
                tags |= part;
            }
            stems.push(Stem { form: stem.to_owned(), tags });
            return stems;
        }
        // What is left of a word has so many letters at least, so that most short ones have no affix.
        if word.len() <= self.min_stem {
            return stems;
        }
        for slot in &self.prefixes {
            self.strip(
                &mut stems,
                slot,
                |word, affix| word.strip_prefix(affix),
                |leave, rest| format!("{leave}{rest}"),
            );
        }
        for slot in &self.suffixes {
            self.strip(
                &mut stems,
                slot,
                |word, affix| ends_alike(word, affix).then(|| word.strip_suffix(affix)).flatten(),
                |leave, rest| format!("{rest}{leave}"),
            );
        }
        stems
    }

    fn strip(
        &self,
        stems: &mut Vec<Stem>,
        slot: &[Affix],
        cut: impl for<'w> Fn(&'w str, &str) -> Option<&'w str>,
        join: impl Fn(&str, &str) -> String,
    ) {
        for at in 0..stems.len() {
            for affix in slot {
                if stems.len() >= MOST_STEMS {
                    return;
                }
                let Some(rest) = cut(&stems[at].form, &affix.form) else {
                    continue;
                };
                if rest.chars().count() < self.min_stem {
                    continue;
                }
                let stem = Stem { form: join(&affix.leave, rest), tags: stems[at].tags | affix.tags };
                if !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
        }
    }

    /// The tags of the suffix chains that make up `endings` wholly.
    fn endings(&self, endings: &str) -> Vec<u32> {
        let mut rests = vec![(endings, 0)];
        for slot in &self.suffixes {
            for at in 0..rests.len() {
                for affix in slot {
                    if let Some(rest) = rests[at].0.strip_suffix(affix.form.as_str()) {
                        rests.push((rest, rests[at].1 | affix.tags));
                    }
                }
            }
        }
        rests.into_iter().filter(|(rest, _)| rest.is_empty()).map(|(_, tags)| tags).collect()
    }
}

/// Whether the last bytes are the same: asked first, since few affixes get further.
fn ends_alike(word: &str, affix: &str) -> bool {
    affix.is_empty() || word.as_bytes().last() == affix.as_bytes().last()
}
