//! `tidings fetch`: addresses, and what the feeds among them announce, to pages.

use std::borrow::Cow;
use std::fs;
use std::io::{Read, stdin};
use std::path::PathBuf;

use anyhow::Context;
use serde::Serialize;
use tidings::language::charset;
use tidings::model::Page;
use tidings::stages::acquire::fetch::{Fetched, Fetcher, News, Plan};
use tidings::stages::acquire::read_opml;

use crate::network::{Access, end_at_interrupt, told};
use crate::output::{Lines, say};
use crate::progress::Progress;

/// The options of `tidings fetch`.
#[derive(clap::Args)]
pub struct Fetch {
    /// Addresses of pages and feeds, and files that list them: OPML, or an address a line (- for standard input)
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Keep pages in this folder, and fetch only what is new there; `tidings extract DIR` reads them
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// How many pages of each feed are fetched, in its order
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Take from a feed what it says itself, and fetch nothing that it announces
    #[arg(long)]
    no_follow: bool,
    #[command(flatten)]
    access: Access,
}

/// What a run did.
#[derive(Default)]
struct Count {
    pages: usize,
    feeds: usize,
    unchanged: usize,
    failed: usize,
}

impl Fetch {
    /// Prints pages as input lines, in the order of the addresses, or keeps them in a folder.
    pub fn run(self) -> anyhow::Result<bool> {
        let progress = if self.into.is_some() { Progress::before_output() } else { Progress::beside_output() };
        let mut count = Count::default();
        let mut addresses = Vec::new();
        for given in &self.addresses {
            match listed(given) {
                Ok(listed) => addresses.extend(listed),
                Err(error) => {
                    progress.tell(&format!("{given}: {error:#}"));
                    count.failed += 1;
                }
            }
        }
        let folder = self.into.as_ref().map(|folder| folder.display().to_string());
        let fetcher = Fetcher::new(self.access.settings(), self.into)?;
        end_at_interrupt(&fetcher.stopper())?;
        let plan = Plan { follow: !self.no_follow, limit: self.limit, ordered: folder.is_none() };
        let mut lines = Lines::new();
        let mut expected = addresses.len();
        progress.known(Some(expected));
        let left = fetcher.run(&addresses, plan, |one| -> anyhow::Result<()> {
            progress.done();
            match one.news {
                News::Page(page) => {
                    count.pages += 1;
                    if folder.is_none() {
                        let entries = if plan.follow { Vec::new() } else { page.entries() };
                        for entry in &entries {
                            lines.print(&entry_line(entry)?)?;
                        }
                        if entries.is_empty() {
                            lines.print(&line(&page)?)?;
                        }
                    }
                }
                News::Feed(_, new) => {
                    count.feeds += 1;
                    expected += new;
                    progress.known(Some(expected));
                }
                News::Unchanged => count.unchanged += 1,
                News::Failed(failure) => {
                    count.failed += 1;
                    progress.tell(&format!("{}: {}", one.address, told(&failure)));
                }
            }
            Ok(())
        })?;
        lines.finish()?;
        if left > 0 {
            progress.tell(&format!("ended before {left} addresses were fetched; run it again to go on"));
        }
        if let Some(folder) = folder {
            say!(
                "{folder}: {} new, {} unchanged, {} feeds, {} failed",
                count.pages,
                count.unchanged,
                count.feeds,
                count.failed
            );
        }
        Ok(count.failed == 0 && left == 0)
    }
}

/// The addresses that an argument stands for.
fn listed(given: &str) -> anyhow::Result<Vec<String>> {
    if given.contains("://") {
        return Ok(vec![given.to_owned()]);
    }
    let mut bytes = Vec::new();
    if given == "-" {
        stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = fs::read(given).context("no address and no file; addresses begin with https:// or http://")?;
    }
    let feeds = read_opml(&bytes);
    let addresses: Vec<String> = if feeds.is_empty() {
        let text = charset::decode(&bytes, None, None).text.into_owned();
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    } else {
        feeds.into_iter().map(|feed| feed.address).collect()
    };
    anyhow::ensure!(!addresses.is_empty(), "no addresses in it; write one a line, or give an OPML file");
    Ok(addresses)
}

/// A page as an input line, which every command reads.
#[derive(Serialize)]
struct InputLine<'p> {
    id: &'p str,
    url: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'p str>,
    #[serde(flatten)]
    body: Body<'p>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Body<'p> {
    Text(Cow<'p, str>),
    Html(Cow<'p, str>),
    HtmlBase64(String),
}

/// The bytes as they came; where the answer names their charset, which a line cannot say, they are decoded.
fn line(page: &Fetched) -> anyhow::Result<String> {
    let decoded = || charset::decode(&page.body, page.media.charset.as_deref(), None).text;
    let body = if page.media.is_plain() {
        Body::Text(decoded())
    } else if page.media.charset.is_some() {
        Body::Html(decoded())
    } else {
        Body::HtmlBase64(base64(&page.body))
    };
    let link = page.link.as_ref();
    Ok(serde_json::to_string(&InputLine {
        id: &page.url,
        url: &page.url,
        title: link.and_then(|link| link.title.as_deref()),
        published: link.and_then(|link| link.published.as_deref()),
        body,
    })?)
}

/// What a feed has of an article, which is UTF-8 by now.
fn entry_line(page: &Page) -> anyhow::Result<String> {
    Ok(serde_json::to_string(&InputLine {
        id: &page.id,
        url: page.url.as_deref().unwrap_or_default(),
        title: page.title.as_deref(),
        published: page.published.as_deref(),
        body: Body::Html(String::from_utf8_lossy(&page.bytes)),
    })?)
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let held = three.iter().enumerate().fold(0u32, |held, (at, byte)| held | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let letter = LETTERS[(held >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_base64() {
        for (bytes, text) in [("", ""), ("N", "Tg=="), ("Ne", "TmU="), ("News", "TmV3cw=="), ("News!!", "TmV3cyEh")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}
