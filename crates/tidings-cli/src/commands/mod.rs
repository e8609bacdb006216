//! One module a command.

mod extract;

use clap::Subcommand;

/// What `tidings` can be asked for.
#[derive(Subcommand)]
pub enum Command {
    /// Print the articles on pages: title, author, date, sources, text, and what was set aside
    Extract(extract::Extract),
}

impl Command {
    /// Runs the command; the answer is whether every input could be read.
    pub fn run(self) -> anyhow::Result<bool> {
        match self {
            Self::Extract(command) => command.run(),
        }
    }
}
