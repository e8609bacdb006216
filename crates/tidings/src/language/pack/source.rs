//! Where packs are read from: the embedded data, with a user's folder laid over it.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

/// Why a pack cannot be read: which file and line, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// The file, from the data folder.
    pub file: String,
    /// The line, from 1; 0 where none is to blame.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl PackError {
    /// An error in a file of a language's pack.
    pub fn new(code: &str, file: &str, line: usize, message: String) -> Self {
        Self { file: format!("languages/{code}/{file}"), line, message }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for PackError {}

/// The data files: embedded, and the user's over them.
#[derive(Clone, Debug, Default)]
pub struct PackSource {
    folder: Option<PathBuf>,
    overlay: BTreeMap<String, String>,
}

/// What CLDR gives for one language: `(kind, key)` to forms.
pub type Base = FxHashMap<(String, String), Vec<String>>;

impl PackSource {
    /// The embedded data alone.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// A folder of the shape of `data/` laid over the embedded data, file by file.
    ///
    /// # Errors
    /// What the operating system says where the folder cannot be read.
    pub fn with_folder(folder: PathBuf) -> std::io::Result<Self> {
        let mut overlay = BTreeMap::new();
        for part in ["languages", "world", "plover", "sites"] {
            read_folder(&folder.join(part), part, &mut overlay)?;
        }
        std::fs::read_dir(&folder)?;
        Ok(Self { folder: Some(folder), overlay })
    }

    /// Lays the `.toml` files of a folder over what is known of sites; the answer is each file's path and text.
    ///
    /// # Errors
    /// What the operating system says where the folder cannot be read.
    pub(crate) fn lay_sites(&mut self, folder: &std::path::Path) -> std::io::Result<Vec<(PathBuf, String)>> {
        let mut files = BTreeMap::new();
        std::fs::read_dir(folder)?;
        read_folder(folder, "sites", &mut files)?;
        files.retain(|path, _| path.ends_with(".toml"));
        let under = |path: &str| folder.join(path.trim_start_matches("sites/"));
        let laid = files.iter().map(|(path, text)| (under(path), text.clone())).collect();
        self.overlay.extend(files);
        Ok(laid)
    }

    /// The folder laid over the embedded data.
    pub fn folder(&self) -> Option<&PathBuf> {
        self.folder.as_ref()
    }

    /// One file's text; damaged bytes of a user's file are replaced.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.overlay.get(path).map(String::as_str).or_else(|| tidings_data::file(path))
    }

    /// One file's text, where the user's folder has it.
    pub fn laid_over(&self, path: &str) -> Option<&str> {
        self.overlay.get(path).map(String::as_str)
    }

    /// A hash of all files, in hexadecimal: the same as that of the embedded data where nothing differs from it.
    ///
    /// ```
    /// use tidings::language::PackSource;
    /// assert_eq!(PackSource::embedded().hash(), tidings_data::HASH);
    /// ```
    pub fn hash(&self) -> String {
        if self.overlay.iter().all(|(path, text)| tidings_data::file(path) == Some(text)) {
            return tidings_data::HASH.to_owned();
        }
        // FNV-1a over the paths and bytes, as the data crate's build script does it.
        let hash = self.paths().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, path| {
            let text = self.file(path).unwrap_or_default();
            path.bytes().chain(text.bytes()).fold(hash, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
        });
        format!("{hash:016x}")
    }

    /// The paths of all files, sorted, each once.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> =
            tidings_data::FILES.iter().map(|(p, _)| *p).chain(self.overlay.keys().map(String::as_str)).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// The languages with a pack of their own, sorted.
    pub fn full_languages(&self) -> Vec<String> {
        self.paths()
            .iter()
            .filter_map(|p| p.strip_prefix("languages/")?.strip_suffix("/language.toml"))
            .map(str::to_owned)
            .collect()
    }

    /// Whether a pack has a file.
    pub fn has(&self, code: &str, file: &str) -> bool {
        self.file(&format!("languages/{code}/{file}")).is_some()
    }

    /// A TOML file of a pack; its default where the pack has none.
    pub(super) fn toml<T: DeserializeOwned + Default>(&self, code: &str, file: &str) -> Result<(T, Lines), PackError> {
        let path = if code == UNDETERMINED { format!("world/{file}") } else { format!("languages/{code}/{file}") };
        let Some(text) = self.file(&path) else {
            return Ok((T::default(), Lines::default()));
        };
        let lines = Lines::new(text);
        match toml::from_str(text) {
            Ok(value) => Ok((value, lines)),
            Err(error) => {
                let line = error.span().map_or(0, |s| lines.of(s.start));
                Err(PackError::new(code, file, line, error.message().to_owned()))
            }
        }
    }

    /// The lines of a table of a pack, with their numbers; comments and empty lines left out.
    pub(super) fn table(&self, code: &str, file: &str) -> Vec<(usize, Vec<&str>)> {
        rows(self.file(&format!("languages/{code}/{file}")).unwrap_or_default()).collect()
    }

    /// What CLDR gives for a language.
    pub fn base(&self, code: &str) -> Base {
        let mut base = Base::default();
        for line in self.base_lines(code) {
            let columns: Vec<&str> = line.split('\t').collect();
            if let [_, kind, key, forms] = columns[..] {
                base.entry((kind.into(), key.into())).or_default().extend(forms.split('|').map(joiners));
            }
        }
        base
    }

    /// Whether CLDR gives anything for a language.
    pub fn has_base(&self, code: &str) -> bool {
        self.base_lines(code).next().is_some()
    }

    /// A language's lines of the table, which is sorted by language.
    fn base_lines<'s>(&'s self, code: &str) -> impl Iterator<Item = &'s str> {
        let text = self.file("world/base.tsv").unwrap_or_default();
        let first = format!("{code}\t");
        text[sorted_from(text, &first)..].lines().take_while(move |line| line.starts_with(&first))
    }

    /// Every language that CLDR gives, sorted.
    pub fn base_languages(&self) -> Vec<String> {
        let Some(text) = self.file("world/base.tsv") else {
            return Vec::new();
        };
        let mut codes: Vec<String> = rows(text).map(|(_, c)| c[0].to_owned()).collect();
        codes.dedup();
        codes
    }
}

