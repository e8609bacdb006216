//! Mentions: an office, a state, a rank and a name that stand together are one mention of one party.
//!
//! [`pieces`](super::pieces) says what each word or two is by itself; here neighbouring pieces that complete one another
//! are put together, and [`joints`](super::joints) says what stands between them.

use super::{
    joints::{Glue, Joints, appositions, glue, nations_of_bodies, spread_plurals},
    pieces::{Part, Piece},
};
use crate::{
    Knowledge,
    language::{Annotation, Class, Pack, Reading, pack::Special},
    model::Country,
    world::{Gazetteer, Named, OfficeKind},
};

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

    /// Whether nothing but a state is told.
    pub fn state_only(&self) -> bool {
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
    appositions(reading, &mut mentions, &sentence);
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
