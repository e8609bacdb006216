use std::io::{Cursor, Write};

use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;
use crate::stages::acquire::Given;
use crate::stages::acquire::archives::{warc_record as record, warc_response as response};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// The addresses of the pages, and `!` for errors.
fn read(bytes: &[u8]) -> Vec<String> {
    pages(bytes)
        .into_iter()
        .map(|page| match page {
            Ok(page) => page.id.trim_start_matches("https://example.com/").to_owned(),
            Err(error) => {
                assert!(error.starts_with("a.warc: "), "{error}");
                let whose = error.split("https://example.com/").nth(1).and_then(|rest| rest.split(' ').next());
                format!("!{}", whose.unwrap_or_default())
            }
        })
        .collect()
}

fn pages(bytes: &[u8]) -> Vec<Result<Page, String>> {
    let about =
        About { name: "a.warc".to_owned(), in_folder: false, given: Given::default(), archives: 0, budget: None };
    Pages::new(Box::new(Cursor::new(bytes.to_vec())), about)
        .map(|item| match item {
            Ok(Input::Page(page)) => Ok(page),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.to_string()),
        })
        .collect()
}

fn html(name: &str) -> Vec<u8> {
    response(&format!("https://example.com/{name}"), "Content-Type: text/html\r\n", format!("<p>{name}").as_bytes())
}

#[test]
fn pages_of_a_crawl() {
    let redirect = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Type: text/html\r\n\r\n<p>moved";
    let chunked = b"4\r\n<p>T\r\n2\r\n\xfcr\r\n0\r\n\r\n";
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record("request", "https://example.com/a", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        response(
            "https://example.com/a",
            "Content-Type: text/html; charset=windows-1254\r\nTransfer-Encoding: chunked\r\n",
            chunked,
        ),
        record("response", "https://example.com/moved", "application/http", redirect),
        response("https://example.com/a.png", "Content-Type: image/png\r\n", b"\x89PNG"),
        response("https://example.com/robots.txt", "Content-Type: text/plain\r\n", b"User-agent: *"),
        record("resource", "<https://example.com/b>", "text/plain; charset=utf-8", b"Words."),
        record("metadata", "https://example.com/b", "text/plain", b"x"),
        record("revisit", "https://example.com/a", "application/http", b"HTTP/1.1 200 OK\r\n\r\n"),
    ];
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let frames: Vec<u8> = records.iter().flat_map(|r| compress_to_vec(&r[..], CompressionLevel::Fastest)).collect();
    let whole = gzip(&records.concat());
    for bytes in [records.concat(), packed, frames, whole] {
        let pages: Vec<Page> = pages(&bytes).into_iter().map(Result::unwrap).collect();
        let [first, second] = pages.as_slice() else { panic!("{pages:?}") };
        assert_eq!((first.bytes.as_slice(), first.charset.as_deref()), (&b"<p>T\xfcr"[..], Some("windows-1254")));
        assert_eq!(first.url.as_deref(), Some("https://example.com/a"));
        // The day of the crawl is not the day of the news.
        assert_eq!((first.fetched.as_deref(), &first.published), (Some("2024-11-20T01:02:03Z"), &None));
        assert_eq!((second.bytes.as_slice(), second.html), (&b"Words."[..], false));
    }
}

#[test]
fn feeds_give_their_entries() {
    let item = |name: &str| {
        format!(
            "<item><title>\u{41c}\u{438}\u{440} {name}</title><link>{name}</link><description>Words.</description></item>"
        )
    };
    let rss = format!("<rss><channel><title>Courier</title>{}{}</channel></rss>", item("b"), item("c"));
    let rss = encoding_rs::WINDOWS_1251.encode(&rss).0.into_owned();
    let json = br#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/d","title":"D","content_text":"D."}]}"#;
    let records = [
        html("a"),
        response("https://example.com/rss", "Content-Type: application/rss+xml; charset=windows-1251\r\n", &rss),
        response("https://example.com/mislabelled", "Content-Type: text/html\r\n", b"<rss><channel><item><ti"),
        response("https://example.com/json", "Content-Type: application/feed+json\r\n", json),
        response("https://example.com/data", "Content-Type: application/json\r\n", b"{\"a\": 1}"),
        response("https://example.com/map", "Content-Type: text/xml\r\n", b"<urlset><url><loc>x</loc></url></urlset>"),
        html("e"),
    ];
    assert_eq!(read(&records.concat()), ["a", "b", "c", "!mislabelled", "d", "e"]);
    let page = pages(&records[1]).remove(0).unwrap();
    assert_eq!((page.title.as_deref(), page.publisher.as_deref()), (Some("\u{41c}\u{438}\u{440} b"), Some("Courier")));
    assert_eq!(page.fetched.as_deref(), Some("2024-11-20T01:02:03Z"));
}

