//! Who signed an article, as its markup says.

use super::json_ld::Linked;
use super::labels::{Labels, distinct};
use super::survey::Survey;
use super::text::{folded, plain, squeezed};
use crate::html::{Tag, Tree};

/// The authors, joined by commas: JSON-LD's, else those of meta elements, else those that the markup marks as such.
/// Neither an address nor a handle is a name, nor is the site's own, nor what signs for nobody in particular.
pub(super) fn authors(
    tree: &Tree<'_>,
    survey: &Survey<'_>,
    linked: &Linked,
    labels: &Labels,
    sites: &[&str],
) -> Option<String> {
    let meta = || labels.meta.author.iter().map(|key| survey.all(key).map(plain).collect::<Vec<_>>());
    let marked = || {
        let mut found = Vec::new();
        for &(at, property) in &survey.properties {
            let is_author = property.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("author"));
            // A page may list many authors of other articles; its own come first.
            if is_author && tree.tag(at) != Tag::Meta && tree.end(at) - at < 40 && found.len() < 6 {
                found.push(name_within(tree, at));
            }
        }
        found
    };
    let lists = std::iter::once(linked.authors.clone()).chain(meta()).chain(std::iter::once_with(marked));
    lists.map(|list| clean(&list, labels, sites)).find(|list| !list.is_empty()).map(|list| list.join(", "))
}

/// The name in an element: of what is marked as a name in it, else all its words.
fn name_within(tree: &Tree<'_>, at: usize) -> String {
    let name = (at..tree.end(at)).find(|&at| tree.attribute(at, "itemprop") == Some("name"));
    let name = name.unwrap_or(at);
    tree.attribute(name, "content").map_or_else(|| squeezed(&tree.inner_text(name)), plain)
}

/// How long a name may be, and all of them together, in characters.
const NAME: usize = 60;
const ALL: usize = 160;

fn clean(list: &[String], labels: &Labels, sites: &[&str]) -> Vec<String> {
    let sites: Vec<String> = sites.iter().map(|site| folded(site)).filter(|site| !site.is_empty()).collect();
    let mut names = Vec::new();
    for name in list {
        let mut name = name.trim();
        let lower = name.to_lowercase();
        for before in &labels.names.before {
            if lower.starts_with(before.as_str()) && lower.len() == name.len() {
                let rest = &name[before.len()..];
                if rest.starts_with([' ', ':', '\u{a0}']) || before.ends_with(':') {
                    name = rest.trim_start_matches([' ', ':', '\u{a0}']);
                    break;
                }
            }
        }
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/' | '-'));
        let own = folded(name);
        let site = sites.iter().any(|site| *site == own || site.starts_with(&own) && own.chars().count() >= 4);
        let nobody = labels.names.nobody.contains(&name.to_lowercase());
        let address = name.contains("://") || name.contains('@') || name.contains("www.") || name.starts_with('#');
        let letters = name.chars().any(char::is_alphabetic);
        if letters && !site && !nobody && !address && name.chars().count() <= NAME.max(ALL) {
            names.push(name.to_owned());
        }
    }
    let mut names = distinct(names);
    let mut length = 0;
    names.retain(|name| {
        length += name.chars().count();
        length <= ALL
    });
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_authors() {
        let knowledge = crate::Knowledge::embedded();
        let read = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|name| (*name).to_owned()).collect();
            clean(&list, knowledge.labels(), &["Example News", "example.com"]).join(", ")
        };
        for (list, want) in [
            (&["Jane Doe", "John Roe"][..], "Jane Doe, John Roe"),
            (&["By Jane Doe"], "Jane Doe"),
            (&["von Max Muster"], "Max Muster"),
            (&["Admin", "Jane Doe"], "Jane Doe"),
            (&["Example News"], ""),
            (&["@example", "news@example.com", "https://example.com/jane"], ""),
            (&["Jane Doe", "JANE DOE"], "Jane Doe"),
            (&["بقلم: أحمد علي"], "أحمد علي"),
            (&["Byron Jones"], "Byron Jones"),
            (&["42"], ""),
        ] {
            assert_eq!(read(list), want, "{list:?}");
        }
    }
}
