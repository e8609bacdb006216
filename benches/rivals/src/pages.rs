//! The pages that are measured on.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use tidings::language::charset;
use tidings::model::Page;
use tidings::stages::acquire::{Given, Input, acquire};

/// One page, as every tool is given it.
pub struct Sample {
    pub id: String,
    pub url: Option<url::Url>,
    /// Its text as UTF-8: decoded in the same way for all, before the clock starts.
    pub html: String,
    /// The same for ours.
    pub page: Page,
}

/// The pages of a gold file; of each only its id, its address and what was fetched.
pub fn read(gold: &Path) -> std::io::Result<Vec<Sample>> {
    let mut lines = String::new();
    for line in BufReader::new(MultiGzDecoder::new(File::open(gold)?)).lines() {
        let gold: Value = serde_json::from_str(&line?)?;
        let id = gold["id"].as_str().map_or_else(|| gold["id"].to_string(), str::to_owned);
        let mut given = serde_json::json!({ "id": id });
        for key in ["html", "html_base64", "url"] {
            if !gold[key].is_null() {
                given[key] = gold[key].clone();
            }
        }
        lines.push_str(&given.to_string());
        lines.push('\n');
    }
    // Through a file, so that what the pages are is decided where the program decides it.
    let file = std::env::temp_dir().join(format!("tidings-rivals-{}.jsonl", std::process::id()));
    std::fs::write(&file, lines)?;
    let sample = acquire([file.clone()], Given::default()).filter_map(Result::ok).filter_map(|input| match input {
        Input::Page(page) => Some(sample(page)),
        _ => None,
    });
    let sample = sample.collect();
    std::fs::remove_file(file)?;
    Ok(sample)
}

fn sample(mut page: Page) -> Sample {
    if !page.decoded {
        page.bytes = charset::decode(&page.bytes, page.charset.as_deref(), None).text.into_owned().into_bytes();
        page.decoded = true;
    }
    let html = String::from_utf8_lossy(&page.bytes).into_owned();
    let url = page.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    Sample { id: page.id.clone(), url, html, page }
}
