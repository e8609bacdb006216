//! Dates as feeds, mails and archives write them.

use jiff::{Zoned, fmt::rfc2822::DateTimeParser};

/// The moment that `raw` means, as ISO 8601 with minutes and the offset where it has one, or `raw` without white space
/// around it where it is not written as mails and feeds write dates (RFC 822 and its many neighbours); `None` where it
/// is empty.
///
/// A wrong weekday, a missing clock or zone, a weekday in another language, the order of the C library and a zone as
/// `GMT+3` do not matter.
pub(super) fn moment(raw: &str) -> Option<String> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > 100 {
        return None;
    }
    Some(mail(raw).unwrap_or_else(|| raw.to_owned()))
}

const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

fn mail(raw: &str) -> Option<String> {
    let spaced = raw.replace([',', '\u{a0}'], " ");
    let mut parts: Vec<&str> = spaced.split_whitespace().collect();
    let letters = |part: &str| part.chars().all(|c| c.is_alphabetic() || c == '.');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // Day, month and year may be one word: `15-Nov-2024`.
    let joined = parts.iter().position(|part| part.matches('-').count() == 2 && part.contains(char::is_alphabetic));
    if let Some(at) = joined {
        let pieces: Vec<&str> = parts[at].split('-').collect();
        parts.splice(at..=at, pieces);
    }
    // A weekday comes first; what it is called says nothing that the day does not.
    if parts.len() > 3 && letters(parts[0]) && !(digits(parts[1]) && digits(parts[2])) {
        parts.remove(0);
    }
    if parts.len() >= 3 && letters(parts[0]) && digits(parts[1]) {
        // `Nov 15 2024 10:00`, and `Nov 15 10:00:00 UTC 2024` as the C library writes it.
        parts.swap(0, 1);
        if parts[2].contains(':') {
            let year = parts.iter().rposition(|part| part.len() == 4 && digits(part))?;
            let year = parts.remove(year);
            parts.insert(2, year);
        }
    }
    let [day, month, year, rest @ ..] = parts.as_slice() else { return None };
    if !digits(day) || !letters(month) || !digits(year) {
        return None;
    }
    let month: String = month.chars().take(3).collect();
    let (clock, zone) = match rest {
        [clock, zone @ ..] if clock.contains(':') => (Some(*clock), zone.first().copied()),
        _ => (None, None),
    };
    let time = clock.unwrap_or("00:00");
    // Fractions of a second, and a zone that is joined to the clock.
    let (time, joined_zone) = match time.find(['+', '-', 'Z']) {
        Some(at) => (&time[..at], Some(&time[at..])),
        None => (time, None),
    };
    let time = time.split('.').next().unwrap_or(time);
    let zone = joined_zone.or(zone).map(offset);
    let in_zone = |zone: &str| PARSER.parse_zoned(format!("{day} {month} {year} {time} {zone}")).ok();
    // Letters that name no zone are read as no offset; the clock is then one on a wall.
    let is_known = |zoned: &Zoned, zone: &str| {
        zone.contains(['+', '-']) || zoned.offset().seconds() != 0 || matches!(zone, "GMT" | "UT")
    };
    let placed = zone.and_then(|zone| in_zone(&zone).filter(|zoned| is_known(zoned, &zone)));
    let known = placed.is_some();
    let zoned = placed.or_else(|| in_zone("+0000"))?;
    let mut value = zoned.strftime(if clock.is_some() { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%d" }).to_string();
    if known && clock.is_some() {
        value += &zoned.strftime("%:z").to_string().replace("+00:00", "Z");
    }
    Some(value)
}

/// A zone as RFC 2822 writes it, where it is an offset in another dress: `+3`, `+03:00`, `GMT+3`, `Z`.
fn offset(zone: &str) -> String {
    let Some(at) = zone.find(['+', '-']) else {
        return if zone == "Z" || zone == "UTC" { "+0000".to_owned() } else { zone.to_owned() };
    };
    let digits: String = zone[at..].chars().filter(char::is_ascii_digit).collect();
    let digits = match digits.len() {
        1 => format!("0{digits}00"),
        2 => format!("{digits}00"),
        3 => format!("0{digits}"),
        _ => digits,
    };
    format!("{}{digits}", &zone[at..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_dates() {
        for (raw, value) in [
            ("Fri, 15 Nov 2024 10:00:00 GMT", "2024-11-15T10:00Z"),
            // The fifteenth was a Friday.
            ("Mon, 15 Nov 2024 10:00:00 +0300", "2024-11-15T10:00+03:00"),
            ("15 Nov 2024 10:00 EST", "2024-11-15T10:00-05:00"),
            ("15 Nov 2024", "2024-11-15"),
            ("Cuma, 15 Nov 2024 10:00:00 +03:00", "2024-11-15T10:00+03:00"),
            ("Fri, 15 November 2024 10:00:00 GMT+3", "2024-11-15T10:00+03:00"),
            ("Fri Nov 15 10:00:00 UTC 2024", "2024-11-15T10:00Z"),
            ("Nov 15, 2024 10:00", "2024-11-15T10:00"),
            ("15-Nov-2024 10:00:00", "2024-11-15T10:00"),
            ("Fri, 15 Nov 24 10:00:00 Z", "2024-11-15T10:00Z"),
            ("Fri, 15 Nov 2024 10:00:00 WIB", "2024-11-15T10:00"),
            ("2024-11-15T10:00:00+03:00", "2024-11-15T10:00:00+03:00"),
            ("  2024-11-15 ", "2024-11-15"),
            ("32 Nov 2024", "32 Nov 2024"),
            ("\u{e9}t\u{e9}-\u{e9}-\u{e9} 1:\u{e9}", "\u{e9}t\u{e9}-\u{e9}-\u{e9} 1:\u{e9}"),
        ] {
            assert_eq!(moment(raw).as_deref(), Some(value), "{raw}");
        }
        assert_eq!(moment(" "), None);
    }
}
