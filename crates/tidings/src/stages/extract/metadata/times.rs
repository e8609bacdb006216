//! Every place of a page that may name the day of its article, and how far each is to be believed.

use rustc_hash::{FxHashMap, FxHashSet};

use super::labels::{Labels, Part, TimeWord};
use super::survey::{OPENING, Survey};
use super::text::{head, tail};
use super::{json_ld::Linked, published::Candidate};
use crate::html::{Tag, Tree};
use crate::model::DateSource;

/// Words of a page that may hold the day of its article, to be read when its language is known.
#[derive(Clone, Debug)]
pub(in super::super) struct Shown {
    pub(super) text: String,
    pub(super) from: DateSource,
    /// What the names of the element say.
    pub(super) named: Option<TimeWord>,
    /// What a day in it weighs at least, where its words say nothing.
    pub(super) weight: i32,
    /// What is added for its place.
    pub(super) place: i32,
    /// Of a hundred parts, how many count there: it may lie among comments.
    pub(super) share: i32,
}

/// A text of more bytes says more than a day.
const SHORT: usize = 120;
/// An element of more nodes is no date's own.
const NODES: usize = 40;
/// How far from the title something is near, or close, in bytes of visible text.
const NEAR: i64 = 400;
const CLOSE: i64 = 2500;

/// Gathers what names a day, without reading words of any language.
pub(super) struct Gatherer<'t, 's> {
    tree: &'t Tree<'t>,
    survey: &'s Survey<'t>,
    labels: &'s Labels,
    /// The element that shows the title.
    title: Option<usize>,
    /// The part that each node lies in, where that was asked for.
    parts: FxHashMap<usize, Option<Part>>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) shown: Vec<Shown>,
}

impl<'t, 's> Gatherer<'t, 's> {
    pub(super) fn new(tree: &'t Tree<'t>, survey: &'s Survey<'t>, labels: &'s Labels, title: Option<usize>) -> Self {
        Self { tree, survey, labels, title, parts: FxHashMap::default(), candidates: Vec::new(), shown: Vec::new() }
    }

    /// Looks everywhere.
    pub(super) fn gather(&mut self, linked: &Linked) {
        let weights = &self.labels.weights;
        for (raw, weight) in [
            (&linked.published, weights.json_ld),
            (&linked.created, weights.json_ld_created),
            (&linked.page_published, weights.json_ld_page),
        ] {
            self.add(raw.as_deref(), DateSource::JsonLd, weight, Some(TimeWord::Published), 0, 100);
        }
        self.add(linked.updated.as_deref(), DateSource::JsonLd, weights.json_ld, Some(TimeWord::Updated), 0, 100);
        self.meta();
        self.machine();
        self.times();
        self.visible();
        let certain = self.candidates.iter().any(|candidate| !candidate.updated && candidate.weight >= weights.time);
        if !certain {
            self.scripts();
            self.images();
        }
    }

    /// Adds a date, or what must be read as words.
    fn add(
        &mut self,
        raw: Option<&str>,
        from: DateSource,
        weight: i32,
        named: Option<TimeWord>,
        place: i32,
        share: i32,
    ) {
        let Some(raw) = raw else { return };
        match Candidate::machine(raw, from, (weight + place) * share / 100, named == Some(TimeWord::Updated)) {
            Some(candidate) => self.candidates.push(candidate),
            None if raw.len() >= 6 && raw.len() <= SHORT => {
                self.shown.push(Shown { text: raw.to_owned(), from, named, weight, place, share });
            }
            None => {}
        }
    }

    fn meta(&mut self) {
        let (meta, weights) = (&self.labels.meta, &self.labels.weights);
        for (at, key, value) in &self.survey.meta {
            let (weight, named) = if meta.published.contains(key) {
                (weights.meta, TimeWord::Published)
            } else if meta.updated.contains(key) {
                (weights.meta, TimeWord::Updated)
            } else if meta.plain.contains(key) {
                (weights.meta_plain, TimeWord::Published)
            } else if value.len() <= 40 && value.bytes().filter(u8::is_ascii_digit).count() >= 6 {
                match self.labels.time_word(key) {
                    Some(named @ (TimeWord::Published | TimeWord::Updated)) => (weights.meta_other, named),
                    _ => continue,
                }
            } else {
                continue;
            };
            // Those of the head speak of the page; a teaser may carry some of its own.
            let share = self.share(*at);
            self.add(Some(value), DateSource::Meta, weight, Some(named), 0, share);
        }
    }

