//! Threads: siblings that were each put there at a time of their own.
//!
//! Readers' comments and the entries of a live blog are built alike: an item has a short head with a time in it, then
//! its text, and the items stand side by side. Who wrote stands in the head of a comment; an entry has its time alone.

use std::ops::Range;

use super::blocks::{Block, Blocks};
use crate::html::{Tag, Tree};
use crate::language::{digit, may_hold_digits};

/// The items of a thread, each a range of blocks.
pub(super) struct Thread {
    /// The element that they stand in.
    pub(super) around: usize,
    pub(super) items: Vec<Item>,
    /// Whether the hours of their heads never fall.
    pub(super) ascending: bool,
}

pub(super) struct Item {
    pub(super) blocks: Range<usize>,
    /// The block that tells its time.
    pub(super) stamp: usize,
}

/// The most weight of a block that tells when an item was put there, and by whom.
const HEAD: usize = 90;
/// The most letters beside the time in such a head, and in a name.
const NAME: usize = 60;
/// How far above a head its item is looked for.
const CLIMB: usize = 24;
/// The least weight of an article's prose beside the thread below it.
const ARTICLE: usize = 400;
/// The blocks that an item's head takes.
const HEADS: usize = 3;
/// The most blocks of one item that are looked at.
const LOOKED: usize = 64;
/// The least weight of an entry's words.
const ENTRY: usize = 60;
/// The most weight of a button that each comment has.
const BUTTON: usize = 24;
/// The most letters beside the time of an entry: a month's name.
const ALONE: usize = 12;
/// The least entries of a live blog.
const ENTRIES: usize = 3;

/// What a head tells of a time.
#[derive(Clone, Copy, Default, PartialEq)]
struct Stamp {
    day: bool,
    /// The minute of the day.
    minute: Option<u32>,
    /// Letters beside it.
    letters: usize,
}

/// Marks the comments of readers, and gives back the entries of a live blog, if the page is one.
pub(super) fn mark(tree: &Tree, headline: Option<usize>, blocks: &mut Blocks) -> Option<Thread> {
    let stamps: Vec<Option<Stamp>> = blocks.list.iter().map(|block| Stamp::of(blocks.text(block), block)).collect();
    let all_heads: Vec<usize> = (0..stamps.len()).filter(|&at| stamps[at].is_some()).collect();
    if all_heads.len() < 2 {
        return None;
    }
    let mut headings = vec![0];
    headings.extend(blocks.list.iter().scan(0, |sum, block| {
        *sum += usize::from(block.heading);
        Some(*sum)
    }));
    let mut sums = vec![0];
    for block in &blocks.list {
        let prose = if block.why.is_none() && block.is_prose() { block.weight } else { 0 };
        sums.push(sums.last().copied().unwrap_or_default() + prose);
    }
    let prose = |range: Range<usize>| sums[range.end] - sums[range.start];
    let all = prose(0..blocks.list.len());
    let fields: Vec<usize> = tree.elements(Tag::Textarea).collect();
    let mut live: Option<Thread> = None;
    for (around, heads) in groups(tree, blocks, &all_heads) {
        let items = items(tree, blocks, around, &heads, &all_heads);
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        let range = first.blocks.start..last.blocks.end;
        // Replies to a comment that is marked with all that is in it.
        if blocks.list[range.start].comment && blocks.list[range.end - 1].comment {
            continue;
        }
        if !most(&items, |item| says_something(blocks, item)) {
            continue;
        }
        // Only an article of its own has headings.
        let headed = |item: &Item| {
            let from = (item.blocks.start + HEADS).min(item.blocks.end);
            headings[item.blocks.end] > headings[from]
        };
        if items.iter().any(headed) {
            continue;
        }
        let (above, outside) = (prose(0..range.start), all - prose(range.clone()));
        let below =
            above >= ARTICLE && above * 2 >= outside && headline.is_none_or(|at| at < blocks.list[range.start].node);
        if below && is_signed(blocks, &items, &stamps) && is_readers(tree, blocks, &items, &stamps, around, &fields) {
            let titled = blocks.list[..range.start].last().is_some_and(|block| block.heading && block.weight <= NAME);
            blocks.list[range.start - usize::from(titled)..range.end].iter_mut().for_each(|block| block.comment = true);
        } else if items.len() >= ENTRIES
            && live.as_ref().is_none_or(|thread| thread.items.len() < items.len())
            && most(&items, |item| {
                stamps[item.stamp].is_some_and(|stamp| stamp.minute.is_some() && stamp.letters <= ALONE)
            })
            && outside * 2 < all
            && most(&items, |item| {
                blocks.list[item.blocks.clone()].iter().take(LOOKED).any(|block| block.weight - block.linked >= ENTRY)
            })
        {
            let hours = items.iter().filter_map(|item| stamps[item.stamp]?.minute).collect::<Vec<u32>>();
            let ascending = hours.is_sorted() && hours.first() < hours.last();
            live = Some(Thread { around, items, ascending });
        }
    }
    live
}

