//! The stages in the order of the flow: acquire, extract, interpret, lineage, merge, narrate.
//!
//! Up to a report each document is read alone; lineage and merge look at many.

pub mod acquire;
pub mod extract;
pub mod interpret;
pub mod lineage;
pub mod merge;
pub mod narrate;
