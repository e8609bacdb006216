//! What a report is compared by: the same slots for every language.
//!
//! A key is taken from the main claim, the title and the lead; what a report recalls further down must give it
//! neither a date nor a place.

use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use super::{
    skeleton::skeleton,
    text::{self, Features},
};
use crate::model::{
    Actor, Claim, Country, EventType, Interval, PlacePrecision, Published, Quote, Report, Status, When, Where,
};

/// Sentences of the body that count as its lead.
const LEAD: usize = 2;

/// A report's key.
#[derive(Clone, Debug, Default)]
pub struct Key {
    /// The language without its region.
    pub language: String,
    /// When it was published, where that can be believed.
    pub published: Option<Interval>,
    /// When its happening took place.
    pub when: Option<When>,
    /// Whether the words that date it stand by the words that tell it, so that nothing else can be meant.
    pub when_sure: bool,
    /// Its PLOVER type.
    pub kind: Option<EventType>,
    /// Its modes.
    pub modes: Vec<String>,
    /// Whether it happened or is announced.
    pub status: Status,
    /// States of its parties, sorted.
    pub countries: Vec<Country>,
    /// States of everybody named in title and lead, and of the parties, sorted.
    pub around: Vec<Country>,
    /// States of those who did it, and of those it was done to, each sorted, where it is done by one to another.
    pub directed: Option<(Vec<Country>, Vec<Country>)>,
    /// The people whom it was done to.
    pub objects: Vec<Person>,
    /// Who came, and whom they came to, where the two are states.
    pub visit: Option<(Country, Country)>,
    /// The parties that are people.
    pub people: Vec<Person>,
    /// Other people of title and lead.
    pub others: Vec<Person>,
    /// Offices of the parties with their states, hashed and sorted.
    pub offices: Vec<u64>,
    /// Where it took place.
    pub place: Option<Spot>,
    /// Whether the text says that it took place there, and the place's name can hardly mean anything else.
    pub place_sure: bool,
    /// Cities that title and lead name, sorted.
    pub cities: Vec<u32>,
    /// Counts of the claim.
    pub quantities: Vec<(String, f64)>,
    /// Names, words and numbers.
    pub text: Features,
    /// The group of copies that it belongs to.
    pub copies: u32,
}

/// A person as far as scripts and languages agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// A hash of the world's id.
    pub id: Option<u64>,
    /// Consonants of each part of the name, those with enough of them.
    pub parts: Vec<String>,
    /// How many parts the name has.
    pub words: usize,
    /// The state.
    pub country: Option<Country>,
}

/// A place of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its `GeoNames` id or a hash of its name.
    pub id: u64,
    /// A hash of its name alone.
    pub name: u64,
    /// The state.
    pub country: Option<Country>,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
    /// How finely it is known.
    pub precision: PlacePrecision,
}

impl Key {
    /// The key of a report.
    pub fn new(report: &Report, copies: u32, well_known: &FxHashSet<u32>) -> Self {
        let article = &report.article;
        let language = article.language.as_deref().unwrap_or_default();
        let mut key = Self {
            language: language.split('-').next().unwrap_or_default().to_owned(),
            published: article.published.as_ref().and_then(Published::interval),
            copies,
            ..Self::default()
        };
        let lead_end = report.sentences.get(LEAD - 1).or(report.sentences.last()).map_or(0, |s| s.end);
        let in_lead = |q: Quote| q.text == Where::Title || q.span.start < lead_end;
        let mut taken = Vec::new();
        if let Some(claim) = report.main() {
            key.take_claim(report, claim, well_known);
            taken.extend(claim.actors.iter().chain(&claim.recipients).copied());
        }
        for (at, actor) in report.actors.iter().enumerate().filter(|(_, a)| in_lead(a.quote)) {
            key.around.extend(actor.country.filter(|c| !c.is_organization()));
            if !taken.contains(&at)
                && let Some(person) = Person::new(actor)
                && !key.people.iter().chain(&key.others).any(|p| *p == person)
            {
                key.others.push(person);
            }
        }
        for place in report.places.iter().filter(|p| in_lead(p.quote)) {
            key.around.extend(place.country);
            if place.precision <= PlacePrecision::City {
                key.cities.extend(place.geonames);
            }
        }
        key.around.extend(&key.countries);
        for list in [&mut key.around, &mut key.countries] {
            list.sort_unstable();
            list.dedup();
        }
        key.cities.sort_unstable();
        key.cities.dedup();
        key.text = text::features(report, &key.language, lead_end);
        key
    }

