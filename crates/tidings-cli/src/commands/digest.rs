//! `tidings digest`: many reports in many languages, one record of each event.

use clap::ValueEnum;
use jiff::civil::Date;
use tidings::{
    Knowledge,
    model::{Country, Digest as Record, Event, EventType},
    record,
    stages::{
        merge::merge,
        narrate::{Teller, narrate},
    },
};

use crate::{
    documents::Documents,
    failure::Misuse,
    output::{Lines, Paint},
    page::Page,
    progress::{Progress, tell},
    reports::reports,
};

/// The options of `tidings digest`.
#[derive(clap::Args)]
pub struct Digest {
    #[command(flatten)]
    documents: Documents,
    /// Text for people, or a JSON line an event
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language of headlines and names, one with a full pack (BCP 47)
    #[arg(long = "in", value_name = "LANG", default_value = "en")]
    language: String,
    /// Only events on or after this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Only events on or before this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Only events with a party or a place of this state (ISO 3166-1 alpha-3); may be repeated
    #[arg(long, value_name = "ISO3")]
    country: Vec<String>,
    /// Only events of this PLOVER type
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
}

/// How events are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person's eye.
    Text,
    /// A JSON line an event.
    Jsonl,
}

impl Digest {
    /// Prints the events that the documents tell, the newest first.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let full = knowledge.source().full_languages();
        if !full.contains(&self.language) {
            let languages = full.join(", ");
            return Err(Misuse::error(format!("--in {}: headlines are told in {languages}", self.language)));
        }
        let Some(teller) = Teller::new(&self.language, knowledge) else {
            let why = knowledge.headlines(&self.language).err().map_or("it has no headlines".into(), |e| e.to_string());
            return Err(Misuse::error(format!("--in {}: {why}", self.language)));
        };
        let wanted = Wanted::new(self.since, self.until, &self.country, self.kind.as_deref(), knowledge)?;
        let progress = Progress::before_output();
        let mut all = Vec::new();
        let read = self.documents.each(
            &progress,
            |input| reports(input, knowledge),
            |reports| {
                all.extend(reports);
                Ok(())
            },
        )?;
        progress.now("putting reports together");
        let mut digest = merge(all, knowledge);
        narrate(&mut digest, knowledge);
        drop(progress);
        wanted.keep(&mut digest);
        let mut lines = Lines::new();
        match self.format {
            Format::Jsonl => {
                for event in record::events(&digest, &knowledge.made_by()) {
                    lines.print(&serde_json::to_string(&event)?)?;
                }
            }
            Format::Text => {
                let page = Page::new(&digest, teller, knowledge.world(), Paint::for_stdout());
                for block in page.blocks() {
                    lines.print(&block)?;
                }
            }
        }
        lines.finish()?;
        Ok(read)
    }
}

/// Which events are wanted.
struct Wanted {
    since: Option<Date>,
    until: Option<Date>,
    countries: Vec<Country>,
    kind: Option<EventType>,
}

impl Wanted {
    fn new(
        since: Option<Date>,
        until: Option<Date>,
        countries: &[String],
        kind: Option<&str>,
        knowledge: &Knowledge,
    ) -> anyhow::Result<Self> {
        let countries = countries
            .iter()
            .map(|c| {
                Country::new(&c.to_ascii_uppercase())
                    .filter(|c| knowledge.world().country(*c).is_some() || c.is_organization())
                    .ok_or_else(|| Misuse::error(format!("--country {c}: no ISO 3166-1 alpha-3 code, such as EGY")))
            })
            .collect::<Result<_, _>>()?;
        let kind = match kind {
            None => None,
            Some(name) => Some(EventType::named(name).ok_or_else(|| {
                let names: Vec<&str> = EventType::ALL.into_iter().map(EventType::name).collect();
                Misuse::error(format!("--type {name}: no PLOVER type; these are: {}", names.join(", ")))
            })?),
        };
        Ok(Self { since, until, countries, kind })
    }

    /// Leaves out what is not wanted, and says how many events could not be placed in time.
    fn keep(&self, digest: &mut Record) {
        let mut without_day = 0;
        let reports = std::mem::take(&mut digest.reports);
        let published = |event: &Event| {
            let days = event.reports.iter().filter_map(|told| {
                let article = &reports
                    .iter()
                    .find(|r| r.article.id == told.source.document && r.article.part == told.source.part)?
                    .article;
                article.published.as_ref()?.interval()?.earliest
            });
            days.min()
        };
        digest.events.retain(|event| {
            let party = |c: &Country| {
                event.parties.iter().any(|p| p.country == Some(*c))
                    || event.place.as_ref().is_some_and(|p| p.country == Some(*c))
            };
            if !self.countries.is_empty() && !self.countries.iter().any(party) {
                return false;
            }
            if self.kind.is_some() && event.kind != self.kind {
                return false;
            }
            if self.since.is_none() && self.until.is_none() {
                return true;
            }
            let days = event.date.and_then(tidings::model::When::interval).and_then(tidings::model::Interval::ends);
            let Some((first, last)) = days.or_else(|| published(event).map(|d| (d, d))) else {
                without_day += 1;
                return false;
            };
            self.since.is_none_or(|since| last >= since) && self.until.is_none_or(|until| first <= until)
        });
        digest.reports = reports;
        if without_day > 0 {
            tell(&format!("{without_day} events have no day and no publication date, and are left out"));
        }
    }
}
