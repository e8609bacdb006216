//! Names of people that no table lists, by their letters or by their place.

use super::pieces::{Part, Piece};
use crate::{
    language::{Pack, Reading, TokenKind, pack::Special},
    world::OfficeKind,
};

/// Adds names to the pieces of a text.
pub fn add(reading: &Reading<'_>, pieces: &mut Vec<Piece>, pack: &Pack, sentences: &[(usize, usize)]) {
    let mut taken = vec![false; reading.tokens.len()];
    for piece in pieces.iter() {
        taken[piece.start..piece.end].fill(true);
    }
    let mut names = Vec::new();
    for &(from, to) in sentences {
        if pack.language.names.case {
            by_capitals(reading, pack, from, to, &taken, &mut names);
        } else if pack.full {
            by_place(reading, pack, pieces, from, to, &taken, &mut names);
        }
    }
    pieces.extend(names.into_iter().map(|(start, end)| Piece {
        start,
        end,
        part: Part::Name,
        tags: reading.tags(end - 1) & tags_of_name(reading, end - 1),
        doubtful: false,
        state: None,
    }));
}

/// A name's last word has endings only after an apostrophe; other likenesses to an ending are the name's own letters.
fn tags_of_name(reading: &Reading<'_>, at: usize) -> u32 {
    if reading.tokens.written(at).contains(['\'', '\u{2019}']) { u32::MAX } else { 0 }
}

fn stops(pack: &Pack, written: &str, folded: &str) -> bool {
    pack.name_words.stops(written, folded)
}

/// Runs of capitalised words.
fn by_capitals(
    reading: &Reading<'_>,
    pack: &Pack,
    from: usize,
    to: usize,
    taken: &[bool],
    names: &mut Vec<(usize, usize)>,
) {
    let tokens = &reading.tokens;
    // What is known anyway says nothing of how the rest is written.
    let open = || (from + 1..to).filter(|at| tokens.list[*at].kind == TokenKind::Word && !taken[*at]);
    let words = open().count();
    let capitals = open().filter(|at| tokens.list[*at].capital).count();
    // Where nearly every word has a capital, capitals say nothing.
    if words > 5 && capitals * 10 > words * 7 {
        return;
    }
    let capital = |at: usize| {
        let token = &tokens.list[at];
        token.kind == TokenKind::Word
            && token.capital
            && !taken[at]
            && !stops(pack, tokens.written(at), tokens.folded(at))
    };
    let particle =
        |at: usize| pack.language.names.particles.iter().any(|p| p == tokens.folded(at) || p == tokens.written(at));
    let mut at = from;
    while at < to {
        if !capital(at) || at == from && pack.lexicon.knows(tokens.folded(at)) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut parts = 1;
        loop {
            if end < to && capital(end) && !tokens.list[end].breaks {
                end += 1;
                parts += 1;
            } else if end + 1 < to
                && tokens.written(end) == "-"
                && tokens.list[end].joined
                && tokens.list[end + 1].joined
                && tokens.list[end + 1].kind == TokenKind::Word
                && !taken[end + 1]
            {
                end += 2;
            } else if end + 1 < to
                && tokens.written(end) == "."
                && tokens.list[end].joined
                && tokens.written(end - 1).chars().count() <= 2
                && capital(end + 1)
            {
                end += 2;
                parts += 1;
            } else if end + 1 < to
                && particle(end)
                && (capital(end + 1) || end + 2 < to && particle(end + 1) && capital(end + 2))
            {
                end += 1;
            } else {
                break;
            }
            if parts > pack.language.names.max_words.max(2) + 1 {
                break;
            }
        }
        let letters = tokens.span(at, end).of(tokens.text).chars().filter(|c| c.is_alphabetic()).count();
        let shout = end == at + 1 && tokens.written(at).chars().all(|c| !c.is_lowercase());
        if parts <= pack.language.names.max_words.max(2) + 1 && letters > 2 && !(shout && letters < 6) {
            names.push((at, end));
        }
        at = end;
    }
}

/// In scripts without capitals: what stands behind a title, and what begins with a frequent given name.
fn by_place(
    reading: &Reading<'_>,
    pack: &Pack,
    pieces: &[Piece],
    from: usize,
    to: usize,
    taken: &[bool],
    names: &mut Vec<(usize, usize)>,
) {
    let tokens = &reading.tokens;
    let most = pack.language.names.max_words.max(2);
    let given = |at: usize| reading.stems(at).iter().any(|s| pack.name_words.gives(tokens.written(at), &s.form));
    let usable = |at: usize| {
        at < to
            && tokens.list[at].kind == TokenKind::Word
            && !taken[at]
            && !tokens.list[at].breaks
            && !stops(pack, tokens.written(at), tokens.folded(at))
            && (given(at) || !known(reading, at))
    };
    let mut at = from;
    while at < to {
        let after_title = pieces.iter().any(|p| {
            p.end == at
                && match p.part {
                    Part::Title(_, OfficeKind::Rank) => true,
                    Part::Title(form, OfficeKind::Office) => !pack.offices.forms[form].flag.plural,
                    Part::Special(Special::Counterpart | Special::Former) => true,
                    // An office with its state before it: the name stands behind both.
                    Part::Named(_) => pieces.iter().any(|q| {
                        q.end == p.start
                            && matches!(
                                q.part,
                                Part::Title(_, OfficeKind::Office)
                                    | Part::Special(Special::Counterpart | Special::Former)
                            )
                    }),
                    _ => false,
                }
        });
        let begins = at >= from
            && usable(at)
            && (given(at) && tokens.folded(at).chars().count() > 2 || after_title && at > from);
        if !begins {
            at += 1;
            continue;
        }
        let particle =
            |at: usize| pack.language.names.particles.iter().any(|p| pack.language.folded(p) == tokens.folded(at));
        let mut end = at + 1;
        while end < to && end - at < most && usable(end) && !particle(end)
            || end + 1 < to && particle(end) && usable(end + 1)
        {
            end += if particle(end) { 2 } else { 1 };
        }
        // A word behind a title that is no known given name is a name only if it ends where names end.
        let bounded = end >= to || tokens.list[end].kind != TokenKind::Word || taken[end] || end - at <= 3;
        if bounded && (given(at) && end > at + 1 || after_title) {
            names.push((at, end.min(at + most + 1)));
        }
        at = end;
    }
}

/// Whether some pattern of the pack knows the word, so that it is a common word.
fn known(reading: &Reading<'_>, at: usize) -> bool {
    reading.known(at)
}
