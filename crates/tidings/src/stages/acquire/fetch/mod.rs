//! Addresses to pages: the one place of the library that reaches into the network and has a clock.
//!
//! It is guarded: only the public internet is read ([`Guard`]), however an address is written and wherever it redirects. It
//! has manners: robots.txt, one request at a time to a host with a pause after it, conditional requests, `Retry-After`, an
//! honest name, no cookies. And it remembers ([`Fetcher`]): a journal beside an archive makes that nothing is
//! downloaded twice, and that a run which was ended in the middle is finished by the next.

mod after;
mod archive;
mod client;
mod decode;
mod failure;
mod feeds;
mod fetcher;
mod guard;
mod journal;
mod media;
mod networks;
mod robots;
mod run;

pub use archive::Link;
pub use client::LONGEST;
pub use failure::Failure;
pub use fetcher::{Clock, Fetched, Fetcher, Settings};
pub use guard::{Guard, Pinned, Refusal, Resolve, System};
pub use media::Media;
pub use networks::Network;
pub use run::{News, Plan, Told};
