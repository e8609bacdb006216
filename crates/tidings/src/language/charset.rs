//! Bytes to text: which charset something is written in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1254};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The bytes of a head in which a declaration of the charset is looked for.
const HEAD: usize = 4096;

/// What [`decode`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// Whether bytes that do not fit the charset were replaced by U+FFFD.
    pub damaged: bool,
    /// The charset that it was read in, as WHATWG names it.
    pub charset: &'static str,
}

/// The text that `bytes` stand for.
///
/// In this order: a byte order mark, UTF-8 that is valid beyond doubt, what `header` (that of the HTTP answer or of a
/// mail's part) declares, what the head of the bytes declares, and a guess from the bytes and the `country` of their
/// address, given as the last part of the host. A declaration that the bytes do not bear out is passed over.
///
/// ```
/// use tidings::language::charset::decode;
/// assert_eq!(decode(b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("windows-1251"), None).text, "Привет");
/// assert_eq!(decode("déjà".as_bytes(), Some("iso-8859-1"), None).text, "déjà");
/// ```
pub fn decode<'b>(bytes: &'b [u8], header: Option<&str>, country: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return read(encoding, &bytes[length..]);
    }
    // A single false byte in a text that is otherwise UTF-8 is damage and no other charset.
    let wrong = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let beyond_ascii = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if beyond_ascii > 0 && wrong * 50 < beyond_ascii {
        return read(UTF_8, bytes);
    }
    let header = header.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let wide = |encoding: &Encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    if beyond_ascii == 0 && !bytes.contains(&0x1b) && !(header.is_some_and(wide) && bytes.contains(&0)) {
        return read(UTF_8, bytes);
    }
    // A declaration that can be read byte by byte is not written in two bytes a letter.
    let own = declared(&bytes[..bytes.len().min(HEAD)]).filter(|own| !wide(own));
    // Latin-1 is what servers say of files that they know nothing of.
    let pair = if header == Some(WINDOWS_1252) { [own, header] } else { [header, own] };
    for encoding in pair.into_iter().flatten().filter(|encoding| *encoding != UTF_8) {
        if is_latin(encoding) && crowded(bytes, beyond_ascii) {
            continue;
        }
        let decoded = read(encoding, bytes);
        if !decoded.damaged || decoded.text.matches('\u{fffd}').count() * 50 < beyond_ascii {
            return decoded;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    // The detector takes nothing but what a domain is written in.
    let written = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let country = country.map(str::as_bytes).filter(|country| country.iter().all(|byte| written(*byte)));
    read(detector.guess(country, Utf8Detection::Allow), bytes)
}

fn read<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (mut text, damaged) = encoding.decode_without_bom_handling(bytes);
    // Charsets of one byte a letter hold Vietnamese as letter and mark; the rest of the world writes one letter.
    if encoding != UTF_8 && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = Cow::Owned(text.nfc().collect());
    }
    Decoded { text, damaged, charset: encoding.name() }
}

fn is_latin(encoding: &'static Encoding) -> bool {
    encoding == WINDOWS_1252 || encoding == WINDOWS_1254 || encoding == ISO_8859_15
}

