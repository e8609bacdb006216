//! The stages, in the alphabetical order of their names, which is the order of the flow.
//!
//! Up to `interpret` each document is read alone, as a pure function of the page and the knowledge; a stage
//! imports only what stands before it, `model`, `language` and `world`.

pub mod acquire;
pub mod extract;
