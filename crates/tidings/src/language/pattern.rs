//! The pattern language of the packs: parsing, and an index to start from.
//!
//! `data/languages/README.md` describes what can be written. Words become symbols of one [`Lexicon`] a pack, so
//! that matching compares numbers; `matcher` runs the result over a text.

use std::{fmt, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Affixes, Heads, Stem,
    needs::{Need, is_any, needs},
    token::{Cutting, Tokens},
};

/// A class of token spans that something other than a pattern finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The names are the pack format's own, explained there.
#[repr(u8)]
pub enum Class {
    Num,
    Party,
    Person,
    Country,
    Nation,
    Org,
    Place,
    Office,
    Rank,
    Institution,
    Group,
    Time,
    Name,
    Day,
    Month,
    MonthNum,
    Year,
    Year2,
    Weekday,
    Unit,
    Currency,
    Rest,
    Words,
    Author,
    Credit,
    Date,
    Clock,
    Wire,
    Outlet,
    Authors,
}

impl Class {
    /// How many classes there are.
    pub const COUNT: usize = 30;

    const NAMES: [(&'static str, Self); Self::COUNT] = [
        ("num", Self::Num),
        ("party", Self::Party),
        ("person", Self::Person),
        ("country", Self::Country),
        ("nation", Self::Nation),
        ("org", Self::Org),
        ("place", Self::Place),
        ("office", Self::Office),
        ("rank", Self::Rank),
        ("institution", Self::Institution),
        ("group", Self::Group),
        ("time", Self::Time),
        ("name", Self::Name),
        ("day", Self::Day),
        ("month", Self::Month),
        ("monthnum", Self::MonthNum),
        ("year", Self::Year),
        ("year2", Self::Year2),
        ("weekday", Self::Weekday),
        ("unit", Self::Unit),
        ("currency", Self::Currency),
        ("rest", Self::Rest),
        ("words", Self::Words),
        ("author", Self::Author),
        ("credit", Self::Credit),
        ("date", Self::Date),
        ("clock", Self::Clock),
        ("wire", Self::Wire),
        ("outlet", Self::Outlet),
        ("authors", Self::Authors),
    ];

    /// The class that a pattern calls by this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
    }

    /// A bit of its own.
    pub(super) fn bit(self) -> u64 {
        1 << self as u32
    }

    /// The name in patterns.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// A word of some pattern.
pub type Symbol = u32;

/// The words of a pack's patterns.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: FxHashMap<Box<str>, Symbol>,
    /// Words that match as the beginning of a token.
    beginnings: FxHashMap<Box<str>, Symbol>,
    /// Words that match as they are written.
    exact: FxHashMap<Box<str>, Symbol>,
    next: Symbol,
    longest_beginning: usize,
    shortest_beginning: usize,
}

impl Lexicon {
    fn symbol(table: &mut FxHashMap<Box<str>, Symbol>, next: &mut Symbol, word: &str) -> Symbol {
        if let Some(symbol) = table.get(word) {
            return *symbol;
        }
        let symbol = *next;
        *next += 1;
        table.insert(word.into(), symbol);
        symbol
    }

    fn word(&mut self, word: &str) -> Symbol {
        Self::symbol(&mut self.words, &mut self.next, word)
    }

    fn beginning(&mut self, word: &str) -> Symbol {
        self.longest_beginning = self.longest_beginning.max(word.len());
        self.shortest_beginning =
            if self.beginnings.is_empty() { word.len() } else { self.shortest_beginning.min(word.len()) };
        Self::symbol(&mut self.beginnings, &mut self.next, word)
    }

    fn exact(&mut self, word: &str) -> Symbol {
        Self::symbol(&mut self.exact, &mut self.next, word)
    }

    /// The symbols that a token matches, each with the tags of the affixes taken off for it.
    pub fn symbols(&self, written: &str, stems: &[Stem]) -> Vec<(Symbol, u32)> {
        let mut symbols = Vec::new();
        if let Some(symbol) = self.exact.get(written) {
            symbols.push((*symbol, 0));
        }
        let mut add = |form: &str, tags: u32| {
            if let Some(symbol) = self.words.get(form) {
                symbols.push((*symbol, tags));
            }
            if self.longest_beginning > 0 {
                let most = self.longest_beginning.min(form.len());
                for end in self.shortest_beginning..=most {
                    if form.is_char_boundary(end)
                        && let Some(symbol) = self.beginnings.get(&form[..end])
                    {
                        symbols.push((*symbol, tags));
                    }
                }
            }
        };
        for stem in stems {
            add(&stem.form, stem.tags);
        }
        symbols
    }

