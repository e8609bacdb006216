//! Pages saved as a mail (MHTML), and mails.

use encoding_rs::Encoding;

use super::base64;
use super::date::moment;
use super::http::{Header, parameter};
use crate::Error;
use crate::model::{DateSource, Page};

/// How deep parts may lie in one another, and how many there may be: more than any mail program writes.
const DEPTH: usize = 8;
const PARTS: usize = 10_000;

/// The page that a mail holds: the first HTML of it, or else the first text.
///
/// A browser that saves a page writes where and when it had it from; a mail has a subject, a sender and a date.
///
/// # Errors
///
/// Where no part of it is text.
///
/// ```
/// use tidings::stages::acquire::read_mail;
/// let saved = b"Snapshot-Content-Location: https://example.com/a\r\nMIME-Version: 1.0\r\n\
///               Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\
///               Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Talks =3D news\r\n--x--\r\n";
/// let page = read_mail(saved).unwrap();
/// assert_eq!(page.url.as_deref(), Some("https://example.com/a"));
/// assert_eq!(page.bytes, b"<p>Talks = news");
/// ```
pub fn read(bytes: &[u8]) -> Result<Page, Error> {
    let (header, at) = Header::read(bytes);
    let mut parts = Vec::new();
    collect(&header, &bytes[at..], DEPTH, &mut parts);
    let start = header.get("content-type").and_then(|value| parameter(value, "start"));
    let kind = |part: &Part<'_>| part.header.media_type().0;
    let is_html = |part: &&Part<'_>| matches!(kind(part).as_str(), "text/html" | "application/xhtml+xml");
    let root = parts
        .iter()
        .find(|part| start.is_some() && part.header.get("content-id") == start.as_deref())
        .filter(is_html)
        .or_else(|| parts.iter().find(is_html))
        .or_else(|| parts.iter().find(|part| matches!(kind(part).as_str(), "text/plain" | "")));
    let Some(root) = root else {
        return Err(Error::parse("no text in this mail").advice("save the page as HTML or MHTML"));
    };
    let address = |header: &Header, name: &str| {
        let address = header.get(name)?.trim_matches(['<', '>']);
        (address.starts_with("http://") || address.starts_with("https://")).then(|| address.to_owned())
    };
    let url = address(&header, "snapshot-content-location")
        .or_else(|| address(&root.header, "content-location"))
        .or_else(|| address(&header, "content-location"));
    let date = header.get("date").and_then(moment);
    let mut page =
        Page { html: is_html(&root), charset: root.header.media_type().1, bytes: root.decoded(), ..Page::default() };
    if url.is_some() {
        (page.url, page.fetched) = (url, date);
    } else {
        page.title = header.get("subject").map(words).filter(|title| !title.trim().is_empty());
        page.author = header.get("from").map(words).and_then(|from| sender(&from));
        (page.published, page.published_from) = (date, DateSource::Meta);
    }
    Ok(page)
}

struct Part<'m> {
    header: Header,
    body: &'m [u8],
}

impl Part<'_> {
    fn decoded(&self) -> Vec<u8> {
        match self.header.get("content-transfer-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => base64::decode_loosely(self.body),
            Some("quoted-printable") => quoted_printable(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// Collects the parts that hold no others.
fn collect<'m>(header: &Header, body: &'m [u8], depth: usize, parts: &mut Vec<Part<'m>>) {
    let boundary = header.get("content-type").and_then(|value| parameter(value, "boundary"));
    let many = header.media_type().0.starts_with("multipart/");
    let Some(boundary) = boundary.filter(|_| many && depth > 0) else {
        parts.push(Part { header: header.clone(), body });
        return;
    };
    let mut inner: Option<usize> = None;
    let mut at = 0;
    while at < body.len() && parts.len() < PARTS {
        let end = body[at..].iter().position(|&byte| byte == b'\n').map_or(body.len(), |end| at + end + 1);
        let line = body[at..end].trim_ascii_end();
        let mark = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes()));
        if let Some(rest) = mark.filter(|rest| rest.is_empty() || rest == b"--") {
            if let Some(from) = inner.take() {
                part(&body[from..at], depth, parts);
            }
            if rest == b"--" {
                return;
            }
            inner = Some(end);
        }
        at = end;
    }
    // The end was cut off.
    if let Some(from) = inner {
        part(&body[from..], depth, parts);
    }
}

