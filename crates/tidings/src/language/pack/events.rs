//! `events.toml`: acts, who stands where in them, and what makes a claim something else than news.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::IntoDeserializer};
use toml::Spanned;

use super::{
    Language, Order, PackError, PackSource,
    entries::{RuleFile, entries},
};
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

/// One rule: words that name an act, or words that name none though some of them would.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRule {
    /// The type; `None` where the words name no act: they keep other rules from taking them, and tell nothing.
    #[serde(rename = "type", deserialize_with = "type_or_none")]
    pub kind: Option<EventType>,
    /// The modes; a file may name a single one.
    #[serde(alias = "mode", default, deserialize_with = "one_or_more")]
    pub modes: Vec<String>,
    /// The name of its frame.
    #[serde(rename = "frame")]
    named: Option<String>,
    /// Where its parties stand.
    #[serde(skip)]
    pub frame: Frame,
    /// The status that the words carry.
    pub status: Option<Status>,
    /// 0 vague, 1 usual, 2 beyond doubt, 3 governing another act.
    #[serde(default = "usual_weight")]
    pub weight: u8,
    /// Contexts that the words carry.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// Its examples.
    #[serde(default)]
    pub yes: Vec<Example>,
    /// Sentences in which it finds nothing.
    #[serde(default)]
    pub no: Vec<String>,
    /// The line in `events.toml`.
    #[serde(skip)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// To what.
    pub status: Status,
    /// Where it stands, seen from the trigger.
    #[serde(default)]
    pub side: Side,
    /// The most tokens between; 0 for the whole clause.
    #[serde(default)]
    pub reach: usize,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// Its examples.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences that it leaves as they are.
    #[serde(default)]
    pub no: Vec<String>,
    /// The line in `events.toml`.
    #[serde(skip)]
    pub line: usize,
}

/// Where a cue stands, seen from the trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Before it.
    #[default]
    Before,
    /// After it.
    After,
    /// On either side.
    Around,
}

/// Words of saying.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// The name of its frame.
    #[serde(rename = "frame")]
    named: Option<String>,
    /// Where the speaker stands.
    #[serde(skip)]
    pub frame: Frame,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// Sentences with a speaker.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which it finds none.
    #[serde(default)]
    pub no: Vec<String>,
    /// The line in `events.toml`.
    #[serde(skip)]
    pub line: usize,
}

/// Words that tell what an act is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The context's name (`data/plover/contexts.toml`).
    pub name: String,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// Sentences with this context.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which it finds nothing.
    #[serde(default)]
    pub no: Vec<String>,
    /// The line in `events.toml`.
    #[serde(skip)]
    pub line: usize,
}

/// A count's kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// What is counted.
    pub what: String,
    /// The unit of the rule.
    pub unit: Option<String>,
    /// Its patterns as they are written.
    pub patterns: Vec<String>,
    /// Words and the number that they must give.
    #[serde(default)]
    pub yes: Vec<(String, f64)>,
    /// Words in which it finds nothing.
    #[serde(default)]
    pub no: Vec<String>,
    /// The line in `events.toml`.
    #[serde(skip)]
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
    /// The contexts.
    pub contexts: Vec<Context>,
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
    rule: Vec<Spanned<EventRule>>,
    cue: Vec<Spanned<Cue>>,
    say: Vec<Spanned<Say>>,
    context: Vec<Spanned<Context>>,
    quantity: Vec<Spanned<Quantity>>,
    currencies: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FrameEntry {
    actor: Vec<String>,
    recipient: Vec<String>,
    both: Vec<String>,
}

entries!(EventRule, Cue, Say, Context, Quantity);

fn usual_weight() -> u8 {
    1
}

/// A type, or `none`.
fn type_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EventType>, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name == "none" {
        return Ok(None);
    }
    EventType::deserialize(name.into_deserializer()).map(Some)
}

/// A list, or one word that stands for a list of one.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        One(String),
        More(Vec<String>),
    }
    Ok(match Words::deserialize(deserializer)? {
        Words::One(word) => vec![word],
        Words::More(words) => words,
    })
}

impl Events {
    pub(super) fn read(
        code: &str,
        source: &PackSource,
        language: &Language,
        parser: &mut Parser<'_>,
    ) -> Result<Self, PackError> {
        let mut events = Self::default();
        let grammar = &language.grammar;
        for (number, words) in (0..).zip([&grammar.and, &grammar.clause, &grammar.of, &grammar.at]) {
            for word in words {
                let nodes = parser.parse(word).map_err(|e| PackError::new(code, "language.toml", 0, e.to_string()))?;
                events.joint_rules.add(nodes, number);
            }
        }
        let (file, mut reader) = RuleFile::open::<File>(code, "events.toml", source, parser)?;
        reader.sets(&file.sets)?;
        for (currency, forms) in &file.currencies {
            for form in forms {
                let nodes = reader.parser.parse(form).map_err(|e| reader.fail(0, e))?;
                events.currency_rules.add(nodes, events.currencies.len());
            }
            events.currencies.push(currency.clone());
        }
        let mut frames = BTreeMap::new();
        for (name, entry) in &file.frames {
            let frame = events.frame(entry, reader.parser);
            frames.insert(name.clone(), frame.map_err(|e| reader.fail(0, format!("frame `{name}`: {e}")))?);
        }
        reader.entries(file.rule, &mut events.rules, &mut events.entries)?;
        reader.entries(file.cue, &mut events.cue_rules, &mut events.cues)?;
        reader.entries(file.say, &mut events.say_rules, &mut events.says)?;
        reader.entries(file.context, &mut events.context_rules, &mut events.contexts)?;
        reader.entries(file.quantity, &mut events.quantity_rules, &mut events.quantities)?;

        let usual = Frame::usual(grammar.order);
        let frame = |name: &Option<String>, line: usize| match name {
            None => Ok(usual.clone()),
            Some(name) => {
                frames.get(name).cloned().ok_or_else(|| reader.fail(line, format!("there is no frame `{name}`")))
            }
        };
        for rule in &mut events.entries {
            let says = rule.named.is_some()
                || rule.status.is_some()
                || !rule.modes.is_empty()
                || !rule.contexts.is_empty()
                || rule.yes.iter().any(|e| matches!(e, Example::Full { .. }));
            if rule.kind.is_none() && says {
                return Err(
                    reader.fail(rule.line, "words that name no act have neither frame nor mode, status or contexts")
                );
            }
            rule.frame = frame(&rule.named, rule.line)?;
        }
        for say in &mut events.says {
            say.frame = frame(&say.named, say.line)?;
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
