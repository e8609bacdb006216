//! The article as scripts hold it: `articleBody` of JSON-LD, templates, and the data that a page is drawn from.

use serde_json::Value;

use super::blocks::{Blocks, weight};
use super::parts::Parts;
use crate::html::{Tag, Tree};

/// The longest script that is read, in bytes.
const SCRIPT: usize = 4 << 20;
/// The least weight of a text in a script that is an article.
const ARTICLE: usize = 300;
/// The least weight of a string that counts as a paragraph.
const PARAGRAPH: usize = 60;
/// How many letters of a block are looked for in the body.
const PROBE: usize = 24;

/// What JSON-LD gives as the body of the page's article.
pub(super) struct Body {
    text: String,
    /// Its letters and digits.
    letters: String,
}

impl Body {
    /// The longest `articleBody` of the page.
    pub(super) fn of(tree: &Tree) -> Option<Self> {
        let scripts = tree.elements(Tag::Script).map(|at| script(tree, at)).filter(|text| text.len() <= SCRIPT);
        let longest = scripts.flat_map(bodies).max_by_key(String::len)?;
        let text = lines(&longest).join("\n");
        (weight(&text) >= ARTICLE).then(|| Self { letters: letters(&text).collect(), text })
    }

    /// Whether a block stands in the body.
    pub(super) fn holds(&self, text: &str) -> bool {
        let probe: String = letters(text).take(PROBE).collect();
        !probe.is_empty() && self.letters.contains(&probe)
    }

    pub(super) fn weight(&self) -> usize {
        weight(&self.text)
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.text.lines().map(str::to_owned).collect()
    }
}

/// The texts under the key of a body. What stands around them is not read: it may be long, and need not be sound.
fn bodies(script: &str) -> impl Iterator<Item = String> {
    script.match_indices(KEY).take(BODIES).filter_map(|(at, _)| {
        let value = script[at + KEY.len()..].trim_start().strip_prefix(':')?;
        serde_json::Deserializer::from_str(value).into_iter::<String>().next()?.ok()
    })
}

const KEY: &str = "\"articleBody\"";

/// How many bodies of a script are read; more are those of other articles.
const BODIES: usize = 20;

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The text of a page's article where it stands in a script alone: a template, or data that the page is drawn from.
pub(super) fn hidden_text(tree: &Tree) -> Option<Vec<String>> {
    let mut best: Option<(usize, Vec<String>)> = None;
    let mut offer = |lines: Vec<String>| {
        let weight = lines.iter().map(|line| weight(line)).filter(|weight| *weight >= PARAGRAPH).sum();
        if weight >= ARTICLE && best.as_ref().is_none_or(|(most, _)| weight > *most) {
            best = Some((weight, lines));
        }
    };
    for at in tree.elements(Tag::Script) {
        let text = script(tree, at);
        if text.len() < ARTICLE || text.len() > SCRIPT {
            continue;
        }
        let kind = tree.attribute(at, "type").unwrap_or_default();
        if kind.ends_with("template") || kind.ends_with("html") {
            offer(lines(text));
        } else {
            values(text).filter_map(|value| passages(&value)).for_each(&mut offer);
        }
    }
    best.map(|(_, lines)| lines)
}

fn script<'t>(tree: &'t Tree, at: usize) -> &'t str {
    (at + 1..tree.end(at)).find_map(|at| tree.text(at)).unwrap_or_default()
}

/// The JSON in a script: all of it, or what is assigned to variables.
fn values(text: &str) -> impl Iterator<Item = Value> {
    let text = text.trim();
    let starts: Vec<usize> = if text.starts_with(['{', '[']) {
        vec![0]
    } else {
        text.match_indices('=')
            .filter_map(|(at, _)| {
                let rest = text[at + 1..].trim_start();
                rest.starts_with(['{', '[']).then_some(text.len() - rest.len())
            })
            .take(ASSIGNED)
            .collect()
    };
    let mut end = 0;
    starts.into_iter().filter_map(move |start| {
        if start < end {
            return None;
        }
        let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        let value = stream.next()?.ok()?;
        end = start + stream.byte_offset();
        Some(value)
    })
}

/// How many variables of a script are looked into.
const ASSIGNED: usize = 20;

/// The strings under one key, or under one key of the items of a list, that hold most prose.
fn passages(value: &Value) -> Option<Vec<String>> {
    let mut groups: Vec<(String, usize, Vec<&str>)> = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::String(text) if is_passage(text) => {
                let weight = weight(text);
                if let Some((_, sum, texts)) = groups.iter_mut().find(|(have, ..)| *have == path) {
                    *sum += weight;
                    texts.push(text);
                } else if groups.len() < GROUPS {
                    groups.push((path, weight, vec![text]));
                }
            }
            Value::Array(list) => open.extend(list.iter().rev().map(|value| (path.clone(), value))),
            Value::Object(map) => {
                open.extend(map.iter().rev().map(|(key, value)| (format!("{path}/{key}"), value)));
            }
            _ => {}
        }
    }
    let (_, _, texts) = groups.into_iter().max_by_key(|(_, weight, _)| *weight)?;
    Some(texts.into_iter().flat_map(lines).collect())
}

const GROUPS: usize = 200;

/// Whether a string reads as prose, or as markup around it, and not as code or an address.
fn is_passage(text: &str) -> bool {
    let spaces = text.bytes().filter(|byte| *byte == b' ').count();
    let marks = text.bytes().filter(|byte| matches!(byte, b'{' | b'}' | b'=' | b';' | b'_' | b'\\')).count();
    let length = text.chars().count();
    // Scripts whose words have no space between them.
    let unspaced =
        |c: &char| matches!(c, '\u{e00}'..'\u{f00}' | '\u{1000}'..'\u{10a0}' | '\u{1780}'..'\u{1800}' | '\u{2e80}'..);
    let wide = text.chars().filter(unspaced).count();
    weight(text) >= PARAGRAPH && (spaces * 12 > length || wide * 2 > length) && (marks < spaces || text.contains('<'))
}

/// The lines of a text that may be markup, also where that is escaped once more.
fn lines(text: &str) -> Vec<String> {
    if !text.contains(['<', '&']) {
        let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        return text.lines().map(line).filter(|line| !line.is_empty()).collect();
    }
    let read = |text: &str| {
        let tree = Tree::parse(text);
        let blocks = Blocks::new(&tree, &Parts::plain(&tree));
        blocks.list.iter().map(|block| blocks.text(block).to_owned()).collect::<Vec<String>>()
    };
    let lines = read(text);
    if !text.contains("</") && lines.iter().any(|line| line.contains("</")) { read(&lines.join("\n")) } else { lines }
}
