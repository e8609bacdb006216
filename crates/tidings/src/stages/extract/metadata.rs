//! What a page says of its article beside the text: JSON-LD, meta elements, time elements, the title element.

use serde_json::Value;

use super::markup::{Markup, words};
use super::{article::Known, dates};
use crate::html::{Tag, Tree};
use crate::model::{DateSource, Published};

/// Fills what the input has not given already.
pub(super) fn read(tree: &Tree, markup: &Markup, known: &mut Known) {
    let meta = Meta::new(tree);
    let linked = Linked::new(tree, markup);
    let site = linked.publisher.clone().or_else(|| meta.first(&markup.meta.site).map(str::to_owned));
    if known.title.is_none() {
        known.title = title(tree, &linked, &meta, markup, site.as_deref(), known.publisher.as_deref());
    }
    let dated = |raw: Option<&str>, from: DateSource| raw.and_then(dates::iso).map(|value| Published { value, from });
    if known.published.is_none() {
        known.published = dated(linked.published.as_deref(), DateSource::JsonLd)
            .or_else(|| markup.meta.published.iter().find_map(|key| dated(meta.get(key), DateSource::Meta)))
            .or_else(|| time(tree, &markup.times_published, &markup.times_updated, DateSource::Time));
    }
    if known.updated.is_none() {
        let changed = linked.updated.as_deref().and_then(dates::iso);
        let changed = changed.or_else(|| markup.meta.updated.iter().find_map(|key| meta.get(key).and_then(dates::iso)));
        // Most systems write the same moment twice where nothing was changed.
        known.updated = changed.filter(|at| known.published.as_ref().is_none_or(|published| published.value != *at));
    }
    if known.author.is_none() {
        let named = meta.first(&markup.meta.author).filter(|name| !name.contains("://")).map(str::to_owned);
        known.author =
            linked.author.or(named).filter(|name| name.chars().count() <= 120 && Some(name) != site.as_ref());
    }
    known.publisher = known.publisher.take().or(site);
}

/// The meta elements: key in lower case, and value.
struct Meta<'t>(Vec<(String, &'t str)>);

impl<'t> Meta<'t> {
    fn new(tree: &'t Tree<'_>) -> Self {
        let mut all = Vec::new();
        for at in tree.elements(Tag::Meta) {
            let Some(value) = tree.attribute(at, "content").map(str::trim).filter(|value| !value.is_empty()) else {
                continue;
            };
            for name in ["property", "name", "itemprop"] {
                if let Some(key) = tree.attribute(at, name) {
                    all.push((key.trim().to_ascii_lowercase(), value));
                }
            }
        }
        Self(all)
    }

    fn get(&self, key: &str) -> Option<&'t str> {
        self.0.iter().find(|(have, _)| have == key).map(|(_, value)| *value)
    }

    fn first(&self, keys: &[String]) -> Option<&'t str> {
        keys.iter().find_map(|key| self.get(key))
    }
}

/// What JSON-LD says.
#[derive(Default)]
struct Linked {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    updated: Option<String>,
}

impl Linked {
    fn new(tree: &Tree, markup: &Markup) -> Self {
        let mut linked = Self::default();
        let mut of_page = Self::default();
        for at in tree.elements(Tag::Script) {
            let kind = tree.attribute(at, "type").unwrap_or_default();
            if !kind.trim().eq_ignore_ascii_case("application/ld+json") {
                continue;
            }
            let text = tree.inner_text(at);
            // Line breaks inside strings are the usual fault of these blocks.
            let text = text.trim().trim_end_matches(';').replace(['\n', '\r', '\t'], " ");
            let mut open: Vec<Value> = serde_json::from_str(&text).into_iter().collect();
            while let Some(value) = open.pop() {
                match value {
                    Value::Array(list) => open.extend(list.into_iter().rev()),
                    Value::Object(map) => {
                        let is = |types: &[String]| {
                            named(map.get("@type")).iter().any(|t| types.iter().any(|e| t.ends_with(e.as_str())))
                        };
                        if is(&markup.article_types) {
                            linked.fill(&map);
                        } else if is(&markup.page_types) {
                            of_page.fill(&map);
                        }
                        open.extend(
                            map.into_iter()
                                .filter(|(key, _)| matches!(key.as_str(), "@graph" | "mainEntity" | "mainEntityOfPage"))
                                .map(|(_, value)| value),
                        );
                    }
                    _ => {}
                }
            }
        }
        linked.published = linked.published.or(of_page.published);
        linked
    }

    fn fill(&mut self, map: &serde_json::Map<String, Value>) {
        let text = |key: &str| map.get(key).and_then(Value::as_str).map(plain).filter(|text| !text.is_empty());
        let names = |key: &str| {
            let names = named(map.get(key)).join(", ");
            (!names.is_empty()).then_some(names)
        };
        self.title = self.title.take().or_else(|| text("headline").or_else(|| text("name")));
        self.published = self.published.take().or_else(|| text("datePublished").or_else(|| text("dateCreated")));
        self.updated = self.updated.take().or_else(|| text("dateModified"));
        self.author = self.author.take().or_else(|| names("author"));
        self.publisher = self.publisher.take().or_else(|| names("publisher"));
    }
}

/// The names in a value of JSON-LD: text, an object with a name, or a list of these.
fn named(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.contains("://") && !text.trim().is_empty() => vec![plain(text)],
        Some(Value::Object(map)) => named(map.get("name")),
        Some(Value::Array(list)) => list.iter().flat_map(|value| named(Some(value))).collect(),
        _ => Vec::new(),
    }
}

