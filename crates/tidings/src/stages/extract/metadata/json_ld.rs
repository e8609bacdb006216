//! What JSON-LD says of the article, where it is sound and where it is nearly so.

use serde_json::{Map, Value};

use super::labels::{Labels, is_type};
use super::survey::Survey;
use super::text::plain;
use crate::html::Tree;

/// What the blocks of a page say.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) updated: Option<String>,
    /// When the page, or what it shows, was published.
    pub(super) page_published: Option<String>,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) image: Option<String>,
    pub(super) language: Option<String>,
}

/// How many objects of a page are looked at.
const OBJECTS: usize = 400;

impl Linked {
    /// Reads the blocks. Of several articles the one is taken whose address is the page's, else the first.
    pub(super) fn new(tree: &Tree<'_>, survey: &Survey<'_>, labels: &Labels, address: Option<&str>) -> Self {
        let mut linked = Self::default();
        let mut articles: Vec<(bool, Map<String, Value>)> = Vec::new();
        let mut seen = 0;
        for &block in &survey.linked {
            let mut open = values(&tree.inner_text(block));
            open.reverse();
            while let Some(value) = open.pop() {
                seen += 1;
                if seen > OBJECTS {
                    break;
                }
                match value {
                    Value::Array(list) => open.extend(list.into_iter().rev()),
                    Value::Object(mut map) => {
                        // The page around an article may be told by the article, and the other way round.
                        open.extend(map.get("mainEntityOfPage").filter(|value| value.is_object()).cloned());
                        open.extend(map.remove("mainEntity"));
                        open.extend(map.remove("@graph"));
                        let types = names(map.get("@type"));
                        if is_type(&types, &labels.types.article) {
                            let own = address.is_some_and(|address| is_at(&map, address));
                            articles.push((own, map));
                        } else if is_type(&types, &labels.types.page) {
                            linked.of_page(&map);
                        }
                    }
                    _ => {}
                }
            }
        }
        let main = articles.iter().position(|(own, _)| *own).unwrap_or(0);
        if main < articles.len() {
            let (_, map) = articles.swap_remove(main);
            linked.fill(&map);
        }
        // Another block may tell the rest of the same article; one with another headline is another.
        for (_, map) in &articles {
            let headline = text(map, "headline");
            if headline.is_none() || headline == linked.title {
                linked.fill(map);
            }
        }
        linked
    }

    fn of_page(&mut self, map: &Map<String, Value>) {
        let published = text(map, "datePublished").or_else(|| text(map, "uploadDate"));
        self.page_published = self.page_published.take().or(published);
        self.updated = self.updated.take().or_else(|| text(map, "dateModified"));
        self.language = self.language.take().or_else(|| text(map, "inLanguage"));
    }

    fn fill(&mut self, map: &Map<String, Value>) {
        self.title = self.title.take().or_else(|| text(map, "headline").or_else(|| text(map, "name")));
        self.published = self.published.take().or_else(|| text(map, "datePublished"));
        self.created = self.created.take().or_else(|| text(map, "dateCreated").or_else(|| text(map, "uploadDate")));
        self.updated = text(map, "dateModified").or(self.updated.take());
        self.publisher = self.publisher.take().or_else(|| names(map.get("publisher")).into_iter().next());
        self.section = self.section.take().or_else(|| names(map.get("articleSection")).into_iter().next());
        self.image = self.image.take().or_else(|| address_of(map.get("image")));
        self.language = text(map, "inLanguage").or(self.language.take());
        if self.authors.is_empty() {
            self.authors = names(map.get("author"));
        }
        if self.tags.is_empty() {
            self.tags = names(map.get("keywords"));
        }
    }
}

/// A text of an object.
fn text(map: &Map<String, Value>, key: &str) -> Option<String> {
    let value = match map.get(key)? {
        Value::Array(list) => list.first()?,
        value => value,
    };
    match value {
        Value::String(text) => Some(plain(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        // As JSON-LD writes a typed value.
        Value::Object(map) => map.get("@value").or(map.get("name")).and_then(Value::as_str).map(plain),
        _ => None,
    }
}

/// The names in a value: text, an object with a name, or a list of these.
fn names(value: Option<&Value>) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = value.into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if !text.contains("://") => found.extend(Some(plain(text)).filter(|t| !t.is_empty())),
            Value::Object(map) => open.extend(map.get("name")),
            Value::Array(list) => open.extend(list.iter().rev()),
            _ => {}
        }
    }
    found
}

/// The address in a value: text, an object with one, or the first of a list.
fn address_of(value: Option<&Value>) -> Option<String> {
    let mut value = value?;
    for _ in 0..4 {
        match value {
            Value::String(text) => return Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Array(list) => value = list.first()?,
            Value::Object(map) => value = map.get("url").or(map.get("contentUrl")).or(map.get("@id"))?,
            _ => return None,
        }
    }
    None
}

