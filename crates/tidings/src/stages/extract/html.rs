//! HTML to a tree that can be walked by index. Only this module knows the parser that is used.

use dom_query::{Document, NodeRef};

/// A page's elements and texts in the order of the page: what is inside an element follows it directly.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// An element or a text.
pub(super) struct Node {
    /// The element around it; the root is its own parent.
    pub(super) parent: usize,
    /// The index after its last descendant.
    pub(super) end: usize,
    pub(super) data: Data,
}

/// What a node is.
pub(super) enum Data {
    /// An element: its name in lower case, and its attributes.
    Element(Box<str>, Vec<(Box<str>, Box<str>)>),
    /// Text with its character references resolved.
    Text(Box<str>),
}

impl Node {
    /// An element's name; empty for text.
    pub(super) fn tag(&self) -> &str {
        match &self.data {
            Data::Element(tag, _) => tag,
            Data::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        match &self.data {
            Data::Element(_, attributes) => {
                attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
            }
            Data::Text(_) => None,
        }
    }
}

impl Tree {
    /// Parses a page. Whatever is wrong with it, there is a tree: HTML has no errors that end reading.
    pub(super) fn parse(html: &str) -> Self {
        let document = Document::from(html);
        let mut tree = Self { nodes: vec![Node { parent: 0, end: 0, data: Data::Element("".into(), Vec::new()) }] };
        // Pages nest as deep as their authors' templates; a stack of our own has no limit to overrun.
        let mut open: Vec<(usize, NodeRef<'_>)> = Vec::new();
        let mut next = document.root().first_child();
        loop {
            if let Some(node) = next {
                let parent = open.last().map_or(0, |(at, _)| *at);
                let at = tree.nodes.len();
                let data = if node.is_text() {
                    Some(Data::Text(node.text().as_ref().into()))
                } else {
                    node.node_name().map(|name| {
                        let attributes = node.attrs();
                        let attributes = attributes.iter().map(|a| ((*a.name.local).into(), (*a.value).into()));
                        Data::Element(name.as_ref().into(), attributes.collect())
                    })
                };
                if let Some(data) = data {
                    tree.nodes.push(Node { parent, end: at + 1, data });
                    if let Some(child) = node.first_child() {
                        open.push((at, node));
                        next = Some(child);
                        continue;
                    }
                }
                next = node.next_sibling();
            } else {
                let Some((at, node)) = open.pop() else { break };
                tree.nodes[at].end = tree.nodes.len();
                next = node.next_sibling();
            }
        }
        tree.nodes[0].end = tree.nodes.len();
        tree
    }

    /// All text inside a node, as it stands.
    pub(super) fn text(&self, at: usize) -> String {
        let inside = self.nodes[at..self.nodes[at].end].iter();
        inside.filter_map(|node| if let Data::Text(text) = &node.data { Some(&**text) } else { None }).collect()
    }

    /// The elements of a name, in their order.
    pub(super) fn elements<'t>(&'t self, tag: &'t str) -> impl Iterator<Item = usize> + 't {
        (0..self.nodes.len()).filter(move |&at| self.nodes[at].tag() == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_follows() {
        let tree = Tree::parse("<p class=a>One <b>two</b></p><p>three &amp; four");
        let first = tree.elements("p").next().unwrap();
        assert_eq!(tree.text(first), "One two");
        assert_eq!(tree.nodes[first].attribute("class"), Some("a"));
        assert_eq!(tree.text(0), "One twothree & four");
    }

    #[test]
    fn depth_is_no_danger() {
        let tree = Tree::parse(&"<div>".repeat(5000));
        assert!(tree.nodes.len() >= 512);
    }
}
