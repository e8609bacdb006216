//! Folding: the form in which words are compared.

use serde::Deserialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::letters::{is_caseless, is_composed, is_letter};

/// One way of folding; a language lists those that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fold {
    /// Lower case.
    Case,
    /// Lower case with dotted and dotless i apart.
    TurkishCase,
    /// Diacritics dropped.
    Marks,
    /// Variants of one Arabic letter made one; vowel signs and tatweel dropped.
    Arabic,
}

/// Appends the folded form of `word` to `out`. Digits of any script become ASCII digits.
pub fn fold(word: &str, folds: &[Fold], out: &mut String) {
    let has = |f| folds.contains(&f);
    let (case, turkish, marks, arabic) = (has(Fold::Case), has(Fold::TurkishCase), has(Fold::Marks), has(Fold::Arabic));
    if word.is_ascii() && !turkish {
        let from = out.len();
        out.push_str(word);
        if case {
            out[from..].make_ascii_lowercase();
        }
        return;
    }
    let mut push = |c: char| {
        if is_caseless(c) && is_letter(c) {
            out.push(c);
        } else if let Some(d) = digit(c) {
            out.push(char::from(b'0' + d));
        } else if turkish && c == 'I' {
            out.push('\u{131}');
        } else if turkish && c == '\u{130}' {
            out.push('i');
        } else if case || turkish {
            out.extend(c.to_lowercase().filter(|c| *c != '\u{307}'));
        } else {
            out.push(c);
        }
    };
    let letter = |c: char| {
        if ignorable(c) {
            return;
        }
        // Apostrophes are typed in several ways and mean one thing.
        let c = if super::token::apostrophe(c) { '\'' } else { c };
        let c = if arabic { arabic_letter(c) } else { Some(c) };
        let Some(c) = c else { return };
        if marks {
            // The d with a stroke has no decomposition, though readers take the stroke for a mark.
            match c {
                '\u{111}' => push('d'),
                '\u{110}' => push('D'),
                _ if c.is_ascii() => push(c),
                _ => std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut push),
            }
        } else {
            push(c);
        }
    };
    // Composed first, so that one letter has one form however it was typed.
    if word.chars().all(is_composed) {
        word.chars().for_each(letter);
    } else {
        word.nfc().for_each(letter);
    }
}

/// The value of a decimal digit of any script in common use.
pub fn digit(c: char) -> Option<u8> {
    /// The zeros of the scripts whose digits news is printed in.
    const ZEROS: [u32; 13] =
        [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xE50, 0xED0, 0xF20, 0x1040, 0xFF10];
    // Between the digits of ASCII and the first others lie the letters of Latin, Greek and Cyrillic.
    if c < '\u{660}' {
        return c.to_digit(10).map(|digit| digit as u8);
    }
    let c = u32::from(c);
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&c)).map(|zero| (c - zero) as u8)
}

/// Characters that readers do not see and that carry nothing for comparing words.
fn ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The common form of an Arabic letter; `None` for vowel signs and tatweel.
fn arabic_letter(c: char) -> Option<char> {
    Some(match c {
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' => '\u{627}',
        '\u{649}' | '\u{6CC}' | '\u{626}' => '\u{64A}',
        '\u{624}' => '\u{648}',
        '\u{629}' => '\u{647}',
        '\u{6A9}' => '\u{643}',
        '\u{640}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' => return None,
        c => c,
    })
}

/// Lower case without diacritics, for every script: a form to look names up in.
///
/// ```
/// assert_eq!(tidings::language::plain("Gürak"), "gurak");
/// assert_eq!(tidings::language::plain("Đặng"), "dang");
/// ```
pub fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold(word, &[Fold::Case, Fold::Marks, Fold::Arabic], &mut out);
    // The dotless i is a letter of its own only in languages whose fold says so.
    if out.contains('\u{131}') { out.replace('\u{131}', "i") } else { out }
}
