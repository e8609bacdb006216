//! Who prints and who is credited: agencies and outlets, by host and by name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::tables::forms_of_all;
use crate::{
    language::{Annotation, Class, Reading, is_letter, pack::rows, plain, unspaced},
    model::Country,
};

/// An agency or an outlet.
#[derive(Clone, Debug)]
pub struct Outlet {
    /// Its id.
    pub id: String,
    /// Whether others print its reports.
    pub agency: bool,
    /// Where its newsroom sits.
    pub country: Option<Country>,
}

/// An outlet's name in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutletNamed {
    /// The first byte.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// The outlet's number.
    pub outlet: u32,
}

/// The table of outlets, ready to be looked up.
#[derive(Debug, Default)]
pub struct Outlets {
    list: Vec<Outlet>,
    hosts: FxHashMap<String, u32>,
    /// Names by their first word, folded; those of unspaced scripts by their first letter.
    names: FxHashMap<String, Vec<Form>>,
    /// The letters that names begin with, small or capital as they may stand in a text: nearly all words of prose begin otherwise.
    firsts: FxHashSet<char>,
}

#[derive(Debug)]
struct Form {
    written: String,
    /// The words after the first, folded.
    rest: Vec<String>,
    /// Marks behind the last word without which it is another word: "Vietnam+".
    mark: String,
    outlet: u32,
}

impl Outlets {
    /// Reads `world/outlets.tsv`.
    pub(super) fn read(text: &str) -> Self {
        let mut outlets = Self::default();
        for (_, columns) in rows(text) {
            let [id, kind, country, hosts, names] = columns[..] else { continue };
            let number = outlets.list.len() as u32;
            let agency = kind == "agency";
            outlets.list.push(Outlet { id: id.to_owned(), agency, country: Country::new(country) });
            for host in hosts.split(';') {
                outlets.hosts.insert(host.to_owned(), number);
            }
            for written in forms_of_all(names) {
                outlets.add(written, number);
            }
        }
        // The longest first: the one that knows most of a line.
        outlets.names.values_mut().for_each(|forms| forms.sort_by_key(|form| usize::MAX - form.written.len()));
        outlets
    }

    fn add(&mut self, written: &str, outlet: u32) {
        let end = words(written).last().map_or(0, |(_, end)| end);
        let mark = written[end..].chars().take_while(|c| !joins(*c) && !matches!(c, ')' | ']')).collect();
        let mut words = words(written).map(|(start, end)| &written[start..end]);
        let Some(first) = words.next() else { return };
        let key = match first.chars().next() {
            Some(c) if unspaced(c) => c.to_string(),
            _ => plain(first),
        };
        let rest = words.map(plain).collect();
        self.firsts.extend(first.chars().next());
        self.firsts.extend(first.chars().next().into_iter().flat_map(char::to_uppercase));
        self.names.entry(key).or_default().push(Form { written: written.to_owned(), rest, mark, outlet });
    }

    /// One outlet by its number.
    pub fn get(&self, number: u32) -> &Outlet {
        &self.list[number as usize]
    }

    /// The outlet that a host belongs to: `vi.example.com` where the table has `example.com`.
    ///
    /// ```
    /// let knowledge = tidings::Knowledge::embedded();
    /// let outlets = knowledge.world().outlets();
    /// assert_eq!(outlets.of_host("www.reuters.com").unwrap().id, "reuters");
    /// assert_eq!(outlets.named("وكالة الأناضول").unwrap().id, "anadolu");
    /// assert!(outlets.named("Map of the talks").is_none());
    /// ```
    pub fn of_host(&self, host: &str) -> Option<&Outlet> {
        let host = host.to_ascii_lowercase();
        let mut rest = host.trim_end_matches('.');
        loop {
            if let Some(number) = self.hosts.get(rest) {
                return Some(self.get(*number));
            }
            rest = rest.split_once('.').filter(|(_, rest)| rest.contains('.'))?.1;
        }
    }

    /// The outlet that has this name or, as records call publishers, this host.
    pub fn named(&self, name: &str) -> Option<&Outlet> {
        if name.contains('.')
            && !name.contains(' ')
            && let Some(outlet) = self.of_host(name)
        {
            return Some(outlet);
        }
        let letters = |text: &str| text.chars().any(char::is_alphanumeric);
        let found = self.find(name);
        let whole = found.first().filter(|f| !letters(&name[..f.start]) && !letters(&name[f.end..]))?;
        Some(self.get(whole.outlet))
    }

    /// The names in a line, from the left the longest. Whether they credit anybody is for the line to say.
    pub fn find(&self, line: &str) -> Vec<OutletNamed> {
        let mut found: Vec<OutletNamed> = Vec::new();
        let words: Vec<(usize, usize)> = words(line).collect();
        let mut at = 0;
        while at < words.len() {
            let (start, end) = words[at];
            if !line[start..].starts_with(|c| self.firsts.contains(&c)) {
                at += 1;
                continue;
            }
            let named = if line[start..].starts_with(unspaced) {
                self.unspaced(line, start)
            } else {
                self.names.get(&plain(&line[start..end])).into_iter().flatten().find_map(|form| {
                    let last = words.get(at + form.rest.len())?;
                    let mut pairs = words[at..].windows(2).zip(&form.rest);
                    let fits = pairs.all(|(pair, wanted)| {
                        let gap = &line[pair[0].1..pair[1].0];
                        gap.chars().all(joins) && gap.len() <= 4 && plain(&line[pair[1].0..pair[1].1]) == *wanted
                    });
                    let end = last.1 + form.mark.len();
                    let fits = fits
                        && line[last.1..].starts_with(form.mark.as_str())
                        && cased_alike(&form.written, &line[start..end]);
                    fits.then_some(OutletNamed { start, end, outlet: form.outlet })
                })
            };
            let Some(named) = named else {
                at += 1;
                continue;
            };
            found.push(named);
            at += words[at..].iter().take_while(|(start, _)| *start < named.end).count();
        }
        found
    }

