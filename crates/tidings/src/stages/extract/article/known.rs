//! What is known of an article before its lines are read.

use jiff::civil::Date;

use super::super::metadata::Evidence;
use super::super::{address, dates};
use crate::model::{Page, Published};

/// What is known of an article before its lines are read: from the input, the markup, the address.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Known {
    pub(in super::super) title: Option<String>,
    pub(in super::super) author: Option<String>,
    pub(in super::super) publisher: Option<String>,
    pub(in super::super) published: Option<Published>,
    pub(in super::super) updated: Option<String>,
    /// What else names the day, where the input does not.
    pub(in super::super) evidence: Evidence,
    pub(in super::super) section: Option<String>,
    pub(in super::super) tags: Vec<String>,
    pub(in super::super) canonical: Option<String>,
    pub(in super::super) image: Option<String>,
    pub(in super::super) declared_language: Option<String>,
    pub(in super::super) notes: Vec<String>,
}

impl Known {
    /// What the input and the address say.
    pub(in super::super) fn of(page: &Page) -> Self {
        let mut notes = page.notes.clone();
        let mut published = None;
        if let Some(raw) = &page.published {
            published = dates::iso(raw).map(|value| Published { value, from: page.published_from });
            if published.is_none() {
                notes.push("`published` of the input is no date and was ignored".to_owned());
            }
        }
        let title = page.title.as_deref().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        Self {
            title,
            author: page.author.clone(),
            publisher: page.url.as_deref().and_then(address::outlet).or_else(|| page.publisher.clone()),
            published,
            updated: page.updated.as_deref().and_then(dates::iso),
            evidence: Evidence { saved: saved(page), ..Evidence::default() },
            notes,
            ..Self::default()
        }
    }
}

/// The day after which nothing on the page was written: when it was fetched, or saved by an archive that says so in
/// the address.
fn saved(page: &Page) -> Option<Date> {
    let fetched = page.fetched.as_deref().and_then(dates::iso).and_then(|value| value.get(..10)?.parse().ok());
    fetched.or_else(|| page.url.as_deref().and_then(address::saved))
}
