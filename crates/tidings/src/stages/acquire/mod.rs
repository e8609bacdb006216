//! Bytes to pages: files, folders, JSON lines and standard input.
//!
//! This stage alone touches the disk. It decides what a document is and what it is called; what the bytes say
//! is the business of `extract`.

mod base64;
mod files;
mod inputs;
mod line;
mod unpack;

pub use inputs::{Given, Input, Inputs, ReportLine, acquire};
pub use line::LONGEST;
