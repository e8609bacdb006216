//! The main text of a page: which of its blocks are the article.
//!
//! What the markup itself calls a menu, a comment or a share bar is left out before, unless it holds most of the
//! page's prose ([`parts`]). The rest is read as blocks ([`blocks`]), which speak for the elements around them
//! ([`choose`]); of the chosen ones, what is built like a list of links goes ([`prune`]).

mod blocks;
mod choose;
mod parts;
mod prune;
mod structured;
mod teasers;

use super::lines::Line;
use super::markup::Markup;
use super::site::Site;
use crate::html::Tree;
use crate::model::{SetAside, Why};
use blocks::{Block, Blocks};
use choose::{Weights, choose};
use parts::Parts;

/// The lines of the article, and what was left out.
pub(super) struct Content {
    pub(super) lines: Vec<Line>,
    pub(super) left_out: Vec<SetAside>,
}

/// Blocks above the article that may still name its author and its day.
const ABOVE: usize = 12;

/// Less prose than this on a page makes no article; its scripts may hold one.
const LITTLE: usize = 250;

/// The article of a page, by what is known of all sites and of its own.
pub(super) fn main_text(tree: &Tree, markup: &Markup, site: Option<&Site>) -> Content {
    let body = structured::Body::of(tree);
    let (blocks, mut verdicts) = decided(tree, markup, site, body.as_ref());
    let prose: usize = blocks
        .list
        .iter()
        .zip(&verdicts)
        .filter(|(block, verdict)| **verdict == Verdict::Article && block.is_prose())
        .map(|(block, _)| block.weight)
        .sum();
    let hidden = match body {
        Some(body) if prose < LITTLE || prose * 3 < body.weight() => Some(body.into_lines()),
        _ if prose < LITTLE => structured::hidden_text(tree),
        _ => None,
    };
    let mut lines = Vec::new();
    if let Some(hidden) = hidden {
        lines.extend(hidden.into_iter().map(|text| Line { text, gap: true, ..Line::default() }));
        verdicts
            .iter_mut()
            .filter(|verdict| **verdict == Verdict::Article)
            .for_each(|v| *v = Verdict::Outside(Why::Navigation));
    }
    let mut left_out: Vec<(Why, String)> = Vec::new();
    let first = verdicts.iter().position(|verdict| *verdict == Verdict::Article).unwrap_or(0);
    for (at, (block, verdict)) in blocks.list.iter().zip(&verdicts).enumerate() {
        let text = blocks.text(block);
        let above = at < first && at + ABOVE >= first && block.density() < 0.9 && text.len() <= 200;
        match *verdict {
            Verdict::Article => lines.push(Line { text: text.to_owned(), gap: true, ..Line::default() }),
            Verdict::Inside(why @ Why::Caption) => {
                lines.push(Line { text: text.to_owned(), gap: true, hint: Some(why), ..Line::default() });
            }
            Verdict::Inside(why) | Verdict::Outside(why) if above => {
                lines.push(Line { text: text.to_owned(), gap: true, hint: Some(why), outside: true });
            }
            Verdict::Inside(why) | Verdict::Outside(why) => match left_out.last_mut() {
                Some((last, before)) if *last == why => {
                    before.push('\n');
                    before.push_str(text);
                }
                _ => left_out.push((why, text.to_owned())),
            },
        }
    }
    Content { lines, left_out: left_out.into_iter().map(|(why, text)| SetAside { why, text }).collect() }
}

/// What a block is found to be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Article,
    /// It stands among the article's blocks, and is none of them.
    Inside(Why),
    Outside(Why),
}

/// The paragraphs that the page's JSON-LD has too, if they are most of its text: whatever the elements around them
/// are called, they are the article.
fn witnessed(blocks: &mut Blocks, body: &structured::Body) -> Vec<usize> {
    let held = |at: &usize| {
        let block = &blocks.list[*at];
        block.is_prose() && body.holds(blocks.text(block))
    };
    let said: Vec<usize> = (0..blocks.list.len()).filter(held).collect();
    let weight: usize = said.iter().map(|&at| blocks.list[at].weight).sum();
    if weight * 10 < body.weight() * 6 {
        return Vec::new();
    }
    for &at in &said {
        blocks.list[at].why = None;
    }
    said
}

/// Paragraphs between the headline and the article's first block introduce it, in whatever element they stand.
fn lead(parts: &Parts, blocks: &Blocks, inside: &mut [bool]) {
    let Some(headline) = parts.headline else { return };
    let first = inside.iter().position(|inside| *inside).unwrap_or(0);
    let from = blocks.list.partition_point(|block| block.node < headline).max(first.saturating_sub(ABOVE));
    for (block, inside) in blocks.list[..first].iter().zip(inside.iter_mut()).skip(from) {
        let long = if block.heading { HEADING } else { LEAD };
        *inside = block.why.is_none() && block.node > headline && block.weight >= long && block.density() < 0.3;
    }
}

/// The least weight of an introduction that stands apart, and of one that is marked up as a heading.
const LEAD: usize = 60;
const HEADING: usize = 80;

