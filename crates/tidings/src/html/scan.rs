//! Where tags, comments and texts of a page begin and end.
//!
//! These are plain functions over bytes: what a tag means for the tree is the business of [`build`](super::build).

use super::arena::{Arena, Attribute, Attributes, Words};
use super::references::{self, Part};
use super::tag::Tag;

/// A tag as it stands in the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) tag: Tag,
    /// The name, in lower case.
    pub(super) name: Words,
    /// Its attributes; where [`named`](Token::named), an entry with the name stands before them.
    pub(super) attributes: Attributes,
    pub(super) named: bool,
    pub(super) closes_itself: bool,
}

/// More attributes than this of one tag are left out.
const MOST_ATTRIBUTES: usize = 256;

/// Reads the tag whose name begins at `at`: the token, and where the page goes on. `None` where the page ends within the
/// tag. An attribute is kept once; its list begins with the tag's name where that is unknown or `named` asks for it.
pub(super) fn tag(arena: &mut Arena<'_>, page: &str, at: usize, named: bool) -> Option<(Token, usize)> {
    let bytes = page.as_bytes();
    let mut end = at;
    while !ends_name(*bytes.get(end)?) {
        end += 1;
    }
    let name = lower(arena, page, at, end);
    let tag = Tag::named(arena.read(name));
    let named = named || tag == Tag::Other;
    let from = arena.attributes.len();
    if named {
        arena.attributes.push(Attribute { name, value: Words::default() });
    }
    let first = arena.attributes.len();
    let mut closes_itself = false;
    loop {
        match *bytes.get(end)? {
            b'>' => break,
            b'/' => {
                closes_itself = bytes.get(end + 1) == Some(&b'>');
                end += 1;
            }
            byte if is_space(byte) => end += 1,
            _ => end = attribute(arena, page, end, first)?,
        }
    }
    let count = (arena.attributes.len() - from) as u32;
    let attributes = Attributes { from: from as u32, count };
    Some((Token { tag, name, attributes, named, closes_itself }, end + 1))
}

/// Reads an attribute to where the next one may begin.
fn attribute(arena: &mut Arena<'_>, page: &str, at: usize, first: usize) -> Option<usize> {
    let bytes = page.as_bytes();
    // An equals sign at the beginning is part of the name.
    let mut end = at + 1;
    while !(ends_name(*bytes.get(end)?) || bytes[end] == b'=') {
        end += 1;
    }
    let name = (at, end);
    while is_space(*bytes.get(end)?) {
        end += 1;
    }
    let mut value = (end, end);
    if bytes[end] == b'=' {
        end += 1;
        while is_space(*bytes.get(end)?) {
            end += 1;
        }
        match bytes[end] {
            quote @ (b'"' | b'\'') => {
                let length = memchr::memchr(quote, &bytes[end + 1..])?;
                value = (end + 1, end + 1 + length);
                end = value.1 + 1;
            }
            b'>' => value = (end, end),
            _ => {
                value.0 = end;
                while !is_space(*bytes.get(end)?) && bytes[end] != b'>' {
                    end += 1;
                }
                value.1 = end;
            }
        }
    }
    if arena.attributes.len() - first < MOST_ATTRIBUTES {
        let name = lower(arena, page, name.0, name.1);
        let known = |attribute: &Attribute| {
            attribute.name.length == name.length && arena.read(attribute.name) == arena.read(name)
        };
        if !arena.attributes[first..].iter().any(known) {
            let value = resolved(arena, page, value.0, value.1, Part::Value, Some(char::REPLACEMENT_CHARACTER));
            arena.attributes.push(Attribute { name, value });
        }
    }
    Some(end)
}

/// A part of the page with its references resolved and its line ends made `\n`.
pub(super) fn resolved(
    arena: &mut Arena<'_>,
    page: &str,
    from: usize,
    to: usize,
    part: Part,
    nul: Option<char>,
) -> Words {
    if part.is_plain(&page.as_bytes()[from..to]) {
        return Words::of_page(from, to);
    }
    arena.set_aside(|aside| references::resolve(&page[from..to], part, nul, aside))
}

