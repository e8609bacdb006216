//! `tidings`: reads the news in many languages and keeps one cited record of what happened.

mod article;
mod commands;
mod documents;
mod failure;
mod network;
mod output;
mod page;
mod progress;
mod reports;
mod sources;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use failure::{Misuse, caught, closed, hush_panics};
use progress::tell;

/// Reads the news in many languages and keeps one cited record of what happened.
#[derive(Parser)]
#[command(name = "tidings", version, arg_required_else_help = true)]
struct Tidings {
    #[command(subcommand)]
    command: Command,
}

/// 0 when every input could be read, 1 when one could not, 2 for usage (most of which clap sees to).
fn main() -> ExitCode {
    hush_panics();
    let command = Tidings::parse().command;
    match caught(|| command.run()) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        Ok(Ok(false)) => ExitCode::from(1),
        // A reader that has enough, such as `head`, is no failure.
        Ok(Err(error)) if closed(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            tell(&format!("{error:#}"));
            ExitCode::from(if error.is::<Misuse>() { 2 } else { 1 })
        }
        Err(fault) => {
            tell(&fault);
            ExitCode::from(1)
        }
    }
}
