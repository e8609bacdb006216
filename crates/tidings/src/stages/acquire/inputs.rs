//! All inputs as one stream of documents.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::iter;
use std::path::PathBuf;
use std::rc::Rc;

use super::files::{Files, Found};
use super::kept::Kept;
use super::kind::Kind;
use super::source::{self, About, Bytes, Many, Opened};
use crate::Error;
use crate::model::{Article, Page};

/// One thing to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A document as it came.
    Page(Page),
    /// An article that `tidings extract` printed.
    Article(Article),
    /// A report that `tidings interpret` printed.
    Report(ReportLine),
}

/// A line that says of itself that it is a report; whoever needs the report reads it.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// The line as it stood.
    pub text: String,
    /// Its file and number, as `FILE:LINE`.
    pub place: String,
}

/// What the user says of plain files, where a JSON line would say it itself.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// When they were published (ISO 8601).
    pub published: Option<String>,
    /// The language they are written in (BCP 47).
    pub language: Option<String>,
    /// Their address.
    pub url: Option<String>,
}

/// The documents in files, folders (all that is in them, by name) and, for `-`, standard input.
///
/// Files are text, HTML, JSON lines, feeds, WARC, ZIP, TAR, MHTML and mails, plain or packed with gzip or zstd; what a
/// folder or an archive holds besides is passed over in silence. A file of another name that the user gives is read as
/// its first bytes say. One document at a time is in memory, with its feed or its archive's member.
///
/// ```
/// use tidings::stages::acquire::{Given, acquire};
/// let mut inputs = acquire(["no-such-file.txt".into()], Given::default());
/// assert!(inputs.next().unwrap().unwrap_err().is_io());
/// assert!(inputs.next().is_none());
/// ```
pub fn acquire(paths: impl IntoIterator<Item = PathBuf>, given: Given) -> Inputs {
    Inputs { files: Files::new(paths), given, many: None, seen: HashSet::new(), kept: Rc::default() }
}

/// The documents in bytes that are held in memory and come from a file of that name, as [`acquire`] gives those of
/// the file itself.
///
/// ```
/// use tidings::stages::acquire::{Given, Input, acquire_bytes};
/// let rss = b"<rss><channel><item><title>Talks</title><link>https://example.com/a</link></item></channel></rss>";
/// let mut inputs = acquire_bytes("news.xml", rss.to_vec(), Given::default());
/// let Some(Ok(Input::Page(page))) = inputs.next() else { panic!() };
/// assert_eq!(page.url.as_deref(), Some("https://example.com/a"));
/// ```
pub fn acquire_bytes(name: &str, bytes: Vec<u8>, given: Given) -> Inputs {
    let about = About { name: name.to_owned(), in_folder: false, given: given.clone(), archives: 0, budget: None };
    let many: Many = match source::open(Bytes::Held(bytes), about) {
        Ok(Opened::Page(page)) => Box::new(iter::once(Ok(Input::Page(*page)))),
        Ok(Opened::Many(many)) => many,
        Ok(Opened::Nothing) => Box::new(iter::empty()),
        Err(error) => Box::new(iter::once(Err(error.context(name)))),
    };
    Inputs { files: Files::new([]), given, many: Some(many), seen: HashSet::new(), kept: Rc::default() }
}

/// The stream that [`acquire`] gives. An error stands for one file or line; the stream goes on after it.
pub struct Inputs {
    files: Files,
    given: Given,
    /// The documents of a file that has several.
    many: Option<Many>,
    /// Hashes of the ids that were given out; two ids of one hash would only get a needless note.
    seen: HashSet<u64>,
    /// What the folder of the archive that was opened last knows of it.
    kept: Rc<Kept>,
}

impl Iterator for Inputs {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(many) = &mut self.many {
                match many.next() {
                    Some(item) => return Some(item.map(|input| self.note_repeated(input))),
                    None => self.many = None,
                }
            }
            let found = match self.files.next()? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            let name = found.path.to_string_lossy().into_owned();
            match self.open(&found, &name) {
                Ok(Opened::Page(page)) => return Some(Ok(self.note_repeated(Input::Page(*page)))),
                Ok(Opened::Many(many)) => self.many = Some(many),
                Ok(Opened::Nothing) => {}
                Err(error) => return Some(Err(error.context(name))),
            }
        }
    }
}

