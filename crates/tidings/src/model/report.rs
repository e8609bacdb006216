//! What one article says.

use serde::{Deserialize, Serialize};

use super::{Article, Country, EventType, Interval, Precision, Quote, Sector, Span, Status};

/// One article with everything that was understood in it. It carries its sentences, and suffices for all later stages.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The article.
    pub article: Article,
    /// The body's sentences, in order.
    pub sentences: Vec<Span>,
    /// Times, in order of their place.
    pub times: Vec<Time>,
    /// Places, in order.
    pub places: Vec<Place>,
    /// Mentions of people, states and organizations, in order.
    pub actors: Vec<Actor>,
    /// Counts.
    pub quantities: Vec<Quantity>,
    /// Happenings; exactly one is the main claim where the article has words.
    pub claims: Vec<Claim>,
}

impl Report {
    /// The text that a quote counts in.
    pub fn text_of(&self, quote: Quote) -> &str {
        match quote.text {
            super::Where::Title => self.article.title.as_deref().unwrap_or_default(),
            super::Where::Body => &self.article.text,
        }
    }

    /// The words of a quote.
    pub fn words(&self, quote: Quote) -> &str {
        quote.span.of(self.text_of(quote))
    }

    /// The sentence around a quote: the whole title for words of the title.
    pub fn sentence_around(&self, quote: Quote) -> &str {
        match quote.text {
            super::Where::Title => self.article.title.as_deref().unwrap_or_default(),
            super::Where::Body => {
                let at = self.sentences.partition_point(|s| s.end <= quote.span.start);
                self.sentences.get(at).map_or("", |s| {
                    let last = self.sentences.iter().rfind(|l| l.start < quote.span.end).unwrap_or(s);
                    s.cover(*last).of(&self.article.text)
                })
            }
        }
    }

    /// The main claim.
    pub fn main(&self) -> Option<&Claim> {
        self.claims.iter().find(|c| c.main)
    }
}

/// A TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum TimeType {
    Date,
    Time,
    Duration,
    Set,
}

/// A time that the text names.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// The words.
    pub quote: Quote,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value: `2024-11-14`, `XXXX-09-09`, `P3D`, `FUTURE_REF`.
    pub value: String,
    /// The days it can be.
    pub interval: Interval,
    /// How finely it is told; `None` for durations and references without a place in time.
    pub precision: Option<Precision>,
    /// Whether the publication date took part in the value ("on Thursday").
    pub anchored: bool,
    /// Whether its own words place it well before the news ("last May", "in 2013").
    pub recalled: bool,
    /// The value and days of the same words if they are meant of what lies ahead, where they leave that open ("in
    /// April"): what is planned is dated by them.
    pub ahead: Option<(String, Interval)>,
}

/// How finely a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PlacePrecision {
    Point,
    City,
    Region,
    Country,
}

/// A place that the text names.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The words.
    pub quote: Quote,
    /// The usual English name.
    pub name: String,
    /// The state it lies in.
    pub country: Option<Country>,
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How finely it is known.
    pub precision: PlacePrecision,
    /// Whether the text says that something happened there, and does not just mention it.
    pub venue: bool,
}

/// One mention of a person, a state or an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The words of the mention: office, country, rank and name together.
    pub quote: Quote,
    /// The person's name in Latin letters.
    pub name: Option<String>,
    /// The name as it stands in this text.
    pub original: Option<String>,
    /// The world's id of the person, such as `emmanuel-macron`, where the name is known.
    pub person: Option<String>,
    /// The state, or the organization's code.
    pub country: Option<Country>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// The office's id (`data/world/offices.tsv`).
    pub office: Option<String>,
    /// The rank's id (`data/world/offices.tsv`).
    pub rank: Option<String>,
    /// Whether the office was held before ("the former minister").
    pub former: bool,
    /// The organization's id (`data/world/organizations.tsv`), or an institution of the state.
    pub organization: Option<String>,
}

/// A count with its kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The words of the number.
    pub quote: Quote,
    /// What is counted: `killed, injured, missing, arrested, released, displaced, participants, money, agreements, other`.
    pub what: String,
    /// The number.
    pub value: f64,
    /// The currency or other unit.
    pub unit: Option<String>,
    /// The claim it belongs to.
    pub claim: Option<usize>,
}

/// One happening as one article tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// PLOVER type; `None` where it is no PLOVER event.
    pub kind: Option<EventType>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whether it happened, is planned, and so on.
    pub status: Status,
    /// Who did it: indexes into `Report::actors`.
    pub actors: Vec<usize>,
    /// To or with whom.
    pub recipients: Vec<usize>,
    /// When: an index into `Report::times`.
    pub time: Option<usize>,
    /// Where: an index into `Report::places`.
    pub place: Option<usize>,
    /// The sentence, an index into `Report::sentences`; `None` in the title.
    pub sentence: Option<usize>,
    /// The words that name the act.
    pub trigger: Quote,
    /// Who is quoted as saying so: an index into `Report::actors`.
    pub said_by: Option<usize>,
    /// Whether this is what the article is about.
    pub main: bool,
    /// The rule that found it, as `vi/events.toml:41`; empty where none did.
    pub rule: String,
}
