//! Which sentences of an event are cited, and which of their words are marked.
//!
//! The records hold every citation; a page holds those that a reader can bear: the sentence of the act, of each report
//! as long as there is room, and then what no sentence of those says.

use std::collections::BTreeSet;

use tidings::model::{Answer, CopyKind, DifferenceKind, Event, Report, ReportRef, Role, Source};

/// Sentences of the news that are cited at most, and how many of them for the act alone.
const NEWS: usize = 6;
const ACTS: usize = 4;

/// A sentence with the words that carry values.
pub struct Citation<'d> {
    /// The report that it stands in.
    pub report: &'d Report,
    /// The sentence.
    pub sentence: &'d str,
    /// The bytes of the words in it, apart from one another and in order.
    pub marks: Vec<(usize, usize)>,
    needs: BTreeSet<Need>,
}

/// A value that a reader wants to see said: in the order in which they are cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Act,
    Party(String),
    Date(String),
    Place(String),
    Count(String),
}

/// The citations of an event's news.
pub fn of_news<'d>(event: &'d Event, report: impl Fn(&Source) -> Option<&'d Report>) -> Vec<Citation<'d>> {
    let all = all(event, report);
    let mut chosen: Vec<(Need, usize)> = Vec::new();
    // A copy's sentence is its original's; each language speaks before a second report of one does.
    let mut acts: Vec<usize> = Vec::new();
    for told in event.reports.iter().filter(|r| r.role == Role::Main && is_written(r)) {
        let of_report = (0..all.len()).filter(|n| is_of(&all[*n], &told.source) && all[*n].needs.contains(&Need::Act));
        acts.extend(of_report.max_by_key(|n| (all[*n].needs.len(), std::cmp::Reverse(*n))));
    }
    let mut languages = BTreeSet::new();
    let (new, again): (Vec<usize>, Vec<usize>) =
        acts.into_iter().partition(|n| languages.insert(all[*n].report.article.language.clone()));
    chosen.extend(new.into_iter().chain(again).take(ACTS).map(|n| (Need::Act, n)));
    let mut covered: BTreeSet<&Need> = chosen.iter().flat_map(|(_, n)| &all[*n].needs).collect();
    while chosen.len() < NEWS {
        let missing = |n: usize| all[n].needs.iter().filter(|need| !covered.contains(need));
        let best = (0..all.len()).max_by_key(|n| (missing(*n).count(), std::cmp::Reverse(*n)));
        let Some((best, first)) = best.and_then(|n| Some((n, missing(n).next()?.clone()))) else { break };
        covered.extend(&all[best].needs);
        chosen.push((first, best));
    }
    // The act's own stand in the order of the reports, and so do all others that say the same kind of thing.
    chosen.sort_by_key(|(need, n)| (rank(need), *n));
    let order: Vec<usize> = chosen.into_iter().map(|(_, n)| n).collect();
    let mut all: Vec<Option<Citation<'d>>> = all.into_iter().map(Some).collect();
    order.into_iter().filter_map(|n| all[n].take()).collect()
}

/// The one sentence that says most of an event that is only recalled.
pub fn of_recalled<'d>(event: &'d Event, report: impl Fn(&Source) -> Option<&'d Report>) -> Option<Citation<'d>> {
    let all = all(event, report).into_iter().enumerate();
    all.max_by_key(|(n, c)| (c.needs.contains(&Need::Act), c.needs.len(), std::cmp::Reverse(*n))).map(|(_, c)| c)
}

/// Whether a report is no other's text.
fn is_written(told: &ReportRef) -> bool {
    told.copy_of.is_none() || !matches!(told.kind, CopyKind::Copy | CopyKind::Excerpt)
}

fn is_of(citation: &Citation<'_>, source: &Source) -> bool {
    let article = &citation.report.article;
    article.id == source.document && article.part == source.part
}

fn rank(need: &Need) -> u8 {
    match need {
        Need::Act => 0,
        Need::Party(_) => 1,
        Need::Date(_) => 2,
        Need::Place(_) => 3,
        Need::Count(_) => 4,
    }
}

/// Every cited sentence once, in the order of the reports and of the text.
fn all<'d>(event: &'d Event, report: impl Fn(&Source) -> Option<&'d Report>) -> Vec<Citation<'d>> {
    let mut found: Vec<(usize, Citation<'d>)> = Vec::new();
    for answer in &event.evidence {
        let Some((source, quote)) = &answer.words else { continue };
        let (Some(need), Some(report)) = (need(answer, event), report(source)) else { continue };
        let sentence = report.sentence_around(*quote);
        if sentence.is_empty() {
            continue;
        }
        let order = event.reports.iter().position(|r| r.source == *source).unwrap_or(usize::MAX);
        let at = found.iter().position(|(_, c)| c.sentence == sentence).unwrap_or_else(|| {
            found.push((order, Citation { report, sentence, marks: Vec::new(), needs: BTreeSet::new() }));
            found.len() - 1
        });
        let (_, citation) = &mut found[at];
        citation.needs.insert(need);
        // The same sentence of a copy stands elsewhere, and its words are marked already.
        if std::ptr::eq(citation.sentence, sentence) {
            let start = sentence.as_ptr() as usize - report.text_of(*quote).as_ptr() as usize;
            let (from, to) = (quote.span.start as usize, quote.span.end as usize);
            // What the whole sentence carries needs no mark.
            if from >= start && to - start <= sentence.len() && (to - from) * 5 < sentence.len() * 4 {
                citation.marks.push((from - start, to - start));
            }
        }
    }
    for (_, citation) in &mut found {
        citation.marks.sort_unstable_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
        let mut at = 0;
        citation.marks.retain(|(from, to)| {
            let apart = *from >= at;
            at = at.max(*to);
            apart
        });
    }
    found.sort_by_key(|(order, c)| (*order, c.sentence.as_ptr() as usize));
    found.into_iter().map(|(_, citation)| citation).collect()
}

/// What an answer is an answer to. Values on which the reports disagree are each wanted, all others once.
fn need(answer: &Answer, event: &Event) -> Option<Need> {
    let field = answer.field.as_str();
    let disputed = |field: &str| {
        let difference = event.differences.iter().find(|d| d.field == field)?;
        let apart = matches!(difference.kind, DifferenceKind::Contradiction | DifferenceKind::Update);
        let is_one = apart && difference.values.iter().any(|(value, _)| *value == answer.value);
        is_one.then(|| answer.value.to_string())
    };
    let mut parts = field.split('.');
    match (parts.next()?, parts.next()) {
        ("type" | "mode" | "status", _) => Some(Need::Act),
        ("actors", Some(number)) => Some(Need::Party(number.to_owned())),
        ("date", _) => Some(Need::Date(disputed("date").unwrap_or_default())),
        ("place", _) => Some(Need::Place(disputed("place").unwrap_or_default())),
        ("quantities", Some(number)) => {
            let what = event.quantities.get(number.parse::<usize>().ok()?).map(|(what, ..)| what.as_str());
            (what != Some("other")).then(|| Need::Count(field.to_owned() + &disputed(field).unwrap_or_default()))
        }
        _ => None,
    }
}
