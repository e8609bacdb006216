//! From mentions to actors: later mentions take up earlier ones, and every actor gets what the article and the
//! world know of it.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::passage::Passage;
use crate::{
    Knowledge,
    language::{Pack, pack::Surname, plain},
    model::{Actor, Article, Country, Interval, Sector, Where},
};

/// What a mention comes to, before it is written down.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The person of the world.
    pub person: Option<u32>,
    /// Folded words of the name.
    words: Vec<String>,
    /// The name as the article's fullest mention has it.
    pub original: Option<String>,
    /// The state.
    pub country: Option<Country>,
    /// The office's id.
    pub office: Option<String>,
    /// The rank's id.
    pub rank: Option<String>,
    /// "former".
    pub former: bool,
}

/// How often an article names each state, titles and adjectives included.
pub fn country_weights(passages: &[Passage<'_>]) -> FxHashMap<Country, usize> {
    let mut weights = FxHashMap::default();
    for passage in passages {
        for mention in &passage.mentions {
            if let Some(country) = mention.country.filter(|_| !mention.metonym) {
                *weights.entry(country).or_insert(0) += 1;
            }
        }
        for hit in &passage.hits {
            if let crate::world::Named::Country(code) | crate::world::Named::Nation(code) = hit.named {
                *weights.entry(code).or_insert(0) += 1;
            }
        }
    }
    weights
}

/// Resolves the mentions of an article, passage by passage, in the order in which they stand.
pub fn resolve(
    passages: &[Passage<'_>],
    article: &Article,
    pack: &Pack,
    knowledge: &Knowledge,
    published: Option<Date>,
) -> Vec<Vec<Resolved>> {
    let office_id = |form: usize| pack.offices.forms[form].id.clone();
    let mut all: Vec<Vec<Resolved>> = passages
        .iter()
        .map(|passage| {
            passage
                .mentions
                .iter()
                .map(|m| {
                    let mut resolved = Resolved {
                        person: m.person,
                        country: m.country,
                        office: m.office.map(office_id),
                        rank: m.rank.map(office_id),
                        former: m.former,
                        ..Resolved::default()
                    };
                    if let Some((start, end)) = m.name {
                        let written = passage.reading.tokens.span(start, end).of(passage.reading.tokens.text);
                        let written = bare_name(passage, start, end, pack, written);
                        resolved.words = name_words(&written);
                        resolved.original = Some(written);
                    }
                    resolved
                })
                .collect()
        })
        .collect();
    doubt_surnames(&mut all);
    let order: Vec<(usize, usize)> = body_first(passages);
    take_up_names(&mut all, &order, pack);
    for row in &mut all {
        for resolved in row.iter_mut() {
            complete_from_world(resolved, knowledge, published);
        }
    }
    take_up_offices(passages, &mut all, pack);
    for resolved in all.iter_mut().flatten() {
        recognise_holder(resolved, published, pack, knowledge);
    }
    let weights = country_weights(passages);
    let home = home_country(article, pack, knowledge, &weights);
    for (passage, row) in passages.iter().zip(&mut all) {
        for (mention, resolved) in passage.mentions.iter().zip(row.iter_mut()) {
            // A lower office without a name may be anybody's.
            let level = resolved.office.as_deref().and_then(|o| knowledge.world().office(o)).map_or(0, |o| o.level);
            let domestic = level > 0
                && (mention.name.is_some() || level >= 70)
                && mention.organization.is_none()
                && !mention.counterpart
                && !mention.plural;
            if resolved.country.is_none() && domestic {
                resolved.country = home;
            }
        }
    }
    take_up_names(&mut all, &order, pack);
    all
}

/// A surname alone is not that of a head of state where the article names somebody else who bears it.
fn doubt_surnames(all: &mut [Vec<Resolved>]) {
    let others: Vec<String> = all
        .iter()
        .flatten()
        .filter(|r| r.person.is_none() && r.words.len() > 1)
        .filter_map(|r| r.words.last().cloned())
        .collect();
    for resolved in all.iter_mut().flatten() {
        if resolved.words.len() == 1 && others.contains(&resolved.words[0]) {
            resolved.person = None;
        }
    }
}

/// The order in which mentions introduce people: the body, then the title, which is often shorter.
fn body_first(passages: &[Passage<'_>]) -> Vec<(usize, usize)> {
    let mut order: Vec<(usize, usize)> = Vec::new();
    for place in [Where::Body, Where::Title] {
        for (p, passage) in passages.iter().enumerate().filter(|(_, p)| p.place == place) {
            order.extend((0..passage.mentions.len()).map(|m| (p, m)));
        }
    }
    order
}

/// A name without the clitic or ending that its first or last word carries.
fn bare_name(passage: &Passage<'_>, start: usize, end: usize, pack: &Pack, written: &str) -> String {
    let tokens = &passage.reading.tokens;
    let last = tokens.written(end - 1);
    let mut name = written.to_owned();
    if pack.language.apostrophe_suffix
        && let Some(at) = last.find(['\'', '\u{2019}'])
    {
        name.truncate(written.len() - (last.len() - at));
    }
    // In Arabic a name may carry "and" or "by" before it; the letters are taken off where the tag was what joined it.
    let mention = passage.mentions.iter().find(|m| m.name == Some((start, end)));
    if let Some(mention) = mention.filter(|m| m.tags != 0 && m.start == start && !pack.language.names.case) {
        let first = tokens.folded(start);
        let stem = passage
            .reading
            .stems(start)
            .iter()
            .find(|s| s.tags != 0 && s.tags & mention.tags == s.tags && first.ends_with(&s.form));
        if let Some(stem) = stem
            && mention.person.is_some()
        {
            let cut: usize = first[..first.len() - stem.form.len()].chars().count();
            name = name.chars().skip(cut).collect();
        }
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The folded words of a name.
fn name_words(name: &str) -> Vec<String> {
    plain(name).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether a short name takes up a long one.
fn takes_up(short: &[String], long: &[String], surname: Surname) -> bool {
    if short.is_empty() || short.len() >= long.len() && short != long {
        return false;
    }
    if !short.iter().all(|w| long.contains(w)) {
        return false;
    }
    short.len() > 1
        || match surname {
            // Arabic and Western names are taken up by the last word, or by the one before a last that is left out.
            Surname::Last => long.last() == short.last() || long.len() > 2 && long[1..].contains(&short[0]),
            Surname::First => long.first() == short.first(),
            Surname::Any => true,
        }
}

/// Gives each name-only mention what a fuller mention of the same name says.
fn take_up_names(all: &mut [Vec<Resolved>], order: &[(usize, usize)], pack: &Pack) {
    let fuller: Vec<Resolved> = order
        .iter()
        .map(|&(p, m)| &all[p][m])
        .filter(|r| {
            !r.words.is_empty()
                && (r.country.is_some() || r.office.is_some() || r.person.is_some() || r.words.len() > 1)
        })
        .cloned()
        .collect();
    for row in all.iter_mut() {
        for resolved in row.iter_mut().filter(|r| !r.words.is_empty()) {
            let rank = |f: &Resolved| {
                (
                    usize::from(f.person.is_some()),
                    usize::from(f.country.is_some()) + usize::from(f.office.is_some()),
                    f.words.len(),
                )
            };
            let best = fuller
                .iter()
                .filter(|f| {
                    f.words == resolved.words || takes_up(&resolved.words, &f.words, pack.language.names.surname)
                })
                .filter(|f| f.country.is_none() || resolved.country.is_none() || f.country == resolved.country)
                .max_by_key(|f| rank(f));
            if let Some(f) = best {
                resolved.person = resolved.person.or(f.person);
                resolved.country = resolved.country.or(f.country);
                if resolved.office.is_none() {
                    resolved.office.clone_from(&f.office);
                    resolved.former |= f.former;
                }
                resolved.rank = resolved.rank.take().or_else(|| f.rank.clone());
                if f.words.len() > resolved.words.len() {
                    resolved.original.clone_from(&f.original);
                    resolved.words.clone_from(&f.words);
                }
            }
        }
    }
}

/// What the world's tables know of a person on the day of publication.
fn complete_from_world(resolved: &mut Resolved, knowledge: &Knowledge, published: Option<Date>) {
    let Some(person) = resolved.person.map(|at| &knowledge.world().people()[at as usize]) else { return };
    if let Some(tenure) = person.tenure(published) {
        resolved.country = resolved.country.or(tenure.country);
        if resolved.office.is_none() {
            resolved.office = Some(tenure.office.clone());
        }
    }
}

/// A fuller form of a name than the world lists is its bearer where the office and the state are theirs too.
///
/// "President Trump" has no state beside him: one holder of that office on that day with that surname is meant.
fn recognise_holder(resolved: &mut Resolved, published: Option<Date>, pack: &Pack, knowledge: &Knowledge) {
    let (None, Some(office)) = (resolved.person, &resolved.office) else { return };
    if resolved.words.is_empty() {
        return;
    }
    let language = pack.code.split('-').next().unwrap_or(&pack.code);
    let world = knowledge.world();
    let fits = |person: &&u32| {
        world.people()[**person as usize].forms(language).map(name_words).any(|form| {
            form == resolved.words
                || form.len() > 1 && takes_up(&form, &resolved.words, Surname::Last)
                || resolved.words.len() > 1 && takes_up(&resolved.words, &form, Surname::Last)
                || resolved.words.len() == 1 && form.len() > 1 && form.last() == resolved.words.first()
        })
    };
    let holders: Vec<u32> = match resolved.country {
        Some(country) => world.holders(country, office).iter().filter(fits).copied().collect(),
        None => {
            let day = published.map(Interval::day);
            let held = |person: &u32| {
                world.people()[*person as usize]
                    .tenures
                    .iter()
                    .any(|t| t.office == *office && day.map_or(t.held.latest.is_none(), |day| t.held.overlaps(day)))
            };
            world.holders_anywhere(office).iter().filter(fits).copied().filter(held).collect()
        }
    };
    if let [person] = holders[..] {
        resolved.person = Some(person);
        complete_from_world(resolved, knowledge, published);
    }
}

/// Gives mentions without a name the person or state that their office stands for in this article.
fn take_up_offices(passages: &[Passage<'_>], all: &mut [Vec<Resolved>], pack: &Pack) {
    // A counterpart has the office of the party beside it.
    for (passage, row) in passages.iter().zip(all.iter_mut()) {
        for at in 0..row.len() {
            if !passage.mentions[at].counterpart || row[at].office.is_some() {
                continue;
            }
            let sentence = passage.sentence_of(passage.mentions[at].start);
            let near = |i: &usize| passage.sentence_of(passage.mentions[*i].start) == sentence;
            let bearer = (0..at)
                .rev()
                .find(|i| row[*i].office.is_some() && near(i))
                .or_else(|| (at + 1..row.len()).find(|i| row[*i].office.is_some() && near(i)))
                .or_else(|| (0..at).rev().find(|i| row[*i].office.is_some()));
            if let Some(bearer) = bearer {
                row[at].office = row[bearer].office.clone();
            }
        }
    }
    let named: Vec<Resolved> = all
        .iter()
        .flatten()
        .filter(|r| !r.words.is_empty() && r.office.is_some() && r.country.is_some())
        .cloned()
        .collect();
    for (passage, row) in passages.iter().zip(all.iter_mut()) {
        let mut last: FxHashMap<String, Resolved> = FxHashMap::default();
        for (mention, resolved) in passage.mentions.iter().zip(row.iter_mut()) {
            let Some(office) = resolved.office.clone() else { continue };
            if resolved.words.is_empty() && !mention.plural {
                let same = match resolved.country {
                    Some(_) => named.iter().find(|n| {
                        n.office.as_ref() == Some(&office)
                            && n.country == resolved.country
                            && n.former == resolved.former
                    }),
                    None if mention.counterpart => None,
                    None => last.get(&office).or_else(|| {
                        let mut fits = named.iter().filter(|n| n.office.as_ref() == Some(&office));
                        let first = fits.next();
                        // Several holders of one office: none is meant for certain.
                        first.filter(|f| fits.all(|n| n.country == f.country))
                    }),
                };
                if let Some(same) = same.cloned() {
                    resolved.person = resolved.person.or(same.person);
                    resolved.country = resolved.country.or(same.country);
                    resolved.original = same.original;
                    resolved.words = same.words;
                    resolved.rank = resolved.rank.take().or(same.rank);
                }
            }
            if resolved.country.is_some() {
                last.insert(office, resolved.clone());
            }
        }
    }
    let _ = pack;
}

/// The state whose offices an article names without their state: the one of its language, else of its address.
///
/// An address counts only where the article speaks of that state: outlets report on others without naming themselves.
fn home_country(
    article: &Article,
    pack: &Pack,
    knowledge: &Knowledge,
    weights: &FxHashMap<Country, usize>,
) -> Option<Country> {
    let domain = article
        .url
        .as_deref()
        .and_then(|u| url::Url::parse(u).ok())
        .and_then(|u| u.host_str().map(|h| h.rsplit('.').next().unwrap_or_default().to_owned()))
        .filter(|d| d.len() == 2);
    let address = domain.and_then(|d| knowledge.world().country_of_domain(&d)).filter(|c| weights.contains_key(c));
    address.or(pack.language.home)
}

/// An actor as a report holds it.
pub fn actor(passage: &Passage<'_>, at: usize, resolved: &Resolved, pack: &Pack, knowledge: &Knowledge) -> Actor {
    let mention = &passage.mentions[at];
    let world = knowledge.world();
    let person = resolved.person.map(|p| &world.people()[p as usize]);
    let id_of = |form: Option<usize>| form.map(|f| pack.offices.forms[f].id.clone());
    let institution = id_of(mention.institution).or_else(|| id_of(mention.group));
    let organization = mention.organization.map(|o| &world.organizations()[o as usize]);
    let sector_of = |id: &Option<String>| id.as_deref().and_then(|id| world.office(id)).and_then(|o| o.sector);
    let sector = sector_of(&id_of(mention.group))
        .or(sector_of(&resolved.office))
        .or(organization.and_then(|o| o.sector))
        .or(sector_of(&institution))
        .or(sector_of(&resolved.rank))
        .or(resolved.country.filter(|c| !c.is_organization()).and(Sector::new("GOV")));
    let latin = pack.language.script == "Latn";
    let name = person
        .map(|p| p.name.clone())
        .or_else(|| resolved.original.as_ref().map(|o| if latin { o.clone() } else { romanised(o) }));
    Actor {
        quote: passage.quote(mention.start, mention.end),
        name,
        original: resolved.original.clone(),
        person: person.map(|p| p.id.clone()),
        country: resolved.country,
        sector,
        office: resolved.office.clone(),
        rank: resolved.rank.clone(),
        former: resolved.former,
        organization: organization.map(|o| o.id.clone()).or(institution),
    }
}

/// A name in Latin letters, for want of anything better.
fn romanised(name: &str) -> String {
    title_case(&any_ascii::any_ascii(name))
}

/// Each word with a capital letter.
pub fn title_case(words: &str) -> String {
    words
        .split_whitespace()
        .map(|w| {
            let mut chars = w.chars();
            chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}