    /// How the words begin.
    pub(crate) fn heads(&self, affixes: &Affixes) -> Heads {
        let (words, beginnings) = (self.words.keys(), self.beginnings.keys());
        Heads::new(words.map(AsRef::as_ref), beginnings.map(AsRef::as_ref), affixes)
    }

    /// Whether some pattern holds this folded word as a whole word.
    pub fn knows(&self, folded: &str) -> bool {
        self.words.contains_key(folded)
    }
}

/// One step of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A token with this symbol, and with one of these tags (0: any).
    Word(Symbol, u32),
    /// A span of this class whose last token carries one of these tags (0: any).
    Class(Class, u32),
    /// One of several sequences.
    Either(Arc<Branches>),
    /// A sequence that may be missing.
    Maybe(Vec<Node>),
    /// Up to this many tokens of any kind.
    Gap(u8),
    /// Followed by this, which is not taken.
    Ahead(Vec<Node>),
    /// Not followed by this.
    Not(Vec<Node>),
    /// The beginning of the range.
    Start,
    /// Its end.
    End,
}

/// Sequences one of which is to match. A set may hold hundreds, nearly all of which begin with a word: those that
/// begin with another than the one at hand are never tried.
#[derive(Clone, Debug)]
pub(super) struct Branches {
    all: Vec<Vec<Node>>,
    /// The branches that can begin with a word, sorted.
    by_word: Vec<(Symbol, u32)>,
    /// The branches that can begin with something else, too.
    open: Vec<u32>,
}

impl Branches {
    fn new(all: Vec<Vec<Node>>) -> Self {
        let (mut by_word, mut open) = (Vec::new(), Vec::new());
        let mut firsts = Vec::new();
        for (number, branch) in (0..).zip(&all) {
            firsts.clear();
            if firsts_of(branch, &mut firsts) || firsts.iter().any(|f| !matches!(f, First::Word(_))) {
                open.push(number);
            } else {
                by_word.extend(firsts.iter().filter_map(|f| match f {
                    First::Word(symbol) => Some((*symbol, number)),
                    _ => None,
                }));
            }
        }
        by_word.sort_unstable();
        by_word.dedup();
        Self { all, by_word, open }
    }

    /// Those that can begin with a token of these symbols, in the order in which they are written.
    pub fn each(&self, symbols: &[(Symbol, u32)], mut try_branch: impl FnMut(&[Node])) {
        let mut tried = self.open.clone();
        for (symbol, _) in symbols {
            let from = self.by_word.partition_point(|(s, _)| s < symbol);
            tried.extend(self.by_word[from..].iter().take_while(|(s, _)| s == symbol).map(|(_, branch)| branch));
        }
        tried.sort_unstable();
        tried.dedup();
        for branch in tried {
            try_branch(&self.all[branch as usize]);
        }
    }
}

/// Why a pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError(pub String);

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PatternError {}

/// Named lists of patterns that other patterns refer to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets(FxHashMap<String, Arc<Branches>>);

/// What patterns are read with: the pack's cutting, affixes and words.
pub(super) struct Parser<'p> {
    pub cutting: &'p Cutting,
    pub affixes: &'p Affixes,
    pub lexicon: &'p mut Lexicon,
    pub sets: Sets,
}

