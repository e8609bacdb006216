//! Who did it, and to whom: the finders of a rule's frame over the mentions of a sentence.

use super::{mentions::Mention, passage::Passage};
use crate::language::{
    Found, Pack,
    pack::{Finder, Frame, Order},
};
use crate::model::Where;

/// Mentions that are joined: `A and B`.
pub type Group = Vec<usize>;

/// A sentence with its mentions in joined groups, for finding the parties of the acts in it.
#[derive(Debug)]
pub struct Scene<'p, 't> {
    passage: &'p Passage<'t>,
    pack: &'p Pack,
    from: usize,
    to: usize,
    groups: Vec<Group>,
    /// Where the marks of the pack's frames stand: number of the mark, first token, token after the last.
    marks: Vec<(usize, usize, usize)>,
}

/// The parties of one act, as indexes of the passage's mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Who does it.
    pub actors: Group,
    /// To whom.
    pub recipients: Group,
}

impl<'p, 't> Scene<'p, 't> {
    /// The sentence of tokens `from..to`.
    pub fn new(passage: &'p Passage<'t>, pack: &'p Pack, from: usize, to: usize) -> Self {
        let reading = &passage.reading;
        let and = pack.affixes.tag("and").unwrap_or(0);
        let oblique = pack.affixes.oblique();
        let mut groups: Vec<Group> = Vec::new();
        for (number, mention) in passage.mentions.iter().enumerate() {
            // A capital behind "in" is no subject, but a frame may ask for it: "arrived in Cairo".
            let named = mention.name.is_some() || mention.metonym;
            if mention.start < from || mention.end > to || mention.strength() == 0 && !named {
                continue;
            }
            let joined = groups.last().and_then(|g| g.last()).is_some_and(|last| {
                let before = &passage.mentions[*last];
                let (one, other) = (before.tags & oblique, mention.tags & oblique);
                mention.start >= before.end
                    && (passage.joints.joins(reading, before.end, mention.start)
                        || passage.joints.chains(reading, &passage.mentions, *last, number, to, passage.place == Where::Title)
                        || mention.start == before.end && and != 0 && mention.tags & and != 0
                        || mention.start == before.end && (before.plural || before.adjective_only && mention.adjective_only))
                    && (before.strength() > 0) == (mention.strength() > 0)
                    // Who stands at a venue is not joined to it.
                    && !(before.at && mention.strength() == 3)
                    // The case of the last holds for all; two that differ are two parties.
                    && (one == 0 || one == other)
            });
            if joined {
                groups.last_mut().expect("a group was just looked at").push(number);
            } else {
                groups.push(vec![number]);
            }
        }
        let marks =
            reading.matches(&pack.events.mark_rules, from, to).into_iter().map(|f| (f.rule, f.start, f.end)).collect();
        Self { passage, pack, from, to, groups, marks }
    }

    /// The parties of an act whose trigger is `found`. Who speaks of an attack has not done it: `sayers`, mentions that
    /// the sentence quotes, are no subjects of what a noun names.
    pub fn parties(&self, found: &Found, frame: &Frame, sayers: &[usize]) -> Parties {
        let mut parties = Parties::default();
        let sayers = if frame.is_nominal() { sayers } else { &[] };
        for finder in &frame.both {
            for mention in self.first(std::slice::from_ref(finder), found, &parties, sayers).into_iter().flatten() {
                if !parties.actors.contains(&mention) {
                    parties.actors.push(mention);
                }
            }
        }
        parties.actors.extend(self.first(&frame.actor, found, &parties, sayers).into_iter().flatten());
        // Where the verb comes first and its subject is left out, the only party behind it is the object.
        if frame.actor.first() == Some(&Finder::First)
            && frame.recipient.first() == Some(&Finder::Second)
            && self.first(&[Finder::Second], found, &parties, sayers).is_none()
            && let Some(before) =
                self.first(&[Finder::Before], found, &parties, sayers).filter(|g| self.strength(g) >= 2)
        {
            parties.recipients = std::mem::replace(&mut parties.actors, before);
            return parties;
        }
        parties.recipients.extend(self.first(&frame.recipient, found, &parties, sayers).into_iter().flatten());
        parties
    }

    /// What the first finder finds that finds anything: in the clause of the trigger, else in its sentence.
    fn first(&self, finders: &[Finder], found: &Found, had: &Parties, sayers: &[usize]) -> Option<Group> {
        let taken: Group = had.actors.iter().chain(&had.recipients).chain(sayers).copied().collect();
        [self.clause(found), (self.from, self.to)]
            .into_iter()
            .find_map(|scope| finders.iter().find_map(|finder| self.find(finder, found, &taken, scope)))
    }

