//! Ids that data files write and that nothing defines: a misspelt one would be a rule that never speaks.
//!
//! Packs are loaded without this, since it reads the world's tables; `tidings check`, the tests of the packs and a
//! folder that a user lays over the data go through here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::{
    Knowledge,
    language::{
        PackError,
        pack::{EventRule, Sentences, rows},
    },
    model::{Country, EventType, Sector},
};

/// What may be counted, as records name it.
const COUNTED: [&str; 10] = [
    "killed",
    "injured",
    "missing",
    "arrested",
    "released",
    "displaced",
    "participants",
    "money",
    "agreements",
    "other",
];
/// Every id in a language's pack that is none, by file and line.
///
/// # Errors
/// The first file and line of the pack that cannot be read at all.
pub fn pack_ids(code: &str, knowledge: &Knowledge) -> Result<Vec<PackError>, PackError> {
    let pack = knowledge.pack(code)?;
    let headlines = knowledge.headlines(code)?;
    let known = Known::new(knowledge);
    let mut faults = Faults { folder: format!("languages/{code}"), found: Vec::new() };
    for rule in &pack.events.entries {
        known.act(rule, &mut faults);
    }
    for context in &pack.events.contexts {
        known.context(&context.name, context.line, &mut faults);
    }
    for quantity in &pack.events.quantities {
        let fits = COUNTED.contains(&quantity.what.as_str());
        let list = COUNTED.join(", ");
        faults.unless(fits, "events.toml", quantity.line, || {
            format!("`{}` is nothing that is counted: {list}", quantity.what)
        });
    }
    for form in pack.offices.forms.iter().filter(|form| form.special.is_none()) {
        known.office(&form.id, "offices.tsv", form.line, &mut faults);
    }
    known.names(code, &mut faults);
    for (line, message) in super::headlines::ids(&headlines, knowledge) {
        faults.unless(false, "headlines.toml", line, || message);
    }
    Ok(faults.found)
}

/// Every id in the data outside the packs that is none, and every table there that cannot be read, by file and line.
pub fn world_ids(knowledge: &Knowledge) -> Vec<PackError> {
    let known = Known::new(knowledge);
    let mut faults = Faults { folder: "world".to_owned(), found: Vec::new() };
    let source = knowledge.source();
    faults.found.extend(knowledge.check_markup().err());
    faults.found.extend(Sentences::check(source).err());
    for path in ["plover/types.toml", "plover/contexts.toml", "world/naming.toml"] {
        let text = source.file(path).unwrap_or_default();
        let Err(error) = toml::from_str::<toml::Table>(text) else { continue };
        let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        faults.found.push(PackError { file: path.to_owned(), line, message: error.message().to_owned() });
    }
    for kind in known.modes.keys().filter(|kind| EventType::named(kind).is_none()) {
        let message = format!("`{kind}` is no PLOVER type");
        faults.found.push(PackError { file: "plover/types.toml".to_owned(), line: 0, message });
    }
    for path in source.paths().into_iter().filter_map(|path| path.strip_prefix("world/")) {
        let people = path.starts_with("people/");
        // In which columns a table has its state, its sector and its office.
        let (country, sector, office) = match path {
            _ if people => (2, Some(3), Some(4)),
            "organizations.tsv" => (1, Some(2), None),
            "cities.tsv" => (1, None, None),
            "outlets.tsv" => (2, None, None),
            _ => continue,
        };
        for (line, columns) in rows(source.file(&format!("world/{path}")).unwrap_or_default()) {
            let column = |at: usize| columns.get(at).copied().unwrap_or_default();
            known.country(column(country), path, line, &mut faults);
            let written = sector.map(column).unwrap_or_default();
            faults.unless(written.is_empty() || Sector::new(written).is_some(), path, line, || {
                format!("`{written}` is no sector of three capitals")
            });
            if let Some(office) = office {
                known.office(column(office), path, line, &mut faults);
            }
        }
    }
    known.outlets(&mut faults);
    faults.found
}

/// What went wrong so far in one folder.
struct Faults {
    folder: String,
    found: Vec<PackError>,
}

