//! Running the binary, and looking at what it printed.

#![allow(dead_code)] // Each test file uses a part.

#[path = "../../../tidings/tests/common/schemas.rs"]
pub mod schemas;
pub mod server;

#[path = "../../../tidings/tests/common/archives.rs"]
pub mod archives;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

use serde_json::Value;

/// A sentence of news.
pub const NEWS: &str = "The president of the United States arrived in Hanoi on Sunday, 10 September 2023, and met the leader of \
                        Vietnam, the White House said.\n";

/// A folder of documents that is gone at the end of the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// Files with their bytes; folders in their names are made.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().expect("the system has a temporary folder"));
        for (name, bytes) in files {
            folder.add(name, bytes);
        }
        folder
    }

    /// One more file.
    pub fn add(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// `tidings` run in this folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments))
    }

    /// The binary, about to be run in this folder.
    pub fn command(&self) -> Command {
        let mut command = tidings();
        command.current_dir(self.path());
        command
    }
}

/// The samples that the repository holds.
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// The binary, with nothing of the environment that it listens to.
pub fn tidings() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command
        .env_remove("TIDINGS_DATA")
        .env_remove("TIDINGS_CONTACT")
        .env_remove("RAYON_NUM_THREADS")
        .stdin(Stdio::null());
    command
}

/// What a run left.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub told: String,
}

impl Run {
    pub fn of(command: &mut Command) -> Self {
        Self::from(command.output().expect("the binary starts"))
    }

    /// A run that reads `input` on standard input.
    pub fn reading(command: &mut Command, input: &[u8]) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let feeding = thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        feeding.join().unwrap();
        Self::from(output)
    }

    /// The records, one a line, each of them held against its schema.
    #[track_caller]
    pub fn records(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| {
                let record = serde_json::from_str(line).expect(line);
                schemas::hold(&record);
                record
            })
            .collect()
    }

    /// The ids of the records.
    pub fn ids(&self) -> Vec<String> {
        self.records().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    }

    /// The notes of the record of that id.
    pub fn notes(&self, id: &str) -> String {
        let records = self.records();
        let record = records.iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("no {id} in {}", self.out));
        record["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect::<Vec<_>>().join("; ")
    }

    /// Asserts the exit code and that standard error holds each of these and is not long.
    #[track_caller]
    pub fn expect(&self, code: i32, told: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "told {:?} and printed {:?}", self.told, self.out);
        for words in told {
            assert!(self.told.contains(words), "`{words}` is not in {:?}", self.told);
        }
        let all_quiet = code == 0 && told.is_empty();
        assert!(!all_quiet || self.told.is_empty(), "told {:?}", self.told);
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            told: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
