//! Replays what the fuzz targets begin with and what they once failed on: `fuzz/corpus` and `fuzz/regressions`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;

/// No file may take longer, in a debug build and on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

#[test]
fn pages_hold() {
    replay("html", fuzz::html);
}

#[test]
fn charsets_hold() {
    replay("charset", fuzz::charset);
}

#[test]
fn feeds_hold() {
    replay("feed", fuzz::feed);
}

#[test]
fn archives_hold() {
    replay("warc", fuzz::warc);
}

fn replay(target: &str, check: fn(&[u8])) {
    let files = files(target);
    assert!(!files.is_empty(), "{target} has no corpus");
    // The tables that every page needs are read beforehand, so that no file is charged with them.
    check(&fs::read(&files[0]).unwrap());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let start = Instant::now();
        let held = std::panic::catch_unwind(|| check(&bytes));
        assert!(held.is_ok(), "{} fails", file.display());
        assert!(start.elapsed() < LONGEST, "{} takes {:?}", file.display(), start.elapsed());
    }
}

/// The files of a target, in the order of their names.
fn files(target: &str) -> Vec<PathBuf> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let folders = [fuzz.join("corpus").join(target), fuzz.join("regressions").join(target)];
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}
