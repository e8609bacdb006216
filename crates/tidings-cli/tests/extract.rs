//! `tidings extract`: its formats, and thousands of pages in a row.

mod common;

use std::fmt::Write;
use std::process::Stdio;

use common::{Folder, Run, tidings};

const PAGE: &str = "<html lang=en><head><title>Talks in Cairo</title><meta name=author content='Ann Lee'>\
    <meta property='article:published_time' content='2024-11-15'></head><body><nav><a href=/>Home</a></nav><article>\
    <p>The two ministers met in Cairo on Thursday, officials said, and spoke of [water] for an hour.</p>\
    <figure><figcaption>The two ministers. Photo: Agency</figcaption></figure>\
    <p>Engineers will travel to the villages in January, the commission said, and measure *everything*.</p>\
    </article></body></html>";

#[test]
fn people_get_title_origin_and_paragraphs() {
    let folder = Folder::with(&[("a.html", PAGE.as_bytes()), ("b.txt", b"  ")]);
    let run = folder.run(&["extract", "--format", "text", "--url", "https://example.com/a", "a.html"]);
    let expected = "Talks in Cairo\n\nAnn Lee \u{b7} example.com \u{b7} 2024-11-15 \u{b7} en\nhttps://example.com/a\n\n\
        The two ministers met in Cairo on Thursday, officials said, and spoke of [water] for an hour.\n\n\
        Engineers will travel to the villages in January, the commission said, and measure *everything*.\n";
    assert_eq!(run.out, expected);
    assert!(run.told.is_empty(), "{}", run.told);

    let run = folder.run(&["extract", "--format", "markdown", "--asides", "a.html", "b.txt"]);
    assert!(run.out.starts_with("# Talks in Cairo\n\n*Ann Lee \u{b7} 2024-11-15 \u{b7} en*\n\nThe two"), "{}", run.out);
    assert!(run.out.contains("spoke of \\[water\\] for") && run.out.contains("> **caption**: The two ministers"));
    assert!(run.out.ends_with("\n---\n\n\n"), "{:?}", run.out);
    // What a record notes, a person reads on standard error.
    assert!(run.told.contains("b.txt: no words"), "{}", run.told);
}

#[test]
fn records_are_the_same_with_and_without_the_option() {
    let folder = Folder::with(&[("a.html", PAGE.as_bytes())]);
    assert_eq!(folder.run(&["extract", "--format", "jsonl", "."]).out, folder.run(&["extract", "."]).out);
    folder.run(&["extract", "--format", "xml", "."]).expect(2, &["--format"]);
}

/// The most memory that the program held, in KiB, as often as it can be asked, and how many lines it printed.
#[cfg(target_os = "linux")]
fn memory(input: &str) -> (u64, usize) {
    use std::io::{BufRead, BufReader, Write};
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
    use std::time::Duration;
    let mut child = tidings()
        .args(["extract", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let status = format!("/proc/{}/status", child.id());
    let asked = || {
        let status = std::fs::read_to_string(&status).ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        peak.trim().trim_end_matches(" kB").parse::<u64>().ok()
    };
    let (peak, is_over) = (AtomicU64::new(0), AtomicBool::new(false));
    let mut printed = 0;
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()).unwrap());
        scope.spawn(|| {
            while !is_over.load(Relaxed) {
                peak.fetch_max(asked().unwrap_or(0), Relaxed);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        printed = lines.inspect(|line| assert!(line.as_ref().unwrap().starts_with('{'))).count();
        is_over.store(true, Relaxed);
    });
    let peak = peak.into_inner();
    assert!(child.wait().unwrap().success() && peak > 0);
    (peak, printed)
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_pages() {
    // Pages that are large and say little: what they weigh is what would be held.
    let pages = |count: usize| {
        let mut input = String::new();
        for n in 0..count {
            let html = format!("<!--{}--><p>One.</p>", "x".repeat(32 << 10));
            writeln!(input, "{}", serde_json::json!({ "id": n.to_string(), "html": html })).unwrap();
        }
        input
    };
    let (few, printed) = memory(&pages(256));
    assert_eq!(printed, 256);
    let (many, printed) = memory(&pages(256 * 5));
    assert_eq!(printed, 256 * 5);
    assert!(many < few + (12 << 10), "{few} KiB for 256 pages of 32 KiB, {many} KiB for five times as many");
}

#[test]
fn order_is_the_order_of_the_input() {
    let mut input = String::new();
    for n in 0..300 {
        // The first are the longest, so that later ones are done before them.
        let text = "The two ministers met in Cairo. ".repeat(if n < 2 { 60 } else { 0 });
        writeln!(input, "{}", serde_json::json!({ "id": n.to_string(), "text": text })).unwrap();
    }
    let run = Run::reading(tidings().args(["extract", "-"]), input.as_bytes());
    let expected: Vec<String> = (0..300).map(|n| n.to_string()).collect();
    assert_eq!(run.ids(), expected);
}
