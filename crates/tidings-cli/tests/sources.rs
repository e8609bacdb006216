//! Feeds, archives and saved pages: what a reader gets of each, from files, folders and standard input.

mod common;

use common::archives::{gzip, mhtml, tar, warc_record, warc_response, zip};
use common::{Folder, NEWS, Run};

fn page(title: &str) -> String {
    format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{NEWS}</p><p>{NEWS}</p></body></html>")
}

fn feed() -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Example News</title>\
         <item><title>Talks &amp;amp; a visit</title><link>https://example.com/a</link><dc:creator>Jane Doe</dc:creator>\
         <pubDate>Mon, 11 Sep 2023 10:00:00 +0700</pubDate>\
         <content:encoded><![CDATA[<p>{NEWS}</p><figure><img src='x'><figcaption>The president in Hanoi</figcaption></figure>\
         <p>They spoke about trade.</p>]]></content:encoded></item>\
         <item><title>A title alone</title><guid isPermaLink='false'>5</guid><description>Short.</description></item>\
         </channel></rss>"
    )
}

#[test]
fn entries_of_a_feed_are_articles() {
    let folder = Folder::with(&[("news.xml", feed().as_bytes())]);
    let run = folder.run(&["extract", "news.xml"]);
    run.expect(0, &[]);
    assert_eq!(run.ids(), ["https://example.com/a", "news.xml:2"]);
    let records = run.records();
    let first = &records[0];
    assert_eq!(first["title"], "Talks & a visit");
    assert_eq!((&first["published"], &first["published_from"]), (&"2023-09-11T10:00+07:00".into(), &"feed".into()));
    assert_eq!((&first["author"], &first["publisher"]), (&"Jane Doe".into(), &"example.com".into()));
    let text = first["text"].as_str().unwrap();
    assert!(text.contains("White House") && text.contains("about trade") && !text.contains("in Hanoi\n"), "{text}");
    assert_eq!(records[1]["publisher"], "Example News");
    assert!(run.notes("news.xml:2").contains("summary"));
    // The same on standard input, and packed.
    for input in [feed().into_bytes(), gzip(feed().as_bytes())] {
        let run = Run::reading(folder.command().args(["extract", "-"]), &input);
        assert_eq!(run.expect(0, &[]).ids(), ["https://example.com/a", "-:2"]);
    }
}

#[test]
fn a_broken_feed_gives_what_can_be_read() {
    let feed = feed();
    let cut = &feed[..feed.len() - 60];
    let folder = Folder::with(&[("cut.rss", cut.as_bytes()), ("none.rss", b"<rss><channel><item>")]);
    let run = folder.run(&["extract", "none.rss", "cut.rss"]);
    run.expect(1, &["none.rss: no entry of this feed can be read", "fetch it again"]);
    assert_eq!(run.ids().len(), 2);
    assert!(run.notes("https://example.com/a").contains("the feed is damaged"));
}

#[test]
fn lists_of_addresses_hold_no_documents() {
    let folder = Folder::with(&[
        ("feeds.opml", b"<opml><body><outline xmlUrl='https://example.com/rss'/></body></opml>"),
        ("map.xml", b"<?xml version='1.0'?><urlset><url><loc>https://example.com/</loc></url></urlset>"),
        (
            "index.xml.gz",
            &gzip(b"<sitemapindex><sitemap><loc>https://example.com/1.xml</loc></sitemap></sitemapindex>"),
        ),
        ("a.txt", NEWS.as_bytes()),
    ]);
    for list in ["feeds.opml", "map.xml", "index.xml.gz"] {
        let run = folder.run(&["extract", list, "a.txt"]);
        run.expect(1, &[list, "lists addresses", "tidings fetch"]);
        assert_eq!(run.ids(), ["a.txt"]);
    }
    let run = folder.run(&["extract", "."]);
    assert_eq!(run.expect(0, &[]).ids(), ["./a.txt"]);
}

