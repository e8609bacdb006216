//! One module a command.

mod check;
mod extract;
mod languages;

use clap::Subcommand;

/// What `tidings` can be asked for.
#[derive(Subcommand)]
pub enum Command {
    /// Print the articles on pages: title, author, date, sources, text, and what was set aside
    Extract(extract::Extract),
    /// Print what is known of each language, or write the data out to be changed
    Languages(languages::Languages),
    /// Hold language packs against their own examples and cases
    Check(check::Check),
}

impl Command {
    /// Runs the command; the answer is whether every input could be read.
    pub fn run(self) -> anyhow::Result<bool> {
        match self {
            Self::Extract(command) => command.run(),
            Self::Languages(command) => command.run(),
            Self::Check(command) => command.run(),
        }
    }
}
