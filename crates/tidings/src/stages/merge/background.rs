//! Happenings that reports only recall: each becomes an event, or joins the event that it recalls.
//!
//! A recalled happening never pulls two pieces of news together; it can only be put beside one of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{
    key::{Person, Spot, hash},
    score::related,
    telling::Telling,
};
use crate::model::{Claim, Country, EventType, Interval, Precision, Report, Role, Status, When};

/// What must speak for two claims recalling one happening.
const SAME: f64 = 2.3;
/// What must speak for a recalled happening being a piece of news: states and kind of act alone recur.
const SAME_NEWS: f64 = 3.0;
/// A list of claims longer than this tells too little to be crossed with itself.
const LONG: usize = 200;

/// What a recalled happening is compared by.
#[derive(Clone, Debug)]
struct Recall {
    telling: Telling,
    kind: EventType,
    when: Option<When>,
    countries: Vec<Country>,
    people: Vec<Person>,
    place: Option<Spot>,
    counts: Vec<(String, f64)>,
    /// The sentence that tells it; none for a title.
    sentence: Option<usize>,
    /// Parties that are more than a word for somebody: with a state, a name or a body of their own.
    actors: usize,
    recipients: usize,
}

/// Puts the recalled claims of all reports into the groups of news that they recall, or into groups of their own,
/// which are returned. `groups` hold the main tellings, `group_of` the group of each report.
pub fn add(reports: &[Report], groups: &mut [Vec<Telling>], group_of: &[usize]) -> Vec<Vec<Telling>> {
    let mut recalls: Vec<Recall> = reports
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, report)| {
            let main = report.main();
            report.claims.iter().enumerate().filter_map(move |(number, claim)| {
                let telling = Telling { report: at, claim: Some(number), role: Role::Background };
                let recalled = !claim.main && is_recalled(report, claim, main);
                recalled.then(|| Recall::new(report, claim, telling)).flatten().filter(Recall::says_enough)
            })
        })
        .collect();
    once(&mut recalls);
    let news: Vec<Option<Recall>> = reports
        .par_iter()
        .enumerate()
        .map(|(at, report)| {
            let number = report.claims.iter().position(|c| c.main)?;
            let telling = Telling { report: at, claim: Some(number), role: Role::Main };
            Recall::new(report, &report.claims[number], telling)
        })
        .collect();
    join_news(reports, groups, group_of, &mut recalls, &news);
    group(&recalls)
}

/// Whether a claim tells of something well before the news.
fn is_recalled(report: &Report, claim: &Claim, main: Option<&Claim>) -> bool {
    if claim.status == Status::Recalled {
        return true;
    }
    if claim.status != Status::Happened {
        return false;
    }
    let when = |c: &Claim| report.times.get(c.time?).map(|t| t.interval);
    let Some(own) = when(claim).and_then(|i| i.latest) else { return false };
    let news = main.and_then(when).or(report.article.published.as_ref().and_then(|p| p.interval()));
    let news = news.and_then(|i| i.earliest);
    news.is_some_and(|news| own.until(news).is_ok_and(|s| s.get_days() > 14))
}

impl Recall {
    fn new(report: &Report, claim: &Claim, telling: Telling) -> Option<Self> {
        let parties = || claim.actors.iter().chain(&claim.recipients).filter_map(|&a| report.actors.get(a));
        let mut countries: Vec<Country> = parties().filter_map(|a| a.country).collect();
        countries.sort_unstable();
        countries.dedup();
        let number = telling.claim;
        let known = |list: &[usize]| {
            let list = list.iter().filter_map(|&a| report.actors.get(a));
            list.filter(|a| a.country.is_some() || a.name.is_some() || a.organization.is_some()).count()
        };
        Some(Self {
            telling,
            kind: claim.kind?,
            when: claim.time.and_then(|t| When::new(report.times.get(t)?)),
            countries,
            people: parties().filter_map(Person::new).collect(),
            place: claim.place.and_then(|p| Spot::new(report.places.get(p)?)),
            counts: report.quantities.iter().filter(|q| q.claim == number).map(|q| (q.what.clone(), q.value)).collect(),
            sentence: claim.sentence,
            actors: known(&claim.actors),
            recipients: known(&claim.recipients),
        })
    }

