//! Feeds, lists of feeds, and sitemaps.

use tidings::stages::acquire::{Entry, read_feed, read_opml, read_sitemap};

/// Holds readers of feeds to their promises: whatever kind it says it is, each of them reads it.
pub fn feed(bytes: &[u8]) {
    let feed = read_feed(bytes, Some("https://example.com/feed"), None);
    entries(&feed.entries, bytes.len());
    let map = read_sitemap(bytes, Some("https://example.com/sitemap.xml"));
    entries(&map.pages, bytes.len());
    assert!(map.maps.len() <= bytes.len());
    let outlines = read_opml(bytes);
    let size: usize = outlines.iter().map(|outline| outline.address.len()).sum();
    assert!(size <= bytes.len() * 3, "{size} bytes of addresses of {}", bytes.len());
}

fn entries(entries: &[Entry], bytes: usize) {
    let mut size = 0;
    for entry in entries {
        let fields = [
            &entry.address,
            &entry.id,
            &entry.title,
            &entry.published,
            &entry.updated,
            &entry.language,
            &entry.author,
            &entry.content,
            &entry.summary,
            &entry.outlet,
        ];
        for field in fields.into_iter().flatten() {
            assert!(!field.is_empty(), "a field that says nothing: {entry:?}");
            size += field.len();
        }
    }
    // What an entry takes from its feed, the feed's name and the base of its address, is short.
    assert!(entries.len() <= bytes);
    assert!(size <= bytes * 12 + entries.len() * 8192, "{size} bytes of entries of {bytes}");
}
