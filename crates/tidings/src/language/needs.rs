//! What must stand somewhere in a text for a pattern to match it.
//!
//! A pattern with gaps, or one that begins with any words, is tried in many ways before it fails. Most texts lack a
//! word that it cannot do without, which is looked for first.

use super::pattern::{Class, First, Node, Symbol, firsts_of};

/// Words and classes one of which must be there.
#[derive(Clone, Debug, Default)]
pub(super) struct Need {
    /// Sorted.
    words: Vec<Symbol>,
    /// A bit for each class.
    classes: u64,
}

/// The words and annotations that a text has.
#[derive(Debug, Default)]
pub(super) struct Present {
    pub(super) words: Vec<Symbol>,
    pub(super) classes: u64,
}

impl Present {
    /// Whether a text has one of what is needed.
    pub(super) fn meets(&self, need: &Need) -> bool {
        self.classes & need.classes != 0 || self.words.iter().any(|word| need.words.binary_search(word).is_ok())
    }
}

/// What a pattern needs that is worth asking for: nothing where it fails at once.
pub(super) fn needs(nodes: &[Node]) -> Vec<Need> {
    if !nodes.iter().any(|node| matches!(node, Node::Gap(_)) || matches!(node, Node::Class(class, _) if is_any(*class)))
    {
        return Vec::new();
    }
    nodes
        .iter()
        .filter(|node| matches!(node, Node::Word(..) | Node::Class(..) | Node::Either(_)))
        .filter_map(|node| {
            let mut firsts = Vec::new();
            if firsts_of(std::slice::from_ref(node), &mut firsts) {
                return None;
            }
            let mut need = Need::default();
            for first in firsts {
                match first {
                    First::Word(symbol) => need.words.push(symbol),
                    First::Class(class) if !is_any(class) => need.classes |= class.bit(),
                    First::Class(_) | First::Any => return None,
                }
            }
            need.words.sort_unstable();
            Some(need)
        })
        .collect()
}

/// Whether a class is any words.
pub(super) fn is_any(class: Class) -> bool {
    matches!(class, Class::Rest | Class::Words | Class::Author | Class::Authors | Class::Credit)
}
