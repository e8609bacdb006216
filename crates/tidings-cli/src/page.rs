//! A digest for a person's eye: an event a block, the newest first.

use std::{cmp::Reverse, collections::BTreeMap};

use tidings::{
    Knowledge,
    model::{
        Answer, CopyKind, DifferenceKind, Digest, Event, Party, Precision, Report, ReportRef, Role, Side, Source,
        Status,
    },
};

use crate::output::Paint;

/// Sentences that are cited of one event at most; the records hold them all.
const CITATIONS: usize = 8;

/// A digest with what its blocks need.
pub struct Page<'d> {
    digest: &'d Digest,
    reports: BTreeMap<(&'d str, u32), &'d Report>,
    language: &'d str,
    knowledge: &'d Knowledge,
    paint: Paint,
}

impl<'d> Page<'d> {
    /// A page of a digest with headlines in a language.
    pub fn new(digest: &'d Digest, language: &'d str, knowledge: &'d Knowledge, paint: Paint) -> Self {
        let reports = digest.reports.iter().map(|r| ((r.article.id.as_str(), r.article.part), r)).collect();
        Self { digest, reports, language, knowledge, paint }
    }

    /// The blocks, with an empty line behind each, and a last line that counts them.
    pub fn blocks(&self) -> impl Iterator<Item = String> {
        let mut events: Vec<&Event> = self.digest.events.iter().collect();
        events.sort_by_key(|e| (Reverse(self.day(e)), e.id.clone()));
        let count = format!(
            "{} from {}",
            counted(events.len(), "event", "events"),
            counted(self.digest.reports.len(), "report", "reports")
        );
        events.into_iter().map(|e| self.block(e)).chain([count])
    }

