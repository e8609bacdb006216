//! HTML to a tree that is walked by index.
//!
//! The tree is what a browser would make of a page as far as its text and its nesting go. It knows nothing of news:
//! which elements are the article is the business of [`crate::stages::extract`].

mod tag;
mod tree;

pub use tag::Tag;
pub use tree::Tree;
