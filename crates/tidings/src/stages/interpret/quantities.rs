//! Counts with their kind: killed, arrested, agreements, money.

use super::{numbers, passage::Passage};
use crate::{
    language::{Class, Pack},
    model::{Quantity, Quote, Report, Where},
};

/// Finds the counts of an article and ties each to the claim of its sentence.
pub fn find(report: &mut Report, passages: &[Passage<'_>], pack: &Pack) {
    for passage in passages {
        for &(from, to) in &passage.sentences {
            let mut found = passage.reading.matches(&pack.events.quantity_rules, from, to);
            found.sort_by_key(|f| usize::MAX - (f.end - f.start));
            let mut taken: Vec<Quote> = Vec::new();
            for f in found {
                let Some(number) = f.capture(Class::Num, 0) else { continue };
                let quote = passage.quote(number.start, number.end);
                let inside_time =
                    report.times.iter().any(|t| t.quote.text == quote.text && t.quote.span.contains(quote.span));
                if inside_time || taken.iter().any(|t| t.span.overlaps(quote.span)) {
                    continue;
                }
                taken.push(quote);
                let rule = &pack.events.quantities[f.rule];
                let unit = rule.unit.clone().or_else(|| currency(passage, pack, f.start, f.end));
                report.quantities.push(Quantity {
                    quote,
                    what: rule.what.clone(),
                    value: numbers::value(number),
                    unit,
                    claim: claim_of(report, quote),
                });
            }
        }
    }
    report.quantities.sort_by_key(|q| q.quote);
}

/// The currency named in a match.
fn currency(passage: &Passage<'_>, pack: &Pack, from: usize, to: usize) -> Option<String> {
    passage
        .reading
        .matches(&pack.events.currency_rules, from, to)
        .first()
        .map(|f| pack.events.currencies[f.rule].clone())
}

/// The claim that a count belongs to: the nearest of its sentence, else the main claim where it stands in the title or lead.
fn claim_of(report: &Report, quote: Quote) -> Option<usize> {
    let sentence = match quote.text {
        Where::Title => None,
        Where::Body => Some(report.sentences.iter().position(|s| s.contains(quote.span))?),
    };
    let same = report
        .claims
        .iter()
        .enumerate()
        .filter(|(_, c)| c.sentence == sentence && c.trigger.text == quote.text)
        .min_by_key(|(_, c)| {
            let (a, b) = (c.trigger.span, quote.span);
            b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
        })
        .map(|(number, _)| number);
    same.or_else(|| {
        let lead = sentence.is_none_or(|s| s < 2);
        lead.then(|| report.claims.iter().position(|c| c.main)).flatten()
    })
}
