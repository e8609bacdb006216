//! What stands before the body, and pages of frames.

use super::{Builder, Mode};
use crate::html::arena::{Attribute, Attributes};
use crate::html::references::Part;
use crate::html::scan::Token;
use crate::html::tag::Tag;

impl Builder<'_> {
    pub(super) fn start_before_html(&mut self, token: &Token) {
        if token.tag == Tag::Html {
            self.insert(token);
            self.mode = Mode::BeforeHead;
            return;
        }
        self.imply(Tag::Html);
        self.restart(Mode::BeforeHead, token);
    }

    pub(super) fn start_before_head(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.start_in_body(token),
            Tag::Head => {
                self.head = self.stand_alone(token);
                self.push_html(self.head, Tag::Head);
                self.mode = Mode::InHead;
            }
            _ => {
                self.head = self.imply(Tag::Head);
                self.restart(Mode::InHead, token);
            }
        }
    }

    pub(super) fn start_in_head(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.start_in_body(token),
            Tag::Base | Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta => {
                self.stand_alone(token);
            }
            Tag::Title => self.raw_element(token, Part::Text),
            Tag::Noframes | Tag::Style | Tag::Script => self.raw_element(token, Part::Raw),
            Tag::Noscript => {
                self.insert(token);
                self.mode = Mode::InHeadNoscript;
            }
            Tag::Template => {
                if self.insert(token) {
                    self.mark();
                    self.frameset_ok = false;
                    self.mode = Mode::InTemplate;
                    self.template_modes.push(Mode::InTemplate);
                }
            }
            Tag::Head => {}
            _ => {
                self.pop();
                self.restart(Mode::AfterHead, token);
            }
        }
    }

    pub(super) fn start_in_head_noscript(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.start_in_body(token),
            Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta | Tag::Noframes | Tag::Style => {
                self.start_in_head(token);
            }
            Tag::Head | Tag::Noscript => {}
            _ => {
                self.pop();
                self.restart(Mode::InHead, token);
            }
        }
    }

    pub(super) fn start_after_head(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.start_in_body(token),
            Tag::Body => {
                self.insert(token);
                self.frameset_ok = false;
                self.mode = Mode::InBody;
            }
            Tag::Frameset => {
                self.insert(token);
                self.mode = Mode::InFrameset;
            }
            Tag::Base
            | Tag::Basefont
            | Tag::Bgsound
            | Tag::Link
            | Tag::Meta
            | Tag::Noframes
            | Tag::Script
            | Tag::Style
            | Tag::Template
            | Tag::Title => {
                self.arena.disorder();
                self.push_html(self.head, Tag::Head);
                self.start_in_head(token);
                self.remove(self.head);
            }
            Tag::Head => {}
            _ => {
                self.imply(Tag::Body);
                self.restart(Mode::InBody, token);
            }
        }
    }

    pub(super) fn end_before_body(&mut self, mode: Mode, token: &Token) {
        match (mode, token.tag) {
            (Mode::InHead | Mode::AfterHead, Tag::Template) => self.end_template(),
            (Mode::InHead, Tag::Head) => {
                self.pop();
                self.mode = Mode::AfterHead;
            }
            (Mode::InHeadNoscript, Tag::Noscript) => {
                self.pop();
                self.mode = Mode::InHead;
            }
            (Mode::BeforeHtml, Tag::Head) => {
                self.imply(Tag::Html);
                self.restart_end(Mode::BeforeHead, token);
            }
            (Mode::BeforeHead, Tag::Head) => {
                self.head = self.imply(Tag::Head);
                self.restart_end(Mode::InHead, token);
            }
            (Mode::InHeadNoscript, Tag::Body | Tag::Html) => {}
            (_, Tag::Body | Tag::Html | Tag::Br) => {
                self.finish_head();
                self.end(token);
            }
            _ => {}
        }
    }

    /// Opens the body, and what should stand before it.
    pub(super) fn finish_head(&mut self) {
        if matches!(self.mode, Mode::Initial | Mode::BeforeHtml) {
            self.imply(Tag::Html);
            self.mode = Mode::BeforeHead;
        }
        if self.mode == Mode::BeforeHead {
            self.head = self.imply(Tag::Head);
            self.mode = Mode::InHead;
        }
        if self.mode == Mode::InHeadNoscript {
            self.pop();
            self.mode = Mode::InHead;
        }
        if self.mode == Mode::InHead {
            self.pop();
            self.mode = Mode::AfterHead;
        }
        if self.mode == Mode::AfterHead {
            self.imply(Tag::Body);
            self.mode = Mode::InBody;
        }
    }

    pub(super) fn start_in_frameset(&mut self, mode: Mode, token: &Token) {
        match token.tag {
            Tag::Html => self.start_in_body(token),
            Tag::Frameset if mode == Mode::InFrameset => {
                self.insert(token);
            }
            Tag::Frame if mode == Mode::InFrameset => {
                self.stand_alone(token);
            }
            Tag::Noframes => self.start_in_head(token),
            _ => {}
        }
    }

    pub(super) fn end_in_frameset(&mut self, mode: Mode, token: &Token) {
        match (mode, token.tag) {
            (Mode::InFrameset, Tag::Frameset) if self.open.len() > 1 => {
                self.pop();
                if !self.is_current(Tag::Frameset) {
                    self.mode = Mode::AfterFrameset;
                }
            }
            (Mode::AfterFrameset, Tag::Html) => self.mode = Mode::AfterAfterFrameset,
            _ => {}
        }
    }

    /// Gives an element the attributes of a second tag that it does not have.
    pub(super) fn merge_attributes(&mut self, node: u32, token: &Token) {
        let given = self.attributes(token);
        let own = self.arena.attributes_of(node);
        let has = |attribute: &Attribute| {
            let name = self.arena.read(attribute.name);
            self.arena.list(own).iter().any(|own| self.arena.read(own.name) == name)
        };
        let new: Vec<Attribute> = self.arena.list(given).iter().filter(|given| !has(given)).copied().collect();
        self.keeps_attributes = false;
        // An element can have as many as one tag can have.
        if new.is_empty() || own.count + new.len() as u32 > 256 {
            return;
        }
        self.keeps_attributes = true;
        let from = self.arena.attributes.len() as u32;
        let both: Vec<Attribute> = self.arena.list(own).iter().copied().chain(new).collect();
        self.arena.attributes.extend(&both);
        self.arena.set_attributes(node, Attributes { from, count: both.len() as u32 });
    }
}

