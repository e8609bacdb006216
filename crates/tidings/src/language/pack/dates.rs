//! `dates.toml`, and the date rules that every language has.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{DateValue, Language, PackError, PackSource, Unit, source::Base};
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

/// What the words of one rule mean.
#[derive(Clone, Debug)]
pub struct DateRule {
    /// The value.
    pub value: DateValue,
    /// A part of it.
    pub modifier: Option<Modifier>,
    /// A part of the day.
    pub part: Option<DayPart>,
    /// Whether it counts from the last date told.
    pub from_previous: bool,
    /// The side on which an open year lies.
    pub tense: Option<Tense>,
    /// Whether what it dates is background.
    pub recalled: bool,
    /// A calendar other than the Gregorian.
    pub calendar: Option<String>,
    /// Words and the value that they must give.
    pub yes: Vec<(String, String)>,
    /// Words in which it must find nothing.
    pub no: Vec<String>,
    /// The line in `dates.toml`; 0 for rules that every language has.
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
    rule: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    patterns: Vec<String>,
    value: String,
    #[serde(rename = "mod")]
    modifier: Option<Modifier>,
    part: Option<DayPart>,
    #[serde(default)]
    anchor: String,
    tense: Option<Tense>,
    #[serde(default)]
    recalled: bool,
    calendar: Option<String>,
    #[serde(default)]
    yes: Vec<(String, String)>,
    #[serde(default)]
    no: Vec<String>,
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
    #[allow(clippy::too_many_lines)] // One file from top to bottom.
    pub(super) fn read(
        code: &str,
        full: bool,
        base: &Base,
        source: &PackSource,
        parser: &mut Parser<'_>,
    ) -> Result<Self, PackError> {
        let (file, lines) = source.toml::<File>(code, "dates.toml")?;
        let mut dates = Self { order: file.order, ..Self::default() };
        let fail = |line: usize, message: String| PackError::new(code, "dates.toml", line, message);

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
                        dates.term(class, number, form, parser).map_err(|m| fail(0, m))?;
                    }
                }
            }
        }
        for (table, class) in [(&file.months, Class::Month), (&file.weekdays, Class::Weekday)] {
            for (key, forms) in table {
                let number = key.parse::<f64>().map_err(|_| fail(0, format!("`{key}` is no number")))?;
                for form in forms {
                    dates.term(class, number, form, parser).map_err(|m| fail(0, m))?;
                }
            }
        }
        for (name, forms) in &file.units {
            let unit = Unit::named(name).ok_or_else(|| fail(0, format!("`{name}` is no unit of time")))?;
            for form in forms {
                dates.term(Class::Unit, f64::from(unit as u8), form, parser).map_err(|m| fail(0, m))?;
            }
        }
        if !full {
            dates.add_base(code, base, parser);
        }
        for (name, entries) in &super::ordered_sets(&file.sets).map_err(|m| fail(0, m))? {
            parser.set(name, entries).map_err(|e| fail(0, format!("set `{name}`: {e}")))?;
        }
        for entry in file.rule {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            let value = DateValue::parse(&entry.value)
                .ok_or_else(|| fail(line, format!("`{}` is no value of a date", entry.value)))?;
            let from_previous = match entry.anchor.as_str() {
                "" => false,
                "previous" => true,
                other => return Err(fail(line, format!("`{other}` is no anchor"))),
            };
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                dates.rules.add(nodes, dates.entries.len());
            }
            dates.entries.push(DateRule {
                value,
                modifier: entry.modifier,
                part: entry.part,
                from_previous,
                tense: entry.tense,
                recalled: entry.recalled,
                calendar: entry.calendar,
                yes: entry.yes,
                no: entry.no,
                line,
            });
        }
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
