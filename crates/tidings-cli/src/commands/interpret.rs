//! `tidings interpret`: documents to reports, a JSON line each.

use tidings::record::ReportRecord;

use crate::{documents::Documents, output::Lines, progress::Progress, reports::reports};

/// The options of `tidings interpret`.
#[derive(clap::Args)]
pub struct Interpret {
    #[command(flatten)]
    documents: Documents,
}

impl Interpret {
    /// Prints the reports of all documents in the order of the input.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let mut lines = Lines::new();
        let read = self.documents.each(
            &Progress::beside_output(),
            |input| {
                let reports = reports(input, knowledge)?;
                let records = reports.iter().map(|r| serde_json::to_string(&ReportRecord::from(r)));
                Ok(records.collect::<Result<Vec<_>, _>>()?)
            },
            |reports| reports.iter().try_for_each(|report| lines.print(report)),
        )?;
        lines.finish()?;
        Ok(read)
    }
}
