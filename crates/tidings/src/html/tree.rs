//! The tree, and how it is walked.

use super::arena::{Attribute, Words};
use super::{Tag, build};

/// A page's elements and texts in the order of the page: what is inside an element follows it directly, so that the
/// indexes from an element to its [`end`](Tree::end) are the element and all that is in it.
///
/// It is what a browser without scripts would show: what a `<noscript>` holds is there, comments are not, and what a
/// `<template>` holds stands inside it. Elements within a drawing or a formula have the tag [`Tag::Other`], so that the
/// title of a drawing is not taken for the page's.
///
/// ```
/// use tidings::html::{Tag, Tree};
/// let tree = Tree::parse("<p class=lead>One <b>two</b></p><p>three &amp; four");
/// let lead = tree.elements(Tag::P).next().unwrap();
/// assert_eq!(tree.inner_text(lead), "One two");
/// assert_eq!(tree.attribute(lead, "class"), Some("lead"));
/// ```
pub struct Tree<'t> {
    page: &'t str,
    /// What is not in the page as it should read: texts whose references were resolved.
    aside: String,
    tags: Vec<Tag>,
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    was_cut: bool,
}

pub(super) struct Node {
    pub(super) parent: u32,
    pub(super) end: u32,
    /// Where a text begins, or an element's attributes; those of [`Tag::Other`] begin with its name.
    pub(super) at: u32,
    /// How long the text is, or how many attributes there are.
    pub(super) length: u32,
}

#[allow(clippy::len_without_is_empty)] // There is always the root.
impl<'t> Tree<'t> {
    /// Parses a page. Whatever is wrong with it, there is a tree: HTML has no errors that end reading.
    ///
    /// Time and memory grow with the page and no faster. Elements that nest deeper than 512 stand beside one another
    /// there; a page of more than 32 MiB or 4,000,000 nodes is [cut](Tree::was_cut).
    pub fn parse(html: &'t str) -> Self {
        build::tree(html)
    }

    pub(super) fn new(
        page: &'t str,
        aside: String,
        tags: Vec<Tag>,
        nodes: Vec<Node>,
        attributes: Vec<Attribute>,
        was_cut: bool,
    ) -> Self {
        Self { page, aside, tags, nodes, attributes, was_cut }
    }

    /// Whether the page was too long to be read to its end.
    pub fn was_cut(&self) -> bool {
        self.was_cut
    }

    /// How many nodes there are, the root among them.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What a node is.
    pub fn tag(&self, at: usize) -> Tag {
        self.tags[at]
    }

    /// An element's name in lower case; empty for the root and for texts.
    pub fn name(&self, at: usize) -> &str {
        match self.tags[at] {
            Tag::Other => self.list(at).first().map(|named| self.read(named.name)).unwrap_or_default(),
            tag => tag.name(),
        }
    }

    /// The element around a node; the root is its own.
    pub fn parent(&self, at: usize) -> usize {
        self.nodes[at].parent as usize
    }

    /// The index after a node's last descendant.
    pub fn end(&self, at: usize) -> usize {
        self.nodes[at].end as usize
    }

    /// A text, with its character references resolved; `None` for an element.
    pub fn text(&self, at: usize) -> Option<&str> {
        let node = &self.nodes[at];
        (self.tags[at] == Tag::Text).then(|| self.read(Words::from_parts(node.at, node.length)))
    }

    /// The value of an element's attribute, whose name is in lower case, with its character references resolved.
    pub fn attribute(&self, at: usize, name: &str) -> Option<&str> {
        let found = self.own_attributes(at).iter().find(|attribute| self.read(attribute.name) == name)?;
        Some(self.read(found.value))
    }

    /// An element's attributes in their order: names in lower case, and values.
    pub fn attributes(&self, at: usize) -> impl Iterator<Item = (&str, &str)> {
        self.own_attributes(at).iter().map(|attribute| (self.read(attribute.name), self.read(attribute.value)))
    }

    /// All text inside a node, as it stands.
    pub fn inner_text(&self, at: usize) -> String {
        (at..self.end(at)).filter_map(|at| self.text(at)).collect()
    }

    /// The elements of a tag, in their order.
    pub fn elements(&self, tag: Tag) -> impl Iterator<Item = usize> {
        self.tags.iter().enumerate().filter(move |(_, own)| **own == tag).map(|(at, _)| at)
    }

    fn read(&self, words: Words) -> &str {
        words.read(self.page, &self.aside)
    }

    /// What an element's node points to: for [`Tag::Other`] its name, and then attributes.
    fn list(&self, at: usize) -> &[Attribute] {
        let node = &self.nodes[at];
        if matches!(self.tags[at], Tag::Text | Tag::Root) {
            return &[];
        }
        self.attributes.get(node.at as usize..(node.at + node.length) as usize).unwrap_or_default()
    }

    fn own_attributes(&self, at: usize) -> &[Attribute] {
        let named = usize::from(self.tags[at] == Tag::Other);
        self.list(at).get(named..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_follows() {
        let tree = Tree::parse("<p class=a>One <b>two</b></p><x-y>three &amp; four");
        let bold = tree.elements(Tag::B).next().unwrap();
        let paragraph = tree.parent(bold);
        assert_eq!((tree.tag(paragraph), tree.end(paragraph)), (Tag::P, bold + 2));
        let other = tree.elements(Tag::Other).next().unwrap();
        assert_eq!((tree.name(other), tree.inner_text(other).as_str()), ("x-y", "three & four"));
    }

    #[test]
    fn attributes_are_the_first_of_their_name() {
        let tree = Tree::parse("<x-y A='1&amp;2' b=2 a=3 c />");
        let other = tree.elements(Tag::Other).next().unwrap();
        assert_eq!(tree.attributes(other).collect::<Vec<_>>(), [("a", "1&2"), ("b", "2"), ("c", "")]);
        assert_eq!(tree.attribute(other, "x-y"), None);
    }
}
