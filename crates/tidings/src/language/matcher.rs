//! Running patterns over a text.
//!
//! A pattern has no unbounded repetition, so a match is as long as the pattern allows and no longer, and the
//! time for a text is linear in its length; a budget of steps bounds the constant.

use rustc_hash::FxHashMap;

use super::{
    Affixes, Heads, Stem,
    needs::Present,
    pattern::{Class, Index, Lexicon, Node, Rules, Symbol},
    token::Tokens,
};

/// A span of tokens that something found: a number, a country, a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Annotation {
    /// What it is.
    pub class: Class,
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// An index or value that whoever found it understands.
    pub payload: i64,
    /// The tags of affixes on its last or first token.
    pub tags: u32,
}

/// A word of the text as patterns see it, looked up once however often it stands there.
#[derive(Clone, Debug)]
struct Word {
    /// Its stems, the whole word first.
    stems: Vec<Stem>,
    /// The symbols that it matches, each with the tags of the affixes taken off for it.
    symbols: Vec<(Symbol, u32)>,
    /// The tags of all affixes that may stand on it.
    tags: u32,
}

/// A text as patterns see it: the symbols of each token, and the annotations that begin there.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The tokens.
    pub tokens: Tokens<'t>,
    words: Vec<Word>,
    /// The word of each token.
    word_at: Vec<u32>,
    by_start: Vec<Vec<Annotation>>,
}

/// A class that a pattern met.
pub type Capture = Annotation;

/// A match of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The rule.
    pub rule: usize,
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// The classes met, in order.
    pub captures: Vec<Capture>,
    /// The tags of the affixes on its first and last word.
    pub tags: u32,
    /// The tags of the affixes on all words that it matched by name.
    pub all_tags: u32,
}

impl Found {
    /// The nth capture of a class, from 0.
    pub fn capture(&self, class: Class, nth: usize) -> Option<&Capture> {
        self.captures.iter().filter(|c| c.class == class).nth(nth)
    }
}

/// All matches of a set of rules.
pub type Matches = Vec<Found>;

/// More steps than this from one token come only from a pattern that is too loose.
const MOST_STEPS: u32 = 4_000;

impl<'t> Reading<'t> {
    /// Looks every token up in the pack's words.
    pub fn new(tokens: Tokens<'t>, lexicon: &Lexicon, affixes: &Affixes) -> Self {
        Self::of(tokens, lexicon, affixes, |_| true)
    }

    /// As [`new`](Self::new), where nobody asks for the stems of words that no pattern holds.
    pub(crate) fn sparse(tokens: Tokens<'t>, lexicon: &Lexicon, affixes: &Affixes, heads: &Heads) -> Self {
        Self::of(tokens, lexicon, affixes, |word| heads.may_be(word, affixes))
    }

    fn of(tokens: Tokens<'t>, lexicon: &Lexicon, affixes: &Affixes, may_be: impl Fn(&str) -> bool) -> Self {
        let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
        let mut words = Vec::new();
        let mut word_at = Vec::with_capacity(tokens.len());
        for at in 0..tokens.len() {
            let written = tokens.written(at);
            word_at.push(*seen.entry(written).or_insert_with(|| {
                let folded = tokens.folded(at);
                let stems = if may_be(folded) { affixes.stems(folded) } else { Vec::new() };
                let symbols = lexicon.symbols(written, &stems);
                words.push(Word { symbols, tags: stems.iter().fold(0, |tags, s| tags | s.tags), stems });
                words.len() as u32 - 1
            }));
        }
        let by_start = vec![Vec::new(); tokens.len()];
        Self { tokens, words, word_at, by_start }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.word_at.get(at).map(|word| &self.words[*word as usize])
    }

    /// The token's stems, its whole folded form first.
    pub fn stems(&self, at: usize) -> &[Stem] {
        self.word(at).map_or(&[], |w| &w.stems)
    }

    /// The symbols that a token matches, each with the tags of the affixes taken off for it.
    fn symbols(&self, at: usize) -> &[(Symbol, u32)] {
        self.word(at).map_or(&[], |w| &w.symbols)
    }

    /// Whether some pattern of the pack holds the word.
    pub fn known(&self, at: usize) -> bool {
        !self.symbols(at).is_empty()
    }

    /// The tags of all affixes that may stand on a token.
    pub fn tags(&self, at: usize) -> u32 {
        self.word(at).map_or(0, |w| w.tags)
    }

