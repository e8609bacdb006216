//! One line that tells an event, from the templates of a language.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use crate::{
    Knowledge,
    language::pack::{Base, Headlines, Template},
    model::{Country, Event, Party, PlacePrecision, Side, Status, Venue},
    world::{World, form_in},
};

/// Parties that a headline names on one side at most.
const MOST: usize = 3;
/// The office that everybody has who has one.
const ANYBODY: &str = "official";

/// Tells events in one language, and names who and what is in them.
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
    actors: Vec<String>,
    /// Whether verbs of the actors stand in the plural.
    several: bool,
    recipients: Vec<String>,
    place: Vec<String>,
}

impl<'k> Teller<'k> {
    /// A teller of a full language; none where it has no templates that can be read.
    ///
    /// ```
    /// use tidings::{Knowledge, model::Country, stages::narrate::Teller};
    /// let knowledge = Knowledge::embedded();
    /// let teller = Teller::new("fr", &knowledge).unwrap();
    /// assert_eq!(teller.country(Country::new("EGY").unwrap()), "Égypte");
    /// assert!(Teller::new("sv", &knowledge).is_none());
    /// ```
    pub fn new(language: &str, knowledge: &'k Knowledge) -> Option<Self> {
        let templates = knowledge.headlines(language).ok().filter(|h| !h.types.is_empty())?;
        let base = knowledge.source().base(language);
        Some(Self { language: language.to_owned(), templates, base, world: knowledge.world() })
    }

