//! PLOVER's intensities: how cooperative or hostile an act is.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{language::PackSource, model::EventType};

/// Intensities by type and mode, from `data/plover/types.toml`.
#[derive(Clone, Debug, Default)]
pub struct Scale(BTreeMap<String, Entry>);

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Entry {
    score: Option<f64>,
    modes: BTreeMap<String, f64>,
}

impl Scale {
    /// Reads the table; a file that cannot be read gives no intensities.
    pub fn new(source: &PackSource) -> Self {
        let text = source.file("plover/types.toml").unwrap_or_default();
        Self(toml::from_str(text).unwrap_or_default())
    }

    /// The intensity of an act: that of its first mode which has one, else of its type.
    ///
    /// ```
    /// use tidings::{Knowledge, model::EventType, world::Scale};
    /// let scale = Scale::new(Knowledge::embedded().source());
    /// assert_eq!(scale.score(EventType::Consult, &["visit".to_owned()]), Some(4.0));
    /// assert_eq!(scale.score(EventType::Consult, &[]), Some(2.5));
    /// ```
    pub fn score(&self, kind: EventType, modes: &[String]) -> Option<f64> {
        let entry = self.0.get(kind.name())?;
        modes.iter().find_map(|m| entry.modes.get(m).copied()).or(entry.score)
    }
}