#[test]
fn pages_of_a_crawl_are_not_dated_by_it() {
    let turkish = "<meta charset=utf-8><title>Bakanlar g\u{f6}r\u{fc}\u{15f}t\u{fc}</title><p>D\u{131}\u{15f}i\u{15f}leri \
                   bakanlar\u{131} Ankara'da g\u{f6}r\u{fc}\u{15f}t\u{fc} ve i\u{15f}birli\u{11f}i anla\u{15f}mas\u{131} imzalad\u{131}.";
    let bytes: Vec<u8> = turkish
        .chars()
        .map(|c| match c {
            '\u{131}' => 0xfd,
            '\u{15f}' => 0xfe,
            '\u{11f}' => 0xf0,
            c => c as u8,
        })
        .collect();
    let records = [
        warc_record("warcinfo", "", "application/warc-fields", b"software: Example\r\n"),
        warc_response("https://example.com/tr", "Content-Type: text/html; charset=windows-1254\r\n", &bytes),
        warc_response("https://example.com/en", "Content-Type: text/html\r\n", page("A visit").as_bytes()),
        warc_response("https://example.com/x.css", "Content-Type: text/css\r\n", b"p {}"),
    ];
    let archive: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let folder = Folder::with(&[("CC-NEWS-20241120.warc.gz", &archive), ("plain", &records.concat())]);
    let run = folder.run(&["extract", "."]);
    assert_eq!(run.expect(0, &[]).ids(), ["https://example.com/tr", "https://example.com/en"]);
    let records = run.records();
    assert!(records[0]["text"].as_str().unwrap().contains("i\u{15f}birli\u{11f}i anla\u{15f}mas\u{131}"));
    assert!(records[0]["published"].is_null());
    // The other names a day in its prose; neither has the day on which it was fetched.
    assert!(!records[1]["published"].as_str().unwrap_or_default().starts_with("2024"), "{}", records[1]);
    assert_eq!(records[1]["url"], "https://example.com/en");
    // Without a name, the first bytes tell.
    assert_eq!(folder.run(&["extract", "plain"]).expect(0, &[]).ids().len(), 2);
    // A damaged record is told, and all others are printed.
    let mut cut = archive.clone();
    cut.drain(400..430);
    folder.add("cut.warc.gz", &cut);
    let run = folder.run(&["extract", "cut.warc.gz"]);
    run.expect(1, &["cut.warc.gz: ", "damaged and was passed over"]);
    assert_eq!(run.ids(), ["https://example.com/en"]);
}

#[test]
fn archives_of_files_are_read_like_folders() {
    let saved = mhtml("https://example.com/saved", &page("A page that was saved"));
    let page = page("A visit");
    let files: [(&str, &[u8]); 4] = [
        ("pages/a.html", page.as_bytes()),
        ("pages/b.txt", NEWS.as_bytes()),
        ("pages/c.mhtml", &saved),
        ("pages/d.png", b"\x89PNG\r\n\x1a\n"),
    ];
    let folder = Folder::with(&[("a.zip", &zip(&files)), ("a.tgz", &gzip(&tar(&files)))]);
    for archive in ["a.zip", "a.tgz"] {
        let run = folder.run(&["extract", archive]);
        let names = ["a.html", "b.txt", "c.mhtml"].map(|name| format!("{archive}!/pages/{name}"));
        assert_eq!(run.expect(0, &[]).ids(), names);
        assert_eq!(run.records()[2]["url"], "https://example.com/saved");
        let input = std::fs::read(folder.path().join(archive)).unwrap();
        assert_eq!(Run::reading(folder.command().args(["extract", "-"]), &input).expect(0, &[]).ids().len(), 3);
    }
    let whole = zip(&files);
    folder.add("cut.zip", &whole[..whole.len() - 40]);
    folder.run(&["extract", "cut.zip"]).expect(1, &["cut.zip: ", "fetch it again"]);
}
