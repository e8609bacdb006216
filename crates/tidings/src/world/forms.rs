//! How a language writes what the world's tables hold.

use super::tables;

/// The form of a language in a `names` column that is meant for print: its first.
///
/// ```
/// assert_eq!(tidings::world::form_in("ru=Каир;vi=Cairo|Cai-rô", "vi"), Some("Cairo"));
/// assert_eq!(tidings::world::form_in("ru=Каир", "de"), None);
/// ```
pub fn form_in<'n>(names: &'n str, language: &str) -> Option<&'n str> {
    tables::forms(names, language).next()
}
