//! Places: which of several towns of one name is meant, and whether something happened there.

use rustc_hash::FxHashMap;

use super::passage::Passage;
use crate::{
    Knowledge,
    language::{Annotation, Class, Pack, Reading, TokenKind},
    model::{Country, Place, PlacePrecision},
    world::{Gazetteer, Hit, Named},
};

/// Annotates names of the world, so that patterns can ask for them.
pub fn annotate(reading: &mut Reading<'_>, hits: &[Hit]) {
    for hit in hits {
        let class = match hit.named {
            Named::Country(_) | Named::Government(_) => Class::Country,
            Named::Nation(_) => Class::Nation,
            Named::Organization(_) => Class::Org,
            Named::Person(_) => Class::Person,
            Named::City(_) | Named::Region(_) => Class::Place,
        };
        // A state is carried along, so that a title that holds one gives it to its bearer.
        let payload = match hit.named {
            Named::Country(code) | Named::Nation(code) | Named::Government(code) => code.to_payload(),
            _ => 0,
        };
        let put = |reading: &mut Reading<'_>, class| {
            reading.annotate(Annotation { class, start: hit.start, end: hit.end, payload, tags: hit.tags });
        };
        put(reading, class);
        if matches!(hit.named, Named::Country(_)) {
            put(reading, Class::Place);
        }
    }
}

