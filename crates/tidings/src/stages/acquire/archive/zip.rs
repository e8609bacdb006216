//! ZIP: files, and a table of them at the end.

use std::io::{BufReader, Read, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::{Archive, Budget, Member, pay};
use crate::Error;
use crate::language::charset;
use crate::stages::acquire::LONGEST;
use crate::stages::acquire::source::{Anywhere, too_long};
use crate::stages::acquire::unpack::Zstd;

pub(in crate::stages::acquire) struct Zip {
    source: Box<dyn Anywhere>,
    /// The table, of which `at` is the next row.
    table: Vec<u8>,
    at: usize,
    /// How many bytes stand before the archive, as before one that unpacks itself.
    before: u64,
    size: u64,
}

/// A row of the table.
struct Row {
    path: String,
    encrypted: bool,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
}

/// The longest table that is read: a million files.
const TABLE: u64 = 128 << 20;
/// The end of an archive, in which its last record begins: a comment may follow of so many bytes.
const TAIL: u64 = 22 + 0xffff;

fn u16_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 2).map(|bytes| u64::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 4).map(|bytes| u64::from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u32_at(bytes, at)? | u32_at(bytes, at + 4)? << 32)
}

impl Zip {
    /// Reads the table.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or the archive has none.
    pub(in crate::stages::acquire) fn new(mut source: Box<dyn Anywhere>) -> Result<Self, Error> {
        let cut = || Error::parse("the archive is damaged or cut off: its table is missing").advice("fetch it again");
        let size = source.seek(SeekFrom::End(0))?;
        let from = size.saturating_sub(TAIL + 20);
        source.seek(SeekFrom::Start(from))?;
        let mut tail = Vec::new();
        source.by_ref().take(TAIL + 20).read_to_end(&mut tail)?;
        let end = (0..tail.len().saturating_sub(21)).rev().find(|&at| tail[at..].starts_with(b"PK\x05\x06"));
        let end = end.ok_or_else(cut)?;
        let mut length = u32_at(&tail, end + 12).ok_or_else(cut)?;
        let mut start = u32_at(&tail, end + 16).ok_or_else(cut)?;
        let mut stop = from + end as u64;
        // Large archives have a record of larger numbers before the last one, and say where.
        let locator = end.checked_sub(20).filter(|&at| tail[at..].starts_with(b"PK\x06\x07"));
        if let Some(large) = locator.and_then(|at| u64_at(&tail, at + 8)) {
            let mut record = Vec::new();
            source.seek(SeekFrom::Start(large))?;
            source.by_ref().take(56).read_to_end(&mut record)?;
            if record.starts_with(b"PK\x06\x06") {
                length = u64_at(&record, 40).ok_or_else(cut)?;
                start = u64_at(&record, 48).ok_or_else(cut)?;
                stop = large;
            }
        }
        if length > TABLE || length > stop {
            return Err(cut());
        }
        let place = stop - length;
        source.seek(SeekFrom::Start(place))?;
        let mut table = Vec::new();
        source.by_ref().take(length).read_to_end(&mut table)?;
        if !table.is_empty() && !table.starts_with(b"PK\x01\x02") {
            return Err(cut());
        }
        Ok(Self { source, table, at: 0, before: place.saturating_sub(start), size })
    }

    /// The next row; `None` at the end of the table, or where it is damaged.
    fn row(&mut self) -> Option<Row> {
        let row = self.table.get(self.at..).filter(|row| row.starts_with(b"PK\x01\x02"))?;
        let (name, extra, comment) = (u16_at(row, 28)? as usize, u16_at(row, 30)? as usize, u16_at(row, 32)? as usize);
        let path = charset::decode(row.get(46..46 + name)?, None, None).text.replace('\\', "/");
        let [mut packed, mut size, mut offset] = [u32_at(row, 20)?, u32_at(row, 24)?, u32_at(row, 42)?];
        let mut more = row.get(46 + name..46 + name + extra)?;
        while let (Some(kind), Some(length)) = (u16_at(more, 0), u16_at(more, 2)) {
            let Some(field) = more.get(4..4 + length as usize) else { break };
            if kind == 1 {
                // Only the numbers that are too large stand there, in this order.
                let mut at = 0;
                for number in [&mut size, &mut packed, &mut offset] {
                    if *number == 0xffff_ffff {
                        *number = u64_at(field, at)?;
                        at += 8;
                    }
                }
            }
            more = &more[4 + length as usize..];
        }
        let row = Row {
            path,
            encrypted: u16_at(row, 8)? & 1 != 0,
            method: u16_at(row, 10)? as u16,
            crc: u32_at(row, 16)? as u32,
            packed,
            size,
            offset,
        };
        self.at += 46 + name + extra + comment;
        Some(row)
    }

    fn read(&mut self, row: &Row, budget: &Budget) -> Result<Vec<u8>, Error> {
        let damaged = || Error::parse("it is damaged and was passed over").advice("fetch the archive again");
        if row.encrypted {
            return Err(Error::parse("it is encrypted").advice("unpack it first"));
        }
        if row.size > LONGEST as u64 {
            return Err(too_long(LONGEST));
        }
        let start = self.before.checked_add(row.offset).filter(|&start| start < self.size).ok_or_else(damaged)?;
        self.source.seek(SeekFrom::Start(start))?;
        let mut header = [0; 30];
        self.source.read_exact(&mut header).map_err(|_| damaged())?;
        let (name, extra) = (u16_at(&header, 26).unwrap_or(0), u16_at(&header, 28).unwrap_or(0));
        if !header.starts_with(b"PK\x03\x04") {
            return Err(damaged());
        }
        self.source.seek(SeekFrom::Current((name + extra) as i64))?;
        let packed = BufReader::with_capacity(1 << 15, self.source.by_ref().take(row.packed));
        let most = LONGEST as u64 + 1;
        let mut bytes = Vec::new();
        let result = match row.method {
            0 => packed.take(most).read_to_end(&mut bytes),
            8 => DeflateDecoder::new(packed).take(most).read_to_end(&mut bytes),
            93 => Zstd::new(packed).take(most).read_to_end(&mut bytes),
            method => {
                let error = Error::parse(format!("it is packed in a way that is not read (method {method})"));
                return Err(error.advice("pack it again, or unpack it"));
            }
        };
        pay(budget, bytes.len())?;
        let mut crc = Crc::new();
        crc.update(&bytes);
        if result.is_err() || crc.sum() != row.crc {
            return Err(damaged());
        }
        Ok(bytes)
    }
}

impl Archive for Zip {
    fn next(&mut self, wanted: &dyn Fn(&str) -> bool, budget: &Budget) -> Option<Result<Member, Error>> {
        loop {
            let Some(row) = self.row() else {
                let rest = self.table.len().saturating_sub(self.at);
                self.at = self.table.len();
                let error = Error::parse("the archive's table is damaged: files may be missing");
                return (rest > 0).then(|| Err(error.advice("fetch it again")));
            };
            if row.path.ends_with('/') || !wanted(&row.path) {
                continue;
            }
            let read = self.read(&row, budget);
            let path = row.path;
            return Some(read.map_err(|error| error.context(path.clone())).map(|bytes| Member { path, bytes }));
        }
    }

    fn size(&self) -> u64 {
        self.size
    }
}
