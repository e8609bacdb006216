//! How one language writes states, cities, organizations and people, and where they stand in a text.

use rustc_hash::FxHashMap;

use super::{World, tables};
use crate::{
    language::{Fold, Pack, Reading, Tokens, pack::Base, plain},
    model::Country,
};

/// What a form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// A state by its name.
    Country(Country),
    /// A state by an adjective or demonym.
    Nation(Country),
    /// A state by a name for its government.
    Government(Country),
    /// A city: an index into [`World::cities`].
    City(u32),
    /// A region of a state: an index into [`Gazetteer::regions`].
    Region(u32),
    /// An organization: an index into [`World::organizations`].
    Organization(u32),
    /// A person: an index into [`World::people`].
    Person(u32),
}

/// A form as the text may write it.
#[derive(Clone, Debug)]
struct Form {
    /// Folded words after the first, with a space between.
    rest: Box<str>,
    words: u8,
    named: Named,
    doubtful: bool,
    /// The word that is written with a capital letter, where one is: a text without it there means something else.
    capital: Option<u8>,
}

/// A form found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// What it stands for.
    pub named: Named,
    /// Whether the form is a common word too.
    pub doubtful: bool,
    /// The tags of the affixes on its first or last word.
    pub tags: u32,
}

/// The names of one language.
#[derive(Debug, Default)]
pub struct Gazetteer {
    by_first: FxHashMap<Box<str>, Vec<Form>>,
    /// Long names of a language whose endings change, by the beginning of their last word, for single words only.
    by_beginning: FxHashMap<Box<str>, Vec<(Box<str>, Named)>>,
    /// Names of people and towns without their marks, since the press of one Latin language drops those of another.
    by_plain: FxHashMap<Box<str>, Vec<Form>>,
    /// Regions: slug and state.
    pub regions: Vec<(String, Option<Country>)>,
    ending: usize,
    /// Whether the language tells words apart by marks on Latin letters, so that names need a second look without them.
    marks_matter: bool,
}

/// The step of the ladder from which on an office is that of a head of state or government.
const HEAD: u32 = 95;

/// Letters by which names that may change their ending are found.
const BEGINNING: usize = 4;

impl Gazetteer {
    /// The names of a language: CLDR's, its pack's, and the world's in its script.
    pub fn new(pack: &Pack, base: &Base, world: &World) -> Self {
        let latin = pack.language.script == "Latn" || pack.language.script.is_empty();
        let marks_matter = latin && !pack.language.fold.contains(&Fold::Marks);
        let mut gazetteer = Self { ending: pack.language.ending, marks_matter, ..Self::default() };
        let language = pack.code.split('-').next().unwrap_or(&pack.code);
        // The pack first: where it doubts a form, CLDR's having it too takes no doubt away.
        for name in &pack.names {
            let Some(named) = gazetteer.world_id(&name.id, &name.kind, world) else { continue };
            gazetteer.add(&name.form, named, name.doubtful, pack);
        }
        let mut keys: Vec<_> = base.iter().collect();
        keys.sort();
        for ((kind, key), forms) in keys {
            let Some(code) = Country::new(key) else { continue };
            for form in forms {
                match kind.as_str() {
                    "country" => gazetteer.add(form, Named::Country(code), false, pack),
                    "currencyadjective" if !pack.full => gazetteer.add(form, Named::Nation(code), false, pack),
                    _ => {}
                }
            }
        }
        for (at, organization) in world.organizations().iter().enumerate() {
            let named = Named::Organization(at as u32);
            let mut any = false;
            for form in tables::forms(&organization.names, language) {
                gazetteer.add(form, named, false, pack);
                any = true;
            }
            if !any && latin {
                for form in tables::forms(&organization.names, "en").chain([organization.name.as_str()]) {
                    gazetteer.add(form, named, false, pack);
                }
            }
        }
        for (at, person) in world.people().iter().enumerate() {
            let named = Named::Person(at as u32);
            for form in tables::forms(&person.names, language) {
                gazetteer.add(form, named, false, pack);
            }
            if latin {
                for form in tables::forms(&person.names, "en").chain([person.name.as_str()]) {
                    gazetteer.add(form, named, false, pack);
                }
            } else if language != "ru" && pack.language.script == "Cyrl" {
                for form in tables::forms(&person.names, "ru") {
                    gazetteer.add(form, named, false, pack);
                }
            }
        }
        gazetteer.add_surnames(language, latin, pack, world);
        for (at, city) in world.cities().iter().enumerate() {
            gazetteer.add_city(at as u32, city, language, latin, pack);
        }
        gazetteer
    }