impl Faults {
    fn unless(&mut self, fits: bool, file: &str, line: usize, message: impl FnOnce() -> String) {
        if !fits {
            self.found.push(PackError { file: format!("{}/{file}", self.folder), line, message: message() });
        }
    }
}

/// What the data defines.
struct Known<'k> {
    knowledge: &'k Knowledge,
    modes: BTreeMap<String, BTreeSet<String>>,
    contexts: BTreeSet<String>,
    cities: BTreeSet<u32>,
}

impl<'k> Known<'k> {
    fn new(knowledge: &'k Knowledge) -> Self {
        #[derive(Default, Deserialize)]
        struct Type {
            #[serde(default)]
            modes: BTreeMap<String, f64>,
        }
        #[derive(Default, Deserialize)]
        struct Contexts {
            contexts: BTreeSet<String>,
        }
        let text = |path: &str| knowledge.source().file(path).unwrap_or_default();
        let types: BTreeMap<String, Type> = toml::from_str(text("plover/types.toml")).unwrap_or_default();
        let contexts: Contexts = toml::from_str(text("plover/contexts.toml")).unwrap_or_default();
        Self {
            knowledge,
            modes: types.into_iter().map(|(name, of)| (name, of.modes.into_keys().collect())).collect(),
            contexts: contexts.contexts,
            cities: knowledge.world().cities().iter().map(|city| city.id).collect(),
        }
    }

    fn act(&self, rule: &EventRule, faults: &mut Faults) {
        // A rule without a type has no modes either; the pack is not read otherwise.
        let kind = rule.kind.map(EventType::name).unwrap_or_default();
        let modes = self.modes.get(kind).into_iter().flatten();
        let modes: Vec<&str> = modes.map(String::as_str).collect();
        for mode in &rule.modes {
            faults.unless(modes.contains(&mode.as_str()), "events.toml", rule.line, || {
                format!("`{mode}` is no mode of {kind}: {}", modes.join(", "))
            });
        }
        for context in &rule.contexts {
            self.context(context, rule.line, faults);
        }
    }

    fn context(&self, name: &str, line: usize, faults: &mut Faults) {
        faults.unless(self.contexts.contains(name), "events.toml", line, || {
            format!("`{name}` is no context of plover/contexts.toml")
        });
    }

    fn office(&self, id: &str, file: &str, line: usize, faults: &mut Faults) {
        let fits = self.knowledge.world().office(id).is_some();
        faults.unless(fits, file, line, || format!("`{id}` is no id of world/offices.tsv"));
    }

    fn country(&self, code: &str, file: &str, line: usize, faults: &mut Faults) {
        let fits = Country::new(code)
            .is_some_and(|code| code.is_organization() || self.knowledge.world().country(code).is_some());
        faults.unless(fits, file, line, || format!("`{code}` is no code of world/countries.tsv"));
    }

    /// `outlets.tsv`: each id, host and name means one outlet.
    fn outlets(&self, faults: &mut Faults) {
        const KINDS: [&str; 6] = ["agency", "newspaper", "broadcaster", "site", "magazine", "portal"];
        let file = "outlets.tsv";
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        for (line, columns) in rows(self.knowledge.source().file("world/outlets.tsv").unwrap_or_default()) {
            let [id, kind, _, hosts, names] = columns[..] else {
                faults.unless(false, file, line, || "a line is id, kind, country, hosts and names".to_owned());
                continue;
            };
            faults.unless(KINDS.contains(&kind), file, line, || format!("`{kind}` is no kind: {}", KINDS.join(", ")));
            let forms =
                names.split(';').filter_map(|part| part.split_once('=')).flat_map(|(_, forms)| forms.split('|'));
            let fits = names.split(';').all(|part| part.split_once('=').is_some_and(|(_, forms)| !forms.is_empty()));
            faults.unless(fits, file, line, || format!("`{names}` is no list of names by language"));
            let hosts = hosts.split(';').map(|host| format!("host {host}"));
            let forms = forms.map(|form| format!("name {}", form.to_lowercase()));
            for key in hosts.chain(forms).chain([format!("id {id}")]) {
                let holder = taken.get(key.as_str()).copied().filter(|holder| *holder != id || key.starts_with("id "));
                faults.unless(holder.is_none(), file, line, || format!("{key} is `{}` already", holder.unwrap_or(id)));
                taken.insert(key, id);
            }
        }
    }

