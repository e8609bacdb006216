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
    if let Some(mended) = mended(&text) {
        notes.push("text that had been decoded twice was mended".to_owned());
        return Cow::Owned(mended);
    }
    text
}

/// The text of one that was read twice: UTF-8 taken for Western European bytes, as archives and databases hold it.
///
/// Nobody writes the pairs of characters that come of that, so a page that holds them and hardly any other letter
/// outside ASCII is mended.
fn mended(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut good, mut bad, mut taken, mut at) = (0, 0, 0, 0);
    let mut bytes = Vec::new();
    while let Some(from) = text[at..].bytes().position(|byte| !byte.is_ascii()).map(|length| at + length) {
        let run = &text[from..];
        at = from + run.find(|c: char| c.is_ascii()).unwrap_or(run.len());
        bytes.clear();
        bytes.extend(text[from..at].chars().map_while(western));
        let whole = bytes.len() == text[from..at].chars().count();
        match std::str::from_utf8(&bytes) {
            Ok(run) if whole => {
                good += 1;
                out.push_str(&text[taken..from]);
                out.push_str(run);
                taken = at;
            }
            _ => bad += 1,
        }
        if bad > 1 + good / 20 {
            return None;
        }
    }
    out.push_str(&text[taken..]);
    (good >= 4).then_some(out)
}

/// The byte that windows-1252 has for a character, or Latin-1 where that has none.
fn western(c: char) -> Option<u8> {
    match u32::from(c) {
        0x80..=0xff => u8::try_from(u32::from(c)).ok(),
        _ => {
            let mut buffer = [0; 4];
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!lost && bytes.len() == 1).then(|| bytes[0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_twice_is_mended() {
        let once = "Ćwiczenia były już wczoraj, mówi żołnierz: „tak”.";
        let (twice, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(once.as_bytes());
        assert_eq!(mended(&twice).as_deref(), Some(once));
        let twice: String = once.bytes().map(char::from).collect();
        assert_eq!(mended(&twice).as_deref(), Some(once));
        assert_eq!(mended(once), None);
        assert_eq!(mended("Café à la crème, déjà vu, naïve, Ã‰, señor, façade"), None);
        assert_eq!(mended("ÑÈÄÒÅ ×ÀÑ, ÃÎÐÎÄ ÑÏÈÒ ÇÀ ÐÅÊÎÉ"), None);
    }
}
