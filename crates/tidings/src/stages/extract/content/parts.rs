//! What the markup says of each element: what it calls itself, and what cannot be seen.

use rustc_hash::FxHashMap;

use super::super::markup::{Markup, Sign};
use super::blocks::{is_inline, weight};
use crate::html::{Tag, Tree};
use crate::model::Why;

/// What is known of every node before the blocks are read.
pub(super) struct Parts {
    whys: Vec<Option<Why>>,
    flags: Vec<u8>,
    favours: Vec<i8>,
    /// The heading that the page's title repeats, or its only first heading.
    pub(super) headline: Option<usize>,
}

const HIDDEN: u8 = 1;
const BLOCK: u8 = 2;
const CELL: u8 = 4;
const HEADING: u8 = 8;

impl Parts {
    pub(super) fn new(tree: &Tree, markup: &Markup) -> Self {
        let mut parts = Self {
            whys: vec![None; tree.len()],
            flags: vec![0; tree.len()],
            favours: vec![0; tree.len()],
            headline: None,
        };
        let signs = signs(tree, markup);
        parts.hide(tree);
        parts.headline = headline(tree, &parts);
        parts.name(tree, &signs);
        parts.shape(tree);
        parts
    }

    /// What is known of a fragment that is all text of an article.
    pub(super) fn plain(tree: &Tree) -> Self {
        let none = vec![None; tree.len()];
        let mut parts = Self { whys: none, flags: vec![0; tree.len()], favours: vec![0; tree.len()], headline: None };
        parts.hide(tree);
        parts.shape(tree);
        parts
    }

    /// Says what an element is, with all that is in it.
    pub(super) fn set(&mut self, tree: &Tree, at: usize, why: Why) {
        self.whys[at..tree.end(at)].fill(Some(why));
    }

    pub(super) fn why(&self, at: usize) -> Option<Why> {
        self.whys[at]
    }

    /// Words of the article's own names less others.
    pub(super) fn favour(&self, at: usize) -> i8 {
        self.favours[at]
    }

    pub(super) fn is_hidden(&self, at: usize) -> bool {
        self.flags[at] & HIDDEN != 0
    }

    /// Whether an inline element holds blocks.
    pub(super) fn is_block(&self, at: usize) -> bool {
        self.flags[at] & BLOCK != 0
    }

    /// Whether a cell of a table is one of several short ones in its row.
    pub(super) fn is_cell(&self, at: usize) -> bool {
        self.flags[at] & CELL != 0
    }

    /// Whether an element is a heading, or stands in one.
    pub(super) fn is_heading(&self, at: usize) -> bool {
        self.flags[at] & HEADING != 0
    }

    /// Marks what no reader sees, unless it is most of the page: such pages are unveiled by a script.
    fn hide(&mut self, tree: &Tree) {
        let fallbacks: Vec<usize> = tree.elements(Tag::Noscript).collect();
        fallbacks.iter().for_each(|&at| self.flags[at] |= HIDDEN);
        let mut prose = prose(tree, self);
        // Where scripts bring the article, what is there for readers without scripts is the article.
        if prose[0] < LITTLE && !fallbacks.is_empty() {
            fallbacks.iter().for_each(|&at| self.flags[at] &= !HIDDEN);
            let with = self::prose(tree, self);
            if with[0] < LITTLE {
                fallbacks.iter().for_each(|&at| self.flags[at] |= HIDDEN);
            } else {
                prose = with;
            }
        }
        let mut at = 1;
        while at < tree.len() {
            let skipped = is_skipped(tree.tag(at));
            if skipped || (prose[at] * 2 <= prose[0] && is_veiled(tree, at)) {
                self.flags[at] |= HIDDEN;
                at = tree.end(at);
            } else {
                at += 1;
            }
        }
    }

