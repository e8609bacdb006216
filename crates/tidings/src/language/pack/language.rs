//! `language.toml`.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{PackError, PackSource, source::Base};
use crate::language::{Affixes, Fold, affix::AffixEntry, fold, pattern::Parser, token::Cutting};
use crate::model::Country;

/// How a language's words break, fold and inflect, and how its names are built.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Language {
    /// Its own name.
    pub name: String,
    /// Its English name.
    pub english: String,
    /// ISO 15924.
    pub script: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// How words are compared.
    pub fold: Vec<Fold>,
    /// `space` or `character`.
    #[serde(rename = "break")]
    pub breaks: String,
    /// Letters before an apostrophe that are a word of their own.
    pub elisions: Vec<String>,
    /// Whether what follows an apostrophe is endings.
    pub apostrophe_suffix: bool,
    /// Letters that must remain when an affix is taken off.
    pub min_stem: Option<usize>,
    /// The state whose offices this language's press names without their state.
    pub home: Option<Country>,
    /// Letters at a name's end that may change.
    pub ending: usize,
    /// Clitics and endings.
    pub affix: Vec<AffixEntry>,
    /// Numerals.
    pub numbers: Numbers,
    /// Names.
    pub names: Names,
    /// Word order.
    pub grammar: Grammar,
    /// Named lists of patterns for all files of the pack.
    pub sets: toml::Table,
}

/// How numbers are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    /// The mark before a fraction.
    pub decimal: String,
    /// The mark between groups of digits.
    pub group: String,
    /// Number words.
    pub words: BTreeMap<String, f64>,
    /// Words that multiply the numeral before them.
    pub multipliers: BTreeMap<String, f64>,
}

/// How people's names are built.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Whether names begin with a capital letter.
    pub case: bool,
    /// Words that may stand inside a name.
    pub particles: Vec<String>,
    /// The most words a name has.
    pub max_words: usize,
    /// The word by which a name is taken up again.
    pub surname: Surname,
    /// Frequent given names, for scripts without capitals.
    pub given: Vec<String>,
    /// Words that never stand in a name.
    pub stop: Vec<String>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            case: true,
            particles: Vec::new(),
            max_words: 4,
            surname: Surname::Last,
            given: Vec::new(),
            stop: Vec::new(),
        }
    }
}

/// Words that begin names, and words that never stand in one, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct NameWords {
    given: FxHashSet<(String, Option<char>)>,
    stop: FxHashSet<(String, Option<char>)>,
}

impl NameWords {
    pub(super) fn new(language: &Language) -> Self {
        let table = |words: &[String]| words.iter().map(|w| (language.folded(w), w.chars().last())).collect();
        Self { given: table(&language.names.given), stop: table(&language.names.stop) }
    }

    /// Whether a word is a frequent given name. Words that only folding makes alike are kept apart by their last
    /// letter, by which Arabic tells "on" from "Ali".
    pub fn gives(&self, written: &str, folded: &str) -> bool {
        self.given.contains(&(folded.to_owned(), written.chars().last()))
    }

    /// Whether a word never stands in a name.
    pub fn stops(&self, written: &str, folded: &str) -> bool {
        self.stop.contains(&(folded.to_owned(), written.chars().last()))
    }
}

/// The word by which a name is taken up again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Surname {
    /// The last.
    #[default]
    Last,
    /// The first.
    First,
    /// Any of them.
    Any,
}

/// Word order, and what joins and parts parties.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grammar {
    /// Where an act's parties stand.
    pub order: Order,
    /// Where the state stands by an office: `before`, `after` or `both`.
    pub office: String,
    /// Words and marks that join parties.
    pub and: Vec<String>,
    /// Words that tie an office to its state or body.
    pub of: Vec<String>,
    /// Words before the place where something happens.
    pub at: Vec<String>,
    /// Words and marks at which a clause ends.
    pub clause: Vec<String>,
}

impl Default for Grammar {
    fn default() -> Self {
        Self {
            order: Order::Svo,
            office: "both".into(),
            and: vec![",".into(), "\u{60C}".into(), "\u{3001}".into(), "&".into()],
            of: Vec::new(),
            at: Vec::new(),
            clause: vec![";".into(), "\u{61B}".into(), "\u{FF1B}".into()],
        }
    }
}

/// Subject, verb, object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Order {
    #[default]
    Svo,
    Vso,
    Sov,
}

impl Language {
    pub(super) fn read(code: &str, source: &PackSource) -> Result<Self, PackError> {
        let (language, _) = source.toml::<Self>(code, "language.toml")?;
        Ok(language)
    }

    /// What CLDR says of a language without a pack of its own.
    pub(super) fn from_base(code: &str, base: &Base) -> Self {
        let first = |kind: &str, key: &str| {
            base.get(&(kind.to_owned(), key.to_owned())).and_then(|v| v.first()).cloned().unwrap_or_default()
        };
        let script = first("script", "-");
        let cased = matches!(script.as_str(), "Latn" | "Cyrl" | "Grek" | "Armn" | "");
        let arabic = matches!(script.as_str(), "Arab" | "Aran");
        let characters =
            matches!(script.as_str(), "Hans" | "Hant" | "Hani" | "Jpan" | "Thai" | "Laoo" | "Khmr" | "Mymr");
        let turkic_case = matches!(code.split('-').next(), Some("az" | "tt" | "crh" | "kaa")) && script == "Latn";
        let mut fold = vec![if turkic_case { Fold::TurkishCase } else { Fold::Case }];
        if arabic {
            fold.push(Fold::Arabic);
        }
        Self {
            name: first("name", "endonym"),
            english: first("name", "english"),
            direction: first("direction", "-"),
            fold,
            breaks: if characters { "character".into() } else { "space".into() },
            ending: if cased || matches!(script.as_str(), "Deva" | "Geor" | "Taml" | "Beng") { 2 } else { 0 },
            names: Names { case: cased, ..Names::default() },
            script,
            ..Self::default()
        }
    }

    /// How texts are cut.
    pub fn cutting(&self) -> Cutting {
        Cutting {
            folds: self.fold.clone(),
            characters: self.breaks == "character",
            elisions: self.elisions.clone(),
            apostrophe_suffix: self.apostrophe_suffix,
        }
    }

    pub(super) fn affixes(&self) -> Affixes {
        Affixes::new(&self.affix, self.min_stem.unwrap_or(3), self.apostrophe_suffix, &self.fold)
    }

    pub(super) fn add_sets(&self, code: &str, parser: &mut Parser<'_>) -> Result<(), PackError> {
        let fail = |m| PackError::new(code, "language.toml", 0, m);
        for (name, entries) in super::ordered_sets(&self.sets).map_err(fail)? {
            parser
                .set(&name, &entries)
                .map_err(|e| PackError::new(code, "language.toml", 0, format!("set `{name}`: {e}")))?;
        }
        Ok(())
    }

    /// A word in the form in which this language compares words.
    pub fn folded(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        fold(word, &self.fold, &mut out);
        out
    }
}
