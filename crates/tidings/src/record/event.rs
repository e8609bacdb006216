//! The record of `tidings digest`, `events` and `show`.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Positions, report::degrees};
use crate::model::{
    Answer, CopyKind, Country, DateSource, DifferenceKind, Digest, Event, EventType, PlacePrecision, Precision, Report,
    Role, Sector, SeeAlsoWhy, Side, Source, Status, Where,
};

/// One happening with its reports, its evidence and where they differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventRecord {
    /// A hash of its first telling.
    pub id: String,
    /// PLOVER type; null where it is no PLOVER event.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
    /// PLOVER's quad class.
    pub quad: Option<u8>,
    /// PLOVER's intensity.
    pub score: Option<f64>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whether it happened, is announced, and so on.
    pub status: Status,
    /// A headline by language.
    pub headline: BTreeMap<String, String>,
    /// When.
    pub date: Option<DateRecord>,
    /// Where.
    pub place: Option<PlaceRecord>,
    /// Who.
    pub actors: Vec<ActorRecord>,
    /// Counts.
    pub quantities: Vec<QuantityRecord>,
    /// The reports, the earliest first.
    pub reports: Vec<EventReportRecord>,
    /// What each value rests on.
    pub evidence: Vec<EvidenceRecord>,
    /// Where the reports differ.
    pub differences: Vec<DifferenceRecord>,
    /// How many groups of copies tell it.
    pub witnesses: usize,
    /// The languages of its reports.
    pub languages: Vec<String>,
    /// Where its reports were published.
    #[schemars(with = "Vec<String>")]
    pub publishers_in: Vec<Country>,
    /// Other events that a reader may want.
    pub see_also: Vec<SeeAlsoRecord>,
    /// The program and the data that made this record.
    pub made_by: String,
}

/// Full days, both included; `XXXX` for a year that the documents leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateRecord {
    /// The first day.
    pub start: Option<String>,
    /// The last day.
    pub end: Option<String>,
    /// How finely it is known.
    pub precision: Precision,
}

/// A place of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRecord {
    /// The usual English name.
    pub name: String,
    /// The state.
    #[schemars(with = "Option<String>")]
    pub country: Option<Country>,
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// Degrees north, to two decimals.
    pub latitude: Option<f64>,
    /// Degrees east, to two decimals.
    pub longitude: Option<f64>,
    /// How finely it is known.
    pub precision: PlacePrecision,
}

/// A party to an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActorRecord {
    /// The name in Latin letters.
    pub name: Option<String>,
    /// Names as the reports write them, by language.
    pub names: BTreeMap<String, Vec<String>>,
    /// The state, or the organization's code.
    #[schemars(with = "Option<String>")]
    pub country: Option<Country>,
    /// PLOVER's sector.
    #[schemars(with = "Option<String>")]
    pub sector: Option<Sector>,
    /// The office's id.
    pub office: Option<String>,
    /// On which side of the act.
    pub side: Side,
}

/// A count of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuantityRecord {
    /// What is counted.
    pub what: String,
    /// The number.
    #[serde(with = "number")]
    #[schemars(with = "f64")]
    pub value: f64,
    /// The currency of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A report of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventReportRecord {
    /// The document's id.
    pub document: String,
    /// The part, from 1.
    pub part: u32,
    /// The page's address.
    pub url: Option<String>,
    /// News, or recalled.
    pub role: Role,
    /// The language.
    pub language: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// Who signed it.
    pub author: Option<String>,
    /// Who printed it.
    pub publisher: Option<String>,
    /// The chain of sources.
    pub credits: Vec<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The document that it copies.
    pub copy_of: Option<String>,
    /// Original, copy, excerpt, rewrite or translation.
    pub kind: CopyKind,
    /// Whether no other report was earlier.
    pub first: bool,
}

