//! One address to what is there: through redirects, robots.txt, pauses and second tries.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use std::{fs, thread};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::super::source::{About, is_binary};
use super::super::{Given, Input, feed};
use super::after;
use super::archive::{Archive, Link, Record, digest};
use super::client::{Answer, Client, LONGEST, Silence};
use super::failure::Failure;
use super::feeds;
use super::guard::{Guard, Pinned, Place, System, place};
use super::journal::{Journal, Known, Line, Validators};
use super::media::Media;
use super::networks::Network;
use super::robots::Robots;
use crate::Error;
use crate::model::{DateSource, Page};

/// What we are called in a robots.txt.
const ROBOT: &str = "tidings";

/// Redirects that are followed, one after the other.
const REDIRECTS: usize = 10;
/// The same on the way to a robots.txt, as RFC 9309 has it.
const ROBOTS_REDIRECTS: usize = 5;

/// How often a server that is busy or broken is asked in one run.
const TRIES: u32 = 3;

/// The longest that a run waits because a server asks for it, in seconds; for more, the address is left to a later run.
const PATIENCE: u64 = 60;

/// How often a wait looks whether the run was ended.
const TICK: Duration = Duration::from_millis(50);

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Networks that are read besides the public internet, there on any port.
    pub allowed: Vec<Network>,
    /// Hosts whose internet addresses are given, by their lower-case names.
    pub hosts: BTreeMap<String, Vec<IpAddr>>,
    /// Where whoever runs a site can reach whoever runs this: an address of mail or the web.
    pub contact: Option<String>,
    /// The pause between two requests to a host.
    pub delay: Duration,
    /// How long the answers of one address may take together.
    pub time: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allowed: Vec::new(),
            hosts: BTreeMap::new(),
            contact: None,
            delay: Duration::from_secs(1),
            time: Duration::from_secs(20),
        }
    }
}

impl Settings {
    /// What we call ourselves to servers.
    ///
    /// ```
    /// use tidings::stages::acquire::fetch::Settings;
    /// let settings = Settings { contact: Some("mailto:desk@paper.example".to_owned()), ..Settings::default() };
    /// assert_eq!(settings.user_agent(), "tidings/0.1 (+mailto:desk@paper.example)");
    /// ```
    pub fn user_agent(&self) -> String {
        let name = format!("tidings/{}.{}", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
        let contact = self.contact.as_deref().unwrap_or_default().chars().filter(|c| c.is_ascii_graphic() || *c == ' ');
        match contact.collect::<String>().trim() {
            "" => name,
            contact => format!("{name} (+{contact})"),
        }
    }
}

/// The time of day, which tests set.
pub type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// Fetches addresses. What it learns of them it remembers, in a folder's journal or for as long as it lives.
pub struct Fetcher {
    guard: Guard,
    client: Client,
    pub(super) settings: Settings,
    clock: Clock,
    pub(super) memory: Mutex<Memory>,
    gates: Mutex<BTreeMap<Place, Arc<Mutex<Gate>>>>,
    /// Hosts whose robots.txt could not be had in this run.
    closed: Mutex<BTreeMap<String, String>>,
    stopped: Arc<AtomicBool>,
    broken: Mutex<Option<Error>>,
}

/// What is remembered, and where pages are kept.
pub(super) struct Memory {
    pub(super) journal: Journal,
    archive: Option<Archive>,
    /// The addresses whose answers this run has kept.
    kept: BTreeSet<String>,
}

/// What lets one request at a time pass to a host.
#[derive(Default)]
struct Gate {
    opens: Option<Instant>,
}

/// An answer with something to read in it.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The address that answered, after all redirects.
    pub url: String,
    /// When it answered.
    pub at: Timestamp,
    /// The body without what it was packed in.
    pub body: Vec<u8>,
    /// What the answer says the body is.
    pub media: Media,
    /// What the feed said that led here.
    pub link: Option<Link>,
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
}

/// What came of asking.
pub(super) enum Got {
    /// Something new.
    Answer(Box<Fetched>),
    /// Nothing new since the last time, at the address that says so.
    Unchanged(String),
    /// It leads to a page that was kept already.
    Kept,
}

impl Fetcher {
    /// A fetcher that keeps pages and what it learns in `folder`, which is made where there is none; without one it forgets all
    /// at its end.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written, or what is in it does not fit together.
    pub fn new(settings: Settings, folder: Option<PathBuf>) -> Result<Self, Error> {
        Self::with_clock(settings, folder, Box::new(Timestamp::now))
    }

