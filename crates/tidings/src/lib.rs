//! Tidings reads the news in many languages and keeps one cited record of what happened.
#![warn(missing_docs)]

pub mod model;