    /// Adds an annotation.
    pub fn annotate(&mut self, annotation: Annotation) {
        let list = &mut self.by_start[annotation.start];
        if !list.contains(&annotation) {
            list.push(annotation);
        }
    }

    /// The annotations that begin at a token.
    pub fn annotations_at(&self, at: usize) -> &[Annotation] {
        self.by_start.get(at).map_or(&[], Vec::as_slice)
    }

    /// Forgets the annotations of a class.
    pub fn forget(&mut self, class: Class) {
        self.by_start.iter_mut().for_each(|list| list.retain(|a| a.class != class));
    }

    /// The longest annotation of a class that begins at a token.
    pub fn longest_at(&self, at: usize, class: Class) -> Option<Annotation> {
        self.annotations_at(at).iter().filter(|a| a.class == class).max_by_key(|a| a.end).copied()
    }

    /// Every match in the tokens `from..to`: for each start and each pattern the longest.
    pub fn matches(&self, rules: &Rules, from: usize, to: usize) -> Matches {
        let mut found = Vec::new();
        let mut tried: Vec<u32> = Vec::new();
        let mut present = None;
        for start in from..to {
            tried.clear();
            self.begin(&rules.anywhere, start, &mut tried);
            if start == from {
                self.begin(&rules.first, start, &mut tried);
            }
            tried.sort_unstable();
            tried.dedup();
            for &number in &tried {
                let needs = &rules.needs[number as usize];
                if !needs.is_empty() {
                    let present = present.get_or_insert_with(|| self.present(from, to));
                    if !needs.iter().all(|need| present.meets(need)) {
                        continue;
                    }
                }
                let (nodes, rule) = &rules.patterns[number as usize];
                if let Some(Best { end, captures, tags, all_tags }) = self.longest(nodes, start, from, to) {
                    found.push(Found { rule: *rule, start, end, captures, tags, all_tags });
                }
            }
        }
        found
    }

    /// What stands in the tokens `from..to`.
    fn present(&self, from: usize, to: usize) -> Present {
        let mut present = Present::default();
        for at in from..to {
            present.words.extend(self.symbols(at).iter().map(|(symbol, _)| *symbol));
            present.classes |= self.by_start[at].iter().fold(0, |bits, annotation| bits | annotation.class.bit());
        }
        present.words.sort_unstable();
        present.words.dedup();
        present
    }

    /// Adds the patterns that can begin at a token.
    fn begin(&self, index: &Index, start: usize, patterns: &mut Vec<u32>) {
        for (symbol, _) in self.symbols(start) {
            patterns.extend(index.words.get(symbol).into_iter().flatten());
        }
        for annotation in &self.by_start[start] {
            patterns.extend(index.classes.get(&annotation.class).into_iter().flatten());
        }
        patterns.extend(&index.any);
    }

    /// Matches that do not overlap: from the left, the longest first, among equal ones the first rule.
    pub fn leftmost(&self, rules: &Rules, from: usize, to: usize) -> Matches {
        let mut all = self.matches(rules, from, to);
        all.sort_by_key(|f| (f.start, usize::MAX - f.end, f.rule));
        keep_apart(&mut all, |f| (f.start, f.end));
        all
    }

    /// The longest match of one pattern from a token.
    fn longest(&self, nodes: &[Node], start: usize, from: usize, to: usize) -> Option<Best> {
        let mut run = Run { reading: self, from, to, steps: 0, captures: Vec::new(), tags: Vec::new(), best: None };
        run.go(nodes, start, None);
        run.best.filter(|b| b.end > start)
    }
}

/// Keeps of spans in a row each that begins where the last one kept has ended.
pub fn keep_apart<T>(spans: &mut Vec<T>, ends: impl Fn(&T) -> (usize, usize)) {
    let mut free = 0;
    spans.retain(|span| {
        let (start, end) = ends(span);
        let keep = start >= free;
        if keep {
            free = end;
        }
        keep
    });
}

/// What remains to be matched after the nodes at hand.
struct Then<'n> {
    nodes: &'n [Node],
    then: Option<&'n Then<'n>>,
}

/// The longest match so far.
struct Best {
    end: usize,
    captures: Vec<Capture>,
    tags: u32,
    all_tags: u32,
}