    /// The same by another clock.
    ///
    /// # Errors
    ///
    /// As for [`Fetcher::new`].
    pub fn with_clock(settings: Settings, folder: Option<PathBuf>, clock: Clock) -> Result<Self, Error> {
        let memory = match folder {
            None => Memory { journal: Journal::default(), archive: None, kept: BTreeSet::new() },
            Some(folder) => {
                let name = folder.display().to_string();
                let open = || {
                    fs::create_dir_all(&folder)?;
                    let journal = Journal::open(&folder, clock())?;
                    let archive = Archive::open(folder, journal.ends())?;
                    Ok(Memory { journal, archive: Some(archive), kept: BTreeSet::new() })
                };
                open().map_err(|error: Error| error.context(name))?
            }
        };
        let resolver = Pinned { hosts: settings.hosts.clone(), others: Box::new(System(settings.time)) };
        let guard = Guard::new(settings.allowed.clone(), Box::new(resolver));
        let client = Client::new(guard.sockets(), &settings.user_agent());
        Ok(Self {
            guard,
            client,
            settings,
            clock,
            memory: Mutex::new(memory),
            gates: Mutex::default(),
            closed: Mutex::default(),
            stopped: Arc::default(),
            broken: Mutex::default(),
        })
    }

    /// Set to true, from a signal handler or another thread, this ends the run: what is being fetched is, and nothing more.
    pub fn stopper(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stopped)
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().expect("no panic while locked")
    }

    /// What ended the run from within, if anything did.
    pub(super) fn broken(&self) -> Option<Error> {
        self.broken.lock().expect("no panic while locked").take()
    }

    /// Ends the run where something could not be written: what is fetched from here on would be lost.
    fn written<T>(&self, result: Result<T, Error>) -> Result<T, Failure> {
        result.map_err(|error| {
            self.broken.lock().expect("no panic while locked").get_or_insert(error);
            self.stop();
            Failure::Stopped
        })
    }

    pub(super) fn learn(&self, line: Line) -> Result<(), Failure> {
        self.written(self.memory().journal.add(line))
    }

    /// Whether pages are kept in a folder.
    pub fn keeps(&self) -> bool {
        self.memory().archive.is_some()
    }

    /// Keeps a page: its record first, then its line in the journal, so that a line never names what is not there. The answer
    /// is whether it is new: another than all that this run has kept, and than what was kept of it last.
    pub(super) fn keep(&self, asked: &str, page: &Fetched) -> Result<bool, Failure> {
        let mut memory = self.memory();
        let Memory { journal, archive, kept } = &mut *memory;
        let Some(archive) = archive else { return Ok(true) };
        if !kept.insert(page.url.clone()) {
            return Ok(false);
        }
        let digest = digest(&page.body);
        if journal.is_same(&page.url, &digest) {
            let (url, at, validators) = (page.url.clone(), page.at, page.validators());
            let written = match journal.validators(&url) {
                Some(known) if *known == validators => Ok(()),
                _ => journal.add(Line::Unchanged { url, at, validators }),
            };
            drop(memory);
            return self.written(written).map(|()| false);
        }
        let record = Record {
            url: &page.url,
            at: page.at,
            status: page.status,
            headers: &page.headers,
            body: &page.body,
            link: page.link.as_ref(),
        };
        let written = archive.append(&record).and_then(|location| {
            journal.add(Line::Page {
                url: asked.to_owned(),
                final_url: page.url.clone(),
                at: page.at,
                status: page.status,
                validators: page.validators(),
                location,
                digest,
            })
        });
        drop(memory);
        self.written(written).map(|()| true)
    }

    /// Fetches what is at an address. What a feed named is not fetched again where it leads to a page that was kept.
    pub(super) fn fetch(&self, address: &Url, link: Option<&Link>) -> Result<Got, Failure> {
        let mut url = address.clone();
        let mut seen = BTreeSet::new();
        let mut left = self.settings.time;
        for _ in 0..=REDIRECTS {
            if !seen.insert(url.to_string()) {
                return Err(Failure::Redirects(format!("it leads back to {url}")));
            }
            let moved = self.memory().journal.moved(url.as_str()).map(str::to_owned);
            if let Some(to) = moved {
                url = redirected(&url, &to)?;
                continue;
            }
            if let Some(known) = self.memory().journal.known(url.as_str(), self.now()) {
                return Err(match known {
                    Known::Gone => Failure::Gone,
                    Known::Missing(at) => Failure::Missing(*at),
                    Known::Refused(why) => Failure::Unreadable(why.clone()),
                });
            }
            if link.is_some() && self.memory().journal.has(url.as_str()) {
                return Ok(Got::Kept);
            }
            self.guard.admit(&url)?;
            let robots = self.robots(&url)?;
            if !robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
                return Err(Failure::Robots);
            }
            match self.ask(&url, &robots, &mut left)? {
                Asked::Answer(mut fetched) => {
                    fetched.link = link.cloned();
                    return Ok(Got::Answer(fetched));
                }
                Asked::Unchanged => return Ok(Got::Unchanged(url.into())),
                Asked::Redirect(status, to) => {
                    let to = redirected(&url, &to)?;
                    if matches!(status, 301 | 308) && to != url {
                        self.learn(Line::Moved { url: url.into(), to: to.to_string(), at: self.now(), status })?;
                    }
                    url = to;
                }
            }
        }
        Err(Failure::Redirects(format!("it leads on after {REDIRECTS} redirects")))
    }

    /// Asks one address, again where its server is busy.
    fn ask(&self, url: &Url, robots: &Robots, left: &mut Duration) -> Result<Asked, Failure> {
        let delay = robots.delay.unwrap_or_default().max(self.settings.delay);
        let mut tried = 0;
        loop {
            tried += 1;
            let host = host(url);
            if let Some(until) = self.memory().journal.later(&host, self.now()) {
                return Err(Failure::Later(until));
            }
            let answer = self.in_turn(url, |gate| {
                let began = Instant::now();
                let asked = self.ask_once(url, *left);
                let wait = match &asked {
                    Err(Again { wait: Some(wait), .. }) => *wait,
                    Err(Again { wait: None, .. }) => delay.max(TICK) * 2u32.pow(tried),
                    Ok(_) => delay,
                };
                gate.opens = Some(Instant::now() + wait.min(Duration::from_secs(PATIENCE)).max(delay));
                *left = left.saturating_sub(began.elapsed());
                asked
            })?;
            match answer {
                Ok(result) => return result,
                Err(Again { wait: Some(wait), .. }) if wait.as_secs() > PATIENCE => {
                    // A time beyond all calendars is as good as a day.
                    let day = SignedDuration::from_hours(24);
                    let wait = SignedDuration::try_from(wait).map_or(day, |wait| wait.min(day));
                    let until = self.now() + wait;
                    self.learn(Line::Later { host, at: self.now(), until })?;
                    return Err(Failure::Later(until));
                }
                Err(Again { failure, .. }) if tried == TRIES || left.is_zero() => return Err(failure),
                Err(_) => {}
            }
        }
    }

    /// One request; the outer error says that it is worth asking again.
    fn ask_once(&self, url: &Url, time: Duration) -> Result<Result<Asked, Failure>, Again> {
        let validators = self.memory().journal.validators(url.as_str()).cloned().unwrap_or_default();
        let mut headers = Vec::new();
        headers.extend(validators.etag.clone().map(|value| ("if-none-match", value)));
        headers.extend(validators.last_modified.clone().map(|value| ("if-modified-since", value)));
        let again = |silence: Silence| match silence {
            Silence::Lost(why) => Err(Again { failure: Failure::Connection(why), wait: None }),
            silence => Ok(Err(silence.into())),
        };
        let mut answer = match self.client.ask(url, &headers, time) {
            Ok(answer) => answer,
            Err(silence) => return again(silence),
        };
        let at = self.now();
        let name = url.to_string();
        let learnt = |line, failure| self.learn(line).and(Err(failure));
        Ok(match answer.status {
            200 => {
                let media = match Media::of(answer.header("content-type")) {
                    Ok(media) => media,
                    Err(why) => return Ok(self.refuse(name, at, why)),
                };
                match answer.body(LONGEST) {
                    Ok(body) if !is_binary(&body) => Ok(Asked::Answer(Box::new(Fetched {
                        url: name,
                        at,
                        body,
                        media,
                        link: None,
                        status: answer.status,
                        headers: answer.headers,
                    }))),
                    Ok(_) => self.refuse(name, at, "what came is not text".to_owned()),
                    Err(Silence::Unreadable(why)) => self.refuse(name, at, why),
                    Err(silence) => return again(silence),
                }
            }
            304 if !headers.is_empty() => {
                let new = Validators::of(&answer);
                let merged = Validators {
                    etag: new.etag.or_else(|| validators.etag.clone()),
                    last_modified: new.last_modified.or_else(|| validators.last_modified.clone()),
                };
                let learnt = if merged == validators {
                    Ok(())
                } else {
                    self.learn(Line::Unchanged { url: name, at, validators: merged })
                };
                learnt.map(|()| Asked::Unchanged)
            }
            status @ (301 | 302 | 303 | 307 | 308) => match answer.location() {
                Some(to) => Ok(Asked::Redirect(status, to)),
                None => Err(Failure::Redirects("it leads elsewhere and does not say where".to_owned())),
            },
            404 => learnt(Line::Missing { url: name, at }, Failure::Missing(at)),
            410 => learnt(Line::Gone { url: name, at }, Failure::Gone),
            status @ (429 | 503) => {
                let wait = answer.header("retry-after").and_then(|value| after::wait(value, at));
                return Err(Again { failure: Failure::Status(status), wait });
            }
            status @ (408 | 425 | 500 | 502 | 504 | 520..=524) => {
                return Err(Again { failure: Failure::Status(status), wait: None });
            }
            status => Err(Failure::Status(status)),
        })
    }

    fn refuse(&self, url: String, at: Timestamp, why: String) -> Result<Asked, Failure> {
        self.learn(Line::Refused { url, at, why: why.clone() })?;
        Err(Failure::Unreadable(why))
    }

    /// What the host of an address asks of robots.
    fn robots(&self, url: &Url) -> Result<Robots, Failure> {
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        let name = at.to_string();
        if let Some(robots) = self.memory().journal.robots(&name, self.now()) {
            return Ok(robots);
        }
        if let Some(why) = self.closed.lock().expect("no panic while locked").get(&name) {
            return Err(Failure::NoRobots(why.clone()));
        }
        let (status, robots) = match self.ask_robots(at) {
            Ok(answer) => answer,
            Err(Failure::Stopped) => return Err(Failure::Stopped),
            Err(failure) => {
                let why = match failure {
                    Failure::Connection(why) => why,
                    Failure::Status(status) => format!("the server answers {status}"),
                    Failure::Late => "no answer in time".to_owned(),
                    failure => failure.to_string(),
                };
                self.closed.lock().expect("no panic while locked").insert(name, why.clone());
                return Err(Failure::NoRobots(why));
            }
        };
        let rules = if robots == Robots::default() { String::new() } else { robots.to_text() };
        self.learn(Line::Robots { url: name, at: self.now(), status, rules })?;
        Ok(robots)
    }

    /// A robots.txt that cannot be had because the server is in trouble stands for a closed site; one that is not there, for
    /// an open one.
    fn ask_robots(&self, mut url: Url) -> Result<(u16, Robots), Failure> {
        let mut left = self.settings.time;
        for _ in 0..=ROBOTS_REDIRECTS {
            self.guard.admit(&url)?;
            let (status, result) = self.in_turn(&url, |gate| {
                let began = Instant::now();
                let result = self.client.ask(&url, &[], left).and_then(|mut answer| match answer.status {
                    200..=299 => Ok((answer.status, answer.body(LONGEST).map(Some)?, answer)),
                    status => Ok((status, None, answer)),
                });
                left = left.saturating_sub(began.elapsed());
                gate.opens = Some(Instant::now() + self.settings.delay);
                result.map(|(status, body, answer)| (status, (body, answer.location())))
            })??;
            match (status, result) {
                (_, (Some(body), _)) => return Ok((status, Robots::read(&body, ROBOT))),
                (300..=399, (None, Some(to))) => url = redirected(&url, &to)?,
                (429 | 500.., _) => return Err(Failure::Status(status)),
                _ => return Ok((status, Robots::default())),
            }
        }
        Ok((0, Robots::default()))
    }

    /// Does something with a host when it is its turn: one request at a time, and a pause after each.
    fn in_turn<T>(&self, url: &Url, work: impl FnOnce(&mut Gate) -> T) -> Result<T, Failure> {
        let Some(place) = place(url) else { return Err(Failure::Stopped) };
        let gate = Arc::clone(self.gates.lock().expect("no panic while locked").entry(place).or_default());
        let mut gate = gate.lock().expect("no panic while locked");
        while let Some(wait) = gate.opens.and_then(|at| at.checked_duration_since(Instant::now())) {
            if self.is_stopped() {
                return Err(Failure::Stopped);
            }
            thread::sleep(wait.min(TICK));
        }
        if self.is_stopped() { Err(Failure::Stopped) } else { Ok(work(&mut gate)) }
    }

    /// When a host may be asked next.
    pub(super) fn opens(&self, url: &Url) -> Option<Instant> {
        let gates = self.gates.lock().expect("no panic while locked");
        // Where somebody is at the gate, it is not open now.
        gates.get(&place(url)?)?.try_lock().ok()?.opens
    }
}

