//! The time of day beside a date, with its half of the day and its offset from UTC.

use super::forms::{Forms, Half};
use crate::language::{TokenKind, Tokens};

/// How many tokens may stand between a date and its time: a comma, a stroke, "at", a weekday.
const BETWEEN: usize = 5;

/// `T16:03+07:00` behind or before the tokens of a date, and where it begins and ends; tokens outside of `bounds` are
/// another date's.
pub(super) fn beside(
    tokens: &Tokens<'_>,
    (start, end): (usize, usize),
    bounds: (usize, usize),
    forms: &Forms,
) -> Option<(usize, usize, String)> {
    let after = (end..bounds.1.min(end + BETWEEN)).find_map(|at| clock(tokens, at, bounds.1, forms));
    after.or_else(|| {
        let from = start.saturating_sub(BETWEEN + 5).max(bounds.0);
        (from..start).find_map(|at| clock(tokens, at, start, forms).filter(|found| found.1 + BETWEEN >= start))
    })
}

fn clock(tokens: &Tokens<'_>, at: usize, limit: usize, forms: &Forms) -> Option<(usize, usize, String)> {
    let number = |at: usize| {
        let token = tokens.list.get(at).filter(|_| at < limit)?;
        let folded = tokens.folded(at);
        (token.kind == TokenKind::Number && folded.len() <= 2).then(|| folded.parse::<u32>().ok()).flatten()
    };
    let written = |at: usize| if at < limit.min(tokens.len()) { tokens.written(at) } else { "" };
    let joined = |at: usize| tokens.list.get(at).is_some_and(|token| token.joined);
    let hour = number(at)?;
    let (mut end, minute) = match written(at + 1) {
        // A point parts a time where two digits follow and no third number.
        ":" | "h" | "\u{ff1a}" if joined(at + 1) && joined(at + 2) && tokens.folded(at + 2).len() == 2 => {
            (at + 3, number(at + 2)?)
        }
        "." if joined(at + 1)
            && joined(at + 2)
            && tokens.list.get(at + 2).is_some_and(|token| token.kind == TokenKind::Number)
            && tokens.folded(at + 2).len() == 2
            && written(at + 3) != "." =>
        {
            (at + 3, number(at + 2)?)
        }
        _ => return None,
    };
    let inside = at > 0 && joined(at) && matches!(tokens.written(at - 1), ":" | "/" | "-" | ".");
    if inside || hour > 23 || minute > 59 {
        return None;
    }
    let pointed = written(at + 1) == ".";
    if written(end) == ":" && number(end + 1).is_some() {
        end += 2;
    }
    if written(end) == "." && joined(end) && joined(end + 1) && tokens.list[end + 1].kind == TokenKind::Number {
        end += 2;
    }
    let mut hour = hour;
    // A half stands behind the time, or in some languages before it.
    let half =
        |list: &[Half], at: usize, back: bool| list.iter().filter_map(|form| matches(tokens, at, form, back)).max();
    let [morning, evening] = &forms.halves;
    let (before, after) = match (half(morning, end, false), half(evening, end, false)) {
        (None, None) => (half(morning, at, true), half(evening, at, true)),
        found => found,
    };
    let has_half = before.is_some() || after.is_some();
    if pointed && !has_half && !(10..=23).contains(&hour) && tokens.folded(at).len() < 2 {
        return None;
    }
    if hour <= 12 {
        if after > before {
            hour = if hour == 12 { 12 } else { hour + 12 };
        } else if before.is_some() && hour == 12 {
            hour = 0;
        }
    }
    let begin = if has_half { at.min(before.max(after).unwrap_or(at)) } else { at };
    if let Some(past) = before.max(after).filter(|past| *past > end) {
        end = past;
    }
    let mut value = format!("T{hour:02}:{minute:02}");
    if let Some((past, offset)) = offset(tokens, end, limit, forms) {
        value += &offset;
        end = past;
    }
    Some((begin, end, value))
}

/// Where a form ends that begins at a token; with `back`, where one begins that ends before it.
fn matches(tokens: &Tokens<'_>, at: usize, form: &Half, back: bool) -> Option<usize> {
    if back {
        // Unspaced scripts write it before the hour, and perhaps behind other words.
        let before = at.checked_sub(1)?;
        return tokens.folded(before).ends_with(form.letters.as_str()).then_some(before);
    }
    let mut wanted = form.letters.chars().peekable();
    let mut end = at;
    while end < tokens.len() && wanted.peek().is_some() && end < at + 7 {
        if tokens.folded(end).chars().filter(|c| c.is_alphanumeric()).any(|c| wanted.next() != Some(c)) {
            return None;
        }
        end += 1;
    }
    if wanted.next().is_some() {
        return None;
    }
    let point = end < tokens.len() && tokens.written(end) == "." && tokens.list[end].joined && form.pointed;
    Some(end + usize::from(point))
}

/// `Z` or `+07:00` at a token: by letters, by numbers, or by both.
fn offset(tokens: &Tokens<'_>, at: usize, limit: usize, forms: &Forms) -> Option<(usize, String)> {
    let limit = limit.min(tokens.len());
    let mut at = at;
    if at < limit && matches!(tokens.written(at), "(" | ",") {
        at += 1;
    }
    let zone = (at < limit).then(|| forms.zone(tokens.folded(at))).flatten();
    let signed = at + usize::from(zone.is_some());
    let sign = (signed + 1 < limit).then(|| tokens.written(signed)).and_then(|sign| match sign {
        "+" => Some('+'),
        "-" | "\u{2212}" => Some('-'),
        _ => None,
    });
    if let Some(sign) = sign.filter(|_| tokens.list[signed + 1].joined) {
        let digits = tokens.folded(signed + 1);
        let number = tokens.list[signed + 1].kind == TokenKind::Number;
        let minutes = (signed + 3 < limit && tokens.written(signed + 2) == ":").then(|| tokens.folded(signed + 3));
        let (end, hours, minutes) = match (digits.len(), minutes) {
            (4, _) => (signed + 2, &digits[..2], &digits[2..]),
            (2, Some(minutes)) if minutes.len() == 2 => (signed + 4, digits, minutes),
            (1 | 2, _) if zone.is_some() => (signed + 2, digits, "00"),
            _ => return None,
        };
        let plausible = number && hours.parse::<u32>().is_ok_and(|hours| hours <= 14) && minutes.parse::<u32>().is_ok();
        return plausible.then(|| (end, format!("{sign}{hours:0>2}:{minutes}").replace("+00:00", "Z")));
    }
    zone.map(|zone| (at + 1, zone.to_owned()))
}
