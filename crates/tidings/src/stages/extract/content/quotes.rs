//! Pull quotes: sentences of the article printed once more, set apart to be seen.

use super::Verdict;
use super::blocks::Blocks;
use crate::html::{Tag, Tree};
use crate::model::Why;

/// How much a pull quote says.
const QUOTE: std::ops::RangeInclusive<usize> = 24..=320;
/// The most of them that are looked for on one page.
const QUOTES: usize = 24;
/// How far above a block the element is looked for that sets it apart.
const CLIMB: usize = 4;

/// Sets aside what a longer paragraph of the article says in the same words.
pub(super) fn set_aside(tree: &Tree, blocks: &Blocks, verdicts: &mut [Verdict]) {
    let is_quote = |at: &usize| {
        let block = &blocks.list[*at];
        let set_apart = [Verdict::Article, Verdict::Inside(Why::Related), Verdict::Outside(Why::Related)];
        set_apart.contains(&verdicts[*at])
            && !block.heading
            && block.density() < 0.5
            && QUOTE.contains(&block.weight)
            && is_apart(tree, block.element)
    };
    let quotes: Vec<usize> = (0..blocks.list.len()).filter(is_quote).take(QUOTES).collect();
    if quotes.is_empty() {
        return;
    }
    let mut whole = String::new();
    for (at, block) in blocks.list.iter().enumerate() {
        if verdicts[at] == Verdict::Article && block.is_prose() && quotes.binary_search(&at).is_err() {
            whole.extend(folded(blocks.text(block)));
            whole.push('\n');
        }
    }
    for at in quotes {
        let words: String = folded(blocks.text(&blocks.list[at])).collect();
        if words.len() >= *QUOTE.start() && whole.contains(&words) {
            verdicts[at] = match verdicts[at] {
                Verdict::Outside(_) => Verdict::Outside(Why::Repeated),
                _ => Verdict::Inside(Why::Repeated),
            };
        }
    }
}

/// Whether an element, or one close around it, is one that quotations and boxes stand in.
fn is_apart(tree: &Tree, mut element: usize) -> bool {
    for _ in 0..CLIMB {
        match tree.tag(element) {
            Tag::Blockquote | Tag::Aside | Tag::Figure | Tag::Q => return true,
            Tag::Body | Tag::Article | Tag::Main | Tag::Root => return false,
            _ => element = tree.parent(element),
        }
    }
    false
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
