//! The samples of this repository as reports, each named by its path in `samples/`.

#![allow(dead_code)] // Each test file uses a part.

use std::path::{Path, PathBuf};

use tidings::{
    Knowledge,
    model::{Article, Report},
    stages::{
        acquire::{Given, Input, acquire},
        extract::extract,
        interpret::interpret,
    },
};

/// Where the samples lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// The articles in some files or folders of the samples.
///
/// # Panics
/// Where one of them cannot be read.
pub fn articles(paths: &[&str], knowledge: &Knowledge) -> Vec<Article> {
    let here = format!("{}/", folder().display());
    let mut articles = Vec::new();
    for input in acquire(paths.iter().map(|path| folder().join(path)), Given::default()) {
        let Input::Page(mut page) = input.unwrap_or_else(|error| panic!("{error}")) else {
            panic!("the samples are documents")
        };
        page.id = page.id.replace(&here, "");
        articles.extend(extract(&page, knowledge));
    }
    articles
}

/// The reports of some files or folders of the samples.
pub fn reports(paths: &[&str], knowledge: &Knowledge) -> Vec<Report> {
    articles(paths, knowledge).into_iter().map(|article| interpret(article, knowledge)).collect()
}
