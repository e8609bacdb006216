//! The main text of a page: which of its blocks are the article.
//!
//! What the markup itself calls a menu, a comment or a share bar is left out before, unless it holds most of the
//! page's prose ([`parts`]). The rest is read as blocks ([`blocks`]), which speak for the elements around them
//! ([`choose`]); of the chosen ones, what is built like a list of links goes ([`prune`]).

mod blocks;
mod choose;
mod entries;
mod parts;
mod prune;
mod quotes;
mod structured;
mod teasers;
mod threads;

use super::lines::Line;
use super::markup::Markup;
use super::site::Site;
use crate::html::{Tag, Tree};
use crate::model::{SetAside, Why};
use blocks::{Block, Blocks};
use choose::{Weights, choose};
use entries::Entries;
use parts::Parts;

/// The lines of the article, and what was left out.
pub(super) struct Content {
    pub(super) lines: Vec<Line>,
    pub(super) left_out: Vec<SetAside>,
    pub(super) notes: Vec<String>,
    /// Whether the page has several articles, none of which is what its title tells.
    pub(super) several: bool,
}

/// Blocks above the article that may still name its author and its day.
const ABOVE: usize = 12;

/// Less prose than this on a page makes no article; its scripts may hold one.
const LITTLE: usize = 250;

/// The article of a page, by what is known of all sites and of its own.
pub(super) fn main_text(tree: &Tree, markup: &Markup, site: Option<&Site>) -> Content {
    let body = structured::Body::of(tree);
    let Decided { blocks, mut verdicts, begins, live } = decided(tree, markup, site, body.as_ref());
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
    let several = !begins.is_empty();
    let mut begins = begins.into_iter().skip(1).peekable();
    let mut entries = live
        .map(|mut live| {
            let told = |item: &threads::Item| {
                item.blocks.clone().any(|at| at != item.stamp && verdicts[at] == Verdict::Article)
            };
            live.items.retain(told);
            Entries::new(live, tree, markup)
        })
        .unwrap_or_default();
    for (at, (block, verdict)) in blocks.list.iter().zip(&verdicts).enumerate() {
        let text = blocks.text(block);
        if entries.is_time(at, text, &mut lines) {
            continue;
        }
        let above = at < first && at + ABOVE >= first && block.density() < 0.9 && text.len() <= 200;
        match *verdict {
            Verdict::Article => {
                let begins = begins.next_if(|&begin| begin <= block.node).is_some();
                let text = entries.timed(text);
                lines.push(Line { text, gap: true, begins, ..Line::default() });
            }
            Verdict::Inside(why @ Why::Caption) => {
                lines.push(Line { text: text.to_owned(), gap: true, hint: Some(why), ..Line::default() });
            }
            Verdict::Inside(why) | Verdict::Outside(why) if above => {
                lines.push(Line { text: text.to_owned(), gap: true, hint: Some(why), outside: true, begins: false });
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
    let notes = entries.end(&mut lines);
    Content {
        lines,
        notes,
        several,
        left_out: left_out.into_iter().map(|(why, text)| SetAside { why, text }).collect(),
    }
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

fn decided(tree: &Tree, markup: &Markup, site: Option<&Site>, body: Option<&structured::Body>) -> Decided {
    let mut parts = Parts::new(tree, markup);
    let marks = site.map(|site| site.marks(tree)).unwrap_or_default();
    marks.parts.iter().for_each(|&(at, why)| parts.set(tree, at, why));
    let mut blocks = Blocks::new(tree, &parts);
    if let Some(site) = site {
        for at in 0..blocks.list.len() {
            blocks.list[at].why = site.line(blocks.text(&blocks.list[at])).or(blocks.list[at].why);
        }
    }
    let live = threads::mark(tree, parts.headline, &mut blocks);
    teasers::mark(tree, &mut blocks);
    let said = body.map(|body| witnessed(&mut blocks, body)).unwrap_or_default();
    let weights = Weights::new(&blocks.list);
    // An element that bears the name of the body and has no prose is none.
    let prose: usize = marks.body.iter().map(|&at| weights.prose(&blocks.inside(tree, at))).sum();
    let chosen = if prose >= LEAD { marks.body } else { choose(tree, &parts, &blocks, &weights) };
    for block in blocks.list.iter_mut().filter(|block| block.comment) {
        block.why = block.why.or(Some(Why::Comments));
    }
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
    let several = Several::of(tree, &parts, &blocks, &weights, &chosen);
    for range in &several.others {
        for at in blocks.inside(tree, range.start) {
            inside[at] = false;
            blocks.list[at].why = blocks.list[at].why.or(Some(Why::Related));
        }
    }
    let pruned = prune::prune(tree, &blocks, &weights, &inside, &chosen);
    let headline = parts.headline.map_or(0..0, |at| at..tree.end(at));
    let verdict = |(at, block): (usize, &Block)| match (inside[at], block.why.or(pruned[at])) {
        (true, None) => Verdict::Article,
        (true, Some(why)) => Verdict::Inside(why),
        (false, None) if headline.contains(&block.node) => Verdict::Outside(Why::Repeated),
        (false, why) => Verdict::Outside(why.unwrap_or(Why::Navigation)),
    };
    let mut verdicts: Vec<Verdict> = blocks.list.iter().enumerate().map(verdict).collect();
    quotes::set_aside(tree, &blocks, &mut verdicts);
    Decided { blocks, verdicts, begins: several.begins, live }
}

/// What is found out about the blocks of a page.
struct Decided {
    blocks: Blocks,
    verdicts: Vec<Verdict>,
    /// The elements in which further articles begin.
    begins: Vec<usize>,
    live: Option<threads::Thread>,
}

/// The articles that stand beside one another in a page.
struct Several {
    /// Those that are not the one under the page's headline.
    others: Vec<std::ops::Range<usize>>,
    /// Where further ones begin, if none is under the page's headline.
    begins: Vec<usize>,
}

/// The most articles that are looked at.
const ARTICLES: usize = 200;

impl Several {
    /// Elements marked up as articles, each with a heading at its beginning.
    fn of(tree: &Tree, parts: &Parts, blocks: &Blocks, weights: &Weights, chosen: &[usize]) -> Self {
        let mut all: Vec<std::ops::Range<usize>> = Vec::new();
        for at in tree.elements(Tag::Article).filter(|&at| !parts.is_hidden(at)).take(ARTICLES) {
            if all.last().is_none_or(|last| last.end <= at) {
                all.push(at..tree.end(at));
            }
        }
        let prose = |range: &std::ops::Range<usize>| weights.prose(&blocks.inside(tree, range.start));
        let titled = |range: &std::ops::Range<usize>| choose::is_titled(tree, range.start);
        let under = |range: &std::ops::Range<usize>| parts.headline.is_some_and(|headline| range.contains(&headline));
        let is_chosen = |range: &std::ops::Range<usize>| {
            chosen.iter().any(|&top| top <= range.start && range.start < tree.end(top))
        };
        if let Some(own) = all.iter().find(|range| under(range)).map(prose) {
            // One that is little beside another is perhaps its head.
            let other = |range: &std::ops::Range<usize>| !under(range) && (!is_chosen(range) || titled(range));
            let least = all.iter().filter(|range| other(range)).map(prose).max().unwrap_or(0) / 2;
            let others = if own >= LITTLE.max(least) { all.into_iter().filter(other).collect() } else { Vec::new() };
            return Self { others, begins: Vec::new() };
        }
        let many: Vec<_> = all.iter().filter(|range| is_chosen(range) && titled(range)).collect();
        let held: usize = many.iter().map(|range| prose(range)).sum();
        let whole: usize = chosen.iter().map(|&at| weights.prose(&blocks.inside(tree, at))).sum();
        let several = parts.headline.is_none()
            && many.len() > 1
            && held * 5 >= whole * 4
            && many.iter().all(|range| prose(range) >= LITTLE);
        Self {
            others: Vec::new(),
            begins: if several { many.iter().map(|range| range.start).collect() } else { Vec::new() },
        }
    }
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