#[test]
fn a_damaged_member_costs_one_record() {
    let members: Vec<Vec<u8>> = ["a", "b", "c", "d"].iter().map(|name| gzip(&html(name))).collect();
    // Cut in the middle, with the next member right behind.
    let cut = [&members[0], &members[1][..60], &members[2], &members[3]].concat();
    assert_eq!(read(&cut).iter().map(|id| id.trim_end_matches('b')).collect::<Vec<_>>(), ["a", "!", "c", "d"]);
    // Bytes that belong to nobody.
    let dirty = [&members[0][..], b"garbage \x1f\x8b garbage", &members[1], &[0; 5000], &members[2]].concat();
    assert_eq!(read(&dirty), ["a", "!", "b", "!", "c"]);
    // Flipped bits: some are seen in the middle of a record, some by the checksum behind it.
    for at in 0..members[1].len() {
        let mut flipped = members.concat();
        flipped[members[0].len() + at] ^= 1;
        let read = read(&flipped);
        let whole: Vec<&String> = read.iter().filter(|id| ["a", "c", "d"].contains(&id.as_str())).collect();
        assert_eq!(whole, ["a", "c", "d"], "{at}: {read:?}");
    }
    // The end is missing.
    let all = members.concat();
    assert_eq!(read(&all[..all.len() - 30]), ["a", "b", "c", "!d"]);
}

#[test]
fn a_damaged_frame_costs_one_record() {
    let frames: Vec<Vec<u8>> =
        ["a", "b", "c"].iter().map(|name| compress_to_vec(&html(name)[..], CompressionLevel::Fastest)).collect();
    let cut = [&frames[0][..], &frames[1][..frames[1].len() / 2], &frames[2]].concat();
    let read = read(&cut);
    assert_eq!((read.first().map(String::as_str), read.last().map(String::as_str)), (Some("a"), Some("c")));
    assert_eq!(read.len(), 3, "{read:?}");
}

#[test]
fn a_dictionary_may_stand_before_the_records() {
    let plain = include_bytes!("../../../../tests/archives/dictionary.warc.zst");
    let packed = include_bytes!("../../../../tests/archives/packed-dictionary.warc.zst");
    assert_eq!(read(plain), ["a", "b", "c"]);
    assert_eq!(read(packed), ["a", "b", "c"]);
    // Without its dictionary nothing can be unpacked, and that is told.
    let length = u32::from_le_bytes(plain[4..8].try_into().unwrap()) as usize;
    assert_eq!(read(&plain[8 + length..]), ["!"]);
}

#[test]
fn wrong_lengths_cost_one_record() {
    let wrong = |name: &str, by: isize| {
        let text = String::from_utf8(html(name)).unwrap();
        let at = text.find("Content-Length: ").unwrap() + 16;
        let length: isize = text[at..].split("\r\n").next().unwrap().parse().unwrap();
        text.replacen(&format!("Content-Length: {length}"), &format!("Content-Length: {}", length + by), 1).into_bytes()
    };
    for by in [-9, 40, 300, 100_000] {
        let plain = [html("a"), wrong("b", by), html("c"), html("d")].concat();
        assert_eq!(read(&plain), ["a", "!b", "c", "d"], "{by}");
        let packed: Vec<u8> = [html("a"), wrong("b", by), html("c")].iter().flat_map(|record| gzip(record)).collect();
        assert_eq!(read(&packed), ["a", "!b", "c"], "{by}");
    }
    let none = String::from_utf8(html("b")).unwrap().replace("Content-Length: ", "Content-Length: about ");
    assert_eq!(read(&[html("a"), none.into_bytes(), html("c")].concat()), ["a", "!b", "c"]);
}

#[test]
fn bytes_that_are_no_archive_get_a_bounded_answer() {
    assert_eq!(read(b""), Vec::<String>::new());
    assert_eq!(read(b"no archive at all"), ["!"]);
    assert_eq!(read(&b"WARC/1.0\r\n".repeat(100_000)), ["!"]);
    assert_eq!(read(&b"WARC/1.0\r\nContent-Length: 9999999\r\n\r\n".repeat(20_000)), ["!"]);
    assert_eq!(read(&b"\x1f\x8b\x08\0\0\0\0\0\0\0".repeat(50_000)), ["!"]);
    assert_eq!(read(&b"\x28\xb5\x2f\xfd".repeat(50_000)), ["!"]);
    assert_eq!(read(&[&gzip(&html("a"))[..], &b"\x5d\x2a\x4d\x18\xff\xff\xff\xff"[..]].concat())[0], "a");
    let noise: Vec<u8> = (0u32..300_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(read(&noise), ["!"]);
    // Damage upon damage is told a few times, and then counted.
    let one = |n: i32| format!("WARC/1.0\r\nWARC-Target-URI: https://example.com/{n}\r\n\r\n");
    let many: String = (0..100).map(one).collect();
    assert_eq!(read(many.as_bytes()).len(), TOLD + 1);
}

#[test]
fn a_record_that_is_too_long_is_passed_over() {
    let long = record("resource", "https://example.com/long", "text/html", &vec![b'a'; LONGEST + 1]);
    let bytes = [html("a"), long, html("b")].concat();
    assert_eq!(read(&bytes), ["a", "!long", "b"]);
}

#[test]
fn a_body_that_unpacks_without_end_is_passed_over() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1 << 20];
    (0..=LONGEST >> 20).for_each(|_| bomb.write_all(&zeros).unwrap());
    let bomb = bomb.finish().unwrap();
    let fields = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let bytes = [response("https://example.com/bomb", fields, &bomb), html("a")].concat();
    assert_eq!(read(&bytes), ["!bomb", "a"]);
}