impl Parser<'_> {
    /// Adds a named set; its entries may use the sets before it.
    pub fn set(&mut self, name: &str, entries: &[String]) -> Result<(), PatternError> {
        let parsed = entries.iter().map(|e| self.parse(e)).collect::<Result<Vec<_>, _>>()?;
        let before = self.sets.0.get(name).map(|b| b.all.clone()).unwrap_or_default();
        self.sets.0.insert(name.to_owned(), Arc::new(Branches::new(before.into_iter().chain(parsed).collect())));
        Ok(())
    }

    /// Reads one pattern.
    pub fn parse(&mut self, pattern: &str) -> Result<Vec<Node>, PatternError> {
        let items: Vec<&str> = pattern.split_whitespace().collect();
        let mut at = 0;
        let nodes = self.sequence(&items, &mut at, 0)?;
        if at < items.len() {
            return Err(PatternError(format!("`{}` closes nothing in `{pattern}`", items[at])));
        }
        let takes_none = |n: &Node| {
            matches!(n, Node::Maybe(_) | Node::Gap(_) | Node::Ahead(_) | Node::Not(_) | Node::Start | Node::End)
        };
        if nodes.iter().all(takes_none) {
            return Err(PatternError(format!("`{pattern}` matches the empty text")));
        }
        Ok(nodes)
    }

    fn sequence(&mut self, items: &[&str], at: &mut usize, depth: usize) -> Result<Vec<Node>, PatternError> {
        if depth > 8 {
            return Err(PatternError("groups nest more than eight deep".into()));
        }
        let mut nodes = Vec::new();
        while let Some(&item) = items.get(*at) {
            match item {
                "(" | "&(" | "!(" => {
                    *at += 1;
                    let mut branches = vec![self.sequence(items, at, depth + 1)?];
                    while items.get(*at) == Some(&"|") {
                        *at += 1;
                        branches.push(self.sequence(items, at, depth + 1)?);
                    }
                    let close = items.get(*at).copied().unwrap_or("");
                    *at += 1;
                    let group = Node::Either(Arc::new(Branches::new(branches)));
                    nodes.push(match (item, close) {
                        ("&(", ")") => Node::Ahead(vec![group]),
                        ("!(", ")") => Node::Not(vec![group]),
                        ("(", ")?") => Node::Maybe(vec![group]),
                        ("(", ")") => group,
                        _ => {
                            return Err(PatternError("a group that begins with `(` is not closed by `)`".into()));
                        }
                    });
                }
                ")" | ")?" | "|" if depth > 0 => break,
                ")" | ")?" => return Err(PatternError(format!("`{item}` closes nothing"))),
                _ => {
                    *at += 1;
                    self.item(item, &mut nodes)?;
                }
            }
        }
        Ok(nodes)
    }

    fn item(&mut self, item: &str, nodes: &mut Vec<Node>) -> Result<(), PatternError> {
        match item {
            "^" => nodes.push(Node::Start),
            "$" => nodes.push(Node::End),
            "|" | "/" | "&" | "!" | "?" | "=" | "*" => nodes.extend(self.words(item, 0)),
            _ => {
                if let Some(n) = item.strip_prefix("..")
                    && let Ok(n) = n.parse::<u8>()
                {
                    if n > 12 {
                        return Err(PatternError(format!("a gap of {n} is longer than 12 tokens")));
                    }
                    nodes.push(Node::Gap(n));
                } else if let Some(rest) = item.strip_prefix(['&', '!']) {
                    let mut inner = Vec::new();
                    self.item(rest, &mut inner)?;
                    nodes.push(if item.starts_with('&') { Node::Ahead(inner) } else { Node::Not(inner) });
                } else if let Some(rest) = item.strip_suffix('?').filter(|r| !r.ends_with('\\')) {
                    let mut inner = Vec::new();
                    self.item(rest, &mut inner)?;
                    nodes.push(Node::Maybe(inner));
                } else {
                    let branches =
                        split_bars(item).into_iter().map(|b| self.branch(b)).collect::<Result<Vec<_>, _>>()?;
                    match <[Vec<Node>; 1]>::try_from(branches) {
                        Ok([only]) => nodes.extend(only),
                        Err(branches) => nodes.push(Node::Either(Arc::new(Branches::new(branches)))),
                    }
                }
            }
        }
        Ok(())
    }

    /// One alternative: text and `{class}` parts in a row, with an optional tag.
    fn branch(&mut self, branch: &str) -> Result<Vec<Node>, PatternError> {
        let (body, tag) = match branch.rfind('/') {
            Some(at) if at > 0 && at + 1 < branch.len() && !branch[..at].ends_with('\\') => {
                let name = &branch[at + 1..];
                let bit =
                    self.affixes.tag(name).ok_or_else(|| PatternError(format!("no affix carries the tag `{name}`")))?;
                (&branch[..at], bit)
            }
            _ => (branch, 0),
        };
        let mut nodes = Vec::new();
        let mut rest = body;
        while let Some(open) = rest.find('{').filter(|at| !rest[..*at].ends_with('\\')) {
            let close = rest[open..].find('}').ok_or_else(|| PatternError(format!("`{body}` has no `}}`")))? + open;
            if open > 0 {
                nodes.extend(self.words(&rest[..open], 0));
            }
            let name = &rest[open + 1..close];
            let last = close + 1 == rest.len();
            let tag = if last { tag } else { 0 };
            if let Some(branches) = self.sets.0.get(name) {
                let mut group = vec![Node::Either(Arc::clone(branches))];
                if tag != 0 {
                    require(&mut group, tag);
                }
                nodes.append(&mut group);
            } else if let Some(class) = Class::named(name) {
                nodes.push(Node::Class(class, tag));
            } else {
                return Err(PatternError(format!("`{{{name}}}` is neither a set nor a class")));
            }
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            nodes.extend(self.words(rest, tag));
        }
        if nodes.is_empty() {
            return Err(PatternError(format!("`{branch}` holds no word")));
        }
        Ok(nodes)
    }

    /// Words as they stand, cut as the language cuts them.
    fn words(&mut self, text: &str, tag: u32) -> Vec<Node> {
        let text = text.replace('\\', "");
        if let Some(exact) = text.strip_prefix('=').filter(|t| !t.is_empty()) {
            let tokens = Tokens::new(exact, self.cutting);
            return (0..tokens.len()).map(|i| Node::Word(self.lexicon.exact(tokens.written(i)), tag)).collect();
        }
        let (body, open) = match text.strip_suffix('*') {
            Some(body) if !body.is_empty() => (body, true),
            _ => (text.as_str(), false),
        };
        let tokens = Tokens::new(body, self.cutting);
        (0..tokens.len())
            .map(|i| {
                let last = i + 1 == tokens.len();
                let word = tokens.folded(i);
                let symbol = if open && last { self.lexicon.beginning(word) } else { self.lexicon.word(word) };
                Node::Word(symbol, if last { tag } else { 0 })
            })
            .collect()
    }
}

