//! `events.toml`: acts, who stands where in them, and what makes a claim something else than news.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Language, Order, PackError, PackSource};
use crate::{
    language::{Rules, pattern::Parser},
    model::{EventType, Status},
};

/// How one party of an act is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finder {
    /// Nearest before the trigger in its clause.
    Before,
    /// Nearest after it.
    After,
    /// The first group after it.
    First,
    /// The second group after it.
    Second,
    /// Directly after it, or directly after one of the set's words there.
    Next(Option<usize>),
    /// After one of the set's words, anywhere in the clause.
    Mark(usize),
    /// Before one of the set's words, directly.
    Post(usize),
    /// With an affix of this tag.
    Tag(u32),
    /// Within the trigger's own gaps.
    Inside,
    /// The state of a place named in the clause.
    Place,
    /// The first mention of the sentence.
    Subject,
    /// The group before the nearest one before the trigger.
    BeforeLast,
}

/// Where an act's parties stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Who does it.
    pub actor: Vec<Finder>,
    /// To whom.
    pub recipient: Vec<Finder>,
    /// Everybody, where all are actors.
    pub both: Vec<Finder>,
}

/// One rule: words that name an act.
#[derive(Clone, Debug)]
pub struct EventRule {
    /// The type.
    pub kind: EventType,
    /// The modes.
    pub modes: Vec<String>,
    /// Where its parties stand.
    pub frame: Frame,
    /// The status that the words carry.
    pub status: Option<Status>,
    /// 0 vague, 1 usual, 2 beyond doubt.
    pub weight: u8,
    /// Contexts that the words carry.
    pub contexts: Vec<String>,
    /// Its examples.
    pub yes: Vec<Example>,
    /// Sentences in which it finds nothing.
    pub no: Vec<String>,
    /// The line in `events.toml`.
    pub line: usize,
}

/// A sentence in which a rule must find its act.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Example {
    /// Just the sentence.
    Text(String),
    /// With what must be found.
    Full {
        /// The sentence.
        text: String,
        /// The actors' countries.
        actor: Option<Vec<String>>,
        /// The recipients' countries.
        recipient: Option<Vec<String>>,
        /// The status.
        status: Option<Status>,
        /// A mode.
        mode: Option<String>,
    },
}

/// Words that change a claim's status.
#[derive(Clone, Debug)]
pub struct Cue {
    /// To what.
    pub status: Status,
    /// Where the cue stands: before the trigger, after it.
    pub before: bool,
    /// Whether it may stand after the trigger.
    pub after: bool,
    /// The most tokens between; 0 for the whole clause.
    pub reach: usize,
    /// Its examples.
    pub yes: Vec<String>,
    /// Sentences that it leaves as they are.
    pub no: Vec<String>,
    /// The line in `events.toml`.
    pub line: usize,
}

/// Words of saying.
#[derive(Clone, Debug)]
pub struct Say {
    /// Where the speaker stands.
    pub frame: Frame,
}

/// A count's kind.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// What is counted.
    pub what: String,
    /// The unit of the rule.
    pub unit: Option<String>,
    /// Words and the number that they must give.
    pub yes: Vec<(String, f64)>,
    /// Words in which it finds nothing.
    pub no: Vec<String>,
    /// The line in `events.toml`.
    pub line: usize,
}

