//! How long what a site says stands, by a clock of our own.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tidings::stages::acquire::fetch::{Fetcher, News, Plan, Settings};

#[path = "../../tidings-cli/tests/common/server.rs"]
#[allow(dead_code)] // Other tests use the rest.
mod server;

use server::{Answer, Asked, Server, body, news, status};

const NEWS: &str = "The ministers met in Cairo on Thursday.";

/// 2024-11-15T08:00:00Z.
const BEGUN: i64 = 1_731_657_600;
const HOUR: i64 = 3600;

/// A server, and a folder into which one run after another fetches from it, by a clock that stands still.
struct Runs {
    server: Server,
    folder: PathBuf,
}

impl Runs {
    fn new(name: &str, answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let server = Server::start(answer);
        let folder = std::env::temp_dir().join(format!("tidings-{name}-{}-{}", std::process::id(), server.port));
        Self { server, folder }
    }

    /// What comes of a path at so many seconds from the beginning, and what the server was asked for it.
    fn ask(&self, after: i64, path: &str) -> (String, Vec<String>) {
        let settings =
            Settings { allowed: vec!["127.0.0.0/8".parse().unwrap()], delay: Duration::ZERO, ..Settings::default() };
        let clock = move || Timestamp::from_second(BEGUN + after).unwrap();
        let fetcher = Fetcher::with_clock(settings, Some(self.folder.clone()), Box::new(clock)).unwrap();
        let from = self.server.asked().len();
        let mut said = String::new();
        let plan = Plan { follow: false, limit: 0, ordered: true };
        let left = fetcher.run(&[self.server.at("127.0.0.1", path)], plan, |told| -> Result<(), tidings::Error> {
            said = match told.news {
                News::Page(page) => format!("page at {}", page.at),
                News::Failed(failure) => failure.to_string(),
                News::Feed(..) | News::Unchanged => "nothing new".to_owned(),
            };
            Ok(())
        });
        assert_eq!(left.unwrap(), 0);
        let asked = self.server.paths(from);
        (said, asked.iter().map(|asked| asked.trim_start_matches("127.0.0.1").to_owned()).collect())
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn who_asks_for_time_gets_it() {
    for wait in ["7200", "Fri, 15 Nov 2024 10:00:00 GMT"] {
        let busy = AtomicUsize::new(0);
        let runs = Runs::new("later", move |asked| match asked.path.as_str() {
            "/robots.txt" => status(404),
            "/busy" if busy.fetch_add(1, Ordering::Relaxed) == 0 => status(503).with("retry-after", wait),
            _ => news("Talks"),
        });
        let later = "the site asks not to be asked before 2024-11-15T10:00Z";
        let (said, asked) = runs.ask(0, "/busy");
        assert!(said.starts_with(later), "{said}");
        assert_eq!(asked, ["/robots.txt 404", "/busy 503"], "{wait}");
        for (after, path) in [(1, "/busy"), (2 * HOUR - 1, "/busy"), (2 * HOUR - 1, "/other")] {
            let (said, asked) = runs.ask(after, path);
            assert!(said.starts_with(later) && asked.is_empty(), "{after}: {said} {asked:?}");
        }
        assert_eq!(
            runs.ask(2 * HOUR, "/busy"),
            ("page at 2024-11-15T10:00:00Z".to_owned(), vec!["/busy 200".to_owned()])
        );
    }
}

#[test]
fn longer_than_a_day_nobody_waits() {
    for wait in ["31536000", "99999999999999999999"] {
        let runs = Runs::new("longest", move |asked| match asked.path.as_str() {
            "/robots.txt" => status(404),
            _ => status(429).with("retry-after", wait),
        });
        runs.ask(0, "/busy");
        assert_eq!(runs.ask(24 * HOUR - 1, "/busy").1, [""; 0], "{wait}");
        assert_eq!(runs.ask(24 * HOUR, "/busy").1.last().unwrap(), "/busy 429", "{wait}");
    }
}

#[test]
fn what_was_not_found_is_asked_for_a_day_later_and_what_is_gone_is_not() {
    let runs = Runs::new("missing", |asked| match asked.path.as_str() {
        "/robots.txt" | "/missing" => status(404),
        _ => status(410),
    });
    runs.ask(0, "/missing");
    runs.ask(0, "/gone");
    assert_eq!(runs.ask(24 * HOUR - 1, "/missing").1, [""; 0]);
    assert_eq!(runs.ask(24 * HOUR, "/missing").1, ["/robots.txt 404", "/missing 404"]);
    assert_eq!(runs.ask(1000 * HOUR, "/gone").1, [""; 0]);
}

#[test]
fn a_robots_file_stands_for_a_day() {
    let open = AtomicUsize::new(0);
    let runs = Runs::new("robots", move |asked| match asked.path.as_str() {
        "/robots.txt" if open.fetch_add(1, Ordering::Relaxed) == 0 => body("text/plain", "User-agent: *\nDisallow: /a"),
        "/robots.txt" => body("text/plain", "User-agent: *\nDisallow: /b"),
        _ => news("Talks"),
    });
    assert!(runs.ask(0, "/a").0.contains("robots.txt"));
    assert_eq!(runs.ask(24 * HOUR - 1, "/b").1, ["/b 200"]);
    assert!(runs.ask(24 * HOUR - 1, "/a").0.contains("robots.txt"));
    assert_eq!(runs.ask(24 * HOUR, "/a").1, ["/robots.txt 200", "/a 200"]);
    assert!(runs.ask(24 * HOUR, "/b").0.contains("robots.txt"));
}

/// Without a wish of the server's, each pause is twice the one before, and no less than the pause between requests.
#[test]
fn a_broken_server_is_given_longer_and_longer_pauses() {
    let runs = Runs::new("broken", |asked| if asked.path == "/robots.txt" { status(404) } else { status(500) });
    assert!(runs.ask(0, "/broken").0.contains("500"));
    let times: Vec<_> =
        runs.server.asked().iter().filter(|asked| asked.path == "/broken").map(|asked| asked.at).collect();
    assert_eq!(times.len(), 3);
    let (first, second) = (times[1] - times[0], times[2] - times[1]);
    assert!(first >= Duration::from_millis(100) && second >= Duration::from_millis(200), "{first:?} {second:?}");
}
