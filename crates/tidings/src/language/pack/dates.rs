//! `dates.toml`, and the date rules that every language has.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error};
use toml::Spanned;

use super::{
    DateValue, Language, PackError, PackSource, Unit,
    entries::{RuleFile, entries},
    source::Base,
};
use crate::language::{
    Rules,
    pattern::{Class, Parser},
};

/// How numerals alone are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum DateOrder {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// A part of the time that a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Modifier {
    Start,
    Mid,
    End,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// The side of the anchor on which a time must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Tense {
    Past,
    Future,
}

/// A calendar other than the Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Calendar {
    Buddhist,
    Islamic,
    Minguo,
    Persian,
}

/// What the words of one rule mean.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRule {
    /// The value.
    pub value: DateValue,
    /// A part of it.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// A part of the day.
    pub part: Option<DayPart>,
    /// Whether it counts from the last date told.
    #[serde(rename = "anchor", default, deserialize_with = "is_previous")]
    pub from_previous: bool,
    /// The side on which an open year lies.
    pub tense: Option<Tense>,
    /// Whether what it dates is background.
    #[serde(default)]
    pub recalled: bool,
    /// A calendar other than the Gregorian.
    pub calendar: Option<Calendar>,
    /// Words and the value that they must give.
    #[serde(default)]
    pub yes: Vec<(String, String)>,
    /// Words in which it must find nothing.
    #[serde(default)]
    pub no: Vec<String>,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// The line in `dates.toml`; 0 for rules that every language has.
    #[serde(skip)]
    pub line: usize,
}

/// The dates of a language.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// How numerals alone are read.
    pub order: DateOrder,
    /// Months, weekdays, units and number words.
    pub terms: Rules,
    /// What each term's rule is.
    pub term_values: Vec<(Class, f64)>,
    /// The rules' patterns.
    pub rules: Rules,
    /// The rules.
    pub entries: Vec<DateRule>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    order: DateOrder,
    #[allow(dead_code)] // Clock times are always read; a pack may say so.
    clock: bool,
    months: BTreeMap<String, Vec<String>>,
    weekdays: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    sets: toml::Table,
    rule: Vec<Spanned<DateRule>>,
}

entries!(DateRule);

/// An `anchor`, of which there is one beside the day of publication.
fn is_previous<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "" => Ok(false),
        "previous" => Ok(true),
        other => Err(D::Error::custom(format!("`{other}` is no anchor"))),
    }
}

/// Class-only patterns that hold in every language, for those without rules of their own.
const COMMON: [(&str, &str); 8] = [
    ("{day} ..1 {month} ..1 {year}", "{year}-{month}-{day}"),
    ("{month} {day} ,? {year}", "{year}-{month}-{day}"),
    ("{year} ..1 {month} {day}", "{year}-{month}-{day}"),
    ("{day} .? {month}", "XXXX-{month}-{day}"),
    ("{month} {day}", "XXXX-{month}-{day}"),
    ("{month} ..1 {year}", "{year}-{month}"),
    ("{weekday}", "{weekday}~"),
    ("{month}", "{month}~"),
];

impl Dates {
    pub(super) fn read(
        code: &str,
        full: bool,
        base: &Base,
        source: &PackSource,
        parser: &mut Parser<'_>,
    ) -> Result<Self, PackError> {
        let (file, mut reader) = RuleFile::open::<File>(code, "dates.toml", source, parser)?;
        let mut dates = Self { order: file.order, ..Self::default() };

        for (kind, class) in [("month", Class::Month), ("weekday", Class::Weekday)] {
            let mut keys: Vec<_> = base.iter().filter(|((k, _), _)| k == kind).collect();
            keys.sort();
            for ((_, key), forms) in keys {
                let Ok(number) = key.parse::<f64>() else {
                    continue;
                };
                for form in forms {
                    // An abbreviation of one or two letters is more often something else; a number is no month's name.
                    if form.chars().filter(|c| c.is_alphabetic()).count() > 2 || !form.is_ascii() {
                        dates.term(class, number, form, reader.parser).map_err(|m| reader.fail(0, m))?;
                    }
                }
            }
        }
        for (table, class) in [(&file.months, Class::Month), (&file.weekdays, Class::Weekday)] {
            for (key, forms) in table {
                let number = key.parse::<f64>().map_err(|_| reader.fail(0, format!("`{key}` is no number")))?;
                for form in forms {
                    dates.term(class, number, form, reader.parser).map_err(|m| reader.fail(0, m))?;
                }
            }
        }
        for (name, forms) in &file.units {
            let unit = Unit::named(name).ok_or_else(|| reader.fail(0, format!("`{name}` is no unit of time")))?;
            for form in forms {
                dates.term(Class::Unit, f64::from(unit as u8), form, reader.parser).map_err(|m| reader.fail(0, m))?;
            }
        }
        if !full {
            dates.add_base(code, base, reader.parser);
        }
        reader.sets(&file.sets)?;
        reader.entries(file.rule, &mut dates.rules, &mut dates.entries)?;
        Ok(dates)
    }

