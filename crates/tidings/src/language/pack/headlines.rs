//! `headlines.toml`: how an event is told in a language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{PackError, PackSource};

/// Templates by type, and the words that join what they hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Headlines {
    /// Before the last of several parties.
    pub and: String,
    /// Between the others.
    pub list: String,
    /// By type and then by mode, status, or `default`.
    pub types: BTreeMap<String, BTreeMap<String, String>>,
    /// How an office is written, with `{country}` where the state stands.
    pub offices: BTreeMap<String, String>,
    /// How a country stands in a slot, where it must change.
    pub forms: BTreeMap<String, toml::Value>,
}

impl Headlines {
    /// Reads a language's templates.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn load(code: &str, source: &PackSource) -> Result<Self, PackError> {
        Ok(source.toml::<Self>(code, "headlines.toml")?.0)
    }
}
