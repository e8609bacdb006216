//! Which language a text is written in, told from its script, its letters and its usual words.
//!
//! The script decides first, and where one language has it for itself that is the end. Languages that share a
//! script are told apart by how likely each would write the words (`spelling`), from a table that
//! `tools/identify` builds (`table`) and from the hand-written usual words beside it (`listed`); Chinese and
//! Japanese characters by those that one writes and the other does not (`characters`).
//!
//! A text that holds no words of a language, or that no language would write, has none.

mod characters;
mod identifier;
mod listed;
mod sample;
mod script;
mod spelling;
mod table;
mod words;

use std::sync::OnceLock;

pub(crate) use identifier::Identifier;
pub(crate) use script::Script;

/// The language of a text (BCP 47, as short as it can be) and how sure that is, from 0 to 1; `None` where the text
/// holds no words to tell it by.
///
/// The figure is how often such an answer is right: of texts with 0.9, nine in ten. A long text is looked at in
/// several places and not throughout.
///
/// ```
/// use tidings::language::identify;
/// assert_eq!(identify("The ministers met in Cairo on Thursday.").unwrap().0, "en");
/// assert!(identify("16/11/2024 16:03").is_none());
/// assert!(identify("xk3 qzvwt 0x7f bcdfg").is_none());
/// ```
pub fn identify(text: &str) -> Option<(&'static str, f32)> {
    embedded().identify(text)
}

/// The language of a line that stands in a text of another language, and how sure that is; `None` where the line may
/// well be of the text's language `main`, or where it is too short to say.
///
/// It is meant for the links, menus, captions and comments of a page whose language is known. Names decide nothing,
/// and neither does the difference between two scripts of one language.
///
/// ```
/// use tidings::language::foreign;
/// assert_eq!(foreign("Read more of our latest stories", "vi").unwrap().0, "en");
/// assert!(foreign("Recep Tayyip Erdogan", "vi").is_none());
/// assert!(foreign("Thủ tướng đã gặp các bộ trưởng", "vi").is_none());
/// ```
pub fn foreign(line: &str, main: &str) -> Option<(&'static str, f32)> {
    embedded().foreign(line, main)
}

/// Whether a text holds letters of the script that a sample is written in.
pub(crate) fn holds_script_of(text: &str, sample: &str) -> bool {
    let script = sample.chars().find_map(Script::of);
    text.chars().any(|c| Script::of(c) == script)
}

fn embedded() -> &'static Identifier {
    static EMBEDDED: OnceLock<Identifier> = OnceLock::new();
    EMBEDDED.get_or_init(|| Identifier::new(tidings_data::file(Identifier::LIST).unwrap_or_default(), false))
}

#[cfg(test)]
mod tests;
