//! The record of `tidings interpret`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Positions;
use crate::{
    Knowledge,
    model::{
        Actor, Article, Claim, Country, EventType, Interval, Place, PlacePrecision, Precision, Quantity, Quote, Report,
        Sector, Span, Status, Time, TimeType, Where,
    },
};

/// One article with everything that was understood in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReportRecord {
    /// The article's own keys.
    #[serde(flatten)]
    pub article: Article,
    /// The body's sentences.
    pub sentences: Vec<[usize; 2]>,
    /// Times.
    pub times: Vec<TimeRecord>,
    /// Places.
    pub places: Vec<SpotRecord>,
    /// Mentions of people, states and organizations.
    pub actors: Vec<MentionRecord>,
    /// Counts.
    pub quantities: Vec<NumberRecord>,
    /// Happenings.
    pub claims: Vec<ClaimRecord>,
}

/// Where words stand: the body, or the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum In {
    /// In the title.
    Title,
}

/// A time that the text names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeRecord {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// `title` where the positions count there.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<In>,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// The first day, null where that end or the year is open.
    pub earliest: Option<String>,
    /// The last day.
    pub latest: Option<String>,
    /// How finely it is told.
    pub precision: Option<Precision>,
}

/// A place that the text names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpotRecord {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// `title` where the positions count there.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<In>,
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
    /// Whether something happened there.
    pub venue: bool,
}

/// A mention of a person, a state or an organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionRecord {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// `title` where the positions count there.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<In>,
    /// The person's name in Latin letters.
    pub name: Option<String>,
    /// The name as it stands in this text.
    pub original: Option<String>,
    /// The state, or the organization's code.
    #[schemars(with = "Option<String>")]
    pub country: Option<Country>,
    /// PLOVER's sector.
    #[schemars(with = "Option<String>")]
    pub sector: Option<Sector>,
    /// The office's id.
    pub office: Option<String>,
    /// The organization's id.
    pub organization: Option<String>,
}

/// A count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NumberRecord {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// `title` where the positions count there.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<In>,
    /// What is counted.
    pub what: String,
    /// The number.
    #[serde(with = "super::event::number")]
    #[schemars(with = "f64")]
    pub value: f64,
    /// The currency of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The claim that it belongs to.
    pub claim: Option<usize>,
}

/// One happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimRecord {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whether it happened, is planned, and so on.
    pub status: Status,
    /// Who: indexes into `actors`.
    pub actors: Vec<usize>,
    /// To or with whom.
    pub recipients: Vec<usize>,
    /// When: an index into `times`.
    pub time: Option<usize>,
    /// Where: an index into `places`.
    pub place: Option<usize>,
    /// The sentence; null in the title.
    pub sentence: Option<usize>,
    /// The words that name the act.
    pub trigger: [usize; 2],
    /// `title` where the trigger counts there.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub in_title: Option<In>,
    /// Who is quoted as saying so: an index into `actors`.
    pub said_by: Option<usize>,
    /// Whether this is what the article is about.
    pub main: bool,
    /// The rule that found it.
    pub rule: String,
}

/// The positions of an article's two texts.
struct Texts<'t> {
    title: Positions<'t>,
    body: Positions<'t>,
}

impl<'t> Texts<'t> {
    fn new(article: &'t Article) -> Self {
        Self {
            title: Positions::new(article.title.as_deref().unwrap_or_default()),
            body: Positions::new(&article.text),
        }
    }

    fn points(&self, quote: Quote) -> (usize, usize, Option<In>) {
        let (positions, place) = match quote.text {
            Where::Title => (&self.title, Some(In::Title)),
            Where::Body => (&self.body, None),
        };
        let [start, end] = positions.points(quote.span);
        (start, end, place)
    }

    fn quote(&self, start: usize, end: usize, place: Option<In>) -> Option<Quote> {
        match place {
            Some(In::Title) => self.title.span([start, end]).map(Quote::title),
            None => self.body.span([start, end]).map(Quote::body),
        }
    }
}

/// Degrees to two decimals, about a kilometre.
pub(super) fn degrees(value: Option<f64>) -> Option<f64> {
    value.map(|v| (v * 100.0).round() / 100.0)
}

