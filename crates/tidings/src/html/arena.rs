//! The nodes of a tree while it is built.
//!
//! Tags of a page that nests badly move nodes about, so here they are linked to one another; the finished
//! [`Tree`](super::Tree) has them in the order of the page instead.

use super::tag::Tag;
use super::tree::{Node, Tree};

/// A range of the page, or of the buffer beside it that holds what is not in the page as it should read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    at: u32,
    pub(super) length: u32,
}

/// The bit that tells a range of the buffer from one of the page.
const ASIDE: u32 = 1 << 31;

impl Words {
    pub(super) const fn of_page(from: usize, to: usize) -> Self {
        Self { at: from as u32, length: (to - from) as u32 }
    }

    pub(super) const fn from_parts(at: u32, length: u32) -> Self {
        Self { at, length }
    }

    pub(super) const fn parts(self) -> (u32, u32) {
        (self.at, self.length)
    }

    /// The words without their first bytes.
    pub(super) const fn skip(self, bytes: usize) -> Self {
        Self { at: self.at + bytes as u32, length: self.length - bytes as u32 }
    }

    pub(super) const fn take(self, bytes: usize) -> Self {
        Self { at: self.at, length: bytes as u32 }
    }

    /// The words themselves.
    pub(super) fn read<'w>(self, page: &'w str, aside: &'w str) -> &'w str {
        let from = (self.at & !ASIDE) as usize;
        let text = if self.at & ASIDE == 0 { page } else { aside };
        text.get(from..from + self.length as usize).unwrap_or_default()
    }
}

/// An attribute's name and value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    pub(super) name: Words,
    pub(super) value: Words,
}

/// The attributes of an element, as a range of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) from: u32,
    pub(super) count: u32,
}

/// No node: the root is nobody's child or sibling.
pub(super) const NONE: u32 = 0;

struct Linked {
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    after: u32,
    /// Where a text begins, or an element's attributes.
    at: u32,
    /// How long the text is, or how many attributes there are.
    length: u32,
    is_open: bool,
}

/// Where a node is put: inside an element, before one of its children or, where that is [`NONE`], as its last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) parent: u32,
    pub(super) before: u32,
}

/// Text longer than this is not copied to join it with what follows.
const LONGEST_JOINED: u32 = 4096;

pub(super) struct Arena<'t> {
    page: &'t str,
    pub(super) aside: String,
    tags: Vec<Tag>,
    nodes: Vec<Linked>,
    pub(super) attributes: Vec<Attribute>,
    /// Whether a node was ever put elsewhere than at the page's end so far.
    moved: bool,
}

