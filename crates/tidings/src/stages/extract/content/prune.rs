//! What of the chosen elements is not the article after all.

use super::blocks::Blocks;
use super::choose::{Weights, home};
use crate::html::{Tag, Tree};
use crate::model::Why;

/// Why each block leaves the article, if it does.
pub(super) fn prune(
    tree: &Tree,
    blocks: &Blocks,
    weights: &Weights,
    inside: &[bool],
    chosen: &[usize],
) -> Vec<Option<Why>> {
    let mut whys: Vec<Option<Why>> = vec![None; blocks.list.len()];
    for &top in chosen {
        links(tree, blocks, weights, top, &mut whys);
    }
    // A block that is little but links leads elsewhere.
    for (at, block) in blocks.list.iter().enumerate() {
        if block.density() > 0.5 && block.weight < 120 {
            whys[at] = Some(Why::Related);
        }
    }
    edges(tree, blocks, inside, &mut whys);
    headings(blocks, inside, &mut whys);
    whys
}

/// Parts that are links for the greater part.
fn links(tree: &Tree, blocks: &Blocks, weights: &Weights, top: usize, whys: &mut [Option<Why>]) {
    let mut at = top + 1;
    while at < tree.end(top) {
        let end = tree.end(at);
        if is_part(tree.tag(at)) {
            let range = blocks.inside(tree, at);
            let (all, linked) = (weights.all(&range), weights.linked(&range));
            let dense = linked as f32 / all.max(1) as f32;
            let least = if weights.prose(&range) == 0 { 0.35 } else { 0.4 };
            if dense > least {
                whys[range].fill(Some(Why::Related));
                at = end;
                continue;
            }
        }
        at += 1;
    }
}

fn is_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Div | Tag::Section | Tag::Ul | Tag::Ol | Tag::Dl | Tag::Table | Tag::Header | Tag::Article | Tag::Other
    )
}

/// Short lines before the first paragraph and after the last, in elements that hold no paragraph: dates, sizes of
/// letters, counters.
fn edges(tree: &Tree, blocks: &Blocks, inside: &[bool], whys: &mut [Option<Why>]) {
    let is_prose = |at: &usize| {
        let block = &blocks.list[*at];
        inside[*at] && block.why.is_none() && whys[*at].is_none() && block.is_prose()
    };
    let prose: Vec<usize> = (0..blocks.list.len()).filter(is_prose).collect();
    let (Some(&first), Some(&last)) = (prose.first(), prose.last()) else { return };
    let mut homes: Vec<usize> = prose.iter().map(|&at| home(tree, blocks.list[at].element)).collect();
    homes.sort_unstable();
    homes.dedup();
    for at in (0..first).chain(last + 1..blocks.list.len()) {
        let block = &blocks.list[at];
        let outside = homes.binary_search(&home(tree, block.element)).is_err();
        if inside[at] && outside && block.weight < 60 {
            whys[at] = whys[at].or(Some(Why::Navigation));
        }
    }
}

/// A heading goes with what stands below it.
fn headings(blocks: &Blocks, inside: &[bool], whys: &mut [Option<Why>]) {
    let mut below: Option<Why> = None;
    let mut kept = false;
    for at in (0..blocks.list.len()).rev() {
        let block = &blocks.list[at];
        let why = block.why.or(whys[at]).or((!inside[at]).then_some(Why::Navigation));
        if block.heading && why.is_none() {
            if !kept {
                whys[at] = below;
            }
            (below, kept) = (None, whys[at].is_none());
            continue;
        }
        match why {
            None => (below, kept) = (None, true),
            Some(why) if inside[at] => (below, kept) = (Some(why), false),
            Some(_) => {}
        }
    }
}
