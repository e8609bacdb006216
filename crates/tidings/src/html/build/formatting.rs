//! Formatting elements, which go on where a block ends that they were opened in: `<p><b>one<p>two` has two bold
//! paragraphs. The standard's "list of active formatting elements" and its "adoption agency algorithm".

use super::Builder;
use super::stack::{Kind, Open};
use crate::html::arena::{NONE, Place};
use crate::html::scan::Token;
use crate::html::tag::Tag;

/// One of the formatting elements that were opened and not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// What stands before it is not opened again after it.
    Mark,
    Element {
        node: u32,
        tag: Tag,
    },
}

impl Entry {
    fn is_node(self, wanted: u32) -> bool {
        matches!(self, Self::Element { node, .. } if node == wanted)
    }
}

/// No more formatting elements are opened again in each block.
const MOST_ACTIVE: usize = 32;

/// Of elements that are alike, no more are opened again: the standard's "Noah's Ark clause".
const MOST_ALIKE: usize = 3;

/// Formatting elements that a page opens again, beside one for every second node.
const FREE_CLONES: usize = 4096;

impl Builder<'_> {
    pub(super) fn mark(&mut self) {
        self.formatting.push(Entry::Mark);
    }

    pub(super) fn forget_to_mark(&mut self) {
        while let Some(Entry::Element { .. }) = self.formatting.pop() {}
    }

    pub(super) fn forget(&mut self, node: u32) {
        self.formatting.retain(|entry| !entry.is_node(node));
    }

    /// The last formatting element of a tag since the last mark.
    pub(super) fn formatting_of(&self, wanted: Tag) -> Option<u32> {
        let since = self.formatting.iter().rev().map_while(|entry| match entry {
            Entry::Mark => None,
            Entry::Element { node, tag } => Some((*node, *tag)),
        });
        since.into_iter().find(|(_, tag)| *tag == wanted).map(|(node, _)| node)
    }

    pub(super) fn insert_formatting(&mut self, token: &Token) {
        if !self.insert(token) {
            return;
        }
        let Some(Open { node, tag, .. }) = self.current() else { return };
        let (mut alike, mut first_alike, mut active) = (0, 0, 0);
        for at in (0..self.formatting.len()).rev() {
            match self.formatting[at] {
                Entry::Mark => break,
                Entry::Element { node: other, tag: other_tag } => {
                    active += 1;
                    if tag == other_tag && self.is_alike(node, other) {
                        (alike, first_alike) = (alike + 1, at);
                    }
                }
            }
        }
        if alike >= MOST_ALIKE {
            self.formatting.remove(first_alike);
        } else if active >= MOST_ACTIVE {
            self.formatting.remove(self.formatting.len() - active);
        }
        self.formatting.push(Entry::Element { node, tag });
    }

    fn is_alike(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.arena.attributes_of(one), self.arena.attributes_of(other));
        if one == other || one.count != other.count {
            return one == other;
        }
        let pair = |a: &crate::html::arena::Attribute| (self.arena.read(a.name), self.arena.read(a.value));
        let other = self.arena.list(other);
        self.arena.list(one).iter().all(|a| other.iter().any(|b| pair(a) == pair(b)))
    }

    /// Opens again the formatting elements that a block's end closed.
    pub(super) fn reconstruct(&mut self) {
        let is_closed = |builder: &Self, at: usize| match builder.formatting[at] {
            Entry::Mark => false,
            Entry::Element { node, .. } => !builder.arena.is_open(node),
        };
        let mut first = self.formatting.len();
        while first > 0 && is_closed(self, first - 1) {
            first -= 1;
        }
        for at in first..self.formatting.len() {
            let Entry::Element { node, tag } = self.formatting[at] else { continue };
            if !self.may_clone() {
                return;
            }
            let clone = self.clone_of(node, tag);
            let place = self.place();
            self.arena.put(clone, place);
            if !self.open_foreign(Open { node: clone, tag, kind: Kind::Html }) {
                return;
            }
            self.formatting[at] = Entry::Element { node: clone, tag };
        }
    }

    /// Whether the page has not had too many formatting elements opened again.
    fn may_clone(&self) -> bool {
        self.clones <= FREE_CLONES + self.arena.len() / 2
    }

    /// A formatting element like another.
    fn clone_of(&mut self, node: u32, tag: Tag) -> u32 {
        self.clones += 1;
        let attributes = self.arena.attributes_of(node);
        self.arena.element(tag, attributes)
    }

    /// Ends a formatting element where blocks inside it are not ended: what they hold stays inside both.
    pub(super) fn adopt(&mut self, token: &Token) {
        let tag = token.tag;
        let is_active = |node: u32| self.formatting.iter().any(|entry| entry.is_node(node));
        if self.current().is_some_and(|current| current.is(tag) && !is_active(current.node)) {
            self.pop();
            return;
        }
        for _ in 0..8 {
            let Some(node) = self.formatting_of(tag) else {
                self.end_other(token);
                return;
            };
            let Some(at) = self.position(node) else {
                self.forget(node);
                return;
            };
            if self.open[at + 1..].iter().any(|open| ends_scope(*open)) {
                return;
            }
            let Some(block) = (at + 1..self.open.len()).find(|at| self.open[*at].is_special()) else {
                while self.open.len() > at {
                    self.pop();
                }
                self.forget(node);
                return;
            };
            if !self.adopt_block(node, tag, at, block) {
                self.forget(node);
                return;
            }
        }
    }

    /// One turn of the algorithm: the formatting element stands at `at` of the stack, the block at `block`. False where
    /// the page has had too many elements opened again.
    fn adopt_block(&mut self, node: u32, tag: Tag, at: usize, block: usize) -> bool {
        if !self.may_clone() {
            return false;
        }
        let furthest = self.open[block];
        let Some(mut bookmark) = self.formatting.iter().position(|entry| entry.is_node(node)) else { return false };
        let mut last = furthest.node;
        let mut counter = 0;
        let mut between = block;
        while between > at + 1 {
            between -= 1;
            counter += 1;
            let open = self.open[between];
            let entry = self.formatting.iter().position(|entry| entry.is_node(open.node));
            let Some(entry) = entry.filter(|_| counter <= 3) else {
                if let Some(entry) = entry {
                    self.formatting.remove(entry);
                    bookmark -= usize::from(entry < bookmark);
                }
                self.open.remove(between);
                self.count(open, false);
                continue;
            };
            let clone = self.clone_of(open.node, open.tag);
            self.count(open, false);
            self.open[between].node = clone;
            self.count(self.open[between], true);
            self.formatting[entry] = Entry::Element { node: clone, tag: open.tag };
            if last == furthest.node {
                bookmark = entry + 1;
            }
            self.arena.take(last);
            self.arena.put(last, Place { parent: clone, before: NONE });
            last = clone;
        }
        let clone = self.clone_of(node, tag);
        self.arena.take(last);
        let place = self.place_in(self.open[at - 1]);
        self.arena.put(last, place);
        self.arena.move_children(furthest.node, clone);
        self.arena.put(clone, Place { parent: furthest.node, before: NONE });
        let old = self.formatting.iter().position(|entry| entry.is_node(node));
        self.formatting.insert(bookmark, Entry::Element { node: clone, tag });
        if let Some(old) = old {
            self.formatting.remove(old + usize::from(bookmark <= old));
        }
        self.remove(node);
        let opened = Open { node: clone, tag, kind: Kind::Html };
        let block = self.open.iter().rposition(|open| open.node == furthest.node).unwrap_or(self.open.len() - 1);
        self.open.insert(block + 1, opened);
        self.count(opened, true);
        true
    }

    fn position(&self, node: u32) -> Option<usize> {
        if !self.arena.is_open(node) {
            return None;
        }
        self.open.iter().rposition(|open| open.node == node)
    }
}

fn ends_scope(open: Open) -> bool {
    if open.kind == Kind::Html { open.tag.ends_scope() } else { open.is_special() }
}
