//! Days of other calendars, and days near an anchor.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

pub use crate::language::gregorian;
use crate::{language::pack::Toward, model::Interval};

/// The weekday nearest to the anchor on the side that is meant; the anchor itself counts.
pub fn weekday(anchor: Date, number: i64, toward: Toward) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(number as i8).ok()?;
    let back = i64::from(anchor.weekday().since(weekday));
    let past = anchor.checked_sub(back.days()).ok()?;
    match toward {
        Toward::Past => Some(past),
        Toward::Future if back == 0 => Some(past),
        Toward::Future => past.checked_add(7.days()).ok(),
        // What is printed without a direction is news: it lies behind, or not far ahead.
        Toward::Nearest => {
            if back == 6 {
                past.checked_add(7.days()).ok()
            } else {
                Some(past)
            }
        }
    }
}

/// The month of that number nearest to the anchor on the side that is meant.
pub fn month(anchor: Date, number: i64, toward: Toward) -> Option<Interval> {
    let number = i8::try_from(number).ok().filter(|m| (1..=12).contains(m))?;
    let year = anchor.year();
    let distance = |y: i16| (i32::from(y) - i32::from(year)) * 12 + i32::from(number) - i32::from(anchor.month());
    let best = (year - 1..=year + 1)
        .filter(|y| match toward {
            Toward::Past => distance(*y) < 0,
            Toward::Future => distance(*y) > 0,
            Toward::Nearest => true,
        })
        .min_by_key(|y| (reach(distance(*y)), distance(*y)))?;
    Interval::month(best, number)
}

/// The day of that month and number nearest to the anchor on the side that is meant.
pub fn month_day(anchor: Date, month: i64, day: i64, toward: Toward) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    (anchor.year() - 4..=anchor.year() + 4)
        .filter_map(|y| Date::new(y, month, day).ok())
        .filter(|d| match toward {
            Toward::Past => *d <= anchor,
            Toward::Future => *d >= anchor,
            Toward::Nearest => true,
        })
        .min_by_key(|d| anchor.until(*d).map_or(i32::MAX, |s| reach(s.get_days())))
}

/// How far a day is, as news sees it: what lies ahead counts double, since news looks back.
fn reach(distance: i32) -> i32 {
    if distance > 0 { distance * 11 / 5 } else { -distance }
}
