//! An open file of JSON lines.

use std::io::{self, BufRead};

use super::source::About;
use super::{Input, line};
use crate::Error;

/// Its documents, one a line.
pub(super) struct Lines {
    source: Box<dyn BufRead>,
    about: About,
    number: usize,
}

impl Lines {
    pub(super) fn new(source: Box<dyn BufRead>, about: About) -> Self {
        Self { source, about, number: 0 }
    }
}

impl Iterator for Lines {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.number += 1;
            let name = format!("{}:{}", self.about.name, self.number);
            let line = match line::next(&mut self.source) {
                Ok(line) => line?,
                Err(error) => {
                    if error.is_io() {
                        // A stream that broke off gives the same error for ever.
                        self.source = Box::new(io::empty());
                    }
                    return Some(Err(error.context(name)));
                }
            };
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match line::parse(line, &name) {
                Ok(Some(input)) => return Some(Ok(input)),
                Ok(None) if self.about.in_folder => {}
                Ok(None) => return Some(Err(no_document().context(name))),
                Err(error) => return Some(Err(error.context(name))),
            }
        }
    }
}

pub(super) fn no_document() -> Error {
    let keys = "a document has a key \"text\", \"html\", \"html_base64\" or \"title\"";
    Error::parse("no document in this line").advice(keys)
}
