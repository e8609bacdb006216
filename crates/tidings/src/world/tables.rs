//! The tables of `data/world/`.

use std::sync::OnceLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::outlets::Outlets;

use crate::{
    language::{PackSource, pack::rows},
    model::{Country, Interval, Sector},
};

/// The world's tables.
#[derive(Debug)]
pub struct World {
    source: PackSource,
    countries: OnceLock<Vec<CountryFacts>>,
    cities: OnceLock<Vec<City>>,
    organizations: OnceLock<Vec<Organization>>,
    people: OnceLock<Vec<Person>>,
    offices: OnceLock<FxHashMap<String, Office>>,
    holders: OnceLock<Holders>,
    naming: OnceLock<Vec<Country>>,
    outlets: OnceLock<Outlets>,
}

/// People by the state and the id of an office that they held; by the office alone under no state.
type Holders = FxHashMap<(Option<Country>, String), Vec<u32>>;

/// A state or territory.
#[derive(Clone, Debug)]
pub struct CountryFacts {
    /// Its code.
    pub code: Country,
    /// ISO 3166-1 alpha-2, in capitals.
    pub iso2: String,
    /// The English name.
    pub name: String,
    /// The capital's `GeoNames` id.
    pub capital: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

/// A city.
#[derive(Clone, Debug)]
pub struct City {
    /// `GeoNames` id.
    pub id: u32,
    /// Its state.
    pub country: Option<Country>,
    /// The usual English name.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Inhabitants.
    pub population: u32,
    /// Whether it is a capital.
    pub capital: bool,
    /// Whether it is the seat of a province.
    pub seat: bool,
    /// Names by language, `*` for those without one.
    pub names: Box<str>,
}

/// An organization.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its id.
    pub id: String,
    /// Its state, or the code of its kind.
    pub country: Option<Country>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// The English name.
    pub name: String,
    /// Names by language.
    pub names: Box<str>,
}

/// A person with the offices that they held.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// The name in Latin letters.
    pub name: String,
    /// Names by language.
    pub names: String,
    /// Offices, as the table lists them.
    pub tenures: Vec<Tenure>,
}

/// An office held for a time.
#[derive(Clone, Debug)]
pub struct Tenure {
    /// The state.
    pub country: Option<Country>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// The office's id.
    pub office: String,
    /// From when to when, as far as is known.
    pub held: Interval,
}

impl Person {
    /// The forms of the name in a language, and in Latin letters.
    pub fn forms<'p>(&'p self, language: &'p str) -> impl Iterator<Item = &'p str> {
        forms(&self.names, language).chain(forms(&self.names, "en")).chain([self.name.as_str()])
    }

    /// The tenure on a day: the one that covers it, else the one that ended last before it, else the last of the table.
    pub fn tenure(&self, day: Option<Date>) -> Option<&Tenure> {
        let Some(day) = day else { return self.tenures.last() };
        let at = Interval::day(day);
        self.tenures
            .iter()
            .rev()
            .find(|t| t.held.overlaps(at))
            .or_else(|| {
                self.tenures.iter().filter(|t| t.held.latest.is_some_and(|l| l < day)).max_by_key(|t| t.held.latest)
            })
            .or(self.tenures.last())
    }
}

/// What kind of id an office is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeKind {
    /// One person holds it.
    Office,
    /// A grade or honorific.
    Rank,
    /// A body of a state.
    Institution,
    /// People.
    Group,
}

/// A line of the ladder of offices.
#[derive(Clone, Debug)]
pub struct Office {
    /// What kind it is.
    pub kind: OfficeKind,
    /// PLOVER's sector, where it has one.
    pub sector: Option<Sector>,
    /// Its step on the ladder.
    pub level: u32,
    /// The English name.
    pub name: String,
}

impl World {
    /// The tables of these data files, none of them read yet.
    pub fn new(source: PackSource) -> Self {
        Self {
            source,
            countries: OnceLock::new(),
            cities: OnceLock::new(),
            organizations: OnceLock::new(),
            people: OnceLock::new(),
            offices: OnceLock::new(),
            holders: OnceLock::new(),
            naming: OnceLock::new(),
            outlets: OnceLock::new(),
        }
    }

