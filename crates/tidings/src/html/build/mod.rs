//! Tags and texts to a tree, by the rules of the WHATWG's standard ("tree construction").
//!
//! Names of modes, scopes and algorithms are the standard's, so that each rule can be held against its text:
//! `head` has what stands before the body, and framesets; `body` and `ends` the body's start and end tags; `table`
//! tables; `formatting` the elements that blocks do not end; `foreign` drawings and formulas; `stack` the open elements.
//!
//! Beyond the standard everything is bounded: depth, nodes, the formatting elements that are opened again.

mod body;
mod ends;
mod foreign;
mod formatting;
mod head;
mod stack;
mod table;

use super::arena::{Arena, NONE, Words};
use super::references::Part;
use super::scan::{self, Token};
use super::tag::Tag;
use super::tree::Tree;
use formatting::Entry;
use stack::{Kind, Open};

/// A page is read so far.
const MOST_BYTES: usize = 32 << 20;

/// A tree has no more nodes.
const MOST_NODES: usize = 4_000_000;

/// The standard's insertion modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    InTable,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

struct Builder<'t> {
    page: &'t str,
    /// The byte of the page that comes next.
    at: usize,
    arena: Arena<'t>,
    mode: Mode,
    template_modes: Vec<Mode>,
    open: Vec<Open>,
    /// How many of HTML's elements of each tag are open.
    counts: [u16; Tag::COUNT],
    /// Elements too deep to be opened, by tag and together: their end tags close nothing.
    too_deep: [u32; Tag::COUNT],
    all_too_deep: u32,
    formatting: Vec<Entry>,
    /// How many formatting elements were opened again.
    clones: usize,
    head: u32,
    form: u32,
    frameset_ok: bool,
    quirks: bool,
    fostering: bool,
    /// Whether an element points to the attributes of the tag at hand.
    keeps_attributes: bool,
}

/// The tree of a page.
pub(super) fn tree(page: &str) -> Tree<'_> {
    let whole = page.len();
    let mut end = whole.min(MOST_BYTES);
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    let page = &page[..end];
    let mut builder = Builder {
        page,
        // A byte order mark is no text.
        at: if page.starts_with('\u{feff}') { 3 } else { 0 },
        arena: Arena::new(page),
        mode: Mode::Initial,
        template_modes: Vec::new(),
        open: Vec::new(),
        counts: [0; Tag::COUNT],
        too_deep: [0; Tag::COUNT],
        all_too_deep: 0,
        formatting: Vec::new(),
        clones: 0,
        head: NONE,
        form: NONE,
        frameset_ok: true,
        quirks: false,
        fostering: false,
        keeps_attributes: false,
    };
    builder.run();
    while builder.has_open(Tag::Template) {
        builder.end_template();
    }
    builder.finish_head();
    let was_cut = end < whole || builder.at < end;
    builder.arena.finish(was_cut)
}