    /// Whether an editor would list it on one report's word: it has a date, and the sides that its type needs.
    fn stands_alone(&self) -> bool {
        const YEAR: i32 = 366;
        let within = |most: i32| {
            // A day without its year is a day; a bound such as "since 2013" is as good as its year.
            let days = self.when.map(|w| w.interval().and_then(|i| i.ends()).map_or(0, |(a, b)| days(a, b)));
            days.is_some_and(|days| days <= most)
        };
        match self.kind {
            kind if kind.is_mutual() => within(YEAR) && self.actors > 0 && self.actors + self.recipients > 1,
            kind if kind.is_verbal() => within(0) && self.actors > 0 && self.recipients > 0,
            kind if kind.is_directed() => within(YEAR) && (self.actors + self.recipients > 1 || self.place.is_some()),
            _ => within(YEAR) && self.actors + self.recipients > 0,
        }
    }

    /// Whether it says enough to be an event of its own: who, and when or where.
    fn says_enough(&self) -> bool {
        let dated = self.when.is_some();
        let cast = self.countries.len() > 1 || !self.people.is_empty();
        cast && (dated || self.place.is_some() || self.people.len() + self.countries.len() > 2)
            || dated && !self.countries.is_empty()
    }

    /// Whether this, which has a date, may be put beside news that has none: only where act and place or people are
    /// the same, since ministers meet more often than they are dated.
    fn may_date(&self, news: &Self) -> bool {
        let place = self.place.as_ref().zip(news.place.as_ref()).is_some_and(|(a, b)| a.is_city() && a.id == b.id);
        let people = self.people.iter().filter(|p| news.people.iter().any(|q| p.same(q) > 0.5)).count();
        self.when.is_none() || news.when.is_some() || self.kind == news.kind && (place || people > 1)
    }

    /// How much speaks for two claims telling one happening; none where they cannot.
    fn same(&self, other: &Self) -> Option<f64> {
        let mut score = match (self.kind == other.kind, related(self.kind, other.kind)) {
            (true, _) => 1.0,
            (false, true) => 0.3,
            _ => return None,
        };
        if let (Some(a), Some(b)) = (self.when, other.when) {
            if !a.overlaps(b) {
                return None;
            }
            let coarser = a.precision().max(b.precision());
            score += match coarser {
                Precision::Hour | Precision::Day | Precision::Week => 1.8,
                Precision::Month => 1.5,
                Precision::Quarter | Precision::Interval => 0.8,
                Precision::Year | Precision::Decade => 0.4,
            };
        }
        let shared = self.countries.iter().filter(|c| other.countries.contains(c)).count();
        if !self.countries.is_empty() && !other.countries.is_empty() {
            if shared == 0 {
                return None;
            }
            score += if shared > 1 && self.countries == other.countries { 1.2 } else { 0.4 };
        }
        if let (Some(a), Some(b)) = (&self.place, &other.place) {
            if a.is_city() && b.is_city() {
                if a.id != b.id && a.name != b.name {
                    return None;
                }
                score += 0.8;
            } else if matches!((a.country, b.country), (Some(p), Some(q)) if p != q) {
                return None;
            }
        }
        if !self.people.is_empty() && !other.people.is_empty() {
            let mut best: Vec<f64> =
                self.people.iter().map(|p| other.people.iter().map(|q| p.same(q)).fold(0.0, f64::max)).collect();
            best.sort_unstable_by(|a, b| b.total_cmp(a));
            score += if best[0] > 0.0 { 1.2 * best.iter().take(2).sum::<f64>() } else { -1.0 };
        }
        let counts =
            |(what, value): &&(String, f64)| other.counts.iter().any(|(w, v)| w == what && (v - value).abs() < 0.5);
        Some(score + 0.5 * self.counts.iter().filter(counts).count().min(2) as f64)
    }

