//! XML as feeds write it, damage included: a tokenizer that always comes to the end.
//!
//! What a parser by the specification refuses is common in feeds: a bare `&` or `<`, entities that nobody declared,
//! tags that are not closed, a file that breaks off. Here each of them costs only the element that it stands in.
//! Declarations of entities are never read, so none can expand. Nothing is built but slices of the text; the time is
//! linear in its length.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// One piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'x> {
    Start(Tag<'x>),
    /// The name in an end tag.
    End(&'x str),
    /// Text in which references stand as they are written.
    Text(&'x str),
    /// The content of a CDATA section.
    Raw(&'x str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'x> {
    pub(super) name: &'x str,
    attributes: &'x str,
    /// Whether it is its own end: `<br/>`.
    pub(super) empty: bool,
}

impl<'x> Tag<'x> {
    /// The value of the attribute of that name, references replaced. Prefixes count.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        self.attributes().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| unescape(value))
    }

    /// Names and values as they are written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'x str, &'x str)> + use<'x> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, left) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            rest = left;
            // Attributes without a value may stand before it.
            Some((name.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default(), value))
        })
    }
}

/// Gives the tokens of a text in their order.
#[derive(Clone)]
pub(super) struct Reader<'x> {
    text: &'x str,
    at: usize,
    /// Whether something was met that no XML may hold, or something missed that it must.
    pub(super) damaged: bool,
    /// Ends that do not come any more: searching for each of them again would take quadratic time.
    missing: [bool; ENDS.len()],
    /// Whether an attribute's quotes did not come out even up to the end.
    quotes_fail: bool,
}

const ENDS: [&str; 5] = ["-->", "]]>", "?>", "\"", "'"];

impl<'x> Reader<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        Self { text, at: 0, damaged: false, missing: [false; ENDS.len()], quotes_fail: false }
    }

    fn rest(&self) -> &'x str {
        &self.text[self.at..]
    }

    /// Where the given end stands behind `from`.
    fn find(&mut self, end: usize, from: usize) -> Option<usize> {
        if self.missing[end] {
            return None;
        }
        let found = self.text[from..].find(ENDS[end]).map(|at| from + at);
        self.missing[end] = found.is_none();
        found
    }

    /// What stands up to the given end, which is passed over; all that is left where it does not come.
    fn until(&mut self, end: usize, from: usize) -> &'x str {
        let found = self.find(end, from);
        self.damaged |= found.is_none();
        let stop = found.unwrap_or(self.text.len());
        self.at = found.map_or(stop, |at| at + ENDS[end].len());
        &self.text[from..stop]
    }

    /// Passes over a document type with its inner declarations.
    fn skip_doctype(&mut self) {
        let rest = self.rest();
        let mut end = rest.find('>');
        // Inner declarations end at `]>`; a document that lacks it has nothing else to offer.
        if end.is_some_and(|end| rest[..end].contains('[')) {
            end = rest.find("]>").map(|at| at + 1);
        }
        self.damaged |= end.is_none();
        self.at += end.map_or(rest.len(), |end| end + 1);
    }

    fn start_tag(&mut self) -> Option<Tag<'x>> {
        let from = self.at + 1;
        let name = name_at(&self.text[from..])?;
        let mut at = from + name.len();
        loop {
            let signs: &[char] = if self.quotes_fail { &['>', '<'] } else { &['>', '<', '"', '\''] };
            let found = self.text[at..].find(signs);
            let Some(stop) = found.map(|found| at + found) else {
                if self.quotes_fail {
                    return None;
                }
                // The quotes swallowed all that is left: from here on they mean nothing.
                self.quotes_fail = true;
                at = from + name.len();
                continue;
            };
            match self.text.as_bytes()[stop] {
                b'>' => {
                    let inside = &self.text[from + name.len()..stop];
                    self.at = stop + 1;
                    let empty = inside.ends_with('/');
                    return Some(Tag { name, attributes: inside.strip_suffix('/').unwrap_or(inside), empty });
                }
                b'<' => return None,
                quote => match self.find(if quote == b'"' { 3 } else { 4 }, stop + 1) {
                    Some(end) => at = end + 1,
                    None => {
                        self.damaged = true;
                        at = stop + 1;
                    }
                },
            }
        }
    }
}

impl<'x> Iterator for Reader<'x> {
    type Item = Token<'x>;

    fn next(&mut self) -> Option<Token<'x>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            if rest.starts_with("<!--") {
                self.until(0, self.at + 4);
            } else if rest.starts_with("<![CDATA[") {
                return Some(Token::Raw(self.until(1, self.at + 9)));
            } else if rest.starts_with("<!") {
                self.skip_doctype();
            } else if rest.starts_with("<?") {
                self.until(2, self.at + 2);
            } else if let Some(name) = rest.strip_prefix("</").and_then(name_at) {
                let end = rest.find('>');
                self.damaged |= end.is_none();
                self.at += end.map_or(rest.len(), |end| end + 1);
                return Some(Token::End(name));
            } else if let Some(tag) = self.start_tag() {
                return Some(Token::Start(tag));
            } else {
                self.damaged = true;
                let end = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
        }
    }
}

fn name_at(text: &str) -> Option<&str> {
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
    let end = text.find(|c| !of_name(c)).unwrap_or(text.len());
    text[..end].starts_with(|c: char| c.is_alphabetic() || c == '_').then(|| &text[..end])
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What an element holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Its text and that of all elements in it, references replaced.
    pub(super) text: String,
    /// What is in it as markup: references and tags as they are written.
    pub(super) markup: String,
    /// Whether elements stand in it.
    pub(super) elements: bool,
}

