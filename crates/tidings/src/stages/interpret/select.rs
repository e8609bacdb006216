//! From drafts to claims: one act told twice is one claim, and exactly one claim is what the article is about.

use rustc_hash::FxHashMap;

use super::{
    actors::{self, Resolved},
    claims::Draft,
    fill,
    passage::Passage,
};
use crate::{
    Knowledge,
    language::{Pack, TokenKind, pack::Order},
    model::{Actor, Claim, Country, PlacePrecision, Quote, Report, Sector, Span, Status, Where},
};

/// Sentences that count as the lead of an article.
pub const LEAD: usize = 3;

/// Writes actors and claims into the report.
pub fn assemble(
    report: &mut Report,
    passages: &[Passage<'_>],
    resolved: &[Vec<Resolved>],
    drafts: Vec<Draft>,
    pack: &Pack,
    knowledge: &Knowledge,
) {
    let numbers = write_actors(report, passages, resolved, pack, knowledge);
    let cast = Cast { passages, resolved, numbers };
    let sov = pack.language.grammar.order == Order::Sov;
    let mut claims: Vec<Scored> = Vec::new();
    for draft in drafts {
        let (weight, subordinate) = (draft.weight, draft.subordinate);
        let claim = cast.claim(draft, report);
        match claims.iter_mut().find(|told| same_act(&told.claim, &claim, report)) {
            Some(told) => {
                complete(&mut told.claim, &claim);
                told.weight = weight.max(told.weight);
            }
            None => claims.push(Scored { claim, weight, subordinate }),
        }
    }
    let main = main_claim(&claims, report, sov);
    report.claims = claims.into_iter().map(|c| c.claim).collect();
    let main = match main {
        Some(main) => main,
        None if passages.is_empty() => return,
        None => {
            report.claims.push(untyped(passages));
            report.claims.len() - 1
        }
    };
    report.claims[main].main = true;
    for claim in 0..report.claims.len() {
        fill::goal(report, claim);
    }
    fill::parties(report, main);
    fill::time(report, main);
    fill::place(report, main);
    fill::recall_others(report, main);
    // Those who telephone are in two places.
    for claim in report.claims.iter_mut().filter(|c| c.modes.iter().any(|m| m == "phone")) {
        claim.place = None;
    }
    fill::contexts(report, main);
}

/// A claim with what speaks for its being the main one.
struct Scored {
    claim: Claim,
    weight: u8,
    subordinate: bool,
}

/// Writes the actors of all mentions that may be parties; the number of each, by passage and mention.
fn write_actors(
    report: &mut Report,
    passages: &[Passage<'_>],
    resolved: &[Vec<Resolved>],
    pack: &Pack,
    knowledge: &Knowledge,
) -> FxHashMap<(usize, usize), usize> {
    let mut numbers = FxHashMap::default();
    for (p, passage) in passages.iter().enumerate() {
        for (m, mention) in passage.mentions.iter().enumerate() {
            let resolved = &resolved[p][m];
            let person = mention.name.is_some_and(|(a, b)| b > a + 1) || resolved.person.is_some();
            let known = resolved.country.is_some() || resolved.office.is_some() || mention.strength() > 1;
            if mention.both || mention.pronoun && resolved.country.is_none() || !(known || person) {
                continue;
            }
            // A city is a party only where it stands for a government, and then it is a capital.
            if mention.city.is_some() && mention.name.is_none() && mention.country.is_none() {
                continue;
            }
            numbers.insert((p, m), report.actors.len());
            report.actors.push(actors::actor(passage, m, resolved, pack, knowledge));
        }
    }
    numbers
}

/// Who stands in the article, by passage and mention.
struct Cast<'a, 't> {
    passages: &'a [Passage<'t>],
    resolved: &'a [Vec<Resolved>],
    numbers: FxHashMap<(usize, usize), usize>,
}

impl Cast<'_, '_> {
    fn claim(&self, draft: Draft, report: &mut Report) -> Claim {
        let mut claim = draft.claim;
        claim.actors = self.people(draft.passage, &draft.actors, report);
        claim.recipients = self.people(draft.passage, &draft.recipients, report);
        claim.recipients.retain(|r| !claim.actors.iter().any(|a| same_party(report, *a, *r)));
        claim.said_by = draft.said_by.and_then(|m| self.numbers.get(&(draft.passage, m)).copied());
        claim
    }

    /// The actors that mentions stand for: "the two sides" are the two states that the article names most.
    fn people(&self, passage: usize, mentions: &[usize], report: &mut Report) -> Vec<usize> {
        let mut people: Vec<usize> = Vec::new();
        let add = |number: usize, people: &mut Vec<usize>, report: &Report| {
            if !people.iter().any(|p| same_party(report, *p, number)) {
                people.push(number);
            }
        };
        for &m in mentions {
            let mention = &self.passages[passage].mentions[m];
            if mention.both {
                for number in self.two_sides(passage, m, report) {
                    add(number, &mut people, report);
                }
            } else if mention.pronoun {
                if let Some(number) = self.antecedent(passage, m) {
                    add(number, &mut people, report);
                }
            } else if let Some(number) = self.numbers.get(&(passage, m)) {
                add(*number, &mut people, report);
            }
        }
        people
    }

    /// The two states that the article speaks of most, as parties of their own: "the two countries" are not the
    /// ministers who speak for them. An adjective or a place is no state that acts.
    fn two_sides(&self, passage: usize, mention: usize, report: &mut Report) -> Vec<usize> {
        let mut counts: Vec<(Country, usize)> = Vec::new();
        for (p, row) in self.resolved.iter().enumerate() {
            for (m, resolved) in row.iter().enumerate() {
                let Some(country) = resolved.country.filter(|c| !c.is_organization()) else { continue };
                let mention = &self.passages[p].mentions[m];
                if !self.numbers.contains_key(&(p, m)) || mention.adjective_only || mention.at && mention.strength() < 3
                {
                    continue;
                }
                match counts.iter_mut().find(|(c, _)| *c == country) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((country, 1)),
                }
            }
        }
        counts.sort_by_key(|(_, count)| usize::MAX - count);
        let both = &self.passages[passage].mentions[mention];
        let quote = self.passages[passage].quote(both.start, both.end);
        counts.into_iter().take(2).map(|(country, _)| state(report, country, quote)).collect()
    }

    /// The person named last before a pronoun.
    fn antecedent(&self, passage: usize, mention: usize) -> Option<usize> {
        (0..mention)
            .rev()
            .filter(|m| self.passages[passage].mentions[*m].name.is_some())
            .find_map(|m| self.numbers.get(&(passage, m)).copied())
    }
}

