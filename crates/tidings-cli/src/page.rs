//! A digest for a person's eye: the news first, an event a block and the newest first, then what the news recalls.

mod citations;
mod text;

#[cfg(test)]
mod tests;

use std::{cmp::Reverse, collections::BTreeMap};

use serde_json::Value;
use tidings::{
    model::{
        CopyKind, Difference, DifferenceKind, Digest, Event, Party, Precision, Report, ReportRef, Role, Side, Source,
        Status, When,
    },
    stages::narrate::Teller,
    world::World,
};

use self::{
    citations::Citation,
    text::{clean, counted, cut, isolated, number, padded, width},
};
use crate::output::Paint;

/// Columns that an outlet's name takes at most.
const OUTLET: usize = 28;
/// Parties of an event that are named at most; the records hold them all.
const PARTIES: usize = 8;
/// Outlets that are named beside one answer; more are counted.
const NAMED: usize = 2;

/// A digest with what its blocks need.
pub struct Page<'d> {
    digest: &'d Digest,
    reports: BTreeMap<(&'d str, u32), &'d Report>,
    teller: Teller<'d>,
    world: &'d World,
    paint: Paint,
}

impl<'d> Page<'d> {
    /// A page of a digest with headlines and names in the language of a teller.
    pub fn new(digest: &'d Digest, teller: Teller<'d>, world: &'d World, paint: Paint) -> Self {
        let reports = digest.reports.iter().map(|r| ((r.article.id.as_str(), r.article.part), r)).collect();
        Self { digest, reports, teller, world, paint }
    }

    /// The blocks, with an empty line behind each, and a last line that counts them.
    pub fn blocks(&self) -> impl Iterator<Item = String> {
        let mut events: Vec<&Event> = self.digest.events.iter().collect();
        events.sort_by_key(|e| (Reverse(self.day(e)), e.id.clone()));
        let (news, recalled): (Vec<&Event>, Vec<&Event>) =
            events.into_iter().partition(|e| e.reports.iter().any(|r| r.role == Role::Main));
        let reports = counted(self.digest.reports.len(), "report", "reports");
        let count = match (news.len(), recalled.len()) {
            (news, 0) => format!("{} from {reports}", counted(news, "event", "events")),
            (news, recalled) => format!("{} and {recalled} recalled, from {reports}", counted(news, "event", "events")),
        };
        let heading = (!recalled.is_empty()).then(|| self.paint.strong("Recalled") + "\n");
        let news = news.into_iter().map(|e| self.news(e));
        let recalled = recalled.into_iter().map(|e| self.recalled(e));
        news.chain(heading).chain(recalled).chain([count])
    }

    /// What events are ordered by: the day, else the publication.
    fn day(&self, event: &Event) -> Option<String> {
        let day = event.date.and_then(When::interval).and_then(|i| i.earliest).map(|d| d.to_string());
        day.or_else(|| {
            event
                .reports
                .iter()
                .filter_map(|r| Some(self.report(&r.source)?.article.published.as_ref()?.value.clone()))
                .min()
        })
    }

