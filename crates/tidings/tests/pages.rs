//! Pages and the articles that they give: each `tests/pages/NAME.txt` or `NAME.html` with its `NAME.json`.
//!
//! `TIDINGS_BLESS=1 cargo test --test pages` writes the articles anew; read them as a diff before you commit.

mod common {
    pub mod schemas;
}

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use common::schemas::hold;
use libtest_mimic::{Arguments, Failed, Trial};
use tidings::Knowledge;
use tidings::stages::acquire::{Given, Input, acquire};
use tidings::stages::extract::extract;

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let mut pages: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    pages.retain(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "html"));
    pages.sort();
    let trials = pages.into_iter().map(|page| {
        let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(name.clone(), move || check(&page, &name))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn check(path: &Path, name: &str) -> Result<(), Failed> {
    let given = Given { url: address(path), ..Given::default() };
    let Some(Ok(Input::Page(mut page))) = acquire([path.to_owned()], given).next() else {
        return Err("the page cannot be read".into());
    };
    name.clone_into(&mut page.id);
    let articles = extract(&page, &Knowledge::embedded());
    articles.iter().for_each(|article| hold(&serde_json::to_value(article).expect("an article is a record")));
    let have = serde_json::to_string_pretty(&articles)? + "\n";
    let golden = path.with_extension("json");
    if env::var_os("TIDINGS_BLESS").is_some() {
        fs::write(&golden, have)?;
        return Ok(());
    }
    let want = fs::read_to_string(&golden).map_err(|_| "no golden articles yet: run with TIDINGS_BLESS=1")?;
    match have.lines().zip(want.lines()).position(|(have, want)| have != want) {
        None if have.len() == want.len() => Ok(()),
        None => Err(format!("{}: more or fewer lines than expected", golden.display()).into()),
        Some(at) => {
            let line = |text: &str| text.lines().nth(at).unwrap_or_default().trim().to_owned();
            Err(format!("{}:{}\n  want {}\n  have {}", golden.display(), at + 1, line(&want), line(&have)).into())
        }
    }
}

/// The address of a page, where `NAME.url` tells it.
fn address(path: &Path) -> Option<String> {
    Some(fs::read_to_string(path.with_extension("url")).ok()?.trim().to_owned())
}
