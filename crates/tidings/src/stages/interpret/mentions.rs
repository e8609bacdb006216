//! Mentions: an office, a state, a rank and a name that stand together are one mention of one party.
//!
//! First the text is cut into pieces that the pack and the world know, and names that only their letters or their
//! place betray; then neighbouring pieces that complete one another become a mention.

use crate::{
    Knowledge,
    language::{Annotation, Class, Pack, Reading, TokenKind, pack::Special},
    model::Country,
    world::{Gazetteer, Hit, Named, OfficeKind},
};

/// What a piece of a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A form of the pack's offices, by its kind.
    Title(usize, OfficeKind),
    /// One of the words that are no title of their own.
    Special(Special),
    /// Something of the world.
    Named(Named),
    /// A name that nobody lists.
    Name,
}

/// Tokens that say one thing about a party.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// What it says.
    pub part: Part,
    /// Tags of its affixes.
    pub tags: u32,
    /// Whether its words may well mean something else.
    pub doubtful: bool,
    /// The state that a title holds inside.
    pub state: Option<Country>,
}

/// One mention of a party in a text.
#[derive(Clone, Debug, Default)]
pub struct Mention {
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// The tokens of a person's name.
    pub name: Option<(usize, usize)>,
    /// A person of the world: an index.
    pub person: Option<u32>,
    /// The state.
    pub country: Option<Country>,
    /// Whether the state is told by an adjective alone, which is weak evidence for a party.
    pub adjective_only: bool,
    /// The title: an index into the pack's offices.
    pub office: Option<usize>,
    /// The rank: an index into the pack's offices.
    pub rank: Option<usize>,
    /// A body of the state: an index into the pack's offices.
    pub institution: Option<usize>,
    /// People: an index into the pack's offices.
    pub group: Option<usize>,
    /// An organization of the world: an index.
    pub organization: Option<u32>,
    /// A capital's or palace's name that stands for a government.
    pub metonym: bool,
    /// A city that may be one: an index.
    pub city: Option<u32>,
    /// Whether the state is told by one of its regions.
    pub region: bool,
    /// "former".
    pub former: bool,
    /// "his counterpart".
    pub counterpart: bool,
    /// "the two sides".
    pub both: bool,
    /// A pronoun.
    pub pronoun: bool,
    /// A title of several people.
    pub plural: bool,
    /// Tags of affixes on its last or first word.
    pub tags: u32,
    /// Whether a word for "in" or "at" stands before it.
    pub at: bool,
    /// Whether its words may well mean something else.
    pub doubtful: bool,
}

impl Mention {
    /// How much speaks for its being a party: 0 a bare name or city, 1 an adjective or pronoun, 2 a state, 3 more than that.
    pub fn strength(&self) -> u8 {
        if self.office.is_some()
            || self.person.is_some()
            || self.organization.is_some()
            || self.group.is_some()
            || self.institution.is_some()
            || self.counterpart
            || self.rank.is_some() && self.name.is_some()
        {
            if self.doubtful { 1 } else { 3 }
        } else if self.country.is_some() && !self.adjective_only && !self.metonym {
            if self.at || self.doubtful { 1 } else { 2 }
        } else if self.region {
            1
        } else if self.metonym {
            u8::from(!self.at) * 2
        } else {
            u8::from(self.both || self.pronoun || self.adjective_only)
        }
    }

    fn has_title(&self) -> bool {
        self.office.is_some() || self.rank.is_some() || self.counterpart
    }

