//! When a happening took place, with the year left open where nobody states it.

use jiff::civil::Date;

use super::{Interval, Precision, Time};

/// Days, or days of some year.
///
/// ```
/// use tidings::model::{Interval, Precision, When};
/// let open = When::SomeYear((9, 9), (9, 9));
/// let day = When::Days(Interval::day("2024-09-09".parse().unwrap()), Precision::Day);
/// assert!(open.overlaps(day));
/// assert_eq!(open.start().as_deref(), Some("XXXX-09-09"));
/// assert_eq!(open.meet(day), Some(day));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Days that are known.
    Days(Interval, Precision),
    /// Days whose year nobody states: month and day of the first and of the last.
    SomeYear((i8, i8), (i8, i8)),
}

impl When {
    /// What a time of a text says about days; durations and repeated times say nothing.
    pub fn new(time: &Time) -> Option<Self> {
        // "In force since 18 July": an act is as old as the day from which its outcome holds.
        if let (Some(since), Interval { earliest: Some(day), latest: None }) =
            (time.value.strip_suffix('/'), time.interval)
            && since == day.to_string()
        {
            return Some(Self::Days(Interval::day(day), Precision::Day));
        }
        if let Some(precision) = time.precision
            && (time.interval.earliest.is_some() || time.interval.latest.is_some())
        {
            return Some(Self::Days(time.interval, precision));
        }
        let mut ends = time.value.split('/').map(open);
        let first = ends.next()??;
        let last = ends.next().flatten().unwrap_or(first);
        Some(Self::SomeYear(first.0, last.1))
    }

    /// Whether some day fits both.
    pub fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (Self::Days(a, _), Self::Days(b, _)) => a.overlaps(b),
            (Self::Days(days, _), Self::SomeYear(from, to)) | (Self::SomeYear(from, to), Self::Days(days, _)) => {
                in_some_year(days, from, to)
            }
            (Self::SomeYear(a, b), Self::SomeYear(c, d)) => {
                let wraps = |from: (i8, i8), to: (i8, i8)| from > to;
                if wraps(a, b) || wraps(c, d) { true } else { a <= d && c <= b }
            }
        }
    }

    /// How many days it can be, where that is known.
    pub fn days(self) -> Option<i32> {
        match self {
            Self::Days(interval, _) => interval.days(),
            Self::SomeYear(from, to) => {
                Some((i32::from(to.0) - i32::from(from.0)) * 30 + i32::from(to.1) - i32::from(from.1) + 1)
            }
        }
    }

    /// What both allow, where that is anything.
    pub fn meet(self, other: Self) -> Option<Self> {
        if !self.overlaps(other) {
            return None;
        }
        Some(match (self, other) {
            (Self::Days(a, p), Self::Days(b, q)) => {
                let both = Interval {
                    earliest: a.earliest.max(b.earliest),
                    latest: match (a.latest, b.latest) {
                        (Some(x), Some(y)) => Some(x.min(y)),
                        (x, y) => x.or(y),
                    },
                };
                let precision = match (both == a, both == b) {
                    (true, true) => p.min(q),
                    (true, false) => p,
                    (false, true) => q,
                    (false, false) => both.precision(),
                };
                Self::Days(both, precision)
            }
            (Self::Days(Interval { earliest: Some(day), latest: None }, _), Self::SomeYear(from, to))
            | (Self::SomeYear(from, to), Self::Days(Interval { earliest: Some(day), latest: None }, _))
                if from == to && from == (day.month(), day.day()) =>
            {
                // "In force since" the day that the other tells without its year.
                Self::Days(Interval::day(day), Precision::Day)
            }
            (Self::Days(days, precision), Self::SomeYear(from, to))
            | (Self::SomeYear(from, to), Self::Days(days, precision)) => {
                let mut fitting = years(days, from, to).filter(|days_of_year| days_of_year.overlaps(days));
                match (fitting.next(), fitting.next()) {
                    (Some(one), None) => {
                        let one = Self::Days(one, one.precision());
                        return one.meet(Self::Days(days, precision));
                    }
                    // Several years fit, so that the open year tells more than the long stretch.
                    _ => Self::SomeYear(from, to),
                }
            }
            (Self::SomeYear(a, b), Self::SomeYear(c, d)) => Self::SomeYear(a.max(c), b.min(d)),
        })
    }

    /// How finely it is known.
    pub fn precision(self) -> Precision {
        match self {
            Self::Days(_, precision) => precision,
            Self::SomeYear(from, to) if from == to => Precision::Day,
            Self::SomeYear((month, 1), (other, 31)) if month == other => Precision::Month,
            Self::SomeYear(..) => Precision::Interval,
        }
    }

    /// The first day, as `2024-11-14`, or `XXXX-09-09` where the year is open.
    pub fn start(self) -> Option<String> {
        match self {
            Self::Days(interval, _) => interval.earliest.map(|d| d.to_string()),
            Self::SomeYear((month, day), _) => Some(format!("XXXX-{month:02}-{day:02}")),
        }
    }

    /// The last day, in the same form.
    pub fn end(self) -> Option<String> {
        match self {
            Self::Days(interval, _) => interval.latest.map(|d| d.to_string()),
            Self::SomeYear(_, (month, day)) => {
                // The last day of an open month is that of a common year.
                let last = Date::new(2023, month, 1).map_or(day, |d| d.last_of_month().day()).min(day);
                Some(format!("XXXX-{month:02}-{:02}", if (month, day) == (2, 29) { 29 } else { last }))
            }
        }
    }

    /// The days, where the year is known.
    pub fn interval(self) -> Option<Interval> {
        match self {
            Self::Days(interval, _) => Some(interval),
            Self::SomeYear(..) => None,
        }
    }
}

