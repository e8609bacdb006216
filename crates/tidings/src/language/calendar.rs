//! Days of calendars other than the Gregorian.

use icu_calendar::cal::{Hijri, Iso, Persian};
use jiff::civil::Date;

use super::pack::Calendar;

/// The Gregorian day of a year, month and day of another calendar; `None` where that calendar has no such day.
///
/// Islamic dates are those of Umm al-Qura, by which the press of the Gulf dates; what is announced by sight of the
/// moon may lie a day beside them.
pub fn gregorian(calendar: Calendar, year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month, day) = (i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let iso = match calendar {
        Calendar::Buddhist => return Date::new(i16::try_from(year - 543).ok()?, month as i8, day as i8).ok(),
        Calendar::Minguo => return Date::new(i16::try_from(year + 1911).ok()?, month as i8, day as i8).ok(),
        Calendar::Persian => {
            icu_calendar::Date::try_new(year.into(), month.into(), day, Persian).ok()?.to_calendar(Iso)
        }
        Calendar::Islamic => {
            icu_calendar::Date::try_new(year.into(), month.into(), day, Hijri::new_umm_al_qura()).ok()?.to_calendar(Iso)
        }
    };
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    Date::new(year, iso.month().number() as i8, iso.day_of_month().0 as i8).ok()
}
