//! End tags in the body.

use super::stack::{Kind, Open, Scope};
use super::{Builder, Mode};
use crate::html::arena::{Attributes, NONE};
use crate::html::scan::Token;
use crate::html::tag::Tag;

impl Builder<'_> {
    #[allow(clippy::enum_glob_use)] // A table of the standard's, read by its names.
    pub(super) fn end_in_body(&mut self, token: &Token) {
        use Tag::*;
        match token.tag {
            P => {
                if !self.in_scope(P, Scope::Button) {
                    let node = self.arena.element(P, Attributes::default());
                    let place = self.place();
                    self.arena.put(node, place);
                    return;
                }
                self.close_p();
            }
            Div | Ul | Ol | Section | Article | Aside | Header | Footer | Nav | Main | Figure | Figcaption
            | Blockquote | Address | Center | Details | Dialog | Dir | Dl | Fieldset | Hgroup | Menu | Search
            | Summary | Button | Listing | Pre | Select => {
                if self.in_scope(token.tag, Scope::Default) {
                    self.imply_ends(None);
                    self.pop_until_tag(token.tag);
                }
            }
            A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U => self.adopt(token),
            Li | Dd | Dt => {
                let scope = if token.tag == Li { Scope::ListItem } else { Scope::Default };
                if self.in_scope(token.tag, scope) {
                    self.imply_ends(Some(token.tag));
                    self.pop_until_tag(token.tag);
                }
            }
            H1 | H2 | H3 | H4 | H5 | H6 => {
                let is_heading = |open: Open| open.kind == Kind::Html && open.tag.is_heading();
                if self.any_in_scope(is_heading, Scope::Default) {
                    self.imply_ends(None);
                    self.pop_until(is_heading);
                }
            }
            Form => self.end_form(),
            Applet | Marquee | Object => {
                if self.in_scope(token.tag, Scope::Default) {
                    self.imply_ends(None);
                    self.pop_until_tag(token.tag);
                    self.forget_to_mark();
                }
            }
            Template => self.end_template(),
            Body | Html => {
                if self.in_scope(Body, Scope::Default) {
                    self.mode = Mode::AfterBody;
                    if token.tag == Html {
                        self.end(token);
                    }
                }
            }
            // Nobody means to end a line break.
            Br => {
                self.reconstruct();
                let node = self.arena.element(Br, Attributes::default());
                let place = self.place();
                self.arena.put(node, place);
                self.frameset_ok = false;
            }
            _ => self.end_other(token),
        }
    }

    /// The end tag of an element that has no rule of its own.
    pub(super) fn end_other(&mut self, token: &Token) {
        if !self.has_open(token.tag) {
            return;
        }
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            if open.is(token.tag) && (token.tag != Tag::Other || self.is_named(open, token)) {
                let except = (token.tag != Tag::Other).then_some(token.tag);
                self.imply_ends(except);
                while self.open.len() > at {
                    self.pop();
                }
                return;
            }
            if open.is_special() {
                return;
            }
        }
    }

    /// Whether an element of an unknown name has the name of a tag.
    pub(super) fn is_named(&self, open: Open, token: &Token) -> bool {
        let own = self.arena.list(self.arena.attributes_of(open.node));
        own.first().is_some_and(|named| self.arena.read(named.name) == self.arena.read(token.name))
    }

    fn end_form(&mut self) {
        if self.has_open(Tag::Template) {
            if self.in_scope(Tag::Form, Scope::Default) {
                self.imply_ends(None);
                self.pop_until_tag(Tag::Form);
            }
            return;
        }
        let form = std::mem::replace(&mut self.form, NONE);
        if form != NONE && self.any_in_scope(|open| open.node == form, Scope::Default) {
            self.imply_ends(None);
            self.remove(form);
        }
    }

    pub(super) fn end_template(&mut self) {
        if !self.has_open(Tag::Template) {
            return;
        }
        // What can be left open in a table is ended here too.
        self.pop_until_tag(Tag::Template);
        self.forget_to_mark();
        self.template_modes.pop();
        self.reset_mode();
    }
}
