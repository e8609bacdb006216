//! What came in, and one piece of writing in it.

use serde::{Deserialize, Serialize};

use super::Interval;

/// What came in, as it came.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The document's id: its path, address, or what the input line calls it.
    pub id: String,
    /// Its address, if known.
    pub url: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether the bytes are already UTF-8 that somebody decoded: a charset that the page declares is then ignored.
    pub decoded: bool,
    /// The charset that the HTTP answer, or the archive, declares beside the bytes. It may be wrong.
    pub charset: Option<String>,
    /// Whether the bytes are HTML; plain text otherwise.
    pub html: bool,
    /// When the bytes were fetched (ISO 8601). This is no date of publication.
    pub fetched: Option<String>,
    /// What the input said beside the text; it wins over the page.
    pub title: Option<String>,
    /// Who signed it, as the input said.
    pub author: Option<String>,
    /// The outlet's name, as the input said; a known address names its outlet better.
    pub publisher: Option<String>,
    /// When it was published, as the input said.
    pub published: Option<String>,
    /// Where the input had that date from.
    pub published_from: DateSource,
    /// When it was last changed, as the input said.
    pub updated: Option<String>,
    /// Its language, as the input said (BCP 47).
    pub language: Option<String>,
    /// What went wrong while reading it.
    pub notes: Vec<String>,
}

/// One piece of writing. The JSON form is the record of `tidings extract`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Article {
    /// The document's id.
    pub id: String,
    /// Which article of its page this is, from 1.
    pub part: u32,
    /// The page's address.
    pub url: Option<String>,
    /// The title, without the site's name.
    pub title: Option<String>,
    /// Who signed it.
    pub author: Option<String>,
    /// When it was first published.
    #[serde(flatten, with = "published")]
    #[schemars(with = "published::Keys")]
    pub published: Option<Published>,
    /// When it was last changed (ISO 8601).
    pub updated: Option<String>,
    /// The language it is written in (BCP 47), as its words show.
    pub language: Option<String>,
    /// The language that the page declares (BCP 47), which may be the site's and not the article's.
    pub declared_language: Option<String>,
    /// The part of the outlet that it was printed in, as the outlet calls it.
    pub section: Option<String>,
    /// The outlet's tags or keywords.
    pub tags: Vec<String>,
    /// The address that the page calls its own, in full.
    pub canonical: Option<String>,
    /// The address of the picture that stands for it, in full.
    pub image: Option<String>,
    /// Who printed it: a host or an outlet's name.
    pub publisher: Option<String>,
    /// The chain of sources, from the one that wrote it to the one that printed it.
    pub credits: Vec<String>,
    /// The body without the title, a paragraph a line.
    pub text: String,
    /// What is on the page and is not the article.
    pub set_aside: Vec<SetAside>,
    /// What a reader should know about how it was read.
    pub notes: Vec<String>,
}

/// When an article was published, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Published {
    /// ISO 8601, as fine as it is known: `2024-11-16T16:03`, `2024-11-15`, `2024-11`.
    #[serde(rename = "published")]
    pub value: String,
    /// Where it was found.
    #[serde(rename = "published_from")]
    pub from: DateSource,
}

/// Both keys stand in the record even where nothing is known; a date without a source was given with the input.
mod published {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DateSource, Published};

    #[derive(Serialize, Deserialize, schemars::JsonSchema)]
    pub struct Keys {
        /// ISO 8601, as fine as it is known.
        #[serde(default)]
        published: Option<String>,
        /// Where it was found.
        #[serde(default)]
        published_from: Option<DateSource>,
    }

    #[allow(clippy::ref_option)] // The signature is serde's.
    pub fn serialize<S: Serializer>(value: &Option<Published>, serializer: S) -> Result<S::Ok, S::Error> {
        let known = value.as_ref();
        Keys { published: known.map(|p| p.value.clone()), published_from: known.map(|p| p.from) }.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Published>, D::Error> {
        let Keys { published, published_from } = Keys::deserialize(deserializer)?;
        Ok(published.map(|value| Published { value, from: published_from.unwrap_or(DateSource::Input) }))
    }
}

impl Published {
    /// The days that the value allows.
    pub fn interval(&self) -> Option<Interval> {
        let day = self.value.get(..10).and_then(|s| s.parse().ok());
        if let Some(day) = day {
            return Some(Interval::day(day));
        }
        let year = self.value.get(..4)?.parse().ok()?;
        match self.value.get(5..7).and_then(|m| m.parse().ok()) {
            Some(month) => Interval::month(year, month),
            None => Interval::year(year),
        }
    }
}

/// Where a publication date, or another field beside the text, was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// A JSON-LD block.
    JsonLd,
    /// A meta element.
    Meta,
    /// A time element.
    Time,
    /// The address.
    Url,
    /// The visible text.
    Text,
    /// A feed's entry.
    Feed,
    /// A header of the HTTP answer.
    Http,
    /// The input line or an option.
    #[default]
    Input,
}

/// Words of a page that are not its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SetAside {
    /// Why it was set aside.
    pub why: Why,
    /// The words.
    pub text: String,
}

/// Why words were set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// A picture's caption or credit.
    Caption,
    /// A pointer to other articles.
    Related,
    /// A comment or its form.
    Comments,
    /// A share bar.
    Share,
    /// Tags and keywords.
    Tags,
    /// A disclaimer.
    Disclaimer,
    /// Menus, crumbs, counters.
    Navigation,
    /// Words that stood there before: the title again, a caption again.
    Repeated,
    /// A byline, a source line, a date line.
    Credit,
    /// An advertisement or a call to subscribe.
    Advertisement,
}