    /// Tells a reading of the line where the names in it stand; `payload` is the place in the list.
    pub fn annotate(&self, reading: &mut Reading<'_>, found: &[OutletNamed]) {
        for (number, named) in (0..).zip(found) {
            let start = reading.tokens.at_byte(named.start as u32);
            let end = reading.tokens.at_byte(named.end as u32);
            // A name in the middle of a word is none.
            if start >= end || reading.tokens.list[start].span.start as usize != named.start {
                continue;
            }
            let agency = self.get(named.outlet).agency;
            for class in [Some(Class::Outlet), agency.then_some(Class::Wire)].into_iter().flatten() {
                reading.annotate(Annotation { class, start, end, payload: number, tags: 0 });
            }
        }
    }

    /// A name at this place in a script that sets no spaces between words.
    fn unspaced(&self, line: &str, start: usize) -> Option<OutletNamed> {
        let rest = &line[start..];
        let first = rest.chars().next()?.to_string();
        let form = self.names.get(&first)?.iter().find(|form| rest.starts_with(form.written.as_str()))?;
        Some(OutletNamed { start, end: start + form.written.len(), outlet: form.outlet })
    }
}

/// Whether capitals stand as a name has them. A short one must be written as the table has it, or the language's
/// own words would be taken for it.
fn cased_alike(form: &str, written: &str) -> bool {
    const SHORT: usize = 4;
    let cased = |c: char| c.is_uppercase() || c.is_lowercase();
    let capital = |text: &str| text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    form == written
        || !form.contains(cased)
        || written.chars().all(|c| !c.is_lowercase())
        || form.chars().count() > SHORT && capital(form) == capital(written)
}

/// What may stand between two words of one name.
fn joins(c: char) -> bool {
    matches!(
        c,
        ' ' | '.' | '-' | '\'' | '\u{2019}' | '&' | '"' | '\u{A0}' | '\u{AB}' | '\u{BB}' | '\u{2010}' | '\u{2011}'
    )
}

fn alphanumeric(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// Runs of letters and digits, by bytes; each letter of an unspaced script is one.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let within = |c: char| {
        alphanumeric(c)
            || !c.is_ascii()
                && (unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}'))
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(alphanumeric)?;
        let first = text[start..].chars().next()?;
        let end = if unspaced(first) {
            start + first.len_utf8()
        } else {
            text[start..].find(|c| !within(c) || unspaced(c)).map_or(text.len(), |end| start + end)
        };
        at = end;
        Some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use crate::Knowledge;

    #[test]
    fn names_are_found_in_all_languages() {
        let knowledge = Knowledge::embedded();
        let outlets = knowledge.world().outlets();
        for (line, wanted) in [
            ("CAIRO (Reuters) - The army said", "reuters"),
            ("وكالات / (أ ف ب)", "afp"),
            ("新华社北京11月14日电", "xinhua"),
            ("Nguyễn Tùng (TTXVN)", "vna"),
            ("(Vietnam+)", "vna"),
            ("MADRID (EUROPA PRESS) -", "europa-press"),
            ("ANKARA (AA) -", "anadolu"),
            ("Источник: ТАСС", "tass"),
            ("L'ORIENT-LE JOUR", "lorientlejour"),
            ("मॉस्को, पीटीआई।", "pti"),
            ("خبرگزاری تسنیم", "tasnim"),
        ] {
            let found: Vec<&str> = outlets.find(line).iter().map(|f| outlets.get(f.outlet).id.as_str()).collect();
            assert_eq!(found, [wanted], "{line}");
        }
        let two: Vec<&str> = outlets.find("AFP/dpa").iter().map(|f| outlets.get(f.outlet).id.as_str()).collect();
        assert_eq!(two, ["afp", "dpa"]);
        for line in ["aa bb", "Vietnam and China", "the map of the spa", "Map", "He read it in the mirror", "reuter"] {
            assert_eq!(outlets.find(line), [], "{line}");
        }
    }

    #[test]
    fn hosts_belong_to_outlets() {
        let knowledge = Knowledge::embedded();
        let outlets = knowledge.world().outlets();
        let host = |host: &str| outlets.of_host(host).map(|o| o.id.clone());
        assert_eq!(host("arabic.rt.com").as_deref(), Some("rt"));
        assert_eq!(host("www.baotintuc.vn").as_deref(), Some("vna"));
        assert_eq!(host("com"), None);
        assert_eq!(host("example.org"), None);
        assert_eq!(outlets.named("reuters.com").map(|o| o.id.as_str()), Some("reuters"));
        assert_eq!(outlets.named("(Reuters)").map(|o| o.id.as_str()), Some("reuters"));
        assert!(outlets.named("Reuters photographer").is_none());
    }
}
