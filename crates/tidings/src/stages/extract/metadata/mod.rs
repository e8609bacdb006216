//! What a page says of its article beside the text: title, authors, outlet, days, section, tags, addresses.
//!
//! `survey` walks over the page once and notes where such facts may stand; `json_ld`, `title`, `authors` and `links`
//! read them; `times` gathers all that may be the day of publication, and `published` chooses among it once the
//! language of the page is known. What things are called is data (`labels`).

mod authors;
mod json_ld;
mod labels;
mod links;
mod published;
mod survey;
mod text;
mod times;
mod title;

pub(crate) use labels::Labels;
pub(super) use published::{Candidate, Evidence, is_later};

use self::json_ld::Linked;
use self::survey::Survey;
use super::address;
use super::article::Known;
use crate::html::Tree;

/// Fills what the input has not given already.
pub(super) fn read(tree: &Tree<'_>, labels: &Labels, url: Option<&str>, known: &mut Known) {
    let survey = Survey::new(tree);
    let canonical = links::canonical(&survey, url);
    let linked = Linked::new(tree, &survey, labels, canonical.as_deref().or(url));
    let site = linked.publisher.clone().or_else(|| survey.first(&labels.meta.site).map(text::plain));
    let names: Vec<&str> = site.iter().map(String::as_str).chain(known.publisher.as_deref()).collect();
    let title = title::title(tree, &survey, &linked, labels, &names);
    if known.title.is_none() {
        known.title = title.text;
    }
    if known.author.is_none() {
        known.author = authors::authors(tree, &survey, &linked, labels, &names);
    }
    if known.published.is_none() || known.updated.is_none() {
        let mut gatherer = times::Gatherer::new(tree, &survey, labels, title.heading);
        gatherer.gather(&linked);
        known.evidence.candidates.append(&mut gatherer.candidates);
        known.evidence.shown = gatherer.shown;
    }
    known.section = linked.section.clone().or_else(|| survey.first(&labels.meta.section).map(text::plain));
    known.tags = links::tags(&survey, &linked, labels);
    known.image = links::image(&survey, &linked, labels, url);
    known.declared_language = links::language(&survey, &linked, labels);
    let domain = |address: &str| address::outlet(address);
    if let (Some(canonical), Some(url)) = (&canonical, url)
        && domain(canonical) != domain(url)
    {
        known.notes.push("the page names an address on another domain as its own".to_owned());
    }
    known.canonical = canonical;
    known.publisher = known.publisher.take().or(site);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(html: &str) -> Known {
        let mut known = Known::default();
        read(
            &Tree::parse(html),
            crate::Knowledge::embedded().labels(),
            Some("https://www.example.com/a/b"),
            &mut known,
        );
        known
    }

    #[test]
    fn what_a_page_says_of_its_article() {
        let known = known(
            r#"<html lang=en_gb><title>Talks in Cairo | Example News</title><link rel=canonical href="/a/talks">
            <meta property="article:section" content="World"><meta property="article:tag" content="Egypt">
            <meta property="article:tag" content="Talks"><meta property="og:image" content="../img/a.jpg">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Example"},{"@type":["NewsArticle"],
            "headline":"Talks in Cairo &amp; Ankara","author":[{"name":"Jane Doe"},
            {"@type":"Person","name":"John Roe"}],"publisher":{"name":"Example News"}}]}</script>"#,
        );
        assert_eq!(known.title.as_deref(), Some("Talks in Cairo & Ankara"));
        assert_eq!(known.author.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(known.publisher.as_deref(), Some("Example News"));
        assert_eq!(known.section.as_deref(), Some("World"));
        assert_eq!(known.tags, ["Egypt", "Talks"]);
        assert_eq!(known.canonical.as_deref(), Some("https://www.example.com/a/talks"));
        assert_eq!(known.image.as_deref(), Some("https://www.example.com/img/a.jpg"));
        assert_eq!(known.declared_language.as_deref(), Some("en-GB"));
    }
}
