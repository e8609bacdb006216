//! Our tree of a page against html5ever's: the same text in the same blocks.

#[path = "common/oracle.rs"]
mod oracle;

use std::path::{Path, PathBuf};

use tidings::html::Tree;
use tidings::language::charset;
use tidings::stages::acquire::{Given, Input, acquire};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where the two differ first, if they do.
fn difference(html: &str) -> Option<String> {
    let (ours, theirs) = (oracle::ours(&Tree::parse(html)), oracle::theirs(html));
    let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
    (ours != theirs).then(|| format!("block {at}: ours {:?}, theirs {:?}", ours.get(at), theirs.get(at)))
}

#[test]
fn what_is_wrong_is_read_as_html_says() {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/html")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "html"));
    files.sort();
    assert!(files.len() >= 50, "{} pages", files.len());
    let faults: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let html = std::fs::read_to_string(file).unwrap();
            // A page may be cut anywhere, as where a connection ended.
            let cuts = html.char_indices().map(|(at, _)| &html[..at]).chain([html.as_str()]);
            let (cut, difference) = cuts.filter_map(|html| Some((html, difference(html)?))).next_back()?;
            Some(format!("{}: {cut:?}: {difference}", file.file_name().unwrap().to_string_lossy()))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The pages that real sites had, where they stand beside the repository.
#[test]
fn real_pages_read_alike() {
    let (mut count, mut faults) = (0, Vec::new());
    for name in ["articles", "segments", "dates"] {
        let file = root().join(format!("../shared/bench/reading/{name}.jsonl.gz"));
        if !file.exists() {
            println!("skipped: no {name} beside the repository");
            continue;
        }
        let pages = acquire([file], Given::default()).filter_map(|input| match input {
            Ok(Input::Page(page)) => Some(page),
            _ => None,
        });
        // Every fourth of them; the example `html_oracle` reads all.
        for page in pages.step_by(4) {
            count += 1;
            let html = charset::decode(&page.bytes, page.charset.as_deref(), None).text;
            faults.extend(difference(&html).map(|difference| format!("{}: {difference}", page.id)));
        }
    }
    println!("{count} pages");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
