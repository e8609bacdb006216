//! `headlines.toml` of a pack: each template is filled, each key is one that somebody reads.

use super::Outcome;
use crate::{
    Knowledge,
    language::{
        PackError,
        pack::{Headlines, Template},
    },
    model::{Country, EventType},
};

/// What a status is called in a key.
const STATUSES: [&str; 4] = ["recalled", "planned", "hypothetical", "denied"];

/// The templates of a pack, each as an outcome of its own, and what is missing among them.
pub(super) fn templates(code: &str, knowledge: &Knowledge) -> Result<Vec<Outcome>, PackError> {
    let headlines = knowledge.headlines(code)?;
    let mut outcomes = Vec::new();
    let mut tell = |line: usize, fault: Option<String>| {
        outcomes.push(Outcome { file: "headlines.toml".into(), line, fault, known_gap: false });
    };
    for kind in EventType::ALL.into_iter().map(EventType::name).chain(["none"]) {
        let of_kind = headlines.types.get(kind);
        for key in ["default", "nobody"] {
            let needed = kind != "none" || key == "default";
            if needed && of_kind.is_none_or(|t| !t.contains_key(key)) {
                tell(0, Some(format!("[types.{kind}] has no `{key}`")));
            }
        }
        for (key, (line, template)) in of_kind.into_iter().flatten() {
            tell(*line, template_fault(key, template, &headlines));
        }
    }
    Ok(outcomes)
}

/// What is named in the templates and is nothing that an event can have, by line.
pub(super) fn ids(headlines: &Headlines, knowledge: &Knowledge) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let modes = modes(knowledge);
    for (kind, templates) in &headlines.types {
        let of_kind: &[String] = modes.iter().find(|(name, _)| name == kind).map_or(&[], |(_, modes)| modes);
        if kind != "none" && EventType::named(kind).is_none() {
            let line = templates.values().map(|(line, _)| *line).min().unwrap_or(0);
            faults.push((line, format!("[types.{kind}] is no PLOVER type")));
            continue;
        }
        for (key, (line, _)) in templates.iter().filter(|(key, _)| !is_read(key, of_kind)) {
            faults
                .push((*line, format!("nothing reads `{key}` of [types.{kind}]: it is no mode or status of the type")));
        }
    }
    let world = knowledge.world();
    let state = |id: &str| Country::new(id).is_some_and(|c| world.country(c).is_some() || c.is_organization());
    let body = |id: &str| world.organizations().iter().any(|o| o.id == id);
    for (key, (line, forms)) in &headlines.offices {
        let (id, of) = key.split_once(':').map_or((key.as_str(), None), |(id, of)| (id, Some(of)));
        if world.office(id).is_none() || of.is_some_and(|of| !state(of)) || forms.is_empty() {
            faults.push((*line, format!("`{key}` is no office of data/world/offices.tsv")));
        }
    }
    for (id, (line, _)) in headlines.forms.iter().chain(&headlines.definite) {
        if !state(id) && !body(id) {
            faults.push((*line, format!("`{id}` is no state and no organization of data/world")));
        }
    }
    for id in &headlines.plural {
        if !state(id) && !body(id) && world.office(id).is_none() {
            faults.push((0, format!("`{id}` in `plural` is nothing that data/world has")));
        }
    }
    faults
}

/// Whether an event can ask for a key.
fn is_read(key: &str, modes: &[String]) -> bool {
    let mode = |key: &str| modes.iter().any(|m| m == key);
    let status = |key: &str| STATUSES.contains(&key);
    let both = |key: &str| key.rsplit_once('-').is_some_and(|(m, s)| mode(m) && status(s));
    let plain = |key: &str| mode(key) || status(key) || both(key);
    ["default", "nobody", "mutual"].contains(&key) || plain(key) || key.strip_suffix("-nobody").is_some_and(plain)
}

/// What is wrong with the lines that a template gives for one party and for several.
fn template_fault(key: &str, template: &Template, headlines: &Headlines) -> Option<String> {
    let nobody = key == "nobody" || key.ends_with("-nobody");
    if nobody && template.slots().any(|s| s == "actors") {
        return Some(format!("`{key}` is for events whose actors nobody knows, and asks for {{actors}}"));
    }
    if !nobody && !template.slots().any(|s| s == "actors") {
        return Some(format!("`{key}` leaves out the {{actors}}"));
    }
    if let Some(slot) = template.needs().find(|s| *s != "actors") {
        return Some(format!("`{key}` cannot be told where there is no {{{slot}}}: put it into brackets"));
    }
    let names = ["A", "B", "C"].map(str::to_owned);
    for several in 1..=names.len() {
        let parties = &names[..several];
        for recipients in [&[], parties] {
            for place in [&[], &names[..1]] {
                let actors = if nobody { &[] } else { parties };
                let slots = [("actors", actors), ("recipients", recipients), ("place", place)];
                if headlines.filled(template, &slots, several > 1).is_none_or(|line| line.is_empty()) {
                    return Some(format!("`{key}` gives an empty line for {several} parties"));
                }
            }
        }
    }
    None
}

/// The PLOVER types with their modes.
fn modes(knowledge: &Knowledge) -> Vec<(String, Vec<String>)> {
    let text = knowledge.source().file("plover/types.toml").unwrap_or_default();
    let table: toml::Table = toml::from_str(text).unwrap_or_default();
    let keys = |entry: &toml::Value| {
        entry.get("modes").and_then(toml::Value::as_table).map(|m| m.keys().cloned().collect()).unwrap_or_default()
    };
    table.iter().map(|(kind, entry)| (kind.clone(), keys(entry))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_modes_statuses_and_what_nobody_did() {
        let modes = ["visit".to_owned(), "third-party".to_owned()];
        for key in ["default", "visit", "planned", "visit-planned", "third-party-nobody", "planned-nobody"] {
            assert!(is_read(key, &modes), "{key}");
        }
        for key in ["happened", "vist", "visit-", "-nobody", "default-plural"] {
            assert!(!is_read(key, &modes), "{key}");
        }
    }
}
