//! Arguments to documents: files are read as they come up, addresses are fetched before.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::vec;

use tidings::stages::acquire::fetch::{Fetcher, News, Plan, Settings};
use tidings::stages::acquire::{Given, Input, Inputs, acquire};

use crate::network::{end_at_interrupt, told};

/// How many pages of a feed are read where one is given instead of a document.
const OF_A_FEED: usize = 100;

/// The documents that arguments stand for, in their order.
pub struct Sources {
    waiting: VecDeque<Source>,
}

enum Source {
    Files(Box<Inputs>),
    Fetched(vec::IntoIter<Result<Input, String>>),
}

impl Sources {
    /// Fetches the addresses among the arguments, and opens nothing yet.
    ///
    /// # Errors
    ///
    /// Where nothing can be fetched at all.
    pub fn new(arguments: Vec<PathBuf>, given: &Given, settings: Settings) -> anyhow::Result<Self> {
        let addresses: Vec<String> = arguments.iter().filter_map(|argument| address(argument)).collect();
        let mut fetched: Vec<Vec<_>> = addresses.iter().map(|_| Vec::new()).collect();
        if !addresses.is_empty() {
            let fetcher = Fetcher::new(settings, None)?;
            end_at_interrupt(&fetcher.stopper())?;
            let plan = Plan { follow: true, limit: OF_A_FEED, ordered: true };
            let left = fetcher.run(&addresses, plan, |one| -> anyhow::Result<()> {
                match one.news {
                    News::Page(page) => fetched[one.number].push(Ok(Input::Page(page.into_page()))),
                    News::Failed(failure) => {
                        fetched[one.number].push(Err(format!("{}: {}", one.address, told(&failure))));
                    }
                    News::Feed(..) | News::Unchanged => {}
                }
                Ok(())
            })?;
            anyhow::ensure!(left == 0, "ended before {left} addresses were fetched");
        }
        let mut waiting = VecDeque::new();
        let mut fetched = fetched.into_iter();
        let mut files = Vec::new();
        for argument in arguments {
            if address(&argument).is_none() {
                files.push(argument);
                continue;
            }
            if !files.is_empty() {
                waiting.push_back(Source::Files(Box::new(acquire(std::mem::take(&mut files), given.clone()))));
            }
            waiting.extend(fetched.next().map(|pages| Source::Fetched(pages.into_iter())));
        }
        waiting.push_back(Source::Files(Box::new(acquire(files, given.clone()))));
        Ok(Self { waiting })
    }

    /// How many documents and files are known and not read yet, where that is known.
    pub fn waiting(&self) -> Option<usize> {
        self.waiting
            .iter()
            .map(|source| match source {
                Source::Files(inputs) => inputs.waiting(),
                Source::Fetched(pages) => Some(pages.len()),
            })
            .sum()
    }
}

impl Iterator for Sources {
    type Item = Result<Input, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let next = match self.waiting.front_mut()? {
                Source::Files(inputs) => inputs.next().map(|input| input.map_err(|error| error.to_string())),
                Source::Fetched(pages) => pages.next(),
            };
            if next.is_some() {
                return next;
            }
            self.waiting.pop_front();
        }
    }
}

/// The address that an argument is.
fn address(argument: &Path) -> Option<String> {
    let text = argument.to_str()?;
    (text.starts_with("http://") || text.starts_with("https://")).then(|| text.to_owned())
}
