//! `tidings`: reads the news in many languages and keeps one cited record of what happened.

mod commands;
mod documents;
mod output;
mod page;
mod reports;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use output::closed;

/// Reads the news in many languages and keeps one cited record of what happened.
#[derive(Parser)]
#[command(name = "tidings", version, arg_required_else_help = true)]
struct Tidings {
    #[command(subcommand)]
    command: Command,
}

/// 0 when every input could be read, 1 when one could not, 2 for usage (which clap sees to).
fn main() -> ExitCode {
    match Tidings::parse().command.run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // A reader that has enough, such as `head`, is no failure.
        Err(error) if closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tidings: {error:#}");
            ExitCode::from(1)
        }
    }
}
