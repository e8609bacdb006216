//! Claims: the acts that a text tells, with parties, time, place and status.

use jiff::civil::Date;

use super::{parties::Scene, passage::Passage};
use crate::{
    language::{Found, Pack, pack::Side},
    model::{Claim, Interval, Place, Precision, Span, Status, Time, TimeType, Where},
};

/// A claim whose parties are still mentions of its passage.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The passage.
    pub passage: usize,
    /// The claim, its parties left empty.
    pub claim: Claim,
    /// Mentions of the passage that are actors.
    pub actors: Vec<usize>,
    /// Mentions that are recipients.
    pub recipients: Vec<usize>,
    /// A mention that is quoted as saying so.
    pub said_by: Option<usize>,
    /// The rule's weight.
    pub weight: u8,
    /// Whether it stands in a clause that depends on another.
    pub subordinate: bool,
}

/// News this many days old is recalled, and no longer news.
const NEWS_DAYS: i32 = 21;

/// The acts of a passage.
pub fn find(
    number: usize,
    passage: &Passage<'_>,
    pack: &Pack,
    times: &mut [Time],
    places: &[Place],
    published: Option<Date>,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (sentence, &(from, to)) in passage.sentences.iter().enumerate() {
        let acts = acts(passage, pack, from, to);
        if acts.is_empty() {
            continue;
        }
        let scene = Scene::new(passage, pack, from, to);
        let cues = passage.reading.matches(&pack.events.cue_rules, from, to);
        let contexts = contexts(passage, pack, from, to);
        let says = says(passage, pack, &scene, from, to);
        let sayers: Vec<usize> = says.iter().flat_map(|s| s.speakers.iter().copied()).collect();
        for found in &acts {
            let rule = &pack.events.entries[found.rule];
            let parties = scene.parties(found, &rule.frame, &sayers);
            let time = time_of(passage, found, (from, to), times, &says);
            let told = status(pack, found, &cues, passage, rule.status, None, published);
            // "He will come in April": the April that lies ahead.
            if let Some(time) = time.map(|t| &mut times[t]).filter(|_| told == Status::Planned)
                && let Some((value, interval)) =
                    time.ahead.take_if(|(_, next)| is_meant(*next, time.interval, published))
            {
                (time.value, time.interval) = (value, interval);
            }
            let status = status(pack, found, &cues, passage, rule.status, time.map(|t| &times[t]), published);
            // What is recalled has no day ahead: "four years after" counts from a day that the text does not tell.
            let ahead = |t: &usize| {
                let earliest = times[*t].interval.earliest;
                matches!((earliest, published), (Some(day), Some(published)) if day > published)
            };
            let time = time.filter(|t| status != Status::Recalled || !ahead(t));
            let mut claim_contexts = rule.contexts.clone();
            claim_contexts.extend(contexts.iter().filter(|c| !rule.contexts.contains(c)).cloned());
            let said_by = says
                .iter()
                .filter(|s| s.end <= found.start || s.start >= found.end)
                .find_map(|s| s.speakers.first().copied())
                .filter(|m| !parties.actors.contains(m));
            drafts.push(Draft {
                passage: number,
                actors: parties.actors,
                recipients: parties.recipients,
                said_by,
                weight: rule.weight,
                subordinate: passage.joints.clause.iter().any(|c| *c >= from && *c < found.start),
                claim: Claim {
                    kind: rule.kind,
                    modes: rule.modes.clone(),
                    contexts: claim_contexts,
                    status,
                    time,
                    place: place_of(passage, found, sentence, places),
                    sentence: (passage.place == Where::Body).then_some(sentence),
                    trigger: passage.quote(found.start, found.end),
                    rule: format!("{}/events.toml:{}", pack.code, rule.line),
                    ..Claim::default()
                },
            });
        }
    }
    drafts
}

/// Somebody is quoted.
pub struct Saying {
    /// The number of the `[[say]]` entry.
    pub rule: usize,
    /// The tokens of the word of saying.
    start: usize,
    end: usize,
    /// The mentions who say it.
    pub speakers: Vec<usize>,
    /// The bytes of speaker, word of saying and what stands directly behind it.
    span: Span,
}

