//! Tidings reads the news in many languages and keeps one cited record of what happened.
#![warn(missing_docs)]

mod error;
pub mod model;
pub mod stages;

pub use error::Error;