/// The actor that is a state and nothing more, cited by `quote` where the report has none yet.
fn state(report: &mut Report, country: Country, quote: Quote) -> usize {
    let bare = |a: &Actor| a.name.is_none() && a.office.is_none() && a.organization.is_none();
    report.actors.iter().position(|a| a.country == Some(country) && bare(a)).unwrap_or_else(|| {
        report.actors.push(Actor {
            quote,
            name: None,
            original: None,
            person: None,
            country: Some(country),
            sector: Sector::new("GOV"),
            office: None,
            rank: None,
            former: false,
            organization: None,
        });
        report.actors.len() - 1
    })
}

/// Whether two actors of a report are one party.
pub fn same_party(report: &Report, a: usize, b: usize) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (&report.actors[a], &report.actors[b]);
    if a.person.is_some() && a.person == b.person {
        return true;
    }
    match (&a.name, &b.name) {
        (Some(x), Some(y)) => x == y && (a.country == b.country || a.country.is_none() || b.country.is_none()),
        (None, None) => a.country == b.country && a.office == b.office && a.organization == b.organization,
        // A bare state beside its own minister adds nothing.
        (Some(_), None) => {
            b.country.is_some() && a.country == b.country && b.office.is_none() && b.organization.is_none()
        }
        (None, Some(_)) => {
            a.country.is_some() && a.country == b.country && a.office.is_none() && a.organization.is_none()
        }
    }
}

/// The states of a claim's parties, sorted.
pub fn states(report: &Report, claim: &Claim) -> Vec<Country> {
    let mut states: Vec<Country> =
        claim.actors.iter().chain(&claim.recipients).filter_map(|a| report.actors[*a].country).collect();
    states.sort_unstable();
    states.dedup();
    states
}

/// Whether a later claim tells the act of an earlier one again.
fn same_act(told: &Claim, again: &Claim, report: &Report) -> bool {
    if told.kind != again.kind || told.status != again.status {
        return false;
    }
    let (a, b) = (states(report, told), states(report, again));
    let covered =
        a == b || !b.is_empty() && b.iter().all(|c| a.contains(c)) || b.is_empty() && told.sentence == again.sentence;
    let when = |c: &Claim| c.time.map(|t| report.times[t].interval);
    let times = match (when(told), when(again)) {
        (Some(a), Some(b)) => a.overlaps(b),
        _ => told.status != Status::Recalled,
    };
    let place =
        |c: &Claim| c.place.map(|p| &report.places[p]).filter(|p| p.precision == PlacePrecision::City).map(|p| &p.name);
    let places = match (place(told), place(again)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    // Two acts of one kind by two people of one state are two acts.
    let people = match (people(report, told), people(report, again)) {
        (a, b) if a.is_empty() || b.is_empty() => true,
        (a, b) => a.iter().any(|name| b.contains(name)),
    };
    // The title and the body tell the same news, and the body's telling is the one to cite.
    let title_first = told.trigger.text == Where::Title && again.trigger.text == Where::Body;
    covered && times && places && people && !title_first
}

/// The people who take part in a claim, by their ids or names.
fn people<'r>(report: &'r Report, claim: &Claim) -> Vec<&'r String> {
    let actors = claim.actors.iter().chain(&claim.recipients).map(|a| &report.actors[*a]);
    actors.filter_map(|a| a.person.as_ref().or(a.name.as_ref())).collect()
}

