//! `data/sites/markup.toml`: what the parts of news pages are called in their markup.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::model::Why;

/// The names that markup gives.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    words: FxHashMap<String, Sign>,
    states: FxHashSet<String>,
    live: FxHashSet<String>,
}

#[derive(Deserialize)]
struct File {
    parts: BTreeMap<Why, Vec<String>>,
    hints: BTreeMap<Why, Vec<String>>,
    body: BTreeMap<String, Vec<String>>,
}

impl Markup {
    /// The table's place in the data.
    pub(crate) const PATH: &str = "sites/markup.toml";

    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let mut file: File = toml::from_str(text)?;
        let mut all: FxHashMap<String, Sign> = FxHashMap::default();
        for (table, weak) in [(file.parts, false), (file.hints, true)] {
            for (why, words) in table {
                all.extend(words.into_iter().map(|word| (word, Sign { why: Some(why), weak, favour: 0 })));
            }
        }
        let take = |table: &mut BTreeMap<String, Vec<String>>, key: &str| table.remove(key).unwrap_or_default();
        for (key, favour) in [("good", 1), ("bad", -1)] {
            for word in take(&mut file.body, key) {
                all.entry(word).or_default().favour = favour;
            }
        }
        let mut set = |key: &str| take(&mut file.body, key).into_iter().collect();
        Ok(Self { words: all, states: set("states"), live: set("live") })
    }

    /// Whether a class, an id or a type says that its element is a live blog.
    pub(super) fn is_live(&self, name: &str) -> bool {
        let mut buffer = [0; WORD];
        let mut run = String::new();
        let mut found = false;
        for name in name.split_ascii_whitespace() {
            let mut starts = [0; 2];
            run.clear();
            each_word(name, &mut buffer, &mut |word| {
                starts = [starts[1], run.len()];
                run.push_str(word);
                found |= starts.iter().any(|&start| self.live.contains(&run[start..]));
                run.push('-');
            });
        }
        found
    }

    /// What a class, an id or a role says of its element.
    pub(super) fn sign(&self, name: &str) -> Sign {
        let mut sign = Sign::default();
        let (mut good, mut bad) = (false, false);
        let mut buffer = [0; WORD];
        let mut run = String::new();
        for name in name.split_ascii_whitespace() {
            let mut state = false;
            // Where the last words begin in the run of them.
            let mut starts = [0; 3];
            run.clear();
            each_word(name, &mut buffer, &mut |word| {
                // `has-sidebar` says how an element looks, and not what it is.
                state |= self.states.contains(word);
                if state {
                    return;
                }
                starts = [starts[1], starts[2], run.len()];
                run.push_str(word);
                for start in starts {
                    let Some(said) = self.words.get(&run[start..]) else { continue };
                    // The first word that says it outright, else the first that hints at it.
                    if said.why.is_some() && (sign.why.is_none() || sign.weak && !said.weak) {
                        (sign.why, sign.weak) = (said.why, said.weak);
                    }
                    good |= said.favour > 0;
                    bad |= said.favour < 0;
                }
                run.push('-');
            });
        }
        sign.favour = i8::from(good) - i8::from(bad);
        sign
    }
}

/// What a name says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sign {
    /// Why what bears the name is not the article.
    pub(super) why: Option<Why>,
    /// Whether articles bear such names too.
    pub(super) weak: bool,
    /// Above zero where articles are called so, below where other parts are.
    pub(super) favour: i8,
}

/// The longest word that is looked up.
const WORD: usize = 24;

/// Calls a function with each word of a name: its letters, in lower case, without making strings of them.
fn each_word(name: &str, buffer: &mut [u8; WORD], call: &mut dyn FnMut(&str)) {
    let mut length = 0;
    let mut small = false;
    let mut take = |buffer: &[u8; WORD], length: &mut usize| {
        if (1..=WORD).contains(length) {
            call(std::str::from_utf8(&buffer[..*length]).unwrap_or_default());
        }
        *length = 0;
    };
    for byte in name.bytes() {
        if !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() && small {
            take(buffer, &mut length);
        }
        small = byte.is_ascii_lowercase();
        if byte.is_ascii_alphabetic() {
            if length < WORD {
                buffer[length] = byte.to_ascii_lowercase();
            }
            length += 1;
        }
    }
    take(buffer, &mut length);
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
        assert_eq!(markup.sign("articleComments").why, Some(Why::Comments));
        assert_eq!(markup.sign("share-bar top").why, Some(Why::Share));
        assert_eq!(markup.sign("commentary-text").why, None);
        assert_eq!(markup.sign("hidden-comments"), Sign { why: Some(Why::Comments), weak: false, favour: 0 });
        assert_eq!(markup.sign("section section--has-ads").why, None);
        assert_eq!(markup.sign("entry-content").favour, 1);
        assert!(markup.is_live("https://schema.org/LiveBlogPosting") && markup.is_live("live-blog__entries"));
        assert!(!markup.is_live("live blog") && !markup.is_live("delivery"));
    }
}