/// Text without the character references that many systems leave in JSON.
fn plain(text: &str) -> String {
    let text = if text.contains('&') || text.contains('<') { Tree::parse(text).inner_text(0) } else { text.to_owned() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The time element, or another with a machine date, whose name says that it is the one.
fn time(tree: &Tree, published: &[String], updated: &[String], from: DateSource) -> Option<Published> {
    let mut best: Option<(i32, Published)> = None;
    for at in 0..tree.len() {
        let machine = match tree.tag(at) {
            Tag::Time => tree.attribute(at, "datetime").or(tree.attribute(at, "content")),
            Tag::Root | Tag::Text | Tag::Meta => None,
            _ => tree
                .attribute(at, "itemprop")
                .filter(|name| words(name).contains(&"published".to_owned()))
                .and(tree.attribute(at, "content").or(tree.attribute(at, "datetime"))),
        };
        let machine = machine.map(str::to_owned).or_else(|| (tree.tag(at) == Tag::Time).then(|| tree.inner_text(at)));
        let Some(value) = machine.as_deref().and_then(dates::iso).filter(|value| value.len() >= 10) else { continue };
        let mut names: Vec<String> = Vec::new();
        for place in [at, tree.parent(at)] {
            for attribute in ["itemprop", "class", "id"] {
                names.extend(tree.attribute(place, attribute).map(words).unwrap_or_default());
            }
        }
        let says = |list: &[String]| names.iter().any(|name| list.contains(name));
        let mut score = i32::from(says(published)) * 2 - i32::from(says(updated)) * 3;
        score += i32::from(tree.attribute(at, "pubdate").is_some()) * 4;
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, Published { value, from }));
        }
    }
    best.map(|(_, published)| published)
}

/// The title without the name of the site.
fn title(
    tree: &Tree,
    linked: &Linked,
    meta: &Meta<'_>,
    markup: &Markup,
    site: Option<&str>,
    outlet: Option<&str>,
) -> Option<String> {
    let clean = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let element = tree.elements(Tag::Title).next().and_then(|at| clean(&tree.inner_text(at)));
    let headings: Vec<String> = tree.elements(Tag::H1).filter_map(|at| clean(&tree.inner_text(at))).collect();
    let said = linked.title.clone().or_else(|| meta.first(&markup.meta.title).and_then(clean)).or(element.clone());
    let squeezed =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    if let Some(said) = &said {
        let long = squeezed(said);
        // A heading that the title begins with is the title without the site's name.
        if let Some(heading) = headings.iter().find(|h| h.chars().count() >= 10 && long.starts_with(&squeezed(h))) {
            return Some(heading.clone());
        }
        let names: Vec<String> = site.into_iter().chain(outlet).map(squeezed).collect();
        return Some(without_site(said, &names, &squeezed).to_owned());
    }
    headings.into_iter().next()
}

/// Cuts ` | Site` and ` - Site` off, where what stands there is the site, or a stroke parts a short rest.
fn without_site<'t>(title: &'t str, names: &[String], squeezed: &dyn Fn(&str) -> String) -> &'t str {
    let mut title = title;
    for separator in [" | ", " \u{2013} ", " \u{2014} ", " - ", " :: ", " \u{ab} ", " \u{bb} ", " \u{b7} ", "|", "_"] {
        while let Some((before, after)) = title.rsplit_once(separator) {
            let site = squeezed(after);
            let known =
                names.iter().any(|name| !site.is_empty() && (name.contains(&site) || site.contains(name.as_str())));
            let stroke = separator.contains('|') || separator == "_" || separator == " :: " || separator == " \u{ab} ";
            if !(known || stroke && after.chars().count() * 2 < before.chars().count()) || before.trim().is_empty() {
                break;
            }
            title = before.trim_end();
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(html: &str) -> Known {
        let mut known = Known::default();
        read(&Tree::parse(html), crate::Knowledge::embedded().markup(), &mut known);
        known
    }

    #[test]
    fn json_ld_is_believed_first() {
        let known = known(
            r#"<title>Talks in Cairo | Example News</title><meta property="article:published_time" content="2024-11-17">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Example"},{"@type":["NewsArticle"],
            "headline":"Talks in Cairo &amp; Ankara","datePublished":"2024-11-16T09:00:00+02:00","author":[{"name":"Jane Doe"},
            {"@type":"Person","name":"John Roe"}],"publisher":{"name":"Example News"}}]}</script>"#,
        );
        let published = known.published.unwrap();
        assert_eq!((published.value.as_str(), published.from), ("2024-11-16T09:00+02:00", DateSource::JsonLd));
        assert_eq!(known.title.as_deref(), Some("Talks in Cairo & Ankara"));
        assert_eq!(known.author.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(known.publisher.as_deref(), Some("Example News"));
    }

    #[test]
    fn the_name_of_the_site_is_cut_off_the_title() {
        let title = |html| known(html).title;
        assert_eq!(
            title("<title>Talks in Cairo - Example</title><meta property=og:site_name content=Example>").as_deref(),
            Some("Talks in Cairo")
        );
        assert_eq!(title("<title>Egypt - Turkey: talks go on</title>").as_deref(), Some("Egypt - Turkey: talks go on"));
        assert_eq!(title("<title>Talks go on - Example</title><h1>Talks go on</h1>").as_deref(), Some("Talks go on"));
        assert_eq!(title("<p>No title"), None);
    }

    #[test]
    fn time_elements_are_weighed_by_their_names() {
        let page =
            "<time datetime=2024-11-20 class=updated>x</time><time datetime=2024-11-16 class=published-at>y</time>";
        let published = known(page).published.unwrap();
        assert_eq!((published.value.as_str(), published.from), ("2024-11-16", DateSource::Time));
    }
}
