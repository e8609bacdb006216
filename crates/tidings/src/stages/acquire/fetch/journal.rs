//! What is known of addresses from asking for them before: `fetch.jsonl`, a line for each thing learnt, only ever appended.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::archive::{Link, Location};
use super::robots::Robots;
use crate::Error;

/// How long a page that was not found is not asked for again, and how long a robots.txt stands.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// The journal's name in its folder.
pub(super) const NAME: &str = "fetch.jsonl";

/// One thing learnt. Absent values are left out, so that a line says what it knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub(super) enum Line {
    /// The first line of a journal.
    Begun { at: Timestamp, made_by: String },
    /// A page was kept.
    Page {
        url: String,
        final_url: String,
        at: Timestamp,
        status: u16,
        #[serde(flatten)]
        validators: Validators,
        #[serde(flatten)]
        location: Location,
        /// Of the body, by SHA-256. Not every site says whether a page has changed.
        #[serde(default)]
        digest: String,
    },
    /// A feed was read, and named these pages.
    Feed {
        url: String,
        final_url: String,
        at: Timestamp,
        status: u16,
        #[serde(flatten)]
        validators: Validators,
        /// Whether what it announces are feeds and no pages.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        are_feeds: bool,
        links: Vec<Link>,
    },
    /// An address answered that nothing changed, and with what to ask from now on.
    Unchanged {
        url: String,
        at: Timestamp,
        #[serde(flatten)]
        validators: Validators,
    },
    /// An address leads elsewhere for good.
    Moved { url: String, to: String, at: Timestamp, status: u16 },
    /// There will never again be anything at an address.
    Gone { url: String, at: Timestamp },
    /// There is nothing at an address, for now.
    Missing { url: String, at: Timestamp },
    /// What is at an address is nothing that is read.
    Refused { url: String, at: Timestamp, why: String },
    /// What a host asks of robots; `rules` is empty where it asks nothing.
    Robots { url: String, at: Timestamp, status: u16, rules: String },
    /// A host does not want to be asked before a time.
    Later { host: String, at: Timestamp, until: Timestamp },
}

/// What a server wants back to say whether something changed, to the byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_modified: Option<String>,
}

/// What is known of an address without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It is gone for good.
    Gone,
    /// It was not found this long ago, and may come.
    Missing(Timestamp),
    /// It is nothing that is read.
    Refused(String),
}

/// The journal of a folder, or of a run that leaves none.
#[derive(Default)]
pub(super) struct Journal {
    file: Option<File>,
    pages: BTreeSet<String>,
    digests: BTreeMap<String, String>,
    feeds: BTreeMap<String, (Vec<Link>, bool)>,
    validators: BTreeMap<String, Validators>,
    moved: BTreeMap<String, String>,
    known: BTreeMap<String, Known>,
    robots: BTreeMap<String, (Timestamp, Robots)>,
    later: BTreeMap<String, Timestamp>,
    ends: BTreeMap<String, u64>,
}

