//! What the pages of one site have in common.
//!
//! Lines that stand on at least half of the pages are the site's and no article's. An element that holds nothing but
//! such lines and links is a part of the template; the element that holds most of the prose that differs from page
//! to page, and little else, is the article's. What the names of [`super::markup`] say already is not repeated.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::article::Known;
use super::content::passages;
use super::site::{Selector, Site, letters};
use super::{address, charset, extract, metadata};
use crate::html::Tree;
use crate::model::{Page, Why};
use crate::{Error, Knowledge};

/// Learns a site from its pages, which may come in any order.
///
/// ```
/// use tidings::{Knowledge, model::Page, stages::extract::Learner};
/// let knowledge = Knowledge::embedded();
/// let mut learner = Learner::new(&knowledge);
/// learner.add(&Page { url: Some("https://example.com/1".into()), html: true, ..Page::default() });
/// assert!(learner.finish().unwrap_err().to_string().contains("at least 3"));
/// ```
pub struct Learner<'k> {
    knowledge: &'k Knowledge,
    hosts: BTreeSet<String>,
    /// Pages that tell no address.
    nowhere: usize,
    lines: Table<String, Line>,
    keys: Table<Selector, ()>,
    pages: Vec<Facts>,
}

/// Fewer pages have too much in common by chance.
const FEWEST: usize = 3;

/// A line with how it is written: of several forms the first in the order of the alphabet.
#[derive(Default)]
struct Line {
    written: String,
    pages: usize,
}

/// What is kept of a page.
struct Facts {
    title: Option<String>,
    passages: Vec<Passage>,
    elements: Vec<Element>,
}

struct Passage {
    line: usize,
    weight: usize,
    linked: usize,
    prose: bool,
    why: Option<Why>,
}

struct Element {
    key: usize,
    passages: Range<usize>,
}

