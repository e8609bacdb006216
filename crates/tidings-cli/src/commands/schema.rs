//! `tidings schema`: the JSON Schemas of the records.

use crate::{failure::Misuse, output::say};
use tidings::record::schemas;

/// The options of `tidings schema`.
#[derive(clap::Args)]
pub struct Schema {
    /// One record: article, report, event or copy; all of them where none is named
    record: Option<String>,
}

impl Schema {
    /// Prints one schema, or an object of all by the record's name.
    pub fn run(self) -> anyhow::Result<bool> {
        let schemas = schemas();
        let text = match &self.record {
            None => serde_json::to_string_pretty(&schemas)?,
            Some(name) => {
                if let Some(schema) = schemas.get(name.as_str()) {
                    serde_json::to_string_pretty(schema)?
                } else {
                    let names: Vec<&str> = schemas.keys().copied().collect();
                    return Err(Misuse::error(format!("there is no record `{name}`; these are: {}", names.join(", "))));
                }
            }
        };
        say!("{text}");
        Ok(true)
    }
}
