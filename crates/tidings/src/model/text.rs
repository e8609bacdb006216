//! Where something stands in an article.

use std::ops::Range;

/// A half-open range of bytes in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The first byte after it.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// As a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that it covers; empty where it does not fit that text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The text that a span counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    /// The title; it stands before the body, and so orders before it.
    Title,
    /// The body without its title.
    #[default]
    Body,
}

/// Words of an article: which text, and the bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    /// Title or body.
    pub text: Where,
    /// The bytes in it.
    pub span: Span,
}

impl Quote {
    /// Words of the body.
    pub fn body(span: Span) -> Self {
        Self { text: Where::Body, span }
    }

    /// Whether two quotes share a byte of one text.
    pub fn overlaps(self, other: Self) -> bool {
        self.text == other.text && self.span.overlaps(other.span)
    }

    /// Words of the title.
    pub fn title(span: Span) -> Self {
        Self { text: Where::Title, span }
    }
}
