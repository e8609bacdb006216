use std::io::Write;

use super::*;
use crate::stages::acquire::Given;
use crate::stages::acquire::archives::{gzip, mhtml, tar, tar_file, warc_response, zip, zip_of};

/// Ids without the archive's, and `!` before errors.
fn read(bytes: &[u8]) -> Vec<String> {
    let about = About { name: "a".to_owned(), in_folder: false, given: Given::default(), archives: 0, budget: None };
    let many = match source::open(Bytes::Stream(Box::new(std::io::Cursor::new(bytes.to_vec()))), about) {
        Ok(Opened::Many(many)) => many,
        Ok(_) => return vec!["no archive".to_owned()],
        Err(error) => return vec![format!("!{error}")],
    };
    many.map(|item| match item {
        Ok(Input::Page(page)) => page.id.trim_start_matches("a!/").to_owned(),
        Ok(other) => panic!("{other:?}"),
        Err(error) => format!("!{}", error.to_string().trim_start_matches("a!/")),
    })
    .collect()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

const PAGE: &[u8] = b"<p>News.";

#[test]
fn files_are_read_as_in_a_folder() {
    let warc = warc_response("https://example.com/w", "Content-Type: text/html\r\n", PAGE);
    let saved = mhtml("https://example.com/m", "<p>Saved.");
    let feed = b"<rss><channel><item><title>T</title><link>https://example.com/f</link></item></channel></rss>";
    let files: [(&str, &[u8]); 11] = [
        ("b/", b""),
        ("b/1.html", PAGE),
        ("__MACOSX/b/._1.html", b"x"),
        ("b/2.txt", b"Words."),
        ("picture.png", b"\x89PNG"),
        ("lines.jsonl", b"{\"text\":\"x\"}\n{\"id\":7,\"text\":\"y\"}"),
        ("feed.xml", feed),
        ("config.xml", b"<config/>"),
        ("c.warc.gz", &gzip(&warc)),
        ("m.mhtml", &saved),
        ("../../etc/up.txt", b"Up."),
    ];
    let ids = [
        "b/1.html",
        "b/2.txt",
        "lines.jsonl:1",
        "7",
        "https://example.com/f",
        "https://example.com/w",
        "m.mhtml",
        "../../etc/up.txt",
    ];
    assert_eq!(read(&zip(&files)), ids);
    assert_eq!(read(&tar(&files[1..])), ids);
    assert_eq!(read(&gzip(&tar(&files[1..]))), ids);
}

#[test]
fn packed_files_of_a_zip() {
    let zstd = ruzstd::encoding::compress_to_vec(PAGE, ruzstd::encoding::CompressionLevel::Fastest);
    let archive = zip_of(&[
        ("deflate.html", 8, 0, PAGE, &deflate(PAGE)),
        ("zstd.html", 93, 0, PAGE, &zstd),
        ("secret.html", 8, 1, PAGE, &deflate(PAGE)),
        ("lzma.html", 14, 0, PAGE, PAGE),
        ("damaged.html", 8, 0, PAGE, &deflate(b"<p>Other")),
        ("last.html", 0, 0, PAGE, PAGE),
    ]);
    let read = read(&archive);
    assert_eq!(read[..2], ["deflate.html", "zstd.html"]);
    assert!(read[2].starts_with("!a: secret.html: it is encrypted"), "{read:?}");
    assert!(read[3].contains("method 14") && read[4].contains("damaged.html: it is damaged"), "{read:?}");
    assert_eq!(read[5..], ["last.html"]);
    // Before an archive may stand a program that unpacks it.
    let archive = zip(&[("a.html", PAGE)]);
    let about = About { name: "a".into(), in_folder: false, given: Given::default(), archives: 0, budget: None };
    let mut programme = vec![0; 100];
    programme.extend(&archive);
    let zip = Zip::new(Box::new(std::io::Cursor::new(programme))).unwrap();
    assert_eq!(inside(zip, about).unwrap().map(Result::unwrap).count(), 1);
}

#[test]
fn of_a_zip_without_its_table_the_files_are_read() {
    const CUT: &str = "!a: the archive is damaged or cut off: its table is missing; fetch it again";
    let packed = deflate(PAGE);
    let long: String = (0..5000).map(|n| format!("<p>News {n}.")).collect();
    let last = deflate(long.as_bytes());
    let archive = zip_of(&[
        ("stored.html", 0, 0, PAGE, PAGE),
        ("picture.png", 0, 0, b"PK\x03\x04", b"PK\x03\x04"),
        ("packed.html", 8, 0, PAGE, &packed),
        ("folder/", 0, 0, b"", b""),
        ("last.html", 8, 0, long.as_bytes(), &last),
    ]);
    let table = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    assert_eq!(read(&archive[..table]), [CUT, "stored.html", "packed.html", "last.html"]);
    let damaged = "!a: last.html: it is damaged and was passed over; fetch the archive again";
    assert_eq!(read(&archive[..table - 40]), [CUT, "stored.html", "packed.html", damaged]);
    // Those that were written to a stream say how long they are behind their bytes.
    let mut stream = Vec::new();
    for (path, bytes, packed) in [("a.html", PAGE, &packed[..]), ("b.html", long.as_bytes(), &last)] {
        stream.extend(b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0");
        stream.extend([0; 12]);
        stream.extend([path.len() as u8, 0, 0, 0]);
        stream.extend(path.as_bytes());
        stream.extend(packed);
        stream.extend(b"PK\x07\x08");
        for number in [crate::stages::acquire::archives::crc32(bytes), packed.len() as u32, bytes.len() as u32] {
            stream.extend(number.to_le_bytes());
        }
    }
    assert_eq!(read(&stream), [CUT, "a.html", "b.html"]);
    let cut = read(&stream[..stream.len() - 60]);
    assert!(cut[..2] == [CUT, "a.html"] && cut[2].contains("b.html: it is damaged"), "{cut:?}");
    // Headers without end cost no more than their bytes.
    let many = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.txt".repeat(50_000);
    assert!(read(&many).len() > 1);
}

#[test]
fn long_paths_and_damage_in_a_tar() {
    let long = format!("{}/page.html", "folder/".repeat(30));
    assert_eq!(read(&tar(&[(&long, PAGE), ("b.html", PAGE)])), [&long, "b.html"]);
    let extended = format!("{} path=\u{633}/x.html\n", 18);
    let archive =
        [tar_file("h", b'x', extended.as_bytes()), tar_file("short.html", b'0', PAGE), vec![0; 1024]].concat();
    assert_eq!(read(&archive), ["\u{633}/x.html"]);
    let mut archive = tar(&[("a.html", PAGE), ("b.html", PAGE), ("c.html", PAGE)]);
    archive[1024 + 10] = b'!';
    let damaged = read(&archive);
    assert_eq!((damaged.len(), damaged[0].as_str(), damaged[2].as_str()), (3, "a.html", "c.html"));
    assert!(damaged[1].contains("damaged"), "{damaged:?}");
    let cut = read(&archive[..512 + 4]);
    assert!(cut.len() == 1 && cut[0].contains("cut off"), "{cut:?}");
}

#[test]
fn archives_in_archives_are_opened_once() {
    let inner = zip(&[("x.html", PAGE)]);
    let once = tar(&[("inner.zip", &inner), ("y.html", PAGE)]);
    assert_eq!(read(&once), ["inner.zip!/x.html", "y.html"]);
    let twice = read(&zip(&[("once.tar", &once)]));
    assert!(twice[0].contains("which is not opened") && twice[1] == "once.tar!/y.html", "{twice:?}");
}

#[test]
fn bombs_are_bounded() {
    let blanks = vec![b' '; 1 << 20];
    let packed = deflate(&blanks);
    let files = vec![("a.txt", 8, 0, &blanks[..], &packed[..]); 9];
    // What is unpacked is paid for from what the archive may unpack to.
    let budget = Rc::new(Cell::new(2 << 20));
    let about = About {
        name: "a".into(),
        in_folder: false,
        given: Given::default(),
        archives: 0,
        budget: Some(budget.clone()),
    };
    let archive = Zip::new(Box::new(std::io::Cursor::new(zip_of(&files)))).unwrap();
    let all: Vec<_> = inside(archive, about).unwrap().collect();
    assert_eq!((all.len(), budget.get()), (3, 0));
    assert!(all[2].as_ref().is_err_and(|error| error.to_string().contains("far more than news do")));
    // A file that says it is short and is not.
    let longer = vec![b' '; LONGEST + 10];
    let archive = zip_of(&[("a.txt", 8, 0, b"short", &deflate(&longer)), ("b.txt", 0, 0, b"x", b"x")]);
    let read = read(&archive);
    assert!(read.len() == 2 && read[0].contains("64 MiB") && read[1] == "b.txt", "{read:?}");
}

#[test]
fn garbage_gets_an_answer() {
    let whole = zip(&[("a.html", PAGE), ("b.html", PAGE)]);
    for end in 4..whole.len() {
        read(&whole[..end]);
    }
    for at in 4..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        read(&damaged);
    }
    assert!(read(&zip(&[("README.md", b"x")]))[0].contains("no documents in this archive"));
    let whole = tar(&[("a.html", PAGE)]);
    for at in 0..700 {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        read(&damaged);
    }
}
