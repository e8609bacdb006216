//! Names for events and an order for reports, both made of content.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::telling::Telling;
use crate::model::Report;

/// Puts reports into the order of (publication or last, title and text, document): the same for every order of input.
pub fn sort(reports: &mut [Report]) {
    reports.sort_by_cached_key(|report| {
        let article = &report.article;
        let published = article.published.as_ref().and_then(|p| p.interval()?.latest).unwrap_or(Date::MAX);
        let content = hash(&[article.title.as_deref().unwrap_or_default(), &article.text]);
        (published, content, article.id.clone(), article.part)
    });
}

/// The name of an event whose tellings are sorted: the hash of its first, the anchor.
pub fn name(reports: &[Report], anchor: Telling, taken: &mut BTreeSet<String>) -> String {
    let report = &reports[anchor.report];
    let article = &report.article;
    let claim = anchor.of(reports).map_or_else(String::new, |c| {
        format!(
            "{:?} {}-{} {}",
            c.trigger.text,
            c.trigger.span.start,
            c.trigger.span.end,
            c.kind.map_or("", |k| k.name())
        )
    });
    let published = article.published.as_ref().map_or("", |p| &p.value);
    let content = [article.title.as_deref().unwrap_or_default(), &article.text, published, &claim];
    let mut id = short(&hash(&content));
    if taken.contains(&id) {
        // The same words stand in another document that tells of another day.
        let part = article.part.to_string();
        let [title, text, published, claim] = content;
        id = short(&hash(&[title, text, published, claim, &article.id, &part]));
    }
    taken.insert(id.clone());
    id
}

fn hash(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

fn short(hash: &[u8; 32]) -> String {
    hash.iter().take(8).map(|b| format!("{b:02x}")).collect()
}
