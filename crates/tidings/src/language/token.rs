//! Cutting a text into tokens.

use super::letters::{is_caseless, is_letter};
use super::{Fold, fold};
use crate::model::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters and marks.
    Word,
    /// Digits.
    Number,
    /// One punctuation mark or symbol.
    Mark,
}

/// A run of letters, a run of digits, or one punctuation mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether nothing stands between it and the token before.
    pub joined: bool,
    /// Whether a line break stands before it.
    pub breaks: bool,
    /// Where its folded form stands.
    folded: (u32, u32),
}

/// A text cut into tokens.
#[derive(Clone, Debug, Default)]
pub struct Tokens<'t> {
    /// The text.
    pub text: &'t str,
    /// The tokens, in order.
    pub list: Vec<Token>,
    folded: String,
}

/// How a language cuts its words.
#[derive(Clone, Debug, Default)]
pub struct Cutting {
    /// How words are compared.
    pub folds: Vec<Fold>,
    /// Whether each letter of an unspaced script is a token.
    pub characters: bool,
    /// Letters before an apostrophe that are a word of their own.
    pub elisions: Vec<String>,
    /// Whether what follows an apostrophe is endings, behind digits too.
    pub apostrophe_suffix: bool,
}

impl<'t> Tokens<'t> {
    /// Cuts `text`.
    pub fn new(text: &'t str, cutting: &Cutting) -> Self {
        let mut tokens =
            Self { text, list: Vec::with_capacity(text.len() / 5), folded: String::with_capacity(text.len()) };
        let mut chars = text.char_indices().peekable();
        let (mut last_end, mut breaks) = (0, false);
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() || c == '\u{FEFF}' {
                breaks |= c == '\n';
                continue;
            }
            let kind = kind(c);
            let mut end = start + c.len_utf8();
            match kind {
                TokenKind::Mark => {}
                TokenKind::Word if cutting.characters && unspaced(c) => {
                    while let Some(&(at, n)) = chars.peek() {
                        if !mark(n) {
                            break;
                        }
                        end = at + n.len_utf8();
                        chars.next();
                    }
                }
                _ => {
                    while let Some(&(at, n)) = chars.peek() {
                        let goes_on = if kind == TokenKind::Number {
                            let ending = text[start..at].contains(apostrophe);
                            fold::digit(n).is_some() && !ending
                                || ending && letter(n)
                                || cutting.apostrophe_suffix
                                    && !ending
                                    && apostrophe(n)
                                    && text[at + n.len_utf8()..].starts_with(letter)
                        } else {
                            fold::digit(n).is_none() && (letter(n) && !(cutting.characters && unspaced(n)))
                                || apostrophe(n)
                                    && (text[at + n.len_utf8()..].starts_with(letter)
                                        || cutting.elides(&text[start..at]))
                        };
                        if !goes_on {
                            break;
                        }
                        end = at + n.len_utf8();
                        chars.next();
                        if apostrophe(n) && cutting.elides(&text[start..at]) {
                            break;
                        }
                    }
                }
            }
            let from = tokens.folded.len() as u32;
            fold(&text[start..end], &cutting.folds, &mut tokens.folded);
            tokens.list.push(Token {
                span: Span::new(start, end),
                kind,
                capital: !is_caseless(c)
                    && (c.is_uppercase()
                        || c.is_alphabetic() && !c.is_lowercase() && c.to_lowercase().next() != Some(c)),
                joined: last_end == start && start > 0,
                breaks,
                folded: (from, tokens.folded.len() as u32),
            });
            (last_end, breaks) = (end, false);
        }
        tokens
    }

    /// The folded form of a token.
    pub fn folded(&self, at: usize) -> &str {
        let (a, b) = self.list[at].folded;
        &self.folded[a as usize..b as usize]
    }

    /// The digits of a numeral, without the endings that an apostrophe ties to it.
    pub fn digits(&self, at: usize) -> &str {
        let folded = self.folded(at);
        folded.split(apostrophe).next().unwrap_or(folded)
    }

    /// A token as it is written.
    pub fn written(&self, at: usize) -> &'t str {
        self.list[at].span.of(self.text)
    }

    /// The bytes from one token up to before another.
    pub fn span(&self, start: usize, end: usize) -> Span {
        debug_assert!(start < end, "no tokens between {start} and {end}");
        self.list[start].span.cover(self.list[end.max(start + 1) - 1].span)
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first token at or after a byte.
    pub fn at_byte(&self, byte: u32) -> usize {
        self.list.partition_point(|t| t.span.start < byte)
    }
}

impl Cutting {
    /// Whether these letters before an apostrophe are a word of their own.
    fn elides(&self, letters: &str) -> bool {
        let letters = letters.trim_end_matches(apostrophe);
        !self.elisions.is_empty() && self.elisions.iter().any(|e| e.eq_ignore_ascii_case(letters))
    }
}

/// What a character makes a token of.
fn kind(c: char) -> TokenKind {
    if is_letter(c) {
        TokenKind::Word
    } else if fold::digit(c).is_some() {
        TokenKind::Number
    } else if mark(c) {
        TokenKind::Word
    } else {
        TokenKind::Mark
    }
}

/// Letters, and what belongs to a letter.
fn letter(c: char) -> bool {
    is_letter(c) || mark(c)
}

/// Marks and joiners inside a word.
fn mark(c: char) -> bool {
    !c.is_ascii()
        && (unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{640}'))
}

/// Apostrophes as they are typed.
pub fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}' | '\u{FF07}')
}

/// Letters of scripts that put no spaces between words.
pub fn unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