    fn machine(&mut self) {
        let weights = &self.labels.weights;
        for &(at, name, value) in &self.survey.machine {
            let property = ["itemprop", "property"].iter().find_map(|key| self.tree.attribute(at, key));
            let named = self.named(at, name);
            let marked = property.is_some_and(|name| self.labels.time_word(name) == Some(TimeWord::Published))
                || self.tree.attribute(at, "pubdate").is_some() && named != Some(TimeWord::Other);
            let weight = match (named, self.tree.tag(at)) {
                (Some(TimeWord::Other), _) => weights.within,
                (Some(TimeWord::Published), _) if marked => weights.marked,
                (Some(_), _) if name != "title" || self.tree.tag(at) != Tag::A => weights.named,
                (_, Tag::Time) => weights.time,
                // The title of a link or a picture is words of its own.
                (_, Tag::A | Tag::Img) if name == "title" => weights.within,
                _ => weights.attribute,
            };
            let share = self.share(at);
            self.add(Some(value), DateSource::Time, weight, named, self.place(at), share);
        }
    }

    fn times(&mut self) {
        for &at in &self.survey.times {
            let text = self.words(at);
            if !text.is_empty() && text.len() <= SHORT {
                let named = self.named(at, "").or(Some(TimeWord::Published));
                let (place, share) = (self.place(at), self.share(at));
                self.add(Some(&text), DateSource::Time, self.labels.weights.time, named, place, share);
            }
        }
    }

    fn visible(&mut self) {
        let weights = &self.labels.weights;
        let mut taken = FxHashSet::default();
        for &at in &self.survey.dated {
            let text = self.tree.text(at).unwrap_or_default().trim();
            let (top, words) = if text.len() > SHORT {
                let end = if text.len() > 300 { OPENING } else { text.len() };
                (at, head(text, end).to_owned())
            } else {
                self.climb(at)
            };
            if !taken.insert(top) {
                continue;
            }
            // The names of the element and of the one around it.
            let mut named = None;
            let mut element = self.tree.parent(at);
            for _ in 0..4 {
                named = named.or_else(|| self.named(element, ""));
                if element <= top || named.is_some() {
                    break;
                }
                element = self.tree.parent(element);
            }
            if named.is_none() && top > 0 {
                named = self.named(self.tree.parent(top), "");
            }
            let long = text.len() > SHORT;
            let (place, share) = (self.place(at), self.share(at));
            self.shown.push(Shown {
                text: words,
                from: DateSource::Text,
                named: named.filter(|_| !long),
                weight: if long { weights.within } else { 0 },
                place,
                share,
            });
        }
    }

    /// The largest element around a text that says little more than it, and its words.
    fn climb(&self, at: usize) -> (usize, String) {
        let mut top = at;
        let mut words = self.tree.text(at).unwrap_or_default().trim().to_owned();
        loop {
            let around = self.tree.parent(top);
            let nodes = around..self.tree.end(around);
            // A heading beside the date is the title of something.
            let heading = |node: usize| {
                matches!(self.tree.tag(node), Tag::H1 | Tag::H2 | Tag::H3) && !(node..self.tree.end(node)).contains(&at)
            };
            if around == 0
                || matches!(self.tree.tag(around), Tag::Body | Tag::Html)
                || nodes.len() > NODES
                || nodes.clone().any(heading)
            {
                return (top, words);
            }
            let wider = self.words(around);
            if wider.len() > SHORT {
                return (top, words);
            }
            (top, words) = (around, wider);
        }
    }

