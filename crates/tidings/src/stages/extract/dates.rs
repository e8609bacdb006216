//! Full dates in the lines around an article: when it was published, when it was changed.
//!
//! The times that a text tells are the business of `interpret`, which knows relative times and open years. Here a
//! date must name its year: a line that only says "Thursday" dates nothing.

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
}

impl Dated {
    /// Whether it names a day and its year: others part a dateline from its text, but date no article.
    pub(super) fn is_full(&self) -> bool {
        self.value.len() >= 10 && !self.value.starts_with('X')
    }
}

/// The dates of a line, in their order.
pub(super) fn find(line: &str, pack: &Pack) -> Vec<Dated> {
    if !line.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let tokens = Tokens::new(line, &pack.cutting);
    let reading = Reading::new(tokens, &pack.lexicon, &pack.affixes);
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for at in 0..reading.tokens.len() {
        if let Some((end, date)) = numeric(&reading, at, pack.dates.order) {
            found.push((at, end, date.to_string()));
        } else if let Some(value) = day_and_month(&reading, at, pack.dates.order) {
            found.push((at, at + 3, value));
        }
    }
    let mut weekdays: Vec<(usize, usize)> = Vec::new();
    for term in reading.matches(&pack.dates.terms, 0, reading.tokens.len()) {
        let (class, value) = pack.dates.term_values[term.rule];
        if class == Class::Weekday {
            weekdays.push((term.start, term.end));
        }
        if class == Class::Month
            && let Some(named) = with_month(&reading, term.start, term.end, value as i8)
        {
            found.push(named);
        }
    }
    // The longest reading of the same tokens is the one meant.
    found.sort_by_key(|(start, end, value)| (*start, usize::MAX - *end, usize::MAX - value.len()));
    keep_apart(&mut found, |(start, end, _)| (*start, *end));
    // A weekday beside a date belongs to it.
    for (start, end, _) in &mut found {
        if let Some(day) = weekdays.iter().find(|day| day.1 <= *start && *start - day.1 <= 2) {
            *start = day.0;
        } else if let Some(day) = weekdays.iter().find(|day| *end <= day.0 && day.0 - *end <= 2) {
            *end = day.1;
        }
    }
    found.into_iter().map(|(start, end, value)| with_clock(&reading, start, end, value)).collect()
}

/// A date as machines write it, to the minute and with its offset from UTC where it has one: ISO 8601 in its usual
/// spellings, the dates of mail and feeds, and seconds since 1970.
///
/// ```
/// use tidings::stages::extract::iso;
/// assert_eq!(iso("2024-11-16 16:03 +0700").as_deref(), Some("2024-11-16T16:03+07:00"));
/// assert_eq!(iso("yesterday"), None);
/// ```
pub fn iso(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
    if digits == raw.len() && matches!(digits, 10 | 13) {
        let seconds = raw[..10].parse().ok()?;
        let time = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
        return Some(time.strftime("%Y-%m-%dT%H:%MZ").to_string());
    }
    if digits == 8 {
        let date = Date::strptime("%Y%m%d", &raw[..8]).ok()?;
        return Some(date.to_string());
    }
    if digits == 4 {
        let text = raw.replace('/', "-");
        if let Some(Ok(date)) = text.get(..10).map(str::parse::<Date>) {
            return Some(format!("{date}{}", clock_and_offset(&text[10..])));
        }
        let month = text.get(5..7).filter(|_| text.as_bytes()[4] == b'-').and_then(|month| month.parse::<i8>().ok());
        return match month {
            Some(month @ 1..=12) if text.len() == 7 => Some(format!("{}-{month:02}", &text[..4])),
            _ if text.len() == 4 => Some(text),
            _ => None,
        };
    }
    let time = jiff::fmt::rfc2822::parse(raw).ok()?;
    Some(format!("{}{}", time.strftime("%Y-%m-%dT%H:%M"), time.strftime("%:z").to_string().replace("+00:00", "Z")))
}

/// `T16:03` and an offset, from what stands behind a date.
fn clock_and_offset(rest: &str) -> String {
    let Some(rest) = rest.strip_prefix(['T', 't', ' ']).map(str::trim_start) else { return String::new() };
    let Some(clock) = rest.get(..5).filter(|clock| jiff::civil::Time::strptime("%H:%M", clock).is_ok()) else {
        return String::new();
    };
    let rest = rest[5..].trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit()).trim();
    let digits: String = rest.chars().skip(1).filter(char::is_ascii_digit).collect();
    let offset = match rest.chars().next() {
        Some('Z' | 'z') => "Z".to_owned(),
        Some(sign @ ('+' | '-')) if digits == "0000" && sign == '+' => "Z".to_owned(),
        Some(sign @ ('+' | '-')) if digits.len() == 4 => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        Some(sign @ ('+' | '-')) if digits.len() == 2 => format!("{sign}{digits}:00"),
        _ => String::new(),
    };
    format!("T{clock}{offset}")
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
fn numeric(reading: &Reading<'_>, at: usize, order: DateOrder) -> Option<(usize, Date)> {
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
        return Some((end, date(Some(y), small(at + 2), small(at + 4))?));
    }
    let last = if tokens.folded(at + 4).len() == 4 { year(reading, at + 4) } else { None };
    let y = last.or_else(|| number(reading, at + 4, 2).filter(|_| tokens.folded(at + 4).len() == 2).map(|y| y + 2000));
    let (first, second) = (small(at), small(at + 2));
    let (as_written, swapped) = (date(y, second, first), date(y, first, second));
    let date = if order == DateOrder::Mdy { swapped.or(as_written) } else { as_written.or(swapped) };
    Some((end, date?))
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

