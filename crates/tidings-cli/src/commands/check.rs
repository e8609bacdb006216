//! `tidings check`: language packs against their own examples and cases.

use tidings::check;

use crate::{documents::Data, failure::Misuse, output::say};

/// The options of `tidings check`.
#[derive(clap::Args)]
pub struct Check {
    /// Languages (BCP 47); all that have a pack where none is given
    languages: Vec<String>,
    #[command(flatten)]
    data: Data,
}

impl Check {
    /// Prints what fails, by file and line, and a line a language; the answer is whether all holds.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.data.unchecked()?;
        let full = knowledge.source().full_languages();
        if let Some(unknown) = self.languages.iter().find(|code| !full.contains(code)) {
            return Err(Misuse::error(format!("`{unknown}` has no pack; these have: {}", full.join(", "))));
        }
        let languages = if self.languages.is_empty() { full } else { self.languages };
        let mut all_hold = true;
        for fault in check::world_ids(&knowledge) {
            say!("{fault}");
            all_hold = false;
        }
        for outcome in check::any_lines(&knowledge)?.iter().filter(|o| o.fault.is_some()) {
            say!("world/{outcome}");
            all_hold = false;
        }
        for code in languages {
            let mut outcomes = check::examples(&code, &knowledge)?;
            if let Some(folder) = self.data.folder() {
                let tests = folder.join("languages").join(&code).join("tests");
                outcomes.extend(check::cases(&code, &tests, &knowledge)?);
            }
            let (gaps, rest): (Vec<_>, Vec<_>) = outcomes.iter().partition(|o| o.known_gap);
            let faults: Vec<_> = rest.iter().filter(|o| o.fault.is_some()).collect();
            let ids = check::pack_ids(&code, &knowledge)?;
            for fault in &ids {
                say!("{fault}");
            }
            for fault in &faults {
                say!("languages/{code}/{fault}");
            }
            for mended in gaps.iter().filter(|o| o.fault.is_none()) {
                say!("languages/{code}/{mended}, though it is marked as a known gap");
            }
            let open = gaps.iter().filter(|o| o.fault.is_some()).count();
            let (hold, fail) = (outcomes.len() - faults.len() - open, faults.len() + ids.len());
            say!("{code}: {hold} hold, {fail} fail, {open} known gaps");
            all_hold &= fail == 0;
        }
        Ok(all_hold)
    }
}
