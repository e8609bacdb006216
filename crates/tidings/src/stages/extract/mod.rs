//! Pages to articles: what is the piece of writing, who wrote it, when, and what is merely around it.
//!
//! A page of plain text and a page of HTML both become lines; what the packs say of lines, and what holds in every
//! language, then makes articles of them. Nothing here fails: a page always gives an article, with notes.

mod address;
mod article;
mod charset;
mod content;
mod dates;
mod learn;
mod lines;
mod markup;
mod metadata;
mod signed;
mod site;
mod text;

pub(crate) use dates::Forms;
pub use dates::iso;
pub use learn::Learner;
pub(crate) use markup::Markup;
pub(crate) use metadata::Labels;
pub use site::Site;

use std::sync::Arc;

use crate::Knowledge;
use crate::html::Tree;
use crate::model::{Article, Page};

/// The articles on a page, in their order: one where the page is what it should be, more where another is printed
/// below it.
///
/// ```
/// use tidings::{Knowledge, model::Page, stages::extract::extract};
/// let bytes = b"Ministers meet in Cairo\n\nThe two ministers met on Thursday.".to_vec();
/// let page = Page { id: "a".into(), bytes, ..Page::default() };
/// let articles = extract(&page, &Knowledge::embedded());
/// assert_eq!(articles[0].title.as_deref(), Some("Ministers meet in Cairo"));
/// assert_eq!(articles[0].text, "The two ministers met on Thursday.");
/// assert_eq!(articles[0].language.as_deref(), Some("en"));
/// ```
pub fn extract(page: &Page, knowledge: &Knowledge) -> Vec<Article> {
    let mut notes = Vec::new();
    let text = charset::decode(page, &mut notes);
    let mut known = article::Known::of(page);
    known.notes.splice(..0, notes);
    if !page.html {
        return article::assemble(page, known, text::lines(&text), knowledge);
    }
    let tree = Tree::parse(&text);
    if tree.was_cut() {
        known.notes.push("the page was cut: it is too long to be read to its end".to_owned());
    }
    metadata::read(&tree, knowledge.labels(), page.url.as_deref(), &mut known);
    let site = site(page, &tree, knowledge);
    if let (Some(site), None) = (site.as_deref(), &page.title) {
        known.title = known.title.map(|title| site.title(&title).to_owned());
    }
    let content = content::main_text(&tree, knowledge.markup(), site.as_deref());
    if content.several && page.title.is_none() {
        known.title = None;
    }
    let mut articles = article::assemble(page, known, content.lines, knowledge);
    if let Some(first) = articles.first_mut() {
        first.set_aside.extend(content.left_out);
        first.notes.extend(content.notes);
    }
    articles
}

/// What is known of the site that a page is of.
fn site(page: &Page, tree: &Tree, knowledge: &Knowledge) -> Option<Arc<Site>> {
    if !knowledge.has_sites() {
        return None;
    }
    let address = page.url.clone().or_else(|| learn::canonical(tree))?;
    knowledge.site(&address::host(&address)?)
}
