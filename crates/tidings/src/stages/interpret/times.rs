//! Times: where they stand in a text, by the pack's date rules, and by numerals in every language.
//!
//! What the words of a rule come to, as days and as a TIMEX3 value, is worked out in [`meanings`](super::meanings).

use jiff::civil::{Date, Weekday};

use super::meanings::Meaning;
use crate::{
    language::{Annotation, Class, Found, Pack, Reading, TokenKind, pack::DateOrder},
    model::{Interval, Precision, Quote, Time, TimeType, Where},
};

/// What times are counted from.
#[derive(Clone, Debug, Default)]
pub struct Anchor {
    /// The day of publication.
    pub published: Option<Date>,
    /// The last day that the text told in full.
    pub previous: Option<Date>,
}

/// Finds the times of a text, annotates them, and appends them to `times`; what lies inside one of the `names` is none.
pub fn find(
    reading: &mut Reading<'_>,
    sentences: &[(usize, usize)],
    place: Where,
    pack: &Pack,
    anchor: &mut Anchor,
    names: &[(usize, usize)],
    times: &mut Vec<Time>,
) {
    for &(from, to) in sentences {
        for (start, end, time) in in_range(reading, from, to, place, pack, anchor) {
            if names.iter().any(|(a, b)| *a <= start && end <= *b) {
                continue;
            }
            let tags = reading.tags(end - 1);
            reading.annotate(Annotation { class: Class::Time, start, end, payload: times.len() as i64, tags });
            times.push(time);
        }
    }
}

/// The times of one sentence or line: first token, token after the last, and the time.
pub fn in_range(
    reading: &Reading<'_>,
    from: usize,
    to: usize,
    place: Where,
    pack: &Pack,
    anchor: &mut Anchor,
) -> Vec<(usize, usize, Time)> {
    let mut found: Vec<(usize, usize, Candidate)> = reading
        .matches(&pack.dates.rules, from, to)
        .into_iter()
        .map(|f| (f.start, f.end, Candidate::Rule(f)))
        .collect();
    for start in from..to {
        if let Some((end, date)) = numeric(reading, pack.dates.order, start, to) {
            found.push((start, end, Candidate::Day(date)));
        } else if let Some(end) = clock(reading, start, to) {
            found.push((start, end, Candidate::Clock));
        }
    }
    found.sort_by_key(|(start, end, c)| (*start, usize::MAX - *end, c.rank()));
    let mut times: Vec<(usize, usize, Time)> = Vec::new();
    let mut free = from;
    for (start, end, candidate) in found {
        if start < free {
            continue;
        }
        let quote = Quote { text: place, span: reading.tokens.span(start, end) };
        let Some(time) = resolve(reading, pack, &candidate, quote, anchor) else { continue };
        free = end;
        if let Some((weekday, _, day)) = times.last()
            && let Some(merged) = with_weekday(reading, *weekday, day, start, end, &time)
        {
            *times.last_mut().expect("it was just looked at") = merged;
        } else {
            times.push((start, end, time));
        }
        if let Some((_, _, time)) = times.last()
            && let Some((a, b)) = time.interval.ends()
            && a == b
        {
            anchor.previous = Some(a);
        }
    }
    times
}

enum Candidate {
    Rule(Found),
    Day(Date),
    Clock,
}

impl Candidate {
    fn rank(&self) -> usize {
        match self {
            Self::Rule(found) => found.rule,
            Self::Day(_) => usize::MAX - 1,
            Self::Clock => usize::MAX,
        }
    }
}

/// A weekday and the day that follows it are one time; the weekday settles an open year.
fn with_weekday(
    reading: &Reading<'_>,
    from: usize,
    weekday: &Time,
    start: usize,
    end: usize,
    day: &Time,
) -> Option<(usize, usize, Time)> {
    let number: i64 = weekday.value.strip_prefix("XXXX-WXX-").or(weekday.weekday_told())?.parse().ok()?;
    let near = reading.longest_at(from, Class::Weekday).is_some_and(|w| w.end >= start.saturating_sub(2))
        && (from..start).all(|i| i + 2 >= start || reading.longest_at(from, Class::Weekday).is_some_and(|w| i < w.end));
    if !near || day.kind != TimeType::Date || day.precision != Some(Precision::Day) {
        return None;
    }
    let mut day = day.clone();
    day.quote.span = weekday.quote.span.cover(day.quote.span);
    if let (Some(rest), None) = (day.value.strip_prefix("XXXX-"), day.interval.earliest)
        && let Some((month, number_in_month)) = rest.split_once('-')
        && let (Ok(month), Ok(number_in_month)) =
            (month.parse::<i8>(), number_in_month.get(..2).unwrap_or("").parse::<i8>())
        && let Some(year) = weekday.interval.earliest.map(Date::year)
        && let Some(settled) = (year - 1..=year + 1)
            .filter_map(|y| Date::new(y, month, number_in_month).ok())
            .find(|d| i64::from(d.weekday().to_monday_one_offset()) == number)
    {
        day.value = settled.to_string();
        day.interval = Interval::day(settled);
    }
    Some((from, end, day))
}

