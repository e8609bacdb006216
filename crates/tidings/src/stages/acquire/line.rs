//! Lines of JSON: how one is cut from a stream, and what document it is.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use super::{Input, ReportLine, base64};
use crate::{
    Error,
    model::{Article, Page},
};

/// The longest document or line that is read, in bytes. No news page comes near it; a stream without line breaks would
/// otherwise fill the memory.
pub const LONGEST: usize = 64 << 20;

/// The next line without its line break, or `None` at the end.
///
/// # Errors
///
/// Where reading fails, or the line is longer than [`LONGEST`]: the rest of it is then passed over, so that the
/// next call gives the next line.
pub(super) fn next(source: &mut impl BufRead) -> Result<Option<Vec<u8>>, Error> {
    let mut line = Vec::new();
    source.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > LONGEST {
        drop(line);
        skip_line(source)?;
        let error = Error::parse(format!("a line of more than {} MiB", LONGEST >> 20));
        return Err(error.advice("cut it into its articles, one a line"));
    }
    Ok(Some(line))
}

const OBJECT: &str = "a line is one JSON object";

fn skip_line(source: &mut impl BufRead) -> io::Result<()> {
    loop {
        let held = source.fill_buf()?;
        let Some(length) = (!held.is_empty()).then_some(held.len()) else { return Ok(()) };
        match held.iter().position(|&byte| byte == b'\n') {
            Some(at) => {
                source.consume(at + 1);
                return Ok(());
            }
            None => source.consume(length),
        }
    }
}

/// The document that a line holds; `None` where it is an object with nothing to read in it.
///
/// # Errors
///
/// Where the line is no JSON object, or a record that claims to be an article or a report is none.
pub(super) fn parse(line: &[u8], name: &str) -> Result<Option<Input>, Error> {
    let mut notes = Vec::new();
    let value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => {
            let mended = mend(line).ok_or_else(|| parse_error(&error))?;
            notes.push("damaged characters were replaced".to_owned());
            serde_json::from_str(&mended).map_err(|_| parse_error(&error))?
        }
    };
    let Value::Object(mut map) = value else {
        return Err(Error::parse("not a JSON object").advice(OBJECT));
    };
    if map.get("claims").is_some_and(Value::is_array) {
        let line = ReportLine { text: Value::Object(map).to_string(), place: name.to_owned() };
        return Ok(Some(Input::Report(line)));
    }
    if map.get("part").is_some_and(Value::is_number) && map.contains_key("text") {
        number_to_text(&mut map);
        let mut article: Article = serde_json::from_value(Value::Object(map)).map_err(|error| parse_error(&error))?;
        article.notes.append(&mut notes);
        return Ok(Some(Input::Article(article)));
    }
    number_to_text(&mut map);
    Ok(page(&mut map, name, notes).map(Input::Page))
}

/// Ids may be numbers; from here on they are text.
fn number_to_text(map: &mut Map<String, Value>) {
    if let Some(id @ Value::Number(_)) = map.get_mut("id") {
        *id = Value::String(id.to_string());
    }
}

fn page(map: &mut Map<String, Value>, name: &str, mut notes: Vec<String>) -> Option<Page> {
    let mut take = |key: &str| match map.remove(key) {
        Some(Value::String(text)) => Some(text),
        Some(Value::Null) | None => None,
        Some(_) => {
            notes.push(format!("`{key}` of the input is not text and was ignored"));
            None
        }
    };
    let id = take("id").filter(|id| !id.is_empty()).unwrap_or_else(|| name.to_owned());
    let (packed, html, text) = (take("html_base64"), take("html"), take("text"));
    let mut page = Page {
        id,
        url: take("url").filter(|url| !url.is_empty()),
        title: take("title").filter(|title| !title.trim().is_empty()),
        published: take("published").filter(|date| !date.is_empty()),
        language: take("lang").filter(|language| !language.is_empty()),
        ..Page::default()
    };
    let nothing = packed.is_none() && html.is_none() && text.is_none();
    if let Some(bytes) = packed.as_deref().and_then(base64::decode) {
        (page.bytes, page.html) = (bytes, true);
    } else {
        if packed.is_some() {
            notes.push("`html_base64` of the input is no base64 and was ignored".to_owned());
        }
        page.decoded = true;
        page.html = html.is_some();
        page.bytes = html.or(text).unwrap_or_default().into_bytes();
    }
    page.notes = notes;
    (!nothing || page.title.is_some()).then_some(page)
}