    /// The words in an element, with spaces between its parts.
    fn words(&self, at: usize) -> String {
        let mut words = String::new();
        for node in at..self.tree.end(at).min(at + NODES) {
            for word in self.tree.text(node).unwrap_or_default().split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
            }
            if words.len() > SHORT {
                break;
            }
        }
        words
    }

    /// What the names of an element say of the day that it shows.
    fn named(&self, at: usize, attribute: &str) -> Option<TimeWord> {
        let own = attribute.strip_prefix("data-").and_then(|name| self.labels.time_word(name));
        ["itemprop", "property", "class", "id"]
            .iter()
            .filter_map(|key| self.tree.attribute(at, key))
            .filter_map(|name| self.labels.time_word(name))
            .chain(own)
            .max()
    }

    /// What stands near the title is more likely the article's day.
    fn place(&self, at: usize) -> i32 {
        let weights = &self.labels.weights;
        let Some(title) = self.title else { return 0 };
        let before = |at: usize| i64::from(self.survey.before.get(at).copied().unwrap_or_default());
        let end = self.tree.end(title).min(self.tree.len() - 1);
        let distance = if at >= title { before(at) - before(end) } else { (before(title) - before(at)) * 3 };
        match distance {
            d if d <= NEAR => weights.near,
            d if d <= CLOSE => weights.close,
            _ => 0,
        }
    }

    /// How much of its weight counts where it stands.
    fn share(&mut self, at: usize) -> i32 {
        match self.part(at) {
            Some(Part::Comments) => 15,
            Some(Part::Aside) => 40,
            None => 100,
        }
    }

    /// The part of the page that a node lies in, by the names around it as far as they do not hold the title.
    fn part(&mut self, at: usize) -> Option<Part> {
        let mut path = Vec::new();
        let mut node = at;
        let mut part = None;
        while node != 0 {
            if let Some(known) = self.parts.get(&node) {
                part = *known;
                break;
            }
            path.push(node);
            node = self.tree.parent(node);
        }
        for &node in path.iter().rev() {
            let holds_title = self.title.is_some_and(|title| node <= title && title < self.tree.end(node));
            let own = match self.tree.tag(node) {
                _ if holds_title => None,
                Tag::Text | Tag::Body | Tag::Html | Tag::Main => None,
                Tag::Aside | Tag::Footer | Tag::Nav => Some(Part::Aside),
                _ => ["class", "id"]
                    .iter()
                    .filter_map(|key| self.tree.attribute(node, key))
                    .filter_map(|name| self.labels.part(name))
                    .max(),
            };
            part = part.max(own);
            self.parts.insert(node, part);
        }
        part
    }

    /// Dates in scripts under a name that speaks of publication.
    fn scripts(&mut self) {
        let mut found = 0;
        for &script in &self.survey.scripts {
            let Some(text) = (script + 1..self.tree.end(script)).find_map(|at| self.tree.text(at)) else { continue };
            for (start, date) in dates_in_script(text) {
                let before = tail(&text[..start], 48);
                // The name is the last word before the date: `"datePublished":"2024-…`, `published = '2024-…`.
                let name = before.trim_end_matches(|c: char| !c.is_alphanumeric());
                if before.len() - name.len() > 8 {
                    continue;
                }
                let name = name.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).next().unwrap_or("");
                if let Some(named @ (TimeWord::Published | TimeWord::Updated)) = self.labels.time_word(name) {
                    let weight = self.labels.weights.script;
                    self.add(Some(date), DateSource::Meta, weight, Some(named), 0, 100);
                    found += 1;
                    if found > 20 {
                        return;
                    }
                }
            }
        }
    }

    /// The folders of pictures, and the page's own address as it is written in it.
    fn images(&mut self) {
        let weight = self.labels.weights.image;
        let told = self.survey.first(&self.labels.meta.image);
        for address in told.into_iter().chain(self.survey.images.iter().copied()) {
            if let Some(day) = super::super::address::day(address) {
                self.add(Some(&day.to_string()), DateSource::Url, weight, None, 0, 100);
            }
        }
    }
}

/// Where `2024-11-16` or `2024/11/16` stand in a script, with the time of day behind them.
fn dates_in_script(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let digits = move |from: usize, count: usize| bytes[from..from + count].iter().all(u8::is_ascii_digit);
    let mut from = 4;
    std::iter::from_fn(move || {
        while from + 6 <= bytes.len() {
            let at = from;
            from += 1;
            if !matches!(bytes[at], b'-' | b'/') || bytes[at + 3] != bytes[at] || at < 4 {
                continue;
            }
            let start = at - 4;
            if matches!(bytes[start], b'1' | b'2') && digits(start, 4) && digits(at + 1, 2) && digits(at + 4, 2) {
                let date = head(&text[start..], 32);
                from = at + 6;
                return Some((start, date.split(['"', '\'', '<', ',']).next().unwrap_or(date)));
            }
        }
        None
    })
}
