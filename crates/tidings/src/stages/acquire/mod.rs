//! Bytes to pages: files, folders, JSON lines and standard input.
//!
//! This stage alone touches the disk. It decides what a document is and what it is called; what the bytes say
//! is the business of `extract`.

mod base64;
mod date;
mod feed;
mod files;
mod inputs;
mod line;
mod opml;
mod sitemap;
mod unpack;
mod xml;

pub use feed::{Entry, Feed, read_feed};
pub use inputs::{Given, Input, Inputs, ReportLine, acquire};
pub use line::LONGEST;
pub use opml::{Outline, read_opml};
pub use sitemap::{Sitemap, read_sitemap};
