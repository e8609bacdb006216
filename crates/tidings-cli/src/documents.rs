//! The documents that a command reads, and what every such command can be told.

use std::io::{IsTerminal, stdin};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

use anyhow::Context;
use rayon::prelude::*;
use tidings::Knowledge;
use tidings::stages::acquire::{Given, Input, acquire};

/// Where documents are, and what is known of them.
#[derive(clap::Args)]
pub struct Documents {
    /// Files (.txt, .html, .jsonl, also .gz and .zst), folders, or - for standard input
    #[arg(default_value = "-")]
    files: Vec<PathBuf>,
    /// When plain files were published (ISO 8601)
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// The language of plain files (BCP 47)
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// The address of plain files
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A folder of the shape of data/ that is laid over the built-in knowledge [env: `TIDINGS_DATA`]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Documents that are in memory at a time, and the bytes after which no more are taken in.
const AT_A_TIME: usize = 256;
const BYTES_AT_A_TIME: usize = 32 << 20;

impl Documents {
    /// The knowledge that the options ask for. It lives as long as the run: taking it apart at the end would take longer
    /// than reading a short text.
    pub fn knowledge(&self) -> anyhow::Result<&'static Knowledge> {
        let folder = self.data.clone().or_else(|| std::env::var_os("TIDINGS_DATA").map(PathBuf::from));
        // A variable that is set to nothing is as good as none.
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        let knowledge = match folder {
            Some(folder) => {
                let name = folder.display().to_string();
                Knowledge::with_folder(folder).context(name)?
            }
            None => Knowledge::embedded(),
        };
        let knowledge: &'static Knowledge = Box::leak(Box::new(knowledge));
        std::thread::spawn(|| knowledge.read_ahead());
        Ok(knowledge)
    }

    /// Reads each document on its own, on all cores, and hands over what came of it in the order of the input. The
    /// answer is whether every input could be read; what could not stands on standard error.
    pub fn each<T: Send>(
        self,
        read: impl Fn(Input) -> anyhow::Result<T> + Sync,
        mut take: impl FnMut(T) -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        if self.files.iter().any(|file| file.as_os_str() == "-") && stdin().is_terminal() {
            eprintln!("tidings: reading standard input; end it with Ctrl-D");
        }
        let given = Given { published: self.published, language: self.lang, url: self.url };
        let mut inputs = acquire(self.files, given).peekable();
        let mut all_read = true;
        // A panic is a fault of ours in one document; it is told in one line and the others go on.
        panic::set_hook(Box::new(|_| {}));
        while inputs.peek().is_some() {
            let (mut some, mut bytes) = (Vec::new(), 0);
            while some.len() < AT_A_TIME && bytes < BYTES_AT_A_TIME {
                match inputs.next() {
                    Some(Ok(input)) => {
                        bytes += size(&input);
                        some.push(input);
                    }
                    Some(Err(error)) => {
                        eprintln!("tidings: {error}");
                        all_read = false;
                    }
                    None => break,
                }
            }
            let done: Vec<_> = some
                .into_par_iter()
                .map(|input| {
                    let name = name(&input);
                    panic::catch_unwind(AssertUnwindSafe(|| read(input)))
                        .map_err(|panic| format!("{name}: a fault in tidings: {}", message(&*panic)))
                        .and_then(|result| result.map_err(|error| format!("{name}: {error:#}")))
                })
                .collect();
            for result in done {
                match result {
                    Ok(result) => take(result)?,
                    Err(error) => {
                        eprintln!("tidings: {error}");
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
        Input::Report(line) => line.len(),
    }
}

/// What a message calls a document.
fn name(input: &Input) -> String {
    match input {
        Input::Page(page) => page.id.clone(),
        Input::Article(article) => article.id.clone(),
        Input::Report(line) => {
            let line: Option<serde_json::Value> = serde_json::from_str(line).ok();
            line.and_then(|line| Some(line["id"].as_str()?.to_owned())).unwrap_or_else(|| "a report".to_owned())
        }
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
