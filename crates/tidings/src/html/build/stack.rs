//! The open elements, and where what comes next is put.

use super::Builder;
use crate::html::arena::{Attributes, NONE, Place};
use crate::html::scan::Token;
use crate::html::tag::Tag;

/// Elements that nest deeper stand beside one another.
const MOST_DEEP: usize = 512;

/// What a table is made of is opened in any depth where the table was: no more than this inside a table.
const TABLE_PARTS: usize = 8;

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) node: u32,
    pub(super) tag: Tag,
    pub(super) kind: Kind,
}

/// Which language an element is of, and whether HTML stands in it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Html,
    Svg,
    /// A part of a drawing that holds HTML.
    SvgPoint,
    Math,
    /// A part of a formula that holds text.
    MathPoint,
    /// `<annotation-xml>`, which may hold a drawing.
    Annotation,
    /// `<annotation-xml>` that says that it holds HTML.
    HtmlAnnotation,
}

impl Open {
    pub(super) fn is(self, tag: Tag) -> bool {
        self.tag == tag && self.kind == Kind::Html
    }

    pub(super) fn is_special(self) -> bool {
        match self.kind {
            Kind::Html => self.tag.is_special(),
            Kind::Svg | Kind::Math => false,
            Kind::SvgPoint | Kind::MathPoint | Kind::Annotation | Kind::HtmlAnnotation => true,
        }
    }

    /// The parts of a table that hold no text.
    pub(super) fn is_table_part(self) -> bool {
        self.kind == Kind::Html
            && matches!(self.tag, Tag::Table | Tag::Tbody | Tag::Template | Tag::Tfoot | Tag::Thead | Tag::Tr)
    }
}

/// How far up an open element is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Default,
    ListItem,
    Button,
    Table,
}

impl Scope {
    fn ends_at(self, open: Open) -> bool {
        match (self, open.kind) {
            (Self::Table, Kind::Html) => matches!(open.tag, Tag::Html | Tag::Table | Tag::Template),
            (Self::Table, _) => false,
            (Self::ListItem, Kind::Html) if matches!(open.tag, Tag::Ol | Tag::Ul) => true,
            (Self::Button, Kind::Html) if open.tag == Tag::Button => true,
            (_, Kind::Html) => open.tag.ends_scope(),
            _ => open.is_special(),
        }
    }
}

