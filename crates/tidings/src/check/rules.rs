//! The `yes` and `no` examples beside the rules of a pack.
//!
//! Each is run as a text by itself, through all that a document goes through. Cases by many, in files of their own, are
//! run by [`cases`](super::cases); ids that name nothing are found by [`ids`](super::ids).

use jiff::civil::Date;

use super::{Outcome, countries, same_set, told};
use crate::{
    Knowledge,
    language::{
        Pack, Reading, Tokens,
        pack::{Example, Lines},
    },
    model::{Article, DateSource, Published, Report, Where},
    stages::interpret::{Anchor, annotate_line, annotate_numbers, contexts_of, interpret, spoken, times_of, triggered},
};

/// The day that examples with relative dates count from: a Friday.
const PUBLISHED: Date = Date::constant(2024, 11, 15);

/// Runs the examples of one pack.
pub(super) struct Checker<'a> {
    pub code: &'a str,
    pub knowledge: &'a Knowledge,
    pub pack: &'a Pack,
    /// How each came out so far.
    pub outcomes: Vec<Outcome>,
}

impl Checker<'_> {
    fn tell(&mut self, file: &str, line: usize, fault: Option<String>) {
        self.outcomes.push(Outcome { file: file.to_owned(), line, fault, known_gap: false });
    }

    fn report(&self, text: &str) -> Report {
        interpret(
            Article {
                id: "example".into(),
                part: 1,
                text: text.to_owned(),
                language: Some(self.code.to_owned()),
                published: Some(Published { value: PUBLISHED.to_string(), from: DateSource::Input }),
                ..Article::default()
            },
            self.knowledge,
        )
    }

    /// Those of `dates.toml`.
    pub fn dates(&mut self) {
        for (number, rule) in self.pack.dates.entries.iter().enumerate().filter(|(_, r)| r.line > 0) {
            for (text, value) in &rule.yes {
                let mut anchor = Anchor { published: Some(PUBLISHED), previous: None };
                let found: Vec<String> =
                    times_of(text, Where::Body, self.pack, &mut anchor).into_iter().map(|t| t.value).collect();
                // A value with an open year is what the words say where nothing else settles it.
                let open = value.contains("XXXX")
                    && times_of(text, Where::Body, self.pack, &mut Anchor::default()).iter().any(|t| t.value == *value);
                let fault = (!found.contains(value) && !open).then(|| format!("`{text}` gives {found:?}, not {value}"));
                self.tell("dates.toml", rule.line, fault);
            }
            for text in &rule.no {
                let mut reading =
                    Reading::new(Tokens::new(text, &self.pack.cutting), &self.pack.lexicon, &self.pack.affixes);
                annotate_numbers(&mut reading, self.pack);
                let hit =
                    reading.leftmost(&self.pack.dates.rules, 0, reading.tokens.len()).iter().any(|f| f.rule == number);
                self.tell("dates.toml", rule.line, hit.then(|| format!("`{text}` must give nothing by this rule")));
            }
        }
    }

    /// Those of `events.toml`.
    pub fn events(&mut self) {
        self.acts();
        self.cues();
        self.says_and_contexts();
        self.quantities();
    }

    fn acts(&mut self) {
        for (number, rule) in self.pack.events.entries.iter().enumerate() {
            let Some(kind) = rule.kind else {
                self.no_act(number);
                continue;
            };
            let name = format!("{}/events.toml:{}", self.code, rule.line);
            for example in &rule.yes {
                let (text, actor, recipient, status, mode) = match example {
                    Example::Text(text) => (text, None, None, None, None),
                    Example::Full { text, actor, recipient, status, mode } => {
                        (text, actor.as_ref(), recipient.as_ref(), *status, mode.as_ref())
                    }
                };
                let report = self.report(text);
                let of_type: Vec<_> = report.claims.iter().filter(|c| c.kind == Some(kind)).collect();
                let fits = of_type.iter().any(|c| {
                    actor.is_none_or(|a| same_set(a, &countries(&report, &c.actors)))
                        && recipient.is_none_or(|r| same_set(r, &countries(&report, &c.recipients)))
                        && status.is_none_or(|s| s == c.status)
                        && mode.is_none_or(|m| c.modes.contains(m))
                });
                let fault = (!fits).then(|| {
                    let (kind, told) = (kind.name(), told(&report));
                    format!("`{text}` wants {kind} {actor:?} -> {recipient:?} and gives {told:?}")
                });
                self.tell("events.toml", rule.line, fault);
            }
            for text in &rule.no {
                let report = self.report(text);
                let hit = report.claims.iter().any(|c| c.rule == name);
                self.tell("events.toml", rule.line, hit.then(|| format!("`{text}` must give nothing by this rule")));
            }
        }
    }

    /// Words that name no act: in `yes` they win, and nothing else names one; in `no` they do not win.
    fn no_act(&mut self, number: usize) {
        let rule = &self.pack.events.entries[number];
        for example in &rule.yes {
            let Example::Text(text) = example else { continue };
            let told = told(&self.report(text));
            let fault = if triggered(text, self.pack, self.knowledge).contains(&number) {
                (!told.is_empty()).then(|| format!("`{text}` must name no act and gives {told:?}"))
            } else {
                Some(format!("the words of this rule are not found in `{text}`, which gives {told:?}"))
            };
            self.tell("events.toml", rule.line, fault);
        }
        for text in &rule.no {
            let hit = triggered(text, self.pack, self.knowledge).contains(&number);
            self.tell("events.toml", rule.line, hit.then(|| format!("`{text}` must give nothing by this rule")));
        }
    }

    fn cues(&mut self) {
        for cue in &self.pack.events.cues {
            for text in &cue.yes {
                let report = self.report(text);
                let hit = report.claims.iter().any(|c| c.status == cue.status);
                let told: Vec<_> = report.claims.iter().map(|c| (c.kind, c.status)).collect();
                self.tell(
                    "events.toml",
                    cue.line,
                    (!hit).then(|| format!("`{text}` is not {:?} but {told:?}", cue.status)),
                );
            }
            for text in &cue.no {
                let report = self.report(text);
                let hit = report.claims.iter().any(|c| c.kind.is_some() && c.status == cue.status);
                self.tell("events.toml", cue.line, hit.then(|| format!("`{text}` must not be {:?}", cue.status)));
            }
        }
    }

    /// Verbs of saying and contexts, which are looked for in sentences without an act too.
    fn says_and_contexts(&mut self) {
        for (number, say) in self.pack.events.says.iter().enumerate() {
            for text in &say.yes {
                let spoken = !spoken(text, self.pack, self.knowledge).is_empty();
                self.tell("events.toml", say.line, (!spoken).then(|| format!("`{text}` has no speaker")));
            }
            for text in &say.no {
                let hit = spoken(text, self.pack, self.knowledge).contains(&number);
                self.tell("events.toml", say.line, hit.then(|| format!("`{text}` must have no speaker by this rule")));
            }
        }
        for context in &self.pack.events.contexts {
            for text in &context.yes {
                let found = contexts_of(text, self.pack, self.knowledge);
                let fault =
                    (!found.contains(&context.name)).then(|| format!("`{text}` is not {} but {found:?}", context.name));
                self.tell("events.toml", context.line, fault);
            }
            for text in &context.no {
                let hit = contexts_of(text, self.pack, self.knowledge).contains(&context.name);
                self.tell("events.toml", context.line, hit.then(|| format!("`{text}` must not be {}", context.name)));
            }
        }
    }

    fn quantities(&mut self) {
        for quantity in &self.pack.events.quantities {
            for (text, value) in &quantity.yes {
                let report = self.report(text);
                let hit = report.quantities.iter().any(|q| q.what == quantity.what && (q.value - value).abs() < 0.001);
                let told: Vec<_> = report.quantities.iter().map(|q| (q.what.clone(), q.value)).collect();
                let fault = (!hit).then(|| format!("`{text}` gives {told:?}, not {value} {}", quantity.what));
                self.tell("events.toml", quantity.line, fault);
            }
            for text in &quantity.no {
                let report = self.report(text);
                let hit = report.quantities.iter().any(|q| q.what == quantity.what);
                let fault = hit.then(|| format!("`{text}` must give no {}", quantity.what));
                self.tell("events.toml", quantity.line, fault);
            }
        }
    }

    /// Those of `bylines.toml` and `asides.toml`.
    pub fn lines(&mut self, lines: &Lines) {
        for (number, rule) in lines.bylines.iter().enumerate() {
            for (text, wanted) in &rule.yes {
                let mut reading = lines.reading(text);
                annotate_line(&mut reading, self.code, self.knowledge);
                let found: Vec<String> = reading
                    .matches(&lines.byline_rules, 0, reading.tokens.len())
                    .iter()
                    .filter(|f| f.rule == number)
                    .flat_map(|f| f.captures.iter())
                    .map(|c| reading.tokens.span(c.start, c.end).of(text).to_owned())
                    .collect();
                let fits = found.iter().any(|f| f == wanted) || wanted.is_empty();
                self.tell(
                    "bylines.toml",
                    rule.line,
                    (!fits).then(|| format!("`{text}` captures {found:?}, not `{wanted}`")),
                );
            }
            for text in &rule.no {
                let hit = self.hits(lines, text, |f, l| f == number && l);
                self.tell("bylines.toml", rule.line, hit.then(|| format!("`{text}` must give nothing by this rule")));
            }
        }
        for (number, rule) in lines.asides.iter().enumerate() {
            for text in &rule.yes {
                let hit = self.hits(lines, text, |f, l| f == number && !l);
                self.tell("asides.toml", rule.line, (!hit).then(|| format!("`{text}` is not set aside by this rule")));
            }
            for text in &rule.no {
                let hit = self.hits(lines, text, |f, l| f == number && !l);
                self.tell("asides.toml", rule.line, hit.then(|| format!("`{text}` must stay")));
            }
        }
    }

    /// Whether a rule that `wanted` accepts (by number, and whether it is a byline) finds something in a line.
    fn hits(&self, lines: &Lines, text: &str, wanted: impl Fn(usize, bool) -> bool) -> bool {
        let mut reading = lines.reading(text);
        annotate_line(&mut reading, self.code, self.knowledge);
        let to = reading.tokens.len();
        reading.matches(&lines.byline_rules, 0, to).iter().any(|f| wanted(f.rule, true))
            || reading.matches(&lines.aside_rules, 0, to).iter().any(|f| wanted(f.rule, false))
    }
}
