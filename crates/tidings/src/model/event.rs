//! One happening, told by one or more reports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Country, DateSource, EventType, Quote, Report, Sector, Status, When};

/// One happening, with every answer that its reports give.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// A content hash of its anchor claim, in lower-case hexadecimal.
    pub id: String,
    /// PLOVER type of its most certain report.
    pub kind: Option<EventType>,
    /// PLOVER's intensity of its type and modes, from -10 to 10.
    pub score: Option<f64>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Status of its most certain report.
    pub status: Status,
    /// The days it can be, as all reports together allow.
    pub date: Option<When>,
    /// Where.
    pub place: Option<Venue>,
    /// Who.
    pub parties: Vec<Party>,
    /// Counts: what, value, unit.
    pub quantities: Vec<(String, f64, Option<String>)>,
    /// A headline by language.
    pub headline: BTreeMap<String, String>,
    /// The reports that tell it, the earliest first.
    pub reports: Vec<ReportRef>,
    /// What each field rests on.
    pub evidence: Vec<Answer>,
    /// Where the reports differ.
    pub differences: Vec<Difference>,
    /// How many groups of copies tell it.
    pub witnesses: usize,
    /// The languages of its reports, sorted.
    pub languages: Vec<String>,
    /// The states where its reports were published, sorted.
    pub publishers_in: Vec<Country>,
    /// Other events a reader may want.
    pub see_also: Vec<SeeAlso>,
}

/// Reports and the events that they tell together.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// The reports, in an order that does not depend on that of the input.
    pub reports: Vec<Report>,
    /// The events, those that happened first before later ones.
    pub events: Vec<Event>,
}

impl Digest {
    /// The report of a source.
    pub fn report(&self, source: &Source) -> Option<&Report> {
        self.reports.iter().find(|r| r.article.id == source.document && r.article.part == source.part)
    }
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq)]
pub struct Venue {
    /// The usual English name.
    pub name: String,
    /// The state.
    pub country: Option<Country>,
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How finely it is known.
    pub precision: super::PlacePrecision,
}

/// Which side of an act a party stands on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Who does it.
    #[default]
    Actor,
    /// To or for whom it is done.
    Recipient,
}

/// A party to an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// The person's or organization's name in Latin letters.
    pub name: Option<String>,
    /// The world's id of the person, where the name is known.
    pub person: Option<String>,
    /// Names as the reports write them, by language.
    pub names: BTreeMap<String, Vec<String>>,
    /// The state.
    pub country: Option<Country>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// The office's id.
    pub office: Option<String>,
    /// The organization's id, or an institution of the state.
    pub organization: Option<String>,
    /// The side.
    pub side: Side,
}

/// How a report came to be.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum CopyKind {
    /// Written by its own author.
    #[default]
    Original,
    /// The same text as another.
    Copy,
    /// A part of another's text.
    Excerpt,
    /// Another's text in other words.
    Rewrite,
    /// Another's text in another language.
    Translation,
}

/// Whether an event is what a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It is the news.
    Main,
    /// The report only recalls or mentions it.
    Background,
}

/// One report of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRef {
    /// The document and part.
    pub source: Source,
    /// News or background.
    pub role: Role,
    /// Original, copy, excerpt, rewrite or translation.
    pub kind: CopyKind,
    /// The document that it copies.
    pub copy_of: Option<Source>,
    /// Whether no other report was earlier; ties are all true.
    pub first: bool,
}

/// A part of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The document's id.
    pub document: String,
    /// The part, from 1.
    pub part: u32,
}

/// One answer of one report to one field, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// `type, mode, contexts, status, date, place, actors, quantities`; an item of a list as `actors.0.office`.
    pub field: String,
    /// The value as the record would print it.
    pub value: serde_json::Value,
    /// Words of a report: which, where, the exact words, and the sentence around them.
    pub words: Option<(Source, Quote)>,
    /// A field beside the text of a report, with its raw value.
    pub metadata: Option<(Source, DateSource, String)>,
    /// For a conclusion: indexes of the answers that it follows from.
    pub premises: Vec<usize>,
}

/// How values of a field differ between witnesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DifferenceKind {
    /// They cannot both be right.
    Contradiction,
    /// One lies inside the other.
    Finer,
    /// A later report has a larger count.
    Update,
    /// One witness alone says so.
    Only,
}

/// A field on which the reports of an event differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The field, as in [`Answer::field`].
    pub field: String,
    /// How.
    pub kind: DifferenceKind,
    /// Each value with the documents that give it.
    pub values: Vec<(serde_json::Value, Vec<String>)>,
}

/// Why another event may be of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeeAlsoWhy {
    /// The same parties before.
    Earlier,
    /// The same parties after.
    Later,
    /// The same parties, with no order known.
    SameActors,
    /// It may be this very event.
    PossiblySame,
}

/// A pointer to another event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeeAlso {
    /// The other event's id.
    pub id: String,
    /// Why.
    pub why: SeeAlsoWhy,
}