struct Run<'r, 't> {
    reading: &'r Reading<'t>,
    from: usize,
    to: usize,
    steps: u32,
    captures: Vec<Capture>,
    /// The tags of each step that took tokens.
    tags: Vec<u32>,
    best: Option<Best>,
}

impl Run<'_, '_> {
    fn go(&mut self, nodes: &[Node], at: usize, then: Option<&Then<'_>>) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        let Some((node, rest)) = nodes.split_first() else {
            match then {
                Some(then) => self.go(then.nodes, at, then.then),
                None if self.best.as_ref().is_none_or(|b| at > b.end) => {
                    let tags = self.tags.first().copied().unwrap_or(0) | self.tags.last().copied().unwrap_or(0);
                    let all_tags = self.tags.iter().fold(0, |all, tags| all | tags);
                    self.best = Some(Best { end: at, captures: self.captures.clone(), tags, all_tags });
                }
                None => {}
            }
            return;
        };
        match node {
            Node::Word(symbol, tag) => {
                // Of several ways to take affixes off, the one that takes least is meant.
                let symbols = if at < self.to { self.reading.symbols(at) } else { &[] };
                let fits = symbols.iter().filter(|(s, tags)| s == symbol && (*tag == 0 || tags & tag != 0));
                let taken = fits.map(|(_, tags)| *tags).min_by_key(|tags| tags.count_ones());
                if let Some(tags) = taken {
                    self.tags.push(tags);
                    self.go(rest, at + 1, then);
                    self.tags.pop();
                }
            }
            Node::Class(class, tag) => self.class(*class, *tag, rest, at, then),
            Node::Either(branches) => {
                let then = Then { nodes: rest, then };
                let symbols = if at < self.to { self.reading.symbols(at) } else { &[] };
                branches.each(symbols, |branch| self.go(branch, at, Some(&then)));
            }
            Node::Maybe(inner) => {
                self.go(inner, at, Some(&Then { nodes: rest, then }));
                self.go(rest, at, then);
            }
            Node::Gap(most) => {
                for end in at..=(at + usize::from(*most)).min(self.to) {
                    // The shortest gap that matches is the one meant.
                    let had = self.best.as_ref().map(|b| b.end);
                    self.go(rest, end, then);
                    if self.best.as_ref().map(|b| b.end) != had {
                        break;
                    }
                }
            }
            Node::Ahead(inner) => {
                if self.follows(inner, at) {
                    self.go(rest, at, then);
                }
            }
            Node::Not(inner) => {
                if !self.follows(inner, at) {
                    self.go(rest, at, then);
                }
            }
            Node::Start => {
                if at == self.from {
                    self.go(rest, at, then);
                }
            }
            Node::End => {
                if at == self.to {
                    self.go(rest, at, then);
                }
            }
        }
    }

    /// Whether some nodes match from a token, whatever may follow them.
    fn follows(&mut self, nodes: &[Node], at: usize) -> bool {
        let mut probe = Run {
            reading: self.reading,
            from: self.from,
            to: self.to,
            steps: self.steps,
            captures: Vec::new(),
            tags: Vec::new(),
            best: None,
        };
        probe.go(nodes, at, None);
        self.steps = probe.steps;
        probe.best.is_some()
    }

    fn class(&mut self, class: Class, tag: u32, rest: &[Node], at: usize, then: Option<&Then<'_>>) {
        // These classes are any words; how many is the class's own bound.
        let most = match class {
            Class::Rest => Some(usize::MAX),
            Class::Words => Some(8),
            Class::Author | Class::Credit => Some(6),
            Class::Authors => Some(24),
            _ => None,
        };
        if let Some(most) = most {
            let ends = at + 1..=self.to.min(at.saturating_add(most));
            for end in ends.rev() {
                if class == Class::Rest && end != self.to && end != at + 1 {
                    continue;
                }
                self.captures.push(Annotation { class, start: at, end, payload: 0, tags: 0 });
                self.go(rest, end, then);
                self.captures.pop();
            }
            return;
        }
        for annotation in self.reading.annotations_at(at) {
            if annotation.class == class && annotation.end <= self.to && (tag == 0 || annotation.tags & tag != 0) {
                self.captures.push(*annotation);
                self.tags.push(annotation.tags);
                self.go(rest, annotation.end, then);
                self.tags.pop();
                self.captures.pop();
            }
        }
    }
}
