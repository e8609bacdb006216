//! Who signed an article: people apart from the agencies and outlets that stand beside them or in their place.

use crate::world::Outlets;

/// Marks that part those who signed.
const PARTING: [char; 9] = [',', ';', '/', '|', '(', ')', '\u{60C}', '\u{3001}', '\u{B7}'];

/// The people of an author's line as it is, or without what is no person; and the outlets named there, which are
/// sources of the text.
pub(super) fn apart(author: Option<String>, outlets: &Outlets) -> (Option<String>, Vec<String>) {
    let Some(author) = author else { return (None, Vec::new()) };
    let mut people = Vec::new();
    let mut sources = Vec::new();
    let mut dropped = false;
    for part in author.split(PARTING).map(str::trim).filter(|part| !part.is_empty()) {
        if part.contains('@') || part.contains("://") {
            dropped = true;
        } else if outlets.named(part).is_some() {
            sources.push(part.to_owned());
            dropped = true;
        } else {
            people.push(part);
        }
    }
    if !dropped {
        return (Some(author), sources);
    }
    ((!people.is_empty()).then(|| people.join(", ")), sources)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn agencies_are_no_authors() {
        let knowledge = Knowledge::embedded();
        let signed = |author: &str| apart(Some(author.to_owned()), knowledge.world().outlets());
        assert_eq!(signed("AFP"), (None, vec!["AFP".to_owned()]));
        assert_eq!(signed("Jane Doe, Reuters"), (Some("Jane Doe".to_owned()), vec!["Reuters".to_owned()]));
        assert_eq!(signed("Zeynep Ak / AA"), (Some("Zeynep Ak".to_owned()), vec!["AA".to_owned()]));
        assert_eq!(signed("رويترز"), (None, vec!["رويترز".to_owned()]));
        assert_eq!(signed("Jane Doe, jane@example.com"), (Some("Jane Doe".to_owned()), vec![]));
        assert_eq!(
            signed("Jane Doe, John Smith and Ann Lee"),
            (Some("Jane Doe, John Smith and Ann Lee".to_owned()), vec![])
        );
    }
}
