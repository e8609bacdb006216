//! Words that a site prints under everything, or that every site prints: they make no copy.
//!
//! A wire story in three hundred papers is frequent too, so frequency alone decides nothing. The texts that share
//! a wire story are one family, those that share a call to subscribe are as many families as texts.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    overlap::Posting,
    shingles::{Shingles, Union},
};
use crate::model::Article;

/// Families in which a sequence must stand before it counts as nobody's.
const FAMILIES: usize = 12;
/// The same within one host.
const FAMILIES_OF_HOST: usize = 4;

/// Takes the sequences that belong to no text in particular out of all of them.
pub fn drop(articles: &[Article], texts: &mut [Shingles], postings: &mut Vec<Posting>) {
    let families = families(texts);
    let hosts = hosts(articles);
    let lists: Vec<&[Posting]> =
        postings.chunk_by(|a, b| a.0 == b.0).filter(|list| list.len() >= FAMILIES_OF_HOST).collect();
    let common: FxHashSet<u64> =
        lists.par_iter().filter(|list| is_common(list, &hosts, &families)).map(|list| list[0].0).collect();
    if !common.is_empty() {
        texts.par_iter_mut().for_each(|t| t.hashes.retain(|h| !common.contains(h)));
        postings.retain(|p| !common.contains(&p.0));
    }
}

fn is_common(list: &[Posting], hosts: &[u32], families: &[u32]) -> bool {
    let mut seen: Vec<(u32, u32)> =
        list.iter().map(|&(_, text)| (hosts[text as usize], families[text as usize])).collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.chunk_by(|a, b| a.0 == b.0).any(|host| host[0].0 > 0 && host.len() >= FAMILIES_OF_HOST) {
        return true;
    }
    if list.len() < FAMILIES {
        return false;
    }
    let mut everywhere: Vec<u32> = seen.iter().map(|s| s.1).collect();
    everywhere.sort_unstable();
    everywhere.dedup();
    everywhere.len() >= FAMILIES && everywhere.len() * 3 >= list.len()
}

/// A number for each text, the same for texts whose signatures agree in two places.
fn families(texts: &[Shingles]) -> Vec<u32> {
    let mut union = Union::new(texts.len());
    let mut first: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    for (at, text) in texts.iter().enumerate() {
        let signature = text.signature();
        for (n, a) in signature.iter().enumerate() {
            for b in &signature[n + 1..] {
                let other = *first.entry((*a, *b)).or_insert(at);
                union.join(at, other);
            }
        }
    }
    (0..texts.len()).map(|at| union.find(at) as u32).collect()
}

/// A number for each text's host; 0 where none is known.
fn hosts(articles: &[Article]) -> Vec<u32> {
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    articles
        .iter()
        .map(|article| {
            let host = article.url.as_deref().and_then(|u| url::Url::parse(u).ok()?.host_str().map(str::to_owned));
            host.map_or(0, |host| {
                let next = numbers.len() as u32 + 1;
                *numbers.entry(host).or_insert(next)
            })
        })
        .collect()
}