impl Time {
    /// The weekday's number, where the words are a weekday that the anchor settled.
    fn weekday_told(&self) -> Option<&str> {
        let day = self.interval.earliest.filter(|_| self.anchored && self.precision == Some(Precision::Day))?;
        Some(match day.weekday() {
            Weekday::Monday => "1",
            Weekday::Tuesday => "2",
            Weekday::Wednesday => "3",
            Weekday::Thursday => "4",
            Weekday::Friday => "5",
            Weekday::Saturday => "6",
            Weekday::Sunday => "7",
        })
    }
}

/// A date in numerals with a four-digit year: where it ends, and the day.
fn numeric(reading: &Reading<'_>, order: DateOrder, at: usize, to: usize) -> Option<(usize, Date)> {
    let tokens = &reading.tokens;
    let number = |i: usize, most: usize| {
        let token = tokens.list.get(i).filter(|_| i < to)?;
        (token.kind == TokenKind::Number && token.span.end > token.span.start)
            .then(|| tokens.digits(i))
            .filter(|d| d.len() <= most)
            .and_then(|d| d.parse::<i16>().ok().map(|v| (v, d.len())))
    };
    let mark = |i: usize| {
        let token = tokens.list.get(i).filter(|_| i < to)?;
        let written = tokens.written(i);
        (token.kind == TokenKind::Mark && matches!(written, "/" | "." | "-" | "\u{2013}")).then_some(written)
    };
    if at > 0
        && tokens.list[at].joined
        && mark(at - 1).is_some()
        && tokens.list.get(at.wrapping_sub(2)).is_some_and(|t| t.kind == TokenKind::Number)
    {
        return None;
    }
    let ((a, a_len), (b, _), (c, c_len)) = (number(at, 4)?, number(at + 2, 2)?, number(at + 4, 4)?);
    if mark(at + 1)? != mark(at + 3)? {
        return None;
    }
    let (year, month, day) = match (a_len, c_len) {
        (4, _) => (a, b, c),
        (_, 4) if order == DateOrder::Mdy && a <= 12 || b > 12 => (c, a, b),
        (_, 4) => (c, b, a),
        _ => return None,
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1800..2200).contains(&year).then_some((at + 5, date))
}

/// A clock time such as 16:03: where it ends.
fn clock(reading: &Reading<'_>, at: usize, to: usize) -> Option<usize> {
    let tokens = &reading.tokens;
    let number = |i: usize, below: u32| {
        (i < to && tokens.list[i].kind == TokenKind::Number && tokens.digits(i).len() <= 2)
            .then(|| tokens.digits(i).parse::<u32>().ok())
            .flatten()
            .filter(|n| *n < below)
    };
    number(at, 24)?;
    (at + 2 < to && tokens.written(at + 1) == ":" && tokens.list[at + 1].joined).then_some(())?;
    number(at + 2, 60)?;
    (tokens.list[at + 2].joined && tokens.digits(at + 2).len() == 2).then_some(at + 3)
}

/// The time that a candidate stands for.
fn resolve(reading: &Reading<'_>, pack: &Pack, candidate: &Candidate, quote: Quote, anchor: &Anchor) -> Option<Time> {
    let day_of = |date: Date| Time {
        quote,
        kind: TimeType::Date,
        value: date.to_string(),
        interval: Interval::day(date),
        precision: Some(Precision::Day),
        anchored: false,
        recalled: false,
        ahead: None,
    };
    match candidate {
        Candidate::Day(date) => Some(day_of(*date)),
        Candidate::Clock => {
            let words = quote.span.of(reading.tokens.text);
            Some(Time {
                kind: TimeType::Time,
                value: format!("T{words:0>5}"),
                interval: Interval::default(),
                precision: None,
                ..day_of(Date::constant(2000, 1, 1))
            })
        }
        Candidate::Rule(found) => {
            let rule = &pack.dates.entries[found.rule];
            let meaning = Meaning::of(found, rule, anchor)?;
            Some(Time {
                quote,
                kind: meaning.kind,
                value: meaning.value,
                precision: meaning.precision,
                anchored: meaning.anchored,
                interval: meaning.interval,
                recalled: rule.recalled,
                ahead: meaning.ahead,
            })
        }
    }
}
