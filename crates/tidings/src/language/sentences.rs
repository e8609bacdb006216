//! Cutting a text into sentences.

use super::{Pack, TokenKind, Tokens};
use crate::model::Span;

/// The sentences of a text, as token ranges with their bytes.
///
/// A sentence ends at a line break, or at a full stop, question or exclamation mark of any script that is
/// followed by white space; a full stop after an abbreviation of the language, after a single letter, or before a
/// lower-case word ends none.
pub fn sentences(tokens: &Tokens<'_>, pack: &Pack) -> Vec<(usize, usize, Span)> {
    let mut found = Vec::new();
    let mut start = 0;
    let n = tokens.len();
    for at in 0..n {
        let next_breaks = at + 1 == n || tokens.list[at + 1].breaks;
        if next_breaks || ends(tokens, pack, start, at) {
            // Quotation marks and brackets that close belong to the sentence before them.
            if !next_breaks && closes(tokens.written(at + 1)) && tokens.list[at + 1].joined {
                continue;
            }
            found.push((start, at + 1, tokens.span(start, at + 1)));
            start = at + 1;
        }
    }
    found
}

/// Whether a sentence that began at `start` ends with the token `at`, which is not the last of its line.
fn ends(tokens: &Tokens<'_>, pack: &Pack, start: usize, at: usize) -> bool {
    let mut mark = at;
    while mark > start && closes(tokens.written(mark)) && tokens.list[mark].joined {
        mark -= 1;
    }
    let (written, next) = (tokens.written(mark), &tokens.list[at + 1]);
    match written {
        "\u{3002}" | "\u{FF01}" | "\u{FF1F}" => true,
        "!" | "?" | "\u{61F}" | "\u{964}" | "\u{6D4}" | "\u{104B}" | "\u{2026}" => {
            !next.joined && !lower(tokens, at + 1)
        }
        "." => !next.joined && !lower(tokens, at + 1) && !abbreviates(tokens, pack, start, mark),
        _ => false,
    }
}

fn lower(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.written(at).chars().next().is_some_and(char::is_lowercase)
}

fn closes(mark: &str) -> bool {
    matches!(mark, "\"" | "\u{201D}" | "\u{2019}" | "\u{BB}" | ")" | "]" | "\u{300D}" | "\u{300F}" | "\u{FF09}" | "'")
}

/// Whether the full stop at `mark` belongs to the word before it.
fn abbreviates(tokens: &Tokens<'_>, pack: &Pack, start: usize, mark: usize) -> bool {
    if mark == start {
        return true;
    }
    let before = mark - 1;
    let token = &tokens.list[before];
    if !tokens.list[mark].joined {
        return false;
    }
    if token.kind == TokenKind::Number {
        return pack.sentences.ordinal_dot && token.span.end - token.span.start <= 3;
    }
    let single = tokens.written(before).chars().count() == 1 && token.capital;
    if single && token.kind == TokenKind::Word && pack.language.names.case {
        return true;
    }
    let end = tokens.list[before].span.end as usize;
    pack.sentences.abbreviations.iter().any(|abbreviation| {
        let Some(from) = end.checked_sub(abbreviation.len()) else {
            return false;
        };
        tokens.text.get(from..end) == Some(abbreviation.as_str())
            && !tokens.text[..from].ends_with(char::is_alphanumeric)
    })
}
