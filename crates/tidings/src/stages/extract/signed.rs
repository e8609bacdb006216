//! Who signed an article: people apart from the agencies and outlets that stand beside them or in their place.

use super::lines::{clean, is_name};
use crate::language::pack::Lines;
use crate::language::{Class, Reading, TokenKind};
use crate::world::Outlets;

/// Who signed, and the outlets named beside them.
#[derive(Debug, Default)]
pub(super) struct Signed {
    pub(super) people: Vec<String>,
    pub(super) outlets: Vec<String>,
}

/// Parts the tokens of a signature into its people: at the language's words for "and", without the posts and places
/// that it writes beside names.
pub(super) fn parted(reading: &Reading<'_>, rules: &Lines, from: usize, to: usize) -> Signed {
    let joins = reading.leftmost(&rules.joins, from, to);
    let mut bounds = vec![from];
    for (number, join) in joins.iter().enumerate() {
        let before = join.start - bounds[bounds.len() - 1];
        let after = joins.get(number + 1).map_or(to, |next| next.start) - join.end;
        // A word may stand inside the name of a body; a mark does not.
        if before >= 2 && after >= 2 || reading.tokens.list[join.end - 1].kind == TokenKind::Mark {
            bounds.extend([join.start, join.end]);
        }
    }
    bounds.push(to);
    let mut signed = Signed::default();
    let mut behind_outlet = false;
    for part in bounds.chunks(2) {
        let &[mut from, mut to] = part else { continue };
        // "Jane Doe, BBC News, New York": whatever stands last behind an outlet says where they wrote.
        if behind_outlet && to == bounds[bounds.len() - 1] && !signed.people.is_empty() {
            break;
        }
        // One word behind a name or an outlet is a place or a section.
        let named = signed.people.first().is_none_or(|first| first.contains(' '));
        let aside = named && !(signed.people.is_empty() && signed.outlets.is_empty());
        let outlets_before = signed.outlets.len();
        for role in reading.leftmost(&rules.roles, from, to) {
            // A name has two words at least before its bearer's post, and an address is one word.
            if role.start == from + 1 || role.start > from && within_address(reading, role.start) {
                continue;
            }
            signed.outlets.extend(outlets(reading, role.captures.iter().map(|c| (c.class, c.start, c.end))));
            if role.start == from {
                from = role.end;
            } else {
                to = role.start;
                break;
            }
        }
        let whole = reading.annotations_at(from).iter().filter(|a| a.end == to).map(|a| (a.class, a.start, a.end));
        let whole: Vec<String> = outlets(reading, whole).collect();
        if whole.is_empty() && from < to && !(aside && to == from + 1) {
            let words = reading.tokens.span(from, to).of(reading.tokens.text);
            let is_address =
                (from + 1..to).any(|at| within_address(reading, at)) && !words.contains(char::is_whitespace);
            let list = if is_address { &mut signed.outlets } else { &mut signed.people };
            // An address of mail names nobody.
            let name = clean(words).filter(|_| !words.contains('@'));
            list.extend(name.map(|name| with_stop(name, words)));
        }
        behind_outlet = (!whole.is_empty() || signed.outlets.len() > outlets_before)
            && reading.tokens.list[part[1]..].first().is_some_and(|t| t.kind == TokenKind::Mark);
        signed.outlets.extend(whole);
    }
    signed
}

/// Whether a full stop ties a token to the one before, as in an address; initials are shorter.
fn within_address(reading: &Reading<'_>, at: usize) -> bool {
    let tokens = &reading.tokens;
    let long = |at: usize| tokens.list[at].span.of(tokens.text).chars().nth(1).is_some();
    at >= 2
        && tokens.list[at].joined
        && tokens.list[at - 1].joined
        && tokens.written(at - 1) == "."
        && long(at)
        && long(at - 2)
}

/// A name with the full stop that its last word is shortened by: "Jr.", "Co.".
fn with_stop(mut name: String, words: &str) -> String {
    let short = name.rsplit([' ', '.']).next().is_some_and(|last| last.chars().count() <= 3);
    if short && words.find(name.as_str()).is_some_and(|at| words[at + name.len()..].starts_with('.')) {
        name.push('.');
    }
    name
}

