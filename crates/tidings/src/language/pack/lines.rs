//! `bylines.toml` and `asides.toml`: what single lines of a page are.

use serde::Deserialize;
use toml::Spanned;

use super::{Language, PackError, PackSource};
use crate::{
    language::{
        Affixes, Lexicon, Reading, Rules, Tokens,
        pattern::{Parser, Sets},
        token::Cutting,
    },
    model::Why,
};

/// What a byline names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BylineKind {
    /// Who wrote it.
    Author,
    /// A source of the text.
    Credit,
    /// Who printed it.
    Publisher,
    /// Place, date and agency before the first sentence.
    Dateline,
    /// When it was first published.
    Published,
    /// When it was last changed.
    Updated,
}

/// Where a line may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// Before the body and in its first two lines.
    Head,
    /// In the last eight lines.
    Tail,
    /// Anywhere.
    #[default]
    Any,
}

/// A rule of `bylines.toml`.
#[derive(Clone, Debug)]
pub struct BylineRule {
    /// What it names.
    pub kind: BylineKind,
    /// Whether a stroke parts several credits.
    pub chain: bool,
    /// Whether the line is no part of the body; decided by the pattern where the rule says nothing.
    pub set_aside: Option<bool>,
    /// Where it may stand.
    pub zone: Zone,
    /// Lines and what is captured there.
    pub yes: Vec<(String, String)>,
    /// Lines in which it finds nothing.
    pub no: Vec<String>,
    /// The line in `bylines.toml`.
    pub line: usize,
}

/// How much an aside covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AsideScope {
    /// The line.
    #[default]
    Line,
    /// The line and the next.
    Next,
    /// The line and all that follows.
    Rest,
    /// The line; what follows is another article.
    Article,
}

/// A rule of `asides.toml`.
#[derive(Clone, Debug)]
pub struct AsideRule {
    /// Why the line is set aside.
    pub why: Why,
    /// How much it covers.
    pub scope: AsideScope,
    /// Lines that it sets aside.
    pub yes: Vec<String>,
    /// Lines that it leaves.
    pub no: Vec<String>,
    /// The line in `asides.toml`.
    pub line: usize,
}

/// What a language says of single lines. It is read apart from the rest of a pack, since every page is held
/// against the lines of all languages: sites put English comment forms under Arabic articles.
#[derive(Debug, Default)]
pub struct Lines {
    /// BCP 47.
    pub code: String,
    /// How lines are cut.
    pub cutting: Cutting,
    /// Clitics and endings.
    pub affixes: Affixes,
    /// The words of the patterns.
    pub lexicon: Lexicon,
    /// Patterns of bylines.
    pub byline_rules: Rules,
    /// The bylines.
    pub bylines: Vec<BylineRule>,
    /// Patterns of asides.
    pub aside_rules: Rules,
    /// The asides.
    pub asides: Vec<AsideRule>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct BylineFile {
    sets: toml::Table,
    rule: Vec<Spanned<BylineEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BylineEntry {
    kind: BylineKind,
    patterns: Vec<String>,
    #[serde(default)]
    chain: bool,
    set_aside: Option<bool>,
    #[serde(default)]
    zone: Zone,
    #[serde(default)]
    yes: Vec<(String, String)>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AsideFile {
    sets: toml::Table,
    rule: Vec<Spanned<AsideEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AsideEntry {
    why: Why,
    #[serde(default)]
    scope: AsideScope,
    patterns: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

impl Lines {
    /// Reads the two files of a language.
    ///
    /// # Errors
    /// The first file and line that cannot be read.
    pub fn load(code: &str, source: &PackSource) -> Result<Self, PackError> {
        let language = Language::read(code, source)?;
        let (cutting, affixes) = (language.cutting(), language.affixes());
        let mut lines = Self { code: code.to_owned(), ..Self::default() };
        let mut lexicon = Lexicon::default();
        let mut parser = Parser { cutting: &cutting, affixes: &affixes, lexicon: &mut lexicon, sets: Sets::default() };
        language.add_sets(code, &mut parser)?;
        let common = parser.sets.clone();

        let (file, at) = source.toml::<BylineFile>(code, "bylines.toml")?;
        let fail = |line: usize, message: String| PackError::new(code, "bylines.toml", line, message);
        for (name, entries) in &super::ordered_sets(&file.sets).map_err(|m| fail(0, m))? {
            parser.set(name, entries).map_err(|e| fail(0, format!("set `{name}`: {e}")))?;
        }
        for entry in file.rule {
            let line = at.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                lines.byline_rules.add(nodes, lines.bylines.len());
            }
            lines.bylines.push(BylineRule {
                kind: entry.kind,
                chain: entry.chain,
                set_aside: entry.set_aside,
                zone: entry.zone,
                yes: entry.yes,
                no: entry.no,
                line,
            });
        }

        parser.sets = common;
        let (file, at) = source.toml::<AsideFile>(code, "asides.toml")?;
        let fail = |line: usize, message: String| PackError::new(code, "asides.toml", line, message);
        for (name, entries) in &super::ordered_sets(&file.sets).map_err(|m| fail(0, m))? {
            parser.set(name, entries).map_err(|e| fail(0, format!("set `{name}`: {e}")))?;
        }
        for entry in file.rule {
            let line = at.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                lines.aside_rules.add(nodes, lines.asides.len());
            }
            lines.asides.push(AsideRule { why: entry.why, scope: entry.scope, yes: entry.yes, no: entry.no, line });
        }
        lines.cutting = cutting;
        lines.affixes = affixes;
        lines.lexicon = lexicon;
        Ok(lines)
    }

    /// A line as this language's patterns see it. Whoever calls this annotates dates and places, where patterns ask for them.
    pub fn reading<'t>(&self, line: &'t str) -> Reading<'t> {
        Reading::new(Tokens::new(line, &self.cutting), &self.lexicon, &self.affixes)
    }
}
