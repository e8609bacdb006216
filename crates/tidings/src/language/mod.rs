//! How a language's words are cut, folded, and matched against the patterns of its pack.
//!
//! This module knows mechanisms only; every word stands in `data/languages/<code>/`, whose README is the
//! contract between the two. [`crate::world`] holds what is not of one language: states, cities, people.

mod affix;
mod calendar;
pub mod charset;
mod fold;
mod heads;
mod identify;
mod letters;
mod matcher;
mod needs;
pub mod pack;
mod pattern;
mod sentences;
mod terminals;
mod token;

pub use affix::{Affixes, Stem};
pub use calendar::gregorian;
pub use fold::{Fold, digit, fold, plain};
pub(crate) use heads::Heads;
pub(crate) use identify::{Identifier, holds_script_of};
pub use identify::{foreign, identify};
pub(crate) use letters::{is_caseless, is_letter, may_hold_digits};
pub(crate) use matcher::keep_apart;
pub use matcher::{Annotation, Capture, Found, Matches, Reading};
pub use pack::{Language, Pack, PackError, PackSource};
pub use pattern::{Class, Lexicon, PatternError, Rules};
pub use sentences::sentences;
pub use token::{Cutting, Token, TokenKind, Tokens, unspaced};