/// What an address answered.
enum Asked {
    Answer(Box<Fetched>),
    Unchanged,
    Redirect(u16, String),
}

/// A failure that may be over soon, and how long the server asks to wait.
struct Again {
    failure: Failure,
    wait: Option<Duration>,
}

impl Fetched {
    /// The page that it is, as every other input is one.
    pub fn into_page(self) -> Page {
        let Link { published, title, .. } = self.link.unwrap_or_default();
        Page {
            id: self.url.clone(),
            url: Some(self.url),
            bytes: self.body,
            html: !self.media.is_plain(),
            charset: self.media.charset,
            fetched: Some(self.at.to_string()),
            title,
            published,
            published_from: DateSource::Feed,
            ..Page::default()
        }
    }

    /// What a feed says itself, a page for each of its entries; nothing where it is no feed.
    pub fn entries(&self) -> Vec<Page> {
        let about = About {
            name: self.url.clone(),
            in_folder: false,
            given: Given { url: Some(self.url.clone()), ..Given::default() },
            archives: 0,
            budget: None,
        };
        let is_feed = feeds::read(self).is_some();
        let pages = is_feed.then(|| feed::pages(&self.body, &about, self.media.charset.as_deref()).ok()).flatten();
        let fetched = self.at.to_string();
        let entry = |input| match input {
            Ok(Input::Page(page)) => Some(Page { fetched: Some(fetched.clone()), ..page }),
            _ => None,
        };
        pages.into_iter().flatten().filter_map(entry).collect()
    }

