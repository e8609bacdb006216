//! What a claim takes from around it: the parties, the day, the place and the contexts that title and lead give to the
//! news, and the city that a visit goes to.
//!
//! `select` chooses the main claim; here it is completed, and what lies well before it is told apart from it.

use super::{
    claims::is_open,
    select::{LEAD, same_party, states},
};
use crate::model::{Claim, Country, EventType, PlacePrecision, Precision, Quote, Report, Status, TimeType, Where};

/// Gives the main claim the parties that other tellings of it, the title and the lead name.
pub fn parties(report: &mut Report, main: usize) {
    let kind = report.claims[main].kind;
    if states(report, &report.claims[main]).len() < 2 && kind.is_some() {
        let others: Vec<(Vec<usize>, Vec<usize>)> = report
            .claims
            .iter()
            .enumerate()
            .filter(|(n, c)| {
                *n != main && c.kind == kind && c.status != Status::Recalled && c.sentence.is_none_or(|s| s < LEAD)
            })
            .map(|(_, c)| (c.actors.clone(), c.recipients.clone()))
            .collect();
        for (actors, recipients) in others {
            for (list, recipient) in [(actors, false), (recipients, true)] {
                for actor in list {
                    add_party(report, main, actor, recipient);
                }
            }
        }
    }
    let claim = &report.claims[main];
    // An act between states of which one or none was found by its words has those that the title and lead name.
    let nobody = claim.actors.is_empty() && claim.recipients.is_empty();
    let mutual = kind.is_none_or(EventType::is_mutual);
    let lacking = nobody
        || kind.is_none()
        || mutual
            && states(report, claim).len() < 2
            && claim.actors.iter().any(|a| report.actors[*a].country.is_none());
    if !lacking {
        return;
    }
    let parties = lead_parties(report);
    // Whom an act is done to is seldom said where nobody is said to have done it: a state named alone is the one that
    // suffers it. Of several, the words do not say which.
    let directed = kind.is_some_and(EventType::is_directed);
    let mut named: Vec<Country> = parties.iter().filter_map(|a| report.actors[*a].country).collect();
    named.sort_unstable();
    named.dedup();
    if directed && named.len() != 1 {
        return;
    }
    // An adjective at the act's own words says whose it is: "an Israeli strike".
    let trigger = report.claims[main].trigger;
    for actor in parties {
        let quote = report.actors[actor].quote;
        let whose = quote.overlaps(trigger) || quote.text == trigger.text && quote.span.start == trigger.span.end + 1;
        add_party(report, main, actor, directed && !whose);
    }
}

/// The parties that the title names, where it names two states; else those of the title and the first sentences.
fn lead_parties(report: &Report) -> Vec<usize> {
    // A town stands for a government only where no state or person does.
    let town = |actor: usize| {
        let a = &report.actors[actor];
        a.name.is_none()
            && a.office.is_none()
            && a.organization.is_none()
            && report.places.iter().any(|p| p.quote.overlaps(a.quote) && p.precision != PlacePrecision::Country)
    };
    let mut best: Vec<usize> = Vec::new();
    for sentences in [0, 1, 2] {
        let near = |a: &usize| {
            let quote = report.actors[*a].quote;
            quote.text == Where::Title || sentences > 0 && in_lead(report, quote, sentences)
        };
        let known = |a: &usize| {
            let actor = &report.actors[*a];
            actor.country.is_some() || actor.person.is_some() || actor.organization.is_some()
        };
        let all: Vec<usize> = (0..report.actors.len()).filter(near).filter(known).collect();
        let states = |list: &[usize]| {
            let mut codes: Vec<Country> = list.iter().filter_map(|a| report.actors[*a].country).collect();
            codes.sort_unstable();
            codes.dedup();
            codes.len()
        };
        let surely: Vec<usize> = all.iter().copied().filter(|a| !town(*a)).collect();
        best = if states(&surely) > 0 || states(&all) == 0 { surely } else { all };
        if states(&best) > 1 {
            break;
        }
    }
    best.truncate(8);
    best
}

