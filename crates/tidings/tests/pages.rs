//! Pages and the articles that they give: each `tests/pages/NAME.txt` or `NAME.html` with its `NAME.json`.
//!
//! Of each `tests/content/NAME.html` the lines of the article and what was set aside, with its reason, stand in
//! `NAME.expect`, written by hand: `title:`, `text:`, `note:`, a reason such as `caption:`, and `part:` before a
//! further article.
//!
//! `TIDINGS_BLESS=1 cargo test --test pages` writes the articles anew; read them as a diff before you commit.

mod common {
    pub mod schemas;
}

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs, io};

use common::schemas::hold;
use libtest_mimic::{Arguments, Failed, Trial};
use tidings::Knowledge;
use tidings::model::{Article, SetAside};
use tidings::stages::acquire::{Given, Input, acquire};
use tidings::stages::extract::extract;

fn main() -> io::Result<()> {
    let arguments = Arguments::from_args();
    let whole = pages("pages")?.into_iter().map(|(page, name)| Trial::test(name.clone(), move || check(&page, &name)));
    let content = pages("content")?
        .into_iter()
        .map(|(page, name)| Trial::test(format!("content/{name}"), move || check_content(&page, &name)));
    libtest_mimic::run(&arguments, whole.chain(content).collect()).exit();
}

/// The pages of a folder, with their names.
fn pages(folder: &str) -> io::Result<Vec<(PathBuf, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(folder);
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    pages.retain(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "html"));
    pages.sort();
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(pages.into_iter().map(|path| (path.clone(), name(&path))).collect())
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

fn articles(path: &Path, name: &str) -> Result<Vec<Article>, Failed> {
    let given = Given { url: address(path), ..Given::default() };
    let Some(Ok(Input::Page(mut page))) = acquire([path.to_owned()], given).next() else {
        return Err("the page cannot be read".into());
    };
    name.clone_into(&mut page.id);
    Ok(extract(&page, &KNOWLEDGE))
}

/// Holds the lines of an article, in their order, and what was set aside, in any order, against what is expected.
fn check_content(path: &Path, name: &str) -> Result<(), Failed> {
    let (mut have, mut aside) = (Vec::new(), Vec::new());
    for article in articles(path, name)? {
        if article.part > 1 {
            have.push(format!("part: {}", article.part));
        }
        have.extend(article.title.iter().map(|title| format!("title: {title}")));
        have.extend(article.notes.iter().map(|note| format!("note: {note}")));
        have.extend(article.text.lines().map(|line| format!("text: {line}")));
        for SetAside { why, text } in &article.set_aside {
            let why = serde_json::to_value(why)?;
            let why = why.as_str().unwrap_or_default();
            aside.extend(text.lines().map(|line| format!("{why}: {line}")));
        }
    }
    let expected = fs::read_to_string(path.with_extension("expect"))?;
    let is_text =
        |line: &&str| ["part", "title", "note", "text"].iter().any(|key| line.starts_with(&format!("{key}: ")));
    let (want, mut set_aside): (Vec<&str>, Vec<&str>) = expected.lines().partition(is_text);
    aside.sort();
    set_aside.sort_unstable();
    let mut faults = Vec::new();
    for (have, want) in [(&have, &want), (&aside, &set_aside)] {
        faults
            .extend(want.iter().filter(|line| !have.iter().any(|have| have == *line)).map(|line| format!("- {line}")));
        faults.extend(have.iter().filter(|line| !want.contains(&line.as_str())).map(|line| format!("+ {line}")));
        if faults.is_empty() && have.iter().ne(want.iter()) {
            faults.push(format!("other order or number: {have:?}"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn check(path: &Path, name: &str) -> Result<(), Failed> {
    let articles = articles(path, name)?;
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
