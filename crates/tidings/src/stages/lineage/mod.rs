//! Who copied whom: texts that stand in one another, in groups, with a direction.
//!
//! What marks a copy is containment, the share of one text that stands in another: an excerpt shares little of the
//! longer text but all of itself. Merging asks what texts say; this stage only asks whether they are the same words.

mod ancestors;
mod boilerplate;
mod names;
mod overlap;
mod shingles;

pub use names::tell_apart;

use rayon::prelude::*;

use crate::{
    model::{Ancestry, Article},
    world::Outlets,
};

/// Groups texts that come from one another, in the order of the articles.
///
/// The result does not depend on that order, apart from its own. An outlet is one source by whatever name and in
/// whatever language it is credited.
///
/// ```
/// use tidings::model::{Article, CopyKind};
/// let text = "The two ministers met in the capital on Monday and agreed to train pilots together, to share what their \
///     coast guards see at sea, and to meet again before the end of the year, the ministry said in a statement.";
/// let article = |id: &str, text: &str| Article { id: id.into(), part: 1, text: text.into(), ..Article::default() };
/// let articles = [article("a", text), article("b", &text[..120]), article("c", "No news.")];
/// let found = tidings::stages::lineage::lineage(&articles, tidings::Knowledge::embedded().world().outlets());
/// assert_eq!(found[0].group, found[1].group);
/// assert_eq!(found[1].kind, CopyKind::Excerpt);
/// assert_ne!(found[0].group, found[2].group);
/// ```
pub fn lineage(articles: &[Article], outlets: &Outlets) -> Vec<Ancestry> {
    let mut texts: Vec<shingles::Shingles> = articles.par_iter().map(shingles::Shingles::new).collect();
    let mut postings = overlap::postings(&texts);
    boilerplate::drop(articles, &mut texts, &mut postings);
    let edges = overlap::edges(&texts, &postings);
    ancestors::groups(articles, &texts, &edges, outlets)
}