impl Journal {
    /// Opens the journal of a folder, or begins it. A line that a run did not write to its end is cut off.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or written, another run writes it, or it is damaged before its end.
    pub(super) fn open(folder: &Path, now: Timestamp) -> Result<Self, Error> {
        let file = OpenOptions::new().create(true).read(true).append(true).open(folder.join(NAME))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::config("another run fetches into this folder").advice("wait until it is done"));
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut journal = Self::default();
        let end = journal.read(&file)?;
        if file.metadata()?.len() > end {
            file.set_len(end)?;
        }
        journal.file = Some(file);
        if end == 0 {
            let made_by = format!("tidings {}", env!("CARGO_PKG_VERSION"));
            journal.add(Line::Begun { at: now, made_by })?;
        }
        Ok(journal)
    }

    /// Takes in all lines, and says where the last whole one ends.
    fn read(&mut self, mut file: &File) -> Result<u64, Error> {
        let mut text = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut text)?;
        let (mut end, mut damaged) = (0, None);
        let mut at = 0;
        for (number, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
            at += line.len();
            match line.strip_suffix(b"\n").and_then(|line| serde_json::from_slice(line).ok()) {
                Some(read) => {
                    if let Some(number) = damaged {
                        let error = Error::parse("not a line of the journal").context(format!("{NAME}:{number}"));
                        return Err(error.advice("mend or remove it; a page that it stands for is fetched again"));
                    }
                    end = at;
                    self.learn(read);
                }
                None => damaged = damaged.or(Some(number + 1)),
            }
        }
        Ok(end as u64)
    }

    /// Writes a line, and takes it in.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(super) fn add(&mut self, line: Line) -> Result<(), Error> {
        if let Some(file) = &mut self.file {
            let text = serde_json::to_string(&line).map_err(|error| Error::parse(error.to_string()))?;
            file.write_all(format!("{text}\n").as_bytes())?;
            file.sync_data()?;
        }
        self.learn(line);
        Ok(())
    }

    fn learn(&mut self, line: Line) {
        match line {
            Line::Begun { .. } => {}
            Line::Page { url, final_url, validators, location, digest, .. } => {
                let end = self.ends.entry(location.file).or_default();
                *end = (*end).max(location.offset + location.length);
                self.known.remove(&url);
                self.validators.insert(final_url.clone(), validators);
                self.digests.insert(final_url.clone(), digest);
                self.pages.insert(url);
                self.pages.insert(final_url);
            }
            Line::Feed { url, final_url, validators, links, are_feeds, .. } => {
                self.known.remove(&url);
                self.validators.insert(final_url.clone(), validators);
                self.feeds.insert(final_url, (links, are_feeds));
            }
            Line::Unchanged { url, validators, .. } => drop(self.validators.insert(url, validators)),
            Line::Moved { url, to, .. } => drop(self.moved.insert(url, to)),
            Line::Gone { url, .. } => drop(self.known.insert(url, Known::Gone)),
            Line::Missing { url, at } => drop(self.known.insert(url, Known::Missing(at))),
            Line::Refused { url, why, .. } => drop(self.known.insert(url, Known::Refused(why))),
            Line::Robots { url, at, rules, .. } => {
                drop(self.robots.insert(url, (at, Robots::read(rules.as_bytes(), "*"))));
            }
            Line::Later { host, until, .. } => drop(self.later.insert(host, until)),
        }
    }

    /// How long each file of the archive is by what is known.
    pub(super) fn ends(&self) -> &BTreeMap<String, u64> {
        &self.ends
    }

    /// Whether a page was kept.
    pub(super) fn has(&self, url: &str) -> bool {
        self.pages.contains(url)
    }

    /// Whether what was kept of a page last has this digest.
    pub(super) fn is_same(&self, url: &str, digest: &str) -> bool {
        self.digests.get(url).is_some_and(|known| known == digest)
    }

    /// What a feed announced when it was read last, and whether that is feeds.
    pub(super) fn feed(&self, url: &str) -> Option<&(Vec<Link>, bool)> {
        self.feeds.get(url)
    }

    /// What to ask an address with.
    pub(super) fn validators(&self, url: &str) -> Option<&Validators> {
        self.validators.get(url)
    }

    /// Where an address leads for good.
    pub(super) fn moved(&self, url: &str) -> Option<&str> {
        self.moved.get(url).map(String::as_str)
    }

    /// What is known of an address, so that it need not be asked for.
    pub(super) fn known(&self, url: &str, now: Timestamp) -> Option<&Known> {
        self.known.get(url).filter(|known| match known {
            Known::Missing(at) => now.duration_since(*at) < A_DAY,
            Known::Gone | Known::Refused(_) => true,
        })
    }

    /// What a host asks of robots, by the address of its robots.txt, where that is not too long ago.
    pub(super) fn robots(&self, url: &str, now: Timestamp) -> Option<Robots> {
        self.robots.get(url).filter(|(at, _)| now.duration_since(*at) < A_DAY).map(|(_, robots)| robots.clone())
    }

    /// Until when a host does not want to be asked.
    pub(super) fn later(&self, host: &str, now: Timestamp) -> Option<Timestamp> {
        self.later.get(host).copied().filter(|until| *until > now)
    }
}