    /// Headlines name heads of states and governments by their surnames alone; one that only one of them has is theirs.
    fn add_surnames(&mut self, language: &str, latin: bool, pack: &Pack, world: &World) {
        let recent = jiff::civil::Date::constant(2014, 1, 1);
        let mut bearers: FxHashMap<String, Vec<(u32, String)>> = FxHashMap::default();
        for (at, person) in world.people().iter().enumerate() {
            let head = person.tenures.iter().any(|t| {
                world.office(&t.office).is_some_and(|o| o.level >= HEAD)
                    && t.held.latest.is_none_or(|l| l >= recent)
                    && t.country.is_some_and(|c| world.goes_by_last_word(c))
            });
            if !head {
                continue;
            }
            let own = tables::forms(&person.names, language);
            let forms: Vec<&str> = if latin { own.chain([person.name.as_str()]).collect() } else { own.collect() };
            for form in forms {
                let Some(last) = form.split_whitespace().last().filter(|_| form.contains(' ')) else { continue };
                let list = bearers.entry(pack.language.folded(last)).or_default();
                if !list.iter().any(|(p, _)| *p == at as u32) {
                    list.push((at as u32, last.to_owned()));
                }
            }
        }
        let mut bearers: Vec<_> = bearers.into_iter().collect();
        bearers.sort();
        for (word, list) in bearers {
            let [(person, surname)] = &list[..] else { continue };
            let common =
                pack.lexicon.knows(&word)
                    || pack.name_words.stops(surname, &word)
                    || pack.name_words.gives(surname, &word)
                    || pack.affixes.stems(&word).iter().any(|stem| {
                        self.by_first.get(stem.form.as_str()).is_some_and(|f| f.iter().any(|f| f.words == 1))
                    });
            if word.chars().count() >= 4 && !common {
                self.insert(surname, &[&word], Named::Person(*person), false);
            }
        }
    }

    fn add_city(&mut self, at: u32, city: &super::City, language: &str, latin: bool, pack: &Pack) {
        let named = Named::City(at);
        let large = city.capital || city.population >= 300_000 || city.seat && city.population >= 100_000;
        let mut told = false;
        if latin {
            self.add(&city.name, named, !large, pack);
        }
        // One pass: this runs over every city of the world before the first word is read. Untagged forms come last.
        for (tag, forms) in city.names.split(';').filter_map(|part| part.split_once('=')) {
            if tag == language {
                told = true;
                for form in forms.split('|') {
                    self.add(form, named, !large, pack);
                }
            } else if tag == "*" && (large || !told && !latin) {
                for form in forms.split('|') {
                    let form_latin = form.bytes().any(|c| c.is_ascii_alphabetic());
                    if form_latin == latin && (latin || pack.writes(form)) {
                        self.add(form, named, !large || latin, pack);
                    }
                }
            }
        }
    }

    fn world_id(&mut self, id: &str, kind: &str, world: &World) -> Option<Named> {
        if let Some(organization) = id.strip_prefix("org:") {
            let at = world.organizations().iter().position(|o| o.id == organization)?;
            return Some(Named::Organization(at as u32));
        }
        if let Some(city) = id.strip_prefix("geonames:") {
            let number: u32 = city.parse().ok()?;
            return world.cities().iter().position(|c| c.id == number).map(|at| Named::City(at as u32));
        }
        if let Some(region) = id.strip_prefix("region:") {
            let (slug, code) = region.split_once(':').unwrap_or((region, ""));
            self.regions.push((slug.to_owned(), Country::new(code)));
            return Some(Named::Region(self.regions.len() as u32 - 1));
        }
        let code = Country::new(id)?;
        Some(match kind {
            "adjective" | "demonym" => Named::Nation(code),
            "government" => Named::Government(code),
            _ => Named::Country(code),
        })
    }

