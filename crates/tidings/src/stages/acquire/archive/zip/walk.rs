//! The files of a ZIP archive whose table is missing, one after the other: each has a header of its own.
//!
//! Where a header does not say how long its file is, as those of archives that were written to a stream do not, the packed
//! bytes say it themselves. **What was read is not read again**, so that time grows with the archive and no faster.

use std::io::{self, Read, SeekFrom};

use super::{Packed, Row, extended, u16_at, u32_at};
use crate::language::charset;
use crate::stages::acquire::source::Anywhere;

/// How a file's header begins.
pub(super) const FILE: &[u8] = b"PK\x03\x04";

/// A header without the path and what follows it.
const HEADER: usize = 30;
/// What is searched at a time, at most.
const CHUNK: usize = 1 << 16;

/// Where we are in the archive.
pub(super) struct Walk {
    at: u64,
}

impl Walk {
    pub(super) fn new() -> Self {
        Self { at: 0 }
    }

    /// The next file, and where its bytes begin.
    ///
    /// # Errors
    ///
    /// Where the archive cannot be read.
    pub(super) fn next(&mut self, source: &mut dyn Anywhere) -> io::Result<Option<(Row, u64)>> {
        loop {
            let Some(at) = self.seek(source)? else { return Ok(None) };
            self.at = at + FILE.len() as u64;
            let mut header = bytes_at(source, at, HEADER)?;
            if let (Some(name), Some(extra)) = (u16_at(&header, 26), u16_at(&header, 28)) {
                Read::take(&mut *source, name + extra).read_to_end(&mut header)?;
            }
            let Some((row, length)) = row(&header, at) else { continue };
            self.at = at + length as u64;
            return Ok(Some((row, self.at)));
        }
    }

    /// Goes on behind so many bytes of the file that came last.
    pub(super) fn pass(&mut self, bytes: u64) {
        self.at = self.at.saturating_add(bytes);
    }

    /// Where the next header begins.
    fn seek(&mut self, source: &mut dyn Anywhere) -> io::Result<Option<u64>> {
        // Most stand right behind the file before.
        let mut length = HEADER;
        loop {
            let chunk = bytes_at(source, self.at, length)?;
            length = (length * 2).min(CHUNK);
            if let Some(found) = memchr::memmem::find(&chunk, FILE) {
                return Ok(Some(self.at + found as u64));
            }
            if chunk.len() < FILE.len() {
                return Ok(None);
            }
            // It may begin at the border of two chunks.
            self.at += (chunk.len() - FILE.len() + 1) as u64;
        }
    }
}

fn bytes_at(source: &mut dyn Anywhere, at: u64, most: usize) -> io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    Read::take(source, most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a header says, and how long it is.
fn row(header: &[u8], offset: u64) -> Option<(Row, usize)> {
    let (name, extra) = (u16_at(header, 26)? as usize, u16_at(header, 28)? as usize);
    let path = charset::decode(header.get(30..30 + name)?, None, None).text.replace('\\', "/");
    let flags = u16_at(header, 6)?;
    let [mut packed, mut size] = [u32_at(header, 18)?, u32_at(header, 22)?];
    extended(header.get(30 + name..30 + name + extra)?, [&mut size, &mut packed])?;
    // Written to a stream: what is not known yet stands behind the file, if at all.
    let is_open = flags & 8 != 0 && packed == 0;
    let row = Row {
        path,
        encrypted: flags & 1 != 0,
        method: u16_at(header, 8)? as u16,
        crc: (!is_open).then_some(u32_at(header, 14)? as u32),
        packed: if is_open { Packed::Unknown } else { Packed::Bytes(packed) },
        size,
        offset,
    };
    Some((row, 30 + name + extra))
}
