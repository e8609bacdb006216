//! What is looked at of a text, and in which script it is written.

use std::borrow::Cow;

use super::script::Script;

/// Bytes of a text that are looked at; more would not change the answer.
const ENOUGH: usize = 2048;
/// From how many places of a longer text they are taken: its beginning may be a menu, its end a form.
const PLACES: usize = 4;

/// A text, or pieces from several places of a long one.
pub(super) fn sample(text: &str) -> Cow<'_, str> {
    if text.len() <= ENOUGH {
        return Cow::Borrowed(text);
    }
    let floor = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let piece = ENOUGH / PLACES;
    let mut pieces = String::with_capacity(ENOUGH + PLACES);
    for place in 0..PLACES {
        // The first piece begins with the text and the last one ends with it.
        let start = floor((text.len() - piece) / (PLACES - 1) * place);
        let end = floor(start + piece);
        let whole = &text[start..end];
        // Cut words are left out where there are spaces.
        let from = if place == 0 { 0 } else { whole.find(char::is_whitespace).unwrap_or(0) };
        let to = whole.rfind(char::is_whitespace).filter(|&to| to > from).unwrap_or(whole.len());
        pieces.push_str(&whole[from..to]);
        pieces.push('\n');
    }
    Cow::Owned(pieces)
}

/// The script that a text is written in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    pub(super) script: Script,
    /// How many letters of it there are.
    pub(super) letters: usize,
    /// Their share among all letters.
    pub(super) share: f32,
}

/// The script that most of a text's words belong to.
pub(super) fn main_script(text: &str) -> Option<Written> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let mut all = 0;
    for script in text.chars().filter_map(Script::of) {
        all += 1;
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let of = |script| counts.iter().find(|(known, _)| *known == script).map_or(0, |(_, count)| *count);
    let (kana, han) = (of(Script::Jpan), of(Script::Hani));
    // Japanese is written in both; a Chinese text holds a kana at most in a name.
    if kana * 20 > han && kana > 0 {
        counts.retain(|(script, _)| !matches!(script, Script::Jpan | Script::Hani));
        counts.push((Script::Jpan, kana + han));
    }
    // A character of Han says about as much as three letters of Latin, and one of other scripts more than these too:
    // names, addresses and program text are Latin in texts of every language.
    let weight = |(script, count): &(Script, usize)| match script {
        Script::Latn => *count,
        Script::Hani | Script::Jpan | Script::Hang => count * 3,
        _ => count * 2,
    };
    let counted = counts.iter().max_by_key(|counted| (weight(counted), std::cmp::Reverse(counted.0)))?;
    let (script, letters) = *counted;
    Some(Written { script, letters, share: letters as f32 / all as f32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_looked_at_from_its_beginning_to_its_end() {
        let text = format!("{}{}{}", "alpha ".repeat(2000), "beta ".repeat(2000), "\u{e9}\u{e9} ".repeat(2000));
        let found = sample(&text);
        assert!(found.len() <= ENOUGH + PLACES);
        for word in ["alpha", "beta", "\u{e9}\u{e9}"] {
            assert!(found.split_whitespace().any(|found| found == word), "{word}");
        }
        assert!(found.split_whitespace().all(|word| ["alpha", "beta", "\u{e9}\u{e9}"].contains(&word)));
        assert_eq!(sample("short"), "short");
        assert!(sample(&"a".repeat(1 << 20)).len() <= ENOUGH + PLACES);
    }

    #[test]
    fn latin_names_do_not_make_a_text_latin() {
        let script = |text| main_script(text).map(|written| written.script);
        assert_eq!(script("\u{642}\u{627}\u{644} Boeing 737 MAX"), Some(Script::Latn));
        assert_eq!(
            script("\u{642}\u{627}\u{644} \u{627}\u{644}\u{645}\u{62f}\u{64a}\u{631} Boeing 737 MAX"),
            Some(Script::Arab)
        );
        assert_eq!(script("12:30 \u{1f600}"), None);
    }
}
