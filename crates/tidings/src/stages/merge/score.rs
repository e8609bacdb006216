//! How much speaks for two reports telling the same happening, slot by slot.

use super::{
    corpus::{Corpus, pair_feature},
    key::{Key, Person, hash},
    rules,
};
use crate::model::{Country, EventType};

/// What each slot says, in nats: above zero for one happening, below for two.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Parties' names.
    pub people: f64,
    /// Parties' states.
    pub countries: f64,
    /// PLOVER type.
    pub kind: f64,
    /// Dates of the happening.
    pub date: f64,
    /// Days between publications.
    pub published: f64,
    /// Places.
    pub place: f64,
    /// Counts and ordinals.
    pub numbers: f64,
    /// Likeness of the texts, from 0 to 1; its part of the total is [`Score::words`].
    pub text: f64,
    /// What that likeness says.
    pub words: f64,
    /// One text is a copy of the other.
    pub copy: f64,
}

/// What speaks against any two reports before they are looked at.
const PRIOR: f64 = -1.8;

/// What dates and places that differ say where the rules cannot be sure that they are the happening's own.
const DATES_DIFFER: f64 = -2.0;
const DATES_FAR: f64 = -3.0;
const PLACES_DIFFER: f64 = -1.0;
/// Likeness of texts in one language and in two, as evidence: what it counts, from where, and at most.
const ONE_LANGUAGE: (f64, f64, f64) = (13.0, 1.5, 4.5);
const TWO_LANGUAGES: (f64, f64, f64) = (12.0, 0.0, 5.0);

impl Score {
    /// Compares two reports.
    pub fn new(corpus: &Corpus<'_>, a: usize, b: usize) -> Self {
        let (x, y) = (&corpus.keys[a], &corpus.keys[b]);
        let names = f64::midpoint(
            corpus.share(&x.text.names, &y.text.all_names),
            corpus.share(&y.text.names, &x.text.all_names),
        );
        let (text, words) = if x.language == y.language {
            let words = f64::midpoint(
                corpus.share(&x.text.words, &y.text.all_words),
                corpus.share(&y.text.words, &x.text.all_words),
            );
            let text = f64::midpoint(names, words);
            (text, evidence(text, ONE_LANGUAGE))
        } else {
            (names, evidence(names, TWO_LANGUAGES))
        };
        Self {
            people: people(corpus, x, y),
            countries: countries(corpus, x, y),
            kind: kinds(x.kind, y.kind),
            date: date(x, y),
            published: published(x, y),
            place: place(corpus, x, y),
            numbers: numbers(corpus, x, y),
            text,
            words,
            copy: if x.copies == y.copies { 4.0 } else { 0.0 },
        }
    }

    /// All together; above zero the two tell the same happening.
    pub fn total(&self) -> f64 {
        PRIOR
            + self.people
            + self.countries
            + self.kind
            + self.date
            + self.published
            + self.place
            + self.numbers
            + self.words
            + self.copy
    }
}

fn people(corpus: &Corpus<'_>, a: &Key, b: &Key) -> f64 {
    if a.people.is_empty() || b.people.is_empty() {
        let any = |x: &Key, y: &Key| best(x.people.iter(), |p| seen(y, p));
        return 0.5 * any(a, b).max(any(b, a));
    }
    let mut matches: Vec<f64> = a
        .people
        .iter()
        .map(|p| {
            let same = best(b.people.iter(), |q| p.same(q));
            let rare = p.id.into_iter().chain(p.parts.iter().map(|s| hash(&("person", s)))).map(|f| corpus.rarity(f));
            same * (0.5 + 0.5 * rare.fold(0.0, f64::max))
        })
        .collect();
    matches.sort_unstable_by(|p, q| q.total_cmp(p));
    let found: f64 = matches.iter().zip([1.4, 0.8, 0.3]).map(|(m, weight)| m * weight).sum();
    if found > 0.0 {
        return found;
    }
    let mentioned = best(a.people.iter(), |p| seen(b, p)).max(best(b.people.iter(), |p| seen(a, p)));
    mentioned - 1.0
}

/// How sure it is that a report names a person anywhere in its lead.
fn seen(key: &Key, person: &Person) -> f64 {
    best(key.people.iter().chain(&key.others), |q| person.same(q))
}

fn best<'p>(people: impl Iterator<Item = &'p Person>, score: impl Fn(&Person) -> f64) -> f64 {
    people.map(score).fold(0.0, f64::max)
}

