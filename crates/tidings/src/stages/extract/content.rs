//! The main text of a page: which of its blocks are the article.
//!
//! Long blocks with commas and few links speak for the elements around them, and the element that most speaks for
//! is the article's. What the markup itself calls a menu, a comment or a share bar is left out before, unless it
//! holds most of the page's prose.

use super::lines::Line;
use super::markup::Markup;
use crate::html::{Tag, Tree};
use crate::model::{SetAside, Why};

/// The lines of the article, and what was left out.
pub(super) struct Content {
    pub(super) lines: Vec<Line>,
    pub(super) left_out: Vec<SetAside>,
}

/// A run of text that the page sets apart.
struct Block {
    text: String,
    /// The element that it stands in directly.
    element: usize,
    /// Bytes of it that are links.
    linked: usize,
    gap: bool,
    heading: bool,
    why: Option<Why>,
}

impl Block {
    fn link_density(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }

    fn is_prose(&self) -> bool {
        self.why.is_none() && !self.heading && self.link_density() < 0.4 && weight(&self.text) >= 60
    }
}

/// The length of a text in letters, where a character of Han counts as three: it says as much.
fn weight(text: &str) -> usize {
    text.chars().map(|c| if ('\u{2e80}'..'\u{d7b0}').contains(&c) { 3 } else { 1 }).sum()
}

/// Blocks above the article that may still name its author and its day.
const ABOVE: usize = 12;

/// The article of a page.
pub(super) fn main_text(tree: &Tree, markup: &Markup) -> Content {
    let whys = parts(tree, markup);
    let blocks = blocks(tree, &whys);
    let chosen = choose(tree, &blocks, markup);
    let mut lines = Vec::new();
    let mut left_out: Vec<(Why, String)> = Vec::new();
    let inside = |block: &Block| chosen.iter().any(|&at| at <= block.element && block.element < tree.end(at));
    let first = blocks.iter().position(|block| inside(block) && block.why.is_none()).unwrap_or(0);
    for (at, block) in blocks.iter().enumerate() {
        let above = at < first && at + ABOVE >= first && block.link_density() < 0.9 && block.text.len() <= 200;
        let why = block.why.or_else(|| (!inside(block)).then_some(Why::Navigation)).or_else(|| links(block));
        match why {
            None => lines.push(Line { text: block.text.clone(), gap: true, ..Line::default() }),
            Some(Why::Caption) if inside(block) => {
                lines.push(Line { text: block.text.clone(), gap: true, hint: Some(Why::Caption), ..Line::default() });
            }
            Some(why) if above => {
                lines.push(Line { text: block.text.clone(), gap: true, hint: Some(why), outside: true });
            }
            Some(why) => match left_out.last_mut() {
                Some((last, text)) if *last == why => {
                    text.push('\n');
                    text.push_str(&block.text);
                }
                _ => left_out.push((why, block.text.clone())),
            },
        }
    }
    Content { lines, left_out: left_out.into_iter().map(|(why, text)| SetAside { why, text }).collect() }
}

/// A block inside the article that is little but links leads elsewhere.
fn links(block: &Block) -> Option<Why> {
    (block.link_density() > 0.7 && weight(&block.text) < 240).then_some(Why::Related)
}

/// What the markup calls each node that is not the article.
fn parts(tree: &Tree, markup: &Markup) -> Vec<Option<Why>> {
    let mut whys: Vec<Option<Why>> = vec![None; tree.len()];
    let own = (0..tree.len()).map(|at| match tree.text(at) {
        Some(text) if !matches!(tree.tag(tree.parent(at)), Tag::Script | Tag::Style | Tag::A | Tag::Noscript) => {
            Some(text.trim().len()).filter(|length| *length >= 60).unwrap_or_default()
        }
        _ => 0,
    });
    let prose = sums(tree, own.collect());
    let all = prose[0];
    let mut at = 1;
    while at < tree.len() {
        let name = || ["class", "id"].iter().filter_map(|key| tree.attribute(at, key)).collect::<Vec<_>>().join(" ");
        let why = match tree.tag(at) {
            Tag::Root | Tag::Text | Tag::Html | Tag::Body | Tag::Main | Tag::Article | Tag::P | Tag::H1 => None,
            Tag::Nav | Tag::Footer | Tag::Menu => Some(Why::Navigation),
            Tag::Aside => Some(Why::Related),
            Tag::Figcaption => Some(Why::Caption),
            Tag::Form => Some(Why::Navigation),
            Tag::Div
            | Tag::Section
            | Tag::Ul
            | Tag::Ol
            | Tag::Dl
            | Tag::Table
            | Tag::Td
            | Tag::Li
            | Tag::Header
            | Tag::Span
            | Tag::Figure
            | Tag::Center => {
                markup.part(&name()).or_else(|| tree.attribute(at, "role").and_then(|role| markup.part(role)))
            }
            _ => None,
        };
        // A name may be wrong, as where a whole page stands in one form; what holds most of the prose is no menu.
        match why {
            Some(why) if prose[at] * 2 <= all || why == Why::Caption => {
                let end = tree.end(at);
                whys[at..end].fill(Some(why));
                at = end;
            }
            _ => at += 1,
        }
    }
    whys
}

