//! Bytes to code points and back.

use crate::model::Span;

/// Characters between two entries of the table.
const STEP: usize = 64;

/// Turns byte positions of one text into counts of Unicode code points, and back.
///
/// ```
/// use tidings::{model::Span, record::Positions};
/// let positions = Positions::new("Đà Nẵng");
/// assert_eq!(positions.points(Span::new(5, 11)), [3, 7]);
/// assert_eq!(positions.span([3, 7]), Some(Span::new(5, 11)));
/// ```
#[derive(Clone, Debug)]
pub struct Positions<'t> {
    text: &'t str,
    /// The byte at which each sixty-fourth character begins; empty where every character is a byte.
    bytes: Vec<u32>,
}

impl<'t> Positions<'t> {
    /// The positions of a text.
    pub fn new(text: &'t str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(at, _)| at as u32).collect()
        };
        Self { text, bytes }
    }

    /// The code point at a byte.
    pub fn point(&self, byte: u32) -> usize {
        if self.bytes.is_empty() {
            return byte as usize;
        }
        let step = self.bytes.partition_point(|b| *b <= byte).saturating_sub(1);
        let from = self.bytes[step] as usize;
        let to = (byte as usize).clamp(from, self.text.len());
        step * STEP + self.text.get(from..to).map_or(0, |s| s.chars().count())
    }

    /// A span as a half-open range of code points.
    pub fn points(&self, span: Span) -> [usize; 2] {
        [self.point(span.start), self.point(span.end)]
    }

    /// The byte of a code point; none behind the end of the text.
    pub fn byte(&self, point: usize) -> Option<u32> {
        if self.bytes.is_empty() {
            return (point <= self.text.len()).then_some(point as u32);
        }
        let from = *self.bytes.get(point / STEP).or(self.bytes.last())? as usize;
        let before = if point / STEP < self.bytes.len() { point / STEP } else { self.bytes.len() - 1 };
        let mut rest = point - before * STEP;
        for (at, _) in self.text[from..].char_indices() {
            if rest == 0 {
                return Some((from + at) as u32);
            }
            rest -= 1;
        }
        (rest == 0).then_some(self.text.len() as u32)
    }

    /// A range of code points as a span; none where it does not fit the text.
    pub fn span(&self, [start, end]: [usize; 2]) -> Option<Span> {
        (start <= end).then(|| Some(Span { start: self.byte(start)?, end: self.byte(end)? }))?
    }
}
