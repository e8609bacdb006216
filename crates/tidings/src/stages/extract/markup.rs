//! `data/sites/markup.toml`: what the parts of news pages are called in their markup.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::model::Why;

/// The names that markup gives.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    parts: HashMap<String, Why>,
    good: Vec<String>,
    bad: Vec<String>,
    pub(super) meta: Keys,
    pub(super) article_types: Vec<String>,
    pub(super) page_types: Vec<String>,
    pub(super) times_published: Vec<String>,
    pub(super) times_updated: Vec<String>,
}

/// Keys of meta elements, the surest first.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Keys {
    pub(super) title: Vec<String>,
    pub(super) site: Vec<String>,
    pub(super) author: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) updated: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    parts: BTreeMap<Why, Vec<String>>,
    body: BTreeMap<String, Vec<String>>,
    meta: Keys,
    types: BTreeMap<String, Vec<String>>,
    times: BTreeMap<String, Vec<String>>,
}

impl Markup {
    /// The table's place in the data.
    pub(crate) const PATH: &str = "sites/markup.toml";

    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let mut file: File = toml::from_str(text)?;
        let mut parts = HashMap::new();
        for (why, words) in file.parts {
            parts.extend(words.into_iter().map(|word| (word, why)));
        }
        let take = |table: &mut BTreeMap<String, Vec<String>>, key: &str| table.remove(key).unwrap_or_default();
        Ok(Self {
            parts,
            good: take(&mut file.body, "good"),
            bad: take(&mut file.body, "bad"),
            meta: file.meta,
            article_types: take(&mut file.types, "article"),
            page_types: take(&mut file.types, "page"),
            times_published: take(&mut file.times, "published"),
            times_updated: take(&mut file.times, "updated"),
        })
    }

    /// Why a part of a page with this class or id is not the article, if its name says so.
    pub(super) fn part(&self, name: &str) -> Option<Why> {
        words(name).iter().find_map(|word| self.parts.get(word).copied())
    }

    /// Good words less bad ones in a name.
    pub(super) fn favour(&self, name: &str) -> i32 {
        let words = words(name);
        let holds = |list: &[String]| i32::from(words.iter().any(|word| list.contains(word)));
        holds(&self.good) - holds(&self.bad)
    }
}

/// The words of a class or id: parted by anything but letters, and before capitals.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        if !c.is_alphabetic() || c.is_uppercase() && small {
            words.push(String::new());
        }
        small = c.is_lowercase();
        if c.is_alphabetic() {
            words.last_mut().expect("there is always one").extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let markup = Markup::read(tidings_data::file("sites/markup.toml").unwrap()).unwrap();
        assert_eq!(markup.part("articleComments"), Some(Why::Comments));
        assert_eq!(markup.part("share-bar top"), Some(Why::Share));
        assert_eq!(markup.part("commentary-text"), None);
        assert_eq!(markup.favour("entry-content"), 1);
    }
}