    fn mention(&self, at: usize) -> &Mention {
        &self.passage.mentions[at]
    }

    /// How much speaks for a group's being a party: the best of its mentions.
    fn strength(&self, group: &Group) -> u8 {
        group.iter().map(|m| self.mention(*m).strength()).max().unwrap_or(0)
    }

    /// Whether a group stands behind a preposition or in a case that is no subject's.
    fn at(&self, group: &Group) -> bool {
        let last = self.mention(group[group.len() - 1]);
        self.mention(group[0]).at || last.tags & self.pack.affixes.oblique() != 0
    }

    /// The tokens of the clause around a trigger.
    fn clause(&self, found: &Found) -> (usize, usize) {
        let from = self
            .passage
            .joints
            .clause
            .iter()
            .filter(|c| **c < found.start && **c >= self.from)
            .max()
            .map_or(self.from, |c| c + 1);
        let to = self
            .passage
            .joints
            .clause
            .iter()
            .filter(|c| **c >= found.end && **c < self.to)
            .min()
            .copied()
            .unwrap_or(self.to);
        (from, to)
    }

    fn find(&self, finder: &Finder, found: &Found, taken: &[usize], scope: (usize, usize)) -> Option<Group> {
        let free = |g: &&Group| !g.iter().any(|m| taken.contains(m));
        let (from, to) = scope;
        let before = || {
            let mut groups: Vec<&Group> = self
                .groups
                .iter()
                .filter(|g| {
                    self.mention(g[0]).start >= from && {
                        let (first, last) = (self.mention(g[0]), self.mention(*g.last().expect("no group is empty")));
                        // A party that the trigger begins with stands before its verb.
                        last.end <= found.start || first.start == found.start && last.end < found.end
                    }
                })
                .filter(free)
                .collect();
            groups.reverse();
            groups
        };
        let after = || -> Vec<&Group> {
            self.groups
                .iter()
                .filter(|g| self.mention(g[0]).start > found.start && self.mention(g[0]).start < to)
                .filter(free)
                .collect()
        };
        match finder {
            Finder::Before if self.pack.language.grammar.order == Order::Sov => self.subject_before(&before()),
            Finder::Before => self.best(&before()),
            Finder::After => self.best(&after()),
            Finder::First => self.strong(&after()).next().cloned(),
            Finder::Second => {
                // The first may have been taken as the actor already.
                let taken_first = self.groups.iter().any(|g| self.mention(g[0]).start >= found.end && !free(&g));
                let groups = after();
                let mut strong = self.strong(&groups);
                if taken_first { strong.next().cloned() } else { strong.nth(1).cloned() }
            }
            Finder::Next(None) => {
                self.directly_after(found.end).filter(|g| !self.mention(g[0]).at).filter(free).cloned()
            }
            Finder::Next(Some(mark)) => self
                .marks
                .iter()
                .filter(|(number, start, _)| number == mark && *start >= found.end && *start <= found.end + 1)
                .find_map(|(_, _, end)| self.directly_after(*end).filter(free))
                .cloned(),
            Finder::Mark(mark) => self.marked(*mark, found, &free, from, to),
            Finder::Post(mark) => self.before_mark(*mark, found, &free, from, to),
            Finder::Tag(tag) => self
                .groups
                .iter()
                .filter(free)
                .filter(|g| g.iter().any(|m| self.mention(*m).tags & tag != 0))
                .filter(|g| self.mention(g[0]).start >= from && self.mention(g[0]).start < to)
                .min_by_key(|g| (self.strength(g) == 0, self.distance(g, found)))
                .cloned(),
            Finder::Inside => {
                // A party that the trigger holds brings those with it that it is joined to.
                let within = |m: &usize| {
                    let mention = self.mention(*m);
                    let venue = mention.metonym && mention.at;
                    mention.start >= found.start && mention.end <= found.end && !venue
                };
                let inside: Group =
                    self.groups.iter().filter(free).filter(|g| g.iter().any(within)).flatten().copied().collect();
                (!inside.is_empty()).then_some(inside)
            }
            Finder::Place => self.state_of_place(found, &free, to),
            Finder::Subject if self.groups.iter().any(|g| self.strength(g) >= 2 && !self.at(g)) => {
                self.groups.iter().filter(free).find(|g| self.strength(g) >= 2 && !self.at(g)).cloned()
            }
            Finder::Subject => self.strong(&self.groups.iter().filter(free).collect::<Vec<_>>()).next().cloned(),
            Finder::BeforeLast => {
                let groups: Vec<&Group> = before();
                let strong: Vec<&Group> = self.strong(&groups).collect();
                if strong.len() >= 2 { strong.last().map(|g| (*g).clone()) } else { None }
            }
        }
    }

