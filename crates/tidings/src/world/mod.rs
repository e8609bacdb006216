//! What is not of one language: states, cities, organizations, outlets, people and the ladder of offices.
//!
//! The tables stand in `data/world/`; each is read when it is first asked for. A [`Gazetteer`] holds how one
//! language writes them, and finds them in a text.

mod forms;
mod gazetteer;
mod outlets;
mod scale;
mod tables;

pub use forms::form_in;
pub use gazetteer::{Gazetteer, Hit, Named};
pub use outlets::{Outlet, OutletNamed, Outlets};
pub use scale::Scale;
pub use tables::{City, CountryFacts, Office, OfficeKind, Organization, Person, Tenure, World};