/// What each node holds together with all that is inside it.
fn sums(tree: &Tree, mut values: Vec<usize>) -> Vec<usize> {
    for at in (1..values.len()).rev() {
        values[tree.parent(at)] += values[at];
    }
    values
}

fn is_skipped(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Noscript
            | Tag::Template
            | Tag::Svg
            | Tag::Iframe
            | Tag::Object
            | Tag::Embed
            | Tag::Canvas
            | Tag::Select
            | Tag::Button
            | Tag::Input
            | Tag::Textarea
            | Tag::Video
            | Tag::Audio
            | Tag::Head
            | Tag::Math
            | Tag::Map
            | Tag::Option
            | Tag::Applet
    )
}

fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Abbr
            | Tag::Acronym
            | Tag::B
            | Tag::Bdi
            | Tag::Bdo
            | Tag::Big
            | Tag::Cite
            | Tag::Code
            | Tag::Data
            | Tag::Del
            | Tag::Dfn
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Img
            | Tag::Ins
            | Tag::Kbd
            | Tag::Label
            | Tag::Mark
            | Tag::Nobr
            | Tag::Q
            | Tag::Rp
            | Tag::Rt
            | Tag::Ruby
            | Tag::S
            | Tag::Samp
            | Tag::Small
            | Tag::Span
            | Tag::Strike
            | Tag::Strong
            | Tag::Sub
            | Tag::Sup
            | Tag::Time
            | Tag::Tt
            | Tag::U
            | Tag::Var
            | Tag::Wbr
    )
}

fn is_hidden(tree: &Tree, at: usize) -> bool {
    let style = |style: &str| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    tree.attribute(at, "hidden").is_some() || tree.attribute(at, "style").is_some_and(style)
}

/// The page as blocks, in their order.
fn blocks(tree: &Tree, whys: &[Option<Why>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = Block { text: String::new(), element: 0, linked: 0, gap: false, heading: false, why: None };
    // Ends of the elements that we are in: index, whether it is a link.
    let mut ends: Vec<(usize, usize, bool)> = Vec::new();
    let mut breaks = 0;
    let mut in_link = vec![false; tree.len()];
    for at in 1..in_link.len() {
        in_link[at] = in_link[tree.parent(at)] || tree.tag(at) == Tag::A;
    }
    let mut flush = |open: &mut Block, next: usize| {
        let mut text = std::mem::take(&mut open.text);
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            let heading = heading(tree, open.element);
            blocks.push(Block {
                text,
                heading,
                gap: open.gap,
                linked: open.linked,
                why: open.why,
                element: open.element,
            });
        }
        (open.linked, open.element, open.why) = (0, next, whys[next]);
    };
    let mut at = 1;
    while at < tree.len() {
        while let Some(&(end, element, block)) = ends.last() {
            if at < end {
                break;
            }
            ends.pop();
            if block {
                flush(&mut open, tree.parent(element));
                open.gap = true;
            }
        }
        match tree.text(at) {
            Some(text) => {
                if open.text.is_empty() && whys[at] != open.why {
                    open.why = whys[at];
                }
                let before = open.text.len();
                push_text(&mut open.text, text);
                if in_link[at] {
                    open.linked += open.text.len() - before;
                }
                if !text.trim().is_empty() {
                    breaks = 0;
                }
            }
            None => {
                let tag = tree.tag(at);
                if is_skipped(tag) || is_hidden(tree, at) {
                    at = tree.end(at);
                    continue;
                }
                if tag == Tag::Br {
                    breaks += 1;
                    let element = open.element;
                    flush(&mut open, element);
                    open.gap = breaks > 1;
                } else if is_inline(tag) && whys[at] == whys[tree.parent(at)] {
                    ends.push((tree.end(at), at, false));
                } else {
                    flush(&mut open, at);
                    open.gap = true;
                    ends.push((tree.end(at), at, true));
                }
            }
        }
        at += 1;
    }
    flush(&mut open, 0);
    blocks
}

