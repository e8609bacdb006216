//! `bylines.toml` and `asides.toml`: what single lines of a page are.

use serde::Deserialize;
use toml::Spanned;

use super::{
    Language, PackError, PackSource,
    entries::{RuleFile, entries},
    source::UNDETERMINED,
};
use crate::{
    language::{
        Affixes, Fold, Heads, Lexicon, Reading, Rules, Tokens,
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BylineRule {
    /// What it names.
    pub kind: BylineKind,
    /// Whether a stroke parts several credits.
    #[serde(default)]
    pub chain: bool,
    /// Whether the line is no part of the body; decided by the pattern where the rule says nothing.
    pub set_aside: Option<bool>,
    /// Where it may stand.
    #[serde(default)]
    pub zone: Zone,
    /// Lines and what is captured there.
    #[serde(default)]
    pub yes: Vec<(String, String)>,
    /// Lines in which it finds nothing.
    #[serde(default)]
    pub no: Vec<String>,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// The line in `bylines.toml`.
    #[serde(skip)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsideRule {
    /// Why the line is set aside.
    pub why: Why,
    /// How much it covers.
    #[serde(default)]
    pub scope: AsideScope,
    /// Lines that it sets aside.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Lines that it leaves.
    #[serde(default)]
    pub no: Vec<String>,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// The line in `asides.toml`.
    #[serde(skip)]
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
    /// How they begin.
    heads: Heads,
    /// Patterns of bylines.
    pub byline_rules: Rules,
    /// The bylines.
    pub bylines: Vec<BylineRule>,
    /// Patterns of asides.
    pub aside_rules: Rules,
    /// The asides.
    pub asides: Vec<AsideRule>,
    /// Words and marks that part those who signed together, as tokens.
    pub joins: Rules,
    /// What stands beside a name and is none: a post, a place, an outlet.
    pub roles: Rules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File<E> {
    sets: toml::Table,
    #[serde(rename = "and")]
    joins: Vec<String>,
    roles: Vec<String>,
    rule: Vec<Spanned<E>>,
}

// Derived, it would ask the entries for a default.
impl<E> Default for File<E> {
    fn default() -> Self {
        Self { sets: toml::Table::new(), joins: Vec::new(), roles: Vec::new(), rule: Vec::new() }
    }
}

entries!(BylineRule, AsideRule);

impl Lines {
    /// Reads the two files of a language.
    ///
    /// # Errors
    /// The first file and line that cannot be read.
    pub fn load(code: &str, source: &PackSource) -> Result<Self, PackError> {
        Self::of(&Language::read(code, source)?, code, source)
    }

    /// What holds in any language, for those without a pack of their own: `world/bylines.toml`.
    ///
    /// # Errors
    /// Its first line that cannot be read.
    pub fn of_any(source: &PackSource) -> Result<Self, PackError> {
        let fold = vec![Fold::Case, Fold::Arabic];
        Self::of(&Language { fold, breaks: "character".into(), ..Language::default() }, UNDETERMINED, source)
    }

    fn of(language: &Language, code: &str, source: &PackSource) -> Result<Self, PackError> {
        let (cutting, affixes) = (language.cutting(), language.affixes());
        let mut lines = Self { code: code.to_owned(), ..Self::default() };
        let mut lexicon = Lexicon::default();
        let mut parser = Parser { cutting: &cutting, affixes: &affixes, lexicon: &mut lexicon, sets: Sets::default() };
        language.add_sets(code, &mut parser)?;
        let common = parser.sets.clone();

        let (file, mut reader) = RuleFile::open::<File<BylineRule>>(code, "bylines.toml", source, &mut parser)?;
        reader.sets(&file.sets)?;
        reader.patterns(&file.joins, &mut lines.joins)?;
        reader.patterns(&file.roles, &mut lines.roles)?;
        reader.entries(file.rule, &mut lines.byline_rules, &mut lines.bylines)?;

        parser.sets = common;
        let (file, mut reader) = RuleFile::open::<File<AsideRule>>(code, "asides.toml", source, &mut parser)?;
        reader.sets(&file.sets)?;
        reader.entries(file.rule, &mut lines.aside_rules, &mut lines.asides)?;
        lines.cutting = cutting;
        lines.heads = lexicon.heads(&affixes);
        lines.affixes = affixes;
        lines.lexicon = lexicon;
        Ok(lines)
    }

    /// A line as this language's patterns see it. Whoever calls this annotates dates and places, where patterns ask for them.
    pub fn reading<'t>(&self, line: &'t str) -> Reading<'t> {
        Reading::new(Tokens::new(line, &self.cutting), &self.lexicon, &self.affixes)
    }

    /// As [`reading`](Self::reading), for who asks nothing but these patterns.
    pub(crate) fn quick_reading<'t>(&self, line: &'t str) -> Reading<'t> {
        Reading::sparse(Tokens::new(line, &self.cutting), &self.lexicon, &self.affixes, &self.heads)
    }
}
