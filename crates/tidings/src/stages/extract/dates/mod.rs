//! Full dates in the lines around an article: when it was published, when it was changed.
//!
//! The times that a text tells are the business of `interpret`, which knows relative times and open years. Here a
//! date must name its year: a line that only says "Thursday" dates nothing.

mod clock;
mod forms;
mod machine;
mod reckoned;

pub(crate) use forms::Forms;
pub use machine::iso;

use jiff::civil::Date;

use crate::language::pack::DateOrder;
use crate::language::{Class, Pack, Reading, TokenKind, Tokens, keep_apart};

/// A date in a line, with the time of day where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after it.
    pub(super) end: usize,
    /// ISO 8601: `2024-11-16T16:03`, `2024-11-16`, `2024-11`; `XXXX-11-16` where no year stands beside it.
    pub(super) value: String,
    /// The day that the same numbers name where the month is written first, or second.
    pub(super) other: Option<String>,
}

impl Dated {
    /// Whether it names a day and its year: others part a dateline from its text, but date no article.
    pub(super) fn is_full(&self) -> bool {
        self.value.len() >= 10 && !self.value.starts_with('X')
    }
}

/// The dates of a line, in their order.
pub(super) fn find(line: &str, pack: &Pack, forms: &Forms, order: Option<DateOrder>) -> Vec<Dated> {
    if !line.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let order = order.unwrap_or(pack.dates.order);
    let tokens = Tokens::new(line, &pack.cutting);
    let reading = Reading::new(tokens, &pack.lexicon, &pack.affixes);
    let mut found: Vec<Spot> = Vec::new();
    let mut add = |start: usize, end: usize, value: String, other: Option<Date>| {
        let span = reading.tokens.span(start, end);
        found.push(Spot { start: span.start as usize, end: span.end as usize, value, other });
    };
    for at in 0..reading.tokens.len() {
        if let Some((end, date, other)) = numeric(&reading, at, order) {
            add(at, end, date.to_string(), other);
        } else if let Some(value) = day_and_month(&reading, at, order) {
            add(at, at + 3, value, None);
        }
    }
    let mut weekdays: Vec<(usize, usize)> = Vec::new();
    for term in reading.matches(&pack.dates.terms, 0, reading.tokens.len()) {
        let (class, value) = pack.dates.term_values[term.rule];
        if class == Class::Weekday {
            let span = reading.tokens.span(term.start, term.end);
            weekdays.push((span.start as usize, span.end as usize));
        }
        if class == Class::Month
            && let Some((start, end, value)) = with_month(&reading, term.start, term.end, value as i8)
        {
            add(start, end, value, None);
        }
    }
    let plain = Tokens::new(line, &forms.cutting);
    for (start, end, day) in reckoned::find(&plain, forms) {
        let span = plain.span(start, end);
        found.push(Spot { start: span.start as usize, end: span.end as usize, value: day.to_string(), other: None });
    }
    // The longest reading of the same words is the one meant, and one with a year before one without.
    found.sort_by_key(|spot| {
        (spot.value.starts_with('X'), spot.start, usize::MAX - spot.end, usize::MAX - spot.value.len())
    });
    keep_apart(&mut found, |spot| (spot.start, spot.end));
    found.sort_by_key(|spot| spot.start);
    // A weekday beside a date belongs to it.
    for spot in &mut found {
        let words =
            |from: usize, to: usize| line.get(from..to).is_some_and(|between| between.trim().chars().count() <= 2);
        if let Some(day) = weekdays.iter().find(|day| day.1 <= spot.start && words(day.1, spot.start)) {
            spot.start = day.0;
        } else if let Some(day) = weekdays.iter().find(|day| spot.end <= day.0 && words(spot.end, day.0)) {
            spot.end = day.1;
        }
    }
    let bounds: Vec<(usize, usize)> = (0..found.len())
        .map(|at| {
            let before = if at == 0 { 0 } else { found[at - 1].end };
            (before, found.get(at + 1).map_or(line.len(), |next| next.start))
        })
        .collect();
    found.into_iter().zip(bounds).map(|(spot, bounds)| spot.with_clock(&plain, bounds, forms)).collect()
}

