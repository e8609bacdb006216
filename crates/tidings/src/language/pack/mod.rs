//! A language pack as it is read from `data/languages/<code>/`.

mod date_value;
mod dates;
mod entries;
mod events;
mod headlines;
mod language;
mod lines;
mod offices;
mod sentences;
mod source;
mod template;

use std::sync::Arc;

pub use date_value::{DateValue, Part, Toward, Unit};
pub use dates::{Calendar, DateOrder, DateRule, Dates, DayPart, Modifier, Tense};
pub use events::{Context, Cue, EventRule, Events, Example, Finder, Frame, Quantity, Say, Side};
pub use headlines::Headlines;
pub use language::{Grammar, Language, NameWords, Names, Order, Surname};
pub use lines::{AsideRule, AsideScope, BylineKind, BylineRule, Lines, Zone};
pub use offices::{OfficeFlag, OfficeForm, Offices, Special};
pub use sentences::{Abbreviation, Sentences};
pub use source::{Base, PackError, PackSource, joiners, rows};
pub use template::{Slots, Template};

use super::{Affixes, Lexicon, pattern::Parser, pattern::Sets, token::Cutting};

/// Everything that is known of one language.
#[derive(Debug)]
pub struct Pack {
    /// BCP 47.
    pub code: String,
    /// Whether it is a hand-written pack, and not just what CLDR gives.
    pub full: bool,
    /// How its words are cut, folded and named.
    pub language: Language,
    /// How its texts are cut into tokens.
    pub cutting: Cutting,
    /// Words that begin names, and words that stand in none.
    pub name_words: NameWords,
    /// Its clitics and endings.
    pub affixes: Affixes,
    /// The words of its patterns.
    pub lexicon: Lexicon,
    /// Where its sentences end.
    pub sentences: Sentences,
    /// Months, weekdays, units, number words and the rules over them.
    pub dates: Dates,
    /// Titles, ranks, institutions, groups.
    pub offices: Offices,
    /// Acts.
    pub events: Events,
    /// How this language writes ids of the world: id, form, kind.
    pub names: Vec<NameForm>,
}

/// One line of `names.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForm {
    /// A world id: `EGY`, `geonames:360630`, `org:nato`, `region:crimea:UKR`.
    pub id: String,
    /// How it is written.
    pub form: String,
    /// `name, adjective, demonym, government, city, region`.
    pub kind: String,
    /// Whether the form is a common word too.
    pub doubtful: bool,
}

impl Pack {
    /// Reads a full pack, or makes a base pack from what CLDR gives for `code`.
    ///
    /// # Errors
    /// The first file and line that cannot be read.
    pub fn load(code: &str, source: &PackSource) -> Result<Arc<Self>, PackError> {
        let base = source.base(code);
        let full = source.has(code, "language.toml");
        let language = if full { Language::read(code, source)? } else { Language::from_base(code, &base) };
        let cutting = language.cutting();
        let affixes = language.affixes();
        let mut lexicon = Lexicon::default();
        let mut parser = Parser { cutting: &cutting, affixes: &affixes, lexicon: &mut lexicon, sets: Sets::default() };
        language.add_sets(code, &mut parser)?;
        let common = parser.sets.clone();
        let dates = Dates::read(code, full, &base, source, &mut parser)?;
        parser.sets = common.clone();
        let mut dates = dates;
        dates.numbers(&language, &mut parser).map_err(|m| PackError::new(code, "language.toml", 0, m))?;
        let offices = Offices::read(code, source, &mut parser)?;
        parser.sets = common;
        let events = Events::read(code, source, &language, &mut parser)?;
        let names = read_names(code, source)?;
        let sentences = Sentences::read(code, source)?;
        Ok(Arc::new(Self {
            code: code.to_owned(),
            full,
            name_words: NameWords::new(&language),
            language,
            cutting,
            affixes,
            lexicon,
            sentences,
            dates,
            offices,
            events,
            names,
        }))
    }
}

impl Pack {
    /// Whether the language's script is that of these words; a script that is not told apart here is.
    pub fn writes(&self, words: &str) -> bool {
        let Some(c) = words.chars().find(|c| c.is_alphabetic()) else { return false };
        let c = u32::from(c);
        match self.language.script.as_str() {
            "Arab" | "Aran" => (0x600..0x780).contains(&c),
            "Cyrl" => (0x400..0x530).contains(&c),
            "Hans" | "Hant" | "Hani" => (0x3400..0xA000).contains(&c),
            "Jpan" => (0x3040..0xA000).contains(&c),
            "Deva" => (0x900..0x980).contains(&c),
            "Grek" => (0x370..0x400).contains(&c),
            "Kore" => (0xAC00..0xD7B0).contains(&c),
            "Hebr" => (0x590..0x600).contains(&c),
            "Thai" => (0xE00..0xE80).contains(&c),
            "Geor" => (0x10A0..0x1100).contains(&c),
            _ => true,
        }
    }
}

/// A file's named sets in the order in which they are written; an entry may be one pattern or a list.
fn ordered_sets(table: &toml::Table) -> Result<Vec<(String, Vec<String>)>, String> {
    let mut sets = Vec::new();
    for (name, value) in table {
        let entries = match value {
            toml::Value::String(one) => vec![one.clone()],
            toml::Value::Array(list) => list
                .iter()
                .map(|v| v.as_str().map(str::to_owned).ok_or_else(|| format!("set `{name}` holds what is no pattern")))
                .collect::<Result<_, _>>()?,
            _ => {
                return Err(format!("set `{name}` is neither a pattern nor a list of patterns"));
            }
        };
        sets.push((name.clone(), entries));
    }
    Ok(sets)
}

fn read_names(code: &str, source: &PackSource) -> Result<Vec<NameForm>, PackError> {
    let mut names = Vec::new();
    for (line, columns) in source.table(code, "names.tsv") {
        let [id, forms, kind] = columns[..] else {
            return Err(PackError::new(
                code,
                "names.tsv",
                line,
                "a line is id, form and kind, with tabs between".into(),
            ));
        };
        for form in forms.split('|') {
            let form = form.trim();
            let (form, doubtful) = form.strip_prefix('?').map_or((form, false), |f| (f, true));
            if !form.is_empty() {
                names.push(NameForm { id: id.into(), form: form.into(), kind: kind.into(), doubtful });
            }
        }
    }
    Ok(names)
}
