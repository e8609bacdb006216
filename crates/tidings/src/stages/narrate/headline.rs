//! One line that tells an event, from the templates of a language.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    Knowledge,
    language::pack::{Base, Headlines},
    model::{Country, Event, Party, PlacePrecision, Side, Status},
    world::{World, form_in},
};

/// Parties that a headline names on one side at most.
const MOST: usize = 3;

/// Tells events in one language.
pub struct Teller<'k> {
    /// The language.
    pub language: String,
    templates: Arc<Headlines>,
    base: Base,
    world: &'k World,
}

/// A report's title with its language.
#[derive(Clone, Copy, Debug)]
pub struct Title<'r> {
    /// The language of the report.
    pub language: &'r str,
    /// The title.
    pub title: &'r str,
}

/// What stands in a template's slots.
#[derive(Debug, Default)]
struct Slots {
    actors: String,
    recipients: String,
    place: String,
}

impl<'k> Teller<'k> {
    /// A teller of a full language; none where it has no templates.
    pub fn new(language: &str, knowledge: &'k Knowledge) -> Option<Self> {
        let templates = knowledge.headlines(language).ok().filter(|h| !h.types.is_empty())?;
        let base = knowledge.source().base(language);
        Some(Self { language: language.to_owned(), templates, base, world: knowledge.world() })
    }