fn is_at(map: &Map<String, Value>, address: &str) -> bool {
    let same = |value: Option<&Value>| {
        address_of(value).is_some_and(|own| super::text::bare(&own) == super::text::bare(address))
    };
    same(map.get("url")) || same(map.get("mainEntityOfPage")) || same(map.get("@id"))
}

/// The values of a block: one, or several behind one another, mended where the block is not sound.
fn values(block: &str) -> Vec<Value> {
    // What stands around the values are comments and CDATA marks.
    let (Some(start), Some(end)) = (block.find(['{', '[']), block.rfind(['}', ']'])) else { return Vec::new() };
    let Some(block) = block.get(start..=end) else { return Vec::new() };
    // `[CDATA[` begins with a bracket that opens nothing.
    let block = match block.strip_prefix("[CDATA[") {
        Some(rest) => rest.find(['{', '[']).map_or(rest, |at| &rest[at..]),
        None => block,
    };
    let read = |text: &str| {
        let (mut found, mut whole) = (Vec::new(), true);
        for value in serde_json::Deserializer::from_str(text).into_iter() {
            whole = value.is_ok();
            found.extend(value.ok());
            if !whole {
                break;
            }
        }
        (found, whole)
    };
    let (sound, whole) = read(block);
    if whole {
        return sound;
    }
    let (found, _) = read(&mended(block));
    if found.len() >= sound.len() { found } else { sound }
}

/// Mends the usual faults: line breaks inside strings, quotation marks that nobody escaped, a comma before a bracket,
/// a backslash before what needs none.
fn mended(block: &str) -> String {
    let mut out = String::with_capacity(block.len() + 16);
    let mut chars = block.char_indices().peekable();
    let mut inside = false;
    let next_mark = |from: usize| block[from..].chars().find(|c| !c.is_whitespace());
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if inside => {
                let escaped =
                    chars.next_if(|(_, next)| matches!(next, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u'));
                if let Some((_, next)) = escaped {
                    out.push('\\');
                    out.push(next);
                }
            }
            '"' if inside => {
                // A mark ends its string where what follows can follow a string.
                if matches!(next_mark(at + 1), Some(',' | '}' | ']' | ':') | None) {
                    inside = false;
                    out.push('"');
                } else {
                    out.push_str("\\\"");
                }
            }
            '"' => {
                inside = true;
                out.push('"');
            }
            c if inside && c.is_control() => out.push(' '),
            ',' if !inside && matches!(next_mark(at + 1), Some('}' | ']' | ',')) => {}
            ';' if !inside => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Linked {
        let tree = Tree::parse(html);
        let knowledge = crate::Knowledge::embedded();
        Linked::new(&tree, &Survey::new(&tree), knowledge.labels(), Some("https://example.com/b"))
    }

    #[test]
    fn broken_blocks_are_mended() {
        for block in [
            r#"{"@type":"NewsArticle","headline":"Talks","datePublished":"2024-11-16"}"#,
            "{\"@type\":\"NewsArticle\",\"headline\":\"Talks\",\"description\":\"one\ntwo\",\"datePublished\":\"2024-11-16\"}",
            r#"{"@type":"NewsArticle","headline":"Talks","datePublished":"2024-11-16",}"#,
            r#"<!-- {"@type":"NewsArticle","headline":"Talks","datePublished":"2024-11-16"} -->"#,
            r#"//<![CDATA[
            {"@type":"NewsArticle","headline":"Talks","datePublished":"2024-11-16"}
            //]]>"#,
            r#"{"@type":"NewsArticle","headline":"Talks","name":"the "river" talks","datePublished":"2024-11-16"}"#,
            r#"{"@type":"WebSite"}{"@type":"NewsArticle","headline":"Talks","datePublished":"2024-11-16"}"#,
            r#"{"@graph":[{"@type":["WebPage"],"mainEntity":{"@type":"NewsArticle","headline":"Talks","datePublished":"2024-11-16"}}]}"#,
            r#"[{"@type":"NewsArticle","headline":"Talks","datePublished":["2024-11-16"]}];"#,
            r#"{"@type":"NewsArticle","headline":"It\'s not","headline":"Talks","datePublished":"2024-11-16"}"#,
        ] {
            let linked = read(&format!("<script type='application/ld+json'>{block}</script>"));
            assert_eq!(linked.title.as_deref(), Some("Talks"), "{block}");
            assert_eq!(linked.published.as_deref(), Some("2024-11-16"), "{block}");
        }
        assert!(read("<script type='application/ld+json'>{oops</script>").title.is_none());
    }

    #[test]
    fn of_several_articles_the_one_at_the_address_is_taken() {
        let linked = read(
            r#"<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Other","url":"https://example.com/a"},
            {"@type":"NewsArticle","headline":"Own","url":"http://www.example.com/b/"}]</script>"#,
        );
        assert_eq!(linked.title.as_deref(), Some("Own"));
    }
}
