//! Addresses, tags and the language that a page declares.

use url::Url;

use super::json_ld::Linked;
use super::labels::{Labels, distinct};
use super::survey::Survey;
use super::text::plain;

/// The address that the page calls its own, in full.
pub(super) fn canonical(survey: &Survey<'_>, url: Option<&str>) -> Option<String> {
    let link = survey.links.iter().find(|(relation, _)| {
        relation.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("canonical"))
    });
    let own = link.map(|(_, address)| *address).or_else(|| survey.all("og:url").next())?;
    absolute(own, survey, url)
}

/// The picture that stands for the article.
pub(super) fn image(survey: &Survey<'_>, linked: &Linked, labels: &Labels, url: Option<&str>) -> Option<String> {
    let told = survey.first(&labels.meta.image).or(linked.image.as_deref())?;
    absolute(told, survey, url)
}

/// An address against the page's base, or against the page itself; `None` where it is none of the web.
fn absolute(address: &str, survey: &Survey<'_>, url: Option<&str>) -> Option<String> {
    let page = url.and_then(|url| Url::parse(url).ok());
    let base = match (survey.base, page) {
        (Some(base), Some(page)) => page.join(base).ok().or(Some(page)),
        (Some(base), None) => Url::parse(base).ok(),
        (None, page) => page,
    };
    let address = address.trim();
    let full = match base {
        Some(base) if !address.is_empty() => base.join(address).ok()?,
        _ => Url::parse(address).ok()?,
    };
    matches!(full.scheme(), "http" | "https").then(|| full.to_string())
}

/// How many tags are kept, and how long one may be in characters.
const TAGS: usize = 30;
const LENGTH: usize = 60;

/// The tags: one a meta element, or a list with commas.
pub(super) fn tags(survey: &Survey<'_>, linked: &Linked, labels: &Labels) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for key in &labels.meta.tags {
        tags = survey.all(key).flat_map(split).collect();
        if !tags.is_empty() {
            break;
        }
    }
    if tags.is_empty() {
        tags = linked.tags.iter().flat_map(|tag| split(tag)).collect();
    }
    tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= LENGTH);
    let mut tags = distinct(tags);
    tags.truncate(TAGS);
    tags
}

fn split(list: &str) -> Vec<String> {
    plain(list).split([',', ';', '\u{60c}', '\u{3001}', '\u{ff0c}']).map(|tag| tag.trim().to_owned()).collect()
}

/// The language that the page declares, as BCP 47 writes it.
pub(super) fn language(survey: &Survey<'_>, linked: &Linked, labels: &Labels) -> Option<String> {
    let meta = survey.first(&labels.meta.language);
    [survey.language, linked.language.as_deref(), meta].into_iter().flatten().find_map(tag)
}

/// `en_gb` as `en-GB`, `zh-hant-tw` as `zh-Hant-TW`; `None` for what is no tag.
fn tag(given: &str) -> Option<String> {
    let given = given.split([',', ';']).next()?.trim().replace('_', "-");
    let mut parts = given.split('-');
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()))?.to_ascii_lowercase();
    let mut tag = language;
    for part in parts {
        if !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) || part.is_empty() {
            return Some(tag).filter(|tag| tag.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-'));
        }
        tag.push('-');
        match part.len() {
            2 => tag += &part.to_ascii_uppercase(),
            4 => {
                tag += &part[..1].to_ascii_uppercase();
                tag += &part[1..].to_ascii_lowercase();
            }
            _ => tag += &part.to_ascii_lowercase(),
        }
    }
    tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_languages() {
        for (given, want) in [
            ("en_GB", Some("en-GB")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("de", Some("de")),
            ("en, fr", Some("en")),
            ("english", None),
            ("", None),
        ] {
            assert_eq!(tag(given).as_deref(), want, "{given}");
        }
    }
}
