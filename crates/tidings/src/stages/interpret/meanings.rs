//! Meanings: what the words of a date rule come to, counted from the days that a text is anchored to.
//!
//! [`times`](super::times) finds the words; here their year, month and day, their shift or their range become days, a
//! TIMEX3 value and a precision. The arithmetic of single days near an anchor is [`calendar`](super::calendar)'s.

use jiff::{ToSpan, civil::Date};

use super::{Anchor, calendar};
use crate::{
    language::{
        Class, Found,
        pack::{Calendar, DateRule, DateValue, DayPart, Modifier, Part, Tense, Toward, Unit},
    },
    model::{Interval, Precision, TimeType},
};

/// What a value comes to.
pub struct Meaning {
    /// A date, a time of day or a length.
    pub kind: TimeType,
    /// The TIMEX3 value.
    pub value: String,
    /// The days.
    pub interval: Interval,
    /// How fine the words are; `None` for a length or a reference.
    pub precision: Option<Precision>,
    /// Whether the anchor had to settle the days.
    pub anchored: bool,
    /// The value and days of the same words if they are meant of what lies ahead, where they leave that open.
    pub ahead: Option<(String, Interval)>,
}

impl Meaning {
    /// What a match of a rule comes to; `None` for a day that no calendar has.
    pub fn of(found: &Found, rule: &DateRule, anchor: &Anchor) -> Option<Self> {
        let from = if rule.from_previous { anchor.previous.or(anchor.published) } else { anchor.published };
        let scope = Scope { found, rule, anchor: from, previous: anchor.previous };
        let mut meaning = scope.value(&rule.value)?;
        meaning.modify(rule.modifier, rule.part);
        Some(meaning)
    }

    fn new(value: String, interval: Interval, precision: Precision) -> Self {
        Self { kind: TimeType::Date, value, interval, precision: Some(precision), anchored: false, ahead: None }
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

    /// `days` of the same words, counted towards the future.
    fn or_ahead(mut self, days: Option<Interval>) -> Self {
        self.ahead =
            days.filter(|d| *d != self.interval).zip(self.precision).map(|(days, fine)| (timex(days, fine), days));
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
            self.ahead = None;
            if self.precision != Some(Precision::Day) {
                self.precision = Some(Precision::Interval);
            }
        }
        if let Some(part) = part {
            self.kind = TimeType::Time;
            let part = match part {
                DayPart::Morning => "TMO",
                DayPart::Noon => "TMI",
                DayPart::Afternoon => "TAF",
                DayPart::Evening => "TEV",
                DayPart::Night => "TNI",
            };
            self.value += part;
            self.ahead.iter_mut().for_each(|(value, _)| *value += part);
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
                let ahead = calendar::weekday(anchor, number, Toward::Future).filter(|_| self.rule.tense.is_none());
                let day = Interval::day(calendar::weekday(anchor, number, toward)?);
                Some(Meaning::days(day).anchored().or_ahead(ahead.map(Interval::day)))
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
        if let Some(calendar) = self.rule.calendar
            && let Some(meaning) = Self::other_calendar(calendar, year?, month, day)
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

    fn other_calendar(other: Calendar, year: i64, month: Option<i64>, day: Option<i64>) -> Option<Meaning> {
        let first = calendar::gregorian(other, year, month.unwrap_or(1), day.unwrap_or(1))?;
        let last = match (month, day) {
            (Some(_), Some(_)) => first,
            (Some(12), None) | (None, _) => calendar::gregorian(other, year + 1, 1, 1)?.yesterday().ok()?,
            (Some(month), None) => calendar::gregorian(other, year, month + 1, 1)?.yesterday().ok()?,
        };
        Some(Meaning::days(Interval::new(first, last)))
    }

    /// A month or day without its year: settled by the weekday beside it, by the publication date, by a full date
    /// that the text told before; else it stays open.
    fn open_year(&self, month: i64, day: Option<i64>, toward: Option<Toward>) -> Option<Meaning> {
        let open = toward.is_none_or(|t| t == Toward::Nearest) && self.rule.tense.is_none();
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
            let ahead = calendar::month(anchor, month, Toward::Future).filter(|_| open);
            return Some(Meaning::days(calendar::month(anchor, month, toward)?).anchored().or_ahead(ahead));
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
        let ahead = calendar::month_day(anchor, month, day, Toward::Future).filter(|_| open);
        Some(Meaning::days(Interval::day(settled)).anchored().or_ahead(ahead.map(Interval::day)))
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
