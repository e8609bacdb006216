//! The day of publication, chosen among all that a page names.
//!
//! Each place that names a day has a weight (`data/sites/metadata.toml`). Places of different kinds that agree support
//! each other, and the day with the most is taken. So a day that disagrees with the rest, a comment's, a crawl's, a
//! teaser's, is not taken, whatever its form.

use jiff::civil::{Date, DateTime};

use super::super::dates::{self, Dated};
use super::labels::{Labels, TimeWord};
use super::text::{head, tail};
use super::times::Shown;
use crate::model::{DateSource, Published};

/// A day that some place names.
#[derive(Clone, Debug)]
pub(in super::super) struct Candidate {
    value: String,
    day: Date,
    from: DateSource,
    pub(super) updated: bool,
    pub(super) weight: i32,
}

impl Candidate {
    /// A date as machines write it.
    pub(super) fn machine(raw: &str, from: DateSource, weight: i32, updated: bool) -> Option<Self> {
        Self::new(dates::iso(raw)?, from, weight, updated)
    }

    /// A full date in ISO 8601; `None` for what is coarser than a day, or before the web.
    pub(in super::super) fn new(value: String, from: DateSource, weight: i32, updated: bool) -> Option<Self> {
        let day: Date = value.get(..10)?.parse().ok()?;
        (day.year() >= 1900).then_some(Self { value, day, from, updated, weight })
    }

    /// The moment in UTC, where the value says that it is one.
    fn utc(&self) -> Option<DateTime> {
        self.value.strip_suffix('Z')?.parse().ok()
    }

    fn clock(&self) -> Option<DateTime> {
        self.value.get(..16).filter(|value| value.contains('T'))?.parse().ok()
    }

    /// The local days that a moment in UTC can be, of the offsets in use.
    fn may_be(&self, day: Date) -> bool {
        if self.day == day {
            return true;
        }
        let Some(utc) = self.utc() else { return false };
        (self.day.tomorrow().ok() == Some(day) && utc.hour() >= 10)
            || (self.day.yesterday().ok() == Some(day) && utc.hour() < 12)
    }
}

/// What is known of the day before the language of the page is.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Evidence {
    pub(in super::super) candidates: Vec<Candidate>,
    pub(in super::super) shown: Vec<Shown>,
    /// The day on which the page was saved, where that is known: nothing was published later.
    pub(in super::super) saved: Option<Date>,
}

/// The answer.
#[derive(Debug, Default)]
pub(in super::super) struct Answer {
    pub(in super::super) published: Option<Published>,
    pub(in super::super) updated: Option<String>,
    /// Whether nothing but the day of a change was to be had.
    pub(in super::super) only_updated: bool,
    /// Whether no place names the day as that of publication, so that it may be one that the article tells of.
    pub(in super::super) unsure: bool,
}

/// How many texts are read for a date where machines have told one, and where not.
const CERTAIN: usize = 4;
const UNCERTAIN: usize = 40;

impl Evidence {
    /// Reads what is shown, with a function that finds the dates in a text, and chooses.
    pub(in super::super) fn settle(mut self, find: &dyn Fn(&str) -> Vec<Dated>, labels: &Labels) -> Answer {
        let weights = &labels.weights;
        let certain = self.candidates.iter().any(|c| !c.updated && c.weight >= weights.marked);
        let mut shown = std::mem::take(&mut self.shown);
        let rank = |shown: &Shown| {
            let named = if shown.named == Some(TimeWord::Published) { weights.shown } else { weights.alone };
            (shown.weight.max(named) + shown.place) * shown.share / 100
        };
        shown.sort_by_key(|shown| -rank(shown));
        shown.truncate(if certain { CERTAIN } else { UNCERTAIN });
        for shown in &shown {
            self.candidates.extend(read(shown, find, labels));
        }
        self.choose(labels)
    }