/// A date before its time of day is known; positions are bytes.
struct Spot {
    start: usize,
    end: usize,
    value: String,
    other: Option<Date>,
}

impl Spot {
    /// Adds the time of day that stands beside it, and not beyond the dates before and behind.
    fn with_clock(self, tokens: &Tokens<'_>, bounds: (usize, usize), forms: &Forms) -> Dated {
        let other = self.other.map(|day| day.to_string());
        let mut dated = Dated { start: self.start, end: self.end, value: self.value, other };
        if dated.value.len() != 10 || !dated.is_full() {
            return dated;
        }
        let at = |byte: usize| tokens.at_byte(byte as u32);
        let limits = (at(bounds.0), if bounds.1 >= tokens.text.len() { tokens.len() } else { at(bounds.1) });
        if let Some((start, end, clock)) = clock::beside(tokens, (at(dated.start), at(dated.end)), limits, forms) {
            dated.value += &clock;
            let span = tokens.span(start, end);
            dated.start = dated.start.min(span.start as usize);
            dated.end = dated.end.max(span.end as usize);
        }
        dated
    }
}

/// The number that a token is, if it has no more digits than that.
fn number(reading: &Reading<'_>, at: usize, digits: usize) -> Option<i16> {
    let token = reading.tokens.list.get(at)?;
    let folded = reading.tokens.folded(at);
    (token.kind == TokenKind::Number && folded.len() <= digits).then(|| folded.parse().ok()).flatten()
}

fn year(reading: &Reading<'_>, at: usize) -> Option<i16> {
    let year = number(reading, at, 4)?;
    match year {
        1900..2100 => Some(year),
        // Years of the Buddhist era, in which Thai is dated.
        2443..2643 => Some(year - 543),
        _ => None,
    }
}

/// Three numbers with the same mark between, and nothing else.
fn numeric(reading: &Reading<'_>, at: usize, order: DateOrder) -> Option<(usize, Date, Option<Date>)> {
    let tokens = &reading.tokens;
    let mark = |at: usize| {
        let token = tokens.list.get(at)?;
        (token.joined && matches!(tokens.written(at), "/" | "." | "-")).then(|| tokens.written(at))
    };
    if at > 0 && tokens.list[at].joined && tokens.list[at - 1].kind == TokenKind::Mark && mark(at - 1).is_some() {
        return None;
    }
    let separator = mark(at + 1)?;
    if mark(at + 3) != Some(separator) || !tokens.list.get(at + 2)?.joined || !tokens.list.get(at + 4)?.joined {
        return None;
    }
    let end = at + 5;
    let date = |y: Option<i16>, m: Option<i16>, d: Option<i16>| Date::new(y?, m? as i8, d? as i8).ok();
    let small = |at| number(reading, at, 2);
    if let Some(y) = year(reading, at).filter(|_| tokens.folded(at).len() == 4) {
        return Some((end, date(Some(y), small(at + 2), small(at + 4))?, None));
    }
    let last = if tokens.folded(at + 4).len() == 4 { year(reading, at + 4) } else { None };
    let y = last.or_else(|| number(reading, at + 4, 2).filter(|_| tokens.folded(at + 4).len() == 2).map(|y| y + 2000));
    let (first, second) = (small(at), small(at + 2));
    let (as_written, swapped) = (date(y, second, first), date(y, first, second));
    let (date, other) = if order == DateOrder::Mdy { (swapped, as_written) } else { (as_written, swapped) };
    let other = date.and(other).filter(|other| Some(*other) != date);
    Some((end, date.or(other).or(as_written).or(swapped)?, other))
}

/// Two numbers with a stroke between, which may be a day and its month.
fn day_and_month(reading: &Reading<'_>, at: usize, order: DateOrder) -> Option<String> {
    let tokens = &reading.tokens;
    let stroke = |at: usize| tokens.list.get(at).is_some_and(|token| token.joined) && tokens.written(at) == "/";
    if !stroke(at + 1) || stroke(at + 3) || at > 0 && stroke(at - 1) || !tokens.list.get(at + 2)?.joined {
        return None;
    }
    let (first, second) = (number(reading, at, 2)?, number(reading, at + 2, 2)?);
    let (month, day) = if order == DateOrder::Dmy { (second, first) } else { (first, second) };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| format!("XXXX-{month:02}-{day:02}"))
}

