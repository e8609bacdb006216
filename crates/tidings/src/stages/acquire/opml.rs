//! OPML: lists of feeds.

use super::xml::{Reader, Token};
use crate::language::charset;

/// A feed that a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The feed's address.
    pub address: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// The site that it is of.
    pub site: Option<String>,
}

/// The feeds that a list names, in its order, however deep they stand in its folders.
///
/// ```
/// use tidings::stages::acquire::read_opml;
/// let opml = "<opml><body><outline text='Egypt'><outline text='Example' xmlUrl='https://example.com/rss'/>";
/// assert_eq!(read_opml(opml.as_bytes())[0].address, "https://example.com/rss");
/// ```
pub fn read_opml(bytes: &[u8]) -> Vec<Outline> {
    let text = charset::decode(bytes, None, None).text;
    let mut feeds = Vec::new();
    for token in Reader::new(&text) {
        let Token::Start(tag) = token else { continue };
        if !tag.name.eq_ignore_ascii_case("outline") {
            continue;
        }
        let get =
            |name: &str| tag.attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let Some(address) = get("xmlUrl") else { continue };
        feeds.push(Outline { address, title: get("title").or_else(|| get("text")), site: get("htmlUrl") });
    }
    feeds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_do_not_matter() {
        let feeds = read_opml(
            br#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
            <outline text="A"><outline text="B"><outline text="x &amp; y" xmlurl="https://example.com/a?b&amp;c"
            htmlUrl="https://example.com/"/></outline></outline><outline text="no feed"/>
            <outline title="T" text="t" xmlUrl=" https://example.org/ "></outline>"#,
        );
        assert_eq!(feeds.len(), 2);
        assert_eq!(feeds[0].address, "https://example.com/a?b&c");
        assert_eq!(feeds[0].title.as_deref(), Some("x & y"));
        assert_eq!((feeds[1].address.as_str(), feeds[1].title.as_deref()), ("https://example.org/", Some("T")));
        assert_eq!(read_opml(b"\xff\xfe<"), []);
    }
}
