//! Days, and what is known of them.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How finely a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// An hour or a part of a day.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// Some other stretch of days, or one that is open on a side.
    Interval,
}

/// Full days from `earliest` to `latest`, both included; an end that nobody states is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first day it can be.
    pub earliest: Option<Date>,
    /// The last day it can be.
    pub latest: Option<Date>,
}

impl Interval {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { earliest: Some(day), latest: Some(day) }
    }

    /// From one day to another.
    pub fn new(earliest: Date, latest: Date) -> Self {
        Self { earliest: Some(earliest), latest: Some(latest) }
    }

    /// A whole month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self::new(first, first.last_of_month()))
    }

    /// A whole year.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
    }

    /// Both ends, where both are known.
    pub fn ends(self) -> Option<(Date, Date)> {
        Some((self.earliest?, self.latest?))
    }

    /// Whether some day can lie in both.
    pub fn overlaps(self, other: Self) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }

    /// Whether every day of `other` lies in this one.
    pub fn contains(self, other: Self) -> bool {
        let from = self.earliest.is_none_or(|a| other.earliest.is_some_and(|b| a <= b));
        let to = self.latest.is_none_or(|a| other.latest.is_some_and(|b| b <= a));
        from && to
    }

    /// The number of days, where both ends are known.
    pub fn days(self) -> Option<i32> {
        let (a, b) = self.ends()?;
        Some(a.until(b).map_or(0, |s| s.get_days()) + 1)
    }

    /// Widened by `days` on both sides.
    pub fn widened(self, days: i32) -> Self {
        Self {
            earliest: self.earliest.and_then(|d| d.checked_sub(days.days()).ok()),
            latest: self.latest.and_then(|d| d.checked_add(days.days()).ok()),
        }
    }

    /// The finest precision whose unit is exactly these days.
    ///
    /// ```
    /// use tidings::model::{Interval, Precision};
    /// assert_eq!(Interval::month(2024, 2).unwrap().precision(), Precision::Month);
    /// ```
    pub fn precision(self) -> Precision {
        let Some((a, b)) = self.ends() else {
            return Precision::Interval;
        };
        let whole_months = a.day() == 1 && b == b.last_of_month();
        let months = (i32::from(b.year()) - i32::from(a.year())) * 12 + i32::from(b.month()) - i32::from(a.month()) + 1;
        if a == b {
            Precision::Day
        } else if whole_months && months == 1 {
            Precision::Month
        } else if whole_months && months == 3 && a.month() % 3 == 1 {
            Precision::Quarter
        } else if whole_months && months == 12 && a.month() == 1 {
            Precision::Year
        } else if whole_months && months == 120 && a.month() == 1 && a.year() % 10 == 0 {
            Precision::Decade
        } else if self.days() == Some(7) && a.weekday() == jiff::civil::Weekday::Monday {
            Precision::Week
        } else {
            Precision::Interval
        }
    }
}
