//! Whether a word may be one of a pattern's, asked before endings are taken off it.

use rustc_hash::FxHashSet;

use super::Affixes;

/// How the words of some patterns begin.
///
/// A stem keeps the first letters of its word, as many as a stem must have at least. So a word whose first letters no
/// word of the patterns has cannot be one of them, whatever its endings are, and most words of a text are such.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads {
    letters: usize,
    beginnings: FxHashSet<Box<str>>,
    /// Words with fewer letters, which no stem is.
    short: FxHashSet<Box<str>>,
    /// Beginnings with fewer letters.
    begun: Vec<Box<str>>,
}

impl Heads {
    /// Of words, and of beginnings that match whatever follows them.
    pub(crate) fn new<'w>(
        words: impl Iterator<Item = &'w str>,
        beginnings: impl Iterator<Item = &'w str>,
        affixes: &Affixes,
    ) -> Self {
        let mut all = Self { letters: affixes.min_stem(), ..Self::default() };
        for word in words {
            match head(word, all.letters) {
                Some(head) => all.beginnings.insert(head.into()),
                None => all.short.insert(word.into()),
            };
        }
        for word in beginnings {
            match head(word, all.letters) {
                Some(head) => drop(all.beginnings.insert(head.into())),
                None => all.begun.push(word.into()),
            }
        }
        all
    }

    /// Whether a folded word may be one of them.
    pub(crate) fn may_be(&self, word: &str, affixes: &Affixes) -> bool {
        head(word, self.letters).is_some_and(|head| self.beginnings.contains(head))
            || self.short.contains(word)
            || self.begun.iter().any(|begun| word.starts_with(&**begun))
            || affixes.may_begin(word)
    }
}

/// The first letters of a word that has so many.
fn head(word: &str, letters: usize) -> Option<&str> {
    if word.is_ascii() {
        return word.get(..letters);
    }
    let last = word.char_indices().nth(letters.checked_sub(1)?)?;
    Some(&word[..last.0 + last.1.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::affix::{AffixEntry, AffixSide};

    fn affix(side: AffixSide, form: &str) -> AffixEntry {
        AffixEntry { side, slot: 1, forms: vec![form.to_owned()], tag: None, leave: String::new() }
    }

    #[test]
    fn words_begin_as_their_stems_do() {
        let entries = [affix(AffixSide::Suffix, "lar"), affix(AffixSide::Prefix, "al")];
        let affixes = Affixes::new(&entries, 3, false, &[]);
        let heads = Heads::new(["haber", "ya"].into_iter(), ["ge", "foto"].into_iter(), &affixes);
        for word in ["haberlar", "haber", "hablar", "ya", "gelmek", "fotolar", "alhaber"] {
            assert!(heads.may_be(word, &affixes), "{word}");
        }
        for word in ["ha", "yalar", "kitap", "f"] {
            assert!(!heads.may_be(word, &affixes), "{word}");
        }
    }

    #[test]
    fn what_an_apostrophe_parts_may_be_anything() {
        let affixes = Affixes::new(&[affix(AffixSide::Suffix, "da")], 3, true, &[]);
        let heads = Heads::new(["ab"].into_iter(), [].into_iter(), &affixes);
        assert!(heads.may_be("ab'da", &affixes) && !heads.may_be("abda", &affixes));
    }
}
