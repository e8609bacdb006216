//! HTML to a tree that is walked by index.
//!
//! The tree is what a browser would make of a page as far as its text and its nesting go. It knows nothing of news:
//! which elements are the article is the business of [`crate::stages::extract`].
//!
//! `scan` cuts a page into tags and texts, `build` nests them by the rules of the WHATWG's standard, and `arena` holds
//! the nodes meanwhile.

mod arena;
mod build;
mod references;
mod scan;
mod tag;
mod tree;

pub use tag::Tag;
pub use tree::Tree;
