//! A name as its consonants, the same in every script.

/// The letters that a name keeps when it is written in other scripts and by other rules.
///
/// Vowels come and go between scripts, and so do letters that stand for neighbouring sounds: they are made one
/// (b p f v, g j, k q c, all hissing sounds). A vowel at the beginning is kept as `a`; `h` and the half vowels are
/// dropped. A name of which less than two consonants remain is too common to say anything.
///
/// ```
/// use tidings::stages::merge::skeleton;
/// assert_eq!(skeleton("Gürak"), skeleton("gurak"));
/// ```
pub fn skeleton(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    for c in word.chars() {
        match c.to_lowercase().next().unwrap_or(c) {
            // Hissing letters that a plain reading would make stops.
            '\u{E7}' | '\u{107}' | '\u{10D}' | '\u{15D}' | '\u{15F}' | '\u{161}' | '\u{15B}' | '\u{219}' => {
                latin.push('s');
            }
            // Arabic letters that Latin forms drop or write as vowels.
            '\u{639}' | '\u{621}' => latin.push('a'),
            '\u{629}' => {}
            // The Turkish soft g is kept by those who write names without it.
            '\u{11F}' => latin.push('g'),
            c => latin.push_str(any_ascii::any_ascii_char(c)),
        }
    }
    latin.make_ascii_lowercase();
    let letters: Vec<u8> = latin.bytes().filter(u8::is_ascii_lowercase).collect();
    let mut out = String::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (sound, length) = sound(rest, at == 0);
        if let Some(sound) = sound
            && !out.ends_with(sound)
        {
            out.push(sound);
        }
        at += length;
    }
    out
}

/// The sound that the letters begin with, and how many letters write it.
fn sound(rest: &[u8], initial: bool) -> (Option<char>, usize) {
    const GROUPS: [(&[u8], char); 19] = [
        (b"dsch", 'g'),
        (b"tsch", 's'),
        (b"dzh", 'g'),
        (b"tch", 's'),
        (b"sch", 's'),
        (b"dj", 'g'),
        (b"dh", 'd'),
        (b"th", 't'),
        (b"ph", 'b'),
        (b"kh", 'k'),
        (b"gh", 'g'),
        (b"sh", 's'),
        (b"ch", 's'),
        (b"zh", 's'),
        (b"ck", 'k'),
        (b"ts", 's'),
        (b"tz", 's'),
        (b"cz", 's'),
        (b"sz", 's'),
    ];
    for (letters, sound) in GROUPS {
        if rest.starts_with(letters) {
            return (Some(sound), letters.len());
        }
    }
    let one = match rest[0] {
        b'b' | b'p' | b'f' | b'v' => Some('b'),
        b'g' | b'j' => Some('g'),
        b'k' | b'q' | b'x' => Some('k'),
        b'c' => Some(if matches!(rest.get(1), Some(b'e' | b'i' | b'y')) { 's' } else { 'k' }),
        b's' | b'z' => Some('s'),
        b'd' => Some('d'),
        b't' => Some('t'),
        b'l' => Some('l'),
        b'm' => Some('m'),
        b'n' => Some('n'),
        b'r' => Some('r'),
        b'w' if initial => Some('b'),
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' if initial => Some('a'),
        _ => None,
    };
    (one, 1)
}
