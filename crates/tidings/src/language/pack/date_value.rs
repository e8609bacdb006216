//! What a date rule says that its words mean: the `value` of a rule in `dates.toml`.

use serde::{Deserialize, Deserializer, de::Error};

use crate::language::pattern::Class;

/// Units of time, from the finest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Unit {
    /// The unit of that name in packs.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "hour" | "minute" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            _ => return None,
        })
    }

    /// The unit of a capture's payload.
    pub fn from_payload(payload: i64) -> Self {
        [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Decade]
            .get(usize::try_from(payload).unwrap_or(1))
            .copied()
            .unwrap_or(Self::Day)
    }
}

/// Which of the days that fit is meant, seen from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// The latest before the anchor (`<`).
    Past,
    /// The first after it (`>`).
    Future,
    /// The nearest (`~`).
    Nearest,
}

/// A number in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// As written in the rule.
    Fixed(i64),
    /// `XXXX`: nobody says.
    Open,
    /// The nth capture (from 0) of a class.
    Capture(Class, usize),
}

/// A rule's value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are what the variants' own lines name.
pub enum DateValue {
    /// A year, perhaps with month and day; an open year may be settled in one direction.
    Calendar { year: Part, month: Option<Part>, day: Option<Part>, toward: Option<Toward> },
    /// A season: `SP SU FA WI`.
    Season(Part, &'static str),
    /// A quarter or half of a year.
    Fraction { year: Part, half: bool, number: Part },
    /// A decade by its first year.
    Decade(Part),
    /// A weekday near the anchor.
    Weekday(Part, Toward),
    /// Some units away from the anchor, perhaps a month and day in there ("May of last year").
    Shift { unit: Option<Unit>, sign: i64, amount: Part, month: Option<Part>, day: Option<Part> },
    /// From one to another; an end may be open.
    Range(Option<Box<DateValue>>, Option<Box<DateValue>>),
    /// A length of time.
    Duration { amount: Part, unit: Option<Unit> },
    /// `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Reference(&'static str),
}

impl DateValue {
    /// Reads a value.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((a, b)) = text.split_once('/') {
            let side = |s: &str| {
                if s.is_empty() { Some(None) } else { Self::parse(s).map(|v| Some(Box::new(v))) }
            };
            return Some(Self::Range(side(a)?, side(b)?));
        }
        for name in ["PRESENT_REF", "PAST_REF", "FUTURE_REF"] {
            if text == name {
                return Some(Self::Reference(name));
            }
        }
        if let Some(rest) = text.strip_prefix('P')
            && rest.starts_with(|c: char| c == '{' || c == 'T' || c == 'X' || c.is_ascii_digit())
        {
            return duration(rest);
        }
        let (body, toward) = match text.chars().last()? {
            '<' => (&text[..text.len() - 1], Some(Toward::Past)),
            '>' => (&text[..text.len() - 1], Some(Toward::Future)),
            '~' => (&text[..text.len() - 1], Some(Toward::Nearest)),
            _ => (text, None),
        };
        let fields = fields(body);
        let (_, first) = *fields.first()?;
        let unit = if first == "{unit}" { Some(None) } else { Unit::named(first).map(Some) };
        if let Some(unit) = unit {
            let (sign, amount) = *fields.get(1)?;
            let month = fields.get(2).map(|(_, f)| part(f)).map_or(Some(None), |p| p.map(Some))?;
            let day = fields.get(3).map(|(_, f)| part(f)).map_or(Some(None), |p| p.map(Some))?;
            // After a month that is counted from the anchor comes a day at once.
            let (month, day) = if unit == Some(Unit::Month) && day.is_none() { (None, month) } else { (month, day) };
            return Some(Self::Shift { unit, sign, amount: part(amount)?, month, day });
        }
        if first.starts_with("{weekday") {
            return Some(Self::Weekday(part(first)?, toward.unwrap_or(Toward::Nearest)));
        }
        if let Some(decade) = first.strip_suffix('s') {
            return Some(Self::Decade(part(decade)?));
        }
        if let Some(decade) = first.strip_suffix('X').filter(|d| d.len() == 3 && *d != "XXX") {
            return Some(Self::Decade(Part::Fixed(decade.parse::<i64>().ok()? * 10)));
        }
        if first.starts_with("{month") {
            let day = fields.get(1).map(|(_, f)| part(f)).map_or(Some(None), |p| p.map(Some))?;
            return Some(Self::Calendar { year: Part::Open, month: Some(part(first)?), day, toward });
        }
        let year = part(first)?;
        let Some((_, second)) = fields.get(1) else {
            return Some(Self::Calendar { year, month: None, day: None, toward });
        };
        if let Some(number) = second.strip_prefix('Q').or_else(|| second.strip_prefix('H')) {
            return Some(Self::Fraction { year, half: second.starts_with('H'), number: part(number)? });
        }
        for season in ["SP", "SU", "FA", "WI"] {
            if *second == season {
                return Some(Self::Season(year, season));
            }
        }
        let day = fields.get(2).map(|(_, f)| part(f)).map_or(Some(None), |p| p.map(Some))?;
        Some(Self::Calendar { year, month: Some(part(second)?), day, toward })
    }
}

impl<'de> Deserialize<'de> for DateValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no value of a date")))
    }
}

fn duration(rest: &str) -> Option<DateValue> {
    let (rest, time) = rest.strip_prefix('T').map_or((rest, false), |r| (r, true));
    if let Some(amount) = rest.strip_suffix("{unit}") {
        return Some(DateValue::Duration { amount: part(amount)?, unit: None });
    }
    let letter = rest.chars().last()?;
    let unit = match letter {
        'H' | 'M' if time => Unit::Hour,
        'D' => Unit::Day,
        'W' => Unit::Week,
        'M' => Unit::Month,
        'Q' => Unit::Quarter,
        'Y' => Unit::Year,
        'E' => Unit::Decade,
        _ => return None,
    };
    Some(DateValue::Duration { amount: part(&rest[..rest.len() - 1])?, unit: Some(unit) })
}

/// The fields of a value with the sign before each.
fn fields(body: &str) -> Vec<(i64, &str)> {
    let mut out = Vec::new();
    let (mut from, mut sign, mut depth) = (0, 1, 0);
    for (at, c) in body.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '-' | '+' if depth == 0 => {
                out.push((sign, &body[from..at]));
                (from, sign) = (at + 1, if c == '-' { -1 } else { 1 });
            }
            _ => {}
        }
    }
    out.push((sign, &body[from..]));
    out
}

fn part(text: &str) -> Option<Part> {
    let text = text.strip_prefix("20").filter(|t| t.starts_with('{')).unwrap_or(text);
    if text.is_empty() || text.bytes().all(|b| b == b'X') {
        return (!text.is_empty()).then_some(Part::Open);
    }
    if let Some(name) = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
        let (name, nth) = match name.split_once('.') {
            Some((name, nth)) => (name, nth.parse::<usize>().ok()?.checked_sub(1)?),
            None => (name, 0),
        };
        return Some(Part::Capture(Class::named(name)?, nth));
    }
    text.parse().ok().map(Part::Fixed)
}
