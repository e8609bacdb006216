//! `tidings extract`: documents to articles, as lines of JSON or for people to read.

use tidings::model::Article;

use crate::{
    article::{Look, shown},
    documents::Documents,
    output::{Lines, Paint},
    progress::Progress,
    reports::articles,
};

/// The options of `tidings extract`.
#[derive(clap::Args)]
pub struct Extract {
    #[command(flatten)]
    documents: Documents,
    /// How articles are printed: as records, as they read, or to be pasted
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// With text and markdown: print also what was set aside, and why
    #[arg(long)]
    asides: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Jsonl,
    Text,
    Markdown,
}

impl Extract {
    /// Prints the articles of all documents in the order of the input. What a reader should know of one stands in its
    /// record, and on standard error where articles are printed for people.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let look = match self.format {
            Format::Jsonl => None,
            Format::Text => Some(Look::Text(Paint::for_stdout())),
            Format::Markdown => Some(Look::Markdown),
        };
        let printed = |article: &Article| -> anyhow::Result<String> {
            Ok(match look {
                None => serde_json::to_string(article)?,
                Some(look) => shown(article, look, self.asides),
            })
        };
        let notes = |article: &Article| match look {
            None => Vec::new(),
            Some(_) => article.notes.iter().map(|note| format!("{}: {note}", article.id)).collect(),
        };
        let mut lines = Lines::new();
        let mut first = true;
        let progress = Progress::beside_output();
        let read = self.documents.each(
            &progress,
            |input| {
                let articles = articles(input, knowledge)?;
                articles
                    .iter()
                    .map(|article| Ok((printed(article)?, notes(article))))
                    .collect::<anyhow::Result<Vec<_>>>()
            },
            |articles| {
                for (text, notes) in articles {
                    notes.iter().for_each(|note| progress.tell(note));
                    if let Some(look) = look.filter(|_| !first) {
                        lines.print(look.between())?;
                    }
                    first = false;
                    lines.print(&text)?;
                }
                Ok(())
            },
        )?;
        lines.finish()?;
        Ok(read)
    }
}
