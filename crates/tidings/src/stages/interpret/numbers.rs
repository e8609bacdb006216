//! Numbers in digits and words.

use std::cmp::Ordering;

use crate::language::{Annotation, Class, Pack, Reading, TokenKind};

/// The number that a `{num}` annotation carries.
pub fn value(annotation: &Annotation) -> f64 {
    f64::from_bits(annotation.payload as u64)
}

/// Annotates numbers, days, months by numeral and years, and the pack's months, weekdays and units.
pub fn annotate(reading: &mut Reading<'_>, pack: &Pack) {
    let mut words: Vec<(usize, usize, f64)> = Vec::new();
    for found in reading.matches(&pack.dates.terms, 0, reading.tokens.len()) {
        let (class, value) = pack.dates.term_values[found.rule];
        if class == Class::Num {
            words.push((found.start, found.end, value));
        } else {
            let tags = reading.tags(found.end - 1);
            reading.annotate(Annotation { class, start: found.start, end: found.end, payload: value as i64, tags });
        }
    }
    let mut at = 0;
    while at < reading.tokens.len() {
        let Some((end, value)) = number_at(reading, pack, &words, at) else {
            at += 1;
            continue;
        };
        let put = |reading: &mut Reading<'_>, class, end, payload| {
            let tags = reading.tags(end - 1);
            reading.annotate(Annotation { class, start: at, end, payload, tags });
        };
        put(reading, Class::Num, end, value.to_bits() as i64);
        let whole = value.fract() == 0.0 && value >= 0.0;
        let digits = reading.tokens.list[at].kind == TokenKind::Number;
        let length = reading.tokens.digits(at).len();
        if whole && (1.0..=31.0).contains(&value) && (!digits || length <= 2) {
            put(reading, Class::Day, end, value as i64);
        }
        if whole && (1.0..=12.0).contains(&value) && digits && length <= 2 {
            put(reading, Class::MonthNum, end, value as i64);
        }
        if digits && end == at + 1 && length == 4 && (1000.0..2600.0).contains(&value) {
            put(reading, Class::Year, end, value as i64);
        }
        if digits && end == at + 1 && length == 2 {
            put(reading, Class::Year2, end, value as i64);
        }
        // Parts of a grouped numeral are numbers too where it is a date: 14.11.2024 is not 14.112024.
        if end > at + 1 && digits {
            let first = reading.tokens.digits(at).parse::<f64>().unwrap_or(0.0);
            if (1.0..=31.0).contains(&first) {
                put(reading, Class::Day, at + 1, first as i64);
                if first <= 12.0 {
                    put(reading, Class::MonthNum, at + 1, first as i64);
                }
            }
        }
        at += 1;
    }
}

/// The number that begins at a token: where it ends, and its value.
fn number_at(reading: &Reading<'_>, pack: &Pack, words: &[(usize, usize, f64)], at: usize) -> Option<(usize, f64)> {
    let tokens = &reading.tokens;
    let word_at = |at: usize| {
        let here = words.iter().filter(|(start, _, _)| *start == at);
        here.max_by(|a, b| (a.1, a.2).partial_cmp(&(b.1, b.2)).unwrap_or(Ordering::Equal)).map(|(_, end, v)| (*end, *v))
    };
    let (mut end, mut value) = if tokens.list[at].kind == TokenKind::Number {
        numeral_at(reading, pack, at)?
    } else {
        let (end, first) = word_at(at)?;
        // "Thousands of" is no number.
        if first < 0.0 {
            return None;
        }
        let (mut end, mut total, mut part) = (end, 0.0, first.abs());
        // Words add up: "two hundred" "and" "twenty" is taken as far as number words stand side by side.
        while let Some((next, word)) = (end < tokens.len()).then(|| word_at(end)).flatten() {
            let size = word.abs();
            if size >= 1000.0 || word < 0.0 {
                total += part.max(1.0) * size;
                part = 0.0;
            } else if size >= 100.0 && part < size && part > 0.0 {
                part *= size;
            } else if part == 0.0 {
                part = size;
            } else if part % 10.0 == 0.0 && size < 10.0 || part % 100.0 == 0.0 && size < 100.0 {
                part += size;
            } else {
                break;
            }
            end = next;
        }
        return Some((end, total + part));
    };
    // "1.2 million": words that multiply the digits before them.
    while let Some((next, word)) = (end < tokens.len()).then(|| word_at(end)).flatten() {
        if (0.0..1000.0).contains(&word) {
            break;
        }
        value *= word.abs();
        end = next;
        // "2 thousand 300": what follows a multiplier is added, where it is less than one of them.
        if end < tokens.len()
            && tokens.list[end].kind == TokenKind::Number
            && !tokens.list[end].joined
            && let Some((next, rest)) = numeral_at(reading, pack, end)
            && rest < word.abs().min(1000.0)
            && rest.fract() == 0.0
        {
            value += rest;
            end = next;
        }
    }
    Some((end, value))
}

/// Digits with grouping and fraction as the language writes them.
fn numeral_at(reading: &Reading<'_>, pack: &Pack, at: usize) -> Option<(usize, f64)> {
    let tokens = &reading.tokens;
    let joined = |i: usize| i < tokens.len() && tokens.list[i].joined;
    let mut digits = tokens.digits(at).to_owned();
    if digits.len() > 15 {
        return None;
    }
    let mut end = at + 1;
    let (group, decimal) = (pack.language.numbers.group.as_str(), pack.language.numbers.decimal.as_str());
    let separator = |i: usize, mark: &str| {
        let written = tokens.written(i);
        if mark.is_empty() {
            matches!(written, "." | "," | "\u{66C}")
        } else {
            mark.contains(written) || written == "\u{66C}"
        }
    };
    while joined(end) && joined(end + 1) && separator(end, group) && tokens.list[end + 1].kind == TokenKind::Number {
        let part = tokens.digits(end + 1);
        if part.len() != 3 || digits.len() > 12 || (end == at + 1 && digits.len() > 3) {
            break;
        }
        digits += part;
        end += 2;
    }
    // "20 000": groups parted by one space that breaks no line, or by any one where the language does so.
    let space = |end: usize| {
        let mut between =
            tokens.text[tokens.list[end - 1].span.end as usize..tokens.list[end].span.start as usize].chars();
        let mark = between.next().filter(|_| between.next().is_none());
        mark.is_some_and(|c| matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}') || c == ' ' && group.contains(' '))
    };
    while end < tokens.len()
        && tokens.list[end].kind == TokenKind::Number
        && tokens.digits(end).len() == 3
        && digits.len() <= 12
        && tokens.digits(end - 1).len() <= 3
        && space(end)
        && !tokens.list[end].breaks
    {
        digits += tokens.digits(end);
        end += 1;
    }
    let point = if decimal.is_empty() { "." } else { decimal };
    if joined(end)
        && joined(end + 1)
        && tokens.list[end + 1].kind == TokenKind::Number
        && tokens.written(end) == point
        && tokens.digits(end + 1).len() <= 2
        // A second point makes it a date.
        && !(joined(end + 2) && joined(end + 3) && tokens.written(end + 2) == point)
    {
        digits = format!("{digits}.{}", tokens.digits(end + 1));
        end += 2;
    }
    digits.parse().ok().map(|value| (end, value))
}
