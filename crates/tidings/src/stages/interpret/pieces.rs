//! Pieces of mentions: a title, a state, a name, each by itself.
//!
//! A text is cut into pieces that the pack and the world know, and names that only their letters or their place
//! betray ([`names`](super::names) finds those). Which pieces stand together for one party is asked in
//! [`mentions`](super::mentions).

use crate::{
    Knowledge,
    language::{Annotation, Class, Pack, Reading, TokenKind, keep_apart, pack::Special},
    model::Country,
    world::{Hit, Named, OfficeKind},
};

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
    candidates.retain(|(p, _)| {
        !syllable_of_name(reading, p, pack, sentences)
            && !end_of_name(reading, p, pack, sentences)
            && !inside_name(reading, p, pack)
    });
    candidates.sort_by_key(|(p, rank)| (p.start, usize::MAX - p.end, *rank));
    keep_apart(&mut candidates, |(p, _)| (p.start, p.end));
    let mut pieces: Vec<Piece> = candidates.into_iter().map(|(piece, _)| piece).collect();
    super::names::add(reading, &mut pieces, pack, sentences);
    pieces.sort_by_key(|p| p.start);
    pieces
}

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

/// Annotates titles, so that patterns can ask for them.
pub fn annotate(reading: &mut Reading<'_>, pieces: &[Piece]) {
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