fn decided(
    tree: &Tree,
    markup: &Markup,
    site: Option<&Site>,
    body: Option<&structured::Body>,
) -> (Blocks, Vec<Verdict>) {
    let mut parts = Parts::new(tree, markup);
    let marks = site.map(|site| site.marks(tree)).unwrap_or_default();
    marks.parts.iter().for_each(|&(at, why)| parts.set(tree, at, why));
    let mut blocks = Blocks::new(tree, &parts);
    if let Some(site) = site {
        for at in 0..blocks.list.len() {
            blocks.list[at].why = site.line(blocks.text(&blocks.list[at])).or(blocks.list[at].why);
        }
    }
    teasers::mark(tree, &mut blocks);
    let said = body.map(|body| witnessed(&mut blocks, body)).unwrap_or_default();
    let weights = Weights::new(&blocks.list);
    // An element that bears the name of the body and has no prose is none.
    let prose: usize = marks.body.iter().map(|&at| weights.prose(&blocks.inside(tree, at))).sum();
    let chosen = if prose >= LEAD { marks.body } else { choose(tree, &parts, &blocks, &weights) };
    let mut inside = vec![false; blocks.list.len()];
    for &at in &chosen {
        inside[blocks.inside(tree, at)].fill(true);
    }
    lead(&parts, &blocks, &mut inside);
    if let Some(&last) = said.last() {
        said.iter().for_each(|&at| inside[at] = true);
        let prose = |at: &usize| inside[*at] && blocks.list[*at].why.is_none() && blocks.list[*at].is_prose();
        let weight = |at: usize| blocks.list[at].weight;
        let all: usize = (0..blocks.list.len()).filter(prose).map(weight).sum();
        // What stands below the body's last words is something else, unless the body is cut short there.
        if said.iter().map(|&at| weight(at)).sum::<usize>() * 10 >= all * 7 {
            inside[last + 1..].fill(false);
        }
    }
    let pruned = prune::prune(tree, &blocks, &weights, &inside, &chosen);
    let verdict = |(at, block): (usize, &Block)| match (inside[at], block.why.or(pruned[at])) {
        (true, None) => Verdict::Article,
        (true, Some(why)) => Verdict::Inside(why),
        (false, why) => Verdict::Outside(why.unwrap_or(Why::Navigation)),
    };
    let verdicts = blocks.list.iter().enumerate().map(verdict).collect();
    (blocks, verdicts)
}

/// A block, as who learns a site looks at it.
pub(super) struct Passage<'b> {
    pub(super) text: &'b str,
    /// The first of its texts in the tree.
    pub(super) node: usize,
    pub(super) weight: usize,
    pub(super) linked: usize,
    pub(super) prose: bool,
    pub(super) why: Option<Why>,
}

/// Hands over the blocks of a page in their order.
pub(super) fn passages(tree: &Tree, markup: &Markup, mut take: impl FnMut(&Passage<'_>)) {
    let blocks = Blocks::new(tree, &Parts::new(tree, markup));
    for block in &blocks.list {
        let (text, prose) = (blocks.text(block), block.is_prose());
        take(&Passage { text, node: block.node, weight: block.weight, linked: block.linked, prose, why: block.why });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The ministers met in the capital on Thursday, and spoke about trade, borders and the river that both countries share.";

    fn read(html: &str) -> (Vec<String>, Vec<(Why, String)>) {
        let content = main_text(&Tree::parse(html), crate::Knowledge::embedded().markup(), None);
        let lines = content.lines.into_iter().map(|line| line.text).collect();
        (lines, content.left_out.into_iter().map(|aside| (aside.why, aside.text)).collect())
    }

    #[test]
    fn menus_and_forms_are_left_out_with_their_reason() {
        let page = format!(
            "<nav><a href=/>Home</a></nav><div class=story><p>{PROSE}</p><p>{PROSE} Again.</p>\
             <div class='share-bar'>Send</div></div><div id=comments><p>{PROSE} I agree.</p></div><footer>About</footer>"
        );
        let (lines, left_out) = read(&page);
        assert_eq!(lines, [PROSE.to_owned(), format!("{PROSE} Again.")]);
        let whys: Vec<Why> = left_out.iter().map(|(why, _)| *why).collect();
        assert_eq!(whys, [Why::Navigation, Why::Share, Why::Comments, Why::Navigation]);
    }

    #[test]
    fn a_page_in_one_form_is_still_read() {
        let (lines, _) = read(&format!("<form id=menu><div><p>{PROSE}</p><p>{PROSE}</p></div></form>"));
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn line_breaks_part_paragraphs() {
        let (lines, _) = read(&format!("<div>{PROSE}<br><br>{PROSE} <b>Bold</b> and <i>more</i>.<br></div>"));
        assert_eq!(lines, [PROSE.to_owned(), format!("{PROSE} Bold and more.")]);
    }

    #[test]
    fn rows_of_a_table_are_lines() {
        let table = "<table><tr><th>Town<th>Dead<tr><td>Derna<td>12</table>";
        let (lines, _) = read(&format!("<div><p>{PROSE}</p>{table}<p>{PROSE} Again.</p></div>"));
        assert_eq!(lines[1..3], ["Town | Dead", "Derna | 12"]);
    }

    #[test]
    fn teasers_and_their_heading_are_related() {
        let teaser =
            "<li><h3><a href=/a>Another title of another report</a></h3><p>A few words about it, and no more.</p></li>";
        let (lines, left_out) =
            read(&format!("<div><p>{PROSE}</p><p>{PROSE} Again.</p><h2>More</h2><ul>{}</ul></div>", teaser.repeat(4)));
        assert_eq!(lines.len(), 2);
        assert_eq!(left_out.iter().map(|(why, _)| *why).collect::<Vec<_>>(), [Why::Related]);
    }

    #[test]
    fn a_page_without_prose_gives_what_it_has() {
        assert_eq!(read("<p>Short.</p>").0, ["Short."]);
        assert_eq!(read("").0, Vec::<String>::new());
    }
}
