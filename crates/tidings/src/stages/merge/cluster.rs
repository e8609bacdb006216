//! Average link under cannot-link rules.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use rayon::prelude::*;

use super::{corpus::Corpus, rules, score::Score};

/// A group is joined to another while the mean of the scores between them is above this.
const JOIN: f64 = 0.0;

/// What is known of two groups: the sum of their members' scores, or that they cannot be one.
#[derive(Clone, Copy, Debug)]
struct Link {
    sum: f64,
    apart: bool,
}

/// Two groups that may become one, ordered by how much speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Chance {
    mean: f64,
    a: u32,
    b: u32,
    /// How often either group had grown when this was computed.
    age: (u32, u32),
}

impl Eq for Chance {}

impl PartialOrd for Chance {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Chance {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then(other.a.cmp(&self.a))
            .then(other.b.cmp(&self.b))
            .then(self.age.cmp(&other.age))
    }
}

/// A pair that would be one happening by its score, and that a rule keeps apart.
pub type Kept = (u32, u32, rules::Apart);

/// The groups of reports that tell one happening, each sorted, in the order of their first member; and the pairs
/// that only a rule keeps apart.
pub fn groups(corpus: &Corpus<'_>, pairs: &[(u32, u32)]) -> (Vec<Vec<u32>>, Vec<Kept>) {
    let scored: Vec<(u32, u32, f64, Option<rules::Apart>)> = pairs
        .par_iter()
        .filter_map(|&(a, b)| {
            let score = Score::new(corpus, a as usize, b as usize);
            let total = score.total();
            // A weak pair is scored again should its groups ever meet.
            (total > JOIN).then(|| {
                let (x, y) = (&corpus.keys[a as usize], &corpus.keys[b as usize]);
                (a, b, total, rules::apart(x, y, &score))
            })
        })
        .collect();
    let kept = scored.iter().filter_map(|&(a, b, _, apart)| Some((a, b, apart?))).collect();
    let mut state = State::new(corpus);
    for &(a, b, total, apart) in &scored {
        state.link(a, b, Link { sum: total, apart: apart.is_some() });
    }
    state.run();
    (state.into_groups(), kept)
}

struct State<'c, 'k> {
    corpus: &'c Corpus<'k>,
    members: Vec<Vec<u32>>,
    age: Vec<u32>,
    links: BTreeMap<(u32, u32), Link>,
    neighbours: Vec<BTreeSet<u32>>,
    queue: BinaryHeap<Chance>,
}

impl<'c, 'k> State<'c, 'k> {
    fn new(corpus: &'c Corpus<'k>) -> Self {
        let size = corpus.keys.len();
        Self {
            corpus,
            members: (0..size as u32).map(|at| vec![at]).collect(),
            age: vec![0; size],
            links: BTreeMap::new(),
            neighbours: vec![BTreeSet::new(); size],
            queue: BinaryHeap::new(),
        }
    }

    fn link(&mut self, a: u32, b: u32, link: Link) {
        let (a, b) = (a.min(b), a.max(b));
        self.links.insert((a, b), link);
        self.neighbours[a as usize].insert(b);
        self.neighbours[b as usize].insert(a);
        let size = self.members[a as usize].len() * self.members[b as usize].len();
        let mean = link.sum / size as f64;
        if !link.apart && mean > JOIN {
            self.queue.push(Chance { mean, a, b, age: (self.age[a as usize], self.age[b as usize]) });
        }
    }

    fn run(&mut self) {
        while let Some(Chance { a, b, age, .. }) = self.queue.pop() {
            if (self.age[a as usize], self.age[b as usize]) == age {
                self.join(a, b);
            }
        }
    }

    /// Makes `b` a part of `a` and measures the new group against the neighbours of both.
    fn join(&mut self, a: u32, b: u32) {
        let gone = u32::MAX;
        self.age[a as usize] += 1;
        self.age[b as usize] = gone;
        let others: Vec<u32> = self.neighbours[a as usize].union(&self.neighbours[b as usize]).copied().collect();
        let mut next = Vec::new();
        for other in others.into_iter().filter(|o| *o != a && *o != b) {
            let parts = [a, b].map(|own| {
                let key = (own.min(other), own.max(other));
                self.links.remove(&key).unwrap_or_else(|| self.measure(own, other))
            });
            self.neighbours[other as usize].remove(&b);
            next.push((other, Link { sum: parts[0].sum + parts[1].sum, apart: parts[0].apart || parts[1].apart }));
        }
        self.links.remove(&(a.min(b), a.max(b)));
        self.neighbours[a as usize].remove(&b);
        self.neighbours[b as usize].clear();
        let members = std::mem::take(&mut self.members[b as usize]);
        self.members[a as usize].extend(members);
        self.members[a as usize].sort_unstable();
        for (other, link) in next {
            self.link(a, other, link);
        }
    }

    /// Compares all members of two groups that were no candidates for one another.
    fn measure(&self, a: u32, b: u32) -> Link {
        let mut link = Link { sum: 0.0, apart: false };
        for &x in &self.members[a as usize] {
            for &y in &self.members[b as usize] {
                let score = Score::new(self.corpus, x as usize, y as usize);
                let keys = &self.corpus.keys;
                link.sum += score.total();
                link.apart |= rules::apart(&keys[x as usize], &keys[y as usize], &score).is_some();
            }
        }
        link
    }

    fn into_groups(self) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = self.members.into_iter().filter(|m| !m.is_empty()).collect();
        groups.sort_unstable();
        groups
    }
}
