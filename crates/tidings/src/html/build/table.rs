//! Tables and what they hold, and templates.

use super::stack::{Kind, Open, Scope};
use super::{Builder, Mode};
use crate::html::arena::NONE;
use crate::html::scan::Token;
use crate::html::tag::Tag;

fn is_cell(open: Open) -> bool {
    open.is(Tag::Td) || open.is(Tag::Th)
}

impl Builder<'_> {
    pub(super) fn start_in_table(&mut self, token: &Token) {
        match token.tag {
            Tag::Caption => {
                self.clear_to(&[Tag::Table]);
                self.mark();
                self.insert_part(token);
                self.mode = Mode::InCaption;
            }
            Tag::Colgroup => {
                self.clear_to(&[Tag::Table]);
                self.insert_part(token);
                self.mode = Mode::InColumnGroup;
            }
            Tag::Col => {
                self.clear_to(&[Tag::Table]);
                self.imply(Tag::Colgroup);
                self.restart(Mode::InColumnGroup, token);
            }
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                self.clear_to(&[Tag::Table]);
                self.insert_part(token);
                self.mode = Mode::InTableBody;
            }
            Tag::Td | Tag::Th | Tag::Tr => {
                self.clear_to(&[Tag::Table]);
                self.imply(Tag::Tbody);
                self.restart(Mode::InTableBody, token);
            }
            Tag::Table => {
                if self.in_scope(Tag::Table, Scope::Table) {
                    self.pop_until_tag(Tag::Table);
                    self.reset_mode();
                    self.start(token);
                }
            }
            Tag::Style | Tag::Script | Tag::Template => self.start_in_head(token),
            Tag::Input => {
                let attributes = self.attributes(token);
                if self.is_hidden_input(attributes) {
                    self.stand_alone(token);
                } else {
                    self.start_fostered(token);
                }
            }
            Tag::Form => {
                if self.form == NONE && !self.has_open(Tag::Template) {
                    self.form = self.stand_alone(token);
                }
            }
            _ => self.start_fostered(token),
        }
    }

    /// What a table cannot hold is put before it.
    fn start_fostered(&mut self, token: &Token) {
        self.fostering = true;
        self.start_in_body(token);
        self.fostering = false;
    }

    fn end_fostered(&mut self, token: &Token) {
        self.fostering = true;
        self.end_in_body(token);
        self.fostering = false;
    }

    pub(super) fn end_in_table(&mut self, token: &Token) {
        match token.tag {
            Tag::Table => {
                if self.in_scope(Tag::Table, Scope::Table) {
                    self.pop_until_tag(Tag::Table);
                    self.reset_mode();
                }
            }
            Tag::Template => self.end_template(),
            Tag::Body
            | Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Html
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {}
            _ => self.end_fostered(token),
        }
    }

    pub(super) fn start_in_caption(&mut self, token: &Token) {
        match token.tag {
            Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {
                if self.end_caption() {
                    self.restart(Mode::InTable, token);
                }
            }
            _ => self.start_in_body(token),
        }
    }

    pub(super) fn end_in_caption(&mut self, token: &Token) {
        match token.tag {
            Tag::Caption => {
                self.end_caption();
            }
            Tag::Table => {
                if self.end_caption() {
                    self.restart_end(Mode::InTable, token);
                }
            }
            Tag::Body
            | Tag::Col
            | Tag::Colgroup
            | Tag::Html
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {}
            _ => self.end_in_body(token),
        }
    }

    fn end_caption(&mut self) -> bool {
        let is_open = self.in_scope(Tag::Caption, Scope::Table);
        if is_open {
            self.imply_ends(None);
            self.pop_until_tag(Tag::Caption);
            self.forget_to_mark();
            self.mode = Mode::InTable;
        }
        is_open
    }

    pub(super) fn start_in_column_group(&mut self, token: &Token) {
        match token.tag {
            Tag::Html => self.start_in_body(token),
            Tag::Col => {
                self.stand_alone(token);
            }
            Tag::Template => self.start_in_head(token),
            _ => {
                if self.is_current(Tag::Colgroup) {
                    self.pop();
                    self.restart(Mode::InTable, token);
                }
            }
        }
    }

    pub(super) fn end_in_column_group(&mut self, token: &Token) {
        match token.tag {
            Tag::Colgroup => {
                if self.is_current(Tag::Colgroup) {
                    self.pop();
                    self.mode = Mode::InTable;
                }
            }
            Tag::Col => {}
            Tag::Template => self.end_template(),
            _ => {
                if self.is_current(Tag::Colgroup) {
                    self.pop();
                    self.restart_end(Mode::InTable, token);
                }
            }
        }
    }

    pub(super) fn start_in_table_body(&mut self, token: &Token) {
        match token.tag {
            Tag::Tr => {
                self.clear_to(&[Tag::Tbody, Tag::Tfoot, Tag::Thead]);
                self.insert_part(token);
                self.mode = Mode::InRow;
            }
            Tag::Td | Tag::Th => {
                self.clear_to(&[Tag::Tbody, Tag::Tfoot, Tag::Thead]);
                self.imply(Tag::Tr);
                self.restart(Mode::InRow, token);
            }
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.end_table_body() {
                    self.restart(Mode::InTable, token);
                }
            }
            _ => self.start_in_table(token),
        }
    }

    pub(super) fn end_in_table_body(&mut self, token: &Token) {
        match token.tag {
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.in_scope(token.tag, Scope::Table) {
                    self.end_table_body();
                    self.mode = Mode::InTable;
                }
            }
            Tag::Table => {
                if self.end_table_body() {
                    self.restart_end(Mode::InTable, token);
                }
            }
            Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html | Tag::Td | Tag::Th | Tag::Tr => {}
            _ => self.end_in_table(token),
        }
    }

    fn end_table_body(&mut self) -> bool {
        let is_open = [Tag::Tbody, Tag::Thead, Tag::Tfoot].iter().any(|tag| self.in_scope(*tag, Scope::Table));
        if is_open {
            self.clear_to(&[Tag::Tbody, Tag::Tfoot, Tag::Thead]);
            self.pop();
        }
        is_open
    }

    pub(super) fn start_in_row(&mut self, token: &Token) {
        match token.tag {
            Tag::Td | Tag::Th => {
                self.clear_to(&[Tag::Tr]);
                self.insert_part(token);
                self.mode = Mode::InCell;
                self.mark();
            }
            Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                if self.end_row() {
                    self.restart(Mode::InTableBody, token);
                }
            }
            _ => self.start_in_table(token),
        }
    }

    pub(super) fn end_in_row(&mut self, token: &Token) {
        match token.tag {
            Tag::Tr => {
                if self.end_row() {
                    self.mode = Mode::InTableBody;
                }
            }
            Tag::Table => {
                if self.end_row() {
                    self.restart_end(Mode::InTableBody, token);
                }
            }
            Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                if self.in_scope(token.tag, Scope::Table) && self.end_row() {
                    self.restart_end(Mode::InTableBody, token);
                }
            }
            Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html | Tag::Td | Tag::Th => {}
            _ => self.end_in_table(token),
        }
    }

    fn end_row(&mut self) -> bool {
        let is_open = self.in_scope(Tag::Tr, Scope::Table);
        if is_open {
            self.clear_to(&[Tag::Tr]);
            self.pop();
        }
        is_open
    }

    pub(super) fn start_in_cell(&mut self, token: &Token) {
        match token.tag {
            Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {
                if self.any_in_scope(is_cell, Scope::Table) {
                    self.end_cell();
                    self.restart(Mode::InRow, token);
                }
            }
            _ => self.start_in_body(token),
        }
    }

    pub(super) fn end_in_cell(&mut self, token: &Token) {
        match token.tag {
            Tag::Td | Tag::Th => {
                if self.in_scope(token.tag, Scope::Table) {
                    self.imply_ends(None);
                    self.pop_until_tag(token.tag);
                    self.forget_to_mark();
                    self.mode = Mode::InRow;
                }
            }
            Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                if self.in_scope(token.tag, Scope::Table) {
                    self.end_cell();
                    self.restart_end(Mode::InRow, token);
                }
            }
            Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html => {}
            _ => self.end_in_body(token),
        }
    }

    fn end_cell(&mut self) {
        self.imply_ends(None);
        self.pop_until(is_cell);
        self.forget_to_mark();
        self.mode = Mode::InRow;
    }

    /// Closes all that is open inside the nearest of some parts of a table.
    fn clear_to(&mut self, parts: &[Tag]) {
        while let Some(open) = self.current() {
            let is_part = parts.contains(&open.tag) || matches!(open.tag, Tag::Template | Tag::Html);
            if open.kind == Kind::Html && is_part {
                return;
            }
            self.pop();
        }
    }

    /// The mode in which what is open goes on.
    pub(super) fn reset_mode(&mut self) {
        let mode = self.open.iter().rev().filter(|open| open.kind == Kind::Html).find_map(|open| match open.tag {
            Tag::Td | Tag::Th => Some(Mode::InCell),
            Tag::Tr => Some(Mode::InRow),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => Some(Mode::InTableBody),
            Tag::Caption => Some(Mode::InCaption),
            Tag::Colgroup => Some(Mode::InColumnGroup),
            Tag::Table => Some(Mode::InTable),
            Tag::Template => Some(self.template_modes.last().copied().unwrap_or(Mode::InBody)),
            Tag::Head => Some(Mode::InHead),
            Tag::Body => Some(Mode::InBody),
            Tag::Frameset => Some(Mode::InFrameset),
            Tag::Html => Some(if self.head == NONE { Mode::BeforeHead } else { Mode::AfterHead }),
            _ => None,
        });
        self.mode = mode.unwrap_or(Mode::InBody);
    }

    pub(super) fn start_in_template(&mut self, token: &Token) {
        let mode = match token.tag {
            Tag::Base
            | Tag::Basefont
            | Tag::Bgsound
            | Tag::Link
            | Tag::Meta
            | Tag::Noframes
            | Tag::Script
            | Tag::Style
            | Tag::Template
            | Tag::Title => return self.start_in_head(token),
            Tag::Caption | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => Mode::InTable,
            Tag::Col => Mode::InColumnGroup,
            Tag::Tr => Mode::InTableBody,
            Tag::Td | Tag::Th => Mode::InRow,
            _ => Mode::InBody,
        };
        self.template_modes.pop();
        self.template_modes.push(mode);
        self.restart(mode, token);
    }
}