fn countries(corpus: &Corpus<'_>, a: &Key, b: &Key) -> f64 {
    let shared = |x: &[Country], y: &[Country]| x.iter().filter(|c| y.contains(c)).count();
    if a.countries.is_empty() || b.countries.is_empty() {
        if a.around.is_empty() || b.around.is_empty() {
            return 0.0;
        }
        let common = shared(&a.around, &b.around) as f64;
        let fewer = a.around.len().min(b.around.len()) as f64;
        return if common == 0.0 { -1.2 } else { 0.6 * common / fewer };
    }
    let both = shared(&a.countries, &b.countries);
    if both == 0 {
        let near = shared(&a.countries, &b.around) + shared(&b.countries, &a.around);
        return if near == 0 { -1.8 } else { -0.6 };
    }
    let rare = |key: &Key| {
        let pair = pair_feature(&key.countries).map(|f| corpus.rarity(f));
        pair.unwrap_or_else(|| key.countries.iter().map(|c| corpus.rarity(hash(&("country", c)))).fold(0.0, f64::max))
    };
    let all = a.countries.len() + b.countries.len() - both;
    both as f64 / all as f64 * (0.6 + 0.8 * f64::midpoint(rare(a), rare(b)))
}

/// Types that reports of one happening choose differently stand near one another.
fn kinds(a: Option<EventType>, b: Option<EventType>) -> f64 {
    let (Some(a), Some(b)) = (a, b) else { return 0.0 };
    if a == b {
        0.35
    } else if related(a, b) {
        0.0
    } else if a.quad() == b.quad() {
        -0.25
    } else {
        -0.4
    }
}

/// Whether coders confuse two types.
pub fn related(a: EventType, b: EventType) -> bool {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request, Retreat,
        Sanction, Support, Threaten,
    };
    const GROUPS: [&[EventType]; 6] = [
        &[Agree, Support, Consult, Cooperate],
        &[Agree, Aid, Cooperate],
        &[Concede, Retreat],
        &[Accuse, Reject, Request, Threaten],
        &[Sanction, Coerce],
        &[Assault, Coerce, Mobilize, Protest],
    ];
    a == b || GROUPS.iter().any(|g| g.contains(&a) && g.contains(&b))
}

fn date(a: &Key, b: &Key) -> f64 {
    let Some((x, y)) = a.when.zip(b.when) else { return 0.0 };
    if !x.overlaps(y) {
        // A report can date its news by another happening of the same weeks, hardly by one of another season.
        let near =
            x.interval().zip(y.interval()).and_then(|(x, y)| rules::distance(x, y)).is_some_and(|days| days <= 60);
        return if near { DATES_DIFFER } else { DATES_FAR };
    }
    match x.days().zip(y.days()).map(|(x, y)| x.max(y)) {
        Some(..=1) => 2.0,
        Some(..=7) => 1.2,
        Some(..=31) => 0.6,
        _ => 0.1,
    }
}

/// What likeness says, given how much a point of it counts, what is taken off, and the most it can say.
fn evidence(likeness: f64, (counts, off, most): (f64, f64, f64)) -> f64 {
    (likeness * counts - off).min(most)
}

fn published(a: &Key, b: &Key) -> f64 {
    match rules::gap(a, b) {
        None => 0.0,
        Some(..=1) => 1.8,
        Some(..=3) => 1.0,
        Some(..=7) => 0.2,
        Some(..=14) => -0.8,
        Some(_) => -1.8,
    }
}

fn place(corpus: &Corpus<'_>, a: &Key, b: &Key) -> f64 {
    if rules::venues_differ(a, b) {
        return PLACES_DIFFER;
    }
    if let (Some(x), Some(y)) = (&a.place, &b.place) {
        return if x.id == y.id {
            let rare = corpus.rarity(hash(&("place", x.id)));
            if x.is_city() { 0.5 + rare } else { 0.2 + 0.3 * rare }
        } else {
            0.1
        };
    }
    let common = a.cities.iter().filter(|c| b.cities.contains(c)).count();
    if common > 0 { 0.4 } else { 0.0 }
}

fn numbers(corpus: &Corpus<'_>, a: &Key, b: &Key) -> f64 {
    let mut score = 0.0;
    let ordinals = (&a.text.ordinals, &b.text.ordinals);
    let common = |x: &[u64], y: &[u64]| x.iter().find(|n| y.contains(n)).copied();
    let shared = common(ordinals.0, ordinals.1)
        .or_else(|| common(ordinals.0, &b.text.plain_numbers))
        .or_else(|| common(ordinals.1, &a.text.plain_numbers));
    if let Some(number) = shared {
        score += 0.4 + 0.8 * corpus.rarity(number);
    } else if !ordinals.0.is_empty() && !ordinals.1.is_empty() {
        score -= 1.0;
    } else if !ordinals.0.is_empty() && !b.text.plain_numbers.is_empty()
        || !ordinals.1.is_empty() && !a.text.plain_numbers.is_empty()
    {
        score -= 0.3;
    }
    let counts = a.quantities.iter().filter(|(what, value)| {
        b.quantities.iter().any(|(other, number)| what == other && (value - number).abs() < 0.5)
    });
    score + 0.5 * counts.count().min(2) as f64
}
