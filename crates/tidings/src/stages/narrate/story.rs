//! The order of an event's reports, and what each brings that was not said before.

use serde_json::Value;

use crate::model::{Chapter, DifferenceKind, Event, ReportRef, Role, Source, Story};

/// The telling of an event: a chapter for each report that was written and not taken over, the earliest first.
pub fn story(event: &Event) -> Story {
    let here = |source: &Source| event.reports.iter().find(|r| r.source == *source);
    // A copy belongs to the first text of its chain that this event has.
    let origin = |report: &ReportRef| -> Source {
        let mut at = report.clone();
        for _ in 0..event.reports.len() {
            match at.copy_of.as_ref().and_then(here) {
                Some(next) => at = next.clone(),
                None => break,
            }
        }
        at.source
    };
    let mut written: Vec<&ReportRef> = event.reports.iter().filter(|r| origin(r) == r.source).collect();
    written.sort_by_key(|r| (r.role, !r.first));
    let mut said: Vec<(&str, &Value)> = Vec::new();
    let chapters = written
        .into_iter()
        .map(|report| {
            let mut chapter = Chapter {
                source: report.source.clone(),
                first: report.first,
                recalls: report.role == Role::Background,
                ..Chapter::default()
            };
            chapter.taken_over = event
                .reports
                .iter()
                .filter(|r| r.source != report.source && origin(r) == report.source)
                .map(|r| (r.source.clone(), r.kind))
                .collect();
            for answer in &event.evidence {
                let mine = answer.words.as_ref().is_some_and(|(source, _)| *source == report.source);
                let field = answer.field.as_str();
                if mine && !said.contains(&(field, &answer.value)) {
                    said.push((field, &answer.value));
                    chapter.adds.push((answer.field.clone(), answer.value.clone()));
                }
            }
            chapter.disputes = event
                .differences
                .iter()
                .filter(|d| d.kind == DifferenceKind::Contradiction)
                .filter(|d| d.values.iter().any(|(_, documents)| documents.contains(&report.source.document)))
                .map(|d| d.field.clone())
                .collect();
            chapter
        })
        .collect();
    Story { event: event.id.clone(), chapters }
}