/// Finds the places of an article. `weights` says how often the article names each state.
pub fn find(
    passages: &[Passage<'_>],
    pack: &Pack,
    knowledge: &Knowledge,
    gazetteer: &Gazetteer,
    weights: &FxHashMap<Country, usize>,
) -> Vec<Place> {
    let mut places = Vec::new();
    for passage in passages {
        let mut free = 0;
        let hits = &passage.hits;
        for (number, hit) in hits.iter().enumerate() {
            if hit.start < free || hits[..number].iter().any(|h| h.start == hit.start) {
                continue;
            }
            let same: Vec<&Hit> = hits[number..].iter().take_while(|h| h.start == hit.start).collect();
            let Some((place, end)) = choose(&same, passage, pack, knowledge, gazetteer, weights) else { continue };
            free = end;
            places.push(place);
        }
    }
    places
}

/// The place that the names at one token stand for.
fn choose(
    same: &[&Hit],
    passage: &Passage<'_>,
    pack: &Pack,
    knowledge: &Knowledge,
    gazetteer: &Gazetteer,
    weights: &FxHashMap<Country, usize>,
) -> Option<(Place, usize)> {
    let longest = same.iter().map(|h| h.end).max()?;
    let start = same.first()?.start;
    // Nor is a town's name that stands inside a person's.
    let beside_name = |m: &super::mentions::Mention| {
        m.name.is_some_and(|(a, b)| a == longest || b == start || a < longest && start < b)
    };
    if !passage.reading.tokens.list[start].breaks
        && same.iter().all(|h| matches!(h.named, Named::City(_) | Named::Region(_)))
        && passage.mentions.iter().any(beside_name)
        && !passage.joints.venue_before(&passage.reading, start)
    {
        return None;
    }
    if time_zone(passage, start) {
        return None;
    }
    // A person's or body's name is no place, though a town bears it.
    if same.iter().any(|h| h.end == longest && matches!(h.named, Named::Person(_) | Named::Organization(_))) {
        return None;
    }
    let venue = passage.joints.venue_before(&passage.reading, start)
        || pack.affixes.tag("in").is_some_and(|tag| same.iter().any(|h| h.tags & tag != 0))
        || dateline(passage, start, longest);
    let inside_title = passage.mentions.iter().any(|m| {
        m.start < start && longest <= m.end && (m.office.is_some() || m.institution.is_some() || m.name.is_some())
            || m.start == start
                && m.end > longest
                && (m.office.is_some() || m.institution.is_some() || m.group.is_some())
    });
    let quote = passage.quote(start, longest);
    if let Some(country) = same.iter().filter(|h| h.end == longest).find_map(|h| match h.named {
        Named::Country(code) => Some(code),
        _ => None,
    }) {
        let facts = knowledge.world().country(country);
        let place = Place {
            quote,
            name: facts.map_or_else(|| country.to_string(), |f| f.name.clone()),
            country: Some(country),
            geonames: None,
            latitude: facts.and_then(|f| f.latitude),
            longitude: facts.and_then(|f| f.longitude),
            precision: PlacePrecision::Country,
            venue: venue && !inside_title,
        };
        return (!inside_title || venue).then_some((place, longest));
    }
    // "The city of X": a word that may be a town's name is none before another place.
    let before_place =
        passage.hits.iter().any(|h| h.start == longest && matches!(h.named, Named::City(_) | Named::Region(_)));
    let cities = knowledge.world().cities();
    let best = same
        .iter()
        .filter_map(|h| match h.named {
            Named::City(at) => {
                let city = &cities[at as usize];
                let told = city.country.and_then(|c| weights.get(&c)).copied().unwrap_or(0);
                let mut score = f64::from(city.population.max(1)).log10() + told.min(5) as f64 * 1.2;
                score += if city.capital { 2.0 } else { 0.0 };
                score += f64::from(h.end as u32 - start as u32) * 0.5;
                let believed = !h.doubtful
                    || venue && (told > 0 || city.population > 50_000)
                    || told > 0 && city.population > 100_000;
                (believed && h.end == longest && !(h.doubtful && before_place)).then_some((city, score, h.end))
            }
            _ => None,
        })
        .max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((city, _, end)) = best {
        let place = Place {
            quote: passage.quote(start, end),
            name: city.name.clone(),
            country: city.country,
            geonames: Some(city.id),
            latitude: Some(city.latitude),
            longitude: Some(city.longitude),
            precision: PlacePrecision::City,
            venue: venue && !inside_title,
        };
        return Some((place, end));
    }
    let region = same.iter().find_map(|h| match h.named {
        Named::Region(at) => Some((&gazetteer.regions[at as usize], h.end)),
        _ => None,
    });
    region.map(|((slug, country), end)| {
        let place = Place {
            quote: passage.quote(start, end),
            name: super::actors::title_case(&slug.replace('-', " ")),
            country: *country,
            geonames: None,
            latitude: None,
            longitude: None,
            precision: PlacePrecision::Region,
            venue,
        };
        (place, end)
    })
}

/// "(3 o'clock in Paris)": the place whose clock is meant.
fn time_zone(passage: &Passage<'_>, start: usize) -> bool {
    const NEAR: usize = 8;
    let tokens = &passage.reading.tokens;
    let from = start.saturating_sub(NEAR);
    let bracket = (from..start).rev().take_while(|at| tokens.written(*at) != ")").find(|at| tokens.written(*at) == "(");
    let clock = |at: usize| [Class::Time, Class::Unit].iter().any(|c| passage.reading.longest_at(at, *c).is_some());
    bracket.is_some_and(|open| (open..start).any(clock))
}

/// Whether a name opens its line and a dash follows soon: "CAIRO (Agency) -".
fn dateline(passage: &Passage<'_>, start: usize, end: usize) -> bool {
    let tokens = &passage.reading.tokens;
    let opens = start == 0 || tokens.list[start].breaks || start <= 3 && tokens.list[..start].iter().all(|t| !t.breaks);
    let dash = |at: usize| matches!(tokens.written(at), "-" | "\u{2013}" | "\u{2014}" | "--");
    let after = (end..tokens.len().min(end + 10)).take_while(|at| !tokens.list[*at].breaks).find(|at| dash(*at));
    opens
        && passage.sentence_of(start) == 0
        && start <= 3
        && after.is_some_and(|at| !tokens.list[at].joined || tokens.written(at) != "-")
        && (end..after.unwrap_or(end)).all(|at| {
            let token = &tokens.list[at];
            token.kind != TokenKind::Word || token.capital || !pack_cased(tokens.written(at))
        })
}

fn pack_cased(word: &str) -> bool {
    word.chars().any(char::is_lowercase)
}