    /// Where the verb comes last, bare nouns before it modify one another: the subject is the one that a comma sets
    /// off, else the first. `groups` come nearest first.
    fn subject_before(&self, groups: &[&Group]) -> Option<Group> {
        let free: Vec<&&Group> = groups.iter().filter(|g| self.strength(g) >= 2 && !self.at(g)).collect();
        let comma = |g: &&&Group| {
            let end = self.mention(g[g.len() - 1]).end;
            end < self.to && super::joints::is_comma(self.passage.reading.tokens.written(end))
        };
        let chosen = free.iter().copied().find(comma).or(free.last().copied());
        chosen.map(|g| (*g).clone()).or_else(|| self.best(groups))
    }

    /// Of groups by distance, the nearest that is surely a party, else one that may be.
    fn best(&self, groups: &[&Group]) -> Option<Group> {
        let pick = |least: u8, at: bool| groups.iter().find(|g| self.strength(g) >= least && (at || !self.at(g)));
        pick(2, false).or_else(|| pick(1, false)).or_else(|| pick(0, false)).map(|g| (*g).clone())
    }

    fn strong<'g>(&self, groups: &'g [&'g Group]) -> impl Iterator<Item = &'g Group> {
        groups.iter().copied().filter(move |g| self.strength(g) >= 2 && !self.at(g) || self.strength(g) == 3)
    }

    fn distance(&self, group: &Group, found: &Found) -> usize {
        let (first, last) = (self.mention(group[0]), self.mention(group[group.len() - 1]));
        if last.end <= found.start { found.start - last.end } else { first.start.saturating_sub(found.end) }
    }

    /// The group that begins at a token, or one later where a single small word stands between.
    fn directly_after(&self, at: usize) -> Option<&Group> {
        self.groups.iter().find(|g| {
            let start = self.mention(g[0]).start;
            start >= at && start <= at + 1
        })
    }

    /// The group that ends directly before a mark of the clause, a comma between them or not; the nearest of them.
    fn before_mark(
        &self,
        mark: usize,
        found: &Found,
        free: &impl Fn(&&Group) -> bool,
        from: usize,
        to: usize,
    ) -> Option<Group> {
        let is_comma = |at: usize| super::joints::is_comma(self.passage.reading.tokens.written(at));
        self.marks
            .iter()
            .filter(|(number, start, _)| *number == mark && *start > from && *start < to)
            .filter_map(|(_, start, end)| {
                let group = self.groups.iter().filter(free).find(|g| {
                    let last = self.mention(g[g.len() - 1]).end;
                    last == *start || last + 1 == *start && is_comma(last)
                })?;
                Some((found.start.saturating_sub(*end).max(start.saturating_sub(found.end)), group))
            })
            .min_by_key(|(distance, group)| (self.strength(group) == 0, *distance))
            .map(|(_, group)| group.clone())
    }

    /// The state of the nearest place behind a trigger.
    fn state_of_place(&self, found: &Found, free: &impl Fn(&&Group) -> bool, to: usize) -> Option<Group> {
        let is_place = |g: &&Group| {
            let m = self.mention(g[0]);
            m.country.is_some()
                && (m.at || m.city.is_some() || self.strength(g) <= 2)
                && m.start >= found.end
                && m.start < to
        };
        self.groups.iter().filter(free).filter(is_place).min_by_key(|g| self.distance(g, found)).cloned()
    }

    fn marked(
        &self,
        mark: usize,
        found: &Found,
        free: &impl Fn(&&Group) -> bool,
        from: usize,
        to: usize,
    ) -> Option<Group> {
        self.marks
            .iter()
            .filter(|(number, start, _)| *number == mark && *start >= from && *start < to)
            .filter_map(|(_, start, end)| {
                let group = self.directly_after(*end).filter(free)?;
                let distance =
                    if *end <= found.start { found.start - end + 4 } else { start.saturating_sub(found.end) };
                Some((distance, group))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, group)| group.clone())
    }
}
