//! `tidings lineage`: which texts come from which, a JSON line a text.

use tidings::{record::CopyRecord, stages::lineage::lineage};

use crate::{documents::Documents, output::Lines, reports::articles};

/// The options of `tidings lineage`.
#[derive(clap::Args)]
pub struct Lineage {
    #[command(flatten)]
    documents: Documents,
}

impl Lineage {
    /// Prints what each text is among its copies.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let mut all = Vec::new();
        let read = self.documents.each(
            |input| articles(input, knowledge),
            |articles| {
                all.extend(articles);
                Ok(())
            },
        )?;
        let mut lines = Lines::new();
        for ancestry in lineage(&all) {
            lines.print(&serde_json::to_string(&CopyRecord::from(ancestry))?)?;
        }
        Ok(read)
    }
}
