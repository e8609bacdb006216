//! Start tags in the body.

use super::stack::Scope;
use super::{Builder, Mode};
use crate::html::arena::{Attributes, NONE};
use crate::html::references::Part;
use crate::html::scan::Token;
use crate::html::tag::Tag;

impl Builder<'_> {
    #[allow(clippy::enum_glob_use, clippy::too_many_lines)] // A table of the standard's, read by its names.
    pub(super) fn start_in_body(&mut self, token: &Token) {
        use Tag::*;
        match token.tag {
            P | Div | Ul | Ol | Section | Article | Aside | Header | Footer | Nav | Main | Figure | Figcaption
            | Blockquote | Address | Center | Details | Dialog | Dir | Dl | Fieldset | Hgroup | Menu | Search
            | Summary => {
                self.close_p();
                self.insert(token);
            }
            A => self.start_link(token),
            B | Big | Code | Em | Font | I | S | Small | Strike | Strong | Tt | U => {
                self.reconstruct();
                self.insert_formatting(token);
            }
            Nobr => {
                self.reconstruct();
                if self.in_scope(Nobr, Scope::Default) {
                    self.adopt(token);
                    self.reconstruct();
                }
                self.insert_formatting(token);
            }
            Li => self.start_item(token, &[Li]),
            Dd | Dt => self.start_item(token, &[Dd, Dt]),
            H1 | H2 | H3 | H4 | H5 | H6 => {
                self.close_p();
                if self.current().is_some_and(|open| open.is(open.tag) && open.tag.is_heading()) {
                    self.pop();
                }
                self.insert(token);
            }
            Script | Style | Meta | Link | Template | Title | Base | Basefont | Bgsound | Noframes => {
                self.start_in_head(token);
            }
            Img | Br | Area | Embed | Keygen | Wbr => {
                self.reconstruct();
                self.stand_alone(token);
                self.frameset_ok = false;
            }
            Image => {
                let img = Token { tag: Img, ..self.unnamed(token) };
                self.start_in_body(&img);
            }
            Param | Source | Track => {
                self.stand_alone(token);
            }
            Input => self.start_input(token),
            Hr => {
                self.close_p();
                if self.in_scope(Select, Scope::Default) {
                    self.imply_ends(None);
                }
                self.stand_alone(token);
                self.frameset_ok = false;
            }
            Table => {
                if !self.quirks {
                    self.close_p();
                }
                if self.insert(token) {
                    self.mode = Mode::InTable;
                }
                self.frameset_ok = false;
            }
            Form => {
                let in_template = self.has_open(Template);
                if self.form == NONE || in_template {
                    self.close_p();
                    if self.insert(token) && !in_template {
                        self.form = self.current().map_or(NONE, |open| open.node);
                    }
                }
            }
            Button => {
                if self.in_scope(Button, Scope::Default) {
                    self.imply_ends(None);
                    self.pop_until_tag(Button);
                }
                self.reconstruct();
                self.insert(token);
                self.frameset_ok = false;
            }
            Pre | Listing => {
                self.close_p();
                self.insert(token);
                self.skip_line_end();
                self.frameset_ok = false;
            }
            Applet | Marquee | Object => {
                self.reconstruct();
                if self.insert(token) {
                    self.mark();
                }
                self.frameset_ok = false;
            }
            Textarea => {
                self.skip_line_end();
                self.frameset_ok = false;
                self.raw_element(token, Part::Text);
            }
            Xmp => {
                self.close_p();
                self.reconstruct();
                self.frameset_ok = false;
                self.raw_element(token, Part::Raw);
            }
            Iframe => {
                self.frameset_ok = false;
                self.raw_element(token, Part::Raw);
            }
            Noembed => self.raw_element(token, Part::Raw),
            Plaintext => {
                self.close_p();
                self.raw_element(token, Part::Raw);
            }
            Select => {
                if self.in_scope(Select, Scope::Default) {
                    self.pop_until_tag(Select);
                } else {
                    self.reconstruct();
                    self.insert(token);
                    self.frameset_ok = false;
                }
            }
            Option | Optgroup => self.start_option(token),
            Rb | Rtc | Rp | Rt => {
                if self.in_scope(Ruby, Scope::Default) {
                    self.imply_ends(matches!(token.tag, Rp | Rt).then_some(Rtc));
                }
                self.insert(token);
            }
            Math | Svg => {
                self.reconstruct();
                self.enter_foreign(token);
            }
            Html | Body | Frameset => self.start_page_again(token),
            Caption | Col | Colgroup | Frame | Head | Tbody | Td | Tfoot | Th | Thead | Tr => {}
            _ => {
                self.reconstruct();
                self.insert(token);
            }
        }
    }

    /// A token without the name before its attributes.
    fn unnamed(&mut self, token: &Token) -> Token {
        let attributes = self.attributes(token);
        Token { attributes, named: false, ..*token }
    }

    /// The tags of the page itself where there is one already.
    fn start_page_again(&mut self, token: &Token) {
        let body = self.open.get(1).filter(|open| open.is(Tag::Body)).map(|open| open.node);
        match (token.tag, body) {
            (Tag::Html, _) if !self.has_open(Tag::Template) => {
                if let Some(html) = self.open.first() {
                    self.merge_attributes(html.node, token);
                }
            }
            (Tag::Body, Some(body)) if !self.has_open(Tag::Template) => {
                self.frameset_ok = false;
                self.merge_attributes(body, token);
            }
            (Tag::Frameset, Some(body)) if self.frameset_ok => {
                self.arena.take(body);
                while self.open.len() > 1 {
                    self.pop();
                }
                self.insert(token);
                self.mode = Mode::InFrameset;
            }
            _ => {}
        }
    }

    /// A link ends the link that it stands in.
    fn start_link(&mut self, token: &Token) {
        if let Some(node) = self.formatting_of(Tag::A) {
            self.adopt(token);
            self.forget(node);
            self.remove(node);
        }
        self.reconstruct();
        self.insert_formatting(token);
    }

    /// An item ends the item before it in the same list.
    fn start_item(&mut self, token: &Token, tags: &[Tag]) {
        self.frameset_ok = false;
        if tags.iter().any(|tag| self.has_open(*tag)) {
            for at in (0..self.open.len()).rev() {
                let open = self.open[at];
                if tags.iter().any(|tag| open.is(*tag)) {
                    self.imply_ends(Some(open.tag));
                    self.pop_until_tag(open.tag);
                    break;
                }
                if open.is_special() && !matches!(open.tag, Tag::Address | Tag::Div | Tag::P) {
                    break;
                }
            }
        }
        self.close_p();
        self.insert(token);
    }

    fn start_input(&mut self, token: &Token) {
        if self.in_scope(Tag::Select, Scope::Default) {
            self.pop_until_tag(Tag::Select);
        }
        self.reconstruct();
        let attributes = self.attributes(token);
        self.stand_alone(token);
        self.frameset_ok &= self.is_hidden_input(attributes);
    }

    pub(super) fn is_hidden_input(&self, attributes: Attributes) -> bool {
        self.arena.list(attributes).iter().any(|attribute| {
            self.arena.read(attribute.name) == "type" && self.arena.read(attribute.value).eq_ignore_ascii_case("hidden")
        })
    }

    fn start_option(&mut self, token: &Token) {
        if self.in_scope(Tag::Select, Scope::Default) {
            self.imply_ends((token.tag == Tag::Option).then_some(Tag::Optgroup));
        } else if self.is_current(Tag::Option) {
            self.pop();
        }
        self.reconstruct();
        self.insert(token);
    }
}
