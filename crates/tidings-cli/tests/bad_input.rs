//! What bad input gets: a message that names the file and says what to do, the exit code that is promised, and every
//! other document all the same.

mod common;

use common::{Folder, NEWS, Run, archives::gzip};

/// Runs each command over `bad` between two good documents, and asserts what it tells and that both were read.
#[track_caller]
fn each_command_tells(folder: &Folder, bad: &str, told: &[&str]) {
    folder.add("first.txt", NEWS.as_bytes());
    folder.add("last.txt", NEWS.as_bytes());
    for command in ["extract", "interpret", "lineage"] {
        let run = folder.run(&[command, "first.txt", bad, "last.txt"]);
        run.expect(1, &[&[bad][..], told].concat());
        assert_eq!(run.ids(), ["first.txt", "last.txt"], "{command}");
        assert_eq!(run.told.lines().count(), 1, "{}", run.told);
    }
    let run = folder.run(&["digest", "--format", "jsonl", "first.txt", bad, "last.txt"]);
    run.expect(1, &[&[bad][..], told].concat());
    assert!(run.out.contains("first.txt") && run.out.contains("last.txt"));
}

#[test]
fn a_missing_path() {
    each_command_tells(&Folder::with(&[]), "missing.txt", &["No such file", "check the path"]);
}

#[test]
fn a_binary_file() {
    let folder =
        Folder::with(&[("a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"), ("b.pdf", b"%PDF-1.7\n%")]);
    each_command_tells(&folder, "a.txt", &["not text", "convert it"]);
    each_command_tells(&folder, "b.pdf", &["not text", "convert it"]);
}

#[test]
fn a_broken_line() {
    let lines = format!(
        "{{\"id\":\"a\",\"text\":{NEWS:?}}}\n\n{{\"id\":\"b\",\n[1]\n{{\"id\":\"d\"}}\n{{\"id\":5,\"text\":\"x\"}}\n"
    );
    let folder = Folder::with(&[("news.jsonl", lines.as_bytes())]);
    let run = folder.run(&["extract", "news.jsonl"]);
    run.expect(1, &["news.jsonl:3: ", "news.jsonl:4: not a JSON object", "news.jsonl:5: no document", "\"text\""]);
    assert_eq!(run.ids(), ["a", "5"]);
    assert_eq!(run.told.lines().count(), 3, "{}", run.told);
}

#[test]
fn a_line_that_is_no_report() {
    let folder = Folder::with(&[("a.txt", NEWS.as_bytes())]);
    let report = folder.run(&["interpret", "a.txt"]).out;
    let broken = report.replace("\"country\":\"USA\"", "\"country\":\"America\"");
    assert_ne!(report, broken);
    folder.add("reports.jsonl", format!("{report}{broken}{{\"part\":1,\"text\":3}}\n").as_bytes());
    let run = folder.run(&["digest", "--format", "jsonl", "reports.jsonl"]);
    run.expect(1, &["reports.jsonl:2: no report", "`America`", "tidings schema report", "reports.jsonl:3: "]);
    assert_eq!(run.told.lines().count(), 2, "{}", run.told);
    assert!(run.out.contains("a.txt"));
}

#[test]
fn a_packed_file_that_is_cut_off() {
    let packed = gzip(NEWS.repeat(3).as_bytes());
    let folder = Folder::with(&[("whole.txt.gz", &packed), ("cut.txt.gz", &packed[..packed.len() / 2])]);
    each_command_tells(&folder, "cut.txt.gz", &["damaged or cut off", "fetch it again"]);
    folder.run(&["extract", "whole.txt.gz"]).expect(0, &[]);
}

#[test]
fn lines_before_the_cut_are_read() {
    let line = format!("{{\"text\":{NEWS:?}}}\n");
    let packed = gzip(line.repeat(3).as_bytes());
    let folder = Folder::with(&[("cut.jsonl.gz", &packed[..packed.len() - 40])]);
    let run = folder.run(&["extract", "cut.jsonl.gz"]);
    run.expect(1, &["cut.jsonl.gz:3: ", "fetch it again"]);
    assert_eq!(run.ids(), ["cut.jsonl.gz:1", "cut.jsonl.gz:2"]);
}

/// A byte more than a line or a document may have.
const TOO_LONG: usize = tidings::stages::acquire::LONGEST + 1;

