//! `headlines.toml`: how an event is told in a language.

use std::{collections::BTreeMap, ops::Range};

use serde::Deserialize;
use toml::Spanned;

use super::{PackError, PackSource, Slots, Template};

/// The slots of a headline.
const SLOTS: [&str; 3] = ["actors", "recipients", "place"];
/// The slots of an office's form.
const OFFICE_SLOTS: [&str; 2] = ["country", "nation"];

/// Templates by type, and the words that join what they hold.
#[derive(Clone, Debug, Default)]
pub struct Headlines {
    /// Before the last of several parties.
    pub and: String,
    /// Between the others.
    pub list: String,
    /// By type and then by mode, status, or `default`, each with its line in the file.
    pub types: BTreeMap<String, BTreeMap<String, (usize, Template)>>,
    /// How an office is written, by its id or by `id:STATE`: the first form that can be filled, with `{country}` where
    /// the state stands and `{nation}` where its adjective does.
    pub offices: BTreeMap<String, (usize, Vec<Template>)>,
    /// How the holder of an office stands in a headline, with `{office}`: where a language wants an article.
    pub holder: Option<Template>,
    /// How a state or an organization is named.
    pub forms: BTreeMap<String, (usize, String)>,
    /// How it stands in a headline, where that is not its name: with an article, say.
    pub definite: BTreeMap<String, (usize, String)>,
    /// The states whose name is a plural by itself, and takes such verbs.
    pub plural: Vec<String>,
    /// The adjective of a state, from here or from `names.tsv`.
    pub nations: BTreeMap<String, String>,
    /// What becomes of two words that meet, in order.
    contract: Vec<(String, String)>,
    /// Capitals that are not those of Unicode's default.
    capitals: BTreeMap<char, String>,
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    and: String,
    list: String,
    holder: Option<Spanned<String>>,
    plural: Vec<String>,
    contract: Vec<(String, String)>,
    capitals: BTreeMap<char, String>,
    types: BTreeMap<String, BTreeMap<String, Spanned<String>>>,
    offices: BTreeMap<String, Spanned<OneOrMore>>,
    forms: BTreeMap<String, Spanned<String>>,
    definite: BTreeMap<String, Spanned<String>>,
    nations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Headlines {
    /// Reads a language's templates.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn load(code: &str, source: &PackSource) -> Result<Self, PackError> {
        let (file, lines) = source.toml::<File>(code, "headlines.toml")?;
        let line = |span: Range<usize>| lines.of(span.start);
        let template = |text: &str, slots: &[&str], span: Range<usize>| {
            Template::parse(text, slots).map_err(|m| PackError::new(code, "headlines.toml", line(span), m))
        };
        let mut types = BTreeMap::new();
        for (kind, templates) in file.types {
            let mut read = BTreeMap::new();
            for (key, text) in templates {
                read.insert(key, (line(text.span()), template(text.get_ref(), &SLOTS, text.span())?));
            }
            types.insert(kind, read);
        }
        let mut offices = BTreeMap::new();
        for (id, forms) in file.offices {
            let span = forms.span();
            let forms = match forms.into_inner() {
                OneOrMore::One(form) => vec![form],
                OneOrMore::More(forms) => forms,
            };
            let read: Result<_, _> = forms.iter().map(|f| template(f, &OFFICE_SLOTS, span.clone())).collect();
            offices.insert(id, (line(span), read?));
        }
        let holder = file.holder.map(|text| template(text.get_ref(), &["office"], text.span())).transpose()?;
        let told = |forms: BTreeMap<String, Spanned<String>>| {
            forms.into_iter().map(|(id, form)| (id, (line(form.span()), form.into_inner()))).collect()
        };
        let mut nations = adjectives(code, source);
        nations.extend(file.nations);
        Ok(Self {
            and: file.and,
            list: file.list,
            types,
            offices,
            holder,
            forms: told(file.forms),
            definite: told(file.definite),
            plural: file.plural,
            nations,
            contract: file.contract,
            capitals: file.capitals,
        })
    }

    /// Several names as one: "A, B and C".
    fn joined(&self, mut names: Vec<String>) -> String {
        let last = names.pop().unwrap_or_default();
        if names.is_empty() { last } else { names.join(&self.list) + &self.and + &last }
    }

    /// A template as a line, its first letter not yet a capital; `None` where a slot that it needs is empty.
    pub fn filled(&self, template: &Template, slots: &Slots<'_>, several: bool) -> Option<String> {
        template.fill(slots, several, |names| self.joined(names)).map(|line| self.contracted(&line))
    }

    /// A line whose words have met: "à le" is "au".
    fn contracted(&self, line: &str) -> String {
        // What begins a word is told by the space before it, at the line's beginning too.
        let mut line = format!(" {line}");
        for (apart, together) in &self.contract {
            if line.contains(apart.as_str()) {
                line = line.replace(apart.as_str(), together);
            }
        }
        line.trim().to_owned()
    }

    /// A line that begins with a capital, by the language's own rule.
    pub fn capitalised(&self, line: &str) -> String {
        let mut letters = line.chars();
        let Some(first) = letters.next() else { return String::new() };
        let capital = self.capitals.get(&first).cloned().unwrap_or_else(|| first.to_uppercase().collect());
        capital + letters.as_str()
    }
}

/// The adjective of each state: the first form that is no other word too.
fn adjectives(code: &str, source: &PackSource) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (_, columns) in source.table(code, "names.tsv") {
        if let [id, forms, "adjective"] = columns[..]
            && let Some(form) = forms.split('|').map(str::trim).find(|f| !f.is_empty() && !f.starts_with('?'))
        {
            found.entry(id.to_owned()).or_insert_with(|| form.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines(text: &str) -> Result<Headlines, PackError> {
        let folder = std::env::temp_dir().join(format!("tidings-headlines-{}-{}", std::process::id(), text.len()));
        let pack = folder.join("languages/tr");
        std::fs::create_dir_all(&pack).unwrap();
        std::fs::write(pack.join("headlines.toml"), text).unwrap();
        let source = PackSource::with_folder(folder.clone()).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        Headlines::load("tr", &source)
    }

    #[test]
    fn capitals_and_contractions_are_data() {
        let read = headlines("contract = [[\" à le \", \" au \"]]\n[capitals]\ni = \"İ\"\n").unwrap();
        assert_eq!(read.capitalised("istifa"), "İstifa");
        assert_eq!(read.capitalised("ılık"), "Ilık");
        assert_eq!(read.capitalised("رئيس"), "رئيس");
        assert_eq!(read.contracted("réponse à le président"), "réponse au président");
    }

    #[test]
    fn a_broken_template_is_told_with_its_line() {
        let error = headlines("and = \" \"\n[types.AID]\ndefault = \"{actor} helped\"\n").unwrap_err();
        assert_eq!((error.line, error.file.as_str()), (3, "languages/tr/headlines.toml"));
        assert!(error.message.contains("{actor}"), "{}", error.message);
    }
}
