//! Times: the pack's date rules, and numeric dates and clock times in every language.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::calendar;
use crate::{
    language::{
        Annotation, Class, Found, Pack, Reading, TokenKind,
        pack::{DateOrder, DateRule, DateValue, DayPart, Modifier, Part, Tense, Toward, Unit},
    },
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
            let from = if rule.from_previous { anchor.previous.or(anchor.published) } else { anchor.published };
            let scope = Scope { found, rule, anchor: from, previous: anchor.previous };
            let mut meaning = scope.value(&rule.value)?;
            meaning.modify(rule.modifier, rule.part);
            Some(Time {
                quote,
                kind: meaning.kind,
                value: meaning.value,
                precision: meaning.precision,
                anchored: meaning.anchored,
                interval: meaning.interval,
                recalled: rule.recalled,
            })
        }
    }
}

/// What a value comes to.
struct Meaning {
    kind: TimeType,
    value: String,
    interval: Interval,
    precision: Option<Precision>,
    anchored: bool,
}

impl Meaning {
    fn new(value: String, interval: Interval, precision: Precision) -> Self {
        Self { kind: TimeType::Date, value, interval, precision: Some(precision), anchored: false }
    }

    fn days(interval: Interval) -> Self {
        let precision = interval.precision();
        Self::new(timex(interval, precision), interval, precision)
    }

    fn open(value: String, precision: Precision) -> Self {
        Self::new(value, Interval::default(), precision)
    }

    fn anchored(mut self) -> Self {
        self.anchored = true;
        self
    }

    fn modify(&mut self, modifier: Option<Modifier>, part: Option<DayPart>) {
        if let (Some(modifier), Some((a, b))) = (modifier, self.interval.ends()) {
            let days = a.until(b).map_or(0, |s| s.get_days());
            let third = |n: i32| a.checked_add((days * n / 3).days()).unwrap_or(a);
            self.interval = match modifier {
                Modifier::Start => Interval::new(a, third(1)),
                Modifier::Mid => Interval::new(third(1), third(2)),
                Modifier::End => Interval::new(third(2), b),
            };
            if self.precision != Some(Precision::Day) {
                self.precision = Some(Precision::Interval);
            }
        }
        if let Some(part) = part {
            self.kind = TimeType::Time;
            self.value += match part {
                DayPart::Morning => "TMO",
                DayPart::Noon => "TMI",
                DayPart::Afternoon => "TAF",
                DayPart::Evening => "TEV",
                DayPart::Night => "TNI",
            };
        }
    }
}

/// The TIMEX3 value of days.
fn timex(interval: Interval, precision: Precision) -> String {
    let Some((a, b)) = interval.ends() else {
        let end = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
        return format!("{}/{}", end(interval.earliest), end(interval.latest));
    };
    match precision {
        Precision::Day | Precision::Hour => a.to_string(),
        Precision::Month => format!("{:04}-{:02}", a.year(), a.month()),
        Precision::Year => format!("{:04}", a.year()),
        Precision::Decade => format!("{:03}X", a.year() / 10),
        Precision::Quarter => format!("{:04}-Q{}", a.year(), (a.month() - 1) / 3 + 1),
        Precision::Week => {
            let week = a.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Precision::Interval => format!("{a}/{b}"),
    }
}

/// A match of a rule with what it is counted from.
struct Scope<'a> {
    found: &'a Found,
    rule: &'a DateRule,
    anchor: Option<Date>,
    previous: Option<Date>,
}