fn outlets<'r>(
    reading: &'r Reading<'_>,
    spans: impl Iterator<Item = (Class, usize, usize)> + 'r,
) -> impl Iterator<Item = String> + 'r {
    let outlets = spans.filter(|(class, ..)| *class == Class::Outlet);
    outlets.filter_map(|(_, start, end)| clean(reading.tokens.span(start, end).of(reading.tokens.text)))
}

/// Marks that part those who signed.
const PARTING: [char; 9] = [',', ';', '/', '|', '(', ')', '\u{60C}', '\u{3001}', '\u{B7}'];

/// The people of an author's line as it is, or without what is no person; and the outlets named there, which are
/// sources of the text.
pub(super) fn apart(author: Option<String>, rules: &Lines, outlets: &Outlets) -> (Option<String>, Vec<String>) {
    let Some(author) = author else { return (None, Vec::new()) };
    let mut reading = rules.reading(&author);
    let length = reading.tokens.len();
    outlets.annotate(&mut reading, &outlets.find(&author));
    let signed = parted(&reading, rules, 0, length);
    if !signed.people.is_empty() && signed.people.iter().all(|name| is_name(name, false)) {
        let people = signed.people.join(", ");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        // Where nothing was taken away, it stays as it was written.
        let author = if letters(&people) == letters(&author) { author } else { people };
        return (Some(author), signed.outlets);
    }
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
        let english = knowledge.lines().iter().find(|rules| rules.code == "en").expect("there is an English pack");
        let signed = |author: &str| apart(Some(author.to_owned()), english, knowledge.world().outlets());
        assert_eq!(signed("AFP"), (None, vec!["AFP".to_owned()]));
        assert_eq!(signed("Jane Doe, Reuters"), (Some("Jane Doe".to_owned()), vec!["Reuters".to_owned()]));
        assert_eq!(signed("Zeynep Ak / AA"), (Some("Zeynep Ak".to_owned()), vec!["AA".to_owned()]));
        assert_eq!(signed("رويترز"), (None, vec!["رويترز".to_owned()]));
        assert_eq!(signed("Jane Doe, jane@example.com"), (Some("Jane Doe".to_owned()), vec![]));
        assert_eq!(
            signed("Jane Doe, John Smith and Ann Lee"),
            (Some("Jane Doe, John Smith, Ann Lee".to_owned()), vec![])
        );
        assert_eq!(
            signed("Jane Doe, Diplomatic Editor and John Smith in Cairo"),
            (Some("Jane Doe, John Smith".to_owned()), vec![])
        );
        assert_eq!(signed("Jane Doe for The Guardian"), (Some("Jane Doe".to_owned()), vec!["The Guardian".to_owned()]));
        assert_eq!(signed("Jane Doe, BBC News, New York"), (Some("Jane Doe".to_owned()), vec!["BBC News".to_owned()]));
        assert_eq!(signed("Jane Doe and Perry Doe Jr."), (Some("Jane Doe, Perry Doe Jr.".to_owned()), vec![]));
        assert_eq!(signed("EXAMPLE.PL"), (Some("EXAMPLE.PL".to_owned()), vec![]));
        assert_eq!(signed("Jane Doe BBC News, New York"), (Some("Jane Doe".to_owned()), vec!["BBC News".to_owned()]));
        assert_eq!(signed("Jane Doe, Fashion, AFP"), (Some("Jane Doe".to_owned()), vec!["AFP".to_owned()]));
        assert_eq!(signed("Perry Doe Jr."), (Some("Perry Doe Jr.".to_owned()), vec![]));
        assert_eq!(signed("Roving Reporter"), (Some("Roving Reporter".to_owned()), vec![]));
        assert_eq!(signed("Jane Doe and Example staff"), (Some("Jane Doe".to_owned()), vec![]));
        assert_eq!(signed("Peace and Security Desk"), (Some("Peace and Security Desk".to_owned()), vec![]));
    }
}
