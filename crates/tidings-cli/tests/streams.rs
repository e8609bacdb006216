//! Standard input, output and error: what is read from a pipe, and readers that go away or cannot take more.

mod common;

use std::{
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use common::{Folder, NEWS, Run, archives::gzip, samples, tidings};

#[test]
fn standard_input_is_known_by_its_first_character() {
    let line = format!("{{\"id\":\"line\",\"text\":{NEWS:?}}}\n");
    let page = format!("<html><body><article><p>{NEWS}</p></article></body></html>");
    for (input, id) in
        [(line.as_bytes(), "line"), (page.as_bytes(), "-"), (NEWS.as_bytes(), "-"), (&gzip(line.as_bytes()), "line")]
    {
        let run = Run::reading(tidings().args(["extract", "-"]), input);
        run.expect(0, &[]);
        assert_eq!(run.records()[0]["text"], NEWS.trim());
        assert_eq!(run.ids(), [id]);
    }
}

#[test]
fn each_command_takes_what_the_one_before_it_printed() {
    let folder = Folder::with(&[("a.txt", NEWS.as_bytes()), ("b.txt", NEWS.as_bytes())]);
    let articles = folder.run(&["extract", "."]).out;
    let reports = Run::reading(tidings().args(["interpret", "-"]), articles.as_bytes()).out;
    assert_eq!(reports, folder.run(&["interpret", "."]).out);
    let events = |input: &str| Run::reading(tidings().args(["digest", "--format", "jsonl"]), input.as_bytes()).out;
    assert_eq!(events(&reports), folder.run(&["digest", "--format", "jsonl", "."]).out);
    assert_eq!(events(&articles), events(&reports));
    let copies = |input: &str| Run::reading(tidings().arg("lineage"), input.as_bytes()).out;
    assert_eq!(copies(&articles), copies(&reports));
    assert_eq!(Run::reading(tidings().args(["extract", "-"]), reports.as_bytes()).out, articles);
}

#[test]
fn a_reader_that_has_enough_ends_the_run_quietly() {
    for arguments in [&["extract"][..], &["interpret"], &["lineage"], &["digest"], &["digest", "--format", "jsonl"]] {
        let mut child = tidings()
            .args(arguments)
            .arg(samples())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        let status = child.wait().unwrap();
        assert!(status.success() && told.is_empty(), "{arguments:?}: {status}, {told}");
    }
}

#[test]
fn nobody_at_standard_error_is_no_reason_to_stop() {
    let folder = Folder::with(&[("a.txt", NEWS.as_bytes())]);
    let mut child = folder
        .command()
        .args(["extract", "gone.txt", "a.txt", "gone.html"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stderr.take());
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(out.lines().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_a_failure() {
    for arguments in [&["extract"][..], &["digest"], &["schema"], &["languages"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let folder = Folder::with(&[("a.txt", NEWS.as_bytes())]);
        let mut command = folder.command();
        command.args(arguments).stdout(full).stderr(Stdio::piped());
        if arguments.len() == 1 && !["schema", "languages"].contains(&arguments[0]) {
            command.arg("a.txt");
        }
        let run = Run::from(command.spawn().unwrap().wait_with_output().unwrap());
        run.expect(1, &["No space left"]);
    }
}

#[test]
fn no_bar_where_nobody_watches() {
    let run = Run::of(tidings().args(["digest", "--format", "jsonl"]).arg(samples()));
    run.expect(0, &[]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_bar_for_those_who_wait() {
    // `script` of util-linux gives a terminal; where it is not installed there is none to be had.
    let folder = Folder::with(&[("slow.txt", NEWS.repeat(3000).as_bytes())]);
    let wait = "sleep 1.5; cat slow.txt";
    let command = format!("({wait}) | {} extract - > out.jsonl", env!("CARGO_BIN_EXE_tidings"));
    let Ok(output) = std::process::Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
    else {
        return;
    };
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("documents"), "{shown:?}");
    let out = std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert!(out.starts_with("{\"id\":\"-\"") && out.lines().count() == 1);
}