    fn add(&mut self, form: &str, named: Named, doubtful: bool, pack: &Pack) {
        let form = form.trim();
        if !pack.cutting.characters && !form.is_empty() && form.chars().all(char::is_alphabetic) {
            let word = pack.language.folded(form);
            self.insert(form, &[&word], named, doubtful);
            return;
        }
        let tokens = Tokens::new(form, &pack.cutting);
        if tokens.is_empty() || tokens.len() > 12 {
            return;
        }
        let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.folded(i)).collect();
        self.insert(form, &words, named, doubtful);
    }

    fn insert(&mut self, form: &str, words: &[&str], named: Named, doubtful: bool) {
        let entry = Form {
            rest: words[1..].join(" ").into(),
            words: words.len() as u8,
            named,
            doubtful,
            capital: form
                .split_whitespace()
                .position(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
                .map(|at| at as u8)
                .filter(|at| usize::from(*at) < words.len()),
        };
        self.insert_plain(form, words, named, doubtful);
        let list = match self.by_first.get_mut(words[0]) {
            Some(list) => list,
            None => self.by_first.entry(words[0].into()).or_default(),
        };
        if list.iter().any(|f| f.named == named && f.rest == entry.rest) {
            return;
        }
        list.push(entry);
        if self.ending > 0 && words.len() == 1 && !matches!(named, Named::Organization(_)) {
            let letters = words[0].chars().count();
            if letters > BEGINNING
                && let Some((end, _)) = words[0].char_indices().nth(BEGINNING)
                && !doubtful
            {
                self.by_beginning.entry(words[0][..end].into()).or_default().push((words[0].into(), named));
            }
        }
    }

    /// The same form without its marks, where that is another and long enough not to be a common word.
    fn insert_plain(&mut self, form: &str, words: &[&str], named: Named, doubtful: bool) {
        let long = match named {
            Named::Person(_) => words.len() > 1,
            Named::City(_) => form.chars().count() > 5 && !doubtful,
            _ => false,
        };
        if !self.marks_matter || !long {
            return;
        }
        let plain: Vec<String> = words.iter().map(|w| plain(w)).collect();
        let entry =
            Form { rest: plain[1..].join(" ").into(), words: words.len() as u8, named, doubtful, capital: Some(0) };
        let list = self.by_plain.entry(plain[0].as_str().into()).or_default();
        if !list.iter().any(|f| f.named == named && f.rest == entry.rest) {
            list.push(entry);
        }
    }

    /// Every name in the text; those that share a beginning are all there, the longest first.
    pub fn find(&self, reading: &Reading<'_>, pack: &Pack) -> Vec<Hit> {
        let tokens = &reading.tokens;
        let cased = pack.language.names.case;
        let def = pack.affixes.tag("def").unwrap_or(0);
        let mut hits = Vec::new();
        for start in 0..tokens.len() {
            let from = hits.len();
            let stems = reading.stems(start);
            // Where endings follow an apostrophe, a name that has none carries no ending.
            let bare = pack.language.apostrophe_suffix && !tokens.written(start).contains(['\'', '\u{2019}']);
            for (number, stem) in stems.iter().enumerate() {
                let Some(forms) = self.by_first.get(stem.form.as_str()) else { continue };
                for form in forms {
                    let nation = matches!(form.named, Named::Nation(_));
                    if number > 0 && !nation && (bare && form.words == 1 || stem.tags & def != 0) {
                        continue;
                    }
                    let capital =
                        form.capital.filter(|_| cased).and_then(|at| tokens.list.get(start + usize::from(at)));
                    if capital.is_some_and(|t| !t.capital) {
                        continue;
                    }
                    // An affix at the end of the first word of several would stand inside the name.
                    if let Some((end, tags)) = self.matches(form, reading, start) {
                        let tags = if number == 0 && form.words == 1 { tags } else { tags | stem.tags };
                        push(&mut hits, from, Hit { start, end, named: form.named, doubtful: form.doubtful, tags });
                    }
                }
            }
            if hits.len() == from && tokens.list[start].capital && !self.by_plain.is_empty() {
                for stem in stems {
                    for form in self.by_plain.get(plain(&stem.form).as_str()).into_iter().flatten() {
                        let end = start + usize::from(form.words);
                        let rest = || (start + 1..end).map(|at| plain(tokens.folded(at))).collect::<Vec<_>>().join(" ");
                        if end <= tokens.len() && (form.words == 1 || rest() == *form.rest) {
                            push(
                                &mut hits,
                                from,
                                Hit { start, end, named: form.named, doubtful: form.doubtful, tags: stem.tags },
                            );
                        }
                    }
                }
            }
            if hits.len() == from && self.ending > 0 && (!cased || tokens.list[start].capital) {
                self.find_changed(reading, start, &mut hits);
            }
            hits[from..].sort_by_key(|h| usize::MAX - h.end);
        }
        hits
    }

    /// Where a form ends whose first word stands at `start`, and the tags of its last word.
    fn matches(&self, form: &Form, reading: &Reading<'_>, start: usize) -> Option<(usize, u32)> {
        let tokens = &reading.tokens;
        let end = start + usize::from(form.words);
        if form.words == 1 {
            return Some((end, 0));
        }
        if end > tokens.len() {
            return None;
        }
        let mut at = start + 1;
        let mut words = form.rest.split(' ').peekable();
        let mut tags = 0;
        while let Some(word) = words.next() {
            if tokens.list[at].breaks {
                return None;
            }
            let folded = tokens.folded(at);
            if folded != word {
                if words.peek().is_some() && !self.changed(word, folded) {
                    return None;
                }
                let stem = reading.stems(at).iter().find(|s| s.form == word);
                match stem {
                    Some(stem) => tags |= stem.tags,
                    None if self.changed(word, folded) => {}
                    None => return None,
                }
            }
            at += 1;
        }
        Some((end, tags))
    }

    /// Whether `folded` is `word` with a short ending changed.
    fn changed(&self, word: &str, folded: &str) -> bool {
        if self.ending == 0 {
            return false;
        }
        let shared = word.chars().zip(folded.chars()).take_while(|(a, b)| a == b).count();
        let (a, b) = (word.chars().count(), folded.chars().count());
        shared >= BEGINNING && a - shared <= self.ending && b - shared <= self.ending + 1
    }

    fn find_changed(&self, reading: &Reading<'_>, start: usize, hits: &mut Vec<Hit>) {
        let folded = reading.tokens.folded(start);
        let Some((end, _)) = folded.char_indices().nth(BEGINNING) else { return };
        let Some(list) = self.by_beginning.get(&folded[..end]) else { return };
        let shared = |word: &str| word.chars().zip(folded.chars()).take_while(|(a, b)| a == b).count();
        // States are few and their names well known; a town's or person's name loses a last vowel at most.
        let kept = |word: &str| {
            let lost: Vec<char> = word.chars().skip(shared(word)).collect();
            let gained = folded.chars().count() - shared(word);
            gained <= 2 && (lost.is_empty() || lost.len() == 1 && vowel(lost[0]))
        };
        let list: Vec<&(Box<str>, Named)> = list
            .iter()
            .filter(|(word, named)| !matches!(named, Named::City(_) | Named::Person(_)) || kept(word))
            .collect();
        let best = list.iter().filter(|(word, _)| self.changed(word, folded)).max_by_key(|(word, _)| shared(word));
        if let Some((word, _)) = best {
            let most = shared(word);
            for (word, named) in &list {
                if shared(word) == most && self.changed(word, folded) {
                    hits.push(Hit { start, end: start + 1, named: *named, doubtful: false, tags: 0 });
                }
            }
        }
    }
}

/// Whether a letter sounds as a vowel, or only softens the one before it.
fn vowel(letter: char) -> bool {
    let latin = any_ascii::any_ascii_char(letter);
    latin.is_empty() || latin.starts_with(['a', 'e', 'i', 'o', 'u', 'y', '\''])
}

fn push(hits: &mut Vec<Hit>, from: usize, hit: Hit) {
    match hits[from..].iter_mut().find(|h| h.end == hit.end && h.named == hit.named) {
        Some(same) => same.tags |= hit.tags,
        None => hits.push(hit),
    }
}