    /// The headline. `titles` are those of the reports whose news the event is: one of them stands where there is
    /// nothing to fill a template with.
    pub fn tell(&self, event: &Event, titles: &[Title<'_>]) -> Option<String> {
        let own = titles.iter().find(|t| t.language.split('-').next() == self.language.split('-').next());
        // What is no PLOVER event is best told by a report that stands in this language.
        if event.kind.is_none()
            && let Some(own) = own
        {
            return Some(own.title.to_owned());
        }
        let slots = self.slots(event);
        let doer = !slots.actors.is_empty();
        // Without a doer, "attack in Beirut" still says what happened, and "attack" alone does not.
        let told = doer || !slots.recipients.is_empty() || !slots.place.is_empty();
        let template = self.template(event, doer);
        let filled = || template.and_then(|t| slots.fill(t));
        told.then(filled)
            .flatten()
            .or_else(|| slots.fill(self.templates.types.get("none")?.get("default")?).filter(|_| doer))
            .or_else(|| own.or(titles.first()).map(|t| t.title.to_owned()))
            .or_else(filled)
            .or_else(|| Some(slots.place.clone()).filter(|p| !p.is_empty()))
            // A slot with a hole in it leaves no gap.
            .map(|headline| headline.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The template of an event's type: for its mode and status, else for its status, else for one of its modes; one
    /// of its own where nobody is known to have done it.
    fn template(&self, event: &Event, doer: bool) -> Option<&str> {
        let kind = event.kind.map_or("none", |k| k.name());
        let templates = self.templates.types.get(kind)?;
        let status = match event.status {
            Status::Happened => None,
            Status::Recalled => Some("recalled"),
            Status::Planned => Some("planned"),
            Status::Hypothetical => Some("hypothetical"),
            Status::Denied => Some("denied"),
        };
        let both = status.into_iter().flat_map(|s| event.modes.iter().map(move |m| format!("{m}-{s}")));
        let each = status.into_iter().chain(event.modes.iter().map(String::as_str)).map(str::to_owned);
        let mut keys = both.chain(each);
        let among = || if self.is_among_them(event) { templates.get("mutual") } else { None };
        let found = if doer {
            keys.find_map(|key| templates.get(&key)).or_else(among).or_else(|| templates.get("default"))
        } else {
            keys.find_map(|key| templates.get(&format!("{key}-nobody"))).or_else(|| templates.get("nobody"))
        };
        found.map(String::as_str)
    }

    /// Whether several did it among themselves, and to nobody else.
    fn is_among_them(&self, event: &Event) -> bool {
        let names: BTreeSet<String> =
            event.parties.iter().filter(|p| p.side == Side::Actor).map(|p| self.party(p)).collect();
        names.iter().filter(|n| !n.is_empty()).count() > 1 && event.parties.iter().all(|p| p.side == Side::Actor)
    }

    fn slots(&self, event: &Event) -> Slots {
        let side = |side: Side| self.joined(event.parties.iter().filter(|p| p.side == side));
        let (mut actors, mut recipients) = (side(Side::Actor), side(Side::Recipient));
        if actors.is_empty() && event.kind.is_none() {
            actors = std::mem::take(&mut recipients);
        }
        let place = event.place.as_ref().map_or(String::new(), |place| {
            let city = place
                .geonames
                .and_then(|id| self.world.cities().iter().find(|c| c.id == id))
                .and_then(|c| form_in(&c.names, &self.language));
            match (place.precision, place.country) {
                (PlacePrecision::Country, Some(country)) => self.country(country),
                _ => city.unwrap_or(&place.name).to_owned(),
            }
        });
        Slots { actors, recipients, place }
    }

    fn joined<'p>(&self, parties: impl Iterator<Item = &'p Party>) -> String {
        let mut names: Vec<String> = Vec::new();
        for party in parties {
            let name = self.party(party);
            if !name.is_empty() && !names.contains(&name) && names.len() < MOST {
                names.push(name);
            }
        }
        let last = names.pop().unwrap_or_default();
        if names.is_empty() { last } else { names.join(&self.templates.list) + &self.templates.and + &last }
    }

    /// A person with office and state, an organization, an office or a state.
    fn party(&self, party: &Party) -> String {
        let state = party.country.map(|c| self.country(c)).unwrap_or_default();
        let organization = party.organization.as_deref().and_then(|id| {
            let found = self.world.organizations().iter().find(|o| o.id == id)?;
            Some(form_in(&found.names, &self.language).unwrap_or(&found.name).to_owned())
        });
        let office = party
            .office
            .as_deref()
            .and_then(|office| self.templates.offices.get(office))
            // An office of no state says nothing by itself, unless the form can do without.
            .and_then(|form| fill(form, &[("{country}", organization.as_deref().unwrap_or(&state))]));
        let name =
            party.name.as_deref().filter(|_| party.person.is_some() || organization.is_none() || office.is_some());
        match (name, office) {
            (Some(name), Some(office)) => format!("{office} {}", self.name(party, name)),
            (Some(name), None) => self.name(party, name),
            (None, Some(office)) => office,
            (None, None) => organization.unwrap_or(state),
        }
    }

    /// A name as this language writes it: as a report does, as the world's table does, else in Latin letters.
    fn name(&self, party: &Party, latin: &str) -> String {
        let told = party.names.get(&self.language).and_then(|n| n.iter().max_by_key(|n| n.split_whitespace().count()));
        let known = || {
            let person = self.world.people().iter().find(|p| Some(p.id.as_str()) == party.person.as_deref())?;
            form_in(&person.names, &self.language)
        };
        told.map(String::as_str).or_else(known).unwrap_or(latin).to_owned()
    }

    fn country(&self, country: Country) -> String {
        let changed = self.templates.forms.get(country.as_str()).and_then(|f| f.as_str());
        let usual = || self.base.get(&("country".to_owned(), country.to_string()))?.first().map(String::as_str);
        let english = || self.world.country(country).map(|c| c.name.as_str());
        changed.or_else(usual).or_else(english).unwrap_or(country.as_str()).to_owned()
    }
}

impl Slots {
    fn fill(&self, template: &str) -> Option<String> {
        let slots = [("{actors}", &*self.actors), ("{recipients}", &*self.recipients), ("{place}", &*self.place)];
        fill(template, &slots)
    }
}

/// Puts the slots into a template. A part in brackets falls out where a slot of it is empty; a slot outside of
/// brackets must hold something.
fn fill(template: &str, slots: &[(&str, &str)]) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('[') {
        out += &put(&rest[..open], slots)?;
        let close = rest[open..].find(']').map_or(rest.len(), |c| open + c);
        out += &put(&rest[open + 1..close], slots).unwrap_or_default();
        rest = rest.get(close + 1..).unwrap_or_default();
    }
    out += &put(rest, slots)?;
    let out = out.trim().to_owned();
    (!out.is_empty()).then_some(out)
}

fn put(part: &str, slots: &[(&str, &str)]) -> Option<String> {
    let mut out = part.to_owned();
    for (slot, value) in slots {
        if out.contains(slot) {
            if value.is_empty() {
                return None;
            }
            out = out.replace(slot, value);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fall_out_where_they_are_empty() {
        let mut slots = Slots { actors: "A and B".into(), ..Slots::default() };
        let template = "{actors} hold talks[ with {recipients}][ in {place}]";
        assert_eq!(slots.fill(template).as_deref(), Some("A and B hold talks"));
        slots.place = "Cairo".into();
        assert_eq!(slots.fill(template).as_deref(), Some("A and B hold talks in Cairo"));
        slots.actors.clear();
        assert_eq!(slots.fill(template), None);
    }
}