    /// Adds number words, as `language.toml` lists them.
    pub(super) fn numbers(&mut self, language: &Language, parser: &mut Parser<'_>) -> Result<(), String> {
        for (word, value) in &language.numbers.words {
            self.term(Class::Num, *value, word, parser)?;
        }
        for (word, value) in &language.numbers.multipliers {
            // A multiplier is told from a number by its sign.
            self.term(Class::Num, -*value, word, parser)?;
        }
        Ok(())
    }

    fn term(&mut self, class: Class, value: f64, form: &str, parser: &mut Parser<'_>) -> Result<(), String> {
        let form = form.trim();
        if form.is_empty() {
            return Ok(());
        }
        let nodes = parser.parse(form).map_err(|e| e.to_string())?;
        self.terms.add(nodes, self.term_values.len());
        self.term_values.push((class, value));
        Ok(())
    }

    /// Rules for a language of which only CLDR's tables are known.
    fn add_base(&mut self, code: &str, base: &Base, parser: &mut Parser<'_>) {
        let get = |kind: &str, key: &str| base.get(&(kind.to_owned(), key.to_owned()));
        self.order = match get("order", "-").and_then(|v| v.first()).map(String::as_str) {
            Some("mdy") => DateOrder::Mdy,
            Some("ymd") => DateOrder::Ymd,
            _ => DateOrder::Dmy,
        };
        let mut rules: Vec<(String, String)> = COMMON.iter().map(|(p, v)| ((*p).to_owned(), (*v).to_owned())).collect();
        // In these scripts a month's name is a numeral with a sign, and the signs part the numbers.
        if matches!(code.split('-').next(), Some("zh" | "ja" | "yue" | "wuu")) {
            rules.push((
                "{year} \u{5E74} {monthnum} \u{6708} {day} \u{65E5}|\u{865F}|\u{53F7}".into(),
                "{year}-{monthnum}-{day}".into(),
            ));
            rules.push(("{monthnum} \u{6708} {day} \u{65E5}|\u{865F}|\u{53F7}".into(), "XXXX-{monthnum}-{day}".into()));
            rules.push(("{year} \u{5E74} {monthnum} \u{6708}".into(), "{year}-{monthnum}".into()));
            rules.push(("{day} \u{65E5}|\u{865F}|\u{53F7}".into(), "month+0-{day}".into()));
        }
        if let Some(forms) = get("datepattern", "long") {
            for form in forms {
                if let Some(pattern) = date_pattern(form) {
                    rules.push((pattern.clone(), "{year}-{month}-{day}".into()));
                    if let Some(short) = pattern.strip_suffix("{year}") {
                        rules.push((short.trim().to_owned(), "XXXX-{month}-{day}".into()));
                    }
                }
            }
        }
        for (key, value) in [("-2", "day-2"), ("-1", "day-1"), ("0", "day+0"), ("1", "day+1")] {
            for form in get("relative", key).into_iter().flatten() {
                rules.push((form.replace(['(', ')'], " "), value.into()));
            }
        }
        for (pattern, value) in rules {
            let Ok(nodes) = parser.parse(&pattern) else {
                continue;
            };
            let Some(value) = DateValue::parse(&value) else {
                continue;
            };
            self.rules.add(nodes, self.entries.len());
            self.entries.push(DateRule {
                value,
                modifier: None,
                part: None,
                from_previous: false,
                tense: None,
                recalled: false,
                calendar: None,
                yes: Vec::new(),
                no: Vec::new(),
                patterns: vec![pattern],
                line: 0,
            });
        }
    }
}

/// CLDR's long date pattern (`d 'de' MMMM 'de' y`) as a pattern of ours; `None` where the month is a numeral.
fn date_pattern(cldr: &str) -> Option<String> {
    if !cldr.contains("MMMM") && !cldr.contains("LLLL") {
        return None;
    }
    let mut out = String::new();
    let mut chars = cldr.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            'd' | 'M' | 'L' | 'y' | 'G' | 'E' | 'r' | 'U' => {
                while chars.next_if_eq(&c).is_some() {}
                out += match c {
                    'd' => " {day} ",
                    'M' | 'L' => " {month} ",
                    'y' => " {year} ",
                    _ => " ",
                };
            }
            '\'' => {}
            c if c.is_alphabetic() => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            c => {
                out.push_str(" \\");
                out.push(c);
                out.push_str("? ");
            }
        }
    }
    Some(out.split_whitespace().collect::<Vec<_>>().join(" "))
}