/// What a value rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceRecord {
    /// The field.
    pub field: String,
    /// The value as this evidence gives it.
    pub value: Value,
    /// `text`, `title`, a field beside the text, or `inferred`.
    pub from: String,
    /// The document.
    pub document: Option<String>,
    /// The part.
    pub part: Option<u32>,
    /// The first code point of the words, in the text or the title.
    pub start: Option<usize>,
    /// The code point after the last.
    pub end: Option<usize>,
    /// The words.
    pub exact: Option<String>,
    /// The sentence around them.
    pub sentence: Option<String>,
    /// For a conclusion: indexes into `evidence`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub premises: Vec<usize>,
}

/// A field on which the reports differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DifferenceRecord {
    /// The field.
    pub field: String,
    /// How.
    pub kind: DifferenceKind,
    /// Each value with the documents that give it.
    pub values: Vec<ValueRecord>,
}

/// A value and the documents that give it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValueRecord {
    /// The value.
    pub value: Value,
    /// The documents.
    pub documents: Vec<String>,
}

/// A pointer to another event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeeAlsoRecord {
    /// The other event's id.
    pub id: String,
    /// Why.
    pub why: SeeAlsoWhy,
}

/// Whole numbers are written without a fraction.
pub(super) mod number {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.fract() == 0.0 && value.abs() < 9e15 {
            serializer.serialize_i64(*value as i64)
        } else {
            serializer.serialize_f64(*value)
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        f64::deserialize(deserializer)
    }
}

/// The records of a digest's events; `made_by` names the program and its data.
pub fn events<'d>(digest: &'d Digest, made_by: &str) -> impl Iterator<Item = EventRecord> + use<'d> {
    let reports: HashMap<(&str, u32), &Report> =
        digest.reports.iter().map(|r| ((r.article.id.as_str(), r.article.part), r)).collect();
    let made_by = made_by.to_owned();
    digest.events.iter().map(move |event| record(event, &reports, &made_by))
}

type Reports<'d> = HashMap<(&'d str, u32), &'d Report>;

fn record(event: &Event, reports: &Reports<'_>, made_by: &str) -> EventRecord {
    let mut positions: HashMap<(&Source, Where), Positions<'_>> = HashMap::new();
    let evidence = event.evidence.iter().map(|a| evidence(a, reports, &mut positions)).collect();
    EventRecord {
        id: event.id.clone(),
        kind: event.kind,
        quad: event.kind.map(EventType::quad),
        score: event.score,
        mode: event.modes.clone(),
        contexts: event.contexts.clone(),
        status: event.status,
        headline: event.headline.clone(),
        date: event.date.map(|d| DateRecord { start: d.start(), end: d.end(), precision: d.precision() }),
        place: event.place.as_ref().map(|p| PlaceRecord {
            name: p.name.clone(),
            country: p.country,
            geonames: p.geonames,
            latitude: degrees(p.latitude),
            longitude: degrees(p.longitude),
            precision: p.precision,
        }),
        actors: event
            .parties
            .iter()
            .map(|p| ActorRecord {
                name: p.name.clone(),
                names: p.names.clone(),
                country: p.country,
                sector: p.sector,
                office: p.office.clone(),
                side: p.side,
            })
            .collect(),
        quantities: event
            .quantities
            .iter()
            .map(|(what, value, unit)| QuantityRecord { what: what.clone(), value: *value, unit: unit.clone() })
            .collect(),
        reports: event.reports.iter().map(|r| report(r, reports)).collect(),
        evidence,
        differences: event
            .differences
            .iter()
            .map(|d| DifferenceRecord {
                field: d.field.clone(),
                kind: d.kind,
                values: d
                    .values
                    .iter()
                    .map(|(value, documents)| ValueRecord { value: value.clone(), documents: documents.clone() })
                    .collect(),
            })
            .collect(),
        witnesses: event.witnesses,
        languages: event.languages.clone(),
        publishers_in: event.publishers_in.clone(),
        see_also: event.see_also.iter().map(|s| SeeAlsoRecord { id: s.id.clone(), why: s.why }).collect(),
        made_by: made_by.to_owned(),
    }
}