    /// The headline. `titles` are those of the reports whose news the event is: one of them stands where there is
    /// nothing to fill a template with.
    pub fn tell(&self, event: &Event, titles: &[Title<'_>]) -> Option<String> {
        let own = titles.iter().find(|t| t.language.split('-').next() == self.language.split('-').next());
        let title = || own.or(titles.first()).map(|t| t.title.split_whitespace().collect::<Vec<_>>().join(" "));
        // What is no PLOVER event is told by its report, since nothing else says what it was.
        if event.kind.is_none()
            && let Some(title) = title()
        {
            return Some(title);
        }
        let slots = self.slots(event);
        let doer = !slots.actors.is_empty();
        // Without a doer, "attack in Beirut" still says what happened, and "attack" alone does not.
        let told = doer || !slots.recipients.is_empty() || !slots.place.is_empty();
        let template = self.template(event, doer);
        let filled = || self.filled(template?, &slots);
        let parties = || self.filled(&self.templates.types.get("none")?.get("default")?.1, &slots);
        told.then(filled)
            .flatten()
            .or_else(|| Some(()).filter(|()| doer).and_then(|()| parties()))
            .or_else(title)
            .or_else(filled)
            .or_else(|| slots.place.first().cloned())
    }

    /// A template as a line that begins with a capital.
    fn filled(&self, template: &Template, slots: &Slots) -> Option<String> {
        let slots_by_name = [("actors", &*slots.actors), ("recipients", &*slots.recipients), ("place", &*slots.place)];
        let line = self.templates.filled(template, &slots_by_name, slots.several)?;
        Some(self.templates.capitalised(&line)).filter(|line| !line.is_empty())
    }

    /// The template of an event's type: for its mode and status, else for its status, else for one of its modes; one
    /// of its own where nobody is known to have done it.
    fn template(&self, event: &Event, doer: bool) -> Option<&Template> {
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
        let found = if doer {
            let among = || templates.get("mutual").filter(|_| self.is_among_them(event));
            keys.find_map(|key| templates.get(&key)).or_else(among).or_else(|| templates.get("default"))
        } else {
            keys.find_map(|key| templates.get(&format!("{key}-nobody"))).or_else(|| templates.get("nobody"))
        };
        found.map(|(_, template)| template)
    }

    /// Whether several did it among themselves, and to nobody else.
    fn is_among_them(&self, event: &Event) -> bool {
        let names: BTreeSet<String> =
            event.parties.iter().filter(|p| p.side == Side::Actor).map(|p| self.party(p)).collect();
        names.iter().filter(|n| !n.is_empty()).count() > 1 && event.parties.iter().all(|p| p.side == Side::Actor)
    }

    fn slots(&self, event: &Event) -> Slots {
        let (mut actors, mut several) = self.side(event, Side::Actor);
        let (mut recipients, more) = self.side(event, Side::Recipient);
        if actors.is_empty() && event.kind.is_none() {
            (actors, several) = (std::mem::take(&mut recipients), more);
        }
        let place = event.place.iter().map(|place| match (place.precision, place.country) {
            (PlacePrecision::Country, Some(country)) => self.stands(country.as_str(), &self.country(country)),
            _ => self.place(place),
        });
        Slots { actors, several, recipients, place: place.collect() }
    }

    /// The parties of one side, and whether they take verbs in the plural.
    fn side(&self, event: &Event, side: Side) -> (Vec<String>, bool) {
        let mut names: Vec<String> = Vec::new();
        let mut plural = false;
        for party in event.parties.iter().filter(|p| p.side == side) {
            let name = self.party(party);
            if !name.is_empty() && !names.contains(&name) && names.len() < MOST {
                names.push(name);
                plural |= self.is_plural(party);
            }
        }
        let several = names.len() > 1 || plural;
        (names, several)
    }

    /// Whether a party that stands alone takes a verb in the plural, as the protesters do, and in French a state whose
    /// name is a plural.
    fn is_plural(&self, party: &Party) -> bool {
        let plural = |id: &str| self.templates.plural.iter().any(|p| p == id);
        match (&party.organization, party.country) {
            _ if party.person.is_some() || party.office.is_some() => false,
            (Some(organization), _) if self.organization(organization).is_some() || self.form(party).is_some() => {
                plural(organization)
            }
            (_, Some(country)) => plural(country.as_str()),
            _ => false,
        }
    }

    /// A party as it stands in a headline: a person with office and state, an organization, an office or a state.
    fn party(&self, party: &Party) -> String {
        let organization = party.organization.as_deref().and_then(|id| Some(self.stands(id, self.organization(id)?)));
        // A body or a group of people brings its article along, since it is of one gender and number.
        let office = self.form(party).map(|form| {
            let holder = self.templates.holder.as_ref().filter(|_| party.office.is_some());
            let held = holder.and_then(|h| self.templates.filled(h, &[("office", std::slice::from_ref(&form))], false));
            held.unwrap_or(form)
        });
        let name =
            party.name.as_deref().filter(|_| party.person.is_some() || organization.is_none() || office.is_some());
        match (name, office) {
            (Some(_), Some(office)) => format!("{office} {}", self.name(party).unwrap_or_default()),
            (Some(_), None) => self.name(party).unwrap_or_default().into_owned(),
            // That somebody unnamed is an official says nothing that the state does not.
            (None, Some(office)) if party.office.as_deref() != Some(ANYBODY) => office,
            (None, _) => organization
                .or_else(|| Some(self.stands(party.country?.as_str(), &self.country(party.country?))))
                .unwrap_or_default(),
        }
    }

    /// How an id stands in a headline whose name is `name`.
    fn stands(&self, id: &str, name: &str) -> String {
        self.templates.definite.get(id).map_or(name, |(_, form)| form).to_owned()
    }

    /// The form of a party's office, or of a body or group of people, with its state.
    fn form(&self, party: &Party) -> Option<String> {
        let organization = party.organization.as_deref().and_then(|id| Some((id, self.organization(id)?)));
        let office = match (&party.office, organization) {
            (Some(office), _) => office,
            (None, Some(_)) => return None,
            (None, None) => party.organization.as_ref()?,
        };
        let offices = &self.templates.offices;
        let state = party.country.map(|c| c.to_string()).unwrap_or_default();
        let (_, forms) = offices.get(&format!("{office}:{state}")).or_else(|| offices.get(office))?;
        let nation = self.templates.nations.get(&state).filter(|_| organization.is_none());
        let country = match (organization, party.country) {
            (Some((id, name)), _) => vec![self.stands(id, name)],
            (None, country) => country.map(|c| self.stands(&state, &self.country(c))).into_iter().collect(),
        };
        let nation: Vec<String> = nation.cloned().into_iter().collect();
        let fill =
            |form, nation: &[String]| self.templates.filled(form, &[("country", &country), ("nation", nation)], false);
        // Where the language has no adjective of a state, the state's name stands for it. An office of no state says
        // nothing by itself, unless a form can do without.
        forms.iter().find_map(|form| fill(form, &nation)).or_else(|| fill(forms.first()?, &country))
    }

    /// What a party is beside its name: its office with the state, else the organization or the state.
    pub fn office(&self, party: &Party) -> Option<String> {
        let organization = || Some(self.organization(party.organization.as_deref()?)?.to_owned());
        self.form(party)
            .or_else(|| organization().filter(|o| self.name(party).as_deref() != Some(o)))
            .or_else(|| Some(self.country(party.country?)))
    }

    /// A party's name as this language writes it: as a report does, as the world's table does, else in Latin letters.
    pub fn name<'p>(&'p self, party: &'p Party) -> Option<Cow<'p, str>> {
        let latin = party.name.as_deref()?;
        let told = party.names.get(&self.language).and_then(|n| n.iter().max_by_key(|n| n.split_whitespace().count()));
        let known = || {
            let person = self.world.people().iter().find(|p| Some(p.id.as_str()) == party.person.as_deref())?;
            form_in(&person.names, &self.language)
        };
        let body = || self.organization(party.organization.as_deref().filter(|_| party.office.is_none())?);
        Some(Cow::Borrowed(told.map(String::as_str).or_else(known).or_else(body).unwrap_or(latin)))
    }

    fn organization(&self, id: &str) -> Option<&str> {
        let found = self.world.organizations().iter().find(|o| o.id == id)?;
        let changed = self.templates.forms.get(id).map(|(_, form)| form.as_str());
        Some(changed.or_else(|| form_in(&found.names, &self.language)).unwrap_or(&found.name))
    }

    /// A place's name.
    pub fn place(&self, place: &Venue) -> String {
        let city = || {
            let city = self.world.cities().iter().find(|c| Some(c.id) == place.geonames)?;
            form_in(&city.names, &self.language)
        };
        match (place.precision, place.country) {
            (PlacePrecision::Country, Some(country)) => self.country(country),
            _ => city().unwrap_or(&place.name).to_owned(),
        }
    }

    /// A state's name, or that of an organization which stands for states.
    pub fn country(&self, country: Country) -> String {
        let changed = self.templates.forms.get(country.as_str()).map(|(_, form)| form.as_str());
        let usual = || self.base.get(&("country".to_owned(), country.to_string()))?.first().map(String::as_str);
        let english = || self.world.country(country).map(|c| c.name.as_str());
        changed.or_else(usual).or_else(english).unwrap_or(country.as_str()).to_owned()
    }
}