impl Builder<'_> {
    pub(super) fn current(&self) -> Option<Open> {
        self.open.last().copied()
    }

    pub(super) fn is_current(&self, tag: Tag) -> bool {
        self.current().is_some_and(|open| open.is(tag))
    }

    pub(super) fn has_open(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    pub(super) fn push(&mut self, open: Open) {
        if self.all_too_deep > 0 {
            // There is room again, so the elements that found none are closed.
            self.too_deep = [0; Tag::COUNT];
            self.all_too_deep = 0;
        }
        self.count(open, true);
        self.open.push(open);
    }

    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.count(open, false);
        Some(open)
    }

    /// Keeps count of an element that is opened or closed elsewhere than at the stack's end.
    pub(super) fn count(&mut self, open: Open, opened: bool) {
        self.arena.set_open(open.node, opened);
        if open.kind == Kind::Html {
            let count = &mut self.counts[open.tag as usize];
            *count = if opened { *count + 1 } else { count.saturating_sub(1) };
        }
    }

    /// Takes an element from the stack, wherever it stands there.
    pub(super) fn remove(&mut self, node: u32) {
        if let Some(at) = self.open.iter().rposition(|open| open.node == node) {
            let open = self.open.remove(at);
            self.count(open, false);
        }
    }

    /// Closes elements up to and with the nearest of those that are meant.
    pub(super) fn pop_until(&mut self, is_meant: impl Fn(Open) -> bool) {
        while let Some(open) = self.pop() {
            if is_meant(open) {
                return;
            }
        }
    }

    pub(super) fn pop_until_tag(&mut self, tag: Tag) {
        self.pop_until(|open| open.is(tag));
    }

    pub(super) fn in_scope(&self, tag: Tag, scope: Scope) -> bool {
        self.has_open(tag) && self.any_in_scope(|open| open.is(tag), scope)
    }

    pub(super) fn any_in_scope(&self, is_meant: impl Fn(Open) -> bool, scope: Scope) -> bool {
        for open in self.open.iter().rev() {
            if is_meant(*open) {
                return true;
            }
            if scope.ends_at(*open) {
                return false;
            }
        }
        false
    }

    /// Closes elements whose end tags may be left out, but none of one tag.
    pub(super) fn imply_ends(&mut self, except: Option<Tag>) {
        while let Some(open) = self.current() {
            if open.kind != Kind::Html || !open.tag.is_implied_end() || Some(open.tag) == except {
                return;
            }
            self.pop();
        }
    }

    /// Closes the paragraph that a block ends.
    pub(super) fn close_p(&mut self) {
        if self.in_scope(Tag::P, Scope::Button) {
            self.imply_ends(Some(Tag::P));
            self.pop_until_tag(Tag::P);
        }
    }

    /// Where the next node is put.
    pub(super) fn place(&self) -> Place {
        self.current().map_or(Place { parent: NONE, before: NONE }, |current| self.place_in(current))
    }

    /// Where a node is put that belongs into an element: outside the table where a table cannot hold it.
    pub(super) fn place_in(&self, target: Open) -> Place {
        let fostered = self.fostering && target.tag != Tag::Template && target.is_table_part();
        if !fostered {
            return Place { parent: target.node, before: NONE };
        }
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.is(Tag::Template) {
                return Place { parent: open.node, before: NONE };
            }
            if open.is(Tag::Table) {
                let parent = self.arena.parent(open.node);
                return match parent {
                    NONE => Place { parent: self.open[at.saturating_sub(1)].node, before: NONE },
                    parent => Place { parent, before: open.node },
                };
            }
        }
        Place { parent: self.open.first().map_or(NONE, |open| open.node), before: NONE }
    }

    /// The attributes of a tag for an element of HTML.
    pub(super) fn attributes(&mut self, token: &Token) -> Attributes {
        self.keeps_attributes = true;
        let Attributes { from, count } = token.attributes;
        if token.named && token.tag != Tag::Other {
            return Attributes { from: from + 1, count: count - 1 };
        }
        token.attributes
    }

    /// Puts an element into its place without opening it.
    pub(super) fn stand_alone(&mut self, token: &Token) -> u32 {
        let attributes = self.attributes(token);
        let node = self.arena.element(token.tag, attributes);
        let place = self.place();
        self.arena.put(node, place);
        node
    }

    /// Puts an element into its place and opens it, if it is not too deep.
    pub(super) fn insert(&mut self, token: &Token) -> bool {
        let node = self.stand_alone(token);
        let deepest = if token.tag == Tag::Table { MOST_DEEP - TABLE_PARTS } else { MOST_DEEP };
        self.open_element(Open { node, tag: token.tag, kind: Kind::Html }, deepest)
    }

    pub(super) fn open_element(&mut self, open: Open, deepest: usize) -> bool {
        if self.open.len() >= deepest {
            self.too_deep[open.tag as usize] += 1;
            self.all_too_deep += 1;
            return false;
        }
        self.push(open);
        true
    }

    pub(super) fn open_foreign(&mut self, open: Open) -> bool {
        self.open_element(open, MOST_DEEP)
    }

    /// Puts a part of a table into its place and opens it.
    pub(super) fn insert_part(&mut self, token: &Token) {
        let node = self.stand_alone(token);
        self.push_html(node, token.tag);
    }

    /// Opens an element whose start tag was left out.
    pub(super) fn imply(&mut self, tag: Tag) -> u32 {
        let node = self.arena.element(tag, Attributes::default());
        let place = self.place();
        self.arena.put(node, place);
        self.push_html(node, tag);
        node
    }
}