    fn choose(mut self, labels: &Labels) -> Answer {
        let weights = &labels.weights;
        if let Some(saved) = self.saved {
            self.candidates.retain(|c| c.day <= saved || c.utc().is_some() && c.may_be(saved));
            // The archive prints the day on which it saved the page beside it.
            if self.candidates.iter().any(|c| c.day != saved) {
                self.candidates.retain(|c| c.day != saved || c.from != DateSource::Text);
            }
        }
        let (updates, days): (Vec<Candidate>, Vec<Candidate>) = self.candidates.into_iter().partition(|c| c.updated);
        let updated = |c: &Candidate| updates.iter().any(|update| update.day == c.day);
        let earlier = |c: &Candidate| {
            let least = if c.weight < weights.line { weights.alone } else { weights.marked };
            days.iter().any(|other| other.day < c.day && other.weight >= least && !other.may_be(c.day))
        };
        let weighed: Vec<(i32, &Candidate)> = days
            .iter()
            // A day that is also that of a change is the change's, where an earlier one is told.
            .map(|c| (if updated(c) && earlier(c) { c.weight / 2 } else { c.weight }, c))
            .collect();
        let mut best: Option<(i32, Date)> = None;
        for (_, candidate) in &weighed {
            let day = candidate.day;
            let score = score(&weighed, day, labels);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, day));
            }
        }
        let last = updates
            .iter()
            .filter(|c| c.weight >= weights.alone)
            .max_by_key(|c| (c.day, has_offset(&c.value), c.weight));
        let mut answer = Answer::default();
        // Where nothing but prose names a day, a change is at least the article's own.
        let least = if updates.is_empty() { weights.least } else { weights.updated };
        match best {
            Some((score, day)) if score >= least => {
                answer.published = Some(value(&weighed, day));
                answer.unsure = score < weights.sure;
            }
            _ => {
                if let Some(update) = updates.iter().max_by_key(|c| c.weight) {
                    answer.published = Some(Published { value: update.value.clone(), from: update.from });
                    answer.only_updated = true;
                }
            }
        }
        let published = answer.published.as_ref().map(|published| published.value.as_str());
        answer.updated = last
            .map(|update| update.value.clone())
            .filter(|update| published.is_none_or(|published| is_later(update, published)));
        answer
    }
}

/// What a day weighs: the best place that names it, and a third of each place of another kind.
fn score(weighed: &[(i32, &Candidate)], day: Date, labels: &Labels) -> i32 {
    // A moment in UTC names the day after, or before, where something local names that.
    let local = |day: Date| {
        let local = weighed.iter().filter(|(_, c)| c.day == day && c.utc().is_none());
        local.map(|(weight, _)| *weight).max().unwrap_or_default()
    };
    let own = local(day);
    let mut kinds = [0i32; 8];
    for (weight, candidate) in weighed {
        let counts = if candidate.utc().is_some() && candidate.day == day {
            // It speaks for another day if that is told locally and this one is not.
            let elsewhere = [day.tomorrow(), day.yesterday()].into_iter().flatten();
            own > 0 || !elsewhere.into_iter().any(|d| candidate.may_be(d) && local(d) >= labels.weights.line)
        } else {
            candidate.day == day || own >= labels.weights.line && candidate.may_be(day)
        };
        if counts {
            let kind = &mut kinds[candidate.from as usize % 8];
            *kind = (*kind).max(*weight);
        }
    }
    let most = kinds.iter().copied().max().unwrap_or_default();
    most + (kinds.iter().sum::<i32>() - most) / 3
}

/// The value of a day: of the surest place that tells the time, else of the surest.
fn value(weighed: &[(i32, &Candidate)], day: Date) -> Published {
    let of_day: Vec<&(i32, &Candidate)> = weighed.iter().filter(|(_, c)| c.day == day).collect();
    let surest = of_day.iter().max_by_key(|(weight, _)| *weight).expect("the day was chosen among them");
    let timed = of_day.iter().filter(|(weight, c)| c.clock().is_some() && *weight * 2 >= surest.0);
    let chosen = timed.max_by_key(|(weight, c)| (has_offset(&c.value), *weight)).unwrap_or(surest).1;
    let mut value = chosen.value.clone();
    // A local time and the same moment in UTC tell the offset.
    if let Some(local) = chosen.clock().filter(|_| !has_offset(&value)) {
        let offsets = weighed.iter().filter_map(|(_, c)| offset(local, c.utc()?));
        if let Some(offset) = offsets.into_iter().next() {
            value += &offset;
        }
    }
    Published { value, from: chosen.from }
}

