//! WARC: archives of what crawlers were answered, CC-NEWS among them.
//!
//! `members` unpacks, `records` cuts, and here the records that hold a page become one, and those that hold a feed a page for
//! each of its entries. The day of a crawl is kept as the day of fetching; it is no day of publication.

mod members;
mod records;
#[cfg(test)]
mod tests;

use std::io::Read;

use self::members::Members;
use self::records::{Fault, Record, Records};
use super::http::{self, Body, Header};
use super::kind::Kind;
use super::source::{About, Many, is_binary};
use super::{Given, Input, LONGEST, feed};
use crate::Error;
use crate::model::{DateSource, Page};

/// The pages of an archive, one at a time. An error stands for a record, or for bytes that are none.
pub(super) struct Pages {
    records: Result<Records, Option<Error>>,
    about: About,
    faults: usize,
    /// The entries of a feed.
    many: Option<Many>,
}

/// The first bytes, which tell a feed.
const HEAD: usize = 1 << 12;

/// How many damaged places of one archive are told one by one.
const TOLD: usize = 20;

impl Pages {
    pub(super) fn new(source: Box<dyn Read>, about: About) -> Self {
        let records = Members::new(source).map(Records::new).map_err(|error| Some(error.into()));
        Self { records, about, faults: 0, many: None }
    }

    fn fault(&mut self, fault: Fault) -> Option<Error> {
        self.faults += 1;
        let whose = |address: Option<String>| address.map_or("a record".to_owned(), |at| format!("the record of {at}"));
        let error = match fault {
            Fault::Io(error) => error.into(),
            Fault::Bomb => super::unpack::bomb(),
            _ if self.faults > TOLD => return None,
            Fault::Damaged(address) => {
                let error = Error::parse(format!("{} is damaged and was passed over", whose(address)));
                error.advice("fetch the archive again")
            }
            Fault::TooLong(address) => {
                Error::parse(format!("{} has more than {} MiB and was passed over", whose(address), LONGEST >> 20))
            }
        };
        Some(error.context(self.about.name.clone()))
    }
}

impl Iterator for Pages {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(many) = &mut self.many {
                match many.next() {
                    Some(item) => return Some(item),
                    None => self.many = None,
                }
            }
            let records = match &mut self.records {
                Ok(records) => records,
                Err(error) => return error.take().map(|error| Err(error.context(self.about.name.clone()))),
            };
            match records.next() {
                Some(Ok(record)) => match page(record) {
                    Some(Ok(page)) if is_feed(&page.bytes) => match entries(page, &self.about.given) {
                        Ok(many) => self.many = Some(many),
                        Err(fault) => {
                            if let Some(error) = self.fault(fault) {
                                return Some(Err(error));
                            }
                        }
                    },
                    Some(Ok(mut page)) => {
                        let given = &self.about.given;
                        if given.published.is_some() {
                            page.published = given.published.clone();
                            page.published_from = DateSource::Input;
                        }
                        page.language = given.language.clone();
                        return Some(Ok(Input::Page(page)));
                    }
                    Some(Err(fault)) => {
                        if let Some(error) = self.fault(fault) {
                            return Some(Err(error));
                        }
                    }
                    None => {}
                },
                Some(Err(fault)) => {
                    if let Some(error) = self.fault(fault) {
                        return Some(Err(error));
                    }
                }
                None => {
                    let more = self.faults.saturating_sub(TOLD);
                    self.faults = 0;
                    let error = Error::parse(format!("{more} more records are damaged and were passed over"));
                    return (more > 0).then(|| Err(error.context(self.about.name.clone())));
                }
            }
        }
    }
}

fn is_feed(bytes: &[u8]) -> bool {
    Kind::of(None, &bytes[..bytes.len().min(HEAD)]) == Kind::Feed
}

/// The entries of a feed that a crawler was answered.
fn entries(answer: Page, given: &Given) -> Result<Many, Fault> {
    let about = About {
        name: answer.id,
        in_folder: false,
        given: Given { url: answer.url.clone(), ..given.clone() },
        archives: 0,
        budget: None,
    };
    let read = feed::pages(&answer.bytes, &about, answer.charset.as_deref());
    let pages = read.map_err(|_| Fault::Damaged(answer.url))?;
    let (fetched, notes) = (answer.fetched, answer.notes);
    Ok(Box::new(pages.map(move |mut input| {
        if let Ok(Input::Page(page)) = &mut input {
            page.fetched = fetched.clone();
            page.notes.extend_from_slice(&notes);
        }
        input
    })))
}

/// The page of a record: an answer that went well, or a page that was stored as such; `None` for all others.
fn page(record: Record) -> Option<Result<Page, Fault>> {
    let Record { header, body } = record;
    let kind = header.get("warc-type")?.to_ascii_lowercase();
    if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
        return None;
    }
    let url = header.get("warc-target-uri")?.trim_matches(['<', '>']).to_owned();
    if !url.starts_with("http://") && !url.starts_with("https://") || url.ends_with("/robots.txt") {
        return None;
    }
    let mut notes = Vec::new();
    let ((media, charset), bytes) = if header.media_type().0 == "application/http" || body.starts_with(b"HTTP/") {
        let (status, answer) = http::status(&body)?;
        let (answered, at) = Header::read(answer);
        if status != 200 {
            return None;
        }
        let (bytes, state) = http::unpack_body(&answered, answer[at..].to_vec(), LONGEST);
        match state {
            Body::Whole => {}
            Body::Damaged => notes.push("the body is damaged or cut off".to_owned()),
            Body::TooLong => return Some(Err(Fault::TooLong(Some(url)))),
        }
        (answered.media_type(), bytes)
    } else {
        (header.media_type(), body)
    };
    let html = match media.as_str() {
        _ if is_feed(&bytes) => true,
        "text/html" | "application/xhtml+xml" => true,
        "text/plain" => false,
        "" | "application/octet-stream" if bytes.trim_ascii_start().starts_with(b"<") => true,
        _ => return None,
    };
    if is_binary(&bytes) {
        return None;
    }
    if header.get("warc-truncated").is_some() {
        notes.push("the crawler did not store all of it".to_owned());
    }
    Some(Ok(Page {
        id: url.clone(),
        url: Some(url),
        bytes,
        charset,
        html,
        fetched: header.get("warc-date").map(str::to_owned),
        // What the feed said that led `tidings fetch` here.
        title: header.get("tidings-title").map(str::to_owned),
        published: header.get("tidings-published").map(str::to_owned),
        published_from: DateSource::Feed,
        notes,
        ..Page::default()
    }))
}