    /// Marks what the markup calls something else than the article.
    fn name(&mut self, tree: &Tree, signs: &[Sign]) {
        let prose = prose(tree, self);
        let linked = linked(tree, self);
        let all = prose[0];
        let mut at = 1;
        while at < tree.len() {
            let sign = signs[at];
            self.favours[at] = sign.favour;
            let (why, weak) = match tree.tag(at) {
                Tag::Root | Tag::Text | Tag::Html | Tag::Body | Tag::Main | Tag::Article | Tag::H1 => (None, false),
                Tag::Nav | Tag::Footer | Tag::Menu => (Some(Why::Navigation), false),
                Tag::Aside => (sign.why.or(Some(Why::Related)), false),
                Tag::Figcaption => (Some(Why::Caption), false),
                Tag::Figure if !holds_text(tree, at) => (Some(Why::Caption), false),
                Tag::Form => (sign.why.or(Some(Why::Navigation)), false),
                _ => (sign.why, sign.weak),
            };
            let end = tree.end(at);
            let titled = self.headline.is_some_and(|headline| (at..end).contains(&headline));
            let most = match why {
                // Readers may well have written more than the reporter.
                Some(Why::Comments) if !weak => all - prose[at] < LITTLE,
                Some(Why::Comments | Why::Advertisement) if weak => prose[at] * 5 > all,
                // What leads nowhere is no teaser, tag or share button.
                _ if weak => prose[at] * 5 > all || prose[at] > linked[at] * 4 || tree.tag(at) == Tag::Blockquote,
                // Fields of a form have words beside them, which a short article has not many more of.
                _ if tree.tag(at) == Tag::Form => prose[at] * 5 > all * 4,
                _ => prose[at] * 2 > all,
            };
            // A name may be wrong, as where a whole page stands in one form; what holds most of the prose is no menu.
            match why {
                Some(why) if !titled && (!most || why == Why::Caption) => {
                    self.whys[at..end].fill(Some(why));
                    at = end;
                }
                _ => at += 1,
            }
        }
    }

    /// Finds inline elements around blocks, rows of short cells, and what stands in headings.
    fn shape(&mut self, tree: &Tree) {
        for at in (1..tree.len()).rev() {
            let parent = tree.parent(at);
            let tag = tree.tag(at);
            if tag == Tag::Text || self.is_hidden(at) {
                continue;
            }
            let block = !is_inline(tag) && tag != Tag::Br || self.is_block(at);
            if block && is_inline(tree.tag(parent)) {
                self.flags[parent] |= BLOCK;
            }
        }
        for at in 1..tree.len() {
            match tree.tag(at) {
                // One that is never closed has the rest of the page in it.
                Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 | Tag::Legend
                    if is_short(tree, at, HEADING_LENGTH) =>
                {
                    self.flags[at] |= HEADING;
                }
                Tag::Tr => self.row(tree, at),
                Tag::Text => {}
                _ if self.is_heading(tree.parent(at)) => self.flags[at] |= HEADING,
                _ => {}
            }
        }
    }

    /// A row of two cells or more that are all short and hold no blocks of their own is one line.
    fn row(&mut self, tree: &Tree, row: usize) {
        let mut cells = Vec::new();
        let mut at = row + 1;
        while at < tree.end(row) {
            if matches!(tree.tag(at), Tag::Td | Tag::Th) {
                let mut length = 0;
                for inner in at + 1..tree.end(at) {
                    match tree.tag(inner) {
                        Tag::Text => length += tree.text(inner).map_or(0, |text| text.trim().len()),
                        Tag::P | Tag::Noscript => {}
                        tag if is_inline(tag) || is_skipped(tag) => {}
                        _ => return,
                    }
                }
                if length > CELL_LENGTH {
                    return;
                }
                cells.push(at);
            }
            at = tree.end(at);
        }
        if cells.len() > 1 {
            cells.into_iter().for_each(|cell| self.flags[cell] |= CELL);
        }
    }
}

/// Whether an element's texts are no longer than this in bytes, without the white space around each. An element inside
/// counts as a byte, so that no more is looked at than that.
fn is_short(tree: &Tree, at: usize, most: usize) -> bool {
    let mut length = 0;
    (at + 1..tree.end(at)).all(|at| {
        length += tree.text(at).map_or(1, |text| text.trim().len());
        length <= most
    })
}

/// Less prose than this makes no article.
const LITTLE: usize = 200;

/// The longest text in bytes that a heading holds.
const HEADING_LENGTH: usize = 500;

/// The longest text in bytes that a cell of a table of data holds; in tables that lay a page out they are longer.
const CELL_LENGTH: usize = 160;

/// What the classes and ids of each element say.
fn signs(tree: &Tree, markup: &Markup) -> Vec<Sign> {
    let mut seen: FxHashMap<&str, Sign> = FxHashMap::default();
    (0..tree.len())
        .map(|at| {
            let mut sign = Sign::default();
            for (key, value) in tree.attributes(at) {
                if matches!(key, "class" | "id" | "itemprop" | "role") {
                    let named = *seen.entry(value).or_insert_with(|| markup.sign(value));
                    if key != "itemprop" && (sign.why.is_none() || sign.weak && named.why.is_some() && !named.weak) {
                        (sign.why, sign.weak) = (named.why, named.weak);
                    }
                    sign.favour += named.favour;
                }
            }
            // Elements that a site or a framework made are named for what they do.
            if tree.tag(at) == Tag::Other && sign.why.is_none() && tree.name(at).contains('-') {
                let named = *seen.entry(tree.name(at)).or_insert_with(|| markup.sign(tree.name(at)));
                (sign.why, sign.weak) = (named.why, named.weak);
            }
            sign.favour = sign.favour.clamp(-1, 1);
            sign
        })
        .collect()
}