    /// `names.tsv`: each id with the kinds that fit it.
    fn names(&self, code: &str, faults: &mut Faults) {
        let text = self.knowledge.source().file(&format!("languages/{code}/names.tsv")).unwrap_or_default();
        let file = "names.tsv";
        for (line, columns) in rows(text) {
            let [id, _, kind] = columns[..] else { continue };
            let kinds: &[&str] = match id.split_once(':') {
                Some(("org", organization)) => {
                    let fits = self.knowledge.world().organizations().iter().any(|o| o.id == organization);
                    faults.unless(fits, file, line, || format!("`{organization}` is no id of world/organizations.tsv"));
                    &["name", "organization"]
                }
                Some(("geonames", number)) => {
                    let fits = number.parse().is_ok_and(|number: u32| self.cities.contains(&number));
                    faults.unless(fits, file, line, || format!("`{number}` is no id of world/cities.tsv"));
                    &["city"]
                }
                Some(("region", region)) => {
                    match region.split_once(':') {
                        // A region of many states, or of the sea, belongs to none.
                        Some((_, "")) => {}
                        Some((_, country)) => self.country(country, file, line, faults),
                        None => {
                            let wanted = "a region ends in its state: region:crimea:UKR";
                            faults.unless(false, file, line, || wanted.into());
                        }
                    }
                    &["region"]
                }
                _ => {
                    self.country(id, file, line, faults);
                    &["name", "adjective", "demonym", "government"]
                }
            };
            faults.unless(kinds.contains(&kind), file, line, || {
                format!("`{kind}` is no kind for `{id}`: {}", kinds.join(", "))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn misspelt_ids_are_found_by_file_and_line() {
        let folder = std::env::temp_dir().join(format!("tidings-ids-{}", std::process::id()));
        let pack = folder.join("languages/en");
        fs::create_dir_all(&pack).unwrap();
        let events = "[[rule]]\ntype = \"CONSULT\"\nmode = \"vist\"\npatterns = [\"met\"]\ncontexts = [\"militry\"]\n\
                      [[context]]\nname = \"sport\"\npatterns = [\"ball\"]\n\
                      [[quantity]]\nwhat = \"klled\"\npatterns = [\"{num} died\"]\n";
        let names = "EGX\tEgypt\tname\nEGY\tEgyptian\tadjektive\norg:nto\tNATO\torganization\ngeonames:1\tNowhere\tcity\n\
                     region:crimea\tCrimea\tregion\n";
        let headlines = "and = \" and \"\n[types.CONSLT]\ndefault = \"{actors}\"\n[types.CONSULT]\n\
                         visit-nobody = \"Visit\"\nvsit = \"{actors}\"\n\
                         [offices]\npresidnt = \"chief\"\n[forms]\nUSX = \"US\"\n";
        for (file, text) in [
            ("events.toml", events),
            ("names.tsv", names),
            ("offices.tsv", "chief\tpresidnt\n"),
            ("headlines.toml", headlines),
        ] {
            fs::write(pack.join(file), text).unwrap();
        }
        let faults = pack_ids("en", &Knowledge::with_folder(folder.clone()).unwrap()).unwrap();
        let places: Vec<String> =
            faults.iter().map(|f| format!("{}:{}", f.file.trim_start_matches("languages/en/"), f.line)).collect();
        let expected = [
            "events.toml:1",
            "events.toml:1",
            "events.toml:6",
            "events.toml:9",
            "offices.tsv:1",
            "names.tsv:1",
            "names.tsv:2",
            "names.tsv:3",
            "names.tsv:4",
            "names.tsv:5",
            "headlines.toml:3",
            "headlines.toml:6",
            "headlines.toml:8",
            "headlines.toml:10",
        ];
        assert_eq!(places, expected, "{faults:#?}");
        fs::remove_dir_all(folder).unwrap();
    }
}
