//! `data/sites/<host>.toml`: what the pages of one site have in common, as [`Learner`](super::Learner) finds it out.
//!
//! The names in `markup.toml` hold for all sites; what stands here holds for one and goes before them.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::html::Tree;
use crate::model::Why;

/// What is known of one site.
///
/// ```
/// use tidings::stages::extract::Site;
/// let site = Site::read("host = \"example.com\"\npages = 8\nbody = [\"div.story\"]\n").unwrap();
/// assert_eq!((site.host.as_str(), site.pages), ("example.com", 8));
/// assert!(Site::read("body = [\"div > p\"]").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    /// Its host, without `www.`.
    pub host: String,
    /// How many pages it was learnt from.
    pub pages: usize,
    /// What stands after every title, its separator included.
    pub(super) after_title: Vec<String>,
    /// What stands before every title.
    pub(super) before_title: Vec<String>,
    /// Elements that hold the article, the surest first.
    pub(super) body: Vec<Selector>,
    /// Elements that are not the article.
    pub(super) parts: Vec<(Why, Selector)>,
    /// Lines that are not the article.
    pub(super) lines: Vec<(Why, String)>,
    pub(super) index: Index,
}

/// The same, as it is looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    by_name: FxHashMap<String, Vec<(Role, Selector)>>,
    by_letters: FxHashMap<String, Why>,
    /// No line of more bytes is known.
    longest: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Body(usize),
    Part(Why),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    host: String,
    #[serde(default)]
    pages: usize,
    #[serde(default)]
    after_title: Vec<String>,
    #[serde(default)]
    before_title: Vec<String>,
    #[serde(default)]
    body: Vec<Selector>,
    #[serde(default)]
    parts: BTreeMap<Why, Vec<Selector>>,
    #[serde(default)]
    lines: BTreeMap<Why, Vec<String>>,
}

/// What a site's file says of one page's elements.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Elements that are not the article, with their reasons, in the order of the page.
    pub(super) parts: Vec<(usize, Why)>,
    /// The elements that hold the article; none where the page has no such element.
    pub(super) body: Vec<usize>,
}

impl Site {
    /// The file of a host in the data.
    pub(crate) fn path(host: &str) -> String {
        format!("sites/{host}.toml")
    }