/// A name in lower case.
fn lower(arena: &mut Arena<'_>, page: &str, from: usize, to: usize) -> Words {
    if page.as_bytes()[from..to].iter().any(|byte| byte.is_ascii_uppercase() || *byte == 0) {
        return arena.set_aside(|aside| {
            let lower = |c: char| if c == '\0' { char::REPLACEMENT_CHARACTER } else { c.to_ascii_lowercase() };
            aside.extend(page[from..to].chars().map(lower));
        });
    }
    Words::of_page(from, to)
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

const fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

/// Where a comment ends whose content begins at `at`, and the page after it.
pub(super) fn comment(bytes: &[u8], at: usize) -> usize {
    let mut from = at;
    while let Some(found) = memchr::memchr(b'>', &bytes[from..]) {
        let end = from + found;
        let content = &bytes[at..end];
        if matches!(content, b"" | b"-") || content.ends_with(b"--") || content.ends_with(b"--!") {
            return end + 1;
        }
        from = end + 1;
    }
    bytes.len()
}

/// Where the page goes on after the next `>`.
pub(super) fn after_bracket(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |found| at + found + 1)
}

/// Where the text ends of an element that holds nothing but text: at its own end tag.
pub(super) fn raw_text(bytes: &[u8], at: usize, name: &str) -> usize {
    let mut from = at;
    while let Some(found) = memchr::memchr(b'<', &bytes[from..]) {
        from += found;
        if is_end_tag(&bytes[from..], name) {
            return from;
        }
        from += 1;
    }
    bytes.len()
}

/// Where a script ends: an end tag does not count where the script seems to write one inside a comment,
/// as in `<!-- <script> </script> -->`.
pub(super) fn script(bytes: &[u8], at: usize) -> usize {
    #[derive(PartialEq)]
    enum In {
        Script,
        Comment,
        ScriptInComment,
    }
    let mut state = In::Script;
    let mut from = at;
    while let Some(found) = memchr::memchr2(b'<', b'-', &bytes[from..]) {
        from += found;
        let rest = &bytes[from..];
        if rest.starts_with(b"-->") {
            (state, from) = (In::Script, from + 3);
        } else if rest[0] == b'-' {
            from += 1;
        } else if state == In::Script && rest.starts_with(b"<!--") {
            // The comment's dashes may be those that end it.
            (state, from) = (In::Comment, from + 2);
        } else if is_end_tag(rest, "script") {
            if state != In::ScriptInComment {
                return from;
            }
            (state, from) = (In::Comment, from + 8);
        } else {
            if state == In::Comment && starts_tag(rest, "script") {
                state = In::ScriptInComment;
            }
            from += 1;
        }
    }
    bytes.len()
}

/// Whether bytes are the beginning of an element's end tag.
fn is_end_tag(bytes: &[u8], name: &str) -> bool {
    bytes.get(1) == Some(&b'/') && starts_tag(&bytes[1..], name)
}

/// Whether the bytes after the first are a name and what may end one.
fn starts_tag(bytes: &[u8], name: &str) -> bool {
    let end = 1 + name.len();
    bytes.get(end).is_some_and(|byte| ends_name(*byte)) && bytes[1..end].eq_ignore_ascii_case(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end() {
        for (html, rest) in [
            ("<!-- a -->b", "b"),
            ("<!-->b", "b"),
            ("<!--->b", "b"),
            ("<!----!>b", "b"),
            ("<!-- > -- > --b>--!>b", "b"),
            ("<!--a", ""),
            ("<!--a--", ""),
        ] {
            assert_eq!(&html[comment(html.as_bytes(), 4)..], rest, "{html}");
        }
    }

    #[test]
    fn scripts_end() {
        for (html, rest) in [
            ("a</script>b", "</script>b"),
            ("a</SCRIPT\n>b", "</SCRIPT\n>b"),
            ("a</scripts></script/>", "</script/>"),
            ("<!-- <script></script> --></script>b", "</script>b"),
            ("<!-- </script>b", "</script>b"),
            ("<!--> <script></script>b", "</script>b"),
            ("<!-- <script>a</script></script>b", "</script>b"),
            ("<!-- <script>a--></script>b", "</script>b"),
            ("<!-- <script></script>", ""),
        ] {
            assert_eq!(&html[script(html.as_bytes(), 0)..], rest, "{html}");
        }
    }
}