    /// Reads the tables that the names of every language are made of.
    pub fn read_ahead(&self) {
        self.cities();
        self.people();
        self.organizations();
    }

    fn table(&self, path: &str, mut row: impl FnMut(&[&str])) {
        if let Some(text) = self.source.file(path) {
            for (_, columns) in rows(text) {
                row(&columns);
            }
        }
    }

    /// States and territories, sorted by code.
    pub fn countries(&self) -> &[CountryFacts] {
        self.countries.get_or_init(|| {
            let mut countries = Vec::new();
            self.table("world/countries.tsv", |c| {
                if let [iso3, iso2, name, capital, latitude, longitude, ..] = c
                    && let Some(code) = Country::new(iso3)
                {
                    countries.push(CountryFacts {
                        code,
                        iso2: (*iso2).to_owned(),
                        name: (*name).to_owned(),
                        capital: capital.parse().ok(),
                        latitude: latitude.parse().ok(),
                        longitude: longitude.parse().ok(),
                    });
                }
            });
            countries.sort_by_key(|c| c.code);
            countries
        })
    }

    /// One state.
    pub fn country(&self, code: Country) -> Option<&CountryFacts> {
        let countries = self.countries();
        countries.binary_search_by_key(&code, |c| c.code).ok().map(|at| &countries[at])
    }

    /// The state of a country-code domain such as `vn`.
    pub fn country_of_domain(&self, domain: &str) -> Option<Country> {
        let iso2 = if domain == "uk" { "GB".to_owned() } else { domain.to_ascii_uppercase() };
        self.countries().iter().find(|c| c.iso2 == iso2).map(|c| c.code)
    }

    /// Cities.
    pub fn cities(&self) -> &[City] {
        self.cities.get_or_init(|| {
            let mut cities = Vec::new();
            self.table("world/cities.tsv", |c| {
                if let [id, iso3, name, latitude, longitude, population, kind, names, ..] = c
                    && let Ok(id) = id.parse()
                {
                    cities.push(City {
                        id,
                        country: Country::new(iso3),
                        name: (*name).to_owned(),
                        latitude: latitude.parse().unwrap_or_default(),
                        longitude: longitude.parse().unwrap_or_default(),
                        population: population.parse().unwrap_or(0),
                        capital: *kind == "capital",
                        seat: *kind == "admin",
                        names: crate::language::pack::joiners(names).into(),
                    });
                }
            });
            cities
        })
    }

    /// Organizations.
    pub fn organizations(&self) -> &[Organization] {
        self.organizations.get_or_init(|| {
            let mut organizations = Vec::new();
            self.table("world/organizations.tsv", |c| {
                if let [id, country, sector, _, name, names, ..] = c {
                    organizations.push(Organization {
                        id: (*id).to_owned(),
                        country: Country::new(country),
                        sector: Sector::new(sector),
                        name: (*name).to_owned(),
                        names: (*names).into(),
                    });
                }
            });
            organizations
        })
    }

    /// Agencies and outlets.
    pub fn outlets(&self) -> &Outlets {
        self.outlets.get_or_init(|| Outlets::read(self.source.file("world/outlets.tsv").unwrap_or_default()))
    }

    /// People, in the order of the tables.
    pub fn people(&self) -> &[Person] {
        self.people.get_or_init(|| {
            let mut people: Vec<Person> = Vec::new();
            let mut at: FxHashMap<String, usize> = FxHashMap::default();
            let paths: Vec<String> =
                self.source.paths().into_iter().filter(|p| p.starts_with("world/people/")).map(str::to_owned).collect();
            for path in paths {
                self.table(&path, |c| {
                    let [id, name, country, sector, office, from, to, rest @ ..] = c else { return };
                    let number = *at.entry((*id).to_owned()).or_insert_with(|| {
                        people.push(Person {
                            id: (*id).to_owned(),
                            name: (*name).to_owned(),
                            names: String::new(),
                            tenures: Vec::new(),
                        });
                        people.len() - 1
                    });
                    let person = &mut people[number];
                    if let Some(names) = rest.first().filter(|n| !n.is_empty()) {
                        if !person.names.is_empty() {
                            person.names.push(';');
                        }
                        person.names.push_str(names);
                    }
                    person.tenures.push(Tenure {
                        country: Country::new(country),
                        sector: Sector::new(sector),
                        office: (*office).to_owned(),
                        held: Interval {
                            earliest: days(from).and_then(|d| d.earliest),
                            latest: days(to).and_then(|d| d.latest),
                        },
                    });
                });
            }
            people
        })
    }