/// Whether four of five items are so.
fn most(items: &[Item], holds: impl Fn(&Item) -> bool) -> bool {
    items.iter().filter(|item| holds(item)).count() * 5 >= items.len() * 4
}

/// Heads that stand below the same element, in children of one kind.
fn groups(tree: &Tree, blocks: &Blocks, heads: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for pair in heads.windows(2) {
        let (a, b) = (blocks.list[pair[0]].node, blocks.list[pair[1]].node);
        let mut around = a;
        let mut steps = 0;
        while tree.end(around) <= b && steps < CLIMB {
            around = tree.parent(around);
            steps += 1;
        }
        if tree.end(around) <= b {
            continue;
        }
        match groups.iter_mut().rev().take(4).find(|(have, _)| *have == around) {
            Some((_, heads)) if heads.last() == Some(&pair[0]) || child(tree, around, a).is_some() => {
                heads.push(pair[1]);
            }
            _ => groups.push((around, vec![pair[0], pair[1]])),
        }
    }
    groups
}

/// The child of an element that a node stands in.
fn child(tree: &Tree, around: usize, node: usize) -> Option<usize> {
    let mut at = node;
    for _ in 0..=CLIMB {
        let parent = tree.parent(at);
        if parent == around {
            return Some(at);
        }
        at = parent;
    }
    None
}

/// The items that begin with the children in which the heads stand; one that is only a head has its text beside it.
fn items(tree: &Tree, blocks: &Blocks, around: usize, heads: &[usize], all: &[usize]) -> Vec<Item> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for &head in heads {
        let Some(child) = child(tree, around, blocks.list[head].node) else { continue };
        if starts.last().is_none_or(|&(last, _)| last != child) {
            starts.push((child, head));
        }
    }
    let Some(&(first, _)) = starts.first() else { return Vec::new() };
    starts.retain(|&(child, _)| tree.tag(child) == tree.tag(first) && tree.tag(child) != Tag::Text);
    let mut items: Vec<Item> = Vec::new();
    for (nth, &(child, stamp)) in starts.iter().enumerate() {
        let own = blocks.inside(tree, child);
        let next = starts.get(nth + 1).map(|&(next, _)| blocks.inside(tree, next).start);
        let end = match next {
            // The last one is as long as the others are.
            None if own.len() == 1 => {
                let longest = items.iter().map(|item| item.blocks.len()).min().unwrap_or(1);
                (own.start + longest).min(blocks.inside(tree, around).end)
            }
            None => own.end,
            Some(next) if own.len() == 1 => next,
            Some(next) => own.end.min(next),
        };
        // Replies stand inside the item that they answer.
        let stamp =
            all[all.partition_point(|&head| head < own.start)..].first().map_or(stamp, |&first| first.min(stamp));
        items.push(Item { blocks: own.start..end, stamp });
    }
    // A time that stands below the words signs them, and begins nothing.
    items.retain(|item| item.stamp < item.blocks.start + HEADS);
    if items.len() < 2 { Vec::new() } else { items }
}

/// Whether an item has words of its own beside its head.
fn says_something(blocks: &Blocks, item: &Item) -> bool {
    item.blocks.clone().take(LOOKED).any(|at| {
        let block = &blocks.list[at];
        at != item.stamp && block.weight > block.linked && block.density() < 0.5
    })
}

/// Whether the items name who wrote them, in the head or right beside it.
fn is_signed(blocks: &Blocks, items: &[Item], stamps: &[Option<Stamp>]) -> bool {
    let name = |item: &Item, at: usize| {
        blocks.list.get(at).is_some_and(|block| {
            item.blocks.contains(&at) && (2..=NAME).contains(&block.weight) && !ends_a_sentence(blocks.text(block))
        })
    };
    most(items, |item| {
        let at = item.stamp;
        let beside = at > 0 && name(item, at - 1) || name(item, at + 1) && !blocks.list[at + 1].heading;
        !blocks.list[at].heading && (beside || stamps[at].is_some_and(|stamp| stamp.letters >= 2))
    })
}

/// Whether something else says that readers wrote them: a field to write into, a button that each of them has, or the
/// hour beside the day.
fn is_readers(
    tree: &Tree,
    blocks: &Blocks,
    items: &[Item],
    stamps: &[Option<Stamp>],
    mut around: usize,
    fields: &[usize],
) -> bool {
    let shorts = |item: &Item| {
        let short = |at: &usize| *at != item.stamp && blocks.list[*at].weight <= BUTTON;
        item.blocks
            .clone()
            .rev()
            .take(LOOKED)
            .filter(short)
            .take(6)
            .map(|at| blocks.text(&blocks.list[at]))
            .collect::<Vec<_>>()
    };
    let buttons = shorts(&items[0]);
    let rest = &items[1..];
    if buttons.iter().any(|button| rest.iter().all(|item| shorts(item).contains(button))) {
        return true;
    }
    for _ in 0..3 {
        if matches!(tree.tag(around), Tag::Body | Tag::Html | Tag::Root) {
            break;
        }
        let first = fields.partition_point(|&field| field < around);
        if fields.get(first).is_some_and(|&field| field < tree.end(around)) {
            return true;
        }
        around = tree.parent(around);
    }
    most(items, |item| stamps[item.stamp].is_some_and(|stamp| stamp.day && stamp.minute.is_some()))
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '\u{3002}', '\u{61f}', '\u{6d4}', '\u{964}', '"', '\u{201d}'])
}