impl Inputs {
    /// How many files are known and not opened yet; `None` while one of many documents is being read, since nobody
    /// knows how many it holds. A file that waits may hold many documents, or none.
    pub fn waiting(&self) -> Option<usize> {
        self.many.is_none().then(|| self.files.waiting())
    }

    fn open(&mut self, found: &Found, name: &str) -> Result<Opened, Error> {
        let bytes = match name {
            "-" if !found.in_folder => Bytes::Stream(Box::new(io::stdin())),
            _ => Bytes::File(File::open(&found.path)?),
        };
        let about = About {
            name: name.to_owned(),
            in_folder: found.in_folder,
            given: self.given.clone(),
            archives: 0,
            budget: None,
        };
        let opened = source::open(bytes, about)?;
        let Opened::Many(many) = opened else { return Ok(opened) };
        if Kind::of_name(&found.path) != Some(Kind::Warc) {
            return Ok(Opened::Many(many));
        }
        if !self.kept.is_of(&found.path) {
            self.kept = Rc::new(Kept::beside(&found.path));
        }
        let kept = Rc::clone(&self.kept);
        Ok(Opened::Many(Box::new(many.filter(move |item| item.as_ref().map_or(true, |input| !kept.is_old(input))))))
    }

    fn note_repeated(&mut self, mut input: Input) -> Input {
        let (id, part, notes) = match &mut input {
            Input::Page(page) => (&page.id, 0, &mut page.notes),
            Input::Article(article) => (&article.id, article.part, &mut article.notes),
            Input::Report(_) => return input,
        };
        let mut hash = DefaultHasher::new();
        (id, part).hash(&mut hash);
        if !self.seen.insert(hash.finish()) {
            notes.push("an earlier document of the input has the same id".to_owned());
        }
        input
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder of its own under the system's temporary one, removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
            let folder = std::env::temp_dir().join(format!("tidings-{name}-{:?}", std::time::Instant::now()));
            for (file, bytes) in files {
                let path = folder.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            Self(folder)
        }

        /// Ids without the folder, errors as `!` and their text.
        fn read(&self, paths: &[&str]) -> Vec<String> {
            let here = format!("{}/", self.0.display());
            acquire(paths.iter().map(|path| self.0.join(path)), Given::default())
                .map(|item| match item {
                    Ok(Input::Page(page)) => page.id,
                    Ok(Input::Article(article)) => article.id,
                    Ok(Input::Report(line)) => line.text,
                    Err(error) => format!("!{error}"),
                })
                .map(|text| text.replace(&here, ""))
                .collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn folders_are_read_by_name_and_what_is_no_document_is_passed_over() {
        let folder = Folder::new(
            "folders",
            &[
                ("b/2.txt", b"two"),
                ("b/1.html", b"<p>one"),
                ("b/README.md", b"about"),
                ("b/.hidden.txt", b"x"),
                ("b/gold.jsonl", br#"{"file":"2.txt"}"#),
                ("a.jsonl", b"{\"text\":\"x\"}\n\n{\"id\":9,\"text\":\"y\"}\n{\n{\"title\":\"t\"}"),
            ],
        );
        let a = [
            "a.jsonl:1",
            "9",
            "!a.jsonl:4: EOF while parsing an object at column 1; a line is one JSON object",
            "a.jsonl:5",
        ];
        assert_eq!(folder.read(&[""]), [&a[..], &["b/1.html", "b/2.txt"][..]].concat());
        assert_eq!(
            folder.read(&["b/gold.jsonl"]),
            [format!("!b/gold.jsonl:1: {}", crate::stages::acquire::lines::no_document())]
        );
    }

    #[test]
    fn binary_files_are_named_and_damaged_text_is_read() {
        let folder =
            Folder::new("binary", &[("a.txt", b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0d"), ("b.txt", b"gone \xff\xfe on")]);
        let read = folder.read(&["a.txt", "b.txt"]);
        assert!(read[0].starts_with("!a.txt: not text; ") && read[1] == "b.txt", "{read:?}");
    }

    #[test]
    fn a_repeated_id_is_kept_and_noted() {
        let folder =
            Folder::new("repeated", &[("a.jsonl", b"{\"id\":1,\"text\":\"x\"}\n{\"id\":\"1\",\"text\":\"y\"}")]);
        let notes: Vec<usize> = acquire([folder.0.join("a.jsonl")], Given::default())
            .map(|item| match item {
                Ok(Input::Page(page)) => page.notes.len(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(notes, [0, 1]);
    }
}
