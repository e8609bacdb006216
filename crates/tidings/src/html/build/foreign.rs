//! Drawings and formulas: elements that are not HTML's, and where HTML begins again in them.

use super::Builder;
use super::stack::{Kind, Open};
use crate::html::arena::Words;
use crate::html::scan::{self, Token};
use crate::html::tag::Tag;

impl Builder<'_> {
    /// Whether the element that we are in is of a drawing or a formula.
    pub(super) fn in_foreign(&self) -> bool {
        self.open.last().is_some_and(|open| open.kind != Kind::Html)
    }

    /// Whether a start tag is HTML's although the element around it is not.
    pub(super) fn is_point_for(&self, token: &Token) -> bool {
        match self.open.last().map(|open| open.kind) {
            Some(Kind::SvgPoint | Kind::HtmlAnnotation) => true,
            Some(Kind::MathPoint) => !matches!(self.arena.read(token.name), "mglyph" | "malignmark"),
            Some(Kind::Annotation) => token.tag == Tag::Svg,
            _ => false,
        }
    }

    pub(super) fn is_point_for_text(&self) -> bool {
        let kind = self.open.last().map(|open| open.kind);
        matches!(kind, Some(Kind::SvgPoint | Kind::HtmlAnnotation | Kind::MathPoint))
    }

    pub(super) fn foreign_text(&mut self, words: Words) {
        self.frameset_ok &= self.arena.read(words).bytes().all(scan::is_space);
        self.put_text(words);
    }

    /// `<svg>` or `<math>`.
    pub(super) fn enter_foreign(&mut self, token: &Token) {
        let kind = if token.tag == Tag::Svg { Kind::Svg } else { Kind::Math };
        let node = self.stand_alone(token);
        if !token.closes_itself {
            self.open_foreign(Open { node, tag: token.tag, kind });
        }
    }

    pub(super) fn start_foreign(&mut self, token: &Token) {
        let is_html_font = || {
            let attributes = self.arena.list(token.attributes).iter();
            let mut names = attributes.skip(1).map(|attribute| self.arena.read(attribute.name));
            token.tag == Tag::Font && names.any(|name| matches!(name, "color" | "face" | "size"))
        };
        if token.tag.leaves_foreign() || is_html_font() {
            self.leave_foreign();
            self.start_in(self.mode, token);
            return;
        }
        let svg = self.open.last().is_some_and(|open| matches!(open.kind, Kind::Svg | Kind::SvgPoint));
        let kind = match (svg, self.arena.read(token.name)) {
            (true, "foreignobject" | "desc" | "title") => Kind::SvgPoint,
            (true, _) => Kind::Svg,
            (false, "mi" | "mo" | "mn" | "ms" | "mtext") => Kind::MathPoint,
            (false, "annotation-xml") => self.annotation(token),
            (false, _) => Kind::Math,
        };
        let tag = match token.tag {
            tag @ (Tag::Svg | Tag::Math | Tag::Script | Tag::Style) => tag,
            _ => Tag::Other,
        };
        self.keeps_attributes = true;
        let mut attributes = token.attributes;
        if tag != Tag::Other {
            (attributes.from, attributes.count) = (attributes.from + 1, attributes.count - 1);
        }
        let node = self.arena.element(tag, attributes);
        let place = self.place();
        self.arena.put(node, place);
        if !token.closes_itself {
            self.open_foreign(Open { node, tag, kind });
        }
    }

    fn annotation(&self, token: &Token) -> Kind {
        let encoding = self.arena.list(token.attributes).iter().find(|a| self.arena.read(a.name) == "encoding");
        let encoding = encoding.map(|a| self.arena.read(a.value).to_ascii_lowercase());
        match encoding.as_deref() {
            Some("text/html" | "application/xhtml+xml") => Kind::HtmlAnnotation,
            _ => Kind::Annotation,
        }
    }

    /// Closes elements until HTML can go on.
    fn leave_foreign(&mut self) {
        while self.open.last().is_some_and(|open| {
            !matches!(open.kind, Kind::Html | Kind::SvgPoint | Kind::MathPoint | Kind::HtmlAnnotation)
        }) {
            self.pop();
        }
    }

    pub(super) fn end_foreign(&mut self, token: &Token) {
        if matches!(token.tag, Tag::P | Tag::Br) {
            self.leave_foreign();
            self.end_in(self.mode, token);
            return;
        }
        for at in (1..self.open.len()).rev() {
            let open = self.open[at];
            if open.kind == Kind::Html {
                self.end_in(self.mode, token);
                return;
            }
            let is_named = if open.tag == Tag::Other { self.is_named(open, token) } else { open.tag == token.tag };
            if is_named {
                while self.open.len() > at {
                    self.pop();
                }
                return;
            }
        }
    }
}
