//! Feeds to their entries: RSS of all versions, RSS 1.0 in RDF, Atom, JSON Feed.

mod fields;
mod json;
mod pages;

use url::Url;

use self::fields::{Field, Names};
pub(super) use self::pages::pages;
use super::date::moment;
use super::xml::{Content, Reader, Tag, Token};
use crate::html::Tree;
use crate::language::charset;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// The address of the site that it is of.
    pub address: Option<String>,
    /// The language that it says it is written in (BCP 47). Templates often say `en` of feeds in other languages.
    pub language: Option<String>,
    /// What it announces, in its own order.
    pub entries: Vec<Entry>,
    /// Whether something in it could not be read.
    pub damaged: bool,
}

/// An article that a feed or a news sitemap announces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its address, absolute where that can be known.
    pub address: Option<String>,
    /// What the feed calls it: the same name stands for the same article in every fetch.
    pub id: Option<String>,
    /// Its title, as text.
    pub title: Option<String>,
    /// When it was published (ISO 8601, or as the feed writes it where that is no date of any usual form).
    pub published: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// The language that it says it is written in (BCP 47).
    pub language: Option<String>,
    /// Who signed it.
    pub author: Option<String>,
    /// The whole article as HTML, where the feed has it.
    pub content: Option<String>,
    /// What the feed says of it besides, as HTML: the lead, or the whole article all the same.
    pub summary: Option<String>,
    /// The outlet: what the entry names as its source, or else the feed's title.
    pub outlet: Option<String>,
}

/// Reads a feed of any kind. `address` is where it was read from, against which relative links stand; `header` is the
/// charset that the HTTP answer declared. What cannot be read is left out; a damaged feed gives its other entries.
///
/// ```
/// use tidings::stages::acquire::read_feed;
/// let rss = "<rss><channel><title>Example</title><item><title>Talks in Cairo &amp;amp; Ankara</title>\
///            <link>/a</link><pubDate>Fri, 15 Nov 2024 10:00:00 GMT</pubDate></item></channel>";
/// let feed = read_feed(rss.as_bytes(), Some("https://example.com/rss"), None);
/// assert_eq!(feed.entries[0].address.as_deref(), Some("https://example.com/a"));
/// assert_eq!(feed.entries[0].title.as_deref(), Some("Talks in Cairo & Ankara"));
/// assert_eq!(feed.entries[0].published.as_deref(), Some("2024-11-15T10:00Z"));
/// assert!(feed.damaged);
/// ```
pub fn read_feed(bytes: &[u8], address: Option<&str>, header: Option<&str>) -> Feed {
    let text = charset::decode(bytes, header, None).text;
    let base = address.and_then(|address| Url::parse(address).ok());
    let mut feed = if text.trim_start().starts_with('{') { json::read(&text) } else { Parser::new(&text).read() };
    feed.title = feed.title.take().map(short);
    let site = feed.address.as_deref().and_then(|address| resolve(address, base.as_ref()));
    feed.address = site.as_ref().map(Url::to_string);
    let base = base.or(site).filter(is_base);
    for entry in &mut feed.entries {
        entry.finish(base.as_ref(), feed.title.as_deref());
    }
    feed.entries.retain(|entry| entry.address.is_some() || entry.title.is_some() || entry.body().is_some());
    feed
}

/// The longest title of a feed, in bytes, and the longest address against which others stand: each entry has a copy.
const TITLE: usize = 1000;
const BASE: usize = 4000;

fn short(mut title: String) -> String {
    let end = (0..=TITLE.min(title.len())).rev().find(|&at| title.is_char_boundary(at));
    title.truncate(end.unwrap_or(0));
    title
}

fn is_base(address: &Url) -> bool {
    address.as_str().len() <= BASE
}

impl Entry {
    /// The best text that the feed has of it, as HTML.
    pub fn body(&self) -> Option<&str> {
        self.content.as_deref().or(self.summary.as_deref())
    }

