//! Character references: `&eacute;`, `&#233;`, `&#xE9;`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// What a name stands for: one character, or two.
type Named = FxHashMap<&'static [u8], (char, Option<char>)>;

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A text.
    Text,
    /// The value of an attribute. A name without its semicolon is no reference there where a letter, a digit or `=`
    /// follows: it is a query's parameter.
    Value,
    /// What a script or style sheet holds: an ampersand is itself.
    Raw,
}

impl Part {
    /// Whether there is anything in a part that [`resolve`] would change.
    pub(super) fn is_plain(self, raw: &[u8]) -> bool {
        match self {
            Self::Raw => memchr::memchr2(b'\r', 0, raw).is_none(),
            // Most texts and values are short, and few have anything.
            _ => memchr::memchr3(b'&', b'\r', 0, raw).is_none(),
        }
    }
}

/// Appends a part with its references resolved, its line ends made `\n` and each NUL made what `nul` says.
pub(super) fn resolve(raw: &str, part: Part, nul: Option<char>, to: &mut String) {
    let bytes = raw.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'&', b'\r', 0, &bytes[at..]) {
        at += found;
        match bytes[at] {
            b'&' => match reference(&bytes[at + 1..], part) {
                Some((length, first, second)) => {
                    to.push_str(&raw[from..at]);
                    to.push(first);
                    to.extend(second);
                    at += 1 + length;
                    from = at;
                }
                None => at += 1,
            },
            b'\r' => {
                to.push_str(&raw[from..at]);
                to.push('\n');
                at += if bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                from = at;
            }
            _ => {
                to.push_str(&raw[from..at]);
                to.extend(nul);
                at += 1;
                from = at;
            }
        }
    }
    to.push_str(&raw[from..]);
}

/// The reference that follows an ampersand: its length without the ampersand, and its characters.
fn reference(bytes: &[u8], part: Part) -> Option<(usize, char, Option<char>)> {
    match bytes.first()? {
        _ if part == Part::Raw => None,
        b'#' => number(bytes),
        first if first.is_ascii_alphabetic() => name(bytes, part == Part::Value),
        _ => None,
    }
}

fn number(bytes: &[u8]) -> Option<(usize, char, Option<char>)> {
    let (radix, start) = if matches!(bytes.get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
    let mut code = 0u32;
    let mut end = start;
    while let Some(digit) = bytes.get(end).and_then(|b| char::from(*b).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    end += usize::from(bytes.get(end) == Some(&b';'));
    Some((end, character(code), None))
}

/// The character of a number: those of windows-1252's upper controls are what their writers meant.
fn character(code: u32) -> char {
    const WINDOWS: [u16; 32] = [
        0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
        0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
        0x17e, 0x178,
    ];
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => char::from_u32(u32::from(WINDOWS[code as usize - 0x80])).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// The longest name without a semicolon that HTML knows.
const LONGEST_BARE: usize = 6;

fn name(bytes: &[u8], in_attribute: bool) -> Option<(usize, char, Option<char>)> {
    // No name is longer than 32 bytes.
    let run = bytes.iter().take(33).take_while(|b| b.is_ascii_alphanumeric()).count();
    let named = named();
    if bytes.get(run) == Some(&b';')
        && let Some(&(first, second)) = named.get(&bytes[..=run])
    {
        return Some((run + 1, first, second));
    }
    for length in (2..=run.min(LONGEST_BARE)).rev() {
        if let Some(&(first, second)) = named.get(&bytes[..length]) {
            let goes_on = bytes.get(length).is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
            return (!(in_attribute && goes_on)).then_some((length, first, second));
        }
    }
    None
}

fn named() -> &'static Named {
    static NAMED: OnceLock<Named> = OnceLock::new();
    NAMED.get_or_init(|| {
        let lines = include_str!("references.tsv").lines().filter(|line| !line.starts_with('#'));
        let character = |code: &str| u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        let row = |line: &'static str| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            let first = character(fields.next()?)?;
            Some((name.as_bytes(), (first, fields.next().and_then(character))))
        };
        lines.filter_map(row).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(raw: &str, part: Part) -> String {
        let mut to = String::new();
        resolve(raw, part, None, &mut to);
        to
    }

    #[test]
    fn all_names_are_read() {
        assert_eq!(named().len(), 2231);
        assert!(named().keys().all(|name| name.ends_with(b";") || name.len() <= LONGEST_BARE));
    }

    #[test]
    fn the_longest_name_counts() {
        assert_eq!(
            resolved("&notin; &notit; &not &amp;amp; &nope; & &; &bne;", Part::Text),
            "∉ ¬it; ¬ &amp; &nope; & &; =\u{20e5}"
        );
    }

    #[test]
    fn a_query_is_no_reference() {
        assert_eq!(resolved("?a=1&copy=2&copy;=3&para&lt", Part::Value), "?a=1&copy=2©=3¶<");
        assert_eq!(resolved("?a=1&copy=2", Part::Text), "?a=1©=2");
    }

    #[test]
    fn numbers() {
        assert_eq!(
            resolved("&#233;&#xE9;&#Xe9 &#150;&#0;&#xd800;&#x110000;&#99999999999;&#;&#x;", Part::Text),
            "ééé –����&#;&#x;"
        );
    }

    #[test]
    fn line_ends_and_nul() {
        assert_eq!(resolved("a\r\nb\rc\0d&\r", Part::Text), "a\nb\ncd&\n");
    }
}
