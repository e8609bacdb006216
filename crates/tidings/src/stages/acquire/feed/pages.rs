//! The entries of a feed as pages.

use super::{Entry, read_feed};
use crate::Error;
use crate::model::{DateSource, Page};
use crate::stages::acquire::Input;
use crate::stages::acquire::source::About;

/// A page for each entry of a feed: the whole article where the feed has it, what the feed says of it otherwise. `header` is
/// the charset that the HTTP answer declared.
///
/// # Errors
///
/// Where nothing of a damaged feed can be read.
pub(in crate::stages::acquire) fn pages(
    bytes: &[u8],
    about: &About,
    header: Option<&str>,
) -> Result<impl Iterator<Item = Result<Input, Error>> + use<>, Error> {
    let feed = read_feed(bytes, about.given.url.as_deref(), header);
    if feed.entries.is_empty() && feed.damaged {
        return Err(Error::parse("no entry of this feed can be read").advice("fetch it again"));
    }
    let (name, given, mut damaged) = (about.name.clone(), about.given.clone(), feed.damaged);
    Ok(feed.entries.into_iter().enumerate().map(move |(number, entry)| {
        let mut page = page(entry, &name, number + 1);
        if let Some(published) = &given.published {
            (page.published, page.published_from) = (Some(published.clone()), DateSource::Input);
        }
        page.language = given.language.clone();
        if std::mem::take(&mut damaged) {
            page.notes.push("the feed is damaged: parts of it may be missing".to_owned());
        }
        Ok(Input::Page(page))
    }))
}

fn page(entry: Entry, feed: &str, number: usize) -> Page {
    let mut notes = Vec::new();
    if entry.content.is_none() {
        notes.push("the feed has a summary of it at most".to_owned());
    }
    let bytes = entry.body().unwrap_or_default().as_bytes().to_vec();
    Page {
        id: entry.address.clone().unwrap_or_else(|| format!("{feed}:{number}")),
        url: entry.address,
        bytes,
        decoded: true,
        html: true,
        title: entry.title,
        author: entry.author,
        publisher: entry.outlet,
        published: entry.published,
        published_from: DateSource::Feed,
        updated: entry.updated,
        notes,
        ..Page::default()
    }
}
