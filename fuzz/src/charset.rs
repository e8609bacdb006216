//! Bytes of any charset.

use tidings::language::charset::decode;

const HEADERS: [Option<&str>; 16] = [
    None,
    None,
    None,
    Some("utf-8"),
    Some("iso-8859-1"),
    Some("windows-1251"),
    Some("windows-1256"),
    Some("windows-1258"),
    Some("utf-16le"),
    Some("utf-16be"),
    Some("gbk"),
    Some("big5"),
    Some("shift_jis"),
    Some("iso-2022-jp"),
    Some("koi8-r"),
    Some("no such charset"),
];
const COUNTRIES: [Option<&str>; 4] = [None, Some("tr"), Some("com"), Some("\u{1F4F0}")];

/// Holds decoding to its promises. The first byte says what the header declares, and the country.
pub fn charset(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let header = HEADERS[usize::from(choice % 16)];
    let decoded = decode(bytes, header, COUNTRIES[usize::from(choice >> 4) % 4]);
    // A byte is three at most, and its letter and mark come apart into no more than three letters.
    assert!(decoded.text.len() <= bytes.len() * 9 + 9, "{} bytes became {}", bytes.len(), decoded.text.len());
    assert!(
        !decoded.text.starts_with('\u{feff}') || bytes.starts_with(b"\xef\xbb\xbf\xef\xbb\xbf") || !bytes.is_ascii()
    );
    if decoded.damaged {
        assert!(decoded.text.contains('\u{fffd}'), "damage leaves its mark");
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.is_ascii()
        && !text.starts_with('\u{feff}')
    {
        assert_eq!(decoded.text, text, "valid UTF-8 is UTF-8, whatever is said of it");
    }
    if bytes.is_ascii() && !bytes.contains(&0x1b) && !bytes.contains(&0) {
        assert_eq!(decoded.text.as_bytes(), bytes, "ASCII is ASCII");
        assert!(!decoded.damaged);
    }
}
