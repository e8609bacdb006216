//! One walk over a page that notes where facts about its article may stand.

use super::super::dates;
use super::text::head;
use crate::html::{Tag, Tree};
use crate::language::may_hold_digits;

/// Where facts about the article may stand; nodes are indexes into the tree.
#[derive(Default)]
pub(super) struct Survey<'t> {
    /// Meta elements: the node, the key in lower case, the value.
    pub(super) meta: Vec<(usize, String, &'t str)>,
    /// Link elements: relation and address.
    pub(super) links: Vec<(&'t str, &'t str)>,
    /// Blocks of JSON-LD.
    pub(super) linked: Vec<usize>,
    /// Other scripts that lie in the page itself.
    pub(super) scripts: Vec<usize>,
    /// The title element.
    pub(super) title: Option<usize>,
    /// Headings of the first two levels.
    pub(super) headings: Vec<usize>,
    /// The language that the page declares.
    pub(super) language: Option<&'t str>,
    /// Against what relative addresses are resolved.
    pub(super) base: Option<&'t str>,
    /// Elements with a property of microdata or `RDFa`, or that link to an author.
    pub(super) properties: Vec<(usize, &'t str)>,
    /// Dates for machines: the node, the attribute's name, its value.
    pub(super) machine: Vec<(usize, &'t str, &'t str)>,
    /// Time elements without one.
    pub(super) times: Vec<usize>,
    /// Texts that hold a year or a numeric date.
    pub(super) dated: Vec<usize>,
    /// The first pictures.
    pub(super) images: Vec<&'t str>,
    /// Bytes of visible text before each node.
    pub(super) before: Vec<u32>,
}

/// How many of a kind are looked at: what an article says of itself stands in the first of them.
const MOST: usize = 200;
/// A longer text is read in its first bytes alone, where a dateline stands.
const PROSE: usize = 300;
pub(super) const OPENING: usize = 60;

impl<'t> Survey<'t> {
    /// Walks over a page.
    pub(super) fn new(tree: &'t Tree<'_>) -> Self {
        let mut survey = Self { before: vec![0; tree.len()], ..Self::default() };
        let mut bytes = 0u32;
        let mut at = 1;
        while at < tree.len() {
            survey.before[at] = bytes;
            let next = match tree.tag(at) {
                Tag::Text => {
                    let text = tree.text(at).unwrap_or_default();
                    bytes = bytes.saturating_add(text.trim().len() as u32);
                    if survey.dated.len() < MOST && may_hold_date(text) {
                        survey.dated.push(at);
                    }
                    at + 1
                }
                Tag::Script => {
                    survey.script(tree, at);
                    tree.end(at)
                }
                Tag::Style | Tag::Template | Tag::Svg | Tag::Select | Tag::Textarea | Tag::Iframe | Tag::Noscript => {
                    tree.end(at)
                }
                Tag::Title => {
                    survey.title.get_or_insert(at);
                    tree.end(at)
                }
                tag => {
                    survey.element(tree, at, tag);
                    at + 1
                }
            };
            survey.before[at..next].fill(bytes);
            at = next;
        }
        survey
    }

    fn script(&mut self, tree: &'t Tree<'_>, at: usize) {
        let kind = tree.attribute(at, "type").unwrap_or_default().trim();
        if kind.get(..19).is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) {
            self.linked.push(at);
        } else if tree.end(at) > at + 1 {
            self.scripts.push(at);
        }
    }

    fn element(&mut self, tree: &'t Tree<'_>, at: usize, tag: Tag) {
        match tag {
            Tag::Meta => return self.meta_element(tree, at),
            Tag::Link => {
                if let (Some(relation), Some(address)) = (tree.attribute(at, "rel"), tree.attribute(at, "href")) {
                    self.links.push((relation, address));
                }
                return;
            }
            Tag::Base => self.base = self.base.or_else(|| tree.attribute(at, "href")),
            Tag::H1 | Tag::H2 if self.headings.len() < MOST => self.headings.push(at),
            Tag::Img if self.images.len() < 8 => self.images.extend(tree.attribute(at, "src")),
            _ => {}
        }
        let mut machine = false;
        for (name, value) in tree.attributes(at) {
            match name {
                "lang" | "xml:lang" if tag == Tag::Html => self.language = self.language.or(Some(value)),
                "itemprop" | "property" if self.properties.len() < MOST => self.properties.push((at, value)),
                "rel" if value.contains("author") && self.properties.len() < MOST => self.properties.push((at, value)),
                "datetime" | "content" | "title" | "pubdate" | "date" | "time" => {
                    machine |= self.machine_date(at, name, value);
                }
                _ if name.starts_with("data-") => machine |= self.machine_date(at, name, value),
                _ => {}
            }
        }
        if tag == Tag::Time && !machine && self.times.len() < MOST {
            self.times.push(at);
        }
    }

    fn machine_date(&mut self, at: usize, name: &'t str, value: &'t str) -> bool {
        let fits = (8..=60).contains(&value.len()) && value.bytes().any(|byte| byte.is_ascii_digit());
        let fits = fits && self.machine.len() < MOST && (may_hold_date(value) || dates::iso(value).is_some());
        if fits {
            self.machine.push((at, name, value));
        }
        fits
    }

    fn meta_element(&mut self, tree: &'t Tree<'_>, at: usize) {
        let (mut value, mut keys) = (None, [None; 4]);
        for (name, given) in tree.attributes(at) {
            match name {
                "content" => value = Some(given.trim()),
                "property" => keys[0] = Some(given),
                "name" => keys[1] = Some(given),
                "itemprop" => keys[2] = Some(given),
                "http-equiv" => keys[3] = Some(given),
                _ => {}
            }
        }
        let Some(value) = value.filter(|value| !value.is_empty()) else { return };
        for key in keys.into_iter().flatten() {
            self.meta.push((at, key.trim().to_ascii_lowercase(), value));
        }
    }

    /// The value of the first of the keys that the page has.
    pub(super) fn first(&self, keys: &[String]) -> Option<&'t str> {
        keys.iter().find_map(|key| self.all(key).next())
    }

    /// All values of a key.
    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = &'t str> {
        self.meta.iter().filter(move |(_, have, _)| have == key).map(|(_, _, value)| *value)
    }
}