    /// Whether this only takes up the news of its own report again.
    fn repeats(&self, main: &Self) -> bool {
        let new_people = self.people.iter().any(|p| !main.people.iter().any(|q| p.same(q) > 0.0));
        let dated = match (self.when, main.when) {
            (Some(a), Some(b)) => a.overlaps(b),
            // What is dated where the news is not was told with its date because it is something else.
            (Some(_), None) => false,
            (None, _) => true,
        };
        self.kind == main.kind && dated && !new_people && self.same(main).is_some()
    }

    /// What it can be found by.
    fn features(&self) -> Vec<u64> {
        let mut features: Vec<u64> = self
            .people
            .iter()
            .flat_map(|p| p.id.into_iter().chain(p.parts.iter().filter(|s| s.len() > 2).map(|s| hash(&("person", s)))))
            .collect();
        if self.countries.len() > 1 {
            features.push(hash(&("states", &self.countries)));
        }
        if let Some(Interval { earliest: Some(a), latest: Some(b) }) = self.when.and_then(When::interval) {
            for country in &self.countries {
                features.push(hash(&(country, a.year())));
                features.push(hash(&(country, b.year())));
            }
        }
        features.sort_unstable();
        features.dedup();
        features
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// What one sentence tells twice, "hosted them in 2021" and "they talked in 2021", is one happening: the telling
/// with more parties stays.
fn once(recalls: &mut Vec<Recall>) {
    let again = |a: &Recall, b: &Recall| {
        let parties = a.countries.iter().all(|c| b.countries.contains(c));
        a.kind == b.kind && a.sentence == b.sentence && a.when.is_some() && a.when == b.when && parties
    };
    let fuller = |a: &Recall, b: &Recall| {
        (a.actors + a.recipients).cmp(&(b.actors + b.recipients)).then(b.telling.claim.cmp(&a.telling.claim)).is_gt()
    };
    let said: Vec<bool> = recalls
        .chunk_by(|a, b| a.telling.report == b.telling.report)
        .flat_map(|own| own.iter().map(|a| own.iter().any(|b| again(a, b) && fuller(b, a))))
        .collect();
    let mut said = said.into_iter();
    recalls.retain(|_| said.next() != Some(true));
}

/// Takes out of `recalls` those that recall news of the set, and puts them beside it.
fn join_news(
    reports: &[Report],
    groups: &mut [Vec<Telling>],
    group_of: &[usize],
    recalls: &mut Vec<Recall>,
    news: &[Option<Recall>],
) {
    let mut lists: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, recall) in news.iter().enumerate() {
        for feature in recall.iter().flat_map(Recall::features) {
            lists.entry(feature).or_default().push(at);
        }
    }
    let target: Vec<Option<usize>> = recalls
        .par_iter()
        .map(|recall| {
            let mut near: Vec<usize> = recall
                .features()
                .iter()
                .filter_map(|f| lists.get(f))
                .flat_map(|l| l.iter().take(LONG).copied())
                .collect();
            near.sort_unstable();
            near.dedup();
            let mut sums: BTreeMap<usize, (f64, usize, usize)> = BTreeMap::new();
            for at in near {
                let Some(main) = &news[at] else { continue };
                let entry = sums.entry(group_of[at]).or_insert((0.0, 0, 0));
                // What is recalled was there before the report; news that came after it is not what it recalls.
                match recall.same(main).filter(|_| !after(reports, recall, main)) {
                    Some(_) if !recall.may_date(main) => {}
                    Some(score) => (entry.0, entry.1) = (entry.0 + score, entry.1 + 1),
                    None => entry.2 += 1,
                }
            }
            let own = group_of[recall.telling.report];
            if news[recall.telling.report].as_ref().is_some_and(|main| recall.repeats(main)) {
                return Some(own);
            }
            let (best, mean) = sums
                .into_iter()
                // One report that dates the news wrongly does not keep out what recalls it.
                .filter(|(group, (_, count, apart))| *group != own && count > apart)
                .map(|(group, (sum, count, _))| (group, sum / count as f64))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
            (mean >= SAME_NEWS).then_some(best)
        })
        .collect();
    for (recall, target) in recalls.iter().zip(&target) {
        if let Some(group) = target
            && *group != group_of[recall.telling.report]
            && !groups[*group].iter().any(|t| t.report == recall.telling.report)
        {
            groups[*group].push(recall.telling);
        }
    }
    let mut at = 0;
    recalls.retain(|_| {
        at += 1;
        target[at - 1].is_none()
    });
}

/// Whether the news is known to be later than the report that would recall it.
fn after(reports: &[Report], recall: &Recall, news: &Recall) -> bool {
    let printed = reports[recall.telling.report].article.published.as_ref().and_then(|p| p.interval()?.latest);
    let happened = news.when.and_then(When::interval).and_then(|i| i.earliest).or_else(|| {
        let published = reports[news.telling.report].article.published.as_ref()?.interval()?;
        // News without a date is about as old as its report.
        published.widened(7).earliest
    });
    matches!((printed, happened), (Some(printed), Some(happened)) if printed < happened)
}

/// Groups of claims that recall one happening, best pairs first, no pair of a group apart.
fn group(recalls: &[Recall]) -> Vec<Vec<Telling>> {
    let mut lists: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (at, recall) in recalls.iter().enumerate() {
        for feature in recall.features() {
            lists.entry(feature).or_default().push(at as u32);
        }
    }
    let mut pairs: Vec<(u32, u32)> = lists
        .values()
        .filter(|l| l.len() <= LONG)
        .flat_map(|l| l.iter().enumerate().flat_map(|(n, a)| l[n + 1..].iter().map(|b| (*a, *b))))
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let mut scored: Vec<(f64, u32, u32)> = pairs
        .par_iter()
        .filter_map(|&(a, b)| Some((recalls[a as usize].same(&recalls[b as usize])?, a, b)))
        .filter(|(score, ..)| *score >= SAME)
        .collect();
    scored.par_sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut members: Vec<Vec<u32>> = (0..recalls.len() as u32).map(|at| vec![at]).collect();
    let mut home: Vec<u32> = (0..recalls.len() as u32).collect();
    for (_, a, b) in scored {
        let (a, b) = (home[a as usize].min(home[b as usize]), home[a as usize].max(home[b as usize]));
        // What one report tells as two acts are two.
        let one = |x: &Recall, y: &Recall| x.telling.report != y.telling.report && x.same(y).is_some();
        let fits = a != b
            && members[a as usize]
                .iter()
                .all(|x| members[b as usize].iter().all(|y| one(&recalls[*x as usize], &recalls[*y as usize])));
        if fits {
            for moved in std::mem::take(&mut members[b as usize]) {
                home[moved as usize] = a;
                members[a as usize].push(moved);
            }
        }
    }
    let reports = |m: &[u32]| {
        let mut reports: Vec<usize> = m.iter().map(|at| recalls[*at as usize].telling.report).collect();
        reports.sort_unstable();
        reports.dedup();
        reports.len()
    };
    members
        .into_iter()
        .filter(|m| reports(m) > 1 || m.iter().any(|at| recalls[*at as usize].stands_alone()))
        .map(|m| {
            let mut tellings: Vec<Telling> = m.into_iter().map(|at| recalls[at as usize].telling).collect();
            tellings.sort_unstable();
            tellings.dedup_by_key(|t| t.report);
            tellings
        })
        .collect()
}
