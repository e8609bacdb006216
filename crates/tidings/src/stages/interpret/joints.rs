//! Joints: what stands between pieces and between mentions, and what neighbours give one another across it.
//!
//! [`mentions`](super::mentions) makes one mention of pieces that complete one another. Here are the words that join
//! ("and", "of", "in", a comma), and the cases where two finished mentions share an office, a body or a state.

use super::mentions::Mention;
use crate::language::{Pack, Reading, TokenKind};

/// Joining words of a text: where "and", "of", "in" and ends of clauses stand.
#[derive(Clone, Debug, Default)]
pub struct Joints {
    /// `(start, end)` of words that join parties.
    pub and: Vec<(usize, usize)>,
    /// Tokens at which a clause ends.
    pub clause: Vec<usize>,
    of: Vec<(usize, usize)>,
    at: Vec<(usize, usize)>,
}

impl Joints {
    /// Finds the joining words.
    pub fn find(reading: &Reading<'_>, pack: &Pack) -> Self {
        let mut joints = Self::default();
        for found in reading.matches(&pack.events.joint_rules, 0, reading.tokens.len()) {
            match found.rule {
                0 => joints.and.push((found.start, found.end)),
                1 => joints.clause.push(found.start),
                2 => joints.of.push((found.start, found.end)),
                _ => joints.at.push((found.start, found.end)),
            }
        }
        joints
    }

    /// Whether the tokens from `a` up to `b` are nothing but joining words and commas.
    pub fn joins(&self, reading: &Reading<'_>, a: usize, b: usize) -> bool {
        if a >= b || b - a > 3 {
            return false;
        }
        let mut at = a;
        while at < b {
            match self.and.iter().filter(|(s, e)| *s == at && *e <= b).map(|(_, e)| *e).max() {
                Some(end) => at = end,
                None if (is_comma(reading.tokens.written(at)) || small(reading, at)) && b - a > 1 => at += 1,
                None => return false,
            }
        }
        (a..b).any(|i| self.and.iter().any(|(s, _)| *s == i))
    }

    /// Whether a comma joins two mentions: it does where the second or one further on is joined by a word ("A, B and C").
    pub fn chains(
        &self,
        reading: &Reading<'_>,
        mentions: &[Mention],
        a: usize,
        b: usize,
        to: usize,
        title: bool,
    ) -> bool {
        let comma = |x: usize, y: usize| {
            let (x, y) = (&mentions[x], &mentions[y]);
            y.start == x.end + 1 && is_comma(reading.tokens.written(x.end))
        };
        if !comma(a, b) {
            return false;
        }
        // Headlines join bare states so.
        if title
            && mentions[a].tags == mentions[b].tags
            && [a, b].iter().all(|m| {
                mentions[*m].state_only()
                    && !mentions[*m].adjective_only
                    && !self.venue_before(reading, mentions[*m].start)
            })
        {
            return true;
        }
        let mut at = b;
        while let Some(next) = mentions.get(at + 1).filter(|m| m.end <= to) {
            if self.joins(reading, mentions[at].end, next.start) {
                return true;
            }
            if !comma(at, at + 1) {
                return false;
            }
            at += 1;
        }
        false
    }

