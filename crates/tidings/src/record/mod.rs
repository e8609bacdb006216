//! The records that Tidings prints, one JSON object a line.
//!
//! Their keys are a promise to users. The model counts bytes; here, and only here, they become Unicode code points.

mod copy;
mod event;
mod positions;
mod report;

pub use copy::CopyRecord;
pub use event::{
    ActorRecord, DateRecord, DifferenceRecord, EventRecord, EventReportRecord, EvidenceRecord, PlaceRecord,
    QuantityRecord, SeeAlsoRecord, ValueRecord, events,
};
pub use positions::Positions;
pub use report::{ClaimRecord, MentionRecord, NumberRecord, ReportRecord, SpotRecord, TimeRecord};

use std::collections::BTreeMap;

use schemars::{Schema, schema_for};

use crate::model::Article;

/// The JSON Schema of each record by its name: `article, report, event, copy`.
///
/// ```
/// assert!(tidings::record::schemas().contains_key("event"));
/// ```
pub fn schemas() -> BTreeMap<&'static str, Schema> {
    BTreeMap::from([
        ("article", schema_for!(Article)),
        ("report", schema_for!(ReportRecord)),
        ("event", schema_for!(EventRecord)),
        ("copy", schema_for!(CopyRecord)),
    ])
}
