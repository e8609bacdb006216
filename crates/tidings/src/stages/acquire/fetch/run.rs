//! Many addresses, and what feeds among them name: hosts side by side, each at its own pace.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use super::archive::Link;
use super::failure::Failure;
use super::feeds::{self, Read};
use super::fetcher::{Fetched, Fetcher, Got};
use super::guard::{Guard, Place, place};
use super::journal::Line;
use crate::Error;

/// Hosts that are asked at the same time.
const AT_A_TIME: usize = 16;

/// Bytes that wait for their turn to be handed over, before only what is handed over next is fetched.
const WAITING: usize = 64 << 20;

/// How often those who wait look whether the run was ended.
const TICK: Duration = Duration::from_millis(50);

/// How deep feeds are looked for: a list may name an index, which names site maps.
const DEPTH: usize = 3;

/// How many feeds of a list are read.
const FEEDS: usize = 1000;

/// What is done with feeds, and in which order things are handed over.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Whether the pages that feeds name are fetched.
    pub follow: bool,
    /// How many of a feed's pages, in its order.
    pub limit: usize,
    /// Whether what is fetched is handed over in the order of the addresses, a feed's pages after the feed.
    pub ordered: bool,
}

/// What came of one address.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which of the addresses it is, or led to it, from 0.
    pub number: usize,
    /// The address, as it was given or as the feed names it.
    pub address: String,
    /// Whether a feed named it.
    pub from_feed: bool,
    /// What came of it.
    pub news: News,
}

/// What came of asking.
#[derive(Clone, Debug)]
pub enum News {
    /// A page; where a folder keeps pages, it has been written.
    Page(Box<Fetched>),
    /// A feed that announces so many pages, of which so many are new.
    Feed(usize, usize),
    /// Nothing new since the last run, or the same page as another address.
    Unchanged,
    /// Nothing.
    Failed(Failure),
}

impl Fetcher {
    /// Fetches addresses, each once, and what the feeds among them name, and hands over what comes of each. The answer is how
    /// many were left undone because the run was ended.
    ///
    /// # Errors
    ///
    /// Where `take` fails, or what was fetched cannot be written.
    pub fn run<E: From<Error>>(
        &self,
        addresses: &[String],
        plan: Plan,
        mut take: impl FnMut(Told) -> Result<(), E>,
    ) -> Result<usize, E> {
        let queue = Queue { fetcher: self, plan, state: Mutex::default(), changed: Condvar::new() };
        queue.add(addresses);
        let taken = thread::scope(|scope| {
            for _ in 0..AT_A_TIME {
                scope.spawn(|| queue.work());
            }
            let taken = queue.hand_over(&mut take);
            if taken.is_err() {
                self.stop();
            }
            taken
        });
        taken?;
        match self.broken() {
            Some(error) => Err(error.into()),
            None => Ok(queue.state().open.len()),
        }
    }
}

/// Where something stands in the order of the input: the number of its address, then of the page in that feed.
type Key = Vec<usize>;

struct Task {
    url: Url,
    address: String,
    /// What the feed says that announced this page; a feed that another announced has none.
    link: Option<Link>,
}

struct Queue<'f> {
    fetcher: &'f Fetcher,
    plan: Plan,
    state: Mutex<State>,
    /// Rung whenever the state changes.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    hosts: BTreeMap<Place, Host>,
    /// What is not done yet.
    open: BTreeSet<Key>,
    /// What is done and was not handed over yet.
    done: BTreeMap<Key, Told>,
    /// The bytes in that.
    waiting: usize,
    seen: BTreeSet<String>,
}

#[derive(Default)]
struct Host {
    tasks: BTreeMap<Key, Task>,
    busy: bool,
}

