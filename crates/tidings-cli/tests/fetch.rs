//! Fetching from a server of our own: manners, memory, and what is refused.

mod common;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use common::archives::gzip;
use common::server::{Answer, Asked, Server, body, news, redirect, status};
use common::{Folder, Run, tidings};

/// `tidings fetch` in a folder, with loopback allowed, without pauses, and hosts where the server is.
fn fetch(folder: &Folder, hosts: &[&str]) -> Command {
    paced(folder, hosts, "0")
}

/// The same with a pause of so many seconds.
fn paced(folder: &Folder, hosts: &[&str], delay: &str) -> Command {
    let mut command = folder.command();
    command.args(["fetch", "--allow-net", "127.0.0.0/8", "--delay", delay]);
    for host in hosts {
        command.args(["--resolve", &format!("{host}=127.0.0.1")]);
    }
    command
}

/// A robots.txt that is not there, and else what `answer` says.
fn open(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Server {
    Server::start(move |asked| if asked.path == "/robots.txt" { status(404) } else { answer(asked) })
}

/// The journal's lines.
fn journal(folder: &Folder) -> Vec<Value> {
    let text = fs::read_to_string(folder.path().join("kept/fetch.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// The addresses of the pages that were kept, in order.
fn kept(folder: &Folder) -> Vec<String> {
    let lines = journal(folder);
    let pages = lines.iter().filter(|line| line["what"] == "page");
    let mut pages: Vec<String> = pages.map(|line| line["url"].as_str().unwrap().to_owned()).collect();
    pages.sort();
    pages
}

const OUTLETS: usize = 10;
const PAGES: usize = 4;

fn outlets() -> Vec<String> {
    (0..OUTLETS).map(|n| format!("outlet{n}.example")).collect()
}

/// Ten outlets with feeds of three kinds, four pages each; they tell by an entity tag or a date whether something changed.
fn newsstand(pause: Duration) -> Server {
    Server::start(move |asked| {
        std::thread::sleep(pause);
        let number: usize = asked.host["outlet".len()..asked.host.find('.').unwrap()].parse().unwrap();
        let (tag, date) = (format!("W/\"{}-{number}\"", asked.path), "Fri, 15 Nov 2024 08:00:00 GMT");
        let known = asked.headers.get("if-none-match") == Some(&tag)
            || asked.headers.get("if-modified-since").is_some_and(|value| value == date);
        let answer = match asked.path.as_str() {
            "/robots.txt" => return body("text/plain", "User-agent: *\nDisallow: /private\n"),
            _ if known => status(304),
            "/feed" => feed(number),
            path => news(&format!("Talks {path} at outlet {number}")),
        };
        if number.is_multiple_of(2) { answer.with("etag", tag) } else { answer.with("last-modified", date) }
    })
}

fn feed(number: usize) -> Answer {
    let entries = |entry: &dyn Fn(usize) -> String| (0..PAGES).map(entry).collect::<Vec<_>>();
    match number % 3 {
        0 => {
            let items = entries(&|n| {
                format!(
                    "<item><title>Talks {n}</title><link>/news/{n}</link><pubDate>Fri, 15 Nov 2024 0{n}:00:00 GMT</pubDate></item>"
                )
            });
            body("application/rss+xml", format!("<rss version='2.0'><channel>{}</channel></rss>", items.concat()))
        }
        1 => {
            let entries = entries(&|n| {
                format!(
                    "<entry><title>Talks {n}</title><link href='/news/{n}'/><published>2024-11-15T0{n}:00:00Z</published></entry>"
                )
            });
            let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", entries.concat());
            body("text/html", feed)
        }
        _ => {
            let items = entries(&|n| format!("{{\"id\":\"{n}\",\"title\":\"Talks {n}\",\"url\":\"/news/{n}\"}}"));
            let version = "https://jsonfeed.org/version/1.1";
            body("application/json", format!("{{\"version\":\"{version}\",\"items\":[{}]}}", items.join(",")))
        }
    }
}

/// Fetches all outlets into the folder.
fn subscribe(folder: &Folder, server: &Server) -> Command {
    let outlets = outlets();
    let mut command = fetch(folder, &outlets.iter().map(String::as_str).collect::<Vec<_>>());
    command.args(["--into", "kept"]);
    command.args(outlets.iter().map(|outlet| server.at(outlet, "/feed")));
    command
}

/// The records of the pages that were kept, by address: what stands where the journal says that it does.
fn records(folder: &Folder) -> BTreeMap<String, String> {
    let archive = fs::read(folder.path().join("kept/pages-00001.warc.gz")).unwrap();
    let lines = journal(folder);
    let pages: Vec<&Value> = lines.iter().filter(|line| line["what"] == "page").collect();
    let place = |page: &Value, key: &str| page[key].as_u64().unwrap() as usize;
    let end = pages.iter().map(|page| place(page, "offset") + place(page, "length")).max();
    assert_eq!(end, Some(archive.len()), "there is a record that the journal does not know");
    let records: BTreeMap<String, String> = pages
        .iter()
        .map(|page| {
            let member = &archive[place(page, "offset")..][..place(page, "length")];
            let mut record = String::new();
            flate2::read::GzDecoder::new(member).read_to_string(&mut record).unwrap();
            let url = page["final_url"].as_str().unwrap().to_owned();
            assert!(record.contains(&format!("\r\nWARC-Target-URI: {url}\r\n")), "{record}");
            (url, record)
        })
        .collect();
    assert_eq!(records.len(), pages.len(), "a page stands there twice");
    records
}

/// The same without what differs from run to run.
fn contents(folder: &Folder, server: &Server) -> BTreeMap<String, String> {
    let port = format!(":{}", server.port);
    let varying = ["WARC-Record-ID", "WARC-Date"];
    records(folder)
        .into_iter()
        .map(|(url, record)| {
            let lines = record.lines().filter(|line| !varying.iter().any(|name| line.starts_with(name)));
            (url.replace(&port, ""), lines.collect::<Vec<_>>().join("\n").replace(&port, ""))
        })
        .collect()
}

#[test]
fn what_was_fetched_is_not_downloaded_again() {
    let (folder, server) = (Folder::with(&[]), newsstand(Duration::ZERO));
    Run::of(&mut subscribe(&folder, &server)).expect(0, &[]);
    let bodies = |from: usize| server.asked()[from..].iter().filter(|asked| asked.status == 200).count();
    let first = server.asked().len();
    assert_eq!(bodies(0), OUTLETS * (2 + PAGES));
    assert_eq!(server.most_open(), 1);
    let before = records(&folder);
    assert_eq!(before.len(), OUTLETS * PAGES);
    assert!(before.values().all(|record| record.contains("The president of the United States")));
    assert!(before.values().all(|record| record.contains("\r\nTidings-Title: Talks ")));
    let dated = before.values().filter(|record| record.contains("\r\nTidings-Published: 2024-11-15T0")).count();
    assert_eq!(dated, 7 * PAGES, "seven feeds say when");
    let read = folder.run(&["extract", "kept"]);
    read.expect(0, &[]);
    let articles = read.records();
    assert_eq!(articles.len(), OUTLETS * PAGES);
    assert!(articles.iter().all(|article| article["text"].as_str().unwrap().contains("The president")));
    assert_eq!(articles.iter().filter(|article| article["published_from"] == "feed").count(), 7 * PAGES);

    let run = Run::of(&mut subscribe(&folder, &server));
    run.expect(0, &[]);
    assert_eq!(bodies(first), 0, "{:?}", server.paths(first));
    assert_eq!(server.asked().len(), first + OUTLETS);
    assert!(run.out.contains("0 new") && run.out.contains("10 feeds"), "{}", run.out);
    assert_eq!(records(&folder), before);
}

#[test]
fn a_run_that_was_killed_is_finished_by_the_next() {
    let whole = Folder::with(&[]);
    let server = newsstand(Duration::from_millis(3));
    Run::of(&mut subscribe(&whole, &server)).expect(0, &[]);
    let wanted = contents(&whole, &server);
    assert_eq!(wanted.len(), OUTLETS * PAGES);
    for asked in [3, 14, 30, 52] {
        let folder = Folder::with(&[]);
        let server = newsstand(Duration::from_millis(3));
        let mut child = subscribe(&folder, &server).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        while server.asked().len() < asked && begun.elapsed() < Duration::from_secs(5) {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        Run::of(&mut subscribe(&folder, &server)).expect(0, &[]);
        assert_eq!(contents(&folder, &server), wanted, "killed after {asked}");
    }
}

/// A site that gives no validators downloads again; what is the same is not kept again, and of what changed the newest is read.
#[test]
fn a_page_that_changed_is_kept_beside_what_it_was_and_read_once() {
    let folder = Folder::with(&[]);
    let asked = AtomicUsize::new(0);
    let server = open(move |page| match page.path.as_str() {
        "/same" => news("Same"),
        _ => news(["First", "Second", "Second"][asked.fetch_add(1, Ordering::Relaxed)]),
    });
    let run = || {
        let mut command = fetch(&folder, &["a.example"]);
        command.args(["--into", "kept", &server.at("a.example", "/same"), &server.at("a.example", "/other")]);
        let run = Run::of(&mut command);
        run.expect(0, &[]);
        run.out
    };
    assert!(run().contains("2 new, 0 unchanged"));
    // Records tell the time in seconds.
    std::thread::sleep(Duration::from_millis(1001));
    assert!(run().contains("1 new, 1 unchanged"));
    assert!(run().contains("0 new, 2 unchanged"));
    assert_eq!(kept(&folder).len(), 3);
    let read = folder.run(&["extract", "kept"]).records();
    let mut titles: Vec<&str> = read.iter().map(|record| record["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Same", "Second"]);
    let mut inside = tidings();
    inside.current_dir(folder.path().join("kept")).args(["extract", "pages-00001.warc.gz"]);
    assert_eq!(Run::of(&mut inside).records().len(), 2);
}

#[test]
fn a_feed_that_is_not_followed_says_what_it_says() {
    let folder = Folder::with(&[]);
    let server = open(|asked| match asked.path.as_str() {
        "/rss" => feed(0),
        "/json" => feed(2),
        _ => body("text/html; charset=windows-1256", &b"<p>\xc7\xe1\xd3\xe1\xc7\xe3</p>"[..]),
    });
    let run = |into: &[&str]| {
        let mut command = fetch(&folder, &["a.example"]);
        command.arg("--no-follow").args(into).args(["/rss", "/page", "/json"].map(|path| server.at("a.example", path)));
        let run = Run::of(&mut command);
        run.expect(0, &[]);
        run
    };
    let run_out = run(&[]).out;
    let lines: Vec<Value> = run_out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let page = |n: usize| server.at("a.example", &format!("/news/{n}"));
    let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    let all = |last: usize| (0..last).map(page).collect::<Vec<_>>();
    assert_eq!(ids, [all(PAGES), vec![server.at("a.example", "/page")], all(PAGES)].concat());
    assert_eq!((&lines[1]["title"], &lines[1]["published"]), (&"Talks 1".into(), &"2024-11-15T01:00Z".into()));
    assert_eq!(lines[PAGES]["html"], "<p>السلام</p>");
    assert_eq!(Run::reading(tidings().args(["extract", "-"]), run_out.as_bytes()).records().len(), 2 * PAGES + 1);
    assert!(server.asked().iter().all(|asked| !asked.path.starts_with("/news")));
    run(&["--into", "kept"]);
    let read = folder.run(&["extract", "kept"]).records();
    assert_eq!(read.len(), 2 * PAGES + 1);
    assert!(read.iter().any(|record| record["title"] == "Talks 3"));
}

#[test]
fn what_was_half_written_is_cut_off() {
    let (folder, server) = (Folder::with(&[]), newsstand(Duration::ZERO));
    Run::of(&mut subscribe(&folder, &server)).expect(0, &[]);
    let before = contents(&folder, &server);
    let path = folder.path().join("kept");
    let append = |name: &str, bytes: &[u8]| {
        OpenOptions::new().append(true).open(path.join(name)).unwrap().write_all(bytes).unwrap();
    };
    append("pages-00001.warc.gz", &gzip(b"WARC/1.1\r\nWARC-Type: resp")[..20]);
    append("fetch.jsonl", b"{\"what\":\"page\",\"url\":\"http://out");
    // The last page's line is lost too: its record is cut off with the rest, and fetched anew.
    let journal = fs::read(path.join("fetch.jsonl")).unwrap();
    let lines: Vec<&[u8]> = journal.split_inclusive(|byte| *byte == b'\n').collect();
    fs::write(path.join("fetch.jsonl"), [&lines[..lines.len() - 2].concat()[..], &[0; 64]].concat()).unwrap();
    let asked = server.asked().len();
    Run::of(&mut subscribe(&folder, &server)).expect(0, &[]);
    assert_eq!(server.asked()[asked..].iter().filter(|asked| asked.status == 200).count(), 1);
    assert_eq!(contents(&folder, &server), before);

    fs::write(path.join("fetch.jsonl"), [b"{}\n", &journal[..]].concat()).unwrap();
    Run::of(&mut subscribe(&folder, &server)).expect(1, &["kept: fetch.jsonl:1: not a line of the journal", "mend"]);
}

#[test]
fn pages_are_printed_in_the_order_of_the_addresses() {
    let folder = Folder::with(&[]);
    let server = open(|asked| match asked.path.as_str() {
        "/feed" => feed(0),
        "/slow" => Answer { slow: Some((Duration::from_millis(150), 1 << 20)), ..news("Slow") },
        "/arabic" => body("text/html; charset=windows-1256", &b"<p>\xc7\xe1\xd3\xe1\xc7\xe3</p>"[..]),
        "/plain" => body("text/plain; charset=utf-8", common::NEWS),
        path => news(path).with("content-type", "text/html"),
    });
    let list = format!("# pages\n{}\n\n  {}\n", server.at("d.example", "/1"), server.at("a.example", "/arabic"));
    folder.add("list.txt", list.as_bytes());
    let opml = format!("<opml><body><outline xmlUrl='{}'/></body></opml>", server.at("c.example", "/feed"));
    folder.add("feeds.opml", opml.as_bytes());
    let mut command = fetch(&folder, &["a.example", "b.example", "c.example", "d.example"]);
    command.arg(server.at("b.example", "/slow")).args(["list.txt", "feeds.opml", "--limit", "2"]);
    command.args([server.at("a.example", "/plain#top"), server.at("b.example", "/slow"), "/no/such".to_owned()]);
    let run = Run::of(&mut command);
    run.expect(1, &["/no/such: no address and no file; addresses begin with https://"]);
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<&str> =
        lines.iter().map(|line| &line["id"].as_str().unwrap()[server.at("a.example", "").len()..]).collect();
    assert_eq!(paths, ["/slow", "/1", "/arabic", "/news/0", "/news/1", "/plain"]);
    assert_eq!(lines[2]["html"], "<p>السلام</p>");
    assert_eq!(lines[3]["published"], "2024-11-15T00:00Z");
    assert_eq!(lines[4]["title"], "Talks 1");
    assert_eq!(lines[5]["text"], common::NEWS);

    let read = Run::reading(tidings().args(["extract", "-"]), run.out.as_bytes());
    read.expect(0, &[]);
    assert_eq!(read.records()[3]["title"], "Talks 0");
    assert_eq!(read.records().len(), 6);
}

#[test]
fn robots_are_obeyed() {
    let folder = Folder::with(&[]);
    let server = Server::start(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("closed.example", "/robots.txt") => {
            body("text/plain", "User-agent: tidings\nDisallow: /\nAllow: /open\n\nUser-agent: *\nAllow: /")
        }
        ("ill.example", "/robots.txt") => status(503),
        ("moved.example", "/robots.txt") => redirect(301, "/other.txt"),
        ("moved.example", "/other.txt") => body("text/plain", "User-agent: *\nDisallow: /shut"),
        (_, "/robots.txt") => status(404),
        (_, path) => news(path),
    });
    let hosts = ["closed.example", "ill.example", "moved.example", "bare.example"];
    let run = |into: &[&str]| {
        let mut command = fetch(&folder, &hosts);
        command.args(into);
        for (host, path) in [(0, "/a"), (0, "/open"), (1, "/a"), (1, "/b"), (2, "/a"), (2, "/shut"), (3, "/a")] {
            command.arg(server.at(hosts[host], path));
        }
        Run::of(&mut command)
    };
    let first = run(&["--into", "kept"]);
    first.expect(1, &["/a: the site's robots.txt closes it", "/shut: the site's robots.txt closes", "503"]);
    assert_eq!(first.told.lines().count(), 4, "{}", first.told);
    let mut asked = server.paths(0);
    asked.sort();
    assert_eq!(
        asked,
        [
            "bare.example/a 200",
            "bare.example/robots.txt 404",
            "closed.example/open 200",
            "closed.example/robots.txt 200",
            "ill.example/robots.txt 503",
            "moved.example/a 200",
            "moved.example/other.txt 200",
            "moved.example/robots.txt 301",
        ]
    );
    // What a robots.txt says stands for a day; one that could not be had is asked for again.
    run(&["--into", "kept"]).expect(1, &[]);
    let again = server.paths(asked.len());
    assert_eq!(
        again.iter().filter(|path| path.contains("robots.txt")).collect::<Vec<_>>(),
        ["ill.example/robots.txt 503"]
    );
}

#[test]
fn what_moved_is_gone_or_missing_is_remembered() {
    let folder = Folder::with(&[]);
    let server = open(|asked| match asked.path.as_str() {
        "/old" => redirect(301, "/older"),
        "/older" => redirect(308, "/new"),
        "/now" => redirect(302, "/new2"),
        "/gone" => status(410),
        "/missing" => status(404),
        "/forbidden" => status(403),
        "/picture" => body("image/png", "x"),
        _ if asked.headers.contains_key("if-none-match") => status(304),
        path => news(path).with("etag", "\"1\""),
    });
    let run = || {
        let mut command = fetch(&folder, &["a.example"]);
        command.args(["--into", "kept"]);
        command.args(
            ["/old", "/now", "/gone", "/missing", "/forbidden", "/picture"].map(|path| server.at("a.example", path)),
        );
        Run::of(&mut command)
    };
    let told = ["gone for good (410)", "not found (404)", "does not show it to us (403)", "it is image/png"];
    run().expect(1, &told);
    let first = server.asked().len();
    assert_eq!(kept(&folder), [server.at("a.example", "/now"), server.at("a.example", "/old")]);
    run().expect(1, &told);
    let mut again = server.paths(first);
    again.sort();
    assert_eq!(again, ["a.example/forbidden 403", "a.example/new 304", "a.example/new2 304", "a.example/now 302"]);
    assert_eq!(kept(&folder).len(), 2);
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    let folder = Folder::with(&[]);
    let busy = AtomicUsize::new(0);
    let server = open(move |asked| match asked.path.as_str() {
        "/soon" if busy.fetch_add(1, Ordering::Relaxed) == 0 => status(429).with("retry-after", "1"),
        "/tomorrow" => status(503).with("retry-after", "7200"),
        "/broken" => status(500),
        path => news(path),
    });
    let run =
        |host: &str, path: &str| Run::of(fetch(&folder, &[host]).args(["--into", "kept"]).arg(server.at(host, path)));
    run("a.example", "/soon").expect(0, &[]);
    let times: Vec<Instant> = server.asked().iter().filter(|a| a.path == "/soon").map(|a| a.at).collect();
    assert!(times.len() == 2 && times[1] - times[0] >= Duration::from_secs(1), "{times:?}");
    run("b.example", "/broken").expect(1, &["/broken: the server answers 500; try again later"]);
    assert_eq!(server.asked().iter().filter(|a| a.path == "/broken").count(), 3);
    run("c.example", "/tomorrow").expect(1, &["/tomorrow: the site asks not to be asked before 20"]);
    let asked = server.asked().len();
    // That is the host's wish for all its pages, and stands in later runs.
    run("c.example", "/other").expect(1, &["/other: the site asks not to be asked before 20"]);
    assert_eq!(server.asked().len(), asked);
}

#[test]
fn validators_come_back_to_the_byte() {
    const TAG: &str = "W/\"a, b\\\";\u{e9}\u{ff}--gzip\"";
    const DATE: &str = "fri,15 Nov 2024  8:00:00 gmt";
    let folder = Folder::with(&[]);
    let server = open(|asked| {
        let back = |name: &str, value: &str| asked.headers.get(name).is_some_and(|back| back == value);
        if back("if-none-match", TAG) && back("if-modified-since", DATE) {
            status(304).with("etag", "\"next\"")
        } else if back("if-none-match", "\"next\"") && back("if-modified-since", DATE) {
            status(304)
        } else {
            news("Talks").with("etag", TAG).with("last-modified", DATE)
        }
    });
    for _ in 0..3 {
        let run = Run::of(fetch(&folder, &["a.example"]).args(["--into", "kept"]).arg(server.at("a.example", "/")));
        run.expect(0, &[]);
    }
    let statuses: Vec<u16> = server.asked().iter().filter(|a| a.path == "/").map(|a| a.status).collect();
    assert_eq!(statuses, [200, 304, 304]);
}

#[test]
fn what_is_too_much_or_too_slow_is_left() {
    let folder = Folder::with(&[]);
    let zeros = vec![b' '; 20 << 20];
    let bomb = deflated(&zeros);
    assert!(bomb.len() < 1 << 18);
    let server = open(move |asked| match asked.path.as_str() {
        "/bomb" => body("text/html", bomb.clone()).with("content-encoding", "gzip"),
        "/large" => body("text/html", zeros.clone()),
        "/packed" => {
            body("text/html", deflated(b"<p>Packed words of some length.</p>")).with("content-encoding", "gzip")
        }
        "/zstd" => body("text/html", "x").with("content-encoding", "zstd"),
        "/binary" => body("text/html", &b"%PDF-1.7\x00\x01"[..]),
        "/drip" => Answer { slow: Some((Duration::from_millis(30), 1)), ..news("Drip") },
        "/silent" => Answer { slow: Some((Duration::from_secs(9), 9)), ..news("Silent") },
        _ => status(404),
    });
    let begun = Instant::now();
    let hosts = ["a.example", "b.example", "c.example", "d.example", "e.example", "f.example", "g.example"];
    let paths = ["/bomb", "/large", "/packed", "/zstd", "/binary", "/drip", "/silent"];
    let mut command = fetch(&folder, &hosts);
    command.args(["--timeout", "0.7"]);
    command.args(hosts.iter().zip(paths).map(|(host, path)| server.at(host, path)));
    let run = Run::of(&mut command);
    run.expect(
        1,
        &[
            "/bomb: it is longer than 15360 KiB",
            "/large: it is longer than 15360 KiB",
            "/zstd: it is packed as zstd, which was not asked for",
            "/binary: what came is not text",
            "/drip: no whole answer came in time; try again later, or allow more time (--timeout)",
            "/silent: no whole answer came in time",
        ],
    );
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn we_say_who_we_are_and_take_no_cookies() {
    let folder = Folder::with(&[]);
    let server = open(|asked| match asked.path.as_str() {
        "/" => redirect(302, "/page").with("set-cookie", "id=1; Path=/"),
        path => news(path).with("set-cookie", "id=2; Path=/"),
    });
    let mut command = fetch(&folder, &["a.example"]);
    command.args(["--contact", "mailto:desk@paper.example", "--into", "kept"]);
    command.args([server.at("a.example", "/"), server.at("a.example", "/second")]);
    Run::of(&mut command).expect(0, &[]);
    for asked in server.asked() {
        assert_eq!(asked.headers["user-agent"], "tidings/0.1 (+mailto:desk@paper.example)");
        assert!(!asked.headers.contains_key("cookie") && !asked.headers.contains_key("accept-language"), "{asked:?}");
    }
    Run::of(fetch(&folder, &["b.example"]).arg(server.at("b.example", "/page"))).expect(0, &[]);
    assert_eq!(server.asked().last().unwrap().headers["user-agent"], "tidings/0.1");
}

#[test]
fn hosts_are_given_pauses() {
    let folder = Folder::with(&[]);
    let server = open(|asked| news(&asked.path));
    let mut command = paced(&folder, &["a.example", "b.example"], "0.25");
    command.args([("a.example", "/1"), ("a.example", "/2"), ("b.example", "/1")].map(|(h, p)| server.at(h, p)));
    Run::of(&mut command).expect(0, &[]);
    let asked = server.asked();
    let times: Vec<Instant> = asked.iter().filter(|a| a.host == "a.example").map(|a| a.at).collect();
    assert_eq!(times.len(), 3);
    assert!(times.windows(2).all(|two| two[1] - two[0] >= Duration::from_millis(240)), "{times:?}");
    // The other host did not wait for that.
    assert!(asked.iter().position(|a| a.host == "b.example").unwrap() < 3);
}

#[test]
fn nothing_but_the_public_internet_is_read() {
    let folder = Folder::with(&[]);
    let server = open(|asked| match asked.path.as_str() {
        "/private" => redirect(301, "http://10.0.0.1/latest"),
        "/loopback" => redirect(302, "http://127.0.0.2/"),
        "/name" => redirect(307, "http://inside.example/"),
        "/ftp" => redirect(302, "ftp://a.example/x"),
        "/user" => redirect(302, "http://me:secret@a.example/"),
        "/round" => redirect(302, "/round2"),
        "/round2" => redirect(302, "/round"),
        "/nowhere" => status(302),
        path => redirect(302, format!("{path}x")),
    });
    let run = Run::of(folder.command().args(["fetch", &server.at("127.0.0.1", "/"), "http://[::1]/"]));
    run.expect(
        1,
        &["127.0.0.1 is not on the public internet (loopback); allow its network if you mean it (--allow-net)"],
    );
    assert!(run.told.contains("::1 is not on the public internet"), "{}", run.told);
    assert!(server.asked().is_empty());

    let mut command = folder.command();
    command.args(["fetch", "--allow-net", "127.0.0.1", "--delay", "0", "--resolve", "inside.example=192.168.0.5"]);
    let paths = ["/private", "/loopback", "/name", "/ftp", "/user", "/round", "/nowhere", "/on"];
    command.args(paths.map(|path| server.at("127.0.0.1", path)));
    Run::of(&mut command).expect(
        1,
        &[
            "/private: 10.0.0.1 is not on the public internet (private)",
            "/loopback: 127.0.0.2 is not on the public internet (loopback)",
            "/name: 192.168.0.5 is not on the public internet (private)",
            "/ftp: it leads to ftp://a.example/x: only http and https",
            "/user: it leads to http://me:secret@a.example/: an address with a name or password",
            "/round: it leads back to http",
            "/nowhere: it leads elsewhere and does not say where",
            "/on: it leads on after 10 redirects",
        ],
    );
    assert_eq!(server.asked().iter().filter(|asked| asked.path.starts_with("/on")).count(), 11);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_run_cleanly() {
    let (folder, server) = (Folder::with(&[]), newsstand(Duration::from_millis(20)));
    let child = subscribe(&folder, &server).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while server.asked().len() < 25 && begun.elapsed() < Duration::from_secs(5) {
        std::thread::yield_now();
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let run = Run::from(child.wait_with_output().unwrap());
    run.expect(1, &["addresses were fetched; run it again to go on"]);
    let pages = server.asked().iter().filter(|a| a.path.starts_with("/news") && a.status == 200).count();
    assert_eq!(kept(&folder).len(), pages, "what was asked for was kept");
    Run::of(&mut subscribe(&folder, &server)).expect(0, &[]);
    assert_eq!(kept(&folder).len(), OUTLETS * PAGES);
}

#[test]
fn every_command_reads_addresses() {
    let folder = Folder::with(&[("a.txt", common::NEWS.as_bytes())]);
    let server = open(|asked| match asked.path.as_str() {
        "/feed" => feed(1),
        "/none" => status(404),
        path => news(path),
    });
    let mut command = folder.command();
    command.args(["extract", "--allow-net", "127.0.0.0/8", "a.txt", &server.at("127.0.0.1", "/page"), "a.txt"]);
    let run = Run::of(command.arg(server.at("127.0.0.1", "/none")));
    run.expect(1, &["/none: it was not found (404)"]);
    assert_eq!(run.ids(), ["a.txt", &server.at("127.0.0.1", "/page"), "a.txt"]);
    for command in ["extract", "interpret", "digest", "learn-site"] {
        let mut command =
            [command, "--allow-net", "127.0.0.0/8", "--delay", "0", "--timeout", "5"].map(str::to_owned).to_vec();
        command.extend(["--contact", "mailto:x@x.example", "--resolve", "a.example=127.0.0.1"].map(str::to_owned));
        command.extend(["1", "2", "3"].map(|page| server.at("a.example", &format!("/{page}"))));
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let run = folder.run(&command);
        assert!(run.code == Some(0), "{command:?}: {}", run.told);
        assert_eq!(server.asked().last().unwrap().headers["user-agent"], "tidings/0.1 (+mailto:x@x.example)");
    }
    folder.run(&["extract", &server.at("127.0.0.1", "/page")]).expect(1, &["(loopback)", "--allow-net"]);
}

#[test]
fn what_makes_no_sense_is_usage() {
    let folder = Folder::with(&[]);
    for arguments in [
        &["fetch"][..],
        &["fetch", "--allow-net", "10.0.0.1/8", "http://a.example/"],
        &["fetch", "--delay", "soon", "http://a.example/"],
        &["fetch", "--resolve", "a.example", "http://a.example/"],
        &["fetch", "--timeout", "-1", "http://a.example/"],
    ] {
        assert_eq!(folder.run(arguments).code, Some(2), "{arguments:?}");
    }
    folder.add("empty.txt", b"# nothing\n");
    folder.run(&["fetch", "empty.txt"]).expect(1, &["empty.txt: no addresses in it; write one a line"]);
}

/// Packed with gzip, and small where the bytes are dull.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    use flate2::{Compression, write::GzEncoder};
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}