#[test]
fn a_document_or_line_without_end() {
    let folder = Folder::with(&[("long.txt", &vec![b'a'; TOO_LONG])]);
    folder.add("last.txt", NEWS.as_bytes());
    let run = folder.run(&["extract", "long.txt", "last.txt"]);
    run.expect(1, &["long.txt: a document of more than", "cut it"]);
    assert_eq!(run.ids(), ["last.txt"]);
    let mut lines = b"{\"text\":\"".to_vec();
    lines.resize(TOO_LONG, b'a');
    lines.extend(format!("\"}}\n{{\"text\":{NEWS:?}}}\n").bytes());
    folder.add("long.jsonl", &lines);
    let run = folder.run(&["extract", "long.jsonl", "last.txt"]);
    run.expect(1, &["long.jsonl:1: a line of more than", "cut it"]);
    assert_eq!(run.ids(), ["long.jsonl:2", "last.txt"]);
}

#[test]
fn a_long_article_is_read_to_where_news_end() {
    let folder = Folder::with(&[("book.txt", NEWS.replace('\n', " ").repeat(3_000).as_bytes())]);
    let run = folder.run(&["interpret", "book.txt"]);
    run.expect(0, &[]);
    assert!(run.notes("book.txt").contains("only its first"), "{}", run.notes("book.txt"));
}

#[test]
fn nothing_to_read_is_a_note() {
    let files: [(&str, &[u8]); 5] = [
        ("empty.txt", b""),
        ("empty.html", b""),
        ("markup.html", b"<!doctype html><title></title><div></div>"),
        ("signs.txt", b"17 % \xe2\x80\x94 !!!"),
        ("pictures.txt", "\u{1f600} \u{1f4f7}".as_bytes()),
    ];
    let folder = Folder::with(&files);
    for command in ["extract", "interpret"] {
        let run = folder.run(&[command, "."]);
        run.expect(0, &[]);
        assert_eq!(run.records().len(), files.len());
        for (name, _) in files {
            assert!(
                run.notes(&format!("./{name}")).contains("language"),
                "{name}: {}",
                run.notes(&format!("./{name}"))
            );
        }
    }
    folder.run(&["digest", "."]).expect(0, &[]);
    folder.run(&["lineage", "."]).expect(0, &[]);
    assert_eq!(folder.run(&["extract", "/dev/null"]).expect(0, &[]).records().len(), 1);
    let nothing = Run::reading(folder.command().args(["digest", "--format", "jsonl", "-"]), b"");
    nothing.expect(0, &[]);
}

#[test]
fn a_language_that_nobody_knows_is_a_note() {
    let folder = Folder::with(&[(
        "mn.txt",
        "\u{182e}\u{1823}\u{1829}\u{182d}\u{1823}\u{182f} \u{1824}\u{182f}\u{1824}\u{1830}".as_bytes(),
    )]);
    let run = folder.run(&["interpret", "mn.txt"]);
    run.expect(0, &[]);
    assert!(run.notes("mn.txt").contains("language"), "{}", run.notes("mn.txt"));
    let run = folder.run(&["interpret", "--lang", "qqq", "mn.txt"]);
    run.expect(0, &[]);
    assert_eq!(run.records()[0]["language"], "qqq");
    assert!(run.notes("mn.txt").contains("language"), "{}", run.notes("mn.txt"));
}

#[test]
fn a_language_of_the_base_tier_is_read() {
    let text = "Rais wa Kenya William Ruto alikutana na Rais wa Tanzania Samia Suluhu Hassan jijini Nairobi tarehe 10 \
                Septemba 2023. Viongozi hao wawili walijadili biashara na usalama wa mpaka.\n";
    let folder = Folder::with(&[("sw.txt", text.as_bytes())]);
    let run = folder.run(&["interpret", "sw.txt"]);
    run.expect(0, &[]);
    let report = &run.records()[0];
    assert_eq!(report["language"], "sw");
    assert_eq!(report["times"][0]["value"], "2023-09-10");
    assert_eq!(report["claims"].as_array().unwrap().len(), 1);
}

#[test]
fn damaged_bytes_are_a_note() {
    let mut text = "Tổng thống Mỹ đã hội đàm với Tổng Bí thư tại Hà Nội ngày 10/9/2023.\n".repeat(4).into_bytes();
    text[2] = 0xff;
    let folder = Folder::with(&[("damaged.txt", &text)]);
    let run = folder.run(&["extract", "damaged.txt"]);
    run.expect(0, &[]);
    assert!(run.notes("damaged.txt").contains("damaged"), "{}", run.notes("damaged.txt"));
}