/// A month's name with the day and year around it.
fn with_month(reading: &Reading<'_>, start: usize, end: usize, month: i8) -> Option<(usize, usize, String)> {
    // Between the parts stand at most two tokens: a preposition, a comma, the letters of an ordinal.
    let is_number = |at: &usize| reading.tokens.list[*at].kind == TokenKind::Number;
    let after = |from: usize| (from..reading.tokens.len().min(from + 3)).find(is_number);
    let before = (start.saturating_sub(3)..start).rev().find(is_number);
    let first = after(end);
    let second = first.and_then(|first| after(first + 1));
    let day = |at: Option<usize>| number(reading, at?, 2).map(|day| day as i8);
    let year = |at: Option<usize>| year(reading, at?);
    let date = |y: i16, d: i8| Date::new(y, month, d).ok().map(|date| date.to_string());
    if let (Some(d), Some(y)) = (day(before), year(first)) {
        return Some((before?, first? + 1, date(y, d)?));
    }
    if let (Some(d), Some(y)) = (day(first), year(second)) {
        return Some((start, second? + 1, date(y, d)?));
    }
    let earlier = before.and_then(|before| (before.saturating_sub(3)..before).rev().find(is_number));
    if let (Some(d), None, Some(y)) = (day(before), first, year(earlier)) {
        return Some((earlier?, end, date(y, d)?));
    }
    if let (Some(y), Some(d)) = (year(before), day(first)) {
        return Some((before?, first? + 1, date(y, d)?));
    }
    if let Some(y) = year(first) {
        return Some((start, first? + 1, format!("{y:04}-{month:02}")));
    }
    let open = |d: i8| (1..=31).contains(&d).then(|| format!("XXXX-{month:02}-{d:02}"));
    match (day(before), day(first)) {
        (Some(d), _) => Some((before?, end, open(d)?)),
        (None, Some(d)) => Some((start, first? + 1, open(d)?)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn values(line: &str, code: &str) -> Vec<String> {
        let knowledge = Knowledge::embedded();
        let pack = knowledge.pack(code).unwrap();
        find(line, &pack, knowledge.date_forms(), None)
            .into_iter()
            .filter(Dated::is_full)
            .map(|dated| dated.value)
            .collect()
    }

    /// Each line of `tests/dates.tsv` gives its value.
    #[test]
    fn dates_of_many_languages() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/dates.tsv");
        let table = std::fs::read_to_string(path).unwrap();
        let rows = table.lines().enumerate().filter(|(_, row)| !row.starts_with('#'));
        let mut faults = Vec::new();
        for (number, row) in rows {
            let [code, text, want] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("line {}", number + 1) };
            let have = if code == "-" { iso(text) } else { values(text, code).into_iter().next() };
            if have.as_deref().unwrap_or_default() != want {
                faults.push(format!("{}: {code} {text}: want {want:?}, have {have:?}", number + 1));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn what_lacks_a_part_is_found_too() {
        let knowledge = Knowledge::embedded();
        let pack = knowledge.pack("en").unwrap();
        let value =
            |line: &str| find(line, &pack, knowledge.date_forms(), None).first().map(|dated| dated.value.clone());
        assert_eq!(value("CAIRO, Nov 14 (Example) -").as_deref(), Some("XXXX-11-14"));
        assert_eq!(value("November 2024").as_deref(), Some("2024-11"));
        assert_eq!(value("the 1/2/3 rule"), None);
    }

    #[test]
    fn what_names_no_year_is_no_date() {
        assert_eq!(values("14 November", "en"), Vec::<String>::new());
        assert_eq!(values("31/11/2024", "en"), Vec::<String>::new());
        assert_eq!(values("192.168.10.24.5", "en"), Vec::<String>::new());
        assert_eq!(values("Thursday 16:03", "en"), Vec::<String>::new());
    }
}
