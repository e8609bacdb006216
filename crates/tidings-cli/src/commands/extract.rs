//! `tidings extract`: documents to articles, a JSON line each.

use crate::{documents::Documents, output::Lines, progress::Progress, reports::articles};

/// The options of `tidings extract`.
#[derive(clap::Args)]
pub struct Extract {
    #[command(flatten)]
    documents: Documents,
}

impl Extract {
    /// Prints the articles of all documents in the order of the input.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let mut lines = Lines::new();
        let read = self.documents.each(
            &Progress::beside_output(),
            |input| {
                let articles = articles(input, knowledge)?;
                Ok(articles.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?)
            },
            |articles| articles.iter().try_for_each(|article| lines.print(article)),
        )?;
        lines.finish()?;
        Ok(read)
    }
}
