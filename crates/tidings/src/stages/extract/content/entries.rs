//! Live blogs: entries under one headline, each with the time at which it was put there.

use super::super::lines::Line;
use super::super::markup::Markup;
use super::threads::{Item, Thread};
use crate::html::Tree;

/// The entries of a live blog while their lines are written down.
#[derive(Default)]
pub(super) struct Entries {
    items: Vec<Item>,
    next: usize,
    /// The time that the next line is of.
    time: Option<String>,
    /// Where the lines of each entry begin.
    starts: Vec<usize>,
    /// Where those of the last one end.
    end: Option<usize>,
    /// Whether the page says that it is one, and the oldest entry stands first.
    turned: bool,
}

/// What stands between the time of an entry and its words.
const TIME: &str = " | ";
/// How far above the entries the name is looked for that calls them a live blog.
const CLIMB: usize = 12;

impl Entries {
    pub(super) fn new(live: Thread, tree: &Tree, markup: &Markup) -> Self {
        let mut at = live.around;
        let mut called = false;
        for _ in 0..CLIMB {
            let names = tree.attributes(at).filter(|(key, _)| matches!(*key, "class" | "id" | "itemtype"));
            called = called || names.into_iter().any(|(_, name)| markup.is_live(name));
            at = tree.parent(at);
        }
        Self { items: live.items, turned: called && live.ascending, ..Self::default() }
    }

    /// Whether a block is the time of an entry, which its first line will bear.
    pub(super) fn is_time(&mut self, at: usize, text: &str, lines: &mut [Line]) -> bool {
        let Some(item) = self.items.get(self.next) else {
            if self.end.is_none() && self.items.last().is_some_and(|item| at >= item.blocks.end) {
                self.end = Some(lines.len());
            }
            return false;
        };
        if at < item.blocks.start {
            return false;
        }
        if self.starts.len() == self.next {
            self.starts.push(lines.len());
        }
        if at < item.stamp {
            return false;
        }
        self.next += 1;
        // What stands above the time is the entry's own heading.
        let start = self.starts.last().copied().unwrap_or(lines.len());
        match lines.get_mut(start) {
            Some(line) if line.hint.is_none() => line.text.insert_str(0, &format!("{text}{TIME}")),
            _ => self.time = Some(text.to_owned()),
        }
        true
    }

    /// A line of the article, with the time of its entry if it is the first of one.
    pub(super) fn timed(&mut self, text: &str) -> String {
        self.time.take().map_or_else(|| text.to_owned(), |time| format!("{time}{TIME}{text}"))
    }

    /// Puts the newest entry first, and says so.
    pub(super) fn end(mut self, lines: &mut Vec<Line>) -> Vec<String> {
        let (Some(&first), true) = (self.starts.first(), self.items.len() > 1) else { return Vec::new() };
        let end = self.end.unwrap_or(lines.len());
        if !self.turned {
            return vec![format!("a live blog of {} entries", self.starts.len())];
        }
        let rest = lines.split_off(end);
        let mut entries = Vec::new();
        while let Some(start) = self.starts.pop() {
            entries.push(lines.split_off(start));
        }
        debug_assert_eq!(lines.len(), first);
        lines.extend(entries.into_iter().flatten());
        lines.extend(rest);
        vec![format!("a live blog of {} entries, put here with the newest first", self.items.len())]
    }
}