/// Takes from a second telling what the first lacks.
fn complete(told: &mut Claim, again: &Claim) {
    told.time = told.time.or(again.time);
    told.place = told.place.or(again.place);
    for context in &again.contexts {
        if !told.contexts.contains(context) {
            told.contexts.push(context.clone());
        }
    }
    for mode in &again.modes {
        if told.modes.is_empty() {
            told.modes.push(mode.clone());
        }
    }
    if told.actors.is_empty() && told.recipients.is_empty() {
        told.actors.clone_from(&again.actors);
        told.recipients.clone_from(&again.recipients);
    }
    told.said_by = told.said_by.or(again.said_by);
}

/// The claim that the article is about.
fn main_claim(claims: &[Scored], report: &Report, sov: bool) -> Option<usize> {
    let score = |number: usize| importance(number, claims, report, sov);
    let best = (0..claims.len()).max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a)))?;
    if score(best) < 1.0 {
        return None;
    }
    // The body tells what the title announces, with its parties and its day.
    let announced = &claims[best].claim;
    if announced.sentence.is_none() {
        let told = (0..claims.len())
            .filter(|n| {
                let claim = &claims[*n].claim;
                claim.sentence.is_some_and(|s| s < LEAD + 1)
                    && claim.kind == announced.kind
                    && claims[*n].weight >= claims[best].weight.min(1)
                    && !contradicts(report, announced, claim)
                    && (claim.status != Status::Recalled || announced.status == Status::Recalled)
            })
            .max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a)));
        return told.or(Some(best));
    }
    Some(best)
}

/// Whether two claims of one type are two acts all the same: of other modes, or between other states.
fn contradicts(report: &Report, a: &Claim, b: &Claim) -> bool {
    let modes = !a.modes.is_empty() && !b.modes.is_empty() && !a.modes.iter().any(|m| b.modes.contains(m));
    let (x, y) = (states(report, a), states(report, b));
    modes || !x.is_empty() && !y.is_empty() && !x.iter().any(|c| y.contains(c))
}

/// How much speaks for a claim's being the main one: its place, its parties, its weight, and that title and lead agree.
fn importance(number: usize, claims: &[Scored], report: &Report, sov: bool) -> f64 {
    let Scored { claim, weight, subordinate } = &claims[number];
    let place = match claim.sentence {
        None => 6.0,
        Some(0) => 5.0,
        Some(1) => 3.5,
        Some(2) => 2.5,
        Some(3) => 1.5,
        Some(_) => 0.0,
    };
    let status = match claim.status {
        Status::Happened => 0.0,
        Status::Planned => -0.5,
        Status::Denied => -1.5,
        Status::Hypothetical => -2.5,
        Status::Recalled => -4.5,
    };
    let parties =
        states(report, claim).len().min(2) as f64 * 0.75 + f64::from(u8::from(!claim.actors.is_empty())) * 0.5;
    let in_lead = |c: &Claim| c.sentence.is_none_or(|s| s < LEAD);
    let echoed = claims.iter().any(|other| {
        let other = &other.claim;
        other.kind == claim.kind && other.trigger.text != claim.trigger.text && in_lead(other) && in_lead(claim)
    });
    // The predicate of a sentence names its act; acts told beside it are mostly what it is about.
    let beside =
        claims.iter().filter(|c| c.claim.sentence == claim.sentence && !c.subordinate).map(|c| c.claim.trigger);
    let predicate = if sov { beside.max() } else { beside.min() };
    place
        + status
        + parties
        + match weight {
            0 => -3.0,
            weight => f64::from(*weight) * 0.8,
        }
        + if echoed { 1.5 } else { 0.0 }
        + if predicate == Some(claim.trigger) { 1.0 } else { 0.0 }
        - if *subordinate { 0.8 } else { 0.0 }
}

/// Words that a sentence has at least; fewer are a dateline, a credit or a heading.
const SENTENCE: usize = 5;

/// A main claim for an article that tells no PLOVER event: what its title says, else its first sentence.
fn untyped(passages: &[Passage<'_>]) -> Claim {
    let passage = &passages[0];
    let words = |(from, to): (usize, usize)| {
        passage.reading.tokens.list[from..to].iter().filter(|t| t.kind == TokenKind::Word).count()
    };
    let number = passage.sentences.iter().position(|s| words(*s) >= SENTENCE).unwrap_or(0);
    let trigger = match passage.sentences.get(number) {
        Some(&(from, to)) => passage.quote(from, to),
        None => Quote { text: passage.place, span: Span::default() },
    };
    Claim { sentence: (passage.place == Where::Body).then_some(number), trigger, ..Claim::default() }
}
