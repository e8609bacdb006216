//! Who takes part in an event: mentions of one party in several reports and languages are one party.

use std::collections::BTreeMap;

use super::{key::Person, score::related, telling::Telling};
use crate::{
    model::{Actor, Claim, Country, EventType, Party, Report, Role, Sector, Side},
    world::World,
};

/// A party with the mentions that it was put together from.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The party.
    pub party: Party,
    /// Each telling that names it, with the actor of that report.
    pub mentions: Vec<(Telling, usize, Side)>,
}

/// How sure two names must be one person's.
const SAME: f64 = 0.6;

/// The parties of an event; `copies` holds the group of copies of each report.
pub fn parties(
    reports: &[Report],
    tellings: &[Telling],
    kind: Option<EventType>,
    copies: &[u32],
    world: &World,
) -> Vec<Drafted> {
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    // Who gave in is not who opened fire, though two reports tell both as one piece of news.
    let fits = |claim: &Claim| kind.zip(claim.kind).is_none_or(|(a, b)| related(a, b));
    let any = tellings.iter().filter_map(|t| t.of(reports)).any(|c| fits(c) && !c.actors.is_empty());
    for telling in tellings {
        let Some(claim) = telling.of(reports).filter(|c| !any || fits(c)) else { continue };
        let sides = claim
            .actors
            .iter()
            .map(|a| (*a, Side::Actor))
            .chain(claim.recipients.iter().map(|r| (*r, Side::Recipient)));
        for (at, side) in sides {
            let Some(actor) = reports[telling.report].actors.get(at) else { continue };
            let draft = Draft::new(actor);
            let found = drafts.iter().position(|d| d.is(&draft));
            let mention = (*telling, at, side);
            match found {
                Some(number) => drafts[number].take(draft, mention),
                None => drafts.push(Draft { mentions: vec![mention], ..draft }),
            }
        }
    }
    absorb(&mut drafts, world);
    // "An ambassador" of nobody knows whom says nothing beside parties that are known.
    if drafts.iter().any(|d| !d.is_anybody()) {
        drafts.retain(|d| !d.is_anybody());
    }
    let witnesses = |draft: &Draft<'_>, role: Role| {
        let mut groups: Vec<u32> =
            draft.mentions.iter().filter(|(t, ..)| t.role == role).map(|(t, ..)| copies[t.report]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len()
    };
    let mut told: Vec<u32> = tellings.iter().filter(|t| t.role == Role::Main).map(|t| copies[t.report]).collect();
    told.sort_unstable();
    told.dedup();
    let mut ranked: Vec<(usize, usize, usize)> = drafts
        .iter()
        .enumerate()
        .map(|(at, d)| (witnesses(d, Role::Main), witnesses(d, Role::Background), at))
        .filter(|(main, background, _)| {
            let all = told.len();
            // What one of many witnesses alone says of the parties is more often a slip of reading.
            if all == 0 { *background > 0 } else { *main * 5 >= all && *main > 0 }
        })
        .collect();
    ranked.sort_by_key(|(main, background, at)| (usize::MAX - main, usize::MAX - background, *at));
    let mut done: Vec<Drafted> =
        ranked.into_iter().map(|(_, _, at)| drafts[at].clone().finish(reports, world)).collect();
    done.sort_by_key(|d| d.party.side);
    done
}

/// Tells the host of a visit from the guest: the parties of the state where it took place receive the others. The
/// answer is whether there is a guest, and this was not a meeting of several on somebody else's ground.
pub fn receive(drafted: &mut [Drafted], host: Option<Country>) -> bool {
    let states = |drafted: &[Drafted], side: Side| {
        let of_side = drafted.iter().filter(|d| d.party.side == side);
        let mut states: Vec<Country> = of_side.filter_map(|d| d.party.country).collect();
        states.sort_unstable();
        states.dedup();
        states
    };
    let actors = states(drafted, Side::Actor);
    if actors.len() > 1
        && let Some(host) = host.filter(|h| actors.contains(h))
    {
        let home = drafted.iter_mut().filter(|d| d.party.country == Some(host));
        home.for_each(|d| d.party.side = Side::Recipient);
        drafted.sort_by_key(|d| d.party.side);
        return true;
    }
    actors.len() < 2 || !states(drafted, Side::Recipient).is_empty()
}

/// A party while its mentions are gathered.
#[derive(Clone, Debug)]
struct Draft<'r> {
    person: Option<Person>,
    country: Option<Country>,
    office: Option<&'r str>,
    organization: Option<&'r str>,
    mentions: Vec<(Telling, usize, Side)>,
}

impl<'r> Draft<'r> {
    fn new(actor: &'r Actor) -> Self {
        Self {
            person: Person::new(actor),
            country: actor.country,
            office: actor.office.as_deref(),
            organization: actor.organization.as_deref(),
            mentions: Vec::new(),
        }
    }

    /// Whether another mention is of this party.
    fn is(&self, other: &Self) -> bool {
        match (&self.person, &other.person) {
            (Some(a), Some(b)) => return a.same(b) >= SAME,
            // "The minister" is the minister that another report names.
            (Some(_), None) | (None, Some(_)) => {
                return self.country.is_some()
                    && self.country == other.country
                    && self.office.is_some()
                    && self.office == other.office;
            }
            (None, None) => {}
        }
        self.country == other.country && self.office == other.office && self.organization == other.organization
    }