    fn finish(&mut self, base: Option<&Url>, feed_title: Option<&str>) {
        let absolute = |address: String| resolve(&address, base).map_or(address, String::from);
        self.address = self.address.take().map(absolute);
        if self.address.is_none() {
            // An id that is an address is the article's.
            self.address = self.id.clone().filter(|id| id.starts_with("http://") || id.starts_with("https://"));
        }
        // Atom asks for the day of the last change alone.
        self.published = self.published.take().or_else(|| self.updated.clone());
        self.updated = self.updated.take().filter(|updated| Some(updated) != self.published.as_ref());
        self.outlet = self.outlet.take().or_else(|| feed_title.map(str::to_owned));
        let same = self.content.is_some() && self.content == self.summary;
        self.summary = self.summary.take().filter(|_| !same);
    }
}

fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    base.map_or_else(|| Url::parse(address), |base| base.join(address)).ok()
}

/// The words of what may be HTML, on one line: titles are escaped once, twice or not at all.
fn words(html: &str) -> Option<String> {
    let text = if html.contains(['&', '<']) { Tree::parse(html).inner_text(0) } else { html.to_owned() };
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty()).then_some(plain)
}

/// Elements at which every field ends, whether it was closed or not.
const BORDERS: [&str; 6] = ["item", "entry", "channel", "feed", "rss", "rdf:rdf"];

struct Parser<'x> {
    reader: Reader<'x>,
    names: Names,
    feed: Feed,
    entry: Option<Entry>,
    /// `xml:base` of the feed and of the entry.
    bases: [Option<Url>; 2],
}

impl<'x> Parser<'x> {
    fn new(text: &'x str) -> Self {
        Self {
            reader: Reader::new(text),
            names: Names::default(),
            feed: Feed::default(),
            entry: None,
            bases: [None, None],
        }
    }

    fn read(mut self) -> Feed {
        let mut closed = false;
        while let Some(token) = self.reader.next() {
            match token {
                Token::Start(tag) => self.start(tag),
                Token::End(name) => match self.names.field(name) {
                    Some(Field::Entry) => self.end_entry(),
                    Some(Field::Feed) => closed = true,
                    _ => {}
                },
                Token::Text(_) | Token::Raw(_) => {}
            }
        }
        self.end_entry();
        self.feed.damaged |= self.reader.damaged || !closed;
        self.feed
    }

    fn end_entry(&mut self) {
        self.feed.entries.extend(self.entry.take());
        self.bases[1] = None;
    }

    fn start(&mut self, tag: Tag<'x>) {
        self.names.declare(&tag);
        let base = || tag.attribute("xml:base");
        let Some(field) = self.names.field(tag.name) else { return };
        match field {
            Field::Feed => {
                let found = base().and_then(|base| resolve(&base, None)).filter(is_base);
                self.bases[0] = found.or(self.bases[0].take());
                self.feed.language = self.feed.language.take().or(language(&tag));
            }
            Field::Entry => {
                self.feed.damaged |= self.entry.is_some();
                self.end_entry();
                self.bases[1] = base().and_then(|base| resolve(&base, self.bases[0].as_ref())).filter(is_base);
                let address = tag.attribute("rdf:about").map(|about| about.into_owned());
                self.entry = Some(Entry { id: address, language: language(&tag), ..Entry::default() });
            }
            Field::Other => {
                self.reader.content(tag, &BORDERS);
            }
            field => {
                let content = self.reader.content(tag, &BORDERS);
                if self.entry.is_some() {
                    self.entry_field(field, &tag, content);
                } else {
                    self.feed_field(field, &tag, content);
                }
            }
        }
    }

    fn feed_field(&mut self, field: Field, tag: &Tag<'x>, content: Content) {
        let feed = &mut self.feed;
        match field {
            Field::Title => feed.title = feed.title.take().or_else(|| words(&content.html())),
            Field::Link => feed.address = feed.address.take().or_else(|| link(tag, &content)),
            Field::Language => feed.language = feed.language.take().or_else(|| text(&content)),
            _ => {}
        }
    }

