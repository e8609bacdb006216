//! An article in, a report out: times, places, actors, claims.
//!
//! Each step annotates the text for the next: numbers, times, names of the world, offices, mentions, acts. What
//! is looked for stands in the language's pack; what is done with it stands here.

mod actors;
mod calendar;
mod claims;
mod fill;
mod joints;
mod meanings;
mod mentions;
mod names;
mod numbers;
mod parties;
mod passage;
mod pieces;
mod places;
mod quantities;
mod select;
mod times;

pub use numbers::annotate as annotate_numbers;
pub use times::Anchor;

use jiff::civil::Date;

use crate::{
    Knowledge,
    language::{Annotation, Class, Pack, Reading, Tokens},
    model::{Article, Report, Time, Where},
    world::Named,
};
use passage::Passage;

/// The bytes of a text that are interpreted, title aside. No news is as long; what names are borne by whom is looked
/// for among all that a text names, so that a whole book would take hours.
const MOST: usize = 1 << 18;

/// Reads one article.
///
/// This never fails: an article in a language of which nothing is known still gets its numerals and dates, and
/// the note says so.
///
/// ```
/// use tidings::{Knowledge, model::Article, stages::interpret::interpret};
/// let article = Article { id: "a".into(), text: "17 November 2024".into(), language: Some("en".into()), ..Article::default() };
/// let report = interpret(article, &Knowledge::embedded());
/// assert_eq!(report.claims.iter().filter(|c| c.main).count(), 1);
/// ```
pub fn interpret(mut article: Article, knowledge: &Knowledge) -> Report {
    let language = article.language.clone().unwrap_or_else(|| "und".to_owned());
    let pack = match knowledge.pack(&language) {
        Ok(pack) => pack,
        Err(error) => {
            article.notes.push(format!("the pack of this language cannot be read: {error}"));
            return Report { article, ..Report::default() };
        }
    };
    let published: Option<Date> = article.published.as_ref().and_then(|p| p.interval()).and_then(|i| i.latest);
    let mut anchor = Anchor { published, previous: None };
    let mut times = Vec::new();
    let title = article.title.clone().unwrap_or_default();
    let fits = |at: &usize| article.text.is_char_boundary(*at);
    let read = (0..=article.text.len().min(MOST)).rev().find(fits).unwrap_or(0);
    if read < article.text.len() {
        article.notes.push(format!("only its first {} KiB were interpreted", MOST >> 10));
    }
    let body = article.text[..read].to_owned();
    let mut passages = Vec::new();
    for (text, place) in [(&title, Where::Title), (&body, Where::Body)] {
        if !text.trim().is_empty() {
            passages.push(Passage::new(text, place, &pack, knowledge, &mut anchor, &mut times));
        }
    }
    let gazetteer = knowledge.gazetteer(&pack);
    let weights = actors::country_weights(&passages);
    let places = places::find(&passages, &pack, knowledge, &gazetteer, &weights);
    let resolved = actors::resolve(&passages, &article, &pack, knowledge, published);
    let mut drafts = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        drafts.extend(claims::find(number, passage, &pack, &mut times, &places, published));
    }
    let mut report = Report { article, times, places, ..Report::default() };
    if let Some(body) = passages.iter().find(|p| p.place == Where::Body) {
        report.sentences.clone_from(&body.spans);
    }
    select::assemble(&mut report, &passages, &resolved, drafts, &pack, knowledge);
    quantities::find(&mut report, &passages, &pack);
    report
}

/// The times of a text by itself.
pub fn times_of(text: &str, place: Where, pack: &Pack, anchor: &mut Anchor) -> Vec<Time> {
    let mut reading = Reading::new(Tokens::new(text, &pack.cutting), &pack.lexicon, &pack.affixes);
    numbers::annotate(&mut reading, pack);
    let whole = [(0, reading.tokens.len())];
    let mut times = Vec::new();
    times::find(&mut reading, &whole, place, pack, anchor, &[], &mut times);
    times
}

/// The numbers of the `[[say]]` entries that find a speaker in a text.
pub fn spoken(text: &str, pack: &Pack, knowledge: &Knowledge) -> Vec<usize> {
    let passage = Passage::new(text, Where::Body, pack, knowledge, &mut Anchor::default(), &mut Vec::new());
    let says = |&(from, to): &(usize, usize)| {
        claims::says(&passage, pack, &parties::Scene::new(&passage, pack, from, to), from, to)
    };
    passage.sentences.iter().flat_map(says).filter(|s| !s.speakers.is_empty()).map(|s| s.rule).collect()
}

/// The numbers of the `[[rule]]` entries whose words win in a text, those that name no act among them.
pub fn triggered(text: &str, pack: &Pack, knowledge: &Knowledge) -> Vec<usize> {
    let passage = Passage::new(text, Where::Body, pack, knowledge, &mut Anchor::default(), &mut Vec::new());
    let triggers = |(from, to): &(usize, usize)| claims::triggers(&passage, pack, *from, *to);
    passage.sentences.iter().flat_map(triggers).map(|found| found.rule).collect()
}

/// The contexts of a text by itself, an act or none.
pub fn contexts_of(text: &str, pack: &Pack, knowledge: &Knowledge) -> Vec<String> {
    let passage = Passage::new(text, Where::Body, pack, knowledge, &mut Anchor::default(), &mut Vec::new());
    passage.sentences.iter().flat_map(|(from, to)| claims::contexts(&passage, pack, *from, *to)).collect()
}

/// Annotates a single line of a page with what its patterns ask for: `{date}`, `{clock}`, `{place}`, `{num}`,
/// `{outlet}`. The times are returned, numbered by the annotations' payload.
pub fn annotate_line(reading: &mut Reading<'_>, code: &str, knowledge: &Knowledge) -> Vec<Time> {
    let Ok(pack) = knowledge.pack(code) else { return Vec::new() };
    // The line was read with its own words; dates are looked for with the pack's.
    let mut own = Reading::new(Tokens::new(reading.tokens.text, &pack.cutting), &pack.lexicon, &pack.affixes);
    numbers::annotate(&mut own, &pack);
    let to = own.tokens.len();
    let mut times = Vec::new();
    for (start, end, time) in times::in_range(&own, 0, to, Where::Body, &pack, &mut Anchor::default()) {
        let class = if time.value.starts_with('T') { Class::Clock } else { Class::Date };
        reading.annotate(Annotation { class, start, end, payload: times.len() as i64, tags: 0 });
        times.push(time);
    }
    for at in 0..to {
        for number in own.annotations_at(at).iter().filter(|a| a.class == Class::Num) {
            reading.annotate(*number);
        }
    }
    let outlets = knowledge.world().outlets();
    let printed = outlets.find(reading.tokens.text);
    outlets.annotate(reading, &printed);
    for hit in knowledge.gazetteer(&pack).find(&own, &pack) {
        if matches!(hit.named, Named::City(_) | Named::Country(_)) {
            reading.annotate(Annotation { class: Class::Place, start: hit.start, end: hit.end, payload: 0, tags: 0 });
        }
    }
    times
}