/// A language's acts.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// Patterns of acts.
    pub rules: Rules,
    /// The acts.
    pub entries: Vec<EventRule>,
    /// Patterns of cues.
    pub cue_rules: Rules,
    /// The cues.
    pub cues: Vec<Cue>,
    /// Patterns of saying.
    pub say_rules: Rules,
    /// The verbs of saying.
    pub says: Vec<Say>,
    /// Patterns of contexts.
    pub context_rules: Rules,
    /// The contexts' names.
    pub contexts: Vec<String>,
    /// Patterns of counts.
    pub quantity_rules: Rules,
    /// The counts.
    pub quantities: Vec<Quantity>,
    /// Patterns after which a marked party stands; a rule each set of marks.
    pub mark_rules: Rules,
    /// Words that join parties (rule 0), that end a clause (1), that tie an office to its state (2), that stand
    /// before a venue (3).
    pub joint_rules: Rules,
    /// Currency names to codes.
    pub currency_rules: Rules,
    /// The codes.
    pub currencies: Vec<String>,
    marks: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    sets: toml::Table,
    frames: BTreeMap<String, FrameEntry>,
    rule: Vec<Spanned<RuleEntry>>,
    cue: Vec<Spanned<CueEntry>>,
    say: Vec<Spanned<SayEntry>>,
    context: Vec<Spanned<ContextEntry>>,
    quantity: Vec<Spanned<QuantityEntry>>,
    currencies: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FrameEntry {
    actor: Vec<String>,
    recipient: Vec<String>,
    both: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<String>,
    #[serde(default)]
    modes: Vec<String>,
    frame: Option<String>,
    patterns: Vec<String>,
    status: Option<Status>,
    weight: Option<u8>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    status: Status,
    patterns: Vec<String>,
    #[serde(default)]
    side: String,
    #[serde(default)]
    reach: usize,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SayEntry {
    patterns: Vec<String>,
    frame: Option<String>,
    #[allow(dead_code)] // Kept for the reader of the pack.
    #[serde(default)]
    yes: Vec<String>,
    #[allow(dead_code)]
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextEntry {
    name: String,
    patterns: Vec<String>,
    #[allow(dead_code)]
    #[serde(default)]
    yes: Vec<String>,
    #[allow(dead_code)]
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuantityEntry {
    what: String,
    patterns: Vec<String>,
    unit: Option<String>,
    #[serde(default)]
    yes: Vec<(String, f64)>,
    #[serde(default)]
    no: Vec<String>,
}

impl Events {
    #[allow(clippy::too_many_lines)] // One file from top to bottom.
    pub(super) fn read(
        code: &str,
        source: &PackSource,
        language: &Language,
        parser: &mut Parser<'_>,
    ) -> Result<Self, PackError> {
        let (file, lines) = source.toml::<File>(code, "events.toml")?;
        let fail = |line: usize, message: String| PackError::new(code, "events.toml", line, message);
        let mut events = Self::default();
        for (number, words) in
            [&language.grammar.and, &language.grammar.clause, &language.grammar.of, &language.grammar.at]
                .into_iter()
                .enumerate()
        {
            for word in words {
                let nodes = parser.parse(word).map_err(|e| PackError::new(code, "language.toml", 0, e.to_string()))?;
                events.joint_rules.add(nodes, number);
            }
        }
        for (name, entries) in &super::ordered_sets(&file.sets).map_err(|m| fail(0, m))? {
            parser.set(name, entries).map_err(|e| fail(0, format!("set `{name}`: {e}")))?;
        }
        for (currency, forms) in &file.currencies {
            for form in forms {
                let nodes = parser.parse(form).map_err(|e| fail(0, e.to_string()))?;
                events.currency_rules.add(nodes, events.currencies.len());
            }
            events.currencies.push(currency.clone());
        }
        let mut frames = BTreeMap::new();
        for (name, entry) in &file.frames {
            let frame = events.frame(entry, parser).map_err(|e| fail(0, format!("frame `{name}`: {e}")))?;
            frames.insert(name.clone(), frame);
        }
        let usual = Frame::usual(language.grammar.order);
        let frame = |name: &Option<String>, line: usize| match name {
            None => Ok(usual.clone()),
            Some(name) => frames.get(name).cloned().ok_or_else(|| fail(line, format!("there is no frame `{name}`"))),
        };
        for entry in file.rule {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                events.rules.add(nodes, events.entries.len());
            }
            events.entries.push(EventRule {
                kind: entry.kind,
                modes: entry.mode.into_iter().chain(entry.modes).collect(),
                frame: frame(&entry.frame, line)?,
                status: entry.status,
                weight: entry.weight.unwrap_or(1),
                contexts: entry.contexts,
                yes: entry.yes,
                no: entry.no,
                line,
            });
        }
        for entry in file.cue {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                events.cue_rules.add(nodes, events.cues.len());
            }
            events.cues.push(Cue {
                status: entry.status,
                before: entry.side != "after",
                after: matches!(entry.side.as_str(), "after" | "around"),
                reach: entry.reach,
                yes: entry.yes,
                no: entry.no,
                line,
            });
        }
        for entry in file.say {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                events.say_rules.add(nodes, events.says.len());
            }
            events.says.push(Say { frame: frame(&entry.frame, line)? });
        }
        for entry in file.context {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                events.context_rules.add(nodes, events.contexts.len());
            }
            events.contexts.push(entry.name);
        }
        for entry in file.quantity {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            for pattern in &entry.patterns {
                let nodes = parser.parse(pattern).map_err(|e| fail(line, e.to_string()))?;
                events.quantity_rules.add(nodes, events.quantities.len());
            }
            events.quantities.push(Quantity { what: entry.what, unit: entry.unit, yes: entry.yes, no: entry.no, line });
        }
        Ok(events)
    }

    fn frame(&mut self, entry: &FrameEntry, parser: &mut Parser<'_>) -> Result<Frame, String> {
        let mut finders =
            |list: &[String]| list.iter().map(|f| self.finder(f, parser)).collect::<Result<Vec<_>, String>>();
        Ok(Frame { actor: finders(&entry.actor)?, recipient: finders(&entry.recipient)?, both: finders(&entry.both)? })
    }

    fn finder(&mut self, text: &str, parser: &mut Parser<'_>) -> Result<Finder, String> {
        Ok(match text.split_once(':').unwrap_or((text, "")) {
            ("before", "") => Finder::Before,
            ("after", "") => Finder::After,
            ("first", "") => Finder::First,
            ("second", "") => Finder::Second,
            ("inside", "") => Finder::Inside,
            ("place", "") => Finder::Place,
            ("subject", "") => Finder::Subject,
            ("next", "") => Finder::Next(None),
            ("next", words) => Finder::Next(Some(self.mark(words, parser)?)),
            ("mark", words) if !words.is_empty() => Finder::Mark(self.mark(words, parser)?),
            ("post", words) if !words.is_empty() => Finder::Post(self.mark(words, parser)?),
            ("tag", tag) => {
                Finder::Tag(parser.affixes.tag(tag).ok_or_else(|| format!("no affix carries the tag `{tag}`"))?)
            }
            _ => return Err(format!("`{text}` is no way to find a party")),
        })
    }

    /// The number of a set of marks; the same words share one.
    fn mark(&mut self, words: &str, parser: &mut Parser<'_>) -> Result<usize, String> {
        if let Some(at) = self.marks.iter().position(|m| m == words) {
            return Ok(at);
        }
        for phrase in words.split('|').map(str::trim).filter(|p| !p.is_empty()) {
            let nodes = parser.parse(phrase).map_err(|e| e.to_string())?;
            self.mark_rules.add(nodes, self.marks.len());
        }
        self.marks.push(words.to_owned());
        Ok(self.marks.len() - 1)
    }
}

impl Frame {
    /// Whether the act is a noun: its doer is asked for by a genitive or a preposition before it is looked for as a
    /// subject.
    pub fn is_nominal(&self) -> bool {
        let subject = |f: &Finder| {
            matches!(f, Finder::Before | Finder::First | Finder::Subject | Finder::BeforeLast | Finder::After)
        };
        let asked = |f: &Finder| matches!(f, Finder::Next(_) | Finder::Mark(_) | Finder::Tag(_) | Finder::Post(_));
        self.actor.iter().take_while(|f| !subject(f)).any(asked)
    }

    /// Where parties stand when a rule says nothing.
    fn usual(order: Order) -> Self {
        let (actor, recipient) = match order {
            Order::Svo => (vec![Finder::Before], vec![Finder::After]),
            Order::Vso => (vec![Finder::First, Finder::Before], vec![Finder::Second]),
            Order::Sov => (vec![Finder::BeforeLast, Finder::Before], vec![Finder::Before]),
        };
        Self { actor, recipient, both: Vec::new() }
    }
}
