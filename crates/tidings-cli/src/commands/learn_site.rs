//! `tidings learn-site`: what the pages of one site have in common.

use anyhow::anyhow;
use tidings::stages::{acquire::Input, extract::Learner};

use crate::{documents::Documents, failure::Misuse, output::say, progress::Progress};

/// The options of `tidings learn-site`.
#[derive(clap::Args)]
pub struct LearnSite {
    #[command(flatten)]
    documents: Documents,
}

impl LearnSite {
    /// Prints the site's file. Pages that could not be read are told of, and the others are learnt from.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.documents.knowledge()?;
        let mut learner = Learner::new(knowledge);
        let read = self.documents.each(
            &Progress::before_output(),
            |input| match input {
                Input::Page(page) if page.html => Ok(page),
                _ => Err(anyhow!("no page of HTML, so there is nothing to learn from it")),
            },
            |page| {
                learner.add(&page);
                Ok(())
            },
        )?;
        let site = learner.finish().map_err(|error| Misuse::error(error.to_string()))?;
        say!("{}", site.to_toml().trim_end());
        Ok(read)
    }
}
