//! What a character is, asked often enough to be answered by its place first.

/// As [`char::is_alphabetic`]: most letters of running text lie in ranges that hold nothing else.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        // Latin, Greek, Cyrillic, Arabic, Vietnamese, kana, Han, Hangul.
        '\u{f8}'..='\u{2af}'
        | '\u{3a3}'..='\u{3f5}'
        | '\u{3f7}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{620}'..='\u{64a}'
        | '\u{671}'..='\u{6d3}'
        | '\u{1ea0}'..='\u{1eff}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        // Punctuation of Latin scripts, and of Han.
        '\u{80}'..='\u{a9}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether a text may hold a digit of any script: false is sure, true is likely.
pub(crate) fn may_hold_digits(text: &str) -> bool {
    // Digits of ASCII, and the bytes that others begin with in UTF-8.
    text.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, 0xd9 | 0xdb | 0xe0 | 0xe1 | 0xef))
}

/// Whether a letter is of a script without capitals; false where that would have to be looked up.
pub(crate) fn is_caseless(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{109f}' | '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{d7ff}')
}

/// Whether a character is composed already and stays so whatever follows it; false where that would have to be
/// looked up.
pub(crate) fn is_composed(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{2ff}'
            | '\u{388}'..='\u{482}'
            | '\u{48a}'..='\u{590}'
            | '\u{61b}'..='\u{64a}'
            | '\u{671}'..='\u{6d5}'
            | '\u{1ea0}'..='\u{1eff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

    use super::*;

    #[test]
    fn places_say_what_tables_say() {
        for c in ('\0'..=char::MAX).take(0x3_0000) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            if is_caseless(c) {
                assert!(!c.is_uppercase() && c.to_lowercase().eq([c]), "{c:?}");
            }
            if is_composed(c) {
                assert!(std::iter::once(c).nfc().eq([c]) && canonical_combining_class(c) == 0, "{c:?}");
            }
        }
    }

    #[test]
    fn every_digit_is_one_that_may_be() {
        let digits = ('\0'..=char::MAX).filter(|c| crate::language::digit(*c).is_some());
        assert!(digits.map(String::from).all(|digit| may_hold_digits(&digit)));
        assert!(!may_hold_digits("no digits, \u{4e00} \u{3b1}"));
    }

    /// No two composed characters become another one beside each other.
    #[test]
    fn composed_characters_stay_beside_one_another() {
        let all: Vec<char> = ('\0'..='\u{9fff}').filter(|c| is_composed(*c)).collect();
        for pair in all.windows(2).chain([all[0], all[all.len() - 1]].windows(2)) {
            assert!(pair.iter().copied().nfc().eq(pair.iter().copied()), "{pair:?}");
        }
        // Every character that composes with one before it decomposes to a second one of its kind.
        let second = |c: char| {
            let parts: Vec<char> = std::iter::once(c).nfd().collect();
            let again = parts.iter().copied().nfc().eq([c]);
            (parts.len() > 1 && again).then(|| parts[parts.len() - 1])
        };
        for c in ('\0'..=char::MAX).filter_map(second) {
            assert!(!is_composed(c), "{c:?} composes with what stands before it");
        }
    }
}