fn has_offset(value: &str) -> bool {
    value.get(16..).is_some_and(|rest| !rest.is_empty())
}

/// `+02:00`, where two times differ by an offset in use and more than none.
fn offset(local: DateTime, utc: DateTime) -> Option<String> {
    let minutes = utc.until(local).ok()?.total(jiff::Unit::Minute).ok()? as i64;
    let plausible = minutes != 0 && minutes % 30 == 0 && (-12 * 60..=14 * 60).contains(&minutes);
    let sign = if minutes < 0 { '-' } else { '+' };
    plausible.then(|| format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
}

/// Whether a change lies after publication: by the moment where both name one, else by the day.
pub(in super::super) fn is_later(update: &str, published: &str) -> bool {
    let moment = |value: &str| -> Option<jiff::Timestamp> {
        let value = value.replace('Z', "+00:00");
        jiff::Timestamp::strptime("%Y-%m-%dT%H:%M%:z", value).ok()
    };
    match (moment(update), moment(published)) {
        (Some(update), Some(published)) => update > published,
        _ if has_clock(update) && has_clock(published) => update[..16] > published[..16],
        _ => update.get(..10) > published.get(..10),
    }
}

fn has_clock(value: &str) -> bool {
    value.is_char_boundary(16) && value.len() >= 16
}

/// The days in words that a page shows.
fn read(shown: &Shown, find: &dyn Fn(&str) -> Vec<Dated>, labels: &Labels) -> Vec<Candidate> {
    let weights = &labels.weights;
    let text = &shown.text;
    let all = find(text);
    let full: Vec<&Dated> = all.iter().filter(|dated| dated.is_full()).collect();
    let outside = |at: usize| !full.iter().any(|dated| (dated.start..dated.end).contains(&at));
    let letters = text.char_indices().filter(|(at, c)| c.is_alphabetic() && outside(*at)).count();
    let mut candidates = Vec::new();
    for (number, dated) in full.iter().enumerate() {
        let from = if number == 0 { 0 } else { full[number - 1].end };
        let to = full.get(number + 1).map_or(text.len(), |next| next.start);
        // A time of day may have been taken from between two dates.
        let before = text.get(from..dated.start).unwrap_or_default();
        let after = text.get(dated.end..to).unwrap_or_default();
        let stamp = stamp(before, after, labels);
        let role = stamp.or(shown.named);
        let weight = match role {
            _ if shown.from != DateSource::Text => shown.weight,
            Some(TimeWord::Other) => weights.within,
            Some(_) if stamp.is_some() && text.len() <= 240 => weights.stamped,
            Some(_) if letters <= 100 => weights.shown,
            _ if letters <= 24 => weights.alone,
            _ if dated.start <= 3 => weights.opening,
            _ => weights.within,
        };
        // In the middle of a sentence a day is something else's, wherever that stands.
        let place = if weight <= weights.within { shown.place / 3 } else { shown.place };
        let mut weight = (weight + place) * shown.share / 100;
        // Of two days the first is the article's, unless words say otherwise.
        if number > 0 && stamp.is_none() {
            weight = weight * 2 / 3;
        }
        let updated = role == Some(TimeWord::Updated);
        candidates.extend(Candidate::new(dated.value.clone(), shown.from, weight, updated));
        // What else the numbers may mean is nothing by itself, and enough where another place says the same.
        let other = dated.other.clone();
        candidates.extend(other.and_then(|other| Candidate::new(other, shown.from, weight * 4 / 5, updated)));
    }
    candidates
}

/// What the words beside a date say: those before it, else those behind it.
fn stamp(before: &str, after: &str, labels: &Labels) -> Option<TimeWord> {
    [tail(before, 60), head(after, 48)].iter().find_map(|words| labels.stamps.last(words))
}
