//! The scorer beside the repository says how good a text is; nothing of it is done again here.

use std::io::{Error, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::pages::Sample;
use crate::tools::Read;

/// What a tool gave, a JSON line a page; a page that it gave nothing for has an empty text.
pub fn lines(sample: &[Sample], read: &[Option<Read>]) -> String {
    let mut lines = String::new();
    for (page, read) in sample.iter().zip(read) {
        let (title, text) = read.as_ref().map_or((None, ""), |read| (read.title.as_deref(), read.text.as_str()));
        lines.push_str(&serde_json::json!({ "id": page.id, "title": title, "text": text }).to_string());
        lines.push('\n');
    }
    lines
}

/// The scorer's line of figures.
pub fn score(set: &str, gold: &Path, bench: &Path, lines: &str) -> Result<String, Error> {
    let mut scorer = Command::new("python3")
        .arg(bench.join("score/reading.py"))
        .args([set.as_ref(), gold.as_os_str(), "-".as_ref()])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    scorer.stdin.take().expect("it is piped").write_all(lines.as_bytes())?;
    let output = scorer.wait_with_output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
