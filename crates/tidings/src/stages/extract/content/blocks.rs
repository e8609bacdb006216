//! The page as blocks: runs of text that it sets apart.

use super::parts::Parts;
use crate::html::{Tag, Tree};
use crate::model::Why;

/// A run of text that the page sets apart.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Where its text stands in [`Blocks::text`].
    start: usize,
    end: usize,
    /// The first of its texts in the tree.
    pub(super) node: usize,
    /// The element that it stands in directly.
    pub(super) element: usize,
    /// How much it says, see [`weight`].
    pub(super) weight: usize,
    /// How much of that is links.
    pub(super) linked: usize,
    pub(super) commas: usize,
    pub(super) heading: bool,
    /// Whether it stands in a thread of readers' comments.
    pub(super) comment: bool,
    /// Why it is not the article, as far as the names of the elements around it say.
    pub(super) why: Option<Why>,
}

impl Block {
    pub(super) fn density(&self) -> f32 {
        self.linked as f32 / self.weight.max(1) as f32
    }

    /// Whether it reads as a paragraph.
    pub(super) fn is_prose(&self) -> bool {
        !self.heading && self.weight >= 60 && self.density() < 0.4
    }
}

/// All blocks of a page in their order.
#[derive(Default)]
pub(super) struct Blocks {
    text: String,
    pub(super) list: Vec<Block>,
}

impl Blocks {
    pub(super) fn new(tree: &Tree, parts: &Parts) -> Self {
        let mut maker = Maker { tree, parts, text: String::new(), list: Vec::new(), open: Open::default() };
        maker.walk();
        Self { text: maker.text, list: maker.list }
    }

    pub(super) fn text(&self, block: &Block) -> &str {
        &self.text[block.start..block.end]
    }

    /// The blocks inside an element, as a range of the list.
    pub(super) fn inside(&self, tree: &Tree, at: usize) -> std::ops::Range<usize> {
        let end = tree.end(at);
        let first = self.list.partition_point(|block| block.node < at);
        first..first + self.list[first..].partition_point(|block| block.node < end)
    }
}

/// How much a text says: its letters and digits, where a character of Han or kana counts as three.
pub(super) fn weight(text: &str) -> usize {
    let characters = text.chars().count();
    if characters == text.len() {
        return characters;
    }
    // From U+2E80 up to U+D7B0, by the first bytes in UTF-8.
    let bytes = text.as_bytes();
    let most: usize = bytes.iter().map(|byte| usize::from(byte.wrapping_sub(0xe3) < 10)).sum();
    let at_the_edges = memchr::memchr2_iter(0xe2, 0xed, bytes).filter(|&at| match bytes[at] {
        0xe2 => bytes[at + 1] >= 0xba,
        _ => bytes[at + 1] < 0x9e || bytes[at + 1] == 0x9e && bytes[at + 2] < 0xb0,
    });
    characters + 2 * (most + at_the_edges.count())
}

/// The block that is being read.
#[derive(Default)]
struct Open {
    start: usize,
    node: usize,
    element: usize,
    weight: usize,
    linked: usize,
    commas: usize,
    why: Option<Why>,
    /// Whether white space stands before what comes next.
    space: bool,
}

struct Maker<'m, 't> {
    tree: &'m Tree<'t>,
    parts: &'m Parts,
    text: String,
    list: Vec<Block>,
    open: Open,
}

impl Maker<'_, '_> {
    fn walk(&mut self) {
        let tree = self.tree;
        // Ends of the elements that we are in.
        let mut ends: Vec<(usize, End)> = Vec::new();
        let mut links = 0;
        let mut at = 1;
        while at < tree.len() {
            while let Some(&(end, ref what)) = ends.last() {
                if at < end {
                    break;
                }
                match *what {
                    End::Block(element) => self.flush(tree.parent(element)),
                    End::Link => links -= 1,
                    End::Cell => self.cell(),
                }
                ends.pop();
            }
            let tag = tree.tag(at);
            if let Some(text) = tree.text(at) {
                self.push(at, text, links > 0);
                at += 1;
                continue;
            }
            if self.parts.is_hidden(at) {
                at = tree.end(at);
                continue;
            }
            let end = tree.end(at);
            match tag {
                Tag::Br => self.flush(self.open.element),
                Tag::Wbr | Tag::Img => {}
                Tag::A if !self.parts.is_block(at) && self.parts.why(at) == self.parts.why(tree.parent(at)) => {
                    links += 1;
                    ends.push((end, End::Link));
                }
                Tag::A => {
                    links += 1;
                    ends.push((end, End::Link));
                    self.flush(at);
                    ends.push((end, End::Block(at)));
                }
                Tag::Td | Tag::Th if self.parts.is_cell(at) => {
                    ends.push((end, End::Cell));
                }
                _ if is_inline(tag)
                    && !self.parts.is_block(at)
                    && self.parts.why(at) == self.parts.why(tree.parent(at)) => {}
                _ => {
                    self.flush(at);
                    ends.push((end, End::Block(at)));
                }
            }
            at += 1;
        }
        self.flush(0);
    }

