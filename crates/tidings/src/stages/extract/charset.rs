//! The text of a page's bytes.

use std::borrow::Cow;

use super::address;
use crate::language::charset;
use crate::model::Page;

/// The text of a page, without a byte order mark. Bytes that do not fit its charset are replaced, and noted.
pub(super) fn decode<'p>(page: &'p Page, notes: &mut Vec<String>) -> Cow<'p, str> {
    let (text, damaged) = if page.decoded {
        let bytes = page.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&page.bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (String::from_utf8_lossy(bytes), true),
        }
    } else {
        let country = page.url.as_deref().and_then(address::top_level);
        let decoded = charset::decode(&page.bytes, page.charset.as_deref(), country.as_deref());
        (decoded.text, decoded.damaged)
    };
    if damaged {
        notes.push("damaged characters were replaced".to_owned());
    }
    text
}
