//! JSON Feed.

use serde_json::{Deserializer, Map, Value};

use super::{Entry, Feed, escape, words};
use crate::stages::acquire::date::moment;

/// Reads a feed in JSON; of one that breaks off, the entries before the break.
pub(super) fn read(text: &str) -> Feed {
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(map)) => {
            let entries = match map.get("items") {
                Some(Value::Array(items)) => items.iter().filter_map(Value::as_object).map(entry).collect(),
                _ => Vec::new(),
            };
            Feed {
                title: get(&map, "title").and_then(|title| words(&title)),
                address: get(&map, "home_page_url"),
                language: get(&map, "language"),
                entries,
                damaged: false,
            }
        }
        Ok(_) => Feed { damaged: true, ..Feed::default() },
        Err(_) => Feed { entries: whole_entries(text), damaged: true, ..Feed::default() },
    }
}

/// The entries of a damaged feed up to where it is damaged.
fn whole_entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let Some(key) = text.find("\"items\"") else { return entries };
    let Some(open) = text[key..].find('[') else { return entries };
    let mut rest = &text[key + open + 1..];
    loop {
        let mut values = Deserializer::from_str(rest).into_iter::<Map<String, Value>>();
        let Some(Ok(map)) = values.next() else { return entries };
        entries.push(entry(&map));
        rest = rest[values.byte_offset()..].trim_start().trim_start_matches(',');
    }
}

fn get(map: &Map<String, Value>, key: &str) -> Option<String> {
    match map.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn entry(map: &Map<String, Value>) -> Entry {
    let authors = map.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names: Vec<String> = authors.iter().chain(map.get("author")).filter_map(author).collect();
    Entry {
        address: get(map, "url").or_else(|| get(map, "external_url")),
        id: get(map, "id"),
        title: get(map, "title").and_then(|title| words(&title)),
        published: get(map, "date_published").and_then(|date| moment(&date)),
        updated: get(map, "date_modified").and_then(|date| moment(&date)),
        language: get(map, "language"),
        author: (!names.is_empty()).then(|| names.join(", ")),
        content: get(map, "content_html").or_else(|| get(map, "content_text").map(|text| escape(&text))),
        summary: get(map, "summary").map(|text| escape(&text)),
        outlet: None,
    }
}

fn author(value: &Value) -> Option<String> {
    words(value.as_object()?.get("name")?.as_str()?)
}
