//! A title or body while it is being understood.

use super::{
    joints::Joints,
    mentions::{self, Mention},
    pieces,
};
use crate::{
    Knowledge,
    language::{Annotation, Class, Pack, Reading, TokenKind, Tokens, sentences},
    model::{Quote, Span, Time, Where},
    world::{Hit, Named},
};

/// A title or body with what was found in it so far. Token positions count in `reading`.
#[derive(Debug)]
pub struct Passage<'t> {
    /// Title or body.
    pub place: Where,
    /// The tokens and annotations.
    pub reading: Reading<'t>,
    /// Sentences as token ranges.
    pub sentences: Vec<(usize, usize)>,
    /// Their bytes.
    pub spans: Vec<Span>,
    /// Names of the world.
    pub hits: Vec<Hit>,
    /// Words that join and part.
    pub joints: Joints,
    /// Mentions of parties.
    pub mentions: Vec<Mention>,
}

impl<'t> Passage<'t> {
    /// Cuts a text and finds what needs no other text: numbers, names, titles, mentions; and its times.
    pub fn new(
        text: &'t str,
        place: Where,
        pack: &Pack,
        knowledge: &Knowledge,
        anchor: &mut super::Anchor,
        times: &mut Vec<Time>,
    ) -> Self {
        let tokens = Tokens::new(text, &pack.cutting);
        let cut = if place == Where::Title && !tokens.is_empty() {
            // A title is one sentence, whatever marks it holds.
            vec![(0, tokens.len(), tokens.span(0, tokens.len()))]
        } else {
            sentences(&tokens, pack)
        };
        let sentences: Vec<(usize, usize)> = cut.iter().map(|(a, b, _)| (*a, *b)).collect();
        let spans = cut.into_iter().map(|(_, _, span)| span).collect();
        let mut reading = Reading::new(tokens, &pack.lexicon, &pack.affixes);
        super::numbers::annotate(&mut reading, pack);
        let mut hits = knowledge.gazetteer(pack).find(&reading, pack);
        if place == Where::Body && pack.language.names.case {
            let strangers: Vec<usize> =
                hits.iter().map(|h| h.start).filter(|at| beside_stranger(&reading, *at, &sentences)).collect();
            hits.retain(|h| {
                h.end > h.start + 1 || !matches!(h.named, Named::Person(_)) || !strangers.contains(&h.start)
            });
        }
        // "Today" in an outlet's name is no time.
        let names: Vec<(usize, usize)> = hits
            .iter()
            .filter(|h| matches!(h.named, Named::Organization(_)) && h.end > h.start + 1)
            .map(|h| (h.start, h.end))
            .collect();
        super::times::find(&mut reading, &sentences, place, pack, anchor, &names, times);
        // A month or weekday is no place, whatever town bears its name.
        hits.retain(|h| {
            !(0..2).any(|back| {
                h.start
                    .checked_sub(back)
                    .is_some_and(|s| reading.longest_at(s, Class::Time).is_some_and(|t| t.end >= h.end))
            })
        });
        for found in reading.matches(&pack.events.currency_rules, 0, reading.tokens.len()) {
            let (start, end, payload) = (found.start, found.end, found.rule as i64);
            reading.annotate(Annotation { class: Class::Currency, start, end, payload, tags: found.tags });
        }
        super::places::annotate(&mut reading, &hits);
        let joints = Joints::find(&reading, pack);
        let pieces = pieces::pieces(&reading, &hits, pack, knowledge, &sentences);
        pieces::annotate(&mut reading, &pieces);
        let mentions = mentions::mentions(&reading, &pieces, &joints, pack, knowledge, &sentences);
        mentions::annotate(&mut reading, &mentions);
        Self { place, reading, sentences, spans, hits, joints, mentions }
    }

    /// The words of some tokens.
    pub fn quote(&self, start: usize, end: usize) -> Quote {
        Quote { text: self.place, span: self.reading.tokens.span(start, end) }
    }

    /// Whether some tokens are a part of a longer name or title: "support" in "Rapid Support Forces" names no act.
    pub fn inside_name(&self, start: usize, end: usize) -> bool {
        const LONGEST: usize = 8;
        (start.saturating_sub(LONGEST)..=start).any(|at| {
            self.reading.annotations_at(at).iter().any(|a| {
                matches!(a.class, Class::Org | Class::Institution | Class::Office | Class::Person)
                    && end <= a.end
                    && a.end - at > end - start
            })
        })
    }

    /// The sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.1 <= token)
    }
}

/// Whether a capitalised word that no pattern knows stands beside a token: then a surname at it is a part of
/// somebody else's name. The first word of a sentence is capitalised anyway.
fn beside_stranger(reading: &Reading<'_>, at: usize, sentences: &[(usize, usize)]) -> bool {
    let tokens = &reading.tokens;
    let stranger = |at: usize| {
        tokens.list.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
            && !reading.known(at)
            && reading.annotations_at(at).is_empty()
    };
    let first = |at: usize| sentences.iter().any(|s| s.0 == at);
    at > 0 && stranger(at - 1) && !first(at - 1) && !tokens.list[at].breaks
        || stranger(at + 1) && !first(at + 1) && !tokens.list[at + 1].breaks
}