fn report(told: &crate::model::ReportRef, reports: &Reports<'_>) -> EventReportRecord {
    let article = reports.get(&(told.source.document.as_str(), told.source.part)).map(|r| &r.article);
    EventReportRecord {
        document: told.source.document.clone(),
        part: told.source.part,
        url: article.and_then(|a| a.url.clone()),
        role: told.role,
        language: article.and_then(|a| a.language.clone()),
        title: article.and_then(|a| a.title.clone()),
        author: article.and_then(|a| a.author.clone()),
        publisher: article.and_then(|a| a.publisher.clone()),
        credits: article.map(|a| a.credits.clone()).unwrap_or_default(),
        published: article.and_then(|a| Some(a.published.as_ref()?.value.clone())),
        copy_of: told.copy_of.as_ref().map(|s| s.document.clone()),
        kind: told.kind,
        first: told.first,
    }
}

fn evidence<'d>(
    answer: &'d Answer,
    reports: &Reports<'d>,
    positions: &mut HashMap<(&'d Source, Where), Positions<'d>>,
) -> EvidenceRecord {
    let mut found = EvidenceRecord {
        field: answer.field.clone(),
        value: whole(&answer.value),
        from: String::new(),
        document: None,
        part: None,
        start: None,
        end: None,
        exact: None,
        sentence: None,
        premises: answer.premises.clone(),
    };
    if let Some((source, quote)) = &answer.words
        && let Some(report) = reports.get(&(source.document.as_str(), source.part)).copied()
    {
        let text = positions.entry((source, quote.text)).or_insert_with(|| Positions::new(report.text_of(*quote)));
        let [start, end] = text.points(quote.span);
        found.from = if quote.text == Where::Title { "title" } else { "text" }.to_owned();
        (found.start, found.end) = (Some(start), Some(end));
        found.exact = Some(report.words(*quote).to_owned());
        found.sentence = Some(report.sentence_around(*quote).to_owned());
        (found.document, found.part) = (Some(source.document.clone()), Some(source.part));
    }
    if let Some((source, from, raw)) = &answer.metadata {
        let report = reports.get(&(source.document.as_str(), source.part)).copied();
        let line = report.filter(|_| *from == DateSource::Text).and_then(|r| line_of(r, raw));
        found.from = serde_json::to_value(from).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        found.exact = Some(line.clone().unwrap_or_else(|| raw.clone()));
        found.sentence = Some(line.unwrap_or_else(|| raw.clone()));
        (found.document, found.part) = (Some(source.document.clone()), Some(source.part));
    }
    if !answer.premises.is_empty() {
        found.from = "inferred".to_owned();
    }
    found
}

/// A number that is whole is printed as such.
fn whole(value: &Value) -> Value {
    match value.as_f64() {
        Some(number) if value.is_f64() && number.fract() == 0.0 && number.abs() < 9e15 => Value::from(number as i64),
        _ => value.clone(),
    }
}

/// The line of a page that a date of publication was read from: the one that holds its numbers.
fn line_of(report: &Report, raw: &str) -> Option<String> {
    let numbers = |text: &str| -> Vec<u32> {
        let digits = |c: char| crate::language::digit(c).map(|d| char::from(b'0' + d));
        let plain: String = text.chars().map(|c| digits(c).unwrap_or(' ')).collect();
        plain.split(' ').filter_map(|n| n.parse().ok()).collect()
    };
    let wanted: Vec<u32> = numbers(raw.get(..10).unwrap_or(raw));
    let lines = report.article.set_aside.iter().flat_map(|s| s.text.lines()).chain(report.article.text.lines());
    // A month may stand there as a word, the year and the day are numbers.
    let day = |n: &[u32]| wanted.first().is_some_and(|y| n.contains(y)) && wanted.last().is_some_and(|d| n.contains(d));
    lines.filter(|l| l.chars().count() < 200).find(|l| day(&numbers(l))).map(str::to_owned)
}