impl Builder<'_> {
    fn run(&mut self) {
        let bytes = self.page.as_bytes();
        while self.at < bytes.len() && self.arena.len() < MOST_NODES {
            let from = self.at;
            let markup = next_markup(bytes, from);
            self.at = markup;
            if markup > from {
                self.text(from, markup);
                if markup == bytes.len() {
                    return;
                }
            }
            match (bytes[markup + 1], bytes.get(markup + 2)) {
                (b'/', Some(byte)) if byte.is_ascii_alphabetic() => self.end_token(markup + 2),
                (b'/' | b'?', _) => self.at = scan::after_bracket(bytes, markup + 1),
                (b'!', _) => self.declaration(markup),
                _ => self.start_token(markup + 1),
            }
        }
    }

    fn start_token(&mut self, at: usize) {
        let before = self.arena.attributes.len();
        let named = self.in_foreign();
        let Some((token, end)) = scan::tag(&mut self.arena, self.page, at, named) else {
            self.at = self.page.len();
            return;
        };
        self.at = end;
        self.keeps_attributes = false;
        self.start(&token);
        if !self.keeps_attributes {
            self.arena.attributes.truncate(before);
        }
    }

    fn end_token(&mut self, at: usize) {
        let before = self.arena.attributes.len();
        let scanned = scan::tag(&mut self.arena, self.page, at, false);
        self.arena.attributes.truncate(before);
        let Some((token, end)) = scanned else {
            self.at = self.page.len();
            return;
        };
        self.at = end;
        if self.all_too_deep > 0 && self.too_deep[token.tag as usize] > 0 {
            self.too_deep[token.tag as usize] -= 1;
            self.all_too_deep -= 1;
            return;
        }
        self.end(&token);
    }

    /// What begins with `<!`: a comment, a document type, or in a drawing text that has no markup.
    fn declaration(&mut self, at: usize) {
        let bytes = self.page.as_bytes();
        let rest = &bytes[at + 2..];
        if rest.starts_with(b"--") {
            self.at = scan::comment(bytes, at + 4);
        } else if rest.starts_with(b"[CDATA[") && self.in_foreign() {
            let from = at + 9;
            let length = self.page[from..].find("]]>");
            let to = length.map_or(bytes.len(), |length| from + length);
            self.at = length.map_or(to, |_| to + 3);
            let words = scan::resolved(&mut self.arena, self.page, from, to, Part::Raw, Some('\u{fffd}'));
            self.foreign_text(words);
        } else {
            self.at = scan::after_bracket(bytes, at + 2);
            if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) && self.mode == Mode::Initial {
                self.quirks = head::is_quirky(self.page.get(at + 9..self.at).unwrap_or_default());
                self.mode = Mode::BeforeHtml;
            }
        }
    }

    fn start(&mut self, token: &Token) {
        if self.in_foreign() && !self.is_point_for(token) {
            self.start_foreign(token);
        } else {
            self.start_in(self.mode, token);
        }
    }

    /// Goes on in another mode with the same start tag.
    fn restart(&mut self, mode: Mode, token: &Token) {
        self.mode = mode;
        self.start(token);
    }

    fn start_in(&mut self, mode: Mode, token: &Token) {
        match mode {
            Mode::Initial => {
                self.quirks = true;
                self.start_before_html(token);
            }
            Mode::BeforeHtml => self.start_before_html(token),
            Mode::BeforeHead => self.start_before_head(token),
            Mode::InHead => self.start_in_head(token),
            Mode::InHeadNoscript => self.start_in_head_noscript(token),
            Mode::AfterHead => self.start_after_head(token),
            Mode::InBody => self.start_in_body(token),
            Mode::InTable => self.start_in_table(token),
            Mode::InCaption => self.start_in_caption(token),
            Mode::InColumnGroup => self.start_in_column_group(token),
            Mode::InTableBody => self.start_in_table_body(token),
            Mode::InRow => self.start_in_row(token),
            Mode::InCell => self.start_in_cell(token),
            Mode::InTemplate => self.start_in_template(token),
            Mode::AfterBody | Mode::AfterAfterBody if token.tag == Tag::Html => self.start_in_body(token),
            Mode::AfterBody | Mode::AfterAfterBody => self.restart(Mode::InBody, token),
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => self.start_in_frameset(mode, token),
        }
    }

    fn end(&mut self, token: &Token) {
        if self.in_foreign() {
            self.end_foreign(token);
        } else {
            self.end_in(self.mode, token);
        }
    }

    fn restart_end(&mut self, mode: Mode, token: &Token) {
        self.mode = mode;
        self.end(token);
    }

    fn end_in(&mut self, mode: Mode, token: &Token) {
        match mode {
            Mode::Initial => self.restart_end(Mode::BeforeHtml, token),
            Mode::BeforeHtml | Mode::BeforeHead | Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead => {
                self.end_before_body(mode, token);
            }
            Mode::InBody => self.end_in_body(token),
            Mode::InTable => self.end_in_table(token),
            Mode::InCaption => self.end_in_caption(token),
            Mode::InColumnGroup => self.end_in_column_group(token),
            Mode::InTableBody => self.end_in_table_body(token),
            Mode::InRow => self.end_in_row(token),
            Mode::InCell => self.end_in_cell(token),
            Mode::InTemplate => {
                if token.tag == Tag::Template {
                    self.end_template();
                }
            }
            Mode::AfterBody if token.tag == Tag::Html => self.mode = Mode::AfterAfterBody,
            Mode::AfterBody | Mode::AfterAfterBody => self.restart_end(Mode::InBody, token),
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => self.end_in_frameset(mode, token),
        }
    }

    fn text(&mut self, from: usize, to: usize) {
        if self.in_foreign() && !self.is_point_for_text() {
            let words = scan::resolved(&mut self.arena, self.page, from, to, Part::Text, Some('\u{fffd}'));
            self.foreign_text(words);
            return;
        }
        let words = scan::resolved(&mut self.arena, self.page, from, to, Part::Text, None);
        self.text_in(self.mode, words);
    }

    fn text_in(&mut self, mode: Mode, words: Words) {
        let blank = self.arena.read(words).bytes().take_while(|byte| scan::is_space(*byte)).count();
        let is_blank = blank == words.length as usize;
        match mode {
            Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead => {
                if !is_blank {
                    self.quirks |= mode == Mode::Initial;
                    self.finish_head();
                    self.text_in(self.mode, words.skip(blank));
                }
            }
            Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead => {
                self.put_text(words.take(blank));
                if !is_blank {
                    self.finish_head();
                    self.text_in(self.mode, words.skip(blank));
                }
            }
            Mode::InColumnGroup => {
                self.put_text(words.take(blank));
                if !is_blank && self.is_current(Tag::Colgroup) {
                    self.pop();
                    self.mode = Mode::InTable;
                    self.text_in(Mode::InTable, words.skip(blank));
                }
            }
            Mode::InTable | Mode::InTableBody | Mode::InRow => {
                if is_blank && self.current().is_some_and(|open| open.is_table_part()) {
                    self.put_text(words);
                } else {
                    self.fostering = true;
                    self.text_in_body(words, is_blank);
                    self.fostering = false;
                }
            }
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => {}
            Mode::AfterBody | Mode::AfterAfterBody if !is_blank => {
                self.mode = Mode::InBody;
                self.text_in_body(words, is_blank);
            }
            _ => self.text_in_body(words, is_blank),
        }
    }

    fn text_in_body(&mut self, words: Words, is_blank: bool) {
        if words.length == 0 {
            return;
        }
        self.reconstruct();
        self.put_text(words);
        self.frameset_ok &= is_blank;
    }

    fn put_text(&mut self, words: Words) {
        if words.length > 0 {
            let place = self.place();
            self.arena.put_text(words, place);
        }
    }

    /// An element that holds nothing but text, with that text.
    fn raw_element(&mut self, token: &Token, part: Part) {
        let bytes = self.page.as_bytes();
        let node = self.stand_alone(token);
        let from = self.at;
        let to = match token.tag {
            Tag::Script => scan::script(bytes, from),
            Tag::Plaintext => bytes.len(),
            tag => scan::raw_text(bytes, from, tag.name()),
        };
        let words = scan::resolved(&mut self.arena, self.page, from, to, part, Some('\u{fffd}'));
        if words.length > 0 {
            self.arena.put_text(words, super::arena::Place { parent: node, before: NONE });
        }
        self.at = bytes.len();
        if to < bytes.len() {
            let before = self.arena.attributes.len();
            if let Some((_, end)) = scan::tag(&mut self.arena, self.page, to + 2, false) {
                self.at = end;
            }
            self.arena.attributes.truncate(before);
        }
    }

    /// A line end at the beginning of some elements is not part of their text.
    fn skip_line_end(&mut self) {
        let bytes = self.page.as_bytes();
        match (bytes.get(self.at), bytes.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => self.at += 2,
            (Some(b'\n' | b'\r'), _) => self.at += 1,
            _ => {}
        }
    }

    fn push_html(&mut self, node: u32, tag: Tag) {
        self.push(Open { node, tag, kind: Kind::Html });
    }
}

/// Where the next tag, comment or declaration begins: any other `<` is text.
fn next_markup(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found;
        match bytes.get(at + 1) {
            Some(b'!' | b'?') => return at,
            Some(b'/') if at + 2 < bytes.len() => return at,
            Some(byte) if byte.is_ascii_alphabetic() => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}
