//! What a folder of `tidings fetch` knows of the pages in its archives: of a page that changed, all versions are kept, and the
//! newest is read.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Input;
use crate::model::Page;

/// The journal, as the module `fetch` writes it.
const JOURNAL: &str = "fetch.jsonl";

/// When the pages that were kept more than once were kept last.
#[derive(Debug, Default)]
pub(super) struct Kept {
    folder: Option<PathBuf>,
    /// By hashes of addresses: nobody needs the addresses themselves.
    last: FxHashMap<u64, String>,
}

#[derive(Deserialize)]
struct Line {
    what: String,
    #[serde(default)]
    final_url: String,
    at: String,
}

impl Kept {
    /// What the folder of a file knows; nothing where it has no journal.
    pub(super) fn beside(file: &Path) -> Self {
        let folder = file.parent().map(Path::to_owned);
        let Ok(journal) = File::open(file.with_file_name(JOURNAL)) else { return Self { folder, ..Self::default() } };
        let (mut first, mut last) = (FxHashSet::default(), FxHashMap::default());
        for line in BufReader::new(journal).split(b'\n').map_while(Result::ok) {
            let Ok(line) = serde_json::from_slice::<Line>(&line) else { continue };
            if line.what == "page" && !first.insert(hash(&line.final_url)) {
                last.insert(hash(&line.final_url), seconds(&line.at).to_owned());
            }
        }
        Self { folder, last }
    }

    pub(super) fn is_of(&self, file: &Path) -> bool {
        self.folder.is_some() && file.parent() == self.folder.as_deref()
    }

    /// Whether this is what a later record replaces.
    pub(super) fn is_old(&self, input: &Input) -> bool {
        let Input::Page(Page { url: Some(url), fetched: Some(fetched), .. }) = input else { return false };
        self.last.get(&hash(url)).is_some_and(|last| seconds(fetched) < last.as_str())
    }
}

/// A moment in UTC as archives write it, without fractions of a second: later ones sort behind.
fn seconds(at: &str) -> &str {
    at.split(['.', 'Z']).next().unwrap_or(at)
}

fn hash(url: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    url.hash(&mut hasher);
    hasher.finish()
}
