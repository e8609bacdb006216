//! Bytes to pages: files, folders, JSON lines, feeds, archives and standard input.
//!
//! This stage alone touches the disk and, with the feature `fetch`, the network. It decides what a document is and
//! what it is called; what the bytes say is the business of `extract`.

mod archive;
#[cfg(test)]
#[path = "../../../tests/common/archives.rs"]
mod archives;
mod base64;
mod date;
mod feed;
#[cfg(feature = "fetch")]
pub mod fetch;
mod files;
mod http;
mod inputs;
mod kept;
mod kind;
mod line;
mod lines;
mod mail;
mod opml;
mod sitemap;
mod source;
mod unpack;
mod warc;
mod xml;

pub use feed::{Entry, Feed, read_feed};
pub use http::{Body, Header, unpack_body};
pub use inputs::{Given, Input, Inputs, ReportLine, acquire, acquire_bytes};
pub use line::LONGEST;
pub use mail::read as read_mail;
pub use opml::{Outline, read_opml};
pub use sitemap::{Sitemap, read_sitemap};
pub use unpack::unpack;
