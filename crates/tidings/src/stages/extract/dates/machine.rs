//! Dates as machines write them, in their usual spellings and in the usual mistakes.

use jiff::civil::Date;

/// A date as machines write it, to the minute and with its offset from UTC where it has one: ISO 8601 in its usual
/// spellings, the dates of mail, feeds and the `date` command, and seconds or milliseconds since 1970.
///
/// ```
/// use tidings::stages::extract::iso;
/// assert_eq!(iso("2024-11-16 16:03 +0700").as_deref(), Some("2024-11-16T16:03+07:00"));
/// assert_eq!(iso("20241116T1603").as_deref(), Some("2024-11-16T16:03"));
/// assert_eq!(iso("yesterday"), None);
/// ```
pub fn iso(raw: &str) -> Option<String> {
    let raw = raw.trim().trim_matches(['"', '\'']);
    // As a serialiser of its own writes it: /Date(1731668400000)/.
    let inner = raw.strip_prefix("/Date(").and_then(|rest| rest.split([')', '+', '-']).next());
    let raw = inner.unwrap_or(raw);
    let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        10 | 13 if digits == raw.len() || raw.as_bytes()[digits] == b'.' => epoch(&raw[..10]),
        8 => {
            let date = Date::strptime("%Y%m%d", &raw[..8]).ok()?;
            Some(format!("{date}{}", clock(raw.get(8..)?)))
        }
        12 | 14 if digits == raw.len() || !raw.as_bytes()[digits].is_ascii_alphanumeric() || &raw[digits..] == "Z" => {
            let date = Date::strptime("%Y%m%d", &raw[..8]).ok()?;
            let (hour, minute) = (&raw[8..10], &raw[10..12]);
            let valid = plausible(date) && hour < "24" && minute < "60";
            valid.then(|| format!("{date}T{hour}:{minute}{}", offset(&raw[digits..])))
        }
        4 => year_first(raw),
        0..=2 => named(raw),
        _ => None,
    }
}

fn plausible(date: Date) -> bool {
    (1900..2100).contains(&date.year())
}

fn epoch(seconds: &str) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds.parse().ok()?).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    Some(time.strftime("%Y-%m-%dT%H:%MZ").to_string())
}

/// `2024-11-16`, `2024/1/5`, `2024.11.16`, with what follows; a month or a year alone.
fn year_first(raw: &str) -> Option<String> {
    if raw.len() == 4 {
        return Some(raw.to_owned());
    }
    let mark = raw[4..].chars().next().filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let rest = &raw[5..];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let month = digits(rest);
    let number: i8 = rest.get(..month).filter(|m| matches!(m.len(), 1 | 2))?.parse().ok()?;
    let after = &rest[month..];
    let Some(after) = after.strip_prefix(mark) else {
        return (after.is_empty() && (1..=12).contains(&number)).then(|| format!("{}-{number:02}", &raw[..4]));
    };
    let day = digits(after);
    let date =
        Date::new(raw[..4].parse().ok()?, number, after.get(..day).filter(|d| d.len() <= 2)?.parse().ok()?).ok()?;
    Some(format!("{date}{}", clock(&after[day..])))
}

/// Dates with an English name of the month, as protocols have them.
fn named(raw: &str) -> Option<String> {
    if !raw.is_ascii() || raw.len() < 8 {
        return None;
    }
    if let Ok(time) = jiff::fmt::rfc2822::parse(raw) {
        let offset = time.strftime("%:z").to_string().replace("+00:00", "Z");
        return Some(format!("{}{offset}", time.strftime("%Y-%m-%dT%H:%M")));
    }
    // Sat Nov 16 16:03:00 CET 2024: the zone's letters mean little, and are not taken.
    let words: Vec<&str> = raw.split_ascii_whitespace().collect();
    if let [_, month, day, clock, .., year] = words[..]
        && clock.contains(':')
    {
        let date = Date::strptime("%b %d %Y", format!("{month} {day} {year}")).ok()?;
        return Some(format!("{date}{}", self::clock(&format!("T{clock}"))));
    }
    let date = raw.split_once(", ").map_or(raw, |(_, date)| date);
    let date = Date::strptime("%d %b %Y", date).or_else(|_| Date::strptime("%d-%b-%Y", date)).ok()?;
    Some(date.to_string())
}

/// `T16:03` and an offset, from what stands behind a date.
fn clock(rest: &str) -> String {
    let Some(rest) = rest.strip_prefix(['T', 't', ' ', '_', ',']).map(str::trim_start) else { return String::new() };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, minute, rest) = match (digits, rest.as_bytes().get(digits)) {
        (1 | 2, Some(b':')) => {
            let Some(minute) = rest.get(digits + 1..digits + 3) else { return String::new() };
            (&rest[..digits], minute, &rest[digits + 3..])
        }
        (4 | 6, _) => (&rest[..2], &rest[2..4], &rest[digits..]),
        _ => return String::new(),
    };
    let (Ok(hour), Ok(minute)) = (hour.parse::<u32>(), minute.parse::<u32>()) else { return String::new() };
    let rest = rest.trim_start_matches(|c: char| c == ':' || c == '.' || c == ',' || c.is_ascii_digit()).trim();
    // Letters that are no zone tell a half of the day, which is not read here.
    let zone = rest.get(..3).is_some_and(is_utc) || !rest.starts_with(|c: char| c.is_alphabetic()) || rest.len() == 1;
    if hour <= 12 && !zone {
        return String::new();
    }
    if hour > 23 || minute > 59 {
        return String::new();
    }
    format!("T{hour:02}:{minute:02}{}", offset(rest))
}

/// The offset from UTC at the beginning of a text.
fn offset(rest: &str) -> String {
    let rest = rest.trim();
    let digits: String =
        rest.chars().skip(1).take_while(|c| c.is_ascii_digit() || *c == ':').filter(char::is_ascii_digit).collect();
    match rest.chars().next() {
        Some('Z' | 'z') => "Z".to_owned(),
        Some('+' | '-') if matches!(digits.as_str(), "0000" | "00") => "Z".to_owned(),
        Some(sign @ ('+' | '-')) if digits.len() == 4 => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        Some(sign @ ('+' | '-')) if digits.len() == 2 => format!("{sign}{digits}:00"),
        _ if rest.get(..3).is_some_and(is_utc) => match rest[3..].trim_start() {
            more if more.starts_with(['+', '-']) => offset(more),
            _ => "Z".to_owned(),
        },
        _ => String::new(),
    }
}

fn is_utc(zone: &str) -> bool {
    zone.eq_ignore_ascii_case("utc") || zone.eq_ignore_ascii_case("gmt")
}
