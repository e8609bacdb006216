//! Base64, as `html_base64` of an input line carries it.

/// The bytes that `text` stands for: the usual or the URL-safe alphabet, with or without padding, white space
/// ignored. `None` where another character stands in it.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0u32, 0u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' | b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// The bytes that the characters of the alphabet stand for, whatever else stands between them: mails are mended on
/// their way and may hold anything.
pub(super) fn decode_loosely(text: &[u8]) -> Vec<u8> {
    let of_alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-/_".contains(byte);
    let text: String = text.iter().filter(|byte| of_alphabet(byte)).map(|&byte| byte as char).collect();
    decode(&text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn bytes_come_back() {
        assert_eq!(decode("TmV3cw==").as_deref(), Some(&b"News"[..]));
        assert_eq!(decode("TmV3\ncw").as_deref(), Some(&b"News"[..]));
        assert_eq!(decode("-_8=").as_deref(), Some(&[0xfb, 0xff][..]));
        assert_eq!(decode("").as_deref(), Some(&[][..]));
        assert_eq!(decode("T*V3"), None);
    }
}
