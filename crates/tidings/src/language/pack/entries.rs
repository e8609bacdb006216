//! What all rule files of a pack have in common: named sets, and `[[table]]` entries that carry patterns.
//!
//! What an entry means is its own file's matter (`dates`, `events`, `lines`); `source` only finds the text.

use std::fmt::Display;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::{PackError, PackSource, source::Lines};
use crate::language::{Rules, pattern::Parser};

/// A file of rules while it is read.
pub(super) struct RuleFile<'r, 'p> {
    code: &'r str,
    name: &'static str,
    lines: Lines,
    /// What patterns are read with.
    pub parser: &'r mut Parser<'p>,
}

/// A `[[table]]` of a rule file.
pub(super) trait Entry {
    /// The patterns as they are written.
    fn patterns(&self) -> &[String];
    /// Told once, the line at which it begins.
    fn begins_at(&mut self, line: usize);
}

/// Says that a type's `patterns` and `line` are what their names say.
macro_rules! entries {
    ($($entry:ty),+) => {$(
        impl $crate::language::pack::entries::Entry for $entry {
            fn patterns(&self) -> &[String] {
                &self.patterns
            }

            fn begins_at(&mut self, line: usize) {
                self.line = line;
            }
        }
    )+};
}
pub(super) use entries;

impl<'r, 'p> RuleFile<'r, 'p> {
    /// Opens a file of a pack; its default where the pack has none.
    pub fn open<T: DeserializeOwned + Default>(
        code: &'r str,
        name: &'static str,
        source: &PackSource,
        parser: &'r mut Parser<'p>,
    ) -> Result<(T, Self), PackError> {
        let (file, lines) = source.toml::<T>(code, name)?;
        Ok((file, Self { code, name, lines, parser }))
    }

    /// An error in this file.
    pub fn fail(&self, line: usize, message: impl Display) -> PackError {
        PackError::new(self.code, self.name, line, message.to_string())
    }

    /// Adds the file's named sets in the order in which they are written; an entry may be one pattern or a list.
    pub fn sets(&mut self, table: &toml::Table) -> Result<(), PackError> {
        for (name, entries) in &super::ordered_sets(table).map_err(|m| self.fail(0, m))? {
            self.parser.set(name, entries).map_err(|e| self.fail(0, format!("set `{name}`: {e}")))?;
        }
        Ok(())
    }

    /// Adds patterns that stand in a list by themselves.
    pub fn patterns(&mut self, patterns: &[String], rules: &mut Rules) -> Result<(), PackError> {
        for (number, pattern) in patterns.iter().enumerate() {
            let nodes = self.parser.parse(pattern).map_err(|e| self.fail(0, format!("`{pattern}`: {e}")))?;
            rules.add(nodes, number);
        }
        Ok(())
    }

    /// Appends a table's entries to a list, and their patterns to `rules`, where a rule's number is its place in the list.
    pub fn entries<E: Entry>(
        &mut self,
        table: Vec<Spanned<E>>,
        rules: &mut Rules,
        list: &mut Vec<E>,
    ) -> Result<(), PackError> {
        for entry in table {
            let line = self.lines.of(entry.span().start);
            let mut entry = entry.into_inner();
            entry.begins_at(line);
            for pattern in entry.patterns() {
                let nodes = self.parser.parse(pattern).map_err(|e| self.fail(line, e))?;
                rules.add(nodes, list.len());
            }
            list.push(entry);
        }
        Ok(())
    }
}
