//! Other events that a reader of one may want: the same parties before and after, and what may be the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{key::hash, skeleton::skeleton};
use crate::model::{Event, SeeAlso, SeeAlsoWhy, When};

/// Pointers from one event at most.
const MOST: usize = 8;
/// A list of events longer than this is too common to point along.
const LONG: usize = 300;

/// Fills `see_also`; `possibly` are pairs of events that only a missing date or place keeps apart.
pub fn link(events: &mut [Event], possibly: &BTreeSet<(usize, usize)>) {
    let mut lists: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        for feature in features(event) {
            lists.entry(feature).or_default().push(at);
        }
    }
    let links: Vec<Vec<SeeAlso>> = (0..events.len())
        .map(|at| {
            let mut found: Vec<(u8, i32, usize, SeeAlsoWhy)> = Vec::new();
            let possible = possibly.iter().filter_map(|&(a, b)| match (a == at, b == at) {
                (true, false) => Some(b),
                (false, true) => Some(a),
                _ => None,
            });
            found.extend(possible.map(|other| (0, 0, other, SeeAlsoWhy::PossiblySame)));
            let mut shared: BTreeMap<usize, u8> = BTreeMap::new();
            for feature in features(&events[at]) {
                for other in lists[&feature].iter().filter(|o| **o != at && lists[&feature].len() <= LONG) {
                    *shared.entry(*other).or_insert(0) += 1;
                }
            }
            for (other, count) in shared {
                if !found.iter().any(|f| f.2 == other) {
                    let (why, days) = order(&events[at], &events[other]);
                    found.push((9 - count.min(8), days, other, why));
                }
            }
            found.sort_unstable();
            found.truncate(MOST);
            found.into_iter().map(|(_, _, other, why)| SeeAlso { id: events[other].id.clone(), why }).collect()
        })
        .collect();
    for (event, see_also) in events.iter_mut().zip(links) {
        event.see_also = see_also;
    }
}

/// What events are found by: the people, and two states that act together.
fn features(event: &Event) -> Vec<u64> {
    let mut features: Vec<u64> = event
        .parties
        .iter()
        .filter_map(|p| p.name.as_deref())
        .map(|name| {
            let mut parts: Vec<String> = name.split_whitespace().map(skeleton).filter(|s| s.len() > 1).collect();
            parts.sort_unstable();
            hash(&parts)
        })
        .collect();
    let mut states: Vec<_> = event.parties.iter().filter_map(|p| p.country).filter(|c| !c.is_organization()).collect();
    states.sort_unstable();
    states.dedup();
    if states.len() > 1 {
        features.push(hash(&("states", states)));
    }
    features.sort_unstable();
    features.dedup();
    features
}

/// How another event stands in time to this one, and how many days lie between.
fn order(event: &Event, other: &Event) -> (SeeAlsoWhy, i32) {
    let days = |e: &Event| e.date.and_then(When::interval).and_then(crate::model::Interval::ends);
    let Some(((a1, a2), (b1, b2))) = days(event).zip(days(other)) else { return (SeeAlsoWhy::SameActors, i32::MAX) };
    let between = |x: Date, y: Date| x.until(y).map_or(i32::MAX, |s| s.get_days());
    if b2 < a1 {
        (SeeAlsoWhy::Earlier, between(b2, a1))
    } else if a2 < b1 {
        (SeeAlsoWhy::Later, between(a2, b1))
    } else {
        (SeeAlsoWhy::SameActors, 0)
    }
}