fn add_party(report: &mut Report, main: usize, actor: usize, recipient: bool) {
    let claim = &report.claims[main];
    let had = claim.actors.iter().chain(&claim.recipients).any(|a| same_party(report, *a, actor));
    if !had {
        let claim = &mut report.claims[main];
        if recipient { claim.recipients.push(actor) } else { claim.actors.push(actor) }
    }
}

/// Gives the main claim its day, where its own sentence has none.
pub fn time(report: &mut Report, main: usize) {
    let published = report.article.published.as_ref().and_then(|p| p.interval());
    let fits = |number: &usize| {
        let time = &report.times[*number];
        if time.recalled || time.kind == TimeType::Duration || time.precision.is_none() || is_open(time) {
            return false;
        }
        let near = match (time.interval.ends(), published.and_then(|p| p.latest)) {
            (Some((_, latest)), Some(published)) => latest.until(published).is_ok_and(|s| s.get_days() <= 21),
            _ => true,
        };
        // Without an act to hold on to, the news may begin below lines that are no part of it.
        let lead = if report.claims[main].kind.is_some() { LEAD } else { LEAD + 3 };
        near && in_lead(report, time.quote, lead) && !stands_alone(report, time.quote)
    };
    let claim = &report.claims[main];
    let own = claim.time.filter(|t| {
        let time = &report.times[*t];
        // A bound is the day of a thing that happens once only where the text looks back on it: "cut since 2013".
        let bound = is_open(time) && !claim.kind.is_some_and(EventType::lasts);
        claim.status == Status::Recalled || fits(t) || !time.recalled && time.precision.is_some() && !bound
    });
    let fine = |number: &usize| matches!(report.times[*number].precision, Some(Precision::Day | Precision::Hour));
    if own.is_some_and(|t| fine(&t)) {
        return;
    }
    let day = (0..report.times.len()).filter(fine).find(fits);
    // Something coarser is the act's only where it stands in the act's own sentence or in the title.
    let beside = |t: &usize| {
        let quote = report.times[*t].quote;
        quote.text == Where::Title
            || report.claims[main]
                .sentence
                .and_then(|s| report.sentences.get(s))
                .is_some_and(|s| s.contains(quote.span))
    };
    let other =
        (0..report.times.len()).find(|t| fits(t) && beside(t) && report.times[*t].precision != Some(Precision::Year));
    report.claims[main].time = match (own, day) {
        // A day of the lead inside the month that the sentence names is the finer telling of the same.
        (Some(own), Some(day)) if report.times[own].interval.overlaps(report.times[day].interval) => Some(day),
        (Some(own), _) => Some(own),
        (None, day) => day.or(other),
    };
}

/// Whether a time makes up most of its sentence, as the stamp over an article or a dateline does.
fn stands_alone(report: &Report, quote: Quote) -> bool {
    let sentence = report.sentences.iter().find(|s| quote.text == Where::Body && s.contains(quote.span));
    let Some(sentence) = sentence else { return false };
    let beside = report.times.iter().filter(|t| t.quote.text == Where::Body && sentence.contains(t.quote.span));
    let told: usize = beside.map(|t| t.quote.span.range().len()).sum();
    told * 2 > sentence.range().len()
}

/// What has a day of its own that is not the news's day, and not after it, is recalled beside the news.
pub fn recall_others(report: &mut Report, main: usize) {
    let told = report.claims[main].time.map(|t| &report.times[t]);
    let published = report.article.published.as_ref().and_then(|p| p.interval()).and_then(|p| p.latest);
    let other_day = |claim: &Claim| {
        let Some(time) = claim.time.map(|t| &report.times[t]) else { return false };
        if told.is_some_and(|told| told.value == time.value) {
            return false;
        }
        match (told.and_then(|t| t.interval.ends()), time.interval.ends()) {
            (Some((earliest, _)), Some((_, latest))) => latest < earliest,
            (None, Some((_, latest))) => published.is_none_or(|p| latest.until(p).is_ok_and(|s| s.get_days() > 21)),
            // A day without its year beside news that has none at all, or only a weekday.
            (None, None) => {
                time.value.starts_with("XXXX-")
                    && !time.value.starts_with("XXXX-W")
                    && told.is_none_or(|t| t.value.starts_with("XXXX-W"))
            }
            (Some(_), None) => false,
        }
    };
    let recalled: Vec<usize> = (0..report.claims.len())
        .filter(|n| *n != main && report.claims[*n].status == Status::Happened && other_day(&report.claims[*n]))
        .collect();
    for number in recalled {
        report.claims[number].status = Status::Recalled;
    }
}

