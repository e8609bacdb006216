//! The documents that a command reads, and what every such command can be told.

use std::io::{IsTerminal, stdin};
use std::path::PathBuf;

use rayon::prelude::*;
use tidings::stages::{
    acquire::{Given, Input},
    extract::iso,
};
use tidings::{Knowledge, check, language::pack::Lines};

use crate::{
    failure::{Misuse, caught},
    network::Access,
    progress::{Progress, tell},
    sources::Sources,
};

/// Where documents are, and what is known of them.
#[derive(clap::Args)]
pub struct Documents {
    /// Files (text, HTML, JSON lines, feeds, WARC, ZIP, TAR, MHTML, also .gz and .zst), folders, addresses, or - for standard input
    #[arg(default_value = "-")]
    files: Vec<PathBuf>,
    /// When plain files were published (ISO 8601)
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// The language of plain files (BCP 47)
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// The address of plain files
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    access: Access,
}

/// Which knowledge is used.
#[derive(clap::Args)]
pub struct Data {
    /// A folder of the shape of data/ that is laid over the built-in knowledge [env: `TIDINGS_DATA`]
    #[arg(long = "data", value_name = "DIR")]
    folder: Option<PathBuf>,
    /// A folder of files on sites, as `tidings learn-site` prints them: HOST.toml
    #[arg(long, value_name = "DIR")]
    sites: Option<PathBuf>,
}

impl Data {
    /// The folder that the option or the variable names.
    pub fn folder(&self) -> Option<PathBuf> {
        let folder = self.folder.clone().or_else(|| std::env::var_os("TIDINGS_DATA").map(PathBuf::from));
        // A variable that is set to nothing is as good as none.
        folder.filter(|folder| !folder.as_os_str().is_empty())
    }

    /// The knowledge that is asked for. What a folder lays over it is checked at once: a mistake there is the user's to
    /// mend, and not a note on every article.
    pub fn knowledge(&self) -> anyhow::Result<Knowledge> {
        let knowledge = self.unchecked()?;
        let Some(folder) = self.folder() else { return Ok(knowledge) };
        let mut faults = check::world_ids(&knowledge);
        for code in knowledge.source().full_languages() {
            if folder.join("languages").join(&code).is_dir() {
                match check::pack_ids(&code, &knowledge) {
                    Ok(found) => faults.extend(found),
                    Err(fault) => faults.push(fault),
                }
                faults.extend(Lines::load(&code, knowledge.source()).err());
            }
        }
        if faults.is_empty() {
            return Ok(knowledge);
        }
        let told: Vec<String> = faults.iter().map(|fault| format!("{}: {fault}", folder.display())).collect();
        Err(Misuse::error(told.join("\ntidings: ")))
    }

    /// The same, for who checks it in detail.
    pub fn unchecked(&self) -> anyhow::Result<Knowledge> {
        let knowledge = self.with_folder()?;
        let Some(sites) = &self.sites else { return Ok(knowledge) };
        knowledge.with_sites(sites).map_err(|error| Misuse::error(format!("--sites {}: {error}", sites.display())))
    }

    fn with_folder(&self) -> anyhow::Result<Knowledge> {
        let Some(folder) = self.folder() else { return Ok(Knowledge::embedded()) };
        let misuse = |message: String| Misuse::error(format!("--data {}: {message}", folder.display()));
        let parts = ["languages", "world", "plover", "sites"];
        let knowledge = Knowledge::with_folder(folder.clone()).map_err(|e| misuse(e.to_string()))?;
        if !parts.iter().any(|part| folder.join(part).is_dir()) {
            return Err(misuse(format!("it has none of the folders {}", parts.join(", "))));
        }
        Ok(knowledge)
    }
}

/// A date of publication as it was given.
fn date(given: &str) -> Result<String, String> {
    iso(given).map(|_| given.to_owned()).ok_or_else(|| "write it as 2024-11-15 or 2024-11-15T16:03+07:00".to_owned())
}

/// Documents that are in memory at a time, and the bytes after which no more are taken in.
const AT_A_TIME: usize = 256;
const BYTES_AT_A_TIME: usize = 32 << 20;

impl Documents {
    /// The knowledge that the options ask for. It lives as long as the run: taking it apart at the end would take longer
    /// than reading a short text.
    pub fn knowledge(&self) -> anyhow::Result<&'static Knowledge> {
        let knowledge: &'static Knowledge = Box::leak(Box::new(self.data.knowledge()?));
        std::thread::spawn(|| knowledge.read_ahead());
        Ok(knowledge)
    }

    /// Reads each document on its own, on all cores, and hands over what came of it in the order of the input. The
    /// answer is whether every input could be read; what could not stands on standard error.
    pub fn each<T: Send>(
        self,
        progress: &Progress,
        read: impl Fn(Input) -> anyhow::Result<T> + Sync,
        mut take: impl FnMut(T) -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        if self.files.iter().any(|file| file.as_os_str() == "-") && stdin().is_terminal() {
            tell("reading standard input; end it with Ctrl-D");
        }
        let given = Given { published: self.published, language: self.lang, url: self.url };
        let mut inputs = Sources::new(self.files, &given, self.access.settings())?;
        let (mut all_read, mut over, mut documents) = (true, false, 0);
        while !over {
            let (mut some, mut bytes) = (Vec::new(), 0);
            while some.len() < AT_A_TIME && bytes < BYTES_AT_A_TIME {
                match inputs.next() {
                    Some(Ok(input)) => {
                        bytes += size(&input);
                        some.push(input);
                    }
                    Some(Err(error)) => {
                        progress.tell(&error);
                        all_read = false;
                    }
                    None => {
                        over = true;
                        break;
                    }
                }
            }
            documents += some.len();
            progress.known(inputs.waiting().map(|waiting| documents + waiting));
            let done: Vec<_> = some
                .into_par_iter()
                .map(|input| {
                    let name = name(&input);
                    let result = caught(|| read(input)).and_then(|result| result.map_err(|error| format!("{error:#}")));
                    progress.done();
                    result.map_err(|error| format!("{name}: {error}"))
                })
                .collect();
            for result in done {
                match result {
                    Ok(result) => take(result)?,
                    Err(error) => {
                        progress.tell(&error);
                        all_read = false;
                    }
                }
            }
        }
        Ok(all_read)
    }
}

fn size(input: &Input) -> usize {
    match input {
        Input::Page(page) => page.bytes.len(),
        Input::Article(article) => article.text.len(),
        Input::Report(line) => line.text.len(),
    }
}

/// What a message calls a document.
fn name(input: &Input) -> String {
    match input {
        Input::Page(page) => page.id.clone(),
        Input::Article(article) => article.id.clone(),
        Input::Report(line) => line.place.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::hush_panics;

    #[test]
    fn a_fault_in_one_document_leaves_the_others() {
        hush_panics();
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.txt"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let documents = Documents {
            files: vec![folder.path().to_owned()],
            published: None,
            lang: None,
            url: None,
            data: Data { folder: None, sites: None },
            access: Access::default(),
        };
        let mut taken = Vec::new();
        let all_read = documents.each(
            &Progress::before_output(),
            |input| {
                let name = name(&input);
                assert!(!name.ends_with("b.txt"), "a test of faults");
                Ok(name.rsplit('/').next().unwrap().to_owned())
            },
            |name| {
                taken.push(name);
                Ok(())
            },
        );
        assert!(!all_read.unwrap());
        assert_eq!(taken, ["a.txt", "c.txt"]);
    }
}