    /// Appends text with its white space made one space.
    fn push(&mut self, at: usize, text: &str, link: bool) {
        let before = self.open.weight;
        let (bytes, mut start, mut end) = (text.as_bytes(), 0, 0);
        while end < bytes.len() {
            // Most white space is of one byte; these begin the rest of it, and marks that only say where a word may be
            // broken or that a file begins.
            let (length, space) = match bytes[end] {
                b' ' | b'\t'..=b'\r' => (1, true),
                0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef => {
                    let c = text[end..].chars().next().unwrap_or_default();
                    if !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                        end += c.len_utf8();
                        continue;
                    }
                    (c.len_utf8(), c.is_whitespace())
                }
                _ => {
                    end += 1;
                    continue;
                }
            };
            self.word(at, &text[start..end]);
            self.open.space |= space;
            end += length;
            start = end;
        }
        self.word(at, &text[start..]);
        if link {
            self.open.linked += self.open.weight - before;
        }
    }

    fn word(&mut self, at: usize, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.text.len() == self.open.start {
            self.open.node = at;
            self.open.why = self.parts.why(at);
        } else if self.open.space {
            self.text.push(' ');
            self.open.weight += 1;
        }
        self.open.space = false;
        self.text.push_str(word);
        if word.is_ascii() {
            self.open.weight += word.len();
            self.open.commas += word.bytes().filter(|byte| *byte == b',').count();
        } else {
            self.open.weight += weight(word);
            self.open.commas += word.matches([',', '\u{60c}', '\u{3001}', '\u{ff0c}', '\u{964}']).count();
        }
    }

    /// Parts a cell of a row from the next one.
    fn cell(&mut self) {
        if self.text.len() > self.open.start && !self.text.ends_with(CELLS) {
            self.text.push_str(CELLS);
            self.open.space = false;
        }
    }

    fn flush(&mut self, next: usize) {
        let open = std::mem::take(&mut self.open);
        while self.text.len() > open.start && self.text.ends_with(CELLS) {
            self.text.truncate(self.text.len() - CELLS.len());
        }
        let end = self.text.len();
        if end > open.start {
            let heading = self.parts.is_heading(open.element);
            self.list.push(Block {
                start: open.start,
                end,
                node: open.node,
                element: open.element,
                weight: open.weight,
                linked: open.linked,
                commas: open.commas,
                heading,
                comment: false,
                why: open.why,
            });
        }
        self.open = Open { start: end, element: next, ..Open::default() };
    }
}

/// What stands between the cells of a table's row.
const CELLS: &str = " | ";

enum End {
    Block(usize),
    Link,
    Cell,
}

pub(super) fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Abbr
            | Tag::Acronym
            | Tag::B
            | Tag::Bdi
            | Tag::Bdo
            | Tag::Big
            | Tag::Cite
            | Tag::Code
            | Tag::Data
            | Tag::Del
            | Tag::Dfn
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Img
            | Tag::Ins
            | Tag::Kbd
            | Tag::Label
            | Tag::Mark
            | Tag::Nobr
            | Tag::Q
            | Tag::Rp
            | Tag::Rt
            | Tag::Ruby
            | Tag::S
            | Tag::Samp
            | Tag::Small
            | Tag::Span
            | Tag::Strike
            | Tag::Strong
            | Tag::Sub
            | Tag::Sup
            | Tag::Time
            | Tag::Tt
            | Tag::U
            | Tag::Var
            | Tag::Wbr
            | Tag::Other
    )
}