/// BCP 47's code for no one language: what it names stands with the world's data.
pub(super) const UNDETERMINED: &str = "und";

/// Where the first line stands, in a sorted text of lines behind `#` lines, that does not sort before `first`.
fn sorted_from(text: &str, first: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = low.midpoint(high);
        let line = bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[line..].iter().position(|b| *b == b'\n').map_or(text.len(), |at| line + at + 1);
        if bytes[line] == b'#' || &bytes[line..end] < first.as_bytes() {
            low = end;
        } else {
            high = line;
        }
    }
    low
}

/// The table writes the two invisible joiners as escapes, so that a reader of it can see them.
pub fn joiners(form: &str) -> String {
    if form.contains('\\') {
        form.replace("\\u200c", "\u{200C}").replace("\\u200d", "\u{200D}")
    } else {
        form.to_owned()
    }
}

/// The rows of a tab-separated table with their line numbers; comments and empty lines left out.
pub fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty())
        .map(|(n, l)| (n + 1, l.split('\t').collect()))
}

/// Where the lines of a file begin.
#[derive(Clone, Debug, Default)]
pub struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line, from 1, of a byte.
    pub fn of(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}

fn read_folder(folder: &std::path::Path, name: &str, files: &mut BTreeMap<String, String>) -> std::io::Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if !path.ends_with("/tests") {
                read_folder(&entry.path(), &path, files)?;
            }
        } else if path.ends_with(".toml") || path.ends_with(".tsv") {
            let text = std::fs::read(entry.path())?;
            files.insert(path, String::from_utf8_lossy(&text).into_owned());
        }
    }
    Ok(())
}