/// First and last day of `XXXX-09-09` or `XXXX-09`.
fn open(value: &str) -> Option<((i8, i8), (i8, i8))> {
    let rest = value.strip_prefix("XXXX-")?;
    let month: i8 = rest.get(..2)?.parse().ok()?;
    match rest.get(2..).filter(|r| !r.is_empty()) {
        None => Some(((month, 1), (month, 31))),
        Some(day) => {
            let day = day.strip_prefix('-')?.get(..2)?.parse().ok()?;
            Some(((month, day), (month, day)))
        }
    }
}

fn in_some_year(days: Interval, from: (i8, i8), to: (i8, i8)) -> bool {
    days.ends().is_none() || years(days, from, to).any(|y| y.overlaps(days))
}

/// The days from one day of a year to another, for each year that may touch `days`; none where an end of them is open.
fn years(days: Interval, from: (i8, i8), to: (i8, i8)) -> impl Iterator<Item = Interval> {
    let range = days.ends().into_iter().flat_map(|(a, b)| a.year() - 1..=b.year());
    let day = |year: i16, (month, day): (i8, i8)| {
        Date::new(year, month, day).or_else(|_| Date::new(year, month, 1).map(Date::last_of_month)).ok()
    };
    range.filter_map(move |year| {
        let end = if to < from { year + 1 } else { year };
        Some(Interval::new(day(year, from)?, day(end, to)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_year_fits_any() {
        let day = |d: &str| When::Days(Interval::day(d.parse().unwrap()), Precision::Day);
        let open = When::SomeYear((9, 9), (9, 9));
        assert!(open.overlaps(day("2024-09-09")) && open.overlaps(day("2019-09-09")));
        assert!(!open.overlaps(day("2024-09-10")));
        assert!(!open.overlaps(When::SomeYear((10, 1), (10, 3))));
        assert!(When::SomeYear((12, 30), (1, 2)).overlaps(day("2025-01-01")));
    }

    #[test]
    fn what_two_allow() {
        let month = When::Days(Interval::month(2024, 11).unwrap(), Precision::Month);
        let day = When::Days(Interval::day("2024-11-14".parse().unwrap()), Precision::Day);
        assert_eq!(month.meet(day), Some(day));
        assert_eq!(When::SomeYear((11, 14), (11, 14)).meet(month), Some(day));
        assert_eq!(day.meet(When::SomeYear((9, 9), (9, 9))), None);
    }
}