    /// Reads a site's file.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let flat = |(why, selectors): (Why, Vec<Selector>)| selectors.into_iter().map(move |selector| (why, selector));
        Ok(Self {
            host: file.host,
            pages: file.pages,
            after_title: file.after_title,
            before_title: file.before_title,
            body: file.body,
            parts: file.parts.into_iter().flat_map(flat).collect(),
            lines: file
                .lines
                .into_iter()
                .flat_map(|(why, lines)| lines.into_iter().map(move |line| (why, line)))
                .collect(),
            ..Self::default()
        }
        .indexed())
    }

    pub(super) fn indexed(mut self) -> Self {
        let bodies = self.body.iter().enumerate().map(|(rank, selector)| (Role::Body(rank), selector));
        for (role, selector) in bodies.chain(self.parts.iter().map(|(why, selector)| (Role::Part(*why), selector))) {
            self.index.by_name.entry(selector.name().to_owned()).or_default().push((role, selector.clone()));
        }
        self.index.by_letters = self.lines.iter().map(|(why, line)| (letters(line), *why)).collect();
        self.index.longest = self.lines.iter().map(|(_, line)| line.len()).max().unwrap_or(0) * 2;
        self
    }

    /// The elements of a page that it speaks of.
    pub(super) fn marks(&self, tree: &Tree) -> Marks {
        let mut marks = Marks::default();
        let mut best = usize::MAX;
        for at in 1..tree.len() {
            let names = ["class", "id"].into_iter().filter_map(|key| tree.attribute(at, key));
            let names = names.flat_map(str::split_ascii_whitespace).chain([tree.name(at)]);
            let said = names.filter_map(|name| self.index.by_name.get(name)).flatten();
            for (role, _) in said.filter(|(_, selector)| selector.is(tree, at)) {
                match *role {
                    Role::Part(why) if marks.parts.last().is_none_or(|&(last, _)| at >= tree.end(last)) => {
                        marks.parts.push((at, why));
                    }
                    Role::Body(rank) if rank <= best => {
                        if rank < best {
                            marks.body.clear();
                            best = rank;
                        }
                        if marks.body.last().is_none_or(|&last| at >= tree.end(last)) {
                            marks.body.push(at);
                        }
                    }
                    _ => {}
                }
            }
        }
        marks
    }

    /// Why a line is not the article.
    pub(super) fn line(&self, text: &str) -> Option<Why> {
        if text.len() > self.index.longest {
            return None;
        }
        self.index.by_letters.get(&letters(text)).copied()
    }

    /// A title without what the site puts around all of them.
    pub(super) fn title<'t>(&self, title: &'t str) -> &'t str {
        let without = |title: &'t str| {
            let after = self.after_title.iter().find_map(|end| title.strip_suffix(end.as_str()));
            after.or_else(|| self.before_title.iter().find_map(|start| title.strip_prefix(start.as_str())))
        };
        without(title).map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(title)
    }

    /// The file, as [`Site::read`] takes it.
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "# What the pages of {} have in common, learnt from {} of them by `tidings learn-site`: names in the site's markup\n\
             # and lines that its templates print. It holds for pages of this host alone; put it into a folder and name that with\n\
             # --sites. Lines may be taken out or added by hand.\n\n",
            self.host, self.pages
        );
        let _ = writeln!(text, "host = {}\npages = {}", quoted(&self.host), self.pages);
        let list = |text: &mut String, key: &str, says: &str, items: &[String]| {
            if !items.is_empty() {
                let items: Vec<String> = items.iter().map(|item| format!("    {},\n", quoted(item))).collect();
                let _ = write!(text, "\n# {says}\n{key} = [\n{}]\n", items.concat());
            }
        };
        list(&mut text, "after_title", "What stands after every title.", &self.after_title);
        list(&mut text, "before_title", "What stands before every title.", &self.before_title);
        let body: Vec<String> = self.body.iter().map(Selector::to_string).collect();
        list(&mut text, "body", "The elements that hold the article, the surest first: tag, #id, .classes.", &body);
        let parts: Vec<(Why, String)> = self.parts.iter().map(|(why, part)| (*why, part.to_string())).collect();
        for (table, says, rows) in [
            ("parts", "Elements that hold nothing of the article, by what they are.", &parts),
            ("lines", "Lines that stand on at least half of the pages, by what they are.", &self.lines),
        ] {
            if rows.is_empty() {
                continue;
            }
            let _ = write!(text, "\n# {says}\n[{table}]\n");
            let mut by_why: BTreeMap<Why, Vec<&str>> = BTreeMap::new();
            rows.iter().for_each(|(why, row)| by_why.entry(*why).or_default().push(row));
            for (why, rows) in by_why {
                let rows: Vec<String> = rows.into_iter().map(|row| format!("    {},\n", quoted(row))).collect();
                let why = toml::Value::try_from(why).ok();
                let why = why.as_ref().and_then(|why| why.as_str()).unwrap_or_default();
                let _ = write!(text, "{why} = [\n{}]\n", rows.concat());
            }
        }
        text
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text.replace(char::is_control, " ")).to_string()
}

/// Letters and digits alone, in lower case: lines that look alike are equal.
pub(super) fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An element by its tag, its id and some of its classes: `div#story.text.wide`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Selector {
    tag: String,
    id: Option<String>,
    classes: Vec<String>,
}

impl Selector {
    /// What names an element on every page of its site: numbers that differ from page to page name nothing.
    pub(super) fn of(tree: &Tree, at: usize) -> Option<Self> {
        let names_it = |name: &&str| is_name(name) && !counts(name);
        let id = tree.attribute(at, "id").map(str::trim).filter(names_it).map(str::to_owned);
        let classes = tree.attribute(at, "class").unwrap_or_default().split_ascii_whitespace().filter(names_it);
        let mut classes: Vec<String> = classes.take(8).map(str::to_owned).collect();
        classes.sort();
        classes.dedup();
        let tag = tree.name(at).to_owned();
        let alone = matches!(tree.tag(at), crate::html::Tag::Article | crate::html::Tag::Main);
        (is_name(&tag) && (alone || id.is_some() || !classes.is_empty())).then_some(Self { tag, id, classes })
    }

