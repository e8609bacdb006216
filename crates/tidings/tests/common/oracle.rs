//! What html5ever makes of a page, to hold our own tree against: the visible text of both, block by block.

use dom_query::{Document, NodeRef};
use tidings::html::{Tag, Tree};

/// Elements that do not break a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose text nobody sees.
const UNSEEN: &[&str] = &["script", "style", "template", "head"];

/// A page's text, a line for each block.
#[derive(Default)]
struct Lines {
    done: Vec<String>,
    open: String,
}

impl Lines {
    fn text(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// An element begins or ends.
    fn edge(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            let line = std::mem::take(&mut self.open).split_whitespace().collect::<Vec<_>>().join(" ");
            if !line.is_empty() {
                self.done.push(line);
            }
        }
    }
}

/// The blocks that our tree has.
pub fn ours(tree: &Tree) -> Vec<String> {
    let mut lines = Lines::default();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        while open.last().is_some_and(|element| tree.end(*element) <= at) {
            lines.edge(tree.name(open.pop().unwrap_or_default()));
        }
        if let Some(text) = tree.text(at) {
            lines.text(text);
        } else if UNSEEN.contains(&tree.name(at)) {
            at = tree.end(at);
            continue;
        } else if tree.tag(at) != Tag::Root {
            lines.edge(tree.name(at));
            open.push(at);
        }
        at += 1;
    }
    lines.edge("");
    lines.done
}

/// The blocks that html5ever's tree has.
pub fn theirs(html: &str) -> Vec<String> {
    let document = Document::from(html);
    let mut lines = Lines::default();
    let mut open: Vec<(String, NodeRef<'_>)> = Vec::new();
    let mut next = document.root().first_child();
    loop {
        if let Some(node) = next {
            next = node.next_sibling();
            if node.is_text() {
                lines.text(&node.text());
            } else if let Some(name) = node.node_name()
                && !UNSEEN.contains(&&*name)
            {
                lines.edge(&name);
                open.push((name.to_string(), node));
                next = node.first_child();
            }
        } else {
            let Some((name, node)) = open.pop() else { break };
            lines.edge(&name);
            next = node.next_sibling();
        }
    }
    lines.edge("");
    lines.done
}
