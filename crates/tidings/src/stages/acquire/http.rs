//! Answers of servers: what a header says of a body, and the body without what it was packed in for the way.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::unpack::Zstd;

/// The fields that stand before a body: names in lower case, values without white space around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header(Vec<(String, String)>);

/// More fields than any server or mail program writes.
const FIELDS: usize = 1000;

impl Header {
    /// Reads lines up to an empty one, and says where the body begins. Lines that begin with white space go on from the
    /// one before; what is no field is passed over.
    pub fn read(bytes: &[u8]) -> (Self, usize) {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
            let line = bytes[at..end].trim_ascii_end();
            at = end;
            if line.is_empty() {
                break;
            }
            let text = String::from_utf8_lossy(line);
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':').filter(|_| fields.len() < FIELDS) {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        (Self(fields), at)
    }

    /// The first field of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    /// What the bytes are and what charset they declare: `text/html`, `windows-1256`.
    pub fn media_type(&self) -> (String, Option<String>) {
        let value = self.get("content-type").unwrap_or_default();
        let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (kind, parameter(value, "charset"))
    }
}

/// The parameter of that name: `text/html; charset="utf-8"`.
pub(super) fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (have, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (have.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The status of an answer, and what follows its first line.
pub(super) fn status(answer: &[u8]) -> Option<(u16, &[u8])> {
    let end = answer.iter().position(|&byte| byte == b'\n')?;
    let line = std::str::from_utf8(&answer[..end]).ok()?.trim();
    let mut words = line.split_whitespace();
    words.next().filter(|version| version.starts_with("HTTP/"))?;
    Some((words.next()?.parse().ok()?, &answer[end + 1..]))
}

/// What became of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// It is all there.
    Whole,
    /// It breaks off, or is damaged further on.
    Damaged,
    /// It goes on beyond the most that is read.
    TooLong,
}

/// Takes a body out of what its header says that it is packed in (chunks; gzip, deflate, br, zstd), up to `most` bytes.
/// Archives often keep the header and store the body unpacked: what is not packed stays as it is.
///
/// ```
/// use tidings::stages::acquire::{Body, Header, unpack_body};
/// let (header, _) = Header::read(b"Transfer-Encoding: chunked\r\n\r\n");
/// let (body, state) = unpack_body(&header, b"3\r\none\r\n0\r\n\r\n".to_vec(), 1000);
/// assert_eq!((body.as_slice(), state), (&b"one"[..], Body::Whole));
/// ```
pub fn unpack_body(header: &Header, mut bytes: Vec<u8>, most: usize) -> (Vec<u8>, Body) {
    let mut state = Body::Whole;
    if header.get("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
        && let Some((whole, ended)) = joined(&bytes)
    {
        bytes = whole;
        state = if ended { Body::Whole } else { Body::Damaged };
    }
    let packings = header.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    for packing in packings.rsplit(',').map(str::trim).take(4) {
        let most_read = most as u64 + 1;
        let mut unpacked = Vec::new();
        let packed = bytes.as_slice();
        let result = match packing {
            "gzip" | "x-gzip" if packed.starts_with(&[0x1f, 0x8b]) => {
                MultiGzDecoder::new(packed).take(most_read).read_to_end(&mut unpacked)
            }
            "deflate" => match packed.first().map(|byte| byte & 0x0f) {
                // The standard means zlib's wrapping, some servers send what is in it.
                Some(8) => ZlibDecoder::new(packed).take(most_read).read_to_end(&mut unpacked),
                _ => DeflateDecoder::new(packed).take(most_read).read_to_end(&mut unpacked),
            },
            "br" => Decompressor::new(packed, 1 << 12).take(most_read).read_to_end(&mut unpacked),
            "zstd" if packed.starts_with(&super::unpack::ZSTD) => {
                Zstd::new(packed).take(most_read).read_to_end(&mut unpacked)
            }
            _ => continue,
        };
        if unpacked.is_empty() {
            // It was no such packing, or nothing of it can be had.
            continue;
        }
        state = match result {
            Ok(_) if unpacked.len() > most => Body::TooLong,
            Ok(_) => state,
            Err(_) => Body::Damaged,
        };
        unpacked.truncate(most);
        bytes = unpacked;
    }
    if bytes.len() > most {
        bytes.truncate(most);
        state = Body::TooLong;
    }
    (bytes, state)
}

/// The chunks of a body as one, and whether the last was there; `None` where it is not in chunks.
fn joined(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let size = rest.iter().take(100).position(|&byte| byte == b'\n').and_then(|end| {
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            let digits = line.split(';').next()?.trim();
            rest = &rest[end + 1..];
            usize::from_str_radix(digits, 16).ok()
        });
        match size {
            None if whole.is_empty() => return None,
            None => return Some((whole, false)),
            Some(0) => return Some((whole, true)),
            Some(size) => {
                whole.extend_from_slice(&rest[..size.min(rest.len())]);
                if size >= rest.len() {
                    return Some((whole, false));
                }
                rest = &rest[size..];
                rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write};

    use super::*;

    fn body(header: &str, bytes: &[u8]) -> (String, Body) {
        let (header, _) = Header::read(header.as_bytes());
        let (bytes, state) = unpack_body(&header, bytes.to_vec(), 10_000);
        (String::from_utf8_lossy(&bytes).into_owned(), state)
    }

    #[test]
    fn headers_are_read_as_written() {
        let (header, at) =
            Header::read(b"Content-Type: text/HTML;\r\n  Charset=\"windows-1256\"\r\nnothing\nX: 1\n\nbody");
        assert_eq!(header.media_type(), ("text/html".to_owned(), Some("windows-1256".to_owned())));
        assert_eq!((header.get("x"), at), (Some("1"), 66));
        assert_eq!(status(b"HTTP/1.1 200 OK\r\nA: b").map(|(code, rest)| (code, rest.len())), Some((200, 4)));
        assert_eq!(status(b"<html>\n"), None);
    }

    #[test]
    fn bodies_come_out_of_their_packings() {
        let mut gzip = write::GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"the news").unwrap();
        let gzip = gzip.finish().unwrap();
        let mut raw = write::DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(b"the news").unwrap();
        let mut zlib = write::ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"the news").unwrap();
        // One stored block of brotli, as its specification lays it out.
        let brotli = [&b"\x8b\x03\x80"[..], b"the news", b"\x03"].concat();
        let whole = ("the news".to_owned(), Body::Whole);
        assert_eq!(body("Content-Encoding: gzip", &gzip), whole);
        assert_eq!(body("Content-Encoding: deflate", &raw.finish().unwrap()), whole);
        assert_eq!(body("Content-Encoding: deflate", &zlib.finish().unwrap()), whole);
        assert_eq!(body("Content-Encoding: br", &brotli), whole);
        assert_eq!(body("Content-Encoding: gzip", b"the news"), whole);
        let chunked = [format!("{:x};a=b\r\n", gzip.len()).as_bytes(), &gzip, b"\r\n0\r\n\r\n"].concat();
        assert_eq!(body("Transfer-Encoding: chunked\nContent-Encoding: gzip", &chunked), whole);
        assert_eq!(body("Transfer-Encoding: chunked", b"the news"), whole);
    }

    #[test]
    fn damage_and_bombs_are_bounded() {
        let mut gzip = write::GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&vec![b'a'; 9_000_000]).unwrap();
        let gzip = gzip.finish().unwrap();
        let (text, state) = body("Content-Encoding: gzip", &gzip);
        assert_eq!((text.len(), state), (10_000, Body::TooLong));
        assert_eq!(body("Content-Encoding: gzip", &gzip[..40]).1, Body::Damaged);
        assert_eq!(
            body("Transfer-Encoding: chunked", b"4\r\nnews\r\nffff\r\nis"),
            ("newsis".to_owned(), Body::Damaged)
        );
        assert_eq!(body("Transfer-Encoding: chunked", b"ffffffffffffffff\r\nnews").1, Body::Damaged);
        for packing in ["gzip", "br", "deflate", "zstd", "gzip, br, gzip, br, gzip, br"] {
            body(&format!("Content-Encoding: {packing}"), b"\x1f\x8b garbage \x28\xb5\x2f\xfd");
        }
    }
}
