//! When a happening took place, with the year left open where nobody states it.

use jiff::civil::Date;

use crate::model::{Interval, Precision, Time};

/// Days, or a day or month of some year.
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
    let Some((a, b)) = days.ends() else { return true };
    (a.year() - 1..=b.year()).any(|year| {
        let end = if to < from { year + 1 } else { year };
        let day = |year: i16, (month, day): (i8, i8)| {
            Date::new(year, month, day).or_else(|_| Date::new(year, month, 1).map(Date::last_of_month))
        };
        matches!((day(year, from), day(end, to)), (Ok(from), Ok(to)) if Interval::new(from, to).overlaps(days))
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
}