    fn report(&self, source: &Source) -> Option<&'d Report> {
        self.reports.get(&(source.document.as_str(), source.part)).copied()
    }

    /// An event that is somebody's news.
    fn news(&self, event: &Event) -> String {
        let paint = &self.paint;
        let mut head = vec![paint.strong(&when(event))];
        if let Some(place) = &event.place {
            let city = self.teller.place(place);
            let state = place.country.map(|c| self.teller.country(c)).filter(|state| *state != city);
            head.push(isolated(&state.map_or(city.clone(), |state| text::joined(&city, &state))));
        }
        let kind = event.kind.map_or("no PLOVER type", |k| k.name());
        let modes = if event.modes.is_empty() { String::new() } else { format!(" ({})", event.modes.join(", ")) };
        head.push(paint.dim(&format!("{kind}{modes}{}", status(event.status))));
        let mut lines = vec![head.join("  ")];
        if let Some(headline) = self.headline(event) {
            lines.push(format!("  {}", paint.title(&headline)));
        }
        for party in event.parties.iter().take(PARTIES) {
            let told = self.party(party);
            if !told.is_empty() {
                lines.push(format!("  {} {told}", if party.side == Side::Actor { "•" } else { "→" }));
            }
        }
        if event.parties.len() > PARTIES {
            lines.push(format!("  {}", paint.dim(&format!("and {} more", event.parties.len() - PARTIES))));
        }
        let counts: Vec<String> = event
            .quantities
            .iter()
            .filter(|(what, ..)| what != "other")
            .map(|(what, value, unit)| {
                let unit = unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
                format!("{what}: {}{unit}", number(*value))
            })
            .collect();
        if !counts.is_empty() {
            lines.push(format!("  # {}", counts.join(", ")));
        }
        lines.extend(self.tellings(event));
        let citations = citations::of_news(event, |source| self.report(source));
        lines.extend(citations.iter().map(|c| self.citation(c)));
        lines.extend(event.differences.iter().filter_map(|d| self.difference(event, d)));
        lines.push(String::new());
        lines.join("\n")
    }

    /// An event that reports of other news recall, told shortly.
    fn recalled(&self, event: &Event) -> String {
        let date = self.paint.strong(&padded(&when(event), "0000-00-00".len()));
        let mut lines = vec![format!("{date}  {}", self.headline(event).unwrap_or_default()).trim_end().to_owned()];
        lines.extend(self.recalled_by(event));
        let citation = citations::of_recalled(event, |source| self.report(source));
        lines.extend(citation.map(|c| self.citation(&c)));
        lines.push(String::new());
        lines.join("\n")
    }

    fn headline(&self, event: &Event) -> Option<String> {
        event.headline.get(&self.teller.language).map(|headline| isolated(clean(headline).trim()))
    }

    /// A party's name, what it is, and its name in scripts that this language does not write.
    fn party(&self, party: &Party) -> String {
        let name = self.teller.name(party).map(|name| clean(&name));
        let office = self.teller.office(party).unwrap_or_default();
        let text = match &name {
            Some(name) if office.is_empty() => isolated(&self.paint.strong(name)),
            Some(name) => isolated(&format!("{} – {office}", self.paint.strong(name))),
            None => isolated(&self.paint.strong(&office)),
        };
        let shown = name.as_deref().unwrap_or_default();
        let mut others: Vec<String> = Vec::new();
        let told = party.names.values().filter_map(|names| names.first());
        // Latin letters write a name in as many ways as there are languages; one is enough.
        for other in party.name.iter().chain(told.filter(|n| !is_latin(n))).map(|n| clean(n)) {
            if name.is_some() && is_latin(&other) != is_latin(shown) && !others.iter().any(|o| alike(o, &other)) {
                others.push(other);
            }
        }
        let others: Vec<String> = others.iter().take(3).map(|o| isolated(o)).collect();
        if others.is_empty() { text } else { format!("{text}  {}", self.paint.dim(&others.join(" "))) }
    }

    fn outlet(&self, source: &Source) -> String {
        let publisher = self.report(source).and_then(|r| r.article.publisher.clone());
        let name = publisher.unwrap_or_else(|| file_name(&source.document).to_owned());
        outlet(&name)
    }

    /// A line for each report whose news the event is, in columns, and one for those that recall it.
    fn tellings(&self, event: &Event) -> Vec<String> {
        let rows: Vec<[String; 4]> =
            event.reports.iter().filter(|r| r.role == Role::Main).map(|told| self.telling(told)).collect();
        let widest = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
        let widths = [widest(0), widest(1), widest(2)];
        let line = |row: &[String; 4]| {
            let columns: Vec<String> = row.iter().zip(widths).map(|(text, columns)| padded(text, columns)).collect();
            format!("  {}  {}", columns.join("  "), row[3]).trim_end().to_owned()
        };
        rows.iter().map(line).chain(self.recalled_by(event)).collect()
    }

    /// Outlet, language, time, and how the text came to be.
    fn telling(&self, told: &ReportRef) -> [String; 4] {
        let article = self.report(&told.source).map(|r| &r.article);
        let language = article.and_then(|a| a.language.clone()).unwrap_or_else(|| "??".into());
        let time =
            article.and_then(|a| a.published.as_ref()).map_or("no date".to_owned(), |p| p.value.replace('T', " "));
        let mut notes = Vec::new();
        if told.first {
            notes.push(self.paint.good("first"));
        }
        let kind = match told.kind {
            CopyKind::Original => None,
            CopyKind::Copy => Some("copy of"),
            CopyKind::Excerpt => Some("excerpt of"),
            CopyKind::Rewrite => Some("rewrites"),
            CopyKind::Translation => Some("translates"),
        };
        if let (Some(kind), Some(of)) = (kind, &told.copy_of) {
            notes.push(format!("{kind} {}", self.outlet(of)));
        }
        let mut credits: Vec<&str> = article.iter().flat_map(|a| &a.credits).map(String::as_str).collect();
        // That a report comes from the outlet that printed it goes without saying.
        if credits.last().copied() == article.and_then(|a| a.publisher.as_deref()) {
            credits.pop();
        }
        if !credits.is_empty() {
            let chain: Vec<String> = credits.into_iter().map(outlet).collect();
            notes.push(self.paint.dim(&format!("credits {}", chain.join(" → "))));
        }
        [self.outlet(&told.source), language, time, notes.join(", ")]
    }

    fn recalled_by(&self, event: &Event) -> Option<String> {
        let mut outlets: Vec<String> = Vec::new();
        for told in event.reports.iter().filter(|r| r.role == Role::Background) {
            let outlet = self.outlet(&told.source);
            if !outlets.contains(&outlet) {
                outlets.push(outlet);
            }
        }
        (!outlets.is_empty()).then(|| format!("  {} {}", self.paint.dim("recalled by"), outlets.join(", ")))
    }

    /// A sentence in its own language, on one line, with the words marked that carry values, and who says it.
    fn citation(&self, citation: &Citation<'_>) -> String {
        let Citation { report, sentence, marks, .. } = citation;
        let mut told = String::new();
        let mut at = 0;
        for &(from, to) in marks {
            let (Some(before), Some(words)) = (sentence.get(at..from), sentence.get(from..to)) else { continue };
            told += &clean(before);
            told += &self.paint.mark(clean(words).trim());
            at = to;
        }
        told += &clean(&sentence[at..]);
        let article = &report.article;
        let outlet = self.outlet(&Source { document: article.id.clone(), part: article.part });
        let language = article.language.as_deref().unwrap_or("??");
        let (language, outlet) = (self.paint.dim(&padded(language, 2)), self.paint.dim(&format!("({outlet})")));
        format!("  {language}  {} {outlet}", isolated(told.trim()))
    }

    /// Where the reports differ, by who says what; what is only told more finely stands back.
    fn difference(&self, event: &Event, difference: &Difference) -> Option<String> {
        let mut parts = difference.field.split('.');
        let at = |parts: &mut std::str::Split<'_, char>| parts.next()?.parse::<usize>().ok();
        let (field, party) = match parts.next()? {
            "actors" => {
                let party = event.parties.get(at(&mut parts)?)?;
                (self.teller.name(party).or_else(|| self.teller.office(party).map(Into::into))?, Some(party))
            }
            "quantities" => {
                let (what, ..) = event.quantities.get(at(&mut parts)?)?;
                (what.into(), None)
            }
            other => (other.into(), None),
        };
        if field == "other" || difference.kind == DifferenceKind::Only {
            return None;
        }
        let mut values: Vec<(&Value, &Vec<String>)> = difference.values.iter().map(|(v, d)| (v, d)).collect();
        let counts = difference.field.starts_with("quantities");
        if counts {
            values.sort_by_key(|(_, documents)| self.published(documents));
        }
        let mut told = String::new();
        let mut before: Option<String> = None;
        for (value, documents) in values {
            let published = self.published(documents);
            // Counts that follow one another are a story of their own.
            let later = counts && before.is_some() && published > before;
            if !told.is_empty() {
                told += if later { ", later " } else { " / " };
            }
            told += &isolated(&self.value(value, party));
            told += &[" (", &self.outlets(documents), ")"].concat();
            before = published.or(before);
        }
        let field = isolated(&clean(&field));
        Some(if difference.kind == DifferenceKind::Contradiction {
            format!("  {} {field}: {told}", self.paint.warn("≠"))
        } else {
            self.paint.dim(&format!("  · {field}: {told}"))
        })
    }

    /// A value as a person reads it.
    fn value(&self, value: &Value, party: Option<&Party>) -> String {
        match (value, party) {
            (Value::String(office), Some(party)) => {
                let party = Party { office: Some(office.clone()), ..party.clone() };
                let told = self.world.office(office).and_then(|_| self.teller.office(&party));
                told.unwrap_or_else(|| office.replace('-', " "))
            }
            (Value::String(text), None) => clean(text),
            (value, _) => value.as_f64().map_or_else(|| value.to_string(), number),
        }
    }

    /// When the first of some documents was published.
    fn published(&self, documents: &[String]) -> Option<String> {
        let of = |id: &String| self.digest.reports.iter().find(|r| r.article.id == *id)?.article.published.as_ref();
        documents.iter().filter_map(of).map(|p| p.value.clone()).min()
    }

    /// Who some documents are: their outlets while these are few, else how many reports.
    fn outlets(&self, documents: &[String]) -> String {
        let mut outlets: Vec<String> = Vec::new();
        for id in documents {
            let part = self.digest.reports.iter().find(|r| r.article.id == *id).map_or(1, |r| r.article.part);
            let outlet = self.outlet(&Source { document: id.clone(), part });
            if !outlets.contains(&outlet) {
                outlets.push(outlet);
            }
        }
        if outlets.len() <= NAMED { outlets.join(", ") } else { counted(documents.len(), "report", "reports") }
    }
}

