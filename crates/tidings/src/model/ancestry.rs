//! How one text came from another.

use serde::{Deserialize, Serialize};

use super::{CopyKind, Source};

/// Why a text is taken to come from another, and not the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CopyWhy {
    /// It names the other's publisher as its source.
    Credit,
    /// It was published later.
    Time,
    /// It stands wholly in the other, which has more.
    Containment,
}

/// One text's place in a group of copies; a text that shares nothing with others is a group of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Ancestry {
    /// The text.
    pub source: Source,
    /// The group: the same for all texts that come from one another.
    pub group: String,
    /// What it is.
    pub kind: CopyKind,
    /// The text that it comes from.
    pub copy_of: Option<Source>,
    /// The share of this text that stands in that one, or in the nearest text of the group where none is named.
    pub overlap: f64,
    /// The reason for the direction.
    pub why: Option<CopyWhy>,
}
