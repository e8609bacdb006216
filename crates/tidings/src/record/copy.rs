//! The record of `tidings lineage`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Ancestry, CopyKind, CopyWhy, Source};

/// What a text is among its copies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CopyRecord {
    /// The document's id.
    pub id: String,
    /// The part of it, from 1.
    pub part: u32,
    /// The group: the same for all texts that come from one another.
    pub group: String,
    /// What it is.
    pub kind: CopyKind,
    /// The document that it comes from.
    pub copy_of: Option<String>,
    /// The share of this text that stands in the other.
    pub overlap: f64,
    /// The reason for the direction.
    pub why: Option<CopyWhy>,
}

impl From<Ancestry> for CopyRecord {
    fn from(ancestry: Ancestry) -> Self {
        let Ancestry { source: Source { document, part }, group, kind, copy_of, overlap, why } = ancestry;
        let overlap = (overlap * 1000.0).round() / 1000.0;
        Self { id: document, part, group, kind, copy_of: copy_of.map(|s| s.document), overlap, why }
    }
}