    fn entry_field(&mut self, field: Field, tag: &Tag<'x>, content: Content) {
        let base = self.bases[1].as_ref().or(self.bases[0].as_ref());
        let Some(entry) = &mut self.entry else { return };
        let absolute = |address: String| match base {
            Some(base) => resolve(&address, Some(base)).map_or(address, String::from),
            None => address,
        };
        match field {
            Field::Title => entry.title = entry.title.take().or_else(|| words(&content.html())),
            Field::Link => entry.address = entry.address.take().or_else(|| link(tag, &content)).map(absolute),
            // What counts clicks stands in `link`; the article itself here.
            Field::OriginalLink => entry.address = text(&content).or(entry.address.take()),
            Field::Id => {
                let id = text(&content);
                let is_address = tag.attribute("isPermaLink").is_none_or(|is| !is.eq_ignore_ascii_case("false"));
                // An id that says it is none must not be taken for an address.
                let id = if is_address { id } else { id.map(|id| format!("id:{id}")) };
                entry.id = id.or(entry.id.take());
            }
            Field::Published => entry.published = entry.published.take().or_else(|| moment(&content.text)),
            Field::Updated => entry.updated = entry.updated.take().or_else(|| moment(&content.text)),
            Field::Author => entry.author = entry.author.take().or_else(|| author(&content)),
            Field::Language => entry.language = entry.language.take().or_else(|| text(&content)),
            Field::Source => entry.outlet = entry.outlet.take().or_else(|| source(&content)),
            Field::Content => {
                let media = tag.attribute("type").is_some_and(|kind| kind.contains('/') && !kind.contains("html"));
                let elsewhere = tag.attribute("src").is_some();
                let filled = html(tag, content).filter(|_| !elsewhere && !media);
                entry.content = longer(entry.content.take(), filled);
            }
            Field::Summary => entry.summary = longer(entry.summary.take(), html(tag, content)),
            Field::Feed | Field::Entry | Field::Other => {}
        }
    }
}

fn language(tag: &Tag<'_>) -> Option<String> {
    tag.attribute("xml:lang").map(|code| code.trim().to_owned()).filter(|code| !code.is_empty())
}

fn text(content: &Content) -> Option<String> {
    let text = content.text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn longer(have: Option<String>, found: Option<String>) -> Option<String> {
    match (have, found) {
        (Some(have), Some(found)) => Some(if found.len() > have.len() { found } else { have }),
        (have, found) => have.or(found),
    }
}

/// A text as HTML.
fn html(tag: &Tag<'_>, content: Content) -> Option<String> {
    let kind = tag.attribute("type");
    let plain = kind.is_some_and(|kind| kind.eq_ignore_ascii_case("text") || kind.eq_ignore_ascii_case("text/plain"));
    let html = if plain && !content.elements { escape(&content.text) } else { content.html() };
    (!html.trim().is_empty()).then_some(html)
}

/// Plain text as HTML, its line breaks kept.
fn escape(text: &str) -> String {
    let text = text.trim().replace('&', "&amp;").replace('<', "&lt;");
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
        html.push_str("<p>");
        html.push_str(paragraph);
        html.push_str("</p>\n");
    }
    html
}

/// The address in a link: its text in RSS, an attribute in Atom, where links of several kinds stand side by side.
fn link(tag: &Tag<'_>, content: &Content) -> Option<String> {
    let Some(address) = tag.attribute("href") else { return text(content) };
    let kind = tag.attribute("rel");
    let page = kind.is_none_or(|kind| kind.trim().is_empty() || kind.trim().eq_ignore_ascii_case("alternate"));
    (page && !address.trim().is_empty()).then(|| address.trim().to_owned())
}

/// The name in an author's element: Atom has elements in it, RSS `address (name)`.
fn author(content: &Content) -> Option<String> {
    if content.elements {
        let mut reader = Reader::new(&content.markup);
        while let Some(token) = reader.next() {
            if let Token::Start(tag) = token
                && super::xml::local(tag.name).eq_ignore_ascii_case("name")
            {
                return words(&reader.content(tag, &[]).text);
            }
        }
        return None;
    }
    let name = words(&content.text)?;
    match name.split_once('(') {
        Some((address, name)) if address.contains('@') => {
            let name = name.trim_end_matches(')').trim();
            (!name.is_empty()).then(|| name.to_owned())
        }
        _ => (!name.contains('@') && !name.contains("://")).then_some(name),
    }
}

/// The outlet that an entry was taken over from: a text in RSS, a feed's head in Atom.
fn source(content: &Content) -> Option<String> {
    if !content.elements {
        return words(&content.text);
    }
    let mut reader = Reader::new(&content.markup);
    while let Some(token) = reader.next() {
        if let Token::Start(tag) = token
            && super::xml::local(tag.name).eq_ignore_ascii_case("title")
        {
            return words(&reader.content(tag, &[]).html());
        }
    }
    None
}

#[cfg(test)]
mod tests;
