//! One module a command.

mod check;
mod digest;
mod extract;
mod fetch;
mod interpret;
mod languages;
mod learn_site;
mod lineage;
mod schema;

use clap::Subcommand;

/// What `tidings` can be asked for.
#[derive(Subcommand)]
pub enum Command {
    /// Print the events that reports tell: who, what, where, when, with the sentences that say so
    Digest(digest::Digest),
    /// Fetch pages, and those that feeds announce, politely; print them as input lines or keep them in a folder
    Fetch(fetch::Fetch),
    /// Print the articles on pages: title, author, date, sources, text, and what was set aside
    Extract(extract::Extract),
    /// Print what each article says: times, places, actors, claims
    Interpret(interpret::Interpret),
    /// Print which texts come from which: copies, excerpts, rewrites
    Lineage(lineage::Lineage),
    /// Print what the pages of one site have in common, to be given back with --sites
    LearnSite(learn_site::LearnSite),
    /// Print the JSON Schemas of the records
    Schema(schema::Schema),
    /// Print what is known of each language, or write the data out to be changed
    Languages(languages::Languages),
    /// Hold language packs against their own examples and cases (those in the packs' tests/ with --data)
    Check(check::Check),
}

impl Command {
    /// Runs the command; the answer is whether every input could be read.
    pub fn run(self) -> anyhow::Result<bool> {
        match self {
            Self::Digest(command) => command.run(),
            Self::Fetch(command) => command.run(),
            Self::Extract(command) => command.run(),
            Self::Interpret(command) => command.run(),
            Self::Lineage(command) => command.run(),
            Self::LearnSite(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Languages(command) => command.run(),
            Self::Check(command) => command.run(),
        }
    }
}