fn part<'m>(bytes: &'m [u8], depth: usize, parts: &mut Vec<Part<'m>>) {
    // The line break before a boundary is the boundary's.
    let bytes = bytes.strip_suffix(b"\r\n").or(bytes.strip_suffix(b"\n")).unwrap_or(bytes);
    let (header, at) = Header::read(bytes);
    collect(&header, &bytes[at..], depth - 1, parts);
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let digit = |at: usize| body.get(at).and_then(|&byte| (byte as char).to_digit(16));
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'=' {
            bytes.push(body[at]);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            bytes.push((high * 16 + low) as u8);
            at += 3;
        } else if body[at + 1..].starts_with(b"\r\n") {
            at += 3;
        } else if body[at + 1..].starts_with(b"\n") {
            at += 2;
        } else {
            bytes.push(b'=');
            at += 1;
        }
    }
    bytes
}

/// The name in a sender: `Jane Doe <jane@example.com>`.
fn sender(from: &str) -> Option<String> {
    let name = from.split('<').next().unwrap_or_default().trim().trim_matches('"').trim();
    (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
}

/// A field's words, those decoded that are written as `=?charset?B?…?=`.
fn words(value: &str) -> String {
    let mut words = String::new();
    let mut rest = value;
    let mut decoded_before = false;
    while let Some(at) = rest.find("=?") {
        let between = &rest[..at];
        let Some((text, length)) = encoded_word(&rest[at..]) else {
            words.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            decoded_before = false;
            continue;
        };
        // White space between two such words is there for the line's length alone.
        if !(decoded_before && between.trim().is_empty()) {
            words.push_str(between);
        }
        words.push_str(&text);
        decoded_before = true;
        rest = &rest[at + length..];
    }
    words.push_str(rest);
    words
}

fn encoded_word(text: &str) -> Option<(String, usize)> {
    let mut parts = text[2..].splitn(4, '?');
    let (charset, how, coded, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    rest.starts_with('=').then_some(())?;
    let encoding = Encoding::for_label(charset.split('*').next()?.as_bytes())?;
    let bytes = match how {
        "B" | "b" => base64::decode_loosely(coded.as_bytes()),
        "Q" | "q" => quoted_printable(coded.replace('_', " ").as_bytes()),
        _ => return None,
    };
    let length = 2 + charset.len() + 1 + how.len() + 1 + coded.len() + 2;
    Some((encoding.decode_without_bom_handling(&bytes).0.into_owned(), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_page() {
        let page = read(
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/a\r\nSubject: x\r\n\
              Date: Fri, 15 Nov 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
              \ttype=\"text/html\";\r\n\tboundary=\"----Boundary--x----\"\r\n\r\n\r\n------Boundary--x----\r\n\
              Content-Type: text/css\r\nContent-Location: https://example.com/a.css\r\n\r\np {}\r\n\
              ------Boundary--x----\r\nContent-Type: text/html; charset=windows-1254\r\n\
              Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.com/b\r\n\r\n\
              <p>T=FCrkiye ve =\r\nM=FDs=FDr</p>\r\n------Boundary--x------\r\n",
        )
        .unwrap();
        assert_eq!(page.bytes, b"<p>T\xfcrkiye ve M\xfds\xfdr</p>");
        assert_eq!((page.charset.as_deref(), page.html), (Some("windows-1254"), true));
        assert_eq!(page.url.as_deref(), Some("https://example.com/a"));
        assert!(page.fetched.is_some_and(|at| at.starts_with("2024-11-15T10:00")) && page.published.is_none());
    }

    #[test]
    fn a_mail_with_alternatives() {
        let page = read(
            b"From: =?utf-8?Q?J=C3=A9r=C3=B4me?= <j@example.com>\nSubject: =?utf-8?B?TmV3?=\n =?utf-8?B?cw==?= of today\n\
              Date: Fri, 15 Nov 2024 10:00:00 +0200\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\
              Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\n\
              Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+\neDwv!cD4=\n--b--\n",
        )
        .unwrap();
        assert_eq!(page.bytes, b"<p>x</p>");
        assert_eq!(page.title.as_deref(), Some("News of today"));
        assert_eq!(page.author.as_deref(), Some("J\u{e9}r\u{f4}me"));
        assert_eq!(page.published.as_deref(), Some("2024-11-15T10:00+02:00"));
    }

    #[test]
    fn damage_is_bounded() {
        let nested: String =
            (0..50_000).map(|n| format!("Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n")).collect();
        read(nested.as_bytes()).unwrap_err();
        let many = format!("Content-Type: multipart/mixed; boundary=a\n\n{}", "--a\n\nx\n".repeat(50_000));
        assert_eq!(read(many.as_bytes()).unwrap().bytes, b"x");
        assert_eq!(read(b"").unwrap().bytes, b"");
        assert!(read(b"Content-Type: image/png\n\n\x89PNG").is_err());
        let cut =
            read(b"Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n<p>cut o").unwrap();
        assert_eq!(cut.bytes, b"<p>cut o");
    }
}