    pub(super) fn validators(&self) -> Validators {
        Validators::of_headers(&self.headers)
    }
}

impl Validators {
    fn of(answer: &Answer) -> Self {
        Self::of_headers(&answer.headers)
    }

    fn of_headers(headers: &[(String, String)]) -> Self {
        let value = |name| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        Self { etag: value("etag"), last_modified: value("last-modified") }
    }
}

/// Where a redirect leads. From a page that nobody on the way can change to one that anybody can is no way that we take.
fn redirected(from: &Url, to: &str) -> Result<Url, Failure> {
    let unclear = |why: &str| Failure::Redirects(format!("it leads to {to}: {why}"));
    let joined = from.join(to).map_err(|error| unclear(&error.to_string()))?;
    let url = Guard::read(joined.as_str()).map_err(|refusal| unclear(&refusal.to_string()))?;
    if from.scheme() == "https" && url.scheme() == "http" {
        return Err(unclear("from https to http"));
    }
    Ok(url)
}

/// What a journal calls a host.
fn host(url: &Url) -> String {
    place(url).map(|(host, port)| format!("{host}:{port}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_redirect_leads_to_where_anybody_can_change_the_page() {
        for (from, to, leads) in [
            ("http://a.example/1", "https://a.example/1", "https://a.example/1"),
            ("https://a.example/1", "/2", "https://a.example/2"),
            ("https://a.example/1", "//b.example/2", "https://b.example/2"),
            ("http://a.example/1", "http://b.example/", "http://b.example/"),
            ("https://a.example/1", "http://a.example/2", "it leads to http://a.example/2: from https to http"),
            ("https://a.example/1", "HTTP://b.example", "it leads to HTTP://b.example: from https to http"),
        ] {
            let led = redirected(&Url::parse(from).unwrap(), to);
            let led = led.map_or_else(|failure| failure.to_string(), String::from);
            assert!(led.starts_with(leads), "{from} to {to}: {led}");
        }
    }
}