    fn state_only(&self) -> bool {
        self.country.is_some()
            && self.name.is_none()
            && self.office.is_none()
            && self.rank.is_none()
            && self.institution.is_none()
            && self.group.is_none()
            && self.organization.is_none()
            && !self.counterpart
    }
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glue {
    Nothing,
    Of,
    Comma,
    Far,
}

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

/// Cuts a text into pieces, none overlapping another.
pub fn pieces(
    reading: &Reading<'_>,
    hits: &[Hit],
    pack: &Pack,
    knowledge: &Knowledge,
    sentences: &[(usize, usize)],
) -> Vec<Piece> {
    let world = knowledge.world();
    let mut candidates: Vec<(Piece, u8)> = Vec::new();
    for found in reading.matches(&pack.offices.rules, 0, reading.tokens.len()) {
        let form = &pack.offices.forms[found.rule];
        let part = match form.special {
            Some(special) => Part::Special(special),
            None => match world.office(&form.id) {
                Some(office) => Part::Title(found.rule, office.kind),
                None => continue,
            },
        };
        let state = found
            .captures
            .iter()
            .filter(|c| matches!(c.class, Class::Country | Class::Nation))
            .find_map(|c| Country::from_payload(c.payload));
        let piece = Piece { start: found.start, end: found.end, part, tags: found.tags, doubtful: false, state };
        candidates.push((piece, 2));
    }
    for hit in hits {
        let rank = match hit.named {
            Named::Person(_) => 0,
            Named::Organization(_) => 1,
            Named::Country(_) => 3,
            Named::Government(_) => 4,
            Named::Nation(_) => 5,
            Named::City(_) | Named::Region(_) => 6,
        };
        candidates.push((
            Piece {
                start: hit.start,
                end: hit.end,
                part: Part::Named(hit.named),
                tags: hit.tags,
                doubtful: hit.doubtful,
                state: None,
            },
            rank + u8::from(hit.doubtful) * 8,
        ));
    }
    candidates
        .retain(|(p, _)| !syllable_of_name(reading, p, pack, sentences) && !end_of_name(reading, p, pack, sentences));
    candidates.sort_by_key(|(p, rank)| (p.start, usize::MAX - p.end, *rank));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut free = 0;
    for (piece, _) in candidates {
        if piece.start >= free && !inside_name(reading, &piece, pack) {
            free = piece.end;
            pieces.push(piece);
        }
    }
    super::names::add(reading, &mut pieces, pack, sentences);
    pieces.sort_by_key(|p| p.start);
    pieces
}

/// Whether a surname that heads of state bear ends somebody else's name.
fn end_of_name(reading: &Reading<'_>, piece: &Piece, pack: &Pack, sentences: &[(usize, usize)]) -> bool {
    let surname = matches!(piece.part, Part::Named(Named::Person(_))) && piece.end == piece.start + 1;
    if !surname || !pack.language.names.case || piece.start == 0 || reading.tokens.list[piece.start].breaks {
        return false;
    }
    let before = piece.start - 1;
    let token = &reading.tokens.list[before];
    token.capital
        && token.kind == TokenKind::Word
        && reading.tokens.written(before).chars().any(char::is_lowercase)
        && !sentences.iter().any(|s| s.0 == before)
        && !pack.name_words.stops(reading.tokens.written(before), reading.tokens.folded(before))
        && !reading.known(before)
        && reading.annotations_at(before).is_empty()
}

/// Whether a state's short name is one of the words of a person's name, as in Vietnamese names.
fn syllable_of_name(reading: &Reading<'_>, piece: &Piece, pack: &Pack, sentences: &[(usize, usize)]) -> bool {
    let short = reading.tokens.written(piece.start).chars().count() <= 4 && piece.end == piece.start + 1;
    let state = matches!(piece.part, Part::Named(Named::Country(_) | Named::Nation(_)));
    if !pack.language.names.case || !state || !short || piece.start == 0 {
        return false;
    }
    let before = piece.start - 1;
    let token = &reading.tokens.list[before];
    let (written, folded) = (reading.tokens.written(before), reading.tokens.folded(before));
    token.capital
        && token.kind == TokenKind::Word
        && !reading.tokens.list[piece.start].breaks
        && written.chars().any(char::is_lowercase)
        && !sentences.iter().any(|s| s.0 == before)
        && !pack.name_words.stops(written, folded)
        && !reading.known(before)
        && reading.annotations_at(before).is_empty()
        && before > 0
        && reading.tokens.list[before - 1].capital
}

/// Whether a city's or nation's name is only a word in a longer unknown name, as "Jordan" in "Michael Jordan".
fn inside_name(reading: &Reading<'_>, piece: &Piece, pack: &Pack) -> bool {
    if !pack.language.names.case || !matches!(piece.part, Part::Named(Named::City(_))) || !piece.doubtful {
        return false;
    }
    let capital = |at: Option<usize>| {
        at.and_then(|at| reading.tokens.list.get(at)).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
    };
    let joined_before = piece.start > 0 && !reading.tokens.list[piece.start].breaks && capital(Some(piece.start - 1));
    let joined_after = reading.tokens.list.get(piece.end).is_some_and(|t| !t.breaks) && capital(Some(piece.end));
    joined_before || joined_after
}

/// Puts pieces together to mentions.
pub fn mentions(
    reading: &Reading<'_>,
    pieces: &[Piece],
    joints: &Joints,
    pack: &Pack,
    knowledge: &Knowledge,
    sentences: &[(usize, usize)],
) -> Vec<Mention> {
    let gazetteer = knowledge.gazetteer(pack);
    let mut mentions: Vec<Mention> = Vec::new();
    let mut current: Option<Mention> = None;
    let sentence = |at: usize| sentences.partition_point(|s| s.1 <= at);
    for piece in pieces {
        let glue = match &current {
            Some(m) if sentence(m.start) == sentence(piece.start) => glue(reading, joints, m.end, piece.start),
            _ => Glue::Far,
        };
        if let Some(mention) = &mut current
            && extend(mention, piece, glue, pack, knowledge)
        {
            mention.end = piece.end;
            mention.tags = pack.affixes.of_phrase(mention.tags, piece.tags);
            continue;
        }
        mentions.extend(current.take());
        current = begin(piece, pack, knowledge, &gazetteer);
    }
    mentions.extend(current);
    if pack.language.grammar.office != "after" {
        nations_of_bodies(reading, &mut mentions, joints);
    }
    appositions(reading, &mut mentions, pack, knowledge, &sentence);
    mentions.retain(|m| {
        m.name.is_some()
            || m.country.is_some()
            || m.has_title()
            || m.organization.is_some()
            || m.both
            || m.pronoun
            || m.group.is_some()
            || m.institution.is_some()
            || m.city.is_some()
    });
    for mention in &mut mentions {
        // An honorific alone takes up a person, as a pronoun does.
        let honorific = mention
            .rank
            .and_then(|r| knowledge.world().office(&pack.offices.forms[r].id))
            .is_some_and(|o| o.level == 0);
        if honorific && mention.name.is_none() && mention.office.is_none() && mention.country.is_none() {
            mention.pronoun = true;
            mention.rank = None;
        }
        mention.at = joints.venue_before(reading, mention.start)
            || pack.affixes.tag("in").is_some_and(|tag| mention.tags & tag != 0 && mention.office.is_none());
    }
    spread_plurals(reading, &mut mentions, joints, pack, &sentence);
    mentions
}

fn glue(reading: &Reading<'_>, joints: &Joints, from: usize, to: usize) -> Glue {
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
    if to - from == 1
        && small(reading, from)
        && !joints.at.iter().any(|(s, _)| *s == from)
        && !joints.and.iter().any(|(s, _)| *s == from)
    {
        return Glue::Far;
    }
    Glue::Far
}

/// A mention that begins with a piece.
fn begin(piece: &Piece, pack: &Pack, knowledge: &Knowledge, gazetteer: &Gazetteer) -> Option<Mention> {
    let mut mention = Mention {
        start: piece.start,
        end: piece.end,
        tags: piece.tags,
        doubtful: piece.doubtful,
        ..Mention::default()
    };
    match piece.part {
        Part::Title(form, kind) => {
            mention.plural = pack.offices.forms[form].flag.plural;
            if pack.offices.forms[form].flag.adjective {
                return None;
            }
            mention.country = piece.state;
            *title_slot(&mut mention, kind) = Some(form);
        }
        Part::Special(special) => match special {
            Special::Former => mention.former = true,
            Special::Acting => {}
            Special::Counterpart => mention.counterpart = true,
            Special::Both => mention.both = true,
            Special::He => mention.pronoun = true,
        },
        Part::Named(named) => match named {
            Named::Country(code) => mention.country = Some(code),
            Named::Government(code) => {
                mention.country = Some(code);
                mention.metonym = true;
            }
            Named::Nation(code) => {
                mention.country = Some(code);
                mention.adjective_only = true;
            }
            Named::City(city) => {
                let facts = &knowledge.world().cities()[city as usize];
                mention.city = Some(city);
                mention.metonym = true;
                mention.country = facts.country.filter(|_| facts.capital);
            }
            Named::Region(at) => {
                mention.country = gazetteer.regions.get(at as usize).and_then(|(_, country)| *country);
                mention.metonym = true;
                mention.region = true;
            }
            Named::Organization(at) => {
                let organization = &knowledge.world().organizations()[at as usize];
                mention.organization = Some(at);
                mention.country = organization.country;
                // An agency is where the news comes from, and seldom what it is about.
                mention.doubtful |= organization.sector == crate::model::Sector::new("JRN");
            }
            Named::Person(at) => {
                mention.person = Some(at);
                mention.name = Some((piece.start, piece.end));
            }
        },
        Part::Name => mention.name = Some((piece.start, piece.end)),
    }
    Some(mention)
}

fn title_slot(mention: &mut Mention, kind: OfficeKind) -> &mut Option<usize> {
    match kind {
        OfficeKind::Office => &mut mention.office,
        OfficeKind::Rank => &mut mention.rank,
        OfficeKind::Institution => &mut mention.institution,
        OfficeKind::Group => &mut mention.group,
    }
}

/// Takes a piece into a mention if it completes it.
fn extend(mention: &mut Mention, piece: &Piece, glue: Glue, pack: &Pack, knowledge: &Knowledge) -> bool {
    let close = matches!(glue, Glue::Nothing | Glue::Of);
    // What "and" is written onto begins another party.
    if pack.affixes.tag("and").is_some_and(|and| piece.tags & and != 0) {
        return false;
    }
    // A case at its end closes a mention; only what belongs to another noun stands before one.
    let closing = pack.affixes.of_suffixes() & pack.affixes.oblique() & !pack.affixes.tag("gen").unwrap_or(0);
    if mention.tags & closing != 0 {
        return false;
    }
    match piece.part {
        Part::Name | Part::Named(Named::Person(_)) => {
            let fits = mention.name.is_none()
                && !mention.both
                && (glue == Glue::Nothing && (mention.has_title() || mention.former || mention.adjective_only)
                    || glue == Glue::Comma && mention.has_title() && !mention.plural);
            if !fits {
                return false;
            }
            mention.name = Some((piece.start, piece.end));
            if let Part::Named(Named::Person(at)) = piece.part {
                mention.person = Some(at);
            }
            mention.adjective_only = false;
            true
        }
        Part::Title(form, kind) => {
            let fits = extend_title(mention, form, kind, glue, pack, knowledge);
            if fits {
                mention.country = mention.country.or(piece.state);
            }
            fits
        }
        Part::Special(special) => match special {
            Special::Former
                if close && mention.name.is_none() && (mention.office.is_some() || mention.state_only()) =>
            {
                mention.former = true;
                true
            }
            Special::Counterpart if glue == Glue::Nothing && mention.state_only() && !mention.metonym => {
                mention.counterpart = true;
                mention.adjective_only = false;
                true
            }
            Special::Acting => close && mention.name.is_none(),
            _ => false,
        },
        Part::Named(named) => {
            let bearer = mention.office.is_some()
                || mention.institution.is_some()
                || mention.group.is_some()
                || mention.counterpart
                || mention.former
                || mention.rank.is_some() && glue == Glue::Nothing;
            match named {
                Named::Country(code) | Named::Nation(code) => {
                    let adjective = matches!(named, Named::Nation(_));
                    // "Mr Trump of the United States": a name that has its state told after it.
                    let after_name = mention.name.is_some() && glue == Glue::Of && !adjective;
                    let fits = (mention.country.is_none() || mention.country == Some(code))
                        && close
                        && (bearer && mention.name.is_none() || after_name);
                    if fits {
                        mention.country = Some(code);
                    }
                    fits
                }
                Named::Organization(at) => {
                    let fits =
                        close && mention.office.is_some() && mention.name.is_none() && mention.organization.is_none();
                    if fits {
                        mention.organization = Some(at);
                        mention.country = mention.country.or(knowledge.world().organizations()[at as usize].country);
                    }
                    fits
                }
                _ => false,
            }
        }
    }
}

fn extend_title(
    mention: &mut Mention,
    form: usize,
    kind: OfficeKind,
    glue: Glue,
    pack: &Pack,
    knowledge: &Knowledge,
) -> bool {
    let close = matches!(glue, Glue::Nothing | Glue::Of);
    let flags = pack.offices.forms[form].flag;
    let level = |form: usize| knowledge.world().office(&pack.offices.forms[form].id).map_or(0, |o| o.level);
    if mention.name.is_some() || mention.both || mention.pronoun {
        return false;
    }
    // "Visit to Vietnam of the President": a state takes no title behind a word like "of".
    if glue == Glue::Of && mention.state_only() {
        return false;
    }
    let fits = match kind {
        OfficeKind::Office => match mention.office {
            None => {
                close
                    && (mention.state_only()
                        || mention.former
                        || mention.institution.is_some() && mention.country.is_some()
                        || mention.organization.is_some()
                        || mention.rank.is_some())
            }
            // Titles in a row are one person's; the highest is the one told.
            Some(other)
                if glue != Glue::Far
                    && glue != Glue::Of
                    && !mention.plural
                    && !flags.plural
                    && mention.country.is_none() =>
            {
                if level(form) < level(other) {
                    return true;
                }
                true
            }
            Some(_) => false,
        },
        OfficeKind::Rank => {
            matches!(glue, Glue::Nothing | Glue::Comma)
                && (mention.has_title() || mention.former || mention.adjective_only && glue == Glue::Nothing)
                || glue == Glue::Nothing && mention.state_only() && !mention.metonym
        }
        OfficeKind::Institution => {
            close
                && (mention.state_only() && !mention.metonym
                    || mention.office.is_some() && mention.institution.is_none())
        }
        OfficeKind::Group => close && mention.state_only() && !mention.metonym,
    };
    if fits {
        mention.plural |= flags.plural && kind == OfficeKind::Office;
        mention.adjective_only = false;
        *title_slot(mention, kind) = Some(form);
    }
    fits
}

/// "An Israeli water company": an adjective of nation belongs to the body or group that a plain word or two part it from.
fn nations_of_bodies(reading: &Reading<'_>, mentions: &mut Vec<Mention>, joints: &Joints) {
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
fn appositions(
    reading: &Reading<'_>,
    mentions: &mut Vec<Mention>,
    pack: &Pack,
    knowledge: &Knowledge,
    sentence: &impl Fn(usize) -> usize,
) {
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
    let _ = (pack, knowledge);
}

/// "The foreign ministers of A and B" are two mentions: each state has the office.
fn spread_plurals(
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

/// Annotates titles, so that patterns can ask for them.
pub fn annotate_pieces(reading: &mut Reading<'_>, pieces: &[Piece]) {
    for piece in pieces {
        let class = match piece.part {
            Part::Title(_, OfficeKind::Office) => Class::Office,
            Part::Title(_, OfficeKind::Rank) => Class::Rank,
            Part::Title(_, OfficeKind::Institution) => Class::Institution,
            Part::Title(_, OfficeKind::Group) => Class::Group,
            _ => continue,
        };
        reading.annotate(Annotation { class, start: piece.start, end: piece.end, payload: 0, tags: piece.tags });
    }
}

/// Annotates mentions, so that patterns can ask for them.
pub fn annotate(reading: &mut Reading<'_>, mentions: &[Mention]) {
    for (number, m) in mentions.iter().enumerate() {
        let put = |reading: &mut Reading<'_>, class, start: usize, end: usize| {
            reading.annotate(Annotation { class, start, end, payload: number as i64, tags: m.tags });
        };
        if m.strength() > 0 || m.name.is_some() {
            put(reading, Class::Party, m.start, m.end);
        }
        if let Some((start, end)) = m.name {
            put(reading, Class::Person, m.start, m.end);
            put(reading, Class::Name, start, end);
        }
    }
}
