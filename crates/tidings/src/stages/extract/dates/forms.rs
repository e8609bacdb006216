//! `data/sites/dates.toml`: forms of full dates that CLDR's months and the packs do not give.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::language::pack::Calendar;
use crate::language::{Cutting, Fold, Tokens, plain};

/// Other calendars, eras, signs behind numbers, halves of the day, zones.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    /// Months by the first word of their name: all its words, the calendar, the number.
    pub(super) months: FxHashMap<String, Vec<(Vec<String>, Calendar, i64)>>,
    /// Eras: their name, and the Gregorian year before their first.
    pub(super) eras: Vec<(String, i64)>,
    /// Words for the first year of an era.
    pub(super) first: Vec<String>,
    pub(super) years: Years,
    pub(super) signs: Signs,
    /// Words of the half before noon, and of the one after.
    pub(super) halves: [Vec<Half>; 2],
    zones: FxHashMap<String, String>,
    mdy: Vec<String>,
    pub(super) cutting: Cutting,
}

/// Between which a page of the web can be dated.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Years {
    pub(super) first: i16,
    pub(super) last: i16,
}

/// Letters behind the numbers of a date.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Signs {
    pub(super) year: Vec<String>,
    pub(super) month: Vec<String>,
    pub(super) day: Vec<String>,
}

/// How a half of the day is written.
#[derive(Debug)]
pub(super) struct Half {
    /// Its letters and digits.
    pub(super) letters: String,
    /// Whether points stand between them, so that the last one belongs to it.
    pub(super) pointed: bool,
}

impl Half {
    fn new(form: &str) -> Self {
        let form = plain(form);
        Self { letters: form.chars().filter(|c| c.is_alphanumeric()).collect(), pointed: form.contains('.') }
    }
}

#[derive(Deserialize)]
struct Halves {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    years: Years,
    persian: Months,
    islamic: Months,
    eras: Eras,
    signs: Signs,
    halves: Halves,
    zones: BTreeMap<String, Vec<String>>,
    orders: Orders,
}

#[derive(Deserialize)]
struct Months {
    months: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Eras {
    names: Vec<(String, i64)>,
    first: Vec<String>,
}

#[derive(Deserialize)]
struct Orders {
    mdy: Vec<String>,
}

impl Forms {
    /// The table's place in the data.
    pub(crate) const PATH: &str = "sites/dates.toml";

    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let cutting = Cutting { folds: vec![Fold::Case, Fold::Marks, Fold::Arabic], ..Cutting::default() };
        let mut months: FxHashMap<String, Vec<(Vec<String>, Calendar, i64)>> = FxHashMap::default();
        for (calendar, table) in [(Calendar::Persian, file.persian), (Calendar::Islamic, file.islamic)] {
            for (names, number) in table.months.iter().zip(1..) {
                for name in names {
                    let words = words(name, &cutting);
                    if let Some(first) = words.first().cloned() {
                        months.entry(first).or_default().push((words, calendar, number));
                    }
                }
            }
        }
        // The longest name that stands there is the one meant.
        months.values_mut().for_each(|names| names.sort_by_key(|(words, _, _)| usize::MAX - words.len()));
        let halves = |list: &[String]| list.iter().map(|form| Half::new(form)).collect();
        let mut zones = FxHashMap::default();
        for (offset, names) in file.zones {
            zones.extend(names.into_iter().map(|name| (name, offset.clone())));
        }
        Ok(Self {
            months,
            eras: file.eras.names,
            first: file.eras.first,
            years: file.years,
            signs: file.signs,
            halves: [halves(&file.halves.before), halves(&file.halves.after)],
            zones,
            mdy: file.orders.mdy,
            cutting,
        })
    }

    /// The offset that a zone's letters mean.
    pub(super) fn zone(&self, letters: &str) -> Option<&str> {
        self.zones.get(letters).map(String::as_str)
    }

    /// Whether a country, told by the last part of a host, puts the month before the day.
    pub(in super::super) fn month_first(&self, top_level: &str) -> bool {
        self.mdy.iter().any(|country| country == top_level)
    }
}

/// The words of a name as lines are cut.
fn words(name: &str, cutting: &Cutting) -> Vec<String> {
    let tokens = Tokens::new(name, cutting);
    (0..tokens.len()).map(|at| tokens.folded(at).to_owned()).collect()
}