    /// Whether a word for "in" or "at" ends at a token, an article between them aside.
    pub fn venue_before(&self, reading: &Reading<'_>, at: usize) -> bool {
        self.at.iter().any(|(_, end)| *end == at || (*end + 1 == at && small(reading, *end)))
    }
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glue {
    /// The piece follows at once.
    Nothing,
    /// A word like "of", and perhaps an article.
    Of,
    /// A comma or bracket, and perhaps an article.
    Comma,
    /// Anything else.
    Far,
}

/// What stands between a mention that ends at a token and a piece that begins at another.
pub fn glue(reading: &Reading<'_>, joints: &Joints, from: usize, to: usize) -> Glue {
    if from >= to {
        return Glue::Nothing;
    }
    if reading.tokens.list[from..=to.min(reading.tokens.len() - 1)].iter().skip(1).any(|t| t.breaks) {
        return Glue::Far;
    }
    let bracket = |at: usize| matches!(reading.tokens.written(at), "(" | "\u{FF08}");
    if to - from == 1 && (is_comma(reading.tokens.written(from)) || bracket(from)) {
        return Glue::Comma;
    }
    if to - from == 2 && is_comma(reading.tokens.written(from)) && small(reading, from + 1) {
        return Glue::Comma;
    }
    if joints.of.iter().any(|(s, e)| *s == from && (*e == to || *e + 1 == to && small(reading, *e))) {
        return Glue::Of;
    }
    Glue::Far
}

/// Whether a mark is a comma of some script.
pub fn is_comma(mark: &str) -> bool {
    matches!(mark, "," | "\u{60C}" | "\u{3001}" | "\u{FF0C}")
}

/// A short lower-case word such as an article.
fn small(reading: &Reading<'_>, at: usize) -> bool {
    let token = &reading.tokens.list[at];
    token.kind == TokenKind::Word
        && !token.capital
        && reading.tokens.folded(at).chars().count() <= 3
        && reading.tokens.folded(at).is_ascii()
}

/// "An Israeli water company": an adjective of nation belongs to the body or group that a plain word or two part it from.
pub fn nations_of_bodies(reading: &Reading<'_>, mentions: &mut Vec<Mention>, joints: &Joints) {
    let plain = |at: usize| {
        let token = &reading.tokens.list[at];
        token.kind == TokenKind::Word
            && !token.capital
            && !token.breaks
            && !small(reading, at)
            && !joints.and.iter().chain(&joints.of).chain(&joints.at).any(|(s, _)| *s == at)
    };
    let mut at = 0;
    while at + 1 < mentions.len() {
        let (a, b) = (&mentions[at], &mentions[at + 1]);
        let body = (b.institution.is_some() || b.group.is_some())
            && b.office.is_none()
            && b.country.is_none()
            && b.name.is_none();
        let near = b.start > a.end && b.start - a.end <= 2 && (a.end..b.start).all(plain);
        if a.adjective_only && body && near {
            let b = mentions.remove(at + 1);
            let a = &mut mentions[at];
            a.end = b.end;
            a.institution = b.institution;
            a.group = b.group;
            a.adjective_only = false;
            a.tags = b.tags;
        }
        at += 1;
    }
}

/// "Name, office of state," is one mention: the office stands after the name.
pub fn appositions(reading: &Reading<'_>, mentions: &mut Vec<Mention>, sentence: &impl Fn(usize) -> usize) {
    let mut at = 0;
    while at + 1 < mentions.len() {
        let (a, b) = (&mentions[at], &mentions[at + 1]);
        let comma =
            b.start == a.end + 1 && is_comma(reading.tokens.written(a.end)) && sentence(a.start) == sentence(b.start);
        let ends = reading.tokens.list.get(b.end).is_none_or(|t| t.kind == TokenKind::Mark || t.breaks)
            || sentence(b.end) != sentence(b.start)
            // After a rank and name the title may run on into the verb.
            || a.rank.is_some();
        let fits = comma
            && ends
            && a.name.is_some()
            && a.office.is_none()
            && b.office.is_some()
            && b.name.is_none()
            && !b.plural
            && (a.country.is_none() || b.country.is_none() || a.country == b.country);
        if fits {
            let b = mentions.remove(at + 1);
            let a = &mut mentions[at];
            a.end = b.end;
            a.office = b.office;
            a.institution = a.institution.or(b.institution);
            a.country = a.country.or(b.country);
            a.organization = a.organization.or(b.organization);
            a.former |= b.former;
        } else {
            at += 1;
        }
    }
}

/// "The foreign ministers of A and B" are two mentions: each state has the office.
pub fn spread_plurals(
    reading: &Reading<'_>,
    mentions: &mut [Mention],
    joints: &Joints,
    pack: &Pack,
    sentence: &impl Fn(usize) -> usize,
) {
    let and = pack.affixes.tag("and").unwrap_or(0);
    for at in 0..mentions.len() {
        // "The Egyptian and Turkish armed forces", where the body stands once.
        if mentions[at].institution.is_some()
            && mentions[at].office.is_none()
            && let Some(next) = mentions.get(at + 1)
            && next.adjective_only
            && (next.start == mentions[at].end && next.tags & and != 0
                || joints.joins(reading, mentions[at].end, next.start))
        {
            let institution = mentions[at].institution;
            mentions[at + 1].institution = institution;
            mentions[at + 1].adjective_only = false;
        }
        if !mentions[at].plural || mentions[at].office.is_none() {
            continue;
        }
        let (office, institution) = (mentions[at].office, mentions[at].institution);
        for next in at + 1..mentions.len() {
            let (before, m) = (&mentions[next - 1], &mentions[next]);
            let joined = m.start >= before.end
                && sentence(m.start) == sentence(before.start)
                && (m.start == before.end && next == at + 1
                    || joints.joins(reading, before.end, m.start)
                    || m.start == before.end && and != 0 && m.tags & and != 0);
            let pair = before.adjective_only && next == at + 1 && m.adjective_only && m.start == before.end;
            if !(joined || pair) || m.office.is_some() || !(m.state_only() || m.name.is_some() || m.metonym) {
                break;
            }
            let m = &mut mentions[next];
            m.office = office;
            m.institution = institution;
            m.adjective_only = false;
            m.metonym = false;
            m.at = false;
        }
    }
}
