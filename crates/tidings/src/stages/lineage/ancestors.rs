//! Groups of copies, and which text came first in each.

use sha2::{Digest, Sha256};

use super::{
    overlap::Edge,
    shingles::{Shingles, Union},
};
use crate::{
    model::{Ancestry, Article, CopyKind, CopyWhy, Source},
    world::Outlets,
};

/// From this share on, a text is taken to stand in another as it is, a few words apart.
const WHOLE: f64 = 0.7;

/// The ancestry of each text, in the order of the articles.
pub fn groups(articles: &[Article], texts: &[Shingles], edges: &[Edge], outlets: &Outlets) -> Vec<Ancestry> {
    let sources: Vec<Sources> = articles.iter().map(|article| Sources::new(article, outlets)).collect();
    let mut union = Union::new(articles.len());
    for edge in edges {
        union.join(edge.a as usize, edge.b as usize);
    }
    let rank = ranks(articles, texts);
    let mut parents: Vec<Option<(usize, f64, f64, CopyWhy)>> = vec![None; articles.len()];
    let mut nearest = vec![0.0_f64; articles.len()];
    for edge in edges {
        let (a, b) = (edge.a as usize, edge.b as usize);
        let (older, younger, why) = direction(articles, &sources, edge, &rank);
        let (own, others) = if younger == a { (edge.of_a, edge.of_b) } else { (edge.of_b, edge.of_a) };
        nearest[a] = nearest[a].max(edge.of_a);
        nearest[b] = nearest[b].max(edge.of_b);
        let better = parents[younger].is_none_or(|(at, share, ..)| {
            let (new, old) = (thousandths(own), thousandths(share));
            new > old || new == old && rank[older] < rank[at]
        });
        if better {
            parents[younger] = Some((older, own, others, why));
        }
    }
    cut_circles(&mut parents, &rank);
    let source = |at: usize| Source { document: articles[at].id.clone(), part: articles[at].part };
    let mut group_of: Vec<Option<String>> = vec![None; articles.len()];
    let mut first: Vec<usize> = (0..articles.len()).collect();
    for at in 0..articles.len() {
        let root = union.find(at);
        if rank[at] < rank[first[root]] {
            first[root] = at;
        }
    }
    (0..articles.len())
        .map(|at| {
            let root = first[union.find(at)];
            let group = group_of[root].get_or_insert_with(|| name(&articles[root])).clone();
            let parent = parents[at];
            Ancestry {
                source: source(at),
                group,
                kind: parent.map_or(CopyKind::Original, |(_, own, others, _)| kind(own, others)),
                copy_of: parent.map(|p| source(p.0)),
                overlap: parent.map_or(nearest[at], |p| p.1),
                why: parent.map(|p| p.3),
            }
        })
        .collect()
}

/// What a text is, of which the share `own` stands in its source, and of the source the share `others` in it.
fn kind(own: f64, others: f64) -> CopyKind {
    if own < WHOLE {
        CopyKind::Rewrite
    } else if others < WHOLE {
        CopyKind::Excerpt
    } else {
        CopyKind::Copy
    }
}

/// Which of two texts came first, and how that is known.
fn direction(articles: &[Article], sources: &[Sources], edge: &Edge, rank: &[usize]) -> (usize, usize, CopyWhy) {
    let (a, b) = (edge.a as usize, edge.b as usize);
    let (by_a, by_b) = (sources[a].credit(&sources[b]), sources[b].credit(&sources[a]));
    if by_a != by_b {
        return if by_a { (b, a, CopyWhy::Credit) } else { (a, b, CopyWhy::Credit) };
    }
    let day = |article: &Article| article.published.as_ref().and_then(|p| p.interval()?.ends());
    if let (Some((a1, a2)), Some((b1, b2))) = (day(&articles[a]), day(&articles[b])) {
        let time = |at: usize| articles[at].published.as_ref().map_or("", |p| &p.value);
        // Two times of one day are compared by the clock, where both have one.
        let clock = a1 == b1 && a2 == b2 && time(a).len() > 10 && time(b).len() > 10 && time(a) != time(b);
        if a2 < b1 || clock && time(a) < time(b) {
            return (a, b, CopyWhy::Time);
        }
        if b2 < a1 || clock {
            return (b, a, CopyWhy::Time);
        }
    }
    let (of_a, of_b) = (thousandths(edge.of_a), thousandths(edge.of_b));
    if of_a > of_b || of_a == of_b && rank[b] < rank[a] {
        (b, a, CopyWhy::Containment)
    } else {
        (a, b, CopyWhy::Containment)
    }
}

fn thousandths(share: f64) -> u32 {
    (share * 1000.0).round() as u32
}

/// Who printed an article and whom it credits, each outlet under one name.
struct Sources {
    publisher: Option<String>,
    credits: Vec<String>,
}

impl Sources {
    fn new(article: &Article, outlets: &Outlets) -> Self {
        let name = |name: &String| match outlets.named(name) {
            // No name that is folded holds a space.
            Some(outlet) => format!("outlet {}", outlet.id),
            None => crate::language::plain(name).chars().filter(|c| c.is_alphanumeric()).collect(),
        };
        let publisher = article.publisher.as_ref().map(name);
        Self { publisher, credits: article.credits.iter().map(name).collect() }
    }

    /// Whether an article names another's publisher, or whom that has its text from, as its source.
    fn credit(&self, other: &Self) -> bool {
        let named = |credit: &&String| other.publisher.iter().chain(other.credits.first()).any(|name| name == *credit);
        let own = self.publisher.as_deref().unwrap_or_default();
        self.credits.iter().filter(|credit| credit.chars().count() > 1 && *credit != own).any(|credit| named(&credit))
            && other.publisher.as_deref().is_none_or(|publisher| publisher != own)
    }
}

/// Each text's place in an order that no order of input changes: the earlier, the longer, then by its words.
fn ranks(articles: &[Article], texts: &[Shingles]) -> Vec<usize> {
    let key = |at: usize| {
        let article = &articles[at];
        let published = article.published.as_ref().and_then(|p| p.interval()?.latest);
        (
            published.is_none(),
            published,
            usize::MAX - texts[at].hashes.len(),
            &texts[at].hashes,
            &article.id,
            article.part,
        )
    };
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by(|&a, &b| key(a).cmp(&key(b)));
    let mut rank = vec![0; articles.len()];
    for (place, at) in order.into_iter().enumerate() {
        rank[at] = place;
    }
    rank
}

/// A chain of sources that comes back to itself is cut before its first text.
fn cut_circles(parents: &mut [Option<(usize, f64, f64, CopyWhy)>], rank: &[usize]) {
    let mut done = vec![false; parents.len()];
    for start in 0..parents.len() {
        let mut path = Vec::new();
        let mut at = start;
        while !done[at] {
            if let Some(from) = path.iter().position(|&p| p == at) {
                let first = path[from..].iter().copied().min_by_key(|&p| rank[p]).unwrap_or(at);
                parents[first] = None;
                break;
            }
            path.push(at);
            match parents[at] {
                Some((parent, ..)) => at = parent,
                None => break,
            }
        }
        for p in path {
            done[p] = true;
        }
    }
}

/// A group is named by the words of its first text.
fn name(article: &Article) -> String {
    let mut hash = Sha256::new();
    for part in [article.title.as_deref().unwrap_or_default(), &article.text, &article.id, &article.part.to_string()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}
