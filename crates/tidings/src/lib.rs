//! Tidings reads the news in many languages and keeps one cited record of what happened.
#![warn(missing_docs)]

pub mod check;
mod error;
pub mod html;
mod knowledge;
pub mod language;
pub mod model;
pub mod record;
pub mod stages;
pub mod world;

pub use error::Error;
pub use knowledge::Knowledge;