#[test]
fn utf_16_is_known_by_its_mark() {
    let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(NEWS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(NEWS.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let folder = Folder::with(&[("big.txt", &big), ("little.txt", &little)]);
    let run = folder.run(&["extract", "."]);
    run.expect(0, &[]);
    for record in run.records() {
        assert_eq!(record["text"], NEWS.trim());
    }
}

#[test]
fn a_folder_without_documents() {
    let folder = Folder::with(&[("empty/README.md", b"about"), ("empty/deeper/.hidden.txt", b"x")]);
    each_command_tells(&folder, "empty", &["no documents in this folder", ".txt", ".jsonl"]);
}

#[test]
fn a_date_that_is_none_is_usage() {
    let folder = Folder::with(&[("a.txt", NEWS.as_bytes())]);
    folder.run(&["extract", "--published", "yesterday", "a.txt"]).expect(2, &["--published", "2024-11-15"]);
    let run = folder.run(&["extract", "--published", "2023-09-11", "a.txt"]);
    assert_eq!(run.expect(0, &[]).records()[0]["published"], "2023-09-11");
}

#[test]
fn mistakes_in_a_call_are_usage() {
    let folder = Folder::with(&[("a.txt", NEWS.as_bytes()), ("data/README.md", b"nothing")]);
    for (call, told) in [
        (&["digest", "--nonsense", "a.txt"][..], "--nonsense"),
        (&["digest", "--format", "xml", "a.txt"], "jsonl"),
        (&["nonsense"], "nonsense"),
        (&[], "Usage"),
        (&["digest", "--in", "xx", "a.txt"], "en, es"),
        (&["digest", "--country", "ZZZ", "a.txt"], "ISO 3166-1"),
        (&["digest", "--type", "PARTY", "a.txt"], "CONSULT"),
        (&["digest", "--since", "yesterday", "a.txt"], "--since"),
        (&["digest", "--data", "nowhere", "a.txt"], "nowhere"),
        (&["digest", "--data", "a.txt", "a.txt"], "a.txt"),
        (&["digest", "--data", "data", "a.txt"], "languages"),
        (&["schema", "poem"], "article"),
        (&["check", "xx"], "en, es"),
    ] {
        let run = folder.run(call);
        run.expect(2, &[told]);
        assert!(run.out.is_empty(), "{}", run.out);
    }
    folder.run(&["digest", "--country", "euu", "--country", "VNM", "a.txt"]).expect(0, &[]);
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::OsStr,
        fs::{self, Permissions},
        os::unix::{ffi::OsStrExt, fs::PermissionsExt, fs::symlink},
    };

    use super::*;

    #[test]
    fn links_that_lead_nowhere_or_round() {
        let folder = Folder::with(&[("round/a.txt", NEWS.as_bytes())]);
        symlink("../round", folder.path().join("round/again")).unwrap();
        symlink("self.txt", folder.path().join("self.txt")).unwrap();
        symlink("nowhere", folder.path().join("gone.txt")).unwrap();
        let run = folder.run(&["extract", "round"]);
        run.expect(0, &[]);
        assert_eq!(run.ids(), ["round/a.txt"]);
        each_command_tells(&folder, "self.txt", &["symbolic links"]);
        each_command_tells(&folder, "gone.txt", &["check the path"]);
    }

    #[test]
    fn a_name_that_is_no_utf_8() {
        let folder = Folder::with(&[]);
        let name = OsStr::from_bytes(b"caf\xe9.txt");
        fs::write(folder.path().join(name), NEWS).unwrap();
        let run = Run::of(folder.command().arg("extract").arg(name));
        assert_eq!(run.expect(0, &[]).ids(), ["caf\u{fffd}.txt"]);
        let run = folder.run(&["extract", "."]);
        assert_eq!(run.expect(0, &[]).ids(), ["./caf\u{fffd}.txt"]);
        let missing = Run::of(folder.command().arg("extract").arg(OsStr::from_bytes(b"th\xe9.txt")));
        missing.expect(1, &["th\u{fffd}.txt", "check the path"]);
    }

    #[test]
    fn a_file_that_may_not_be_read() {
        let folder = Folder::with(&[("mine.txt", NEWS.as_bytes())]);
        let path = folder.path().join("mine.txt");
        fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
        // Whoever may read everything sees no error.
        if fs::read(&path).is_err() {
            each_command_tells(&folder, "mine.txt", &["check who may read it"]);
        }
    }
}
