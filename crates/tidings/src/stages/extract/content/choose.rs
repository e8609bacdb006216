//! Which elements hold the article.
//!
//! Blocks that read as paragraphs speak for the elements around them, and the element that most speaks for is the
//! article's. From there the choice widens, as long as what comes in with it reads like an article too.

use super::blocks::{Block, Blocks};
use super::parts::Parts;
use crate::html::{Tag, Tree};

/// How much of each kind of text the elements hold: sums over the blocks, so that a range is one subtraction.
pub(super) struct Weights {
    all: Vec<usize>,
    linked: Vec<usize>,
    prose: Vec<usize>,
}

impl Weights {
    pub(super) fn new(blocks: &[Block]) -> Self {
        let sums = |value: &dyn Fn(&Block) -> usize| {
            let mut sums = vec![0];
            let mut sum = 0;
            sums.extend(blocks.iter().map(|block| {
                sum += if block.why.is_none() { value(block) } else { 0 };
                sum
            }));
            sums
        };
        Self {
            all: sums(&|block| block.weight),
            linked: sums(&|block| block.linked),
            prose: sums(&|block| if block.is_prose() && !block.comment { block.weight - block.linked } else { 0 }),
        }
    }

    pub(super) fn all(&self, range: &std::ops::Range<usize>) -> usize {
        self.all[range.end] - self.all[range.start]
    }

    pub(super) fn linked(&self, range: &std::ops::Range<usize>) -> usize {
        self.linked[range.end] - self.linked[range.start]
    }

    pub(super) fn prose(&self, range: &std::ops::Range<usize>) -> usize {
        self.prose[range.end] - self.prose[range.start]
    }
}

/// The elements that hold the article, the foremost first.
pub(super) fn choose(tree: &Tree, parts: &Parts, blocks: &Blocks, weights: &Weights) -> Vec<usize> {
    let scores = scores(tree, parts, blocks, weights);
    let Some(best) = (0..scores.len())
        .filter(|&at| scores[at] > 0.0)
        .max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))
    else {
        return vec![0];
    };
    let top = widened(tree, blocks, weights, best);
    let mut chosen = vec![top];
    // Under a headline of its own another article is another one.
    let holds = |at: usize| parts.headline.is_some_and(|headline| (at..tree.end(at)).contains(&headline));
    let alone = tree.tag(top) == Tag::Article && holds(top);
    // What is called alike goes with it, and siblings that hold prose of their own: pages that are cut by
    // advertisements.
    let mut part = top;
    for nearest in [true, false] {
        if part == 0 || matches!(tree.tag(part), Tag::Body | Tag::Html) {
            break;
        }
        let parent = tree.parent(part);
        let beside = |at: usize| {
            nearest && tree.parent(at) == parent && (scores[at] >= scores[top] * 0.2 || tree.tag(at) == Tag::P)
        };
        let mut at = parent + 1;
        while at < tree.end(parent) {
            let outside = at < part || at >= tree.end(part);
            let other = alone && tree.tag(at) == Tag::Article && is_titled(tree, at);
            if outside && !other && tree.tag(at) != Tag::Text && (is_alike(tree, at, top) || beside(at)) {
                let range = blocks.inside(tree, at);
                if weights.prose(&range) > 80 && weights.linked(&range) * 10 < weights.all(&range) * 3 {
                    chosen.push(at);
                    at = tree.end(at);
                    continue;
                }
            }
            at += 1;
        }
        part = parent;
    }
    chosen
}

/// Whether a heading stands at the beginning of an element.
pub(super) fn is_titled(tree: &Tree, at: usize) -> bool {
    (at + 1..tree.end(at).min(at + BEGINNING)).any(|at| matches!(tree.tag(at), Tag::H1 | Tag::H2 | Tag::H3))
}

/// Nodes of an element that are its beginning.
const BEGINNING: usize = 12;

/// Whether two elements are called alike: they share a class.
fn is_alike(tree: &Tree, a: usize, b: usize) -> bool {
    let classes = |at: usize| tree.attribute(at, "class").unwrap_or_default().split_ascii_whitespace();
    tree.tag(a) == tree.tag(b) && (classes(a).any(|class| classes(b).any(|other| class == other)))
}

fn scores(tree: &Tree, parts: &Parts, blocks: &Blocks, weights: &Weights) -> Vec<f32> {
    let mut scores = vec![0.0f32; tree.len()];
    // How many paragraphs stand between the headline and a block.
    let mut after = 0;
    for block in blocks.list.iter().filter(|block| block.why.is_none() && !block.heading && !block.comment) {
        let density = block.density();
        if block.weight < 30 || density > 0.5 {
            continue;
        }
        let mut score = (1.0 + block.commas.min(8) as f32 + (block.weight as f32 / 100.0).min(4.0)) * (1.0 - density);
        match parts.headline {
            Some(headline) if block.node > headline => {
                if after < NEAR {
                    score *= 1.0 + (NEAR - after) as f32 / NEAR as f32;
                }
                after += 1;
            }
            Some(_) => score *= 0.7,
            None => {}
        }
        // Text that stands in a div beside line breaks is a paragraph of that div.
        let mut element = home(tree, block.element);
        for share in [1.0, 0.5, 0.2, 0.1] {
            scores[element] += score * share;
            if element == 0 {
                break;
            }
            element = tree.parent(element);
        }
    }
    for (at, score) in scores.iter_mut().enumerate().filter(|(_, score)| **score > 0.0) {
        let range = blocks.inside(tree, at);
        *score *= 1.0 - weights.linked(&range) as f32 / weights.all(&range).max(1) as f32;
        *score *= 1.0 + 0.2 * f32::from(parts.favour(at));
        if tree.tag(at) == Tag::Article {
            *score *= 1.2;
        }
    }
    scores
}

/// Paragraphs below the headline that are more likely the article's than others.
const NEAR: usize = 5;

/// The element that a block is a paragraph of.
pub(super) fn home(tree: &Tree, mut element: usize) -> usize {
    while is_leaf(tree.tag(element)) {
        element = tree.parent(element);
    }
    element
}

/// Elements that hold one paragraph each, and of which an article has many.
fn is_leaf(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::P
            | Tag::Blockquote
            | Tag::Pre
            | Tag::Li
            | Tag::Ul
            | Tag::Ol
            | Tag::Dl
            | Tag::Dt
            | Tag::Dd
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::A
            | Tag::Abbr
            | Tag::B
            | Tag::Center
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Small
            | Tag::Span
            | Tag::Strong
            | Tag::U
    )
}

/// The element itself, or one around it where what comes in with it is more article than anything else.
fn widened(tree: &Tree, blocks: &Blocks, weights: &Weights, best: usize) -> usize {
    let mut top = best;
    let mut around = best;
    let mut range = blocks.inside(tree, best);
    while around != 0 && tree.tag(around) != Tag::Body {
        around = tree.parent(around);
        let wide = blocks.inside(tree, around);
        let prose = weights.prose(&wide) - weights.prose(&range);
        let other = weights.all(&wide) - weights.all(&range) - prose;
        let linked = weights.linked(&wide) - weights.linked(&range);
        // Short lines are steps and ingredients as often as they are buttons; links are seldom an article's.
        if prose * 10 >= weights.prose(&range) && prose * 10 > linked * 60 + (other - linked.min(other)) * 2 {
            top = around;
            range = wide;
        }
    }
    top
}