/// Who is quoted in a sentence.
pub fn says(passage: &Passage<'_>, pack: &Pack, scene: &Scene<'_, '_>, from: usize, to: usize) -> Vec<Saying> {
    // "said on Tuesday that": a day may stand a small word behind the verb.
    const BEHIND: usize = 2;
    let found = passage.reading.matches(&pack.events.say_rules, from, to);
    found
        .into_iter()
        .map(|found| {
            let speakers = scene.parties(&found, &pack.events.says[found.rule].frame, &[]).actors;
            let first = speakers.iter().map(|m| passage.mentions[*m].start).min().unwrap_or(found.start);
            let span = passage.reading.tokens.span(first.min(found.start), (found.end + BEHIND).min(to));
            Saying { rule: found.rule, start: found.start, end: found.end, speakers, span }
        })
        .collect()
}

/// The acts of a sentence: what is left of its triggers when words that name none are gone.
fn acts(passage: &Passage<'_>, pack: &Pack, from: usize, to: usize) -> Vec<Found> {
    let mut acts = triggers(passage, pack, from, to);
    acts.retain(|f| pack.events.entries[f.rule].kind.is_some());
    // Vague words count only where nothing else names an act.
    if acts.iter().any(|f| pack.events.entries[f.rule].weight > 0) {
        acts.retain(|f| pack.events.entries[f.rule].weight > 0);
    }
    acts.sort_by_key(|f| f.start);
    acts
}

/// Triggers of a sentence that do not overlap: those beyond doubt first, then the longer.
pub fn triggers(passage: &Passage<'_>, pack: &Pack, from: usize, to: usize) -> Vec<Found> {
    let mut all = passage.reading.matches(&pack.events.rules, from, to);
    all.sort_by_key(|f| {
        let rule = &pack.events.entries[f.rule];
        (u8::MAX - rule.weight, usize::MAX - (f.end - f.start), f.start, f.rule)
    });
    let mut kept: Vec<Found> = Vec::new();
    for found in all {
        if passage.inside_name(found.start, found.end) {
            continue;
        }
        if kept.iter().all(|k| found.end <= k.start || found.start >= k.end) {
            kept.push(found);
        }
    }
    kept
}