/// Whether a document type makes browsers lay a page out as they did before there were standards. In such a page a
/// table may stand inside a paragraph.
pub(super) fn is_quirky(doctype: &str) -> bool {
    let doctype = doctype.trim_end_matches('>').to_ascii_lowercase();
    let mut rest = doctype.trim_ascii();
    let name = rest.split_ascii_whitespace().next().unwrap_or_default();
    if name != "html" {
        return true;
    }
    rest = rest[name.len()..].trim_ascii_start();
    if let Some(rest) = rest.strip_prefix("system") {
        return quoted(rest).is_none_or(|(system, _)| system == IBM);
    }
    let Some(rest) = rest.strip_prefix("public") else { return !rest.is_empty() };
    let Some((public, rest)) = quoted(rest) else { return true };
    let system = quoted(rest).map(|(system, _)| system);
    let old = ["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];
    matches!(public, "html" | "-/w3c/dtd html 4.0 transitional/en" | "-//w3o//dtd w3 html strict 3.0//en//")
        || system == Some(IBM)
        || QUIRKY.iter().any(|start| public.starts_with(start))
        || (system.is_none() && old.iter().any(|start| public.starts_with(start)))
}

const IBM: &str = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

/// How the public names of old document types begin.
const QUIRKY: [&str; 22] = [
    "+//silmaril//dtd html pro",
    "-//advasoft ltd//dtd html 3.0",
    "-//as//dtd html 3.0",
    "-//ietf//dtd html",
    "-//metrius//dtd",
    "-//microsoft//dtd internet explorer",
    "-//netscape comm. corp.//dtd",
    "-//o'reilly and associates//dtd html",
    "-//softquad software//dtd hotmetal",
    "-//softquad//dtd hotmetal",
    "-//spyglass//dtd html",
    "-//sq//dtd html",
    "-//sun microsystems corp.//dtd hotjava",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html",
    "-//w3c//dtd html 3.0",
];

/// What stands in quotation marks at the beginning, and the rest.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_ascii_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_document_types_are_quirky() {
        for (doctype, quirky) in [
            (" html>", false),
            (" HTML SYSTEM 'about:legacy-compat'>", false),
            (
                " html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">",
                false,
            ),
            (" HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">", true),
            (
                " HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\" \"http://www.w3.org/TR/REC-html40/loose.dtd\">",
                true,
            ),
            (" html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"xhtml1-transitional.dtd\">", false),
            (" svg>", true),
            (">", true),
        ] {
            assert_eq!(is_quirky(doctype), quirky, "{doctype}");
        }
    }
}
