//! Holds a language pack against its own examples.
//!
//! Every rule carries `yes` and `no` examples, and `tests/` of a pack holds cases by many; this runs them all and
//! says which fail, by file and line, so that whoever writes a pack has an answer at once.

mod headlines;
mod ids;
mod rules;

pub use ids::{pack_ids, world_ids};

use std::{fmt, fs, path::Path};

use serde::Deserialize;
use toml::Spanned;

use crate::{
    Knowledge,
    language::{Pack, PackError, Tokens, pack::Lines, sentences},
    model::{Article, DateSource, EventType, Published, Report, Status},
    stages::interpret::interpret,
};

/// How one example or case came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The file, from the pack's folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What went wrong; `None` where nothing did.
    pub fault: Option<String>,
    /// Whether the case is listed as one that the engine still fails.
    pub known_gap: bool,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.fault.as_deref().unwrap_or("holds"))
    }
}

/// Runs the examples of a pack's rules.
///
/// # Errors
/// The first file and line of the pack that cannot be read.
pub fn examples(code: &str, knowledge: &Knowledge) -> Result<Vec<Outcome>, PackError> {
    let pack = knowledge.pack(code)?;
    let lines = Lines::load(code, knowledge.source())?;
    let mut checker = rules::Checker { code, knowledge, pack: &pack, outcomes: Vec::new() };
    checker.dates();
    checker.events();
    checker.lines(&lines);
    checker.outcomes.extend(headlines::templates(code, knowledge)?);
    Ok(checker.outcomes)
}

/// Runs the examples of what lines say in any language.
///
/// # Errors
/// The first line of `world/bylines.toml` that cannot be read.
pub fn any_lines(knowledge: &Knowledge) -> Result<Vec<Outcome>, PackError> {
    let lines = Lines::of_any(knowledge.source())?;
    let pack = knowledge.pack(&lines.code)?;
    let mut checker = rules::Checker { code: &lines.code, knowledge, pack: &pack, outcomes: Vec::new() };
    checker.lines(&lines);
    Ok(checker.outcomes)
}

/// Runs the cases in a folder of a pack's tests.
///
/// # Errors
/// A file that cannot be read, with its line.
pub fn cases(code: &str, folder: &Path, knowledge: &Knowledge) -> Result<Vec<Outcome>, PackError> {
    let pack = knowledge.pack(code)?;
    let mut outcomes = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(outcomes) };
    let mut paths: Vec<_> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    for path in paths {
        let name = format!("tests/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let text = fs::read_to_string(&path).map_err(|e| PackError::new(code, &name, 0, e.to_string()))?;
        let line_of = |byte: usize| text[..byte].matches('\n').count() + 1;
        let file: CaseFile = toml::from_str(&text).map_err(|e| {
            PackError::new(code, &name, e.span().map_or(0, |s| line_of(s.start)), e.message().to_owned())
        })?;
        for case in file.case {
            let line = line_of(case.span().start);
            let case = case.into_inner();
            outcomes.push(Outcome {
                file: name.clone(),
                line,
                fault: case.run(code, &pack, knowledge),
                known_gap: case.known_gap,
            });
        }
    }
    Ok(outcomes)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(default)]
    case: Vec<Spanned<Case>>,
}