/// Contexts of a sentence: one word in the sentence of an act is enough.
pub fn contexts(passage: &Passage<'_>, pack: &Pack, from: usize, to: usize) -> Vec<String> {
    let mut names: Vec<String> = passage
        .reading
        .matches(&pack.events.context_rules, from, to)
        .into_iter()
        .map(|f| pack.events.contexts[f.rule].name.clone())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The time of an act: the nearest of its sentence, a day rather than something coarser. What dates a saying dates the
/// act that is spoken of only where nothing else does.
fn time_of(
    passage: &Passage<'_>,
    found: &Found,
    (from, to): (usize, usize),
    times: &[Time],
    says: &[Saying],
) -> Option<usize> {
    let trigger = passage.reading.tokens.span(found.start, found.end);
    let sentence = passage.reading.tokens.span(from, to);
    times
        .iter()
        .enumerate()
        .filter(|(_, t)| t.quote.text == passage.place && sentence.contains(t.quote.span))
        .filter(|(_, t)| t.kind != TimeType::Duration && t.kind != TimeType::Set && t.precision.is_some())
        .min_by_key(|(_, t)| {
            let between =
                (trigger.start.saturating_sub(t.quote.span.end)).max(t.quote.span.start.saturating_sub(trigger.end));
            let clause = passage.joints.clause.iter().any(|c| {
                let byte = passage.reading.tokens.list[*c].span.start;
                byte >= trigger.end.min(t.quote.span.end) && byte < trigger.start.max(t.quote.span.start)
            });
            let said = says.iter().any(|s| s.span.overlaps(t.quote.span) && !s.span.overlaps(trigger));
            (said, clause, coarseness(t), between)
        })
        .map(|(number, _)| number)
}

/// Whether what is planned for a day is planned for the next one of its name, and not for the one that has been. A
/// date of the last weeks is when it was announced; a weekday comes again within days.
fn is_meant(next: Interval, past: Interval, published: Option<Date>) -> bool {
    let days = |from: Option<Date>, to: Option<Date>| Some(from?.until(to?).ok()?.get_days());
    days(past.latest, published).is_some_and(|ago| {
        let soon = days(published, next.earliest).is_some_and(|ahead| ahead <= 7);
        ago > if soon { 0 } else { NEWS_DAYS }
    })
}

/// Whether a time is a bound with an open side: "since 2016", "by Friday".
pub fn is_open(time: &Time) -> bool {
    time.interval.earliest.is_some() != time.interval.latest.is_some()
}

/// Days first, then what is coarser.
fn coarseness(time: &Time) -> u8 {
    match time.precision {
        Some(Precision::Hour | Precision::Day) => 0,
        Some(Precision::Week | Precision::Month | Precision::Interval) => 1,
        _ => 2,
    }
}

/// The place of an act: the venue nearest to it in its sentence.
fn place_of(passage: &Passage<'_>, found: &Found, sentence: usize, places: &[Place]) -> Option<usize> {
    let (from, to) = passage.sentences[sentence];
    let span = passage.reading.tokens.span(from, to);
    let trigger = passage.reading.tokens.span(found.start, found.end);
    places
        .iter()
        .enumerate()
        .filter(|(_, p)| p.quote.text == passage.place && span.contains(p.quote.span))
        .filter(|(_, p)| p.venue || trigger.contains(p.quote.span) || directly_after(trigger.end, p.quote.span.start))
        .min_by_key(|(_, p)| {
            let between =
                trigger.start.saturating_sub(p.quote.span.end).max(p.quote.span.start.saturating_sub(trigger.end));
            (p.precision, between)
        })
        .map(|(number, _)| number)
}

/// "visited Ankara": a place that follows the trigger at once.
fn directly_after(end: u32, start: u32) -> bool {
    start >= end && start - end <= 2
}

/// Whether an act happened, and if not, what the text says of it.
fn status(
    pack: &Pack,
    found: &Found,
    cues: &[Found],
    passage: &Passage<'_>,
    by_rule: Option<Status>,
    time: Option<&Time>,
    published: Option<Date>,
) -> Status {
    let clause_between = |a: usize, b: usize| passage.joints.clause.iter().any(|c| *c >= a && *c < b);
    let mut told = by_rule;
    let mut nearest = usize::MAX;
    for cue in cues {
        let rule = &pack.events.cues[cue.rule];
        let distance = if cue.end <= found.start && rule.side != Side::After {
            found.start - cue.end
        } else if cue.start >= found.end && rule.side != Side::Before {
            cue.start - found.end
        } else if cue.start < found.end && found.start < cue.end {
            // An ending of the trigger itself says so; where the rule counts with it, the rule's own word holds.
            if by_rule.is_some() {
                continue;
            }
            0
        } else {
            continue;
        };
        let reaches = if rule.reach == 0 {
            rule.status == Status::Recalled
                || !clause_between(cue.end.min(found.end), cue.start.max(found.start)) && distance <= 25
        } else {
            distance <= rule.reach
        };
        if reaches && distance < nearest {
            nearest = distance;
            told = Some(rule.status);
        }
    }
    let future = pack.affixes.tag("future").is_some_and(|tag| found.all_tags & tag != 0);
    if future && told.is_none() {
        told = Some(Status::Planned);
    }
    let by_time = time.and_then(|t| {
        if t.recalled {
            return Some(Status::Recalled);
        }
        let published = published?;
        let (earliest, latest) = t.interval.ends()?;
        let days = latest.until(published).map_or(0, |s| s.get_days());
        if days > NEWS_DAYS {
            Some(Status::Recalled)
        } else if earliest > published && t.precision != Some(Precision::Year) {
            Some(Status::Planned)
        } else {
            None
        }
    });
    match (told, by_time) {
        (Some(Status::Denied | Status::Hypothetical), _) => told.unwrap_or_default(),
        (_, Some(Status::Recalled)) => Status::Recalled,
        (Some(status), _) | (None, Some(status)) => status,
        (None, None) => Status::Happened,
    }
}
