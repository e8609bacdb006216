//! Bytes to text: which charset a page is written in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use super::address;
use crate::model::Page;

/// The bytes of a head in which a declaration of the charset is looked for.
const HEAD: usize = 4096;

/// The text of a page, without a byte order mark.
///
/// The order is: a byte order mark, UTF-8 that is valid beyond doubt, the page's own declaration, and a guess from
/// the bytes and the country of the address. Bytes that do not fit are replaced, and noted.
pub(super) fn decode<'p>(page: &'p Page, notes: &mut Vec<String>) -> Cow<'p, str> {
    let bytes = page.bytes.as_slice();
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if page.decoded => (UTF_8, bytes),
        None => (choose(page), bytes),
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        notes.push("damaged characters were replaced".to_owned());
    }
    // Charsets of one byte a letter hold Vietnamese as letter and mark; the rest of the world writes one letter.
    if encoding != UTF_8 && is_nfc_quick(text.chars()) != unicode_normalization::IsNormalized::Yes {
        return Cow::Owned(text.nfc().collect());
    }
    text
}

fn choose(page: &Page) -> &'static Encoding {
    let bytes = page.bytes.as_slice();
    // A single false byte in a page that is otherwise UTF-8 is damage and no other charset.
    let wrong = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let beyond_ascii = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if beyond_ascii > 0 && wrong * 50 < beyond_ascii {
        return UTF_8;
    }
    if let Some(declared) = declared(&bytes[..bytes.len().min(HEAD)])
        && declared != UTF_8
        && !declared.decode_without_bom_handling(bytes).1
    {
        return declared;
    }
    if beyond_ascii == 0 && !bytes.contains(&0x1b) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let country = page.url.as_deref().and_then(address::top_level);
    detector.guess(country.as_deref().map(str::as_bytes), Utf8Detection::Allow)
}

/// The charset that a head declares: `charset=` of a meta element, or `encoding=` of an XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        head.match_indices(key).find_map(|(at, key)| {
            let rest = head[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(rest.len());
            Encoding::for_label(&rest.as_bytes()[..end])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], url: Option<&str>) -> (String, usize) {
        let page = Page { bytes: bytes.to_vec(), url: url.map(str::to_owned), ..Page::default() };
        let mut notes = Vec::new();
        (decode(&page, &mut notes).into_owned(), notes.len())
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn marks_and_declarations_are_believed() {
        assert_eq!(read(b"\xff\xfea\0b\0", None), ("ab".into(), 0));
        assert_eq!(read("\u{feff}Hà Nội".as_bytes(), None), ("Hà Nội".into(), 0));
        let page = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'><p>التقى الوزيران</p>";
        assert_eq!(read(&encoded(page, "windows-1256"), None), (page.into(), 0));
        // What is valid UTF-8 is UTF-8, whatever the template says.
        let page = "<meta charset=iso-8859-1><p>Gürak à Ankara</p>";
        assert_eq!(read(page.as_bytes(), None), (page.into(), 0));
    }

    #[test]
    fn undeclared_charsets_are_guessed() {
        let arabic = "التقى رئيس الأركان نظيره التركي في القاهرة وبحثا التعاون بين البلدين";
        assert_eq!(read(&encoded(arabic, "windows-1256"), Some("https://example.com/a")).0, arabic);
        let turkish = "Türkiye ile Mısır arasındaki görüşmelerde işbirliği konuları ele alındı, çalışmalar sürüyor";
        assert_eq!(read(&encoded(turkish, "windows-1254"), Some("https://ornek.com.tr/")).0, turkish);
        let russian = "Министры встретились в Каире и обсудили сотрудничество";
        assert_eq!(read(&encoded(russian, "windows-1251"), None).0, russian);
    }

    #[test]
    fn a_false_byte_is_damage() {
        let mut bytes =
            "Tổng thống và Bộ trưởng đã gặp nhau tại thủ đô ngày hôm qua để thảo luận về hợp tác".as_bytes().to_vec();
        bytes.push(0xff);
        let (text, notes) = read(&bytes, None);
        assert!(text.starts_with("Tổng thống") && text.ends_with('\u{fffd}'));
        assert_eq!(notes, 1);
    }
}
