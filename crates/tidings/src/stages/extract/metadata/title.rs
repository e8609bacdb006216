//! The title of an article, without the name of the site.

use super::json_ld::Linked;
use super::labels::Labels;
use super::survey::Survey;
use super::text::{folded, plain, squeezed};
use crate::html::Tree;

/// A title, and the heading that shows it.
#[derive(Debug, Default)]
pub(super) struct Title {
    pub(super) text: Option<String>,
    pub(super) heading: Option<usize>,
}

/// The title: a heading that the page's other titles bear out, else what those say less the site's name.
pub(super) fn title(tree: &Tree<'_>, survey: &Survey<'_>, linked: &Linked, labels: &Labels, sites: &[&str]) -> Title {
    let clean = |text: String| Some(text).filter(|text| !text.is_empty());
    let element = survey.title.and_then(|at| clean(squeezed(&tree.inner_text(at))));
    let meta = survey.first(&labels.meta.title).map(plain).and_then(clean);
    let said: Vec<&String> = [linked.title.as_ref(), meta.as_ref(), element.as_ref()].into_iter().flatten().collect();
    let headings: Vec<(usize, String, String)> = survey
        .headings
        .iter()
        .take(40)
        .filter_map(|&at| {
            let text = clean(squeezed(&tree.inner_text(at)))?;
            let words = folded(&text);
            (!words.is_empty()).then_some((at, text, words))
        })
        .collect();
    let first = headings.iter().find(|(at, _, _)| tree.name(*at) == "h1").or(headings.first());
    // A heading that a title begins with is the title without the site's name.
    for title in &said {
        let whole = folded(title.trim_end_matches(['\u{2026}', '.']));
        let cut = title.ends_with('\u{2026}') || title.ends_with("...");
        let shown = headings.iter().find(|(_, _, words)| {
            words.chars().count() >= 10 && whole.starts_with(words.as_str())
                || cut && whole.chars().count() >= 20 && words.starts_with(&whole)
        });
        if let Some((at, text, _)) = shown {
            return Title { text: Some(text.clone()), heading: Some(*at) };
        }
    }
    let heading = |text: &str| {
        let words = folded(text);
        let same =
            headings.iter().find(|(_, _, have)| *have == words || words.starts_with(have.as_str()) && have.len() > 12);
        same.or(first).map(|(at, _, _)| *at)
    };
    let Some(best) = said.first() else {
        return Title { text: first.map(|(_, text, _)| text.clone()), heading: first.map(|(at, _, _)| *at) };
    };
    // What was cut short is told in full by another.
    let stem = best.trim_end_matches(['\u{2026}', '.']);
    let cut = stem.len() < best.len() && (best.ends_with('\u{2026}') || best.ends_with("..."));
    let longer = said.iter().find(|other| cut && other.len() > best.len() && other.starts_with(stem.trim_end()));
    let names: Vec<String> = sites.iter().map(|site| folded(site)).filter(|site| !site.is_empty()).collect();
    let text = without_site(longer.unwrap_or(best), &names);
    Title { heading: heading(text), text: Some(text.to_owned()) }
}

/// Strokes that part a title from the name of its site; the first nine may stand in a title too.
const SEPARATORS: [&str; 13] = [
    " \u{2013} ",
    " \u{2014} ",
    " - ",
    " \u{b7} ",
    " \u{2022} ",
    " / ",
    " \u{bb} ",
    ": ",
    " \u{203a} ",
    " | ",
    " :: ",
    " \u{ab} ",
    "|",
];
const DOUBTFUL: usize = 9;

/// Cuts the name of the site off the end or the beginning, and a short rest behind a stroke that titles do not hold.
fn without_site<'t>(title: &'t str, names: &[String]) -> &'t str {
    let mut title = title.trim();
    let is_site = |words: &str| {
        let words = folded(words);
        words.chars().count() >= 2
            && names.iter().any(|name| {
                name.contains(&words) && words.len() * 3 > name.len() || words.contains(name.as_str()) && name.len() > 3
            })
    };
    for (number, separator) in SEPARATORS.iter().enumerate() {
        while let Some((before, after)) = title.rsplit_once(separator) {
            let (long, short) = (before.chars().count(), after.chars().count());
            let stroke = number >= DOUBTFUL && short * 2 < long;
            let named = is_site(after) && *separator != ": " && short <= long.max(24);
            if !(named || stroke) || before.trim().is_empty() {
                break;
            }
            title = before.trim_end();
        }
        if let Some((before, after)) = title.split_once(separator)
            && is_site(before)
            && after.chars().count() > before.chars().count()
        {
            title = after.trim_start();
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_cut_off() {
        let names =
            ["examplenews".to_owned(), "examplecom".to_owned(), "例子新闻网".to_owned(), "أخبارالمثال".to_owned()];
        for (given, want) in [
            ("Talks in Cairo - Example News", "Talks in Cairo"),
            ("Talks in Cairo | World | Example News", "Talks in Cairo"),
            ("Egypt - Turkey: talks go on", "Egypt - Turkey: talks go on"),
            ("Example News: Talks in Cairo go on", "Talks in Cairo go on"),
            ("埃及和土耳其举行会谈 - 例子新闻网", "埃及和土耳其举行会谈"),
            ("محادثات في القاهرة - أخبار المثال", "محادثات في القاهرة"),
            ("Talks | and more talks between the two", "Talks | and more talks between the two"),
            ("Talks go on – Example.com", "Talks go on"),
            ("A/B tests and the press", "A/B tests and the press"),
        ] {
            assert_eq!(without_site(given, &names), want);
        }
    }

    #[test]
    fn headings_that_bear_a_title_out() {
        let read = |html: &str| {
            let tree = Tree::parse(html);
            let knowledge = crate::Knowledge::embedded();
            title(&tree, &Survey::new(&tree), &Linked::default(), knowledge.labels(), &["Example"]).text
        };
        assert_eq!(read("<title>Talks go on - Example</title><h1>Talks go on</h1>").as_deref(), Some("Talks go on"));
        assert_eq!(
            read("<meta property=og:title content='Talks between the two ministers…'><h1>Talks between the two ministers go on</h1>").as_deref(),
            Some("Talks between the two ministers go on")
        );
        assert_eq!(read("<p>No title"), None);
    }
}