impl<'t> Arena<'t> {
    pub(super) fn new(page: &'t str) -> Self {
        let mut arena = Self {
            page,
            aside: String::new(),
            tags: Vec::with_capacity(page.len() / 32 + 16),
            nodes: Vec::with_capacity(page.len() / 32 + 16),
            attributes: Vec::with_capacity(page.len() / 64 + 16),
            moved: false,
        };
        arena.make(Tag::Root, 0, 0);
        arena
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn read(&self, words: Words) -> &str {
        words.read(self.page, &self.aside)
    }

    /// Words that do not stand in the page.
    pub(super) fn set_aside(&mut self, write: impl FnOnce(&mut String)) -> Words {
        let from = self.aside.len();
        write(&mut self.aside);
        Words { at: from as u32 | ASIDE, length: (self.aside.len() - from) as u32 }
    }

    fn make(&mut self, tag: Tag, at: u32, length: u32) -> u32 {
        let node = self.nodes.len() as u32;
        self.tags.push(tag);
        self.nodes.push(Linked {
            parent: NONE,
            first: NONE,
            last: NONE,
            before: NONE,
            after: NONE,
            at,
            length,
            is_open: false,
        });
        node
    }

    /// A new element that stands nowhere yet.
    pub(super) fn element(&mut self, tag: Tag, attributes: Attributes) -> u32 {
        self.make(tag, attributes.from, attributes.count)
    }

    pub(super) fn attributes_of(&self, element: u32) -> Attributes {
        let node = &self.nodes[element as usize];
        Attributes { from: node.at, count: node.length }
    }

    pub(super) fn set_attributes(&mut self, element: u32, attributes: Attributes) {
        let node = &mut self.nodes[element as usize];
        (node.at, node.length) = (attributes.from, attributes.count);
    }

    pub(super) fn list(&self, attributes: Attributes) -> &[Attribute] {
        let from = attributes.from as usize;
        self.attributes.get(from..from + attributes.count as usize).unwrap_or_default()
    }

    pub(super) fn is_open(&self, node: u32) -> bool {
        self.nodes[node as usize].is_open
    }

    pub(super) fn set_open(&mut self, node: u32, open: bool) {
        self.nodes[node as usize].is_open = open;
    }

    pub(super) fn parent(&self, node: u32) -> u32 {
        self.nodes[node as usize].parent
    }

    /// Says that nodes no longer stand in the order in which they were made.
    pub(super) fn disorder(&mut self) {
        self.moved = true;
    }

    /// Puts a node that stands nowhere into its place.
    pub(super) fn put(&mut self, node: u32, place: Place) {
        let Place { parent, before: next } = place;
        let previous = if next == NONE { self.nodes[parent as usize].last } else { self.nodes[next as usize].before };
        let own = &mut self.nodes[node as usize];
        (own.parent, own.before, own.after) = (parent, previous, next);
        match previous {
            NONE => self.nodes[parent as usize].first = node,
            previous => self.nodes[previous as usize].after = node,
        }
        match next {
            NONE => self.nodes[parent as usize].last = node,
            next => {
                self.moved = true;
                self.nodes[next as usize].before = node;
            }
        }
    }

    /// Takes a node, with all that is inside it, from its place.
    pub(super) fn take(&mut self, node: u32) {
        self.moved = true;
        let own = &mut self.nodes[node as usize];
        let (parent, previous, next) = (own.parent, own.before, own.after);
        (own.parent, own.before, own.after) = (NONE, NONE, NONE);
        if previous != NONE {
            self.nodes[previous as usize].after = next;
        } else if self.nodes[parent as usize].first == node {
            self.nodes[parent as usize].first = next;
        }
        if next != NONE {
            self.nodes[next as usize].before = previous;
        } else if self.nodes[parent as usize].last == node {
            self.nodes[parent as usize].last = previous;
        }
    }

    /// Moves all children of an element to the end of another, which has none.
    pub(super) fn move_children(&mut self, from: u32, to: u32) {
        self.moved = true;
        let old = &mut self.nodes[from as usize];
        let (first, last) = (old.first, old.last);
        (old.first, old.last) = (NONE, NONE);
        (self.nodes[to as usize].first, self.nodes[to as usize].last) = (first, last);
        let mut child = first;
        while child != NONE {
            self.nodes[child as usize].parent = to;
            child = self.nodes[child as usize].after;
        }
    }

    /// Puts a text into its place: into the text before it, where there is one.
    pub(super) fn put_text(&mut self, words: Words, place: Place) {
        let previous = match place.before {
            NONE => self.nodes[place.parent as usize].last,
            next => self.nodes[next as usize].before,
        };
        if previous != NONE
            && self.tags[previous as usize] == Tag::Text
            && let Some(joined) = self.join(previous, words)
        {
            let node = &mut self.nodes[previous as usize];
            (node.at, node.length) = joined.parts();
            return;
        }
        let text = self.make(Tag::Text, words.at, words.length);
        self.put(text, place);
    }

    /// A text and the words after it as one, unless that would copy too much.
    fn join(&mut self, text: u32, words: Words) -> Option<Words> {
        let node = &self.nodes[text as usize];
        let old = Words { at: node.at, length: node.length };
        if old.at + old.length == words.at {
            return Some(Words { at: old.at, length: old.length + words.length });
        }
        let end = ((old.at & !ASIDE) + old.length) as usize;
        if old.at & ASIDE != 0 && end == self.aside.len() {
            self.copy(words);
            return Some(Words { at: old.at, length: old.length + words.length });
        }
        let copied = old.length.max(words.length) <= LONGEST_JOINED && self.aside.len() <= self.page.len() + 65_536;
        copied.then(|| {
            let at = self.aside.len() as u32 | ASIDE;
            self.copy(old);
            self.copy(words);
            Words { at, length: old.length + words.length }
        })
    }

    fn copy(&mut self, words: Words) {
        let from = (words.at & !ASIDE) as usize;
        let to = from + words.length as usize;
        if words.at & ASIDE == 0 {
            self.aside.push_str(self.page.get(from..to).unwrap_or_default());
        } else {
            self.aside.extend_from_within(from..to);
        }
    }

    /// The tree in the order of the page.
    pub(super) fn finish(self, was_cut: bool) -> Tree<'t> {
        let Self { page, aside, mut tags, nodes, attributes, moved } = self;
        let mut ordered;
        if moved {
            (tags, ordered) = in_order(&tags, &nodes);
        } else {
            let node = |node: Linked| Node { parent: node.parent, end: 0, at: node.at, length: node.length };
            ordered = nodes.into_iter().map(node).collect::<Vec<_>>();
        }
        // An element ends where the last of what it holds does.
        for at in (0..ordered.len()).rev() {
            let node = &mut ordered[at];
            node.end = node.end.max(at as u32 + 1);
            let (parent, end) = (node.parent as usize, node.end);
            ordered[parent].end = ordered[parent].end.max(end);
        }
        Tree::new(page, aside, tags, ordered, attributes, was_cut)
    }
}

/// The nodes as they stand in the tree, each before what is inside it.
fn in_order(tags: &[Tag], nodes: &[Linked]) -> (Vec<Tag>, Vec<Node>) {
    let mut new_tags = Vec::with_capacity(tags.len());
    let mut ordered: Vec<Node> = Vec::with_capacity(nodes.len());
    // The old number and the new parent of the node that comes next.
    let (mut at, mut parent) = (0, 0);
    loop {
        let node = &nodes[at as usize];
        let new = ordered.len() as u32;
        new_tags.push(tags[at as usize]);
        ordered.push(Node { parent, end: 0, at: node.at, length: node.length });
        if node.first != NONE {
            (at, parent) = (node.first, new);
            continue;
        }
        while at != NONE && nodes[at as usize].after == NONE {
            at = nodes[at as usize].parent;
            parent = ordered[parent as usize].parent;
        }
        if at == NONE {
            return (new_tags, ordered);
        }
        at = nodes[at as usize].after;
    }
}
