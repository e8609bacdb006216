//! Where the reports of an event differ: by groups of copies, since a copy is no second voice.

use serde_json::{Value, json};

use super::{
    assemble::{Context, Count, same, written},
    parties::Drafted,
    score::related,
    telling::Telling,
};
use crate::model::{Difference, DifferenceKind, PlacePrecision, Role};

/// One value with the tellings that give it.
type Said = (Value, Vec<Telling>);

/// The fields on which the tellings differ, in the order of the record's fields.
pub fn find(context: &Context<'_>, voices: &[Telling], parties: &[Drafted], counts: &[Count]) -> Vec<Difference> {
    let main: Vec<Telling> = voices.iter().filter(|t| t.role == Role::Main).copied().collect();
    let mut found = Vec::new();
    found.extend(kinds(context, &main));
    found.extend(dates(context, voices));
    found.extend(places(context, &main));
    for (number, drafted) in parties.iter().enumerate() {
        found.extend(party(context, &main, number, drafted));
    }
    for (number, count) in counts.iter().enumerate() {
        found.extend(quantity(context, &main, number, count));
    }
    found
}

/// Adds a telling to the value that it gives.
fn say(said: &mut Vec<Said>, value: Value, telling: Telling) {
    match said.iter_mut().find(|(v, _)| *v == value) {
        Some((_, tellings)) => tellings.push(telling),
        None => said.push((value, vec![telling])),
    }
}

fn difference(context: &Context<'_>, field: String, kind: DifferenceKind, said: Vec<Said>) -> Difference {
    let values = said
        .into_iter()
        .map(|(value, tellings)| {
            let mut documents: Vec<String> =
                tellings.iter().map(|t| context.reports[t.report].article.id.clone()).collect();
            documents.dedup();
            (value, documents)
        })
        .collect();
    Difference { field, kind, values }
}

fn kinds(context: &Context<'_>, main: &[Telling]) -> Option<Difference> {
    let mut said = Vec::new();
    let mut types = Vec::new();
    for telling in main {
        let Some(kind) = telling.of(context.reports).and_then(|c| c.kind) else { continue };
        types.push(kind);
        say(&mut said, json!(kind.name()), *telling);
    }
    let apart = types.iter().any(|a| types.iter().any(|b| !related(*a, *b)));
    apart.then(|| difference(context, "type".into(), DifferenceKind::Contradiction, said))
}

fn dates(context: &Context<'_>, voices: &[Telling]) -> Option<Difference> {
    let mut said: Vec<Said> = Vec::new();
    let mut whens = Vec::new();
    for telling in voices {
        let Some(when) = telling.when(context.reports) else { continue };
        // A bound is no other answer than the day that it bounds.
        if when.start().is_none() != when.end().is_none() {
            continue;
        }
        whens.push(when);
        let value = written(when);
        // A day whose year is not told is the same day.
        let same =
            |v: &Value| v.as_str().is_some_and(|v| yearless(v) || yearless(&value)) && tail(v) == tail(&json!(value));
        match said.iter_mut().find(|(v, _)| same(v)) {
            Some((told, tellings)) => {
                if told.as_str().is_some_and(yearless) {
                    *told = json!(value);
                }
                tellings.push(*telling);
            }
            None => say(&mut said, json!(value), *telling),
        }
    }
    if said.len() < 2 {
        return None;
    }
    let apart = whens.iter().any(|a| whens.iter().any(|b| !a.overlaps(*b)));
    let kind = if apart { DifferenceKind::Contradiction } else { DifferenceKind::Finer };
    Some(difference(context, "date".into(), kind, said))
}

fn yearless(value: &str) -> bool {
    value.starts_with("XXXX")
}

/// Month and day of a written date.
fn tail(value: &Value) -> Option<&str> {
    value.as_str()?.get("XXXX".len()..)
}

fn places(context: &Context<'_>, main: &[Telling]) -> Option<Difference> {
    let mut said = Vec::new();
    let mut cities: Vec<&str> = Vec::new();
    for telling in main {
        let report = &context.reports[telling.report];
        let Some(place) = telling.of(context.reports).and_then(|c| report.places.get(c.place?)) else { continue };
        if place.precision <= PlacePrecision::City && !cities.contains(&place.name.as_str()) {
            cities.push(&place.name);
        }
        say(&mut said, json!(place.name), *telling);
    }
    if said.len() < 2 {
        return None;
    }
    let kind = if cities.len() > 1 { DifferenceKind::Contradiction } else { DifferenceKind::Finer };
    Some(difference(context, "place".into(), kind, said))
}

fn party(context: &Context<'_>, main: &[Telling], number: usize, drafted: &Drafted) -> Vec<Difference> {
    let mut found = Vec::new();
    let mentions = drafted.mentions.iter().filter(|(t, ..)| main.contains(t));
    let (mut offices, mut namers) = (Vec::new(), Vec::new());
    for (telling, at, _) in mentions {
        let actor = &context.reports[telling.report].actors[*at];
        if let Some(office) = &actor.office {
            say(&mut offices, json!(office), *telling);
        }
        if (actor.name.is_some() || actor.office.is_some()) && !namers.contains(telling) {
            namers.push(*telling);
        }
    }
    if let ([one], true, Some(name)) = (&namers[..], main.len() > 1, &drafted.party.name) {
        let said = vec![(json!(name), vec![*one])];
        found.push(difference(context, format!("actors.{number}"), DifferenceKind::Only, said));
    }
    if offices.len() > 1 {
        let ids: Vec<&str> = offices.iter().filter_map(|(office, _)| office.as_str()).collect();
        let kind = if ids.iter().all(|a| ids.iter().all(|b| a == b || wider(a, b) || wider(b, a))) {
            DifferenceKind::Finer
        } else {
            DifferenceKind::Contradiction
        };
        found.push(difference(context, format!("actors.{number}.office"), kind, offices));
    }
    found
}

/// Whether an office's id is the kind of another's: a `defence-minister` is a `minister`, and everybody an `official`.
fn wider(office: &str, finer: &str) -> bool {
    office == "official" || finer.strip_suffix(office).is_some_and(|rest| rest.ends_with('-'))
}

fn quantity(context: &Context<'_>, main: &[Telling], number: usize, count: &Count) -> Option<Difference> {
    let field = format!("quantities.{number}");
    let told: Vec<&(Telling, f64, crate::model::Quote)> =
        count.told.iter().filter(|(t, ..)| main.contains(t)).collect();
    let mut said = Vec::new();
    for (telling, value, _) in &told {
        say(&mut said, json!(value), *telling);
    }
    if told.len() == 1 && main.len() > 1 {
        return Some(difference(context, field, DifferenceKind::Only, said));
    }
    if said.len() < 2 {
        return None;
    }
    // Reports are in the order of their publication: a count that only grows was brought up to date.
    let printed = |t: &Telling| context.reports[t.report].article.published.as_ref().and_then(|p| p.interval()?.latest);
    let grows = told.windows(2).all(|pair| {
        let (a, b) = (pair[0], pair[1]);
        same(a.1, b.1) || a.1 < b.1 && matches!((printed(&a.0), printed(&b.0)), (Some(x), Some(y)) if x <= y)
    });
    let kind = if grows { DifferenceKind::Update } else { DifferenceKind::Contradiction };
    Some(difference(context, field, kind, said))
}
