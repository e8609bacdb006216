//! Which texts share their words, and how much of each.

use rayon::prelude::*;

use super::shingles::Shingles;

/// One sequence in so many is looked up for candidates; all are counted once two texts are compared.
const SAMPLE: u64 = 8;
/// A text with fewer sequences than this has all of them looked up.
const SHORT: usize = 64;
/// A list this long is not crossed with itself: each text meets only its neighbours in it.
const LONG: usize = 64;
const NEIGHBOURS: usize = 8;
/// The share of the shorter text that must stand in the other.
const SHARE: f64 = 0.32;
/// Sequences that two texts must share at least, so that a common phrase makes no copy of two short ones.
const LEAST: usize = 6;

/// A sequence and a text in which it stands.
pub type Posting = (u64, u32);

/// Two texts that share their words.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The first text.
    pub a: u32,
    /// The second, always the greater.
    pub b: u32,
    /// The share of the first that stands in the second.
    pub of_a: f64,
    /// The share of the second that stands in the first.
    pub of_b: f64,
}

/// Every sequence of every text, sorted, without those that stand in one text alone.
pub fn postings(texts: &[Shingles]) -> Vec<Posting> {
    let mut all: Vec<Posting> = texts
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, text)| text.hashes.iter().map(move |&hash| (hash, at as u32)))
        .collect();
    all.par_sort_unstable();
    let mut kept = Vec::with_capacity(all.len() / 2);
    for list in all.chunk_by(|a, b| a.0 == b.0).filter(|l| l.len() > 1) {
        kept.extend_from_slice(list);
    }
    kept
}

/// All pairs that share enough, sorted.
pub fn edges(texts: &[Shingles], postings: &[Posting]) -> Vec<Edge> {
    let lists: Vec<&[Posting]> = postings.chunk_by(|a, b| a.0 == b.0).collect();
    let mut pairs: Vec<(u32, u32)> = lists
        .par_iter()
        .flat_map_iter(|list| {
            let sampled = list[0].0 % SAMPLE == 0;
            let chosen = |text: u32| sampled || texts[text as usize].hashes.len() < SHORT;
            let mut members: Vec<u32> = list.iter().map(|p| p.1).collect();
            let long = members.len() > LONG;
            if long {
                members.sort_unstable_by_key(|&t| (texts[t as usize].signature().first().copied(), t));
            }
            let reach = if long { NEIGHBOURS } else { members.len() };
            let mut pairs = Vec::new();
            for (n, &a) in members.iter().enumerate() {
                let others = members[n + 1..].iter().take(reach);
                pairs.extend(others.filter(|&&b| chosen(a) || chosen(b)).map(|&b| (a.min(b), a.max(b))));
            }
            pairs
        })
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs.par_iter().filter_map(|&(a, b)| edge(texts, a, b)).collect()
}

fn edge(texts: &[Shingles], a: u32, b: u32) -> Option<Edge> {
    let (x, y) = (&texts[a as usize].hashes, &texts[b as usize].hashes);
    let shared = shared(x, y);
    let shorter = x.len().min(y.len());
    let enough = shared >= LEAST.min(shorter) && shared as f64 >= SHARE * shorter as f64;
    enough.then(|| Edge { a, b, of_a: shared as f64 / x.len() as f64, of_b: shared as f64 / y.len() as f64 })
}

/// How many values two sorted lists share.
fn shared(x: &[u64], y: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        let (a, b) = (x[i], y[j]);
        count += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    count
}
