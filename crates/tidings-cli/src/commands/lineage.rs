//! `tidings lineage`: which texts come from which, a JSON line a text.

use tidings::{
    record::CopyRecord,
    stages::lineage::{lineage, tell_apart},
};

use crate::{documents::Documents, output::Lines, progress::Progress, reports::articles};

/// The options of `tidings lineage`.
#[derive(clap::Args)]
pub struct Lineage {
    #[command(flatten)]
    documents: Documents,
}

impl Lineage {
    /// Prints what each text is among its copies, by the texts' ids.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let progress = Progress::before_output();
        let mut all = Vec::new();
        let read = self.documents.each(
            &progress,
            |input| articles(input, knowledge),
            |articles| {
                all.extend(articles);
                Ok(())
            },
        )?;
        progress.now("comparing the texts");
        tell_apart(&mut all);
        let mut copies = lineage(&all, knowledge.world().outlets());
        // By name, so that the order in which texts arrived does not show.
        copies.sort_by(|a, b| a.source.cmp(&b.source));
        drop(progress);
        let mut lines = Lines::new();
        for ancestry in copies {
            lines.print(&serde_json::to_string(&CopyRecord::from(ancestry))?)?;
        }
        lines.finish()?;
        Ok(read)
    }
}
