//! Small things that are done with values of markup.

use crate::html::Tree;

/// Text on one line, without the character references and elements that many systems leave in their values.
pub(super) fn plain(text: &str) -> String {
    if text.contains('&') || text.contains('<') {
        let tree = Tree::parse(text);
        return squeezed(&tree.inner_text(0));
    }
    squeezed(text)
}

/// Text with its white space made one space.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Letters and digits alone, in lower case: two texts that look alike to a reader are equal.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An address without what differs between two ways to write the same: scheme, `www.`, query, last stroke.
pub(super) fn bare(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/')
}

/// The beginning of a text, at most so many bytes of it.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    &text[..end]
}

/// The end of a text, at most so many bytes of it.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let start = (text.len().saturating_sub(bytes)..=text.len()).find(|&at| text.is_char_boundary(at));
    &text[start.unwrap_or(text.len())..]
}
