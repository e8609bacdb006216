//! Lists of teasers: siblings of one shape, each a title that is a link, with a few words below it.

use super::blocks::Blocks;
use crate::html::{Tag, Tree};
use crate::model::Why;

/// The least siblings that make a list.
const SIBLINGS: usize = 3;
/// The least weight of a title, and the most of the words below one.
const TITLE: usize = 12;
const WORDS: usize = 420;

/// Marks the blocks of such lists, unless hardly any prose would be left on the page.
pub(super) fn mark(tree: &Tree, blocks: &mut Blocks) {
    let mut marked = vec![false; blocks.list.len()];
    let mut at = 1;
    while at < tree.len() {
        if is_list(tree, blocks, at) {
            let mut child = at + 1;
            while child < tree.end(at) {
                if is_teaser(tree, blocks, child) {
                    marked[blocks.inside(tree, child)].fill(true);
                }
                child = tree.end(child);
            }
        }
        at += 1;
    }
    let left: usize = blocks
        .list
        .iter()
        .zip(&marked)
        .filter(|(block, marked)| !**marked && block.why.is_none() && block.is_prose())
        .map(|(block, _)| block.weight)
        .sum();
    if left >= WORDS / 2 {
        for (block, _) in blocks.list.iter_mut().zip(marked).filter(|(_, marked)| *marked) {
            block.why = block.why.or(Some(Why::Related));
        }
    }
}

/// Whether most of an element's children are teasers.
fn is_list(tree: &Tree, blocks: &Blocks, at: usize) -> bool {
    if matches!(tree.tag(at), Tag::Text | Tag::Root | Tag::P | Tag::Tr) || tree.end(at) - at < SIBLINGS * 3 {
        return false;
    }
    let (mut teasers, mut others) = (0, 0);
    let mut child = at + 1;
    while child < tree.end(at) {
        if tree.tag(child) != Tag::Text {
            if is_teaser(tree, blocks, child) {
                teasers += 1;
            } else {
                others += blocks.list[blocks.inside(tree, child)].iter().filter(|block| block.is_prose()).count();
            }
        }
        child = tree.end(child);
    }
    teasers >= SIBLINGS && teasers > others * 2
}

/// Whether an element is a title that is a link with a few words around it.
fn is_teaser(tree: &Tree, blocks: &Blocks, at: usize) -> bool {
    if matches!(tree.tag(at), Tag::Text | Tag::P) {
        return false;
    }
    let blocks = &blocks.list[blocks.inside(tree, at)];
    let titled = blocks.iter().take(4).any(|block| block.weight >= TITLE && block.density() >= 0.8);
    titled && blocks.len() <= 12 && blocks.iter().map(|block| block.weight - block.linked).sum::<usize>() <= WORDS
}
