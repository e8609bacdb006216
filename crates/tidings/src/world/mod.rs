//! What is not of one language: states, cities, organizations, people and the ladder of offices.
//!
//! The tables stand in `data/world/`; each is read when it is first asked for. A [`Gazetteer`] holds how one
//! language writes them, and finds them in a text.

mod gazetteer;
mod tables;

pub use gazetteer::{Gazetteer, Hit, Named};
pub use tables::{City, CountryFacts, Office, OfficeKind, Organization, Person, Tenure, World};