fn parse_error(error: &serde_json::Error) -> Error {
    let message = error.to_string();
    // A line is one line: the parser's own line number would only mislead.
    Error::parse(message.replace(" at line 1 column", " at column")).advice(OBJECT)
}

/// The line with bytes that are no UTF-8 and halves of surrogate pairs replaced by U+FFFD; `None` where there was
/// nothing to replace. Dumps of scraped pages are full of both.
fn mend(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let mut mended = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (surrogate(rest), rest.get(6..).and_then(surrogate)) {
            (Some(true), Some(false)) => 12,
            (Some(_), _) => {
                mended.push('\u{fffd}');
                rest = &rest[6..];
                continue;
            }
            (None, _) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        mended.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    mended.push_str(rest);
    (mended.as_bytes() != line).then_some(mended)
}

/// Whether `text` begins with an escaped surrogate, and whether that is the first half of a pair.
fn surrogate(text: &str) -> Option<bool> {
    let unit = u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xd800..0xe000).contains(&unit).then_some(unit < 0xdc00)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_of(line: &str) -> Page {
        match parse(line.as_bytes(), "a.jsonl:7").unwrap() {
            Some(Input::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_body_as_fetched_wins() {
        let page = page_of(r#"{"id":5,"html_base64":"PHA+","html":"<i>","text":"x","extra":[1]}"#);
        assert_eq!((page.id.as_str(), page.bytes.as_slice(), page.decoded, page.html), ("5", &b"<p>"[..], false, true));
        let page = page_of(r#"{"html":"<i>","text":"x","lang":"vi","published":"2024-11-15"}"#);
        assert_eq!((page.id.as_str(), page.bytes.as_slice(), page.decoded), ("a.jsonl:7", &b"<i>"[..], true));
        assert_eq!((page.language.as_deref(), page.published.as_deref()), (Some("vi"), Some("2024-11-15")));
        let page = page_of(r#"{"title":"Talks in Cairo","url":3}"#);
        assert!(page.bytes.is_empty() && page.title.is_some());
        assert_eq!(page.notes.len(), 1);
    }

    #[test]
    fn records_of_later_stages_are_told_apart() {
        let article =
            parse(r#"{"id":"a","part":2,"text":"Words.","published":"2024","published_from":"text"}"#.as_bytes(), "");
        let Ok(Some(Input::Article(article))) = article else { panic!("{article:?}") };
        assert_eq!((article.part, article.published.unwrap().value.as_str()), (2, "2024"));
        assert!(matches!(parse(br#"{"id":"a","part":1,"claims":[]}"#, ""), Ok(Some(Input::Report(_)))));
        assert!(matches!(parse(br#"{"file":"texts/a.txt","lang":"vi"}"#, ""), Ok(None)));
        assert!(parse(b"[1]", "").is_err_and(|error| error.is_parse()));
        assert!(parse(b"{\"text\":\"a", "").is_err_and(|error| error.is_parse()));
    }

    #[test]
    fn damage_is_mended_and_noted() {
        let page = page_of(r#"{"text":"a\ud83d b\ude00 \ud83d\ude00 \\ud83d \n"}"#);
        assert_eq!(String::from_utf8(page.bytes).unwrap(), "a\u{fffd} b\u{fffd} \u{1f600} \\ud83d \n");
        assert_eq!(page.notes.len(), 1);
        let Ok(Some(Input::Page(page))) = parse(b"{\"text\":\"a\xff\"}", "") else { panic!() };
        assert_eq!(page.notes.len(), 1);
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let mut source = io::BufReader::new(io::repeat(b'a').take(LONGEST as u64 * 2).chain(&b"\nnext\nlast"[..]));
        assert!(next(&mut source).is_err_and(|error| error.is_parse()));
        assert_eq!(next(&mut source).unwrap().as_deref(), Some(&b"next"[..]));
        assert_eq!(next(&mut source).unwrap().as_deref(), Some(&b"last"[..]));
        assert_eq!(next(&mut source).unwrap(), None);
    }
}
