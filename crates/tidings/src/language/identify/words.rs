//! Words as the tables know them: in lower case, composed, without the marks that most texts leave out.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::script::Script;

/// The letters of a text in one script, cut into words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    letters: Vec<char>,
    words: Vec<Word>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    end: u32,
    /// It may be a name: a capital begins it, and not the text.
    name: bool,
}

/// The most letters of a word that are looked at.
const LONGEST: usize = 24;

impl Words {
    /// The words of one script in a text; what other scripts write parts them.
    pub(crate) fn cut(text: &str, script: Script) -> Self {
        let mut found = Self::default();
        let mut raw = String::new();
        for c in text.chars() {
            // A mark belongs to the letter before it, whatever its own script.
            let own = Script::of(c) == Some(script);
            if own || !raw.is_empty() && is_mark(c) {
                raw.push(c);
            } else if c != SOFT_HYPHEN {
                found.push(&mut raw);
            }
        }
        found.push(&mut raw);
        found
    }

    fn push(&mut self, raw: &mut String) {
        if raw.is_empty() {
            return;
        }
        let start = self.letters.len();
        let name = start > 0 && raw.starts_with(char::is_uppercase);
        if raw.is_ascii() {
            self.letters.extend(raw.bytes().take(LONGEST).map(|b| char::from(b.to_ascii_lowercase())));
        } else {
            self.letters.extend(folded(raw).take(LONGEST));
        }
        if self.letters.len() > start {
            self.words.push(Word { start: start as u32, end: self.letters.len() as u32, name });
        }
        raw.clear();
    }

    /// Each word's letters, and whether it may be a name; the words of a long text's four quarters in turns.
    pub(crate) fn in_turns(&self) -> impl Iterator<Item = (&[char], bool)> {
        let quarter = self.words.len().div_ceil(4);
        let turns = if self.words.len() < LONG { 1 } else { 4 };
        let at = move |n: usize| if turns == 1 { n } else { n % 4 * quarter + n / 4 };
        (0..quarter * 4)
            .map(at)
            .filter_map(|n| self.words.get(n))
            .map(|word| (&self.letters[word.start as usize..word.end as usize], word.name))
    }
}

/// From how many words on a text is long.
const LONG: usize = 64;
const SOFT_HYPHEN: char = '\u{ad}';

/// The letters of a word as the tables have them.
pub(crate) fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase).filter(|&c| !is_optional_mark(c)).nfc()
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || c == '\u{200c}' || c == '\u{200d}')
}

/// Vowel signs of Arabic and Hebrew, which most texts leave out, joiners, and the dot that a Turkish capital I leaves
/// over its small letter.
fn is_optional_mark(c: char) -> bool {
    matches!(c, '\u{307}' | '\u{5b0}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{200c}' | '\u{200d}')
}
