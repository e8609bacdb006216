//! Which files hold documents, and in what order they are read.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::kind::Kind;
use crate::Error;

/// What is said of a folder in which nothing can be read.
pub(super) const READ: &str = "what is read there ends in .txt, .html, .jsonl, .rss, .atom, .xml, .warc, .zip, .tar, .mhtml \
                               or .eml, also before .gz or .zst";

/// A file to read.
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Whether it was met in a folder, and not named by the user: what is no document is then passed over.
    pub(super) in_folder: bool,
}

/// The files under the given paths: what the user names in the user's order, what a folder holds by name.
pub(super) struct Files {
    waiting: VecDeque<Found>,
    /// The folder of the user's that is being read, as long as no file was met in it.
    bare: Option<PathBuf>,
}

impl Files {
    pub(super) fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self { waiting: paths.into_iter().map(|path| Found { path, in_folder: false }).collect(), bare: None }
    }

    /// How many files and folders are known and not given out yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Puts the content of a folder before all that waits.
    fn open(&mut self, folder: &Path) -> io::Result<()> {
        let mut names = fs::read_dir(folder)?.map(|e| e.map(|e| e.file_name())).collect::<io::Result<Vec<_>>>()?;
        names.retain(|name| !name.to_string_lossy().starts_with('.'));
        names.sort();
        for name in names.into_iter().rev() {
            let path = folder.join(name);
            // A link to a folder may lead back to where we are.
            let folder = fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir());
            if folder || Kind::of_name(&path).is_some() && !path.is_dir() {
                self.waiting.push_front(Found { path, in_folder: true });
            }
        }
        Ok(())
    }
}

impl Iterator for Files {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.waiting.front().is_none_or(|next| !next.in_folder)
                && let Some(folder) = self.bare.take()
            {
                let error = Error::parse("no documents in this folder").advice(READ);
                return Some(Err(error.context(folder.to_string_lossy())));
            }
            let found = self.waiting.pop_front()?;
            if found.path.as_os_str() == "-" && !found.in_folder || !found.path.is_dir() {
                self.bare = None;
                return Some(Ok(found));
            }
            match self.open(&found.path) {
                Ok(()) if !found.in_folder => self.bare = Some(found.path),
                Ok(()) => {}
                Err(error) => {
                    self.bare = None;
                    return Some(Err(Error::from(error).context(found.path.to_string_lossy())));
                }
            }
        }
    }
}