impl<'k> Learner<'k> {
    /// Knows nothing yet.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let (lines, keys) = (Table::default(), Table::default());
        Self { knowledge, hosts: BTreeSet::new(), nowhere: 0, lines, keys, pages: Vec::new() }
    }

    /// One more page of the site.
    pub fn add(&mut self, page: &Page) {
        let text = charset::decode(page, &mut Vec::new());
        let tree = Tree::parse(&text);
        let url = page.url.clone().or_else(|| canonical(&tree));
        match url.as_deref().and_then(address::host) {
            Some(host) => drop(self.hosts.insert(host)),
            None => self.nowhere += 1,
        }
        // What a page says of its author and its sources stands on others too, and is not the template's.
        let mut names: Vec<String> = Vec::new();
        for article in extract(page, self.knowledge) {
            names.extend(article.author.iter().chain(&article.credits).map(|name| letters(name)));
        }
        names.retain(|name| !name.is_empty());
        let mut known = Known::default();
        metadata::read(&tree, self.knowledge.labels(), url.as_deref(), &mut known);
        let (mut nodes, mut facts) =
            (Vec::new(), Facts { title: known.title, passages: Vec::new(), elements: Vec::new() });
        let mut seen = BTreeSet::new();
        passages(&tree, self.knowledge.markup(), |found| {
            let key = letters(found.text);
            // A line with figures is a date or a count, and one with a name is whose it is.
            let own =
                key.is_empty() || key.chars().any(char::is_numeric) || names.iter().any(|name| key.contains(name));
            let line = self.lines.at(key);
            if !own && seen.insert(line) {
                let known = &mut self.lines.values[line];
                known.pages += 1;
                if known.written.is_empty() || found.text < known.written.as_str() {
                    known.written = found.text.to_owned();
                }
            }
            nodes.push(found.node);
            let (weight, linked, prose, why) = (found.weight, found.linked, found.prose, found.why);
            facts.passages.push(Passage { line, weight, linked, prose, why });
        });
        for at in 1..tree.len() {
            if let Some(selector) = Selector::of(&tree, at) {
                let passages =
                    nodes.partition_point(|&node| node < at)..nodes.partition_point(|&node| node < tree.end(at));
                if !passages.is_empty() {
                    facts.elements.push(Element { key: self.keys.at(selector), passages });
                }
            }
        }
        self.pages.push(facts);
    }

    /// What was learnt.
    ///
    /// # Errors
    /// Where the pages are fewer than three, of several hosts, or do not say of which.
    pub fn finish(self) -> Result<Site, Error> {
        let count = self.pages.len();
        if count < FEWEST {
            let error =
                Error::config(format!("a site is learnt from at least {FEWEST} of its pages, and here are {count}"));
            return Err(error.advice("give more pages of the same site"));
        }
        let hosts: Vec<&str> = self.hosts.iter().map(String::as_str).collect();
        let &[host] = hosts.as_slice() else {
            return Err(if hosts.is_empty() {
                Error::config("the pages do not say of which site they are").advice("say it with --url")
            } else {
                let told: Vec<&str> = hosts.iter().take(4).copied().collect();
                let error = Error::config(format!("pages of {} sites: {}", hosts.len(), told.join(", ")));
                error.advice("a site is learnt from its own pages alone")
            });
        };
        let half = count.div_ceil(2).max(2);
        let held: Vec<bool> = self.lines.values.iter().map(|line| line.pages >= half).collect();
        let stats = self.stats(&held);
        let body = self.body(&held, &stats, half);
        let template: Vec<bool> = stats.iter().map(|stat| stat.is_template(half)).collect();
        let (parts, lines) = self.rest(&held, &template, &body, half);
        let titles: Vec<&str> = self.pages.iter().filter_map(|page| page.title.as_deref()).collect();
        let (before_title, after_title) = around(&titles, half);
        let body = body.into_iter().map(|key| self.keys.keys[key].clone()).collect();
        let host = host.to_owned();
        Ok(Site { host, pages: count, after_title, before_title, body, parts, lines, ..Site::default() }.indexed())
    }

    /// What the elements of each name hold, on all pages together.
    fn stats(&self, held: &[bool]) -> Vec<Stat> {
        let mut stats = vec![Stat::default(); self.keys.keys.len()];
        for (number, page) in self.pages.iter().enumerate() {
            for element in &page.elements {
                let stat = &mut stats[element.key];
                if stat.last != number + 1 {
                    (stat.last, stat.pages) = (number + 1, stat.pages + 1);
                }
                for passage in &page.passages[element.passages.clone()] {
                    let repeated = held[passage.line];
                    stat.all += passage.weight;
                    stat.repeated += if repeated { passage.weight } else { 0 };
                    stat.linked += if repeated { 0 } else { passage.linked };
                    stat.prose += if passage.prose && !repeated { passage.weight } else { 0 };
                    stat.marked += if passage.why.is_some() { passage.weight } else { 0 };
                }
            }
        }
        stats
    }

    /// The name whose elements hold the prose of the pages and little else, and a second one for pages without it.
    fn body(&self, held: &[bool], stats: &[Stat], half: usize) -> Vec<usize> {
        let mut chosen: Vec<usize> = Vec::new();
        let mut open: Vec<&Facts> = self.pages.iter().collect();
        while chosen.len() < 2 && open.len() >= 2 {
            // For each name, over these pages: the sum of its worth, and the pages on which it holds the article.
            let mut worth: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
            for page in &open {
                let is_own = |passage: &&Passage| passage.prose && passage.why.is_none() && !held[passage.line];
                let all: usize = page.passages.iter().filter(is_own).map(|passage| passage.weight).sum();
                let mut best: BTreeMap<usize, (u64, bool)> = BTreeMap::new();
                for element in &page.elements {
                    let inside = &page.passages[element.passages.clone()];
                    let prose: usize = inside.iter().filter(is_own).map(|passage| passage.weight).sum();
                    let other =
                        inside.iter().filter(|p| p.why.is_none() && !held[p.line]).map(|p| p.weight).sum::<usize>();
                    // In millionths, so that sums do not depend on the order of the pages.
                    let f1 = 2_000_000 * prose as u64 / (all + other).max(1) as u64;
                    let have = best.entry(element.key).or_default();
                    if f1 > have.0 {
                        *have = (f1, prose * 10 >= all * 6);
                    }
                }
                for (key, (f1, holds)) in best {
                    let sum = worth.entry(key).or_default();
                    *sum = (sum.0 + f1, sum.1 + usize::from(holds));
                }
            }
            let needed = if chosen.is_empty() { half } else { 2 };
            let good = worth.into_iter().filter(|(_, (_, pages))| *pages >= needed);
            // Worth alike, a name that stands on fewer other things goes first, then that of the alphabet.
            let best = good.max_by(|a, b| {
                let order = (a.1.0).cmp(&b.1.0).then(stats[b.0].all.cmp(&stats[a.0].all));
                order.then_with(|| self.keys.keys[b.0].cmp(&self.keys.keys[a.0]))
            });
            let Some((key, _)) = best else { break };
            chosen.push(key);
            open.retain(|page| page.elements.iter().all(|element| element.key != key));
        }
        chosen
    }

    /// Parts of the template, the outermost alone, and the lines that stand outside of them.
    fn rest(&self, held: &[bool], template: &[bool], body: &[usize], half: usize) -> (ByWhy<Selector>, ByWhy<String>) {
        let mut outer: Vec<(usize, BTreeMap<Why, usize>)> = vec![(0, BTreeMap::new()); self.keys.keys.len()];
        let mut loose = vec![0; self.lines.keys.len()];
        for page in &self.pages {
            let (mut end, mut keys) = (0, BTreeSet::new());
            let mut inside = vec![false; page.passages.len()];
            for element in &page.elements {
                if !template[element.key] || body.contains(&element.key) || element.passages.start < end {
                    continue;
                }
                end = element.passages.end;
                inside[element.passages.clone()].fill(true);
                let (pages, whys) = &mut outer[element.key];
                *pages += usize::from(keys.insert(element.key));
                for passage in &page.passages[element.passages.clone()] {
                    let links = passage.linked * 2 > passage.weight && !held[passage.line];
                    let why = passage.why.unwrap_or(if links { Why::Related } else { Why::Navigation });
                    *whys.entry(why).or_default() += passage.weight;
                }
            }
            let mut lines = BTreeSet::new();
            for (passage, inside) in page.passages.iter().zip(inside) {
                if held[passage.line] && !inside && passage.why.is_none() && lines.insert(passage.line) {
                    loose[passage.line] += 1;
                }
            }
        }
        let part = |(key, (pages, whys)): (usize, (usize, BTreeMap<Why, usize>))| {
            let why = whys.into_iter().max_by_key(|&(why, weight)| (weight, std::cmp::Reverse(why)))?.0;
            (pages >= half).then(|| (why, self.keys.keys[key].clone()))
        };
        let mut parts: ByWhy<Selector> = outer.into_iter().enumerate().filter_map(part).collect();
        parts.sort();
        let lines = loose.iter().enumerate().filter(|(_, pages)| **pages >= half);
        let mut lines: ByWhy<String> =
            lines.map(|(line, _)| (Why::Navigation, self.lines.values[line].written.clone())).collect();
        lines.sort();
        (parts, lines)
    }
}