    /// The name under which it is looked up.
    fn name(&self) -> &str {
        self.id.as_deref().or(self.classes.first().map(String::as_str)).unwrap_or(&self.tag)
    }

    fn is(&self, tree: &Tree, at: usize) -> bool {
        let classes = || tree.attribute(at, "class").unwrap_or_default().split_ascii_whitespace();
        (self.tag.is_empty() || self.tag == tree.name(at))
            && self.id.as_deref().is_none_or(|id| tree.attribute(at, "id").map(str::trim) == Some(id))
            && self.classes.iter().all(|class| classes().any(|have| have == class))
    }
}

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Whether a name ends in, or is, a number of some length: that of an article and not of a template.
fn counts(name: &str) -> bool {
    name.as_bytes().windows(3).any(|three| three.iter().all(u8::is_ascii_digit))
}

impl TryFrom<String> for Selector {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut selector = Self::default();
        let end = text.find(['#', '.']).unwrap_or(text.len());
        selector.tag = text[..end].to_owned();
        let mut rest = &text[end..];
        while let Some(kind) = rest.chars().next() {
            let name = &rest[1..];
            let end = name.find(['#', '.']).unwrap_or(name.len());
            match kind {
                '#' => selector.id = Some(name[..end].to_owned()),
                _ => selector.classes.push(name[..end].to_owned()),
            }
            rest = &name[end..];
        }
        let names = selector.id.iter().chain(&selector.classes);
        let tag = selector.tag.is_empty() || is_name(&selector.tag);
        if text.is_empty() || !tag || !names.clone().all(|name| is_name(name)) {
            return Err(format!("`{text}` is no element; write it as tag#id.class"));
        }
        Ok(selector)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)?;
        self.id.iter().try_for_each(|id| write!(f, "#{id}"))?;
        self.classes.iter().try_for_each(|class| write!(f, ".{class}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "host = \"example.com\"\npages = 8\nafter_title = [\" - The Example\"]\nbody = [\"div#story.text\", \"article\"]\n\
        [parts]\nrelated = [\"div.box.more\"]\n[lines]\nnavigation = [\"Read it in the App!\"]\n";

    #[test]
    fn what_is_written_is_read() {
        let site = Site::read(FILE).unwrap();
        assert_eq!(Site::read(&site.to_toml()).unwrap(), site);
        assert_eq!(site.title("Talks in Cairo - The Example"), "Talks in Cairo");
        assert_eq!(site.title(" - The Example"), " - The Example");
        assert_eq!(site.line("\u{bb} read it in the app"), Some(Why::Navigation));
        assert_eq!(site.line("Read it in the app today"), None);
    }

    #[test]
    fn elements_are_found_by_tag_id_and_classes() {
        let site = Site::read(FILE).unwrap();
        let tree = Tree::parse(
            "<article><div class='more wide box'><div class='box more'>x</div></div><div id=story class='a text'>y</div>",
        );
        let marks = site.marks(&tree);
        assert_eq!(marks.parts.len(), 1);
        assert_eq!(tree.inner_text(marks.parts[0].0), "x");
        assert_eq!(marks.body.iter().map(|&at| tree.inner_text(at)).collect::<Vec<_>>(), ["y"]);
        let bare = Tree::parse("<article>z");
        assert_eq!(site.marks(&bare).body.len(), 1);
    }

    #[test]
    fn faults_are_told() {
        assert!(Site::read("host = 1").is_err());
        assert!(Site::read("host = \"a\"\nbodies = []").is_err());
        assert!(Site::read("host = \"a\"\nbody = [\"div > p\"]").unwrap_err().message().contains("tag#id.class"));
    }
}