/// Whether a text can hold a full date: a year in digits of any script, or three short numbers with marks between.
fn may_hold_date(text: &str) -> bool {
    let text = if text.len() > PROSE { head(text, OPENING) } else { text };
    if !may_hold_digits(text) {
        return false;
    }
    let (mut run, mut marks, mut value) = (0, 0, 0u32);
    let year = |run: usize, value: u32| {
        run == 4 && matches!(value, 1300..=1500 | 1900..=2100 | 2440..=2640) || run == 8 && value > 19_000_000
    };
    for c in text.chars().chain(Some(' ')) {
        if let Some(digit) = crate::language::digit(c) {
            run += 1;
            value = value.saturating_mul(10).saturating_add(u32::from(digit));
            continue;
        }
        if year(run, value) || run == 2 && marks >= 2 || run > 0 && c == '\u{5e74}' || run > 0 && c == '\u{b144}' {
            return true;
        }
        marks = match (run, c) {
            (1..=2, '.' | '/' | '-') => marks + 1,
            (0, ' ') if marks > 0 => marks,
            _ => 0,
        };
        (run, value) = (0, 0);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_can_hold_a_date() {
        for text in ["16.11.24", "14 November 2024", "١٥ نوفمبر ٢٠٢٤", "民國113年", "20241116", "(1/2/24)"]
        {
            assert!(may_hold_date(text), "{text}");
        }
        for text in ["no digits", "room 101", "12:30", "1.5 million", "99999 people"] {
            assert!(!may_hold_date(text), "{text}");
        }
    }
}
