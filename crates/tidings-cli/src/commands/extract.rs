//! `tidings extract`: documents to articles, a JSON line each.

use anyhow::Context;
use tidings::model::Article;
use tidings::stages::acquire::Input;
use tidings::stages::extract::extract;

use crate::documents::Documents;
use crate::output::Lines;

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
        self.documents.each(
            |input| {
                let articles = match input {
                    Input::Page(page) => extract(&page, &knowledge),
                    Input::Article(article) => vec![article],
                    Input::Report(line) => vec![serde_json::from_str::<Article>(&line).context("not a report")?],
                };
                Ok(articles.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?)
            },
            |articles| articles.iter().try_for_each(|article| lines.print(article)),
        )
    }
}