impl Queue<'_> {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic while locked")
    }

    fn add(&self, addresses: &[String]) {
        let mut state = self.state();
        for (number, address) in addresses.iter().enumerate() {
            match Guard::read(address) {
                Ok(url) => state.add(vec![number], Task { url, address: address.clone(), link: None }),
                Err(refusal) => state.tell(&vec![number], address, false, News::Failed(refusal.into())),
            }
        }
    }

    /// What each worker does: the task whose host may be asked first, and again.
    fn work(&self) {
        loop {
            let mut state = self.state();
            let (host, key, task) = loop {
                if state.open.is_empty() || self.fetcher.is_stopped() {
                    self.changed.notify_all();
                    return;
                }
                match self.next(&mut state) {
                    Ok(task) => break task,
                    Err(wait) => {
                        state = self.changed.wait_timeout(state, wait).expect("no panic while locked").0;
                    }
                }
            };
            drop(state);
            let result = self.fetcher.fetch(&task.url, task.link.as_ref()).and_then(|got| self.read(&key, &task, got));
            let mut state = self.state();
            state.hosts.entry(host).or_default().busy = false;
            match result {
                // What was not done because the run was ended stays open.
                Err(Failure::Stopped) => {}
                Ok(found) => state.finish(&key, &task, found),
                Err(failure) => {
                    state.finish(&key, &task, News::Failed(failure).into());
                }
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    /// The next task, or how long to wait until there may be one.
    fn next(&self, state: &mut State) -> Result<(Place, Key, Task), Duration> {
        let full = self.plan.ordered && state.waiting > WAITING;
        let first = state.open.first().cloned();
        let now = Instant::now();
        let free = state.hosts.iter().filter(|(_, host)| !host.busy).filter_map(|(place, host)| {
            let (key, task) = host.tasks.first_key_value()?;
            (!full || Some(key) == first.as_ref()).then(|| {
                let opens =
                    self.fetcher.opens(&task.url).map_or(Duration::ZERO, |at| at.saturating_duration_since(now));
                (opens, key, place)
            })
        });
        let (opens, _, place) = free.min().ok_or(TICK)?;
        if !opens.is_zero() {
            return Err(opens.min(TICK));
        }
        let place = place.clone();
        let host = state.hosts.get_mut(&place).ok_or(TICK)?;
        host.busy = true;
        let (key, task) = host.tasks.pop_first().ok_or(TICK)?;
        Ok((place, key, task))
    }

    /// What an answer is: a page, which is kept, or a feed, whose links are looked through.
    fn read(&self, key: &Key, task: &Task, got: Got) -> Result<Found, Failure> {
        let fetcher = self.fetcher;
        let fetched = match got {
            Got::Kept => return Ok(News::Unchanged.into()),
            Got::Unchanged(url) => {
                let known = fetcher.memory().journal.feed(&url).cloned();
                return Ok(match known.filter(|_| self.plan.follow) {
                    Some((links, are_feeds)) => self.found(links, are_feeds),
                    None => News::Unchanged.into(),
                });
            }
            Got::Answer(fetched) => fetched,
        };
        // What a feed calls a page is read as one.
        let may_be_feed = self.plan.follow && task.link.is_none() && key.len() <= DEPTH;
        if let Some(read) = feeds::read(&fetched).filter(|_| may_be_feed) {
            let (links, are_feeds) = match read {
                Read::Links(links) => (links, false),
                Read::Feeds(links) => (links, true),
            };
            fetcher.learn(Line::Feed {
                url: task.url.to_string(),
                final_url: fetched.url.clone(),
                at: fetched.at,
                status: fetched.status,
                validators: fetched.validators(),
                are_feeds,
                links: links.clone(),
            })?;
            return Ok(self.found(links, are_feeds));
        }
        Ok(if fetcher.keep(task.url.as_str(), &fetched)? { News::Page(fetched) } else { News::Unchanged }.into())
    }

    /// What a feed announces, and which of it is to be fetched.
    fn found(&self, links: Vec<Link>, are_feeds: bool) -> Found {
        let memory = self.fetcher.memory();
        let now = self.fetcher.now();
        let all = links.len();
        let mut new: Vec<Link> = links.into_iter().take(if are_feeds { FEEDS } else { self.plan.limit }).collect();
        new.retain(|link| {
            let Ok(url) = Guard::read(&link.url) else { return true };
            !memory.journal.has(url.as_str()) && memory.journal.known(url.as_str(), now).is_none()
        });
        Found { news: News::Feed(all, new.len()), links: new, are_feeds }
    }

    /// Hands over what is done, until all is or the run was ended.
    fn hand_over<E>(&self, take: &mut impl FnMut(Told) -> Result<(), E>) -> Result<(), E> {
        loop {
            let mut state = self.state();
            let (ready, over) = loop {
                let ended = state.open.is_empty() || self.fetcher.is_stopped();
                let idle = state.hosts.values().all(|host| !host.busy);
                let ready = state.ready(self.plan.ordered && !(ended && idle));
                if !ready.is_empty() || ended && idle {
                    break (ready, ended && idle);
                }
                state = self.changed.wait_timeout(state, TICK).expect("no panic while locked").0;
            };
            drop(state);
            ready.into_iter().try_for_each(&mut *take)?;
            if over {
                return Ok(());
            }
        }
    }
}

/// What an address turned out to be, and what it leads to.
struct Found {
    news: News,
    links: Vec<Link>,
    are_feeds: bool,
}

impl From<News> for Found {
    fn from(news: News) -> Self {
        Self { news, links: Vec::new(), are_feeds: false }
    }
}

impl State {
    /// Puts a task into its host's queue, unless its address was there before.
    fn add(&mut self, key: Key, task: Task) {
        let Some(place) = place(&task.url) else { return };
        if self.seen.insert(task.url.to_string()) {
            self.open.insert(key.clone());
            self.hosts.entry(place).or_default().tasks.insert(key, task);
        }
    }

    /// Notes what came of a task, and puts what it led to into the queues.
    fn finish(&mut self, key: &Key, task: &Task, found: Found) {
        for (number, link) in found.links.into_iter().enumerate() {
            let key: Key = key.iter().copied().chain([number]).collect();
            match Guard::read(&link.url) {
                Ok(url) => self
                    .add(key, Task { url, address: link.url.clone(), link: Some(link).filter(|_| !found.are_feeds) }),
                Err(refusal) => self.tell(&key, &link.url, true, News::Failed(refusal.into())),
            }
        }
        self.tell(key, &task.address, key.len() > 1, found.news);
    }

    /// Notes what came of an address.
    fn tell(&mut self, key: &Key, address: &str, from_feed: bool, news: News) {
        self.open.remove(key);
        if let News::Page(page) = &news {
            self.waiting += page.body.len();
        }
        self.done.insert(key.clone(), Told { number: key[0], address: address.to_owned(), from_feed, news });
    }

    /// What can be handed over: all that is done, or in order what stands before all that is not.
    fn ready(&mut self, ordered: bool) -> Vec<Told> {
        let later = match self.open.first().filter(|_| ordered) {
            Some(first) => self.done.split_off(first),
            None => BTreeMap::new(),
        };
        let ready: Vec<Told> = std::mem::replace(&mut self.done, later).into_values().collect();
        for told in &ready {
            if let News::Page(page) = &told.news {
                self.waiting -= page.body.len();
            }
        }
        ready
    }
}