/// Whether the bytes beyond ASCII stand beside one another as in no language of Latin letters: these charsets read
/// any byte as a letter, so that only the letters' company tells that the declaration is wrong.
fn crowded(bytes: &[u8], beyond_ascii: usize) -> bool {
    let beside = bytes.windows(2).filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii()).count();
    beyond_ascii >= 8 && beside * 2 > beyond_ascii
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

    fn read(bytes: &[u8], country: Option<&str>) -> (String, bool) {
        let decoded = decode(bytes, None, country);
        (decoded.text.into_owned(), decoded.damaged)
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn marks_and_declarations_are_believed() {
        assert_eq!(read(b"\xff\xfea\0b\0", None), ("ab".into(), false));
        assert_eq!(read("\u{feff}Hà Nội".as_bytes(), None), ("Hà Nội".into(), false));
        let page = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'><p>التقى الوزيران</p>";
        assert_eq!(read(&encoded(page, "windows-1256"), None), (page.into(), false));
        // What is valid UTF-8 is UTF-8, whatever the template says.
        let page = "<meta charset=iso-8859-1><p>Gürak à Ankara</p>";
        assert_eq!(read(page.as_bytes(), None), (page.into(), false));
    }

    #[test]
    fn a_header_is_believed_where_the_bytes_bear_it_out() {
        for (label, text) in [
            ("windows-1256", "التقى رئيس الأركان نظيره التركي"),
            ("windows-1254", "Türkiye ile Mısır arasındaki görüşmeler"),
            ("windows-874", "รัฐมนตรีทั้งสองพบกันที่กรุงเทพฯ"),
            ("GBK", "两国部长星期四在开罗会晤"),
            ("big5", "兩國部長星期四在開羅會晤"),
            ("Shift_JIS", "両国の外相が木曜日に会談した"),
            ("euc-kr", "양국 장관이 목요일 카이로에서 만났다"),
            ("koi8-r", "Министры встретились в Каире"),
            ("iso-8859-2", "Ministři se sešli v Káhiře a jednali o spolupráci při zásobování"),
        ] {
            let bytes = encoded(text, label);
            assert_eq!(decode(&bytes, Some(label), None).text, text, "{label}");
            assert_ne!(decode(&bytes, Some("utf-8"), None).charset, "UTF-8", "{label}");
        }
        // Vietnamese of Windows writes some marks behind their letters.
        assert_eq!(decode(b"T\xf4\xd2ng th\xf4\xecng", Some("windows-1258"), None).text, "Tổng thống");
        assert_eq!(decode(b"M\0i\0n\0", Some("utf-16le"), None).text, "Min");
    }

    #[test]
    fn a_wrong_header_is_overruled() {
        let russian = "<meta charset=windows-1251><p>Министры встретились в Каире и обсудили сотрудничество";
        let bytes = encoded(russian, "windows-1251");
        for header in ["iso-8859-1", "utf-8", "shift_jis", "nonsense", ""] {
            assert_eq!(decode(&bytes, Some(header), None).text, russian, "{header}");
        }
        let bare = encoded("Министры встретились в Каире и обсудили сотрудничество", "windows-1251");
        assert!(decode(&bare, Some("iso-8859-1"), None).text.starts_with("Министры"));
        // One damaged byte does not make another charset.
        let mut bytes = encoded(&"两国部长星期四在开罗会晤。".repeat(9), "gbk");
        bytes.push(0xff);
        assert!(decode(&bytes, Some("gbk"), None).text.starts_with("两国部长"));
    }

    #[test]
    fn undeclared_charsets_are_guessed() {
        let arabic = "التقى رئيس الأركان نظيره التركي في القاهرة وبحثا التعاون بين البلدين";
        assert_eq!(read(&encoded(arabic, "windows-1256"), Some("com")).0, arabic);
        let turkish = "Türkiye ile Mısır arasındaki görüşmelerde işbirliği konuları ele alındı, çalışmalar sürüyor";
        assert_eq!(read(&encoded(turkish, "windows-1254"), Some("tr")).0, turkish);
        let russian = "Министры встретились в Каире и обсудили сотрудничество";
        assert_eq!(read(&encoded(russian, "windows-1251"), None).0, russian);
    }

    #[test]
    fn a_false_byte_is_damage() {
        let mut bytes =
            "Tổng thống và Bộ trưởng đã gặp nhau tại thủ đô ngày hôm qua để thảo luận về hợp tác".as_bytes().to_vec();
        bytes.push(0xff);
        let (text, damaged) = read(&bytes, None);
        assert!(text.starts_with("Tổng thống") && text.ends_with('\u{fffd}') && damaged);
    }
}