impl Scope<'_> {
    fn part(&self, part: Part) -> Option<i64> {
        match part {
            Part::Fixed(value) => Some(value),
            Part::Open => None,
            Part::Capture(class, nth) => {
                let capture = self.found.capture(class, nth)?;
                Some(match class {
                    Class::Num => super::numbers::value(capture) as i64,
                    Class::Year2 if capture.payload < 50 => 2000 + capture.payload,
                    Class::Year2 => 1900 + capture.payload,
                    _ => capture.payload,
                })
            }
        }
    }

    fn value(&self, value: &DateValue) -> Option<Meaning> {
        match value {
            DateValue::Calendar { year, month, day, toward } => {
                let month = match month {
                    None => None,
                    Some(m) => Some(self.part(*m)?),
                };
                let day = match day {
                    None => None,
                    Some(d) => Some(self.part(*d)?),
                };
                self.calendar(self.part(*year), month, day, *toward)
            }
            DateValue::Season(year, season) => {
                let from = match *season {
                    "SP" => 3,
                    "SU" => 6,
                    "FA" => 9,
                    _ => 12,
                };
                let Some(year) = self.part(*year).and_then(|y| i16::try_from(y).ok()) else {
                    return Some(Meaning::open(format!("XXXX-{season}"), Precision::Interval));
                };
                let first = Date::new(year, from, 1).ok()?;
                let last = first.checked_add(2.months()).ok()?.last_of_month();
                Some(Meaning::new(format!("{year:04}-{season}"), Interval::new(first, last), Precision::Interval))
            }
            DateValue::Fraction { year, half, number } => {
                let number = self.part(*number)?;
                let length = if *half { 6 } else { 3 };
                let letter = if *half { 'H' } else { 'Q' };
                let year = self.part(*year).and_then(|y| i16::try_from(y).ok()).or_else(|| self.anchor.map(Date::year));
                let Some(year) = year else {
                    return Some(Meaning::open(format!("XXXX-{letter}{number}"), Precision::Quarter));
                };
                let first = Date::new(year, i8::try_from((number - 1) * length + 1).ok()?, 1).ok()?;
                let last = first.checked_add((length - 1).months()).ok()?.last_of_month();
                let precision = if *half { Precision::Interval } else { Precision::Quarter };
                Some(Meaning::new(format!("{year:04}-{letter}{number}"), Interval::new(first, last), precision))
            }
            DateValue::Decade(part) => {
                let first = i16::try_from(self.part(*part)?).ok()?;
                let first = if first < 100 { 1900 + first } else { first };
                let first = first - first % 10;
                let days = Interval::new(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?);
                Some(Meaning::new(format!("{:03}X", first / 10), days, Precision::Decade))
            }
            DateValue::Weekday(number, toward) => {
                let number = self.part(*number)?;
                let Some(anchor) = self.anchor else {
                    return Some(Meaning::open(format!("XXXX-WXX-{number}"), Precision::Day));
                };
                let toward = match self.rule.tense {
                    Some(Tense::Future) => Toward::Future,
                    Some(Tense::Past) => Toward::Past,
                    None => *toward,
                };
                Some(Meaning::days(Interval::day(calendar::weekday(anchor, number, toward)?)).anchored())
            }
            DateValue::Shift { unit, sign, amount, month, day } => {
                self.shift(*unit, sign * self.part(*amount)?, *month, *day)
            }
            DateValue::Range(a, b) => self.range(a.as_deref(), b.as_deref()),
            DateValue::Duration { amount, unit } => {
                let unit = unit.unwrap_or_else(|| self.captured_unit());
                let amount = self.part(*amount).map_or_else(|| "X".to_owned(), |n| n.to_string());
                let value = match unit {
                    Unit::Hour => format!("PT{amount}H"),
                    Unit::Day => format!("P{amount}D"),
                    Unit::Week => format!("P{amount}W"),
                    Unit::Month => format!("P{amount}M"),
                    Unit::Quarter => format!("P{amount}Q"),
                    Unit::Year => format!("P{amount}Y"),
                    Unit::Decade => format!("P{amount}E"),
                };
                let open = Meaning::open(value, Precision::Interval);
                Some(Meaning { kind: TimeType::Duration, precision: None, ..open })
            }
            DateValue::Reference(name) => {
                let mut meaning = Meaning::open((*name).to_owned(), Precision::Interval);
                meaning.precision = None;
                Some(meaning)
            }
        }
    }

    fn captured_unit(&self) -> Unit {
        self.found.capture(Class::Unit, 0).map_or(Unit::Day, |c| Unit::from_payload(c.payload))
    }

    fn calendar(
        &self,
        year: Option<i64>,
        month: Option<i64>,
        day: Option<i64>,
        toward: Option<Toward>,
    ) -> Option<Meaning> {
        if let Some(name) = self.rule.calendar.as_deref()
            && let Some(meaning) = Self::other_calendar(name, year?, month, day)
        {
            return Some(meaning);
        }
        let Some(year) = year else { return self.open_year(month?, day, toward) };
        let year = i16::try_from(year).ok()?;
        Some(match (month, day) {
            (Some(month), Some(day)) => {
                Meaning::days(Interval::day(Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?))
            }
            (Some(month), None) => Meaning::days(Interval::month(year, i8::try_from(month).ok()?)?),
            _ => Meaning::days(Interval::year(year)?),
        })
    }

    fn other_calendar(name: &str, year: i64, month: Option<i64>, day: Option<i64>) -> Option<Meaning> {
        let first = calendar::gregorian(name, year, month.unwrap_or(1), day.unwrap_or(1))?;
        let last = match (month, day) {
            (Some(_), Some(_)) => first,
            (Some(12), None) | (None, _) => calendar::gregorian(name, year + 1, 1, 1)?.yesterday().ok()?,
            (Some(month), None) => calendar::gregorian(name, year, month + 1, 1)?.yesterday().ok()?,
        };
        Some(Meaning::days(Interval::new(first, last)))
    }

    /// A month or day without its year: settled by the weekday beside it, by the publication date, by a full date
    /// that the text told before; else it stays open.
    fn open_year(&self, month: i64, day: Option<i64>, toward: Option<Toward>) -> Option<Meaning> {
        let toward = match (toward, self.rule.tense) {
            (Some(toward), _) => toward,
            (None, Some(Tense::Past)) => Toward::Past,
            (None, Some(Tense::Future)) => Toward::Future,
            (None, None) => Toward::Nearest,
        };
        if !(1..=12).contains(&month) || day.is_some_and(|d| !(1..=31).contains(&d)) {
            return None;
        }
        let anchor = self.anchor.or(self.previous);
        let Some(anchor) = anchor else {
            return Some(match day {
                Some(day) => Meaning::open(format!("XXXX-{month:02}-{day:02}"), Precision::Day),
                None => Meaning::open(format!("XXXX-{month:02}"), Precision::Month),
            });
        };
        let Some(day) = day else {
            return Some(Meaning::days(calendar::month(anchor, month, toward)?).anchored());
        };
        let nearest = calendar::month_day(anchor, month, day, toward)?;
        let settled = match self.found.capture(Class::Weekday, 0) {
            // The weekday decides where it fits one of the years near by; a misprinted one does not.
            Some(weekday) => (nearest.year() - 1..=nearest.year() + 1)
                .filter_map(|y| Date::new(y, nearest.month(), nearest.day()).ok())
                .filter(|d| i64::from(d.weekday().to_monday_one_offset()) == weekday.payload)
                .min_by_key(|d| nearest.until(*d).map_or(i32::MAX, |s| s.get_days().abs()))
                .filter(|d| d.year() == nearest.year())
                .unwrap_or(nearest),
            None => nearest,
        };
        Some(Meaning::days(Interval::day(settled)).anchored())
    }

    fn shift(&self, unit: Option<Unit>, amount: i64, month: Option<Part>, day: Option<Part>) -> Option<Meaning> {
        let unit = unit.unwrap_or_else(|| self.captured_unit());
        // "Twelve years after" something that has no day here is no day either, least of all one ahead of the news.
        let lost = self.rule.from_previous && self.previous.is_none() && amount > 1 && unit >= Unit::Year;
        let Some(anchor) = self.anchor.filter(|_| !lost) else {
            // Without an anchor the words say only on which side of it they lie.
            let month = month.and_then(|m| self.part(m));
            let day = day.and_then(|d| self.part(d));
            return Some(match (month, day) {
                (Some(weekday), _) if unit == Unit::Week => {
                    Meaning::open(format!("XXXX-WXX-{weekday}"), Precision::Day)
                }
                (Some(m), Some(d)) => Meaning::open(format!("XXXX-{m:02}-{d:02}"), Precision::Day),
                (Some(m), None) => Meaning::open(format!("XXXX-{m:02}"), Precision::Month),
                _ => {
                    let name = match amount {
                        0 => "PRESENT_REF",
                        n if n < 0 => "PAST_REF",
                        _ => "FUTURE_REF",
                    };
                    let mut meaning = Meaning::open(name.to_owned(), Precision::Interval);
                    meaning.precision = None;
                    meaning
                }
            });
        };
        let meaning = match unit {
            Unit::Hour => {
                let day = if amount == 0 { anchor } else { anchor.checked_add((amount / 24).days()).ok()? };
                Meaning::days(Interval::day(day))
            }
            Unit::Day => Meaning::days(Interval::day(anchor.checked_add(amount.days()).ok()?)),
            Unit::Week => {
                let weekday = month.and_then(|m| self.part(m)).map(|w| w - 1);
                let monday = anchor.checked_sub(i64::from(anchor.weekday().to_monday_zero_offset()).days()).ok()?;
                let first = monday.checked_add((amount * 7).days()).ok()?;
                match weekday {
                    Some(days) => Meaning::days(Interval::day(first.checked_add(days.days()).ok()?)),
                    None => Meaning::days(Interval::new(first, first.checked_add(6.days()).ok()?)),
                }
            }
            Unit::Month => {
                let there = anchor.first_of_month().checked_add(amount.months()).ok()?;
                match day.and_then(|d| self.part(d)) {
                    Some(day) => Meaning::days(Interval::day(
                        Date::new(there.year(), there.month(), i8::try_from(day).ok()?).ok()?,
                    )),
                    None => Meaning::days(Interval::new(there, there.last_of_month())),
                }
            }
            Unit::Quarter => {
                let quarter = i64::from((anchor.month() - 1) / 3);
                let first = Date::new(anchor.year(), 1, 1).ok()?.checked_add(((quarter + amount) * 3).months()).ok()?;
                Meaning::days(Interval::new(first, first.checked_add(2.months()).ok()?.last_of_month()))
            }
            Unit::Year => {
                let year = i64::from(anchor.year()) + amount;
                let month = month.and_then(|m| self.part(m));
                let day = day.and_then(|d| self.part(d));
                self.calendar(Some(year), month, day, None)?
            }
            Unit::Decade => {
                let first = anchor.year() - anchor.year() % 10 + i16::try_from(amount).ok()? * 10;
                Meaning::days(Interval::new(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?))
            }
        };
        Some(meaning.anchored())
    }

    fn range(&self, a: Option<&DateValue>, b: Option<&DateValue>) -> Option<Meaning> {
        let first = match a {
            Some(a) => Some(self.value(a)?),
            None => None,
        };
        let last = match b {
            Some(b) => Some(self.value(b)?),
            None => None,
        };
        let anchored = first.iter().chain(&last).any(|m| m.anchored);
        let told = |m: &Option<Meaning>| m.as_ref().map_or(String::new(), |m| m.value.clone());
        let mut value = format!("{}/{}", told(&first), told(&last));
        let mut interval = Interval {
            earliest: first.and_then(|m| m.interval.earliest),
            latest: last.and_then(|m| m.interval.latest),
        };
        // "From November to March" runs into the next year.
        if let Some((a, b)) = interval.ends()
            && a > b
        {
            interval.latest = b.checked_add(1.year()).ok();
            value = timex(interval, Precision::Interval);
        }
        let mut meaning = Meaning::new(value, interval, Precision::Interval);
        meaning.anchored = anchored;
        Some(meaning)
    }
}