    /// The people who held an office of a state at some time: indexes into [`World::people`].
    pub fn holders(&self, country: Country, office: &str) -> &[u32] {
        self.holders_of(Some(country), office)
    }

    /// The people who held an office of whatever state.
    pub fn holders_anywhere(&self, office: &str) -> &[u32] {
        self.holders_of(None, office)
    }

    fn holders_of(&self, country: Option<Country>, office: &str) -> &[u32] {
        let holders = self.holders.get_or_init(|| {
            let mut holders = Holders::default();
            for (at, person) in self.people().iter().enumerate() {
                for tenure in &person.tenures {
                    for country in [tenure.country, None] {
                        let list = holders.entry((country, tenure.office.clone())).or_default();
                        if list.last() != Some(&(at as u32)) {
                            list.push(at as u32);
                        }
                    }
                }
            }
            holders
        });
        holders.get(&(country, office.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Whether people of a state are known by the last word of their names.
    pub fn goes_by_last_word(&self, country: Country) -> bool {
        #[derive(Default, serde::Deserialize)]
        struct Naming {
            family_first: Vec<Country>,
            one_name: Vec<Country>,
        }
        let others = self.naming.get_or_init(|| {
            let text = self.source.file("world/naming.toml").unwrap_or_default();
            let naming: Naming = toml::from_str(text).unwrap_or_default();
            naming.family_first.into_iter().chain(naming.one_name).collect()
        });
        !others.contains(&country)
    }

    /// One line of the ladder of offices.
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.offices
            .get_or_init(|| {
                let mut offices = FxHashMap::default();
                self.table("world/offices.tsv", |c| {
                    if let [id, kind, sector, level, name, ..] = c {
                        let kind = match *kind {
                            "office" => OfficeKind::Office,
                            "rank" => OfficeKind::Rank,
                            "institution" => OfficeKind::Institution,
                            _ => OfficeKind::Group,
                        };
                        offices.insert(
                            (*id).to_owned(),
                            Office {
                                kind,
                                sector: Sector::new(sector),
                                level: level.parse().unwrap_or(0),
                                name: (*name).to_owned(),
                            },
                        );
                    }
                });
                offices
            })
            .get(id)
    }
}

/// The days of `2024-11-14`, `2024-11` or `2024`, with a question mark after what is doubtful.
fn days(text: &str) -> Option<Interval> {
    let text = text.trim_end_matches('?');
    match text.len() {
        10 => text.parse().ok().map(Interval::day),
        7 => Interval::month(text[..4].parse().ok()?, text[5..].parse().ok()?),
        4 => Interval::year(text.parse().ok()?),
        _ => None,
    }
}

/// The forms of all languages in a `names` column.
pub(super) fn forms_of_all(names: &str) -> impl Iterator<Item = &str> {
    let parts = names.split(';').filter_map(|part| part.split_once('='));
    parts.flat_map(|(_, forms)| forms.split('|')).map(str::trim).filter(|form| !form.is_empty())
}

/// The forms of one language in a `names` column.
pub(super) fn forms<'n>(names: &'n str, language: &str) -> impl Iterator<Item = &'n str> {
    names
        .split(';')
        .filter_map(move |part| part.split_once('=').filter(|(l, _)| *l == language))
        .flat_map(|(_, forms)| forms.split('|'))
        .map(str::trim)
        .filter(|f| !f.is_empty())
}
