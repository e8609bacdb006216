//! The evidence of an event, as it is gathered.

use serde_json::Value;

use super::telling::source;
use crate::model::{Answer, DateSource, Quote, Report};

/// Answers with what they rest on; each stands there once.
#[derive(Debug)]
pub struct Book<'r> {
    reports: &'r [Report],
    answers: Vec<Answer>,
}

impl<'r> Book<'r> {
    /// An empty book over these reports.
    pub fn new(reports: &'r [Report]) -> Self {
        Self { reports, answers: Vec::new() }
    }

    /// A value that words of a report carry; none where the quote covers no words.
    pub fn cite(&mut self, field: &str, value: Value, report: usize, quote: Quote) -> Option<usize> {
        if self.reports[report].words(quote).trim().is_empty() {
            return None;
        }
        let words = Some((source(&self.reports[report]), quote));
        Some(self.add(Answer { field: field.to_owned(), value, words, metadata: None, premises: Vec::new() }))
    }

    /// A value that a field beside the text of a report carries.
    pub fn metadata(&mut self, field: &str, value: Value, report: usize, from: DateSource, raw: &str) -> usize {
        let metadata = Some((source(&self.reports[report]), from, raw.to_owned()));
        self.add(Answer { field: field.to_owned(), value, words: None, metadata, premises: Vec::new() })
    }

    /// A value that follows from other answers; it shows the words of the first of them that has any.
    pub fn infer(&mut self, field: &str, value: Value, premises: Vec<usize>) -> Option<usize> {
        let words = premises.iter().find_map(|p| self.answers[*p].words.clone());
        if premises.is_empty() {
            return None;
        }
        Some(self.add(Answer { field: field.to_owned(), value, words, metadata: None, premises }))
    }

    fn add(&mut self, answer: Answer) -> usize {
        if let Some(at) = self.answers.iter().position(|a| *a == answer) {
            return at;
        }
        self.answers.push(answer);
        self.answers.len() - 1
    }

    /// All answers, in the order in which they were found.
    pub fn into_answers(self) -> Vec<Answer> {
        self.answers
    }
}