/// Splits at bars that no backslash takes the meaning from.
fn split_bars(item: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in item.match_indices('|') {
        if !item[..at].ends_with('\\') {
            parts.push(&item[from..at]);
            from = at + 1;
        }
    }
    parts.push(&item[from..]);
    parts.retain(|p| !p.is_empty());
    parts
}

/// Asks for a tag at the end of a sequence.
fn require(nodes: &mut [Node], tag: u32) {
    match nodes.last_mut() {
        Some(Node::Word(_, tags) | Node::Class(_, tags)) => *tags |= tag,
        Some(Node::Either(branches)) => Arc::make_mut(branches).all.iter_mut().for_each(|b| require(b, tag)),
        _ => {}
    }
}

/// What a match of a pattern can begin with.
pub(super) enum First {
    Word(Symbol),
    Class(Class),
    Any,
}

/// Patterns with an index of what they begin with.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Each pattern with the rule that it belongs to.
    pub(super) patterns: Vec<(Vec<Node>, usize)>,
    /// What each pattern needs.
    pub(super) needs: Vec<Vec<Need>>,
    /// Those that match from the beginning of a text alone.
    pub(super) first: Index,
    /// The others.
    pub(super) anywhere: Index,
}

/// Patterns by what they begin with.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub(super) words: FxHashMap<Symbol, Vec<u32>>,
    pub(super) classes: FxHashMap<Class, Vec<u32>>,
    /// What may begin with any word.
    pub(super) any: Vec<u32>,
}

impl Index {
    fn list(&mut self, first: &First) -> &mut Vec<u32> {
        match first {
            First::Word(symbol) => self.words.entry(*symbol).or_default(),
            First::Class(class) if is_any(*class) => &mut self.any,
            First::Any => &mut self.any,
            First::Class(class) => self.classes.entry(*class).or_default(),
        }
    }
}

impl Rules {
    /// Adds a pattern of a rule.
    pub(super) fn add(&mut self, nodes: Vec<Node>, rule: usize) {
        let number = self.patterns.len() as u32;
        let mut firsts = Vec::new();
        if firsts_of(&nodes, &mut firsts) {
            firsts.push(First::Any);
        }
        let index = if matches!(nodes.first(), Some(Node::Start)) { &mut self.first } else { &mut self.anywhere };
        for first in &firsts {
            let list = index.list(first);
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
        self.needs.push(needs(&nodes));
        self.patterns.push((nodes, rule));
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

/// Collects what `nodes` can begin with; true where they can match nothing at all.
pub(super) fn firsts_of(nodes: &[Node], firsts: &mut Vec<First>) -> bool {
    for node in nodes {
        let empty = match node {
            Node::Word(symbol, _) => {
                firsts.push(First::Word(*symbol));
                false
            }
            Node::Class(class, _) => {
                firsts.push(First::Class(*class));
                false
            }
            Node::Either(branches) => {
                // Every branch is looked at, so that each adds what it begins with.
                branches.all.iter().filter(|b| firsts_of(b, firsts)).count() > 0
            }
            Node::Maybe(inner) => {
                firsts_of(inner, firsts);
                true
            }
            Node::Gap(_) => {
                firsts.push(First::Any);
                true
            }
            Node::Ahead(_) | Node::Not(_) | Node::Start | Node::End => true,
        };
        if !empty {
            return false;
        }
    }
    true
}
