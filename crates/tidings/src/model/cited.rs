//! Values that cannot be had without their evidence.

use super::{DateSource, Quote};

/// What a value rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Words of the article.
    Words(Quote),
    /// A field beside the text, with its value as found.
    Metadata {
        /// Which field.
        source: DateSource,
        /// The value as it stood there.
        raw: String,
    },
    /// A conclusion from other evidence.
    Inferred(Vec<Evidence>),
}

/// A value together with the evidence for it.
///
/// There is no way to build one without evidence, so a field that holds `Cited<T>` can always be shown with
/// the words that carry it.
///
/// ```
/// use tidings::model::{Cited, Quote, Span};
/// let year = Cited::quoted(2013, Quote::body(Span::new(4, 8)));
/// assert_eq!(*year.value(), 2013);
/// assert!(Cited::inferred(2013, Vec::new()).is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited<T> {
    value: T,
    evidence: Evidence,
}

impl<T> Cited<T> {
    /// A value that words of the article carry.
    pub fn quoted(value: T, quote: Quote) -> Self {
        Self { value, evidence: Evidence::Words(quote) }
    }

    /// A value that a field beside the text carries.
    pub fn metadata(value: T, source: DateSource, raw: impl Into<String>) -> Self {
        Self { value, evidence: Evidence::Metadata { source, raw: raw.into() } }
    }

    /// A value that follows from its premises; none without any.
    pub fn inferred(value: T, premises: Vec<Evidence>) -> Option<Self> {
        (!premises.is_empty()).then_some(Self { value, evidence: Evidence::Inferred(premises) })
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// What it rests on.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The same evidence for a value made from this one.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Cited<U> {
        Cited { value: f(self.value), evidence: self.evidence }
    }

    /// The first words that the value rests on, if any do.
    pub fn quote(&self) -> Option<Quote> {
        fn first(evidence: &Evidence) -> Option<Quote> {
            match evidence {
                Evidence::Words(quote) => Some(*quote),
                Evidence::Metadata { .. } => None,
                Evidence::Inferred(premises) => premises.iter().find_map(first),
            }
        }
        first(&self.evidence)
    }
}