    /// Whether it is an office that anybody may hold: no name, no state, no body.
    fn is_anybody(&self) -> bool {
        self.person.is_none() && self.country.is_none() && self.organization.is_none() && self.office.is_some()
    }

    /// Whether it says no more than a state, or a body of it that has no name of its own.
    fn is_bare(&self, world: &World) -> bool {
        let named = |id: &str| world.organizations().iter().any(|o| o.id == id);
        self.person.is_none() && self.office.is_none() && !self.organization.is_some_and(named)
    }

    fn take(&mut self, other: Self, mention: (Telling, usize, Side)) {
        // The name that says more stands for the party.
        let longer = other.person.as_ref().map_or((0, 0), fullness) > self.person.as_ref().map_or((0, 0), fullness);
        if longer {
            self.person = other.person;
        }
        self.country = self.country.or(other.country);
        self.office = self.office.or(other.office);
        self.organization = self.organization.or(other.organization);
        self.mentions.push(mention);
    }

    fn finish(self, reports: &[Report], world: &World) -> Drafted {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut known: Vec<String> = Vec::new();
        let mut latin: Vec<String> = Vec::new();
        let mut other: Vec<String> = Vec::new();
        let mut countries: Vec<Country> = Vec::new();
        let mut sectors: Vec<Sector> = Vec::new();
        let mut offices: Vec<String> = Vec::new();
        let mut sides: Vec<Side> = Vec::new();
        for (telling, at, side) in &self.mentions {
            let report = &reports[telling.report];
            let actor = &report.actors[*at];
            let language = report.article.language.clone().unwrap_or_else(|| "und".to_owned());
            if let Some(original) = &actor.original {
                let list = names.entry(language).or_default();
                if !list.contains(original) {
                    list.push(original.clone());
                }
                if is_latin(original) {
                    latin.push(original.clone());
                }
            }
            if let Some(name) = &actor.name {
                if actor.person.is_some() { known.push(name.clone()) } else { other.push(name.clone()) }
            }
            countries.extend(actor.country);
            sectors.extend(actor.sector);
            offices.extend(actor.office.clone());
            sides.push(*side);
        }
        let name = [known, latin, other].into_iter().find(|l| !l.is_empty()).and_then(fullest);
        let actors = || self.mentions.iter().map(|(t, at, _)| &reports[t.report].actors[*at]);
        let person = most(actors().filter_map(|a| a.person.clone()).collect());
        let organization = most(actors().filter_map(|a| a.organization.clone()).collect());
        // A minister of a body has a name of his own; a body that acts itself is called by its own.
        let name = name.or_else(|| {
            let id = organization.as_deref().filter(|_| self.office.is_none())?;
            world.organizations().iter().find(|o| o.id == id).map(|o| o.name.clone())
        });
        Drafted {
            party: Party {
                name,
                person,
                names,
                country: most(countries).or(self.country),
                sector: most(sectors),
                office: most(offices),
                organization,
                side: most(sides).unwrap_or_default(),
            },
            mentions: self.mentions,
        }
    }
}

/// A bare state beside its own minister adds nothing.
fn absorb(drafts: &mut Vec<Draft<'_>>, world: &World) {
    let mut at = 0;
    while at < drafts.len() {
        let country = drafts[at].country;
        let home = drafts[at]
            .is_bare(world)
            .then(|| {
                // The state itself takes in its bodies, where nobody says more of them.
                let of_state = |o: &usize| *o != at && country.is_some() && drafts[*o].country == country;
                let others = || (0..drafts.len()).filter(of_state);
                others().find(|o| !drafts[*o].is_bare(world)).or_else(|| others().find(|o| *o < at))
            })
            .flatten();
        match home {
            Some(home) => {
                let bare = drafts.remove(at);
                let home = if home > at { home - 1 } else { home };
                // The mentions speak for the state, not for the person: they only count witnesses of the party.
                drafts[home].mentions.extend(bare.mentions);
            }
            None => at += 1,
        }
    }
}

fn fullness(person: &Person) -> (usize, usize) {
    (usize::from(person.id.is_some()), person.words)
}

fn is_latin(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(|c| {
        any_ascii::any_ascii_char(c).len() <= 2 && u32::from(c) < 0x370 || ('\u{1E00}'..='\u{1EFF}').contains(&c)
    })
}

/// The value that stands there most often, the first of those.
pub fn most<T: PartialEq>(values: Vec<T>) -> Option<T> {
    let count = |value: &T| values.iter().filter(|v| *v == value).count();
    let best = (0..values.len()).max_by_key(|at| (count(&values[*at]), usize::MAX - at))?;
    values.into_iter().nth(best)
}

/// The most frequent name among those with the most words.
fn fullest(names: Vec<String>) -> Option<String> {
    let words = names.iter().map(|n| n.split_whitespace().count()).max()?;
    most(names.into_iter().filter(|n| n.split_whitespace().count() == words).collect())
}