impl Stamp {
    /// What a short block tells of a time.
    fn of(text: &str, block: &Block) -> Option<Self> {
        if block.weight > HEAD || !may_hold_digits(text) {
            return None;
        }
        let mut stamp = Self::default();
        // Numbers with how many digits they have, and the single mark before each.
        let mut numbers: Vec<(u32, usize, Option<char>)> = Vec::new();
        let mut between = 0;
        let mut mark = None;
        let mut inside = false;
        for c in text.chars() {
            if let Some(digit) = digit(c).map(u32::from) {
                match numbers.last_mut() {
                    Some((value, digits, _)) if inside => {
                        *value = value.saturating_mul(10).saturating_add(digit);
                        *digits += 1;
                    }
                    _ => numbers.push((digit, 1, mark.filter(|_| between == 1))),
                }
                (inside, between) = (true, 0);
            } else {
                (inside, between, mark) = (false, between + 1, Some(c));
                stamp.letters += usize::from(c.is_alphabetic());
            }
        }
        let is_clock = |pair: &[(u32, usize, Option<char>)]| {
            let (hour, minute) = (pair[0], pair[1]);
            matches!(minute.2, Some(':' | 'h' | '\u{ff1a}'))
                && hour.1 <= 2
                && hour.0 < 25
                && minute.1 == 2
                && minute.0 < 60
        };
        let parted = |number: &(u32, usize, Option<char>)| matches!(number.2, Some('.' | '/' | '-'));
        let is_year = |number: &(u32, usize, Option<char>)| number.1 == 4 && (1300..2600).contains(&number.0);
        // From one hour to another something lasts; what is written is written at one.
        let mut clocks = numbers.windows(2).filter(|pair| is_clock(pair));
        let clock = clocks.next();
        if clocks.next().is_some() {
            return None;
        }
        stamp.minute = clock.map(|pair| pair[0].0 * 60 + pair[1].0);
        stamp.day = numbers.windows(3).any(|three| parted(&three[1]) && parted(&three[2]))
            || numbers.iter().any(is_year) && numbers.iter().any(|number| number.1 <= 2);
        (stamp.day || stamp.minute.is_some()).then_some(stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Why;
    use crate::stages::extract::content::main_text;

    const PROSE: &str = "The ministers met in the capital on Thursday, and spoke about trade, borders and the river that both countries share.";

    fn comments(thread: &str) -> Vec<String> {
        let html =
            format!("<div><p>{PROSE}</p><p>{PROSE} One.</p><p>{PROSE} Two.</p><p>{PROSE} Three.</p>{thread}</div>");
        let content = main_text(&Tree::parse(&html), crate::Knowledge::embedded().markup(), None);
        let asides = content.left_out.into_iter().filter(|aside| aside.why == Why::Comments);
        asides.flat_map(|aside| aside.text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn comments_are_known_by_their_build() {
        let wrapped =
            "<div class=x1><b>leon</b> <i>03.01.2012, 19:43</i><p>I do not agree with a word of it.</p></div>";
        assert_eq!(comments(&wrapped.repeat(3)).len(), 6);
        let flat = "<dt>anna ۱۴۰۲/۰۵/۰۱ ۱۲:۳۰</dt><dd>A good piece of work, thank you for it.</dd>";
        assert_eq!(comments(&format!("<dl>{}</dl>", flat.repeat(2))).len(), 4);
        let form = "<section><div><p>Ann</p><p>12:30</p><p>Is it so? I do not know.</p></div><div><p>Ben</p><p>12:31</p><p>It is.</p></div>\
            <textarea></textarea></section>";
        assert_eq!(comments(form).len(), 6);
    }

    #[test]
    fn a_time_may_be_the_last_word() {
        assert_eq!(comments("<div><p>a</p><p>12:30</p></div><div><p>b</p><p>12:31</p></div>"), Vec::<String>::new());
    }

    #[test]
    fn what_an_article_tells_by_day_is_no_thread() {
        let timeline = format!(
            "<ul><li><b>1990-05-01 Founding</b><p>{PROSE} A</p></li><li><b>1991-06-02 War</b><p>{PROSE} B</p></li></ul>"
        );
        assert_eq!(comments(&timeline), Vec::<String>::new());
    }
}
