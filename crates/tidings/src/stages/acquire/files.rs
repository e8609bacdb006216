//! Which files hold documents, and in what order they are read.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Error;

/// What is said of a folder in which nothing can be read.
pub(super) const READ: &str = "what is read in folders ends in .txt, .html, .htm or .jsonl, also before .gz or .zst";

/// What a file's name, or else its first bytes, say that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One document of plain text.
    Text,
    /// One document of HTML.
    Html,
    /// A document a line.
    Lines,
}

impl Kind {
    /// By the name, a packer's ending aside.
    pub(super) fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "txt" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "jsonl" => Some(Self::Lines),
            _ => None,
        }
    }

    /// By how the content begins: `{` JSON lines, `<` HTML, anything else text.
    pub(super) fn of_content(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::Lines,
            Some(b'<') => Self::Html,
            _ => Self::Text,
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell_the_kind() {
        let kind = |name: &str| Kind::of_name(Path::new(name));
        assert_eq!(kind("a/b.TXT"), Some(Kind::Text));
        assert_eq!(kind("b.htm.gz"), Some(Kind::Html));
        assert_eq!(kind("b.jsonl.zst"), Some(Kind::Lines));
        assert_eq!(kind("README.md"), None);
        assert_eq!(kind("txt"), None);
        assert_eq!(Kind::of_content(b"\xef\xbb\xbf\n {\"id\":1}"), Kind::Lines);
        assert_eq!(Kind::of_content(b"<!doctype html>"), Kind::Html);
        assert_eq!(Kind::of_content(b""), Kind::Text);
    }
}