impl Content {
    /// What is in it as HTML: markup that was escaped to be text, or the elements themselves.
    pub(super) fn html(self) -> String {
        if self.elements { self.markup } else { self.text }
    }
}

impl<'x> Reader<'x> {
    /// The content of the element that `tag` began, up to its end or to where one of `borders` begins or ends.
    pub(super) fn content(&mut self, tag: Tag<'x>, borders: &[&str]) -> Content {
        let mut content = Content::default();
        let mut depth = usize::from(!tag.empty);
        while depth > 0 {
            let before = self.at;
            let Some(token) = self.next() else {
                self.damaged = true;
                break;
            };
            match token {
                Token::Text(text) => {
                    content.text.push_str(&unescape(text));
                    content.markup.push_str(text);
                }
                Token::Raw(text) => {
                    content.text.push_str(text);
                    content.markup.push_str(text);
                }
                Token::Start(Tag { name, .. }) | Token::End(name)
                    if name != tag.name && borders.iter().any(|border| name.eq_ignore_ascii_case(border)) =>
                {
                    // The element was never closed; what comes here is its parent's business.
                    self.at = before;
                    self.damaged = true;
                    break;
                }
                Token::Start(inner) => {
                    content.elements = true;
                    content.markup.push_str(&self.text[before..self.at]);
                    depth += usize::from(!inner.empty && inner.name == tag.name);
                }
                Token::End(name) => {
                    depth -= usize::from(name == tag.name);
                    if depth > 0 {
                        content.markup.push_str(&self.text[before..self.at]);
                    }
                }
            }
        }
        content
    }
}

/// The text with references to characters replaced. Names that XML does not know stay as they are: in feeds they are
/// HTML's, and whoever reads the HTML knows them.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest reference is `&#x10FFFF;`.
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((referred(&rest[1..end])?, end))) {
            Some((c, end)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character that a reference means, given without `&` and `;`.
fn referred(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => match name.strip_prefix('#')? {
            number if number.starts_with(['x', 'X']) => u32::from_str_radix(&number[1..], 16).ok()?,
            number => number.parse().ok()?,
        },
    };
    // Windows' own characters are often numbered as Windows numbers them.
    if let 0x80..=0x9f = number {
        return WINDOWS_1252.decode_without_bom_handling(&[number as u8]).0.chars().next();
    }
    char::from_u32(number).filter(|c| !c.is_control() || c.is_whitespace())
}

/// The name of the first element of what may be an XML document, in lower case and without its prefix.
pub(super) fn root(head: &str) -> Option<String> {
    let mut reader = Reader::new(head);
    loop {
        match reader.next()? {
            Token::Start(tag) => return Some(local(tag.name).to_ascii_lowercase()),
            Token::Text(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> (Vec<Token<'_>>, bool) {
        let mut reader = Reader::new(text);
        let tokens = reader.by_ref().collect();
        (tokens, reader.damaged)
    }

    #[test]
    fn pieces_come_in_order() {
        let (found, damaged) =
            tokens("<?xml version='1.0'?><!-- <a> --><a b='1 > 0'>x &amp; y<br/><![CDATA[<z>]]></a>");
        assert!(!damaged);
        assert!(matches!(found[0], Token::Start(tag) if tag.attribute("B").as_deref() == Some("1 > 0")));
        assert_eq!(found[1], Token::Text("x &amp; y"));
        assert!(matches!(found[2], Token::Start(tag) if tag.empty && tag.name == "br"));
        assert_eq!(found[3..], [Token::Raw("<z>"), Token::End("a")]);
    }

    #[test]
    fn damage_costs_little() {
        for (text, last) in [
            ("<a>1 < 2</a>", Token::End("a")),
            ("<a b=\"c>x</a>", Token::End("a")),
            ("<a><b <c>x</a>", Token::End("a")),
            ("<a><!-- never closed </a>", Token::Start(Tag { name: "a", attributes: "", empty: false })),
            ("<a><![CDATA[left", Token::Raw("left")),
        ] {
            let (found, damaged) = tokens(text);
            assert!(damaged, "{text}");
            assert_eq!(*found.last().unwrap(), last, "{text}");
        }
    }

    #[test]
    fn references_are_replaced_once() {
        assert_eq!(unescape("a &amp;lt; &#1575;&#x627; &#146; &nbsp; & b &#0;"), "a &lt; اا \u{2019} &nbsp; & b &#0;");
    }

    #[test]
    fn entities_are_never_expanded() {
        let laughs = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><r>&b;</r>";
        let (found, _) = tokens(laughs);
        assert_eq!(found[1], Token::Text("&b;"));
        assert_eq!(root(laughs).as_deref(), Some("r"));
        assert_eq!(root("\u{feff}\n<?xml version='1.0'?><rdf:RDF>").as_deref(), Some("rdf"));
        assert_eq!(root("words <a>"), None);
    }

    #[test]
    fn time_is_linear_where_ends_are_missing() {
        for piece in
            ["<a b=\"", "<![CDATA", "<!--", "<!x[", "<a b='\"", "&#", "</a", "<?", "<a\"", "<!x>", "<a \"'<b \"' "]
        {
            let text = piece.repeat(200_000);
            assert!(Reader::new(&text).count() <= 400_001);
            let mut reader = Reader::new(&text);
            let tag = Tag { name: "a", attributes: "", empty: false };
            reader.content(tag, &["item"]);
        }
    }
}