/// Adds the time of day that stands beside a date.
fn with_clock(reading: &Reading<'_>, start: usize, end: usize, value: String) -> Dated {
    let tokens = &reading.tokens;
    let clock = |at: usize| {
        let (hour, minute) = (number(reading, at, 2)?, number(reading, at + 2, 2)?);
        let colon = tokens.written(at + 1) == ":" && tokens.list[at + 1].joined && tokens.list[at + 2].joined;
        let whole = at == 0 || tokens.written(at - 1) != ":" || !tokens.list[at].joined;
        if !colon || !whole || hour > 23 || minute > 59 || tokens.folded(at + 2).len() != 2 {
            return None;
        }
        // Before noon or after it: which of the two, these few letters say in every language differently.
        let next = tokens.list.get(at + 3);
        let halves = next.is_some_and(|next| next.kind == TokenKind::Word && next.span.range().len() <= 2);
        (!(hour <= 12 && halves)).then(|| format!("T{hour:02}:{minute:02}"))
    };
    let span = tokens.span(start, end);
    let mut dated = Dated { start: span.start as usize, end: span.end as usize, value };
    if dated.value.len() == 10 && dated.is_full() {
        let after = (end..tokens.len().saturating_sub(2).min(end + 4)).find_map(|at| Some((at + 3, clock(at)?)));
        let before = || (start.saturating_sub(5)..start).find_map(|at| Some((at, clock(at)?)));
        if let Some((end, clock)) = after {
            dated.value += &clock;
            dated.end = tokens.list[end - 1].span.end as usize;
        } else if let Some((start, clock)) = before() {
            dated.value += &clock;
            dated.start = tokens.list[start].span.start as usize;
        }
    }
    dated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn values(line: &str, code: &str) -> Vec<String> {
        let pack = Knowledge::embedded().pack(code).unwrap();
        find(line, &pack).into_iter().filter(Dated::is_full).map(|dated| dated.value).collect()
    }

    #[test]
    fn dates_with_a_year_are_found() {
        assert_eq!(values("16/11/2024 16:03", "vi"), ["2024-11-16T16:03"]);
        assert_eq!(values("2024-11-16", "ja"), ["2024-11-16"]);
        assert_eq!(values("16.11.24, 9:05", "de"), ["2024-11-16T09:05"]);
        assert_eq!(values("15th, November 2024 GMT", "en"), ["2024-11-15"]);
        assert_eq!(values("Nov 5, 2024 10:30 AM", "en"), ["2024-11-05"]);
        assert_eq!(values("14 de noviembre de 2024", "es"), ["2024-11-14"]);
        assert_eq!(values("11/16/2024", "fi"), ["2024-11-16"]);
        assert_eq!(values("2024年11月15日 08:00", "zh"), ["2024-11-15T08:00"]);
        assert_eq!(values("١٥ نوفمبر ٢٠٢٤", "ar"), ["2024-11-15"]);
    }

    #[test]
    fn machine_dates() {
        for (raw, value) in [
            ("2024-11-16T16:03:22+07:00", "2024-11-16T16:03+07:00"),
            ("2024-11-16 16:03", "2024-11-16T16:03"),
            ("2024-11-16T16:03:22.123Z", "2024-11-16T16:03Z"),
            ("2024/11/16", "2024-11-16"),
            ("20241116", "2024-11-16"),
            ("2024-11", "2024-11"),
            ("Fri, 15 Nov 2024 10:00:00 GMT", "2024-11-15T10:00Z"),
            ("1731668400", "2024-11-15T11:00Z"),
        ] {
            assert_eq!(iso(raw).as_deref(), Some(value), "{raw}");
        }
        assert_eq!(iso("last Thursday"), None);
        assert_eq!(iso("2024-13-01"), None);
    }

    #[test]
    fn what_lacks_a_part_is_found_too() {
        let pack = Knowledge::embedded().pack("en").unwrap();
        let value = |line: &str| find(line, &pack).first().map(|dated| dated.value.clone());
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