/// The day with its precision.
fn when(event: &Event) -> String {
    let Some(date) = event.date else { return "no date".to_owned() };
    let (start, end) = (date.start().unwrap_or_default(), date.end().unwrap_or_default());
    match date.precision() {
        Precision::Hour | Precision::Day => start,
        Precision::Month => start.get(..7).unwrap_or(&start).to_owned(),
        Precision::Year => start.get(..4).unwrap_or(&start).to_owned(),
        _ if end.is_empty() => format!("from {start}"),
        _ if start.is_empty() => format!("until {end}"),
        Precision::Interval => format!("{start} to {end}"),
        precision => format!("{start} to {end} ({})", serde_json::json!(precision).as_str().unwrap_or_default()),
    }
}

/// How an event stands to the world, where it is no plain news.
fn status(status: Status) -> &'static str {
    match status {
        Status::Happened => "",
        Status::Recalled => ", recalled",
        Status::Planned => ", planned",
        Status::Hypothetical => ", hypothetical",
        Status::Denied => ", denied",
    }
}

/// An outlet's name as it fits a column.
fn outlet(name: &str) -> String {
    isolated(&cut(clean(name).trim(), OUTLET))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a name stands in Latin letters.
fn is_latin(name: &str) -> bool {
    name.chars()
        .find(|c| c.is_alphabetic())
        .is_none_or(|c| u32::from(c) <= 0x2FF || (0x1E00..0x1F00).contains(&u32::from(c)))
}

/// Whether one of two names holds the other.
fn alike(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}