    /// What events are ordered by: the day, else the publication.
    fn day(&self, event: &Event) -> Option<String> {
        let day = event.date.and_then(tidings::model::When::interval).and_then(|i| i.earliest).map(|d| d.to_string());
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

    fn block(&self, event: &Event) -> String {
        let paint = &self.paint;
        let mut lines = Vec::new();
        let mut head = vec![paint.strong(&when(event))];
        if let Some(place) = &event.place {
            let country = place.country.map(|c| c.to_string()).unwrap_or_default();
            let name = self
                .knowledge
                .world()
                .country(place.country.unwrap_or(tidings::model::Country::new("XXX").expect("three capitals")))
                .filter(|_| !country.is_empty())
                .map(|f| f.name.clone())
                .unwrap_or_default();
            head.push(if name == place.name || name.is_empty() {
                place.name.clone()
            } else {
                format!("{}, {name}", place.name)
            });
        }
        let kind = event.kind.map_or("no PLOVER type", |k| k.name());
        let modes = if event.modes.is_empty() { String::new() } else { format!(" ({})", event.modes.join(", ")) };
        let status =
            if event.status == Status::Happened { String::new() } else { format!(", {}", status(event.status)) };
        head.push(paint.dim(&format!("{kind}{modes}{status}")));
        lines.push(head.join("  "));
        if let Some(headline) = event.headline.get(self.language).or_else(|| event.headline.values().next()) {
            lines.push(format!("  {}", paint.title(&isolated(headline))));
        }
        for party in &event.parties {
            let told = self.party(party);
            if !told.is_empty() {
                lines.push(format!("  {} {told}", if party.side == Side::Actor { "•" } else { "→" }));
            }
        }
        for (what, value, unit) in &event.quantities {
            lines.push(format!("  # {what}: {value}{}", unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default()));
        }
        let (mains, background): (Vec<_>, Vec<_>) = event.reports.iter().partition(|r| r.role == Role::Main);
        let width = mains.iter().map(|r| wide(&self.outlet(r))).max().unwrap_or(0).min(32);
        for told in mains {
            lines.push(format!("  {}", self.telling(told, width)));
        }
        if !background.is_empty() {
            let outlets: Vec<String> = background.iter().map(|r| self.outlet(r)).collect();
            lines.push(format!("  {} {}", paint.dim("recalled by"), outlets.join(", ")));
        }
        lines.extend(self.citations(event));
        for difference in &event.differences {
            let values: Vec<String> = difference
                .values
                .iter()
                .map(|(value, documents)| {
                    format!("{} ({})", plain(value), counted(documents.len(), "report", "reports"))
                })
                .collect();
            let kind = match difference.kind {
                DifferenceKind::Contradiction => "they disagree on",
                DifferenceKind::Finer => "told more finely:",
                DifferenceKind::Update => "corrected later:",
                DifferenceKind::Only => continue,
            };
            lines.push(format!(
                "  {} {}: {}",
                paint.warn("≠"),
                paint.dim(&format!("{kind} {}", difference.field)),
                values.join(" / ")
            ));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn party(&self, party: &Party) -> String {
        let country = party.country.and_then(|c| self.knowledge.world().country(c)).map(|f| f.name.clone());
        let country = country.or_else(|| party.country.map(|c| c.to_string()));
        let office = party
            .office
            .as_deref()
            .map(|id| self.knowledge.world().office(id).map_or(id.to_owned(), |o| o.name.clone()));
        let mut text = match (&party.name, &office) {
            (Some(name), Some(office)) => format!("{}, {office}", self.paint.strong(name)),
            (Some(name), None) => self.paint.strong(name),
            (None, Some(office)) => office.clone(),
            (None, None) => String::new(),
        };
        if let Some(country) = country {
            text = if text.is_empty() { self.paint.strong(&country) } else { format!("{text} ({country})") };
        }
        let latin = party.name.as_deref().unwrap_or_default();
        let others: Vec<String> = party
            .names
            .values()
            .flatten()
            .filter(|n| n.as_str() != latin && !n.is_ascii() && n.chars().next().is_some_and(|c| u32::from(c) > 0x2FF))
            .take(3)
            .map(|n| isolated(n))
            .collect();
        if others.is_empty() { text } else { format!("{text} {}", self.paint.dim(&others.join(" "))) }
    }

    fn outlet(&self, told: &ReportRef) -> String {
        let article = self.report(&told.source).map(|r| &r.article);
        let name = article.and_then(|a| a.publisher.clone()).unwrap_or_else(|| {
            let path = told.source.document.as_str();
            path.rsplit('/').next().unwrap_or(path).to_owned()
        });
        isolated(&name)
    }

    fn telling(&self, told: &ReportRef, width: usize) -> String {
        let article = self.report(&told.source).map(|r| &r.article);
        let outlet = self.outlet(told);
        let gap = " ".repeat(width.saturating_sub(wide(&outlet)));
        let language = article.and_then(|a| a.language.clone()).unwrap_or_else(|| "??".into());
        let time =
            article.and_then(|a| a.published.as_ref()).map_or("no date".to_owned(), |p| p.value.replace('T', " "));
        let mut notes = Vec::new();
        if told.first {
            notes.push(self.paint.good("first"));
        }
        let of = told.copy_of.as_ref().map(|s| {
            let name = self.report(s).and_then(|r| r.article.publisher.clone()).unwrap_or_else(|| s.document.clone());
            isolated(&name)
        });
        let kind = match told.kind {
            CopyKind::Original => None,
            CopyKind::Copy => Some("copy of"),
            CopyKind::Excerpt => Some("excerpt of"),
            CopyKind::Rewrite => Some("rewrites"),
            CopyKind::Translation => Some("translates"),
        };
        if let (Some(kind), Some(of)) = (kind, of) {
            notes.push(format!("{kind} {of}"));
        }
        let credits = article.map(|a| a.credits.iter().map(|c| isolated(c)).collect::<Vec<_>>()).unwrap_or_default();
        if !credits.is_empty() {
            notes.push(self.paint.dim(&format!("by way of {}", credits.join(" → "))));
        }
        format!("{outlet}{gap}  {language:<3} {time:<16}  {}", notes.join(", ")).trim_end().to_owned()
    }

    /// The sentences that carry the values, each once, with the words that carry them marked.
    fn citations(&self, event: &Event) -> Vec<String> {
        let mut cited: Vec<(&Source, &str, Vec<&Answer>)> = Vec::new();
        for answer in &event.evidence {
            let Some((source, quote)) = &answer.words else { continue };
            let Some(report) = self.report(source) else { continue };
            let sentence = report.sentence_around(*quote);
            match cited.iter_mut().find(|(s, text, _)| *s == source && *text == sentence) {
                Some((_, _, answers)) => answers.push(answer),
                None => cited.push((source, sentence, vec![answer])),
            }
        }
        // A sentence that carries more says more; each report comes to word before a second sentence of another.
        let mut seen: BTreeMap<&Source, usize> = BTreeMap::new();
        let mut ranked: Vec<(usize, Reverse<usize>, usize)> = cited
            .iter()
            .enumerate()
            .map(|(n, (source, _, answers))| {
                let nth = seen.entry(source).or_insert(0);
                *nth += 1;
                (*nth, Reverse(answers.len()), n)
            })
            .collect();
        ranked.sort_unstable();
        ranked.truncate(CITATIONS);
        let mut chosen: Vec<usize> = ranked.into_iter().map(|(_, _, n)| n).collect();
        chosen.sort_unstable();
        chosen
            .into_iter()
            .map(|n| {
                let (source, sentence, answers) = &cited[n];
                let report = self.report(source).expect("it was just found");
                let mut spans: Vec<(usize, usize)> = answers
                    .iter()
                    .filter_map(|a| {
                        let (_, quote) = a.words.as_ref()?;
                        let text = report.text_of(*quote);
                        // A title may say the same words as a sentence; what stands in the other is not marked.
                        let start = (sentence.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
                        Some((quote.span.start as usize, quote.span.end as usize))
                            .filter(|(a, _)| *a >= start)
                            .map(|(a, b)| (a - start, b - start))
                    })
                    // What the whole sentence carries needs no mark.
                    .filter(|(a, b)| *b <= sentence.len() && (b - a) * 5 < sentence.len() * 4)
                    .collect();
                spans.sort_unstable();
                let language = report.article.language.as_deref().unwrap_or("??");
                format!("  {} {}", self.paint.dim(&format!("{language:<3}")), self.marked(sentence, &spans))
            })
            .collect()
    }

    /// A sentence with some of its words marked, on one line, its direction kept to itself.
    fn marked(&self, sentence: &str, spans: &[(usize, usize)]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for &(start, end) in spans {
            if start < at || !sentence.is_char_boundary(start) || !sentence.is_char_boundary(end) {
                continue;
            }
            out.push_str(&sentence[at..start]);
            out.push_str(&self.paint.mark(&sentence[start..end]));
            at = end;
        }
        out.push_str(&sentence[at..]);
        isolated(&out.split_whitespace().collect::<Vec<_>>().join(" "))
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
        precision => format!("{start} to {end} ({})", serde_json::json!(precision).as_str().unwrap_or_default()),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Recalled => "recalled",
        Status::Planned => "planned",
        Status::Hypothetical => "hypothetical",
        Status::Denied => "denied",
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Columns that a text takes on a terminal.
fn wide(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// A text between marks that keep one with right-to-left letters from turning its line around.
pub fn isolated(text: &str) -> String {
    let rtl = text.chars().any(|c| matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFEFC));
    if rtl { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}
