//! The tree, and how it is walked.

use std::marker::PhantomData;

use dom_query::{Document, NodeRef};

use super::Tag;

/// A page's elements and texts in the order of the page: what is inside an element follows it directly, so that the
/// indexes from an element to its [`end`](Tree::end) are the element and all that is in it.
///
/// ```
/// use tidings::html::{Tag, Tree};
/// let tree = Tree::parse("<p class=lead>One <b>two</b></p><p>three &amp; four");
/// let lead = tree.elements(Tag::P).next().unwrap();
/// assert_eq!(tree.inner_text(lead), "One two");
/// assert_eq!(tree.attribute(lead, "class"), Some("lead"));
/// ```
pub struct Tree<'t> {
    nodes: Vec<Node>,
    source: PhantomData<&'t str>,
}

struct Node {
    tag: Tag,
    parent: usize,
    end: usize,
    /// A text, or the name of an element that has no tag.
    words: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
}

#[allow(clippy::len_without_is_empty)] // There is always the root.
impl<'t> Tree<'t> {
    /// Parses a page. Whatever is wrong with it, there is a tree: HTML has no errors that end reading.
    pub fn parse(html: &'t str) -> Self {
        let document = Document::from(html);
        let root = Node { tag: Tag::Root, parent: 0, end: 0, words: "".into(), attributes: Vec::new() };
        let mut nodes = vec![root];
        // Pages nest as deep as their authors' templates; a stack of our own has no limit to overrun.
        let mut open: Vec<(usize, NodeRef<'_>)> = Vec::new();
        let mut next = document.root().first_child();
        loop {
            if let Some(node) = next {
                let parent = open.last().map_or(0, |(at, _)| *at);
                let at = nodes.len();
                let made = if node.is_text() {
                    Some((Tag::Text, node.text().as_ref().into(), Vec::new()))
                } else {
                    node.node_name().map(|name| {
                        let tag = Tag::named(&name);
                        let attributes = node.attrs();
                        let attributes = attributes.iter().map(|a| ((*a.name.local).into(), (*a.value).into()));
                        let words = if tag == Tag::Other { name.as_ref() } else { "" };
                        (tag, words.into(), attributes.collect())
                    })
                };
                if let Some((tag, words, attributes)) = made {
                    nodes.push(Node { tag, parent, end: at + 1, words, attributes });
                    if let Some(child) = node.first_child() {
                        open.push((at, node));
                        next = Some(child);
                        continue;
                    }
                }
                next = node.next_sibling();
            } else {
                let Some((at, node)) = open.pop() else { break };
                nodes[at].end = nodes.len();
                next = node.next_sibling();
            }
        }
        nodes[0].end = nodes.len();
        Self { nodes, source: PhantomData }
    }

    /// How many nodes there are, the root among them.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What a node is.
    pub fn tag(&self, at: usize) -> Tag {
        self.nodes[at].tag
    }

    /// An element's name in lower case; empty for the root and for texts.
    pub fn name(&self, at: usize) -> &str {
        match self.nodes[at].tag {
            Tag::Other => &self.nodes[at].words,
            tag => tag.name(),
        }
    }

    /// The element around a node; the root is its own.
    pub fn parent(&self, at: usize) -> usize {
        self.nodes[at].parent
    }

    /// The index after a node's last descendant.
    pub fn end(&self, at: usize) -> usize {
        self.nodes[at].end
    }

    /// A text, with its character references resolved; `None` for an element.
    pub fn text(&self, at: usize) -> Option<&str> {
        let node = &self.nodes[at];
        (node.tag == Tag::Text).then_some(&*node.words)
    }

    /// The value of an element's attribute, whose name is in lower case, with its character references resolved.
    pub fn attribute(&self, at: usize, name: &str) -> Option<&str> {
        self.attributes(at).find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// An element's attributes in their order: names in lower case, and values.
    pub fn attributes(&self, at: usize) -> impl Iterator<Item = (&str, &str)> {
        self.nodes[at].attributes.iter().map(|(key, value)| (&**key, &**value))
    }

    /// All text inside a node, as it stands.
    pub fn inner_text(&self, at: usize) -> String {
        (at..self.end(at)).filter_map(|at| self.text(at)).collect()
    }

    /// The elements of a tag, in their order.
    pub fn elements(&self, tag: Tag) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |&at| self.tag(at) == tag)
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
    fn depth_is_no_danger() {
        let page = "<div>".repeat(5000);
        let tree = Tree::parse(&page);
        assert!(tree.len() >= 512);
    }
}