/// Things with the reason why they are not the article.
type ByWhy<T> = Vec<(Why, T)>;

/// What the elements of one name hold.
#[derive(Clone, Default)]
struct Stat {
    pages: usize,
    last: usize,
    all: usize,
    repeated: usize,
    /// Links that differ from page to page.
    linked: usize,
    /// Prose that differs from page to page.
    prose: usize,
    /// What the names of all sites know already.
    marked: usize,
}

impl Stat {
    /// Whether such elements hold nothing of any article, and their names do not say so already. A few words that
    /// differ, as a byline does, are no template even where they are a link.
    fn is_template(&self, half: usize) -> bool {
        let repeated = self.repeated * 10 >= self.all * 9;
        let links = (self.repeated + self.linked) * 10 >= self.all * 9 && self.all >= self.pages * 80;
        let known = self.marked * 20 >= self.all * 19;
        self.pages >= half && self.all > 0 && self.prose * 20 <= self.all && (repeated || links) && !known
    }
}

/// Things by number, in the order in which they came. Nothing that is learnt may depend on the numbers.
struct Table<K, V> {
    numbers: FxHashMap<K, usize>,
    keys: Vec<K>,
    values: Vec<V>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { numbers: FxHashMap::default(), keys: Vec::new(), values: Vec::new() }
    }
}

impl<K: Clone + Eq + std::hash::Hash, V: Default> Table<K, V> {
    fn at(&mut self, key: K) -> usize {
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        self.numbers.insert(key.clone(), self.keys.len());
        self.keys.push(key);
        self.values.push(V::default());
        self.keys.len() - 1
    }
}

/// What a page calls its own address.
pub(super) fn canonical(tree: &Tree) -> Option<String> {
    let named =
        |at: usize, key: &str, value: &str| tree.attribute(at, key).is_some_and(|v| v.eq_ignore_ascii_case(value));
    let link = tree.elements(crate::html::Tag::Link).find(|&at| named(at, "rel", "canonical"));
    let link = link.and_then(|at| tree.attribute(at, "href"));
    let meta = || tree.elements(crate::html::Tag::Meta).find(|&at| named(at, "property", "og:url"));
    let address = link.or_else(|| meta().and_then(|at| tree.attribute(at, "content")))?;
    address.starts_with("http").then(|| address.to_owned())
}

/// What stands before and after the titles of at least half of the pages, up to and from a separator: the longest.
fn around(titles: &[&str], half: usize) -> (Vec<String>, Vec<String>) {
    let separates = |c: char| {
        matches!(c, '-' | '|' | '_' | ':' | '/' | '\u{b7}' | '\u{2010}'..='\u{2015}' | '\u{2022}' | '\u{ab}' | '\u{bb}')
    };
    let (mut before, mut after): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for title in titles {
        for (at, c) in title.char_indices().filter(|(_, c)| separates(*c)) {
            let begin = title[..at].trim_end().len();
            let end = at + c.len_utf8();
            let end = end + (title[end..].len() - title[end..].trim_start().len());
            if begin > 0 && end < title.len() {
                *after.entry(&title[begin..]).or_default() += 1;
                *before.entry(&title[..end]).or_default() += 1;
            }
        }
    }
    let longest = |counts: BTreeMap<&str, usize>| -> Vec<String> {
        let often = counts.into_iter().filter(|(_, count)| *count >= half);
        often.map(|(text, _)| text).max_by_key(|text| text.len()).map(str::to_owned).into_iter().collect()
    };
    (longest(before), longest(after))
}
