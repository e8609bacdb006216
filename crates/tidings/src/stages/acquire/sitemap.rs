//! Sitemaps, those of news with them: what pages a site has.

use url::Url;

use super::date::moment;
use super::feed::Entry;
use super::xml::{Reader, Token, local};
use crate::language::charset;

/// A sitemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Other sitemaps, where this one is an index: address and day of the last change (ISO 8601).
    pub maps: Vec<(String, Option<String>)>,
    /// The pages, in the sitemap's order. Those of a news sitemap have a title and a date of publication.
    pub pages: Vec<Entry>,
    /// Whether something in it could not be read.
    pub damaged: bool,
}

/// Reads a sitemap, given unpacked. `address` is where it was read from, against which relative addresses stand.
///
/// ```
/// use tidings::stages::acquire::read_sitemap;
/// let xml = "<urlset><url><loc>https://example.com/a</loc><news:news><news:publication_date>2024-11-15\
///            </news:publication_date><news:title>Talks in Cairo</news:title></news:news></url></urlset>";
/// let page = &read_sitemap(xml.as_bytes(), None).pages[0];
/// assert_eq!(page.title.as_deref(), Some("Talks in Cairo"));
/// assert_eq!(page.published.as_deref(), Some("2024-11-15"));
/// ```
pub fn read_sitemap(bytes: &[u8], address: Option<&str>) -> Sitemap {
    let text = charset::decode(bytes, None, None).text;
    let base = address.and_then(|address| Url::parse(address).ok());
    let mut reader = Reader::new(&text);
    let mut map = Sitemap { damaged: true, ..Sitemap::default() };
    let mut page = Entry::default();
    while let Some(token) = reader.next() {
        match token {
            Token::Start(tag) => {
                let (prefix, name) = (tag.name.strip_suffix(local(tag.name)).unwrap_or_default(), local(tag.name));
                // Pictures and films of a page have addresses and titles of their own.
                let foreign = !matches!(prefix, "" | "news:" | "sm:" | "sitemap:" | "n:");
                let name = name.to_ascii_lowercase();
                match name.as_str() {
                    "url" | "sitemap" => page = Entry::default(),
                    _ if foreign => {}
                    "loc" | "lastmod" | "publication_date" | "title" | "name" | "language" => {
                        let text = reader.content(tag, &BORDERS).text;
                        let text = text.trim();
                        let said = || Some(text.to_owned()).filter(|text| !text.is_empty());
                        match name.as_str() {
                            "loc" => page.address = absolute(text, base.as_ref()).or_else(said),
                            "lastmod" => page.updated = moment(text),
                            "publication_date" => page.published = moment(text),
                            "title" => page.title = said(),
                            "name" => page.outlet = said(),
                            _ => page.language = said(),
                        }
                    }
                    _ => {}
                }
            }
            Token::End(name) => match local(name).to_ascii_lowercase().as_str() {
                "url" => {
                    let page = std::mem::take(&mut page);
                    map.pages.extend(Some(page).filter(|page| page.address.is_some()));
                }
                "sitemap" => {
                    let page = std::mem::take(&mut page);
                    map.maps.extend(page.address.map(|address| (address, page.updated)));
                }
                "urlset" | "sitemapindex" => map.damaged = false,
                _ => {}
            },
            Token::Text(_) | Token::Raw(_) => {}
        }
    }
    map.damaged |= reader.damaged;
    map
}

/// Elements at which every field ends, whether it was closed or not.
const BORDERS: [&str; 5] = ["url", "sitemap", "urlset", "sitemapindex", "news:news"];

fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let url = base.map_or_else(|| Url::parse(address), |base| base.join(address));
    url.ok().filter(|_| !address.is_empty()).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_sitemaps() {
        let map = read_sitemap(
            br#"<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://x/image"><url>
            <loc> /a?x=1&amp;y=2 </loc><lastmod>2024-11-16</lastmod><news:news><news:publication><news:name>Example News
            </news:name><news:language>tr</news:language></news:publication>
            <news:publication_date>2024-11-15T10:00:00+03:00</news:publication_date>
            <news:title><![CDATA[A & B]]></news:title></news:news>
            <image:image><image:loc>https://example.com/a.jpg</image:loc><image:title>Pic</image:title></image:image></url>
            <url><loc></loc></url><url><loc>https://example.com/b"#,
            Some("https://example.com/news.xml"),
        );
        assert!(map.damaged && map.maps.is_empty());
        assert_eq!(map.pages.len(), 1);
        let page = &map.pages[0];
        assert_eq!(page.address.as_deref(), Some("https://example.com/a?x=1&y=2"));
        assert_eq!((page.title.as_deref(), page.outlet.as_deref()), (Some("A & B"), Some("Example News")));
        assert_eq!((page.language.as_deref(), page.updated.as_deref()), (Some("tr"), Some("2024-11-16")));
        assert_eq!(page.published.as_deref(), Some("2024-11-15T10:00:00+03:00"));
    }

    #[test]
    fn indexes() {
        let map = read_sitemap(
            b"<sitemapindex><sitemap><loc>https://example.com/1.xml.gz</loc><lastmod>2024-11-16</lastmod></sitemap>\
              <sitemap><loc>https://example.com/2.xml</loc></sitemap></sitemapindex>",
            None,
        );
        assert!(!map.damaged && map.pages.is_empty());
        assert_eq!(map.maps[0], ("https://example.com/1.xml.gz".to_owned(), Some("2024-11-16".to_owned())));
        assert_eq!(map.maps[1].1, None);
    }
}