    fn take_claim(&mut self, report: &Report, claim: &Claim, well_known: &FxHashSet<u32>) {
        self.kind = claim.kind;
        self.modes.clone_from(&claim.modes);
        self.status = claim.status;
        let time = claim.time.and_then(|t| report.times.get(t));
        self.when = time.and_then(When::new);
        let beside = |quote: Quote| match (quote.text, claim.sentence.and_then(|s| report.sentences.get(s))) {
            (Where::Body, Some(sentence)) => sentence.contains(quote.span),
            (text, None) => text == claim.trigger.text,
            (Where::Title, Some(_)) => true,
        };
        let told = matches!(claim.status, Status::Happened | Status::Planned) && claim.kind.is_some();
        self.when_sure = told && time.is_some_and(|t| beside(t.quote));
        let side = |list: &[usize]| -> Vec<Country> {
            let mut states: Vec<Country> =
                list.iter().filter_map(|&a| report.actors.get(a)?.country).filter(|c| !c.is_organization()).collect();
            states.sort_unstable();
            states.dedup();
            states
        };
        let (actors, recipients) = (side(&claim.actors), side(&claim.recipients));
        if claim.kind == Some(EventType::Consult)
            && let ([guest], [host]) = (&actors[..], &recipients[..])
            && guest != host
        {
            self.visit = Some((*guest, *host));
        }
        if claim.kind.is_some_and(EventType::is_directed) {
            let objects = claim.recipients.iter().filter_map(|&a| Person::new(report.actors.get(a)?));
            self.objects = objects.collect();
            self.directed = Some((actors.clone(), recipients.clone()));
        }
        self.countries = actors;
        self.countries.extend(recipients);
        for actor in claim.actors.iter().chain(&claim.recipients).filter_map(|&a| report.actors.get(a)) {
            if let Some(person) = Person::new(actor)
                && !self.people.contains(&person)
            {
                self.people.push(person);
            }
            if let Some(office) = &actor.office {
                self.offices.push(hash(&(office, actor.country)));
            }
        }
        self.offices.sort_unstable();
        self.offices.dedup();
        let place = claim.place.and_then(|p| report.places.get(p));
        self.place = place.and_then(Spot::new);
        // The name of a small town is often a name of something else, or a quarter of a larger one.
        self.place_sure =
            told && place.is_some_and(|p| p.venue && p.geonames.is_none_or(|id| well_known.contains(&id)));
        self.quantities = report
            .quantities
            .iter()
            .filter(|q| q.claim.is_some_and(|c| report.claims.get(c).is_some_and(|c| c.main)))
            .map(|q| (q.what.clone(), q.value))
            .collect();
    }
}

impl Person {
    /// The person of a mention, if it names one.
    pub fn new(actor: &Actor) -> Option<Self> {
        let name = actor.name.as_deref().or(actor.original.as_deref())?;
        let mut parts: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
            .map(skeleton)
            .filter(|s| s.len() > 1)
            .collect();
        let words = name.split_whitespace().count();
        parts.sort_unstable();
        parts.dedup();
        (actor.person.is_some() || !parts.is_empty()).then(|| Self {
            id: actor.person.as_deref().map(|id| hash(&id)),
            parts,
            words,
            country: actor.country.filter(|c| !c.is_organization()),
        })
    }

    /// How sure it is that two names are one person's: 0 not at all, 1 beyond doubt.
    pub fn same(&self, other: &Self) -> f64 {
        if let (Some(a), Some(b)) = (self.id, other.id) {
            return f64::from(u8::from(a == b));
        }
        if matches!((self.country, other.country), (Some(a), Some(b)) if a != b) {
            return 0.0;
        }
        let shared: Vec<&String> = self.parts.iter().filter(|p| other.parts.iter().any(|q| alike(p, q))).collect();
        let letters: usize = shared.iter().map(|s| s.len()).sum();
        let fewer = self.parts.len().min(other.parts.len());
        match shared.len() {
            0 => 0.0,
            1 if fewer > 1 => {
                if letters >= 4 {
                    0.4
                } else {
                    0.1
                }
            }
            1 => {
                if letters >= 3 {
                    0.7
                } else {
                    0.3
                }
            }
            _ if letters >= 5 => 1.0,
            _ => 0.7,
        }
    }
}

/// Whether two skeletons can be one name: equal, or one with a short ending.
pub fn alike(a: &str, b: &str) -> bool {
    a == b || a.len() >= 3 && b.len() >= 3 && a.len().abs_diff(b.len()) == 1 && (a.starts_with(b) || b.starts_with(a))
}

impl Spot {
    /// The place of a claim.
    #[allow(clippy::unnecessary_wraps)] // As for a person, which may have no name.
    pub fn new(place: &crate::model::Place) -> Option<Self> {
        let name = hash(&crate::language::plain(&place.name));
        Some(Self {
            id: place.geonames.map_or(name, u64::from),
            name,
            country: place.country,
            at: place.latitude.zip(place.longitude),
            precision: place.precision,
        })
    }

    /// Whether this is a city or finer.
    pub fn is_city(&self) -> bool {
        self.precision <= PlacePrecision::City
    }

    /// Kilometres between two places, where both are known.
    pub fn distance(&self, other: &Self) -> Option<f64> {
        let ((a, b), (c, d)) = (self.at?, other.at?);
        let (north, east) = ((a - c).to_radians(), (b - d).to_radians());
        let h = (north / 2.0).sin().powi(2) + a.to_radians().cos() * c.to_radians().cos() * (east / 2.0).sin().powi(2);
        Some(12_742.0 * h.sqrt().min(1.0).asin())
    }
}

/// A hash that is the same on every machine and in every run.
pub fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
