//! The names of a feed's elements.

use std::collections::BTreeMap;

use crate::stages::acquire::xml::{Tag, local};

/// What an element of a feed is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The feed itself.
    Feed,
    /// One article.
    Entry,
    Title,
    Link,
    /// The article's own address, where `link` leads over a counter.
    OriginalLink,
    Id,
    Published,
    Updated,
    Author,
    Language,
    /// Where an entry was taken over from.
    Source,
    Content,
    Summary,
    /// Something whose inner elements are not the entry's: pictures, input boxes.
    Other,
}

/// The vocabularies that a prefix may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vocabulary {
    /// RSS and Atom themselves.
    Feed,
    Content,
    Dublin,
    Feedburner,
    Other,
}

/// Knows what prefixes stand for: as declared, or else as everybody writes them.
#[derive(Default)]
pub(super) struct Names {
    declared: BTreeMap<String, Vocabulary>,
}

/// More prefixes than any feed declares.
const PREFIXES: usize = 64;

impl Names {
    /// Takes the declarations of a tag.
    pub(super) fn declare(&mut self, tag: &Tag<'_>) {
        for (name, value) in tag.attributes() {
            let Some(prefix) = name.strip_prefix("xmlns:").filter(|_| self.declared.len() < PREFIXES) else { continue };
            let has = |part: &str| value.contains(part);
            let vocabulary = match () {
                () if has("purl.org/rss/1.0/modules/content") => Vocabulary::Content,
                () if has("purl.org/dc/") => Vocabulary::Dublin,
                () if has("w3.org/2005/Atom") || has("purl.org/atom/") => Vocabulary::Feed,
                () if has("purl.org/rss/1.0/") && !has("modules") => Vocabulary::Feed,
                () if has("feedburner") => Vocabulary::Feedburner,
                () => Vocabulary::Other,
            };
            self.declared.insert(prefix.to_ascii_lowercase(), vocabulary);
        }
    }

    /// What the element of that name is for; `None` for what only holds others.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        let name = name.to_ascii_lowercase();
        let inner = local(&name);
        let vocabulary = match name.strip_suffix(inner).and_then(|prefix| prefix.strip_suffix(':')) {
            None => Vocabulary::Feed,
            Some("rdf") if inner == "rdf" => return Some(Field::Feed),
            Some(prefix) => match (self.declared.get(prefix), prefix) {
                (Some(vocabulary), _) => *vocabulary,
                (None, "content") => Vocabulary::Content,
                (None, "dc" | "dcterms") => Vocabulary::Dublin,
                (None, "atom" | "rss") => Vocabulary::Feed,
                (None, "feedburner") => Vocabulary::Feedburner,
                (None, _) => Vocabulary::Other,
            },
        };
        match (vocabulary, inner) {
            (Vocabulary::Feed, _) => of_feed(inner),
            (Vocabulary::Content, "encoded") => Some(Field::Content),
            (Vocabulary::Dublin, "title") => Some(Field::Title),
            (Vocabulary::Dublin, "creator") => Some(Field::Author),
            (Vocabulary::Dublin, "date" | "issued" | "created") => Some(Field::Published),
            (Vocabulary::Dublin, "modified") => Some(Field::Updated),
            (Vocabulary::Dublin, "language") => Some(Field::Language),
            (Vocabulary::Dublin, "description") => Some(Field::Summary),
            (Vocabulary::Feedburner, "origlink") => Some(Field::OriginalLink),
            // A group of media has titles and descriptions of its own, all of them with its prefix.
            (Vocabulary::Content | Vocabulary::Dublin | Vocabulary::Feedburner | Vocabulary::Other, _) => None,
        }
    }
}

fn of_feed(name: &str) -> Option<Field> {
    Some(match name {
        "rss" | "feed" | "rdf" => Field::Feed,
        "item" | "entry" => Field::Entry,
        "title" => Field::Title,
        "link" => Field::Link,
        "guid" | "id" => Field::Id,
        "pubdate" | "published" | "issued" | "created" => Field::Published,
        "updated" | "modified" => Field::Updated,
        "author" => Field::Author,
        "language" => Field::Language,
        "source" => Field::Source,
        "content" => Field::Content,
        "description" | "summary" | "tagline" | "subtitle" => Field::Summary,
        "image" | "textinput" | "contributor" | "category" | "enclosure" | "cloud" => Field::Other,
        _ => return None,
    })
}
