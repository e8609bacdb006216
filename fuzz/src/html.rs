//! Pages.

use std::sync::LazyLock;

use tidings::Knowledge;
use tidings::html::Tree;
use tidings::language::charset::decode;
use tidings::model::{Article, Page};
use tidings::stages::extract::extract;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

/// Holds the tree and the articles of a page to their promises.
pub fn html(bytes: &[u8]) {
    let text = decode(bytes, None, None).text;
    let tree = Tree::parse(&text);
    nests(&tree, text.len());
    let page = Page { id: "fuzz".into(), bytes: bytes.to_vec(), html: true, ..Page::default() };
    let articles = extract(&page, &KNOWLEDGE);
    assert!(!articles.is_empty(), "a page always gives an article");
    let given = given(&text, &tree);
    for (at, article) in articles.iter().enumerate() {
        assert_eq!(article.part as usize, at + 1, "parts count from 1");
        if let Some(given) = &given {
            stands_in(article, given);
        }
    }
    let size =
        |article: &Article| article.text.len() + article.set_aside.iter().map(|aside| aside.text.len()).sum::<usize>();
    let all: usize = articles.iter().map(size).sum();
    assert!(all <= text.len() * 8 + 1024, "{} bytes of text of {} bytes of page", all, text.len());
}

/// What is inside an element follows it directly, and ends before the element does.
fn nests(tree: &Tree, bytes: usize) {
    assert!(tree.len() <= bytes * 8 + 16_384, "{} nodes of {bytes} bytes", tree.len());
    let (mut ends, mut words) = (vec![tree.len()], 0);
    for at in 1..tree.len() {
        while ends.last().is_some_and(|&end| end <= at) {
            ends.pop();
        }
        let (end, parent) = (tree.end(at), tree.parent(at));
        assert!(at < end && end <= *ends.last().expect("the root holds all"), "node {at} ends outside its element");
        assert!(parent < at && at < tree.end(parent), "node {at} stands outside its parent");
        match tree.text(at) {
            Some(text) => {
                assert_eq!(end, at + 1, "a text holds nothing");
                words += text.len();
            }
            None => ends.push(end),
        }
    }
    // A NUL is one byte, and the mark that stands for it three.
    assert!(words <= bytes * 3, "{words} bytes of text of {bytes}");
}

/// The letters of all texts and values of attributes; `None` for a page with scripts, whose strings may be escaped.
fn given(text: &str, tree: &Tree) -> Option<Vec<char>> {
    if text.to_ascii_lowercase().contains("<script") {
        return None;
    }
    let mut given = String::new();
    for at in 0..tree.len() {
        given.push_str(tree.text(at).unwrap_or_default());
    }
    for at in 0..tree.len() {
        tree.attributes(at).for_each(|(_, value)| given.push_str(value));
    }
    Some(given.chars().filter(|c| c.is_alphanumeric()).collect())
}

/// Each line that the article has or sets aside is of the page: its letters stand there in the same order.
fn stands_in(article: &Article, given: &[char]) {
    let asides = article.set_aside.iter().map(|aside| aside.text.as_str());
    for line in std::iter::once(article.text.as_str()).chain(asides).flat_map(str::lines) {
        let mut rest = given.iter();
        let found = line.chars().filter(|c| c.is_alphanumeric()).all(|c| rest.any(|&given| given == c));
        assert!(found, "not of the page: {line:?}");
    }
}
