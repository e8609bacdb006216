//! Ours, the rivals, and the bare trees, each as a function of a page.

use std::sync::LazyLock;

use tidings::Knowledge;
use tidings::html::Tree;
use tidings::stages::extract::extract;

use crate::pages::Sample;

/// What a tool makes of a page.
pub struct Read {
    pub title: Option<String>,
    pub text: String,
}

/// One tool.
pub struct Tool {
    pub name: &'static str,
    /// Whether it gives the article's text, and not merely a tree.
    pub gives_text: bool,
    pub read: fn(&Sample) -> Option<Read>,
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

/// All tools, ours first. Each rival runs as its documentation has it, with the settings that score best here.
pub fn tools() -> Vec<Tool> {
    let tool = |name, read| Tool { name, gives_text: true, read };
    let tree = |name, read| Tool { name, gives_text: false, read };
    vec![
        tool("tidings", tidings),
        tool("dom_smoothie", dom_smoothie),
        tool("legible", legible),
        tool("trafilatura", |page| trafilatura(page, false)),
        tool("trafilatura-fallback", |page| trafilatura(page, true)),
        tree("tree: ours", |page| {
            std::hint::black_box(Tree::parse(&page.html).len());
            None
        }),
        tree("tree: html5ever", |page| {
            std::hint::black_box(dom_query::Document::from(page.html.as_str()).root().id);
            None
        }),
    ]
}

/// Ours does it all: charset, tree, metadata, dates, credits, language, body, and what is set aside with its reason.
fn tidings(page: &Sample) -> Option<Read> {
    let first = extract(&page.page, &KNOWLEDGE).into_iter().next()?;
    Some(Read { title: first.title, text: first.text })
}

fn dom_smoothie(page: &Sample) -> Option<Read> {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let url = page.url.as_ref().map(url::Url::as_str);
    let article = dom_smoothie::Readability::new(page.html.as_str(), url, Some(config)).ok()?.parse().ok()?;
    Some(Read { title: Some(article.title), text: article.text_content.to_string() })
}

fn legible(page: &Sample) -> Option<Read> {
    let article = legible::parse(&page.html, page.url.as_ref().map(url::Url::as_str), None).ok()?;
    Some(Read { title: Some(article.title), text: article.text_content })
}

fn trafilatura(page: &Sample, fallback: bool) -> Option<Read> {
    let mut options = trafilatura::Options::default();
    (options.original_url, options.enable_fallback, options.exclude_comments) = (page.url.clone(), fallback, true);
    let result = trafilatura::extract(&page.html, &options).ok()?;
    Some(Read { title: Some(result.metadata.title), text: result.content_text })
}
