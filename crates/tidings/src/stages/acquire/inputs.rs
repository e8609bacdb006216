//! All inputs as one stream of documents.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use super::files::{Files, Found, Kind};
use super::{line, unpack};
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
/// Files are `.txt`, `.html`, `.htm` and `.jsonl`, plain or packed with gzip or zstd; what a folder holds besides
/// is passed over in silence. A file of another name that the user gives is read as its first character says. One
/// document at a time is in memory.
///
/// ```
/// use tidings::stages::acquire::{Given, acquire};
/// let mut inputs = acquire(["no-such-file.txt".into()], Given::default());
/// assert!(inputs.next().unwrap().unwrap_err().is_io());
/// assert!(inputs.next().is_none());
/// ```
pub fn acquire(paths: impl IntoIterator<Item = PathBuf>, given: Given) -> Inputs {
    Inputs { files: Files::new(paths), given, lines: None, seen: HashSet::new() }
}

/// The stream that [`acquire`] gives. An error stands for one file or line; the stream goes on after it.
pub struct Inputs {
    files: Files,
    given: Given,
    lines: Option<Lines>,
    /// Hashes of the ids that were given out; two ids of one hash would only get a needless note.
    seen: HashSet<u64>,
}

/// An open file of JSON lines.
struct Lines {
    source: Box<dyn BufRead>,
    name: String,
    number: usize,
    in_folder: bool,
}

impl Iterator for Inputs {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(item) => return Some(item.map(|input| self.note_repeated(input))),
                    None => self.lines = None,
                }
            }
            let found = match self.files.next()? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            let name = found.path.to_string_lossy().into_owned();
            match self.open(&found, &name) {
                Ok(Some(page)) => return Some(Ok(self.note_repeated(Input::Page(page)))),
                Ok(None) => {}
                Err(error) => return Some(Err(error.context(name))),
            }
        }
    }
}

impl Inputs {
    /// How many files are known and not opened yet; `None` while a file of JSON lines is being read, since nobody
    /// knows how many it holds. A file that waits may hold many documents, or none.
    pub fn waiting(&self) -> Option<usize> {
        self.lines.is_none().then(|| self.files.waiting())
    }

    /// The document of a file, or `None` where it has many, which `self.lines` then reads.
    fn open(&mut self, found: &Found, name: &str) -> Result<Option<Page>, Error> {
        let source: Box<dyn Read> = match name {
            "-" if !found.in_folder => Box::new(io::stdin()),
            _ => Box::new(File::open(&found.path)?),
        };
        let mut source = unpack::unpacked(source)?;
        let kind = match Kind::of_name(&found.path) {
            Some(kind) => kind,
            None => Kind::of_content(source.fill_buf()?),
        };
        if kind == Kind::Lines {
            self.lines = Some(Lines { source, name: name.to_owned(), number: 0, in_folder: found.in_folder });
            return Ok(None);
        }
        let mut bytes = Vec::new();
        source.take(line::LONGEST as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > line::LONGEST {
            let error = Error::parse(format!("a document of more than {} MiB", line::LONGEST >> 20));
            return Err(error.advice("cut it into its articles, one a file or one a JSON line"));
        }
        if is_binary(&bytes) {
            let error = Error::parse("not text");
            return Err(error.advice("what is read is plain text, HTML and JSON lines, so convert it first"));
        }
        Ok(Some(Page {
            id: name.to_owned(),
            url: self.given.url.clone(),
            bytes,
            html: kind == Kind::Html,
            published: self.given.published.clone(),
            language: self.given.language.clone(),
            ..Page::default()
        }))
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

impl Iterator for Lines {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.number += 1;
            let name = format!("{}:{}", self.name, self.number);
            let line = match line::next(&mut self.source) {
                Ok(line) => line?,
                Err(error) => {
                    if error.is_io() {
                        // A stream that broke off gives the same error for ever.
                        self.source = Box::new(io::empty());
                    }
                    return Some(Err(error.context(name)));
                }
            };
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match line::parse(line, &name) {
                Ok(Some(input)) => return Some(Ok(input)),
                Ok(None) if self.in_folder => {}
                Ok(None) => return Some(Err(no_document().context(name))),
                Err(error) => return Some(Err(error.context(name))),
            }
        }
    }
}

fn no_document() -> Error {
    let keys = "a document has a key \"text\", \"html\", \"html_base64\" or \"title\"";
    Error::parse("no document in this line").advice(keys)
}

/// Whether bytes are no text in any charset: more control characters than a damaged page has. UTF-16 and UTF-32
/// text is full of zeros, and known by its mark.
fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let control = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1b)).count();
    control * 64 > head.len() || bytes.starts_with(b"%PDF-")
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
        assert_eq!(folder.read(&["b/gold.jsonl"]), [format!("!b/gold.jsonl:1: {}", no_document())]);
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
