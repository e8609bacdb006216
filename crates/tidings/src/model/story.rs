//! An event's telling: who told it first, who took it over, what each report adds.

use serde_json::Value;

use super::{CopyKind, Source};

/// The reports of an event as a reader meets them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The event's id.
    pub event: String,
    /// Its reports: the first report first, those that recall it last.
    pub chapters: Vec<Chapter>,
}

/// One report of a story, with the texts that were taken from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chapter {
    /// The report.
    pub source: Source,
    /// Whether no other report was earlier.
    pub first: bool,
    /// Whether it only recalls the event.
    pub recalls: bool,
    /// Texts that were taken from it or from one of these, with how.
    pub taken_over: Vec<(Source, CopyKind)>,
    /// What no report before it said: field and value.
    pub adds: Vec<(String, Value)>,
    /// Fields on which it contradicts another report.
    pub disputes: Vec<String>,
}