/// Appends text with its white space made one space.
fn push_text(open: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                continue;
            }
            if !open.is_empty() && !open.ends_with(' ') {
                open.push(' ');
            }
        } else {
            open.push(c);
        }
    }
}

fn heading(tree: &Tree, element: usize) -> bool {
    matches!(tree.tag(element), Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 | Tag::Legend | Tag::Th)
}

/// The elements that hold the article.
fn choose(tree: &Tree, blocks: &[Block], markup: &Markup) -> Vec<usize> {
    let mut scores = vec![0.0f32; tree.len()];
    for block in blocks.iter().filter(|block| block.why.is_none() && !block.heading) {
        let length = weight(&block.text);
        if length < 30 || block.link_density() > 0.5 {
            continue;
        }
        let commas =
            block.text.chars().filter(|c| matches!(c, ',' | '\u{60c}' | '\u{3001}' | '\u{ff0c}' | '\u{964}')).count();
        let score = (1.0 + commas.min(8) as f32 + (length as f32 / 100.0).min(4.0)) * (1.0 - block.link_density());
        // Text that stands in a div beside line breaks is a paragraph of that div.
        let mut element = block.element;
        if matches!(
            tree.tag(element),
            Tag::P | Tag::Blockquote | Tag::Pre | Tag::Li | Tag::Span | Tag::Dd | Tag::Font | Tag::H2 | Tag::H3
        ) {
            element = tree.parent(element);
        }
        for share in [1.0, 0.5, 0.2, 0.1] {
            scores[element] += score * share;
            if element == 0 {
                break;
            }
            element = tree.parent(element);
        }
    }
    // Bytes of text and of links, element by element.
    let by_element = |value: &dyn Fn(&Block) -> usize| {
        let mut values = vec![0; tree.len()];
        blocks.iter().for_each(|block| values[block.element] += value(block));
        sums(tree, values)
    };
    let text = by_element(&|block| block.text.len());
    let linked = by_element(&|block| block.linked);
    let prose = by_element(&|block| if block.is_prose() { block.text.len() } else { 0 });
    for (at, score) in scores.iter_mut().enumerate().filter(|(_, score)| **score > 0.0) {
        let name =
            ["class", "id", "itemprop"].iter().filter_map(|key| tree.attribute(at, key)).collect::<Vec<_>>().join(" ");
        *score *= 1.0 - linked[at] as f32 / text[at].max(1) as f32;
        *score *= 1.0 + 0.2 * markup.favour(&name) as f32;
        if tree.tag(at) == Tag::Article {
            *score *= 1.2;
        }
    }
    let Some(best) = (0..scores.len())
        .filter(|&at| scores[at] > 0.0)
        .max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))
    else {
        return vec![0];
    };
    let top = widened(tree, &scores, best);
    let mut chosen = vec![top];
    // Siblings that hold prose of their own go with it: pages that are cut by advertisements.
    let parent = tree.parent(top);
    let mut at = parent + 1;
    while top != 0 && at < tree.end(parent) {
        let dense = linked[at] as f32 / text[at].max(1) as f32;
        let same = tree.tag(at) == tree.tag(top) && tree.attribute(at, "class") == tree.attribute(top, "class");
        if at != top
            && prose[at] > 80
            && dense < 0.3
            && (scores[at] >= scores[top] * 0.2 || same || tree.tag(at) == Tag::P)
        {
            chosen.push(at);
        }
        at = tree.end(at);
    }
    chosen
}

/// The element itself, or one around it that holds nearly all of its score again: an article in sections.
fn widened(tree: &Tree, scores: &[f32], best: usize) -> usize {
    let mut top = best;
    let mut around = tree.parent(best);
    for _ in 0..3 {
        if around == 0 || matches!(tree.tag(around), Tag::Body | Tag::Html) {
            break;
        }
        if scores[around] >= scores[top] * 0.75 {
            top = around;
        }
        around = tree.parent(around);
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The ministers met in the capital on Thursday, and spoke about trade, borders and the river that both countries share.";

    fn read(html: &str) -> (Vec<String>, Vec<(Why, String)>) {
        let content = main_text(&Tree::parse(html), crate::Knowledge::embedded().markup());
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
    fn a_page_without_prose_gives_what_it_has() {
        assert_eq!(read("<p>Short.</p>").0, ["Short."]);
        assert_eq!(read("").0, Vec::<String>::new());
    }
}