/// A visit takes place in the city that it goes to, if its words name one of the host's state.
pub fn goal(report: &mut Report, claim: usize) {
    let claim = &mut report.claims[claim];
    if claim.place.is_some() || !claim.modes.iter().any(|m| m == "visit") {
        return;
    }
    let states = |list: &[usize]| -> Vec<Country> { list.iter().filter_map(|a| report.actors[*a].country).collect() };
    let (guests, hosts) = (states(&claim.actors), states(&claim.recipients));
    let sentence = claim.sentence.and_then(|s| report.sentences.get(s));
    claim.place = report.places.iter().position(|place| {
        let beside = place.quote.text == claim.trigger.text
            && sentence.is_none_or(|s| s.contains(place.quote.span))
            && place.quote.span.start >= claim.trigger.span.start;
        let host = place.country.is_some_and(|c| hosts.contains(&c) && !guests.contains(&c));
        beside && host && place.precision <= PlacePrecision::City
    });
}

/// Gives the main claim its place: a venue of the first sentences, a city before a country.
pub fn place(report: &mut Report, main: usize) {
    let own = report.claims[main].place;
    if own.is_some_and(|p| report.places[p].precision <= PlacePrecision::City) {
        return;
    }
    let lead = |n: &usize, sentences: usize| in_lead(report, report.places[*n].quote, sentences);
    let city = |n: &usize| report.places[*n].precision <= PlacePrecision::City;
    let claim = &report.claims[main];
    let is_party =
        |n: &usize, list: &[usize]| list.iter().any(|a| report.actors[*a].quote.overlaps(report.places[*n].quote));
    // What a sentence of another time tells has its own place.
    let elsewhere = |n: &usize| {
        let quote = report.places[*n].quote;
        let sentence = report.sentences.iter().position(|s| quote.text == Where::Body && s.contains(quote.span));
        let told = |c: &&Claim| sentence.is_some() && c.sentence == sentence;
        report.claims.iter().any(|c| told(&c) && c.status == Status::Recalled)
            && report.claims.iter().filter(told).all(|c| c.status == Status::Recalled)
    };
    let all = || (0..report.places.len()).filter(|n| !elsewhere(n));
    let venue = all().find(|n| city(n) && report.places[*n].venue && lead(n, 5)).filter(|n| {
        // A title's venue holds whatever else the sentence names; another's only within the same state.
        let place = &report.places[*n];
        place.quote.text == Where::Title || own.is_none_or(|o| report.places[o].country == place.country)
    });
    // A capital that acts is no place.
    let acts = |n: &usize| claim.kind.is_some() && is_party(n, &claim.actors);
    let mut cities: Vec<usize> = all().filter(|n| city(n) && lead(n, 2) && !acts(n)).collect();
    cities.dedup_by_key(|n| report.places[*n].geonames);
    let only = (cities.len() == 1).then(|| cities[0]).filter(|_| own.is_none());
    report.claims[main].place =
        venue.or(own).or(only).or_else(|| all().find(|n| report.places[*n].venue && lead(n, 3)));
}

/// Adds the contexts that the title and lead carry, as found for other claims there.
pub fn contexts(report: &mut Report, main: usize) {
    let lead: Vec<String> = report
        .claims
        .iter()
        .filter(|c| c.sentence.is_none_or(|s| s < 2))
        .flat_map(|c| c.contexts.iter().cloned())
        .collect();
    let claim = &mut report.claims[main];
    for context in lead {
        if !claim.contexts.contains(&context) {
            claim.contexts.push(context);
        }
    }
    claim.contexts.sort();
}

/// Whether a quote stands in the title or the lead.
fn in_lead(report: &Report, quote: Quote, sentences: usize) -> bool {
    quote.text == Where::Title
        || report
            .sentences
            .get(sentences.min(report.sentences.len()).saturating_sub(1))
            .is_none_or(|s| quote.span.end <= s.end)
}
