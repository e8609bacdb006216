//! Reports to events: which reports tell one happening, and what they say of it together.
//!
//! Likeness of text proposes, what the reports say decides: who, what kind of act, when, where, how many. Rules that
//! no likeness overrides keep the same ministers in another month apart.

mod assemble;
mod background;
mod book;
mod candidates;
mod cluster;
mod corpus;
mod differences;
mod identity;
mod key;
mod neighbours;
mod origins;
mod parties;
mod rules;
mod score;
mod skeleton;
mod telling;
mod text;

pub use skeleton::skeleton;

use std::collections::BTreeSet;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::lineage::{lineage, tell_apart};
use crate::{
    Knowledge,
    model::{Ancestry, Article, Digest, Event, Report, Role, When},
    world::Scale,
};
use assemble::Context;
use telling::Telling;

/// Puts reports that tell one happening into one event, and what they recall beside it.
///
/// Every report is `main` in exactly one event. The result is the same for every order of the reports and on any
/// number of threads.
///
/// ```
/// use tidings::{Knowledge, model::{Article, Report}, stages::merge::merge};
/// let report = Report { article: Article { id: "a".into(), part: 1, ..Article::default() }, ..Report::default() };
/// let digest = merge(vec![report], &Knowledge::embedded());
/// assert_eq!(digest.events.len(), 1);
/// ```
pub fn merge(mut reports: Vec<Report>, knowledge: &Knowledge) -> Digest {
    tell_apart(reports.iter_mut().map(|report| &mut report.article));
    identity::sort(&mut reports);
    let articles: Vec<Article> = reports.iter().map(|r| r.article.clone()).collect();
    let ancestry = lineage(&articles, knowledge.world().outlets());
    drop(articles);
    let copies = numbers(&ancestry);
    let well_known = well_known(knowledge);
    let mut keys: Vec<key::Key> =
        reports.par_iter().zip(&copies).map(|(report, copies)| key::Key::new(report, *copies, &well_known)).collect();
    distrust_batches(&reports, &mut keys);
    let corpus = corpus::Corpus::new(&keys);
    let pairs = candidates::pairs(&corpus);
    let (found, kept) = cluster::groups(&corpus, &pairs);
    let mut group_of = vec![0; reports.len()];
    let mut groups: Vec<Vec<Telling>> = Vec::with_capacity(found.len());
    for (number, members) in found.into_iter().enumerate() {
        let telling = |at: u32| {
            let report = at as usize;
            Telling { report, claim: reports[report].claims.iter().position(|c| c.main), role: Role::Main }
        };
        for at in &members {
            group_of[*at as usize] = number;
        }
        groups.push(members.into_iter().map(telling).collect());
    }
    let recalled = background::add(&reports, &mut groups, &group_of);
    groups.extend(recalled);
    for group in &mut groups {
        group.sort_unstable_by_key(|t| (t.report, t.role, t.claim));
    }
    let kinds: Vec<_> = ancestry.into_iter().map(|a| (a.kind, a.copy_of)).collect();
    let context = Context {
        reports: &reports,
        copies: &copies,
        kinds: &kinds,
        scale: &Scale::new(knowledge.source()),
        world: knowledge.world(),
    };
    let mut events: Vec<Event> = groups.par_iter().map(|tellings| context.event(tellings)).collect();
    let mut taken = BTreeSet::new();
    for (event, tellings) in events.iter_mut().zip(&groups) {
        let anchor = tellings.iter().find(|t| t.role == Role::Main).or(tellings.first());
        if let Some(anchor) = anchor {
            event.id = identity::name(&reports, *anchor, &mut taken);
        }
    }
    publishers(&reports, &groups, &mut events, knowledge);
    let possibly = kept
        .iter()
        .filter(|(.., why)| *why == rules::Apart::Published)
        .map(|&(a, b, _)| (group_of[a as usize], group_of[b as usize]))
        .filter(|(a, b)| a != b)
        .collect();
    neighbours::link(&mut events, &possibly);
    let mut dated: Vec<(Date, Event)> =
        events.into_iter().zip(&groups).map(|(event, tellings)| (began(&event, tellings, &reports), event)).collect();
    dated.sort_unstable_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    Digest { events: dated.into_iter().map(|(_, event)| event).collect(), reports }
}

/// `GeoNames` ids of cities whose name means them before anything else.
fn well_known(knowledge: &Knowledge) -> FxHashSet<u32> {
    const INHABITANTS: u32 = 300_000;
    let cities = knowledge.world().cities().iter();
    cities.filter(|c| c.capital || c.population >= INHABITANTS).map(|c| c.id).collect()
}

/// A number for each group of copies.
fn numbers(ancestry: &[Ancestry]) -> Vec<u32> {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    ancestry
        .iter()
        .map(|a| {
            let next = numbers.len() as u32;
            *numbers.entry(&a.group).or_insert(next)
        })
        .collect()
}

/// Reports that share a moment of publication to the second were put in then, and not published.
fn distrust_batches(reports: &[Report], keys: &mut [key::Key]) {
    const SECONDS: usize = "2024-11-16T16:03:00".len();
    const BATCH: usize = 4;
    let moment = |report: &Report| {
        let value = report.article.published.as_ref().map(|p| p.value.clone())?;
        (value.len() >= SECONDS).then_some(value)
    };
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for moment in reports.iter().filter_map(moment) {
        *counts.entry(moment).or_insert(0) += 1;
    }
    for (report, key) in reports.iter().zip(keys) {
        if moment(report).is_some_and(|m| counts[&m] >= BATCH) {
            key.published = None;
        }
    }
}

/// Notes where the reports of each event were published.
fn publishers(reports: &[Report], groups: &[Vec<Telling>], events: &mut [Event], knowledge: &Knowledge) {
    let countries: Vec<_> = reports.par_iter().map(|r| origins::country(r, knowledge)).collect();
    for (event, tellings) in events.iter_mut().zip(groups) {
        event.publishers_in = tellings.iter().filter_map(|t| countries[t.report]).collect();
        event.publishers_in.sort_unstable();
        event.publishers_in.dedup();
    }
}

/// The first day that an event can be, else the first on which it was told.
fn began(event: &Event, tellings: &[Telling], reports: &[Report]) -> Date {
    let dated = event.date.and_then(When::interval).and_then(|i| i.earliest.or(i.latest));
    let published = |t: &Telling| reports[t.report].article.published.as_ref()?.interval()?.latest;
    dated.or_else(|| tellings.iter().filter_map(published).min()).unwrap_or(Date::MAX)
}
