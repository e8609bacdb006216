//! What a file holds, by its name and its first bytes.

use std::path::Path;

use super::xml;

/// What a file's name, or else its first bytes, say that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One document of plain text.
    Text,
    /// One document of HTML.
    Html,
    /// A document a line.
    Lines,
    /// A feed: a document an entry.
    Feed,
    /// Feeds' or pages' addresses and no document.
    Addresses,
    /// An archive of answers of servers.
    Warc,
    /// A ZIP archive of files.
    Zip,
    /// A TAR archive of files.
    Tar,
    /// A page saved as a mail, or a mail.
    Mail,
    /// XML or JSON which is none of these, and read only where the user names it.
    Data,
}

impl Kind {
    /// What the name says, a packer's ending aside; `None` where names like it hold no documents.
    pub(super) fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "txt" => Self::Text,
            "html" | "htm" | "xhtml" => Self::Html,
            "jsonl" | "ndjson" => Self::Lines,
            "rss" | "atom" | "rdf" => Self::Feed,
            "opml" => Self::Addresses,
            "warc" => Self::Warc,
            "zip" => Self::Zip,
            "tar" | "tgz" | "tzst" => Self::Tar,
            "mht" | "mhtml" | "eml" => Self::Mail,
            "xml" | "json" => Self::Data,
            _ => return None,
        })
    }

    /// What a file holds whose name says `named` and whose content, unpacked, begins with `head`. First bytes that
    /// only one format has are believed before the name: servers and people name files as they like.
    pub(super) fn of(named: Option<Self>, head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        // The frame of a dictionary stands in no other files.
        let warc: [&[u8]; 3] = [b"WARC/1.", b"WARC/0.", b"\x5d\x2a\x4d\x18"];
        if warc.iter().any(|mark| head.starts_with(mark)) {
            return Self::Warc;
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Tar;
        }
        if let Some(Self::Text | Self::Lines | Self::Warc | Self::Zip | Self::Tar | Self::Mail) = named {
            return named.unwrap_or(Self::Text);
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            Some(b'<') => of_xml(head).or(named).unwrap_or(Self::Html),
            Some(b'{') if is_json_feed(head) => Self::Feed,
            Some(b'{') => named.unwrap_or(Self::Lines),
            _ if named.is_none() && is_mail(head) => Self::Mail,
            _ if head.starts_with(b"\xff\xfe<\0") || head.starts_with(b"\xfe\xff\0<") => named.unwrap_or(Self::Html),
            _ => named.unwrap_or(Self::Text),
        }
    }
}

/// What the first element says.
fn of_xml(head: &[u8]) -> Option<Kind> {
    match xml::root(&String::from_utf8_lossy(head))?.as_str() {
        "rss" | "feed" | "rdf" => Some(Kind::Feed),
        "opml" | "urlset" | "sitemapindex" => Some(Kind::Addresses),
        "html" => Some(Kind::Html),
        _ => None,
    }
}

fn is_json_feed(head: &[u8]) -> bool {
    let mark = b"jsonfeed.org/version";
    head.windows(mark.len()).any(|bytes| bytes == mark)
}

/// Whether this begins as a mail does: lines of headers, among them the one that every mail with parts has.
fn is_mail(head: &[u8]) -> bool {
    let mut lines = head.split(|&byte| byte == b'\n');
    let header = |line: &&[u8]| {
        let name = line.iter().position(|&byte| byte == b':').map_or(&[][..], |at| &line[..at]);
        let named = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic());
        named || line.starts_with(b" ") || line.starts_with(b"\t")
    };
    let version = b"mime-version:";
    lines
        .by_ref()
        .take_while(header)
        .any(|line| line.get(..version.len()).is_some_and(|name| name.eq_ignore_ascii_case(version)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind() {
        let kind = |name: &str| Kind::of_name(Path::new(name));
        assert_eq!(kind("a/b.TXT"), Some(Kind::Text));
        assert_eq!(kind("b.htm.gz"), Some(Kind::Html));
        assert_eq!(kind("b.jsonl.zst"), Some(Kind::Lines));
        assert_eq!(kind("CC-NEWS-20241115-00001.warc.gz"), Some(Kind::Warc));
        assert_eq!(kind("pages.tgz"), Some(Kind::Tar));
        assert_eq!(kind("README.md"), None);
        assert_eq!(kind("txt"), None);
    }

    #[test]
    fn first_bytes_tell_the_kind() {
        for (head, kind) in [
            (&b"\xef\xbb\xbf\n {\"id\":1}"[..], Kind::Lines),
            (b"{\"version\": \"https://jsonfeed.org/version/1\"", Kind::Feed),
            (b"<!doctype html>", Kind::Html),
            (b"<div>x", Kind::Html),
            (b"<?xml version='1.0'?>\n<!-- made by x -->\n<rss>", Kind::Feed),
            (b"<?xml version='1.0'?><rdf:RDF xmlns='x'>", Kind::Feed),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", Kind::Feed),
            (b"<sitemapindex>", Kind::Addresses),
            (b"<opml version='1.0'>", Kind::Addresses),
            (b"WARC/1.0\r\n", Kind::Warc),
            (b"PK\x03\x04\x14", Kind::Zip),
            (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", Kind::Mail),
            (b"Cairo: the ministers met.\nMIME is a word.", Kind::Text),
            (b"", Kind::Text),
        ] {
            assert_eq!(Kind::of(None, head), kind, "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(Kind::of(Some(Kind::Html), b"<rss>"), Kind::Feed);
        assert_eq!(Kind::of(Some(Kind::Data), b"<config>"), Kind::Data);
        assert_eq!(Kind::of(Some(Kind::Text), b"<rss>"), Kind::Text);
        assert_eq!(Kind::of(Some(Kind::Text), b"WARC/1.1\r\n"), Kind::Warc);
    }
}