/// One case of a pack's tests.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    title: Option<String>,
    published: Option<String>,
    times: Option<Vec<String>>,
    actors: Option<Vec<ActorCase>>,
    claims: Option<Vec<ClaimCase>>,
    sentences: Option<Vec<String>>,
    lines: Option<Vec<(String, String)>>,
    quantities: Option<Vec<(String, f64)>>,
    places: Option<Vec<String>>,
    #[serde(default)]
    known_gap: bool,
    #[allow(dead_code)] // For the reader of the file.
    note: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorCase {
    name: Option<String>,
    original: Option<String>,
    country: Option<String>,
    office: Option<String>,
    rank: Option<String>,
    sector: Option<String>,
    organization: Option<String>,
    former: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimCase {
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<String>,
    status: Option<Status>,
    actors: Option<Vec<String>>,
    recipients: Option<Vec<String>>,
    contexts: Option<Vec<String>>,
}

impl Case {
    fn run(&self, code: &str, pack: &Pack, knowledge: &Knowledge) -> Option<String> {
        let article = Article {
            id: "case".into(),
            part: 1,
            title: self.title.clone(),
            text: self.text.clone(),
            language: Some(code.to_owned()),
            published: self.published.as_ref().map(|p| Published { value: p.clone(), from: DateSource::Input }),
            ..Article::default()
        };
        if let Some(wanted) = &self.sentences {
            let tokens = Tokens::new(&self.text, &pack.cutting);
            let found: Vec<&str> = sentences(&tokens, pack).into_iter().map(|(_, _, s)| s.of(&self.text)).collect();
            return (found != *wanted).then(|| format!("sentences are {found:?}"));
        }
        if let Some(wanted) = &self.lines {
            return Self::check_lines(wanted, code, knowledge);
        }
        let report = interpret(article, knowledge);
        self.check_times(&report)
            .or_else(|| self.check_actors(&report))
            .or_else(|| self.check_claims(&report))
            .or_else(|| self.check_rest(&report))
    }

    fn check_times(&self, report: &Report) -> Option<String> {
        let wanted = self.times.as_ref()?;
        let found: Vec<&str> = report.times.iter().map(|t| t.value.as_str()).collect();
        (found != *wanted).then(|| format!("times are {found:?}, not {wanted:?} in `{}`", self.text))
    }

    fn check_actors(&self, report: &Report) -> Option<String> {
        let mut at = 0;
        for wanted in self.actors.as_ref()? {
            let fits = |a: &crate::model::Actor| {
                let same = |want: &Option<String>, have: Option<String>| {
                    want.as_ref().is_none_or(|w| have.as_ref() == Some(w))
                };
                same(&wanted.name, a.name.clone())
                    && same(&wanted.original, a.original.clone())
                    && same(&wanted.country, a.country.map(|c| c.to_string()))
                    && same(&wanted.office, a.office.clone())
                    && same(&wanted.rank, a.rank.clone())
                    && same(&wanted.sector, a.sector.map(|c| c.to_string()))
                    && same(&wanted.organization, a.organization.clone())
                    && wanted.former.is_none_or(|f| f == a.former)
            };
            match report.actors[at..].iter().position(fits) {
                Some(found) => at += found + 1,
                None => {
                    let found: Vec<String> = report
                        .actors
                        .iter()
                        .map(|a| format!("{:?} {:?} {:?} {:?}", a.name, a.country, a.office, a.rank))
                        .collect();
                    return Some(format!("no actor {wanted:?} among {found:#?} in `{}`", self.text));
                }
            }
        }
        None
    }

    fn check_claims(&self, report: &Report) -> Option<String> {
        let wanted = self.claims.as_ref()?;
        let typed: Vec<_> = report.claims.iter().filter(|c| c.kind.is_some()).collect();
        if wanted.is_empty() {
            return (!typed.is_empty()).then(|| format!("found {:?} in `{}`", told(report), self.text));
        }
        for want in wanted {
            let fits = typed.iter().any(|c| {
                c.kind == Some(want.kind)
                    && want.mode.as_ref().is_none_or(|m| c.modes.contains(m))
                    && want.status.is_none_or(|s| s == c.status)
                    && want.actors.as_ref().is_none_or(|a| same_set(a, &countries(report, &c.actors)))
                    && want.recipients.as_ref().is_none_or(|a| same_set(a, &countries(report, &c.recipients)))
                    && want.contexts.as_ref().is_none_or(|w| w.iter().all(|w| c.contexts.contains(w)))
            });
            if !fits {
                return Some(format!("no {want:?} among {:#?} in `{}`", told(report), self.text));
            }
        }
        None
    }

    fn check_rest(&self, report: &Report) -> Option<String> {
        if let Some(wanted) = &self.quantities {
            for (what, value) in wanted {
                if !report.quantities.iter().any(|q| q.what == *what && (q.value - value).abs() < 0.001) {
                    return Some(format!("no {value} {what} among {:?}", report.quantities));
                }
            }
        }
        if let Some(wanted) = &self.places {
            for name in wanted {
                if !report.places.iter().any(|p| p.name == *name) {
                    return Some(format!("no place {name} among {:?}", report.places));
                }
            }
        }
        None
    }

    /// Each line alone against the rules for single lines.
    fn check_lines(wanted: &[(String, String)], code: &str, knowledge: &Knowledge) -> Option<String> {
        let lines = knowledge.lines().iter().find(|l| l.code == code)?;
        for (what, text) in wanted {
            let found = kinds(lines, text, knowledge);
            let fits = if what == "body" { found.iter().all(|k| k == "dateline") } else { found.contains(what) };
            if !fits {
                return Some(format!("`{text}` is {found:?}, not {what}"));
            }
        }
        None
    }
}

/// The typed claims of a report, in words for whoever reads a fault.
fn told(report: &Report) -> Vec<String> {
    let typed = report.claims.iter().filter(|c| c.kind.is_some());
    typed
        .map(|c| {
            let (actors, recipients) = (countries(report, &c.actors), countries(report, &c.recipients));
            let kind = c.kind.map(EventType::name).unwrap_or_default();
            format!("{kind} {:?} {:?} {actors:?} -> {recipients:?} by {}", c.modes, c.status, c.rule)
        })
        .collect()
}

fn countries(report: &Report, actors: &[usize]) -> Vec<String> {
    let mut codes: Vec<String> =
        actors.iter().filter_map(|a| report.actors[*a].country).map(|c| c.to_string()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn same_set(wanted: &[String], found: &[String]) -> bool {
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup();
    wanted == found
}

/// What the rules for single lines say of a line.
fn kinds(lines: &Lines, text: &str, knowledge: &Knowledge) -> Vec<String> {
    let mut reading = lines.reading(text);
    crate::stages::interpret::annotate_line(&mut reading, &lines.code, knowledge);
    let to = reading.tokens.len();
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut found: Vec<String> = reading
        .matches(&lines.aside_rules, 0, to)
        .iter()
        .map(|f| name(serde_json::json!(lines.asides[f.rule].why)))
        .collect();
    found.extend(
        reading
            .matches(&lines.byline_rules, 0, to)
            .iter()
            .map(|f| format!("{:?}", lines.bylines[f.rule].kind).to_lowercase()),
    );
    found
}