impl From<&Report> for ReportRecord {
    fn from(report: &Report) -> Self {
        let texts = Texts::new(&report.article);
        let times = report.times.iter().map(|t| {
            let (start, end, place) = texts.points(t.quote);
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
            let (earliest, latest) = (day(t.interval.earliest), day(t.interval.latest));
            TimeRecord {
                start,
                end,
                place,
                kind: t.kind,
                value: t.value.clone(),
                earliest,
                latest,
                precision: t.precision,
            }
        });
        let places = report.places.iter().map(|p| {
            let (start, end, place) = texts.points(p.quote);
            SpotRecord {
                start,
                end,
                place,
                name: p.name.clone(),
                country: p.country,
                geonames: p.geonames,
                latitude: degrees(p.latitude),
                longitude: degrees(p.longitude),
                precision: p.precision,
                venue: p.venue,
            }
        });
        let actors = report.actors.iter().map(|a| {
            let (start, end, place) = texts.points(a.quote);
            MentionRecord {
                start,
                end,
                place,
                name: a.name.clone(),
                original: a.original.clone(),
                country: a.country,
                sector: a.sector,
                office: a.office.clone(),
                organization: a.organization.clone(),
            }
        });
        let quantities = report.quantities.iter().map(|q| {
            let (start, end, place) = texts.points(q.quote);
            NumberRecord {
                start,
                end,
                place,
                what: q.what.clone(),
                value: q.value,
                unit: q.unit.clone(),
                claim: q.claim,
            }
        });
        let claims = report.claims.iter().map(|c| {
            let (start, end, in_title) = texts.points(c.trigger);
            ClaimRecord {
                kind: c.kind,
                mode: c.modes.clone(),
                contexts: c.contexts.clone(),
                status: c.status,
                actors: c.actors.clone(),
                recipients: c.recipients.clone(),
                time: c.time,
                place: c.place,
                sentence: c.sentence,
                trigger: [start, end],
                in_title,
                said_by: c.said_by,
                main: c.main,
                rule: c.rule.clone(),
            }
        });
        Self {
            sentences: report.sentences.iter().map(|s| texts.body.points(*s)).collect(),
            times: times.collect(),
            places: places.collect(),
            actors: actors.collect(),
            quantities: quantities.collect(),
            claims: claims.collect(),
            article: report.article.clone(),
        }
    }
}

impl ReportRecord {
    /// The report that this record was made from, so far as the record tells it. What does not fit the text, an
    /// index or a position, is left out, and the article gets a note.
    #[allow(clippy::too_many_lines)] // One record from top to bottom.
    pub fn into_report(self, knowledge: &Knowledge) -> Report {
        let Self { mut article, sentences, times, places, actors, quantities, claims } = self;
        article.part = article.part.max(1);
        let texts = Texts::new(&article);
        let mut misfits = 0;
        let mut fitting = |quote: Option<Quote>| {
            misfits += usize::from(quote.is_none());
            quote.unwrap_or_default()
        };
        let sentences: Vec<Span> = sentences.into_iter().filter_map(|s| texts.body.span(s)).collect();
        let published = article.published.is_some();
        let times: Vec<Time> = times
            .into_iter()
            .map(|t| {
                let quote = fitting(texts.quote(t.start, t.end, t.place));
                // A day whose year the words do not name was found by the day of publication.
                let words = quote.span.of(match quote.text {
                    Where::Title => article.title.as_deref().unwrap_or_default(),
                    Where::Body => &article.text,
                });
                let day = |d: Option<String>| d.and_then(|d| d.parse().ok());
                let interval = Interval { earliest: day(t.earliest), latest: day(t.latest) };
                let year = interval.earliest.map(|d| d.year().to_string());
                let digits: String =
                    words.chars().filter_map(crate::language::digit).map(|d| char::from(b'0' + d)).collect();
                let anchored = published && year.is_some_and(|y| !digits.contains(&y));
                Time {
                    quote,
                    kind: t.kind,
                    value: t.value,
                    interval,
                    precision: t.precision,
                    anchored,
                    recalled: false,
                    ahead: None,
                }
            })
            .collect();
        let places: Vec<Place> = places
            .into_iter()
            .map(|p| Place {
                quote: fitting(texts.quote(p.start, p.end, p.place)),
                name: p.name,
                country: p.country,
                geonames: p.geonames,
                latitude: p.latitude,
                longitude: p.longitude,
                precision: p.precision,
                venue: p.venue,
            })
            .collect();
        let world = knowledge.world();
        let actors: Vec<Actor> = actors
            .into_iter()
            .map(|a| {
                let person = a.name.as_deref().and_then(|name| {
                    let mut people = world.people().iter().filter(|p| p.name == name);
                    let found = people.next().filter(|_| people.next().is_none());
                    found.map(|p| p.id.clone())
                });
                Actor {
                    quote: fitting(texts.quote(a.start, a.end, a.place)),
                    name: a.name,
                    original: a.original,
                    person,
                    country: a.country,
                    sector: a.sector,
                    office: a.office,
                    rank: None,
                    former: false,
                    organization: a.organization,
                }
            })
            .collect();
        let count = claims.len();
        let quantities: Vec<Quantity> = quantities
            .into_iter()
            .map(|q| Quantity {
                quote: fitting(texts.quote(q.start, q.end, q.place)),
                what: q.what,
                value: q.value,
                unit: q.unit,
                claim: q.claim.filter(|c| *c < count),
            })
            .collect();
        let claims: Vec<Claim> = claims
            .into_iter()
            .map(|c| Claim {
                trigger: fitting(texts.quote(c.trigger[0], c.trigger[1], c.in_title)),
                kind: c.kind,
                modes: c.mode,
                contexts: c.contexts,
                status: c.status,
                actors: c.actors.into_iter().filter(|a| *a < actors.len()).collect(),
                recipients: c.recipients.into_iter().filter(|a| *a < actors.len()).collect(),
                time: c.time.filter(|t| *t < times.len()),
                place: c.place.filter(|p| *p < places.len()),
                sentence: c.sentence.filter(|s| *s < sentences.len()),
                said_by: c.said_by.filter(|a| *a < actors.len()),
                main: c.main,
                rule: c.rule,
            })
            .collect();
        if misfits > 0 {
            article.notes.push(format!("{misfits} positions of the record do not fit its text"));
        }
        Report { article, sentences, times, places, actors, quantities, claims }
    }
}