/// How much running text each node holds: texts of some length that are no links.
fn prose(tree: &Tree, parts: &Parts) -> Vec<usize> {
    let mut sums = vec![0; tree.len()];
    let mut at = 1;
    while at < tree.len() {
        match tree.text(at) {
            Some(text) if text.len() >= 60 && tree.tag(tree.parent(at)) != Tag::A => {
                let length = weight(text.trim());
                sums[at] = if length >= 60 { length } else { 0 };
            }
            Some(_) => {}
            None if is_skipped(tree.tag(at)) || parts.is_hidden(at) => {
                at = tree.end(at);
                continue;
            }
            None => {}
        }
        at += 1;
    }
    for at in (1..sums.len()).rev() {
        sums[tree.parent(at)] += sums[at];
    }
    sums
}

/// Whether a figure is a quotation, a list or a table, as some editors write them.
fn holds_text(tree: &Tree, at: usize) -> bool {
    (at + 1..tree.end(at)).any(|at| matches!(tree.tag(at), Tag::Table | Tag::Blockquote | Tag::Pre | Tag::Ul | Tag::Ol))
}

/// How much text of links each node holds.
fn linked(tree: &Tree, parts: &Parts) -> Vec<usize> {
    let mut sums = vec![0; tree.len()];
    let mut at = 1;
    let mut link = 0;
    while at < tree.len() {
        match tree.tag(at) {
            Tag::Text if at < link => sums[at] = tree.text(at).map_or(0, |text| weight(text.trim())),
            Tag::Text => {}
            tag if is_skipped(tag) || parts.is_hidden(at) => {
                at = tree.end(at);
                continue;
            }
            Tag::A => link = link.max(tree.end(at)),
            _ => {}
        }
        at += 1;
    }
    for at in (1..sums.len()).rev() {
        sums[tree.parent(at)] += sums[at];
    }
    sums
}

/// The first heading that the page's title repeats; else its only first heading.
fn headline(tree: &Tree, parts: &Parts) -> Option<usize> {
    let letters = |at: usize| -> String {
        tree.inner_text(at).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let title = tree.elements(Tag::Title).next().map(letters).unwrap_or_default();
    let visible = |at: &usize| {
        let mut up = *at;
        while up != 0 && !parts.is_hidden(up) {
            up = tree.parent(up);
        }
        up == 0
    };
    let said = |at: &usize| {
        let heading = letters(*at);
        weight(&heading) >= 10
            && !title.is_empty()
            && (title.contains(&heading) || heading.contains(&title) && weight(&title) >= 10)
    };
    let said = [Tag::H1, Tag::H2, Tag::H3]
        .into_iter()
        .find_map(|tag| tree.elements(tag).take(40).filter(visible).filter(said).last());
    said.or_else(|| {
        let mut all = tree.elements(Tag::H1).filter(visible).filter(|at| weight(&letters(*at)) >= 10);
        all.next().filter(|_| all.next().is_none())
    })
}

fn is_skipped(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Template
            | Tag::Svg
            | Tag::Iframe
            | Tag::Object
            | Tag::Embed
            | Tag::Canvas
            | Tag::Select
            | Tag::Button
            | Tag::Input
            | Tag::Textarea
            | Tag::Video
            | Tag::Audio
            | Tag::Head
            | Tag::Math
            | Tag::Map
            | Tag::Option
            | Tag::Applet
    )
}

/// Whether an element says that it is not shown.
fn is_veiled(tree: &Tree, at: usize) -> bool {
    let says = |style: &str, key: &str, value: &str| {
        style.split(';').any(|rule| {
            rule.split_once(':').is_some_and(|(k, v)| {
                k.trim().eq_ignore_ascii_case(key)
                    && v.trim().get(..value.len()).is_some_and(|v| v.eq_ignore_ascii_case(value))
            })
        })
    };
    tree.attributes(at).any(|(key, value)| match key {
        "hidden" => true,
        "style" => says(value, "display", "none") || says(value, "visibility", "hidden"),
        _ => false,
    })
}
