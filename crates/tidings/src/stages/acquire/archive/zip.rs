//! ZIP: files, and a table of them at the end. Of an archive that was cut off, the files that are there.

mod walk;

use std::io::{BufReader, Read, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use self::walk::Walk;
use super::{Archive, Budget, Member, pay};
use crate::Error;
use crate::language::charset;
use crate::stages::acquire::LONGEST;
use crate::stages::acquire::source::{Anywhere, too_long};
use crate::stages::acquire::unpack::Zstd;

pub(in crate::stages::acquire) struct Zip {
    source: Box<dyn Anywhere>,
    rows: Rows,
    size: u64,
}

/// What tells of the files.
enum Rows {
    Table(Table),
    /// The table is missing, which is told first.
    Missing(Option<Error>, Walk),
}

/// The table at the end.
struct Table {
    bytes: Vec<u8>,
    /// Where the next row begins.
    at: usize,
    /// How many bytes stand before the archive, as before one that unpacks itself.
    before: u64,
}

/// What is known of a file: a row of the table, or the file's own header.
struct Row {
    path: String,
    encrypted: bool,
    method: u16,
    crc: Option<u32>,
    packed: Packed,
    size: u64,
    offset: u64,
}

/// How many bytes a file has in the archive.
#[derive(Clone, Copy)]
enum Packed {
    Bytes(u64),
    Unknown,
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

/// Takes the numbers that are too large for their place from where they then stand, in this order; `None` where that is not there.
fn extended<'n>(mut more: &[u8], numbers: impl IntoIterator<Item = &'n mut u64>) -> Option<()> {
    let mut numbers = Some(numbers);
    while let (Some(kind), Some(length)) = (u16_at(more, 0), u16_at(more, 2)) {
        let Some(field) = more.get(4..4 + length as usize) else { break };
        if let Some(numbers) = numbers.take_if(|_| kind == 1) {
            let mut at = 0;
            for number in numbers.into_iter().filter(|number| **number == 0xffff_ffff) {
                *number = u64_at(field, at)?;
                at += 8;
            }
        }
        more = &more[4 + length as usize..];
    }
    Some(())
}

fn damaged() -> Error {
    Error::parse("it is damaged and was passed over").advice("fetch the archive again")
}

impl Zip {
    /// Reads the table. Where it is missing, the files are looked for in the order in which they stand.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is no archive.
    pub(in crate::stages::acquire) fn new(mut source: Box<dyn Anywhere>) -> Result<Self, Error> {
        let size = source.seek(SeekFrom::End(0))?;
        let rows = match Table::read(&mut *source, size) {
            Ok(table) => Rows::Table(table),
            Err(error) => {
                let mut head = Vec::new();
                source.seek(SeekFrom::Start(0))?;
                source.by_ref().take(walk::FILE.len() as u64).read_to_end(&mut head)?;
                if error.is_io() || head != walk::FILE {
                    return Err(error);
                }
                Rows::Missing(Some(error), Walk::new())
            }
        };
        Ok(Self { source, rows, size })
    }

    /// The file whose bytes begin at `start`, and how many of them were read.
    fn read(&mut self, row: &Row, start: u64, budget: &Budget) -> (Result<Vec<u8>, Error>, u64) {
        let size = match row.packed {
            Packed::Bytes(size) => size,
            Packed::Unknown => self.size.saturating_sub(start),
        };
        let known = if let Packed::Bytes(size) = row.packed { size } else { 0 };
        if row.encrypted {
            return (Err(Error::parse("it is encrypted").advice("unpack it first")), known);
        }
        if row.size > LONGEST as u64 {
            return (Err(too_long(LONGEST)), known);
        }
        if let Err(error) = self.source.seek(SeekFrom::Start(start)) {
            return (Err(error.into()), known);
        }
        let packed = BufReader::with_capacity(1 << 15, self.source.by_ref().take(size));
        let most = LONGEST as u64 + 1;
        let mut bytes = Vec::new();
        let (result, read) = match (row.method, row.packed) {
            (0, Packed::Bytes(size)) => (packed.take(most).read_to_end(&mut bytes), size),
            (8, _) => {
                let mut decoder = DeflateDecoder::new(packed);
                let result = decoder.by_ref().take(most).read_to_end(&mut bytes);
                (result, known.max(decoder.total_in()))
            }
            (93, Packed::Bytes(size)) => (Zstd::new(packed).take(most).read_to_end(&mut bytes), size),
            (0 | 93, Packed::Unknown) => {
                let error = Error::parse("it does not say how long it is, and was passed over");
                return (Err(error.advice("fetch the archive again")), 0);
            }
            (method, _) => {
                let error = Error::parse(format!("it is packed in a way that is not read (method {method})"));
                return (Err(error.advice("pack it again, or unpack it")), size);
            }
        };
        if let Err(error) = pay(budget, bytes.len()) {
            return (Err(error), read);
        }
        let mut crc = Crc::new();
        crc.update(&bytes);
        let is_whole = result.is_ok() && row.crc.is_none_or(|known| known == crc.sum());
        (if is_whole { Ok(bytes) } else { Err(damaged()) }, read)
    }

    /// The next file, and where its bytes begin if that is known already; an error stands for one file.
    fn row(&mut self) -> Option<Result<(Row, Option<u64>), Error>> {
        match &mut self.rows {
            Rows::Missing(error, walk) => match error.take() {
                Some(error) => Some(Err(error)),
                None => match walk.next(&mut *self.source) {
                    Ok(found) => found.map(|(row, start)| Ok((row, Some(start)))),
                    Err(error) => {
                        walk.pass(u64::MAX);
                        Some(Err(error.into()))
                    }
                },
            },
            Rows::Table(table) => match table.row() {
                Some(row) => Some(Ok((row, None))),
                None => {
                    let rest = table.bytes.len().saturating_sub(table.at);
                    table.at = table.bytes.len();
                    let error = Error::parse("the archive's table is damaged: files may be missing");
                    (rest > 0).then(|| Err(error.advice("fetch it again")))
                }
            },
        }
    }
}

impl Archive for Zip {
    fn next(&mut self, wanted: &dyn Fn(&str) -> bool, budget: &Budget) -> Option<Result<Member, Error>> {
        loop {
            let (row, start) = match self.row()? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            let is_wanted = !row.path.ends_with('/') && wanted(&row.path);
            let (read, length) = match (&mut self.rows, start, row.packed) {
                (Rows::Missing(..), _, Packed::Bytes(size)) if !is_wanted => (Ok(Vec::new()), size),
                (Rows::Table(_), ..) if !is_wanted => continue,
                (Rows::Table(table), ..) => match table.start(&mut *self.source, &row, self.size) {
                    Ok(start) => self.read(&row, start, budget),
                    Err(error) => (Err(error), 0),
                },
                (Rows::Missing(..), start, _) => self.read(&row, start.unwrap_or(self.size), budget),
            };
            if let Rows::Missing(_, walk) = &mut self.rows {
                walk.pass(length);
            }
            if is_wanted {
                let path = row.path;
                return Some(read.map_err(|error| error.context(path.clone())).map(|bytes| Member { path, bytes }));
            }
        }
    }

    fn size(&self) -> u64 {
        self.size
    }
}

impl Table {
    fn read(source: &mut dyn Anywhere, size: u64) -> Result<Self, Error> {
        let cut = || Error::parse("the archive is damaged or cut off: its table is missing").advice("fetch it again");
        let read = |source: &mut dyn Anywhere, at: u64, most: u64| -> Result<Vec<u8>, Error> {
            let mut bytes = Vec::new();
            source.seek(SeekFrom::Start(at))?;
            source.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let from = size.saturating_sub(TAIL + 20);
        let tail = read(source, from, TAIL + 20)?;
        let end = (0..tail.len().saturating_sub(21)).rev().find(|&at| tail[at..].starts_with(b"PK\x05\x06"));
        let end = end.ok_or_else(cut)?;
        let mut length = u32_at(&tail, end + 12).ok_or_else(cut)?;
        let mut start = u32_at(&tail, end + 16).ok_or_else(cut)?;
        let mut stop = from + end as u64;
        // Large archives have a record of larger numbers before the last one, and say where.
        let locator = end.checked_sub(20).filter(|&at| tail[at..].starts_with(b"PK\x06\x07"));
        if let Some(large) = locator.and_then(|at| u64_at(&tail, at + 8)) {
            let record = read(source, large, 56)?;
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
        let bytes = read(source, place, length)?;
        if !bytes.is_empty() && !bytes.starts_with(b"PK\x01\x02") {
            return Err(cut());
        }
        Ok(Self { bytes, at: 0, before: place.saturating_sub(start) })
    }

    /// The next row; `None` at the end of the table, or where it is damaged.
    fn row(&mut self) -> Option<Row> {
        let row = self.bytes.get(self.at..).filter(|row| row.starts_with(b"PK\x01\x02"))?;
        let (name, extra, comment) = (u16_at(row, 28)? as usize, u16_at(row, 30)? as usize, u16_at(row, 32)? as usize);
        let path = charset::decode(row.get(46..46 + name)?, None, None).text.replace('\\', "/");
        let [mut packed, mut size, mut offset] = [u32_at(row, 20)?, u32_at(row, 24)?, u32_at(row, 42)?];
        extended(row.get(46 + name..46 + name + extra)?, [&mut size, &mut packed, &mut offset])?;
        let row = Row {
            path,
            encrypted: u16_at(row, 8)? & 1 != 0,
            method: u16_at(row, 10)? as u16,
            crc: Some(u32_at(row, 16)? as u32),
            packed: Packed::Bytes(packed),
            size,
            offset,
        };
        self.at += 46 + name + extra + comment;
        Some(row)
    }

    /// Where the bytes of a row's file begin, behind its own header.
    fn start(&self, source: &mut dyn Anywhere, row: &Row, size: u64) -> Result<u64, Error> {
        let start = self.before.checked_add(row.offset).filter(|&start| start < size).ok_or_else(damaged)?;
        source.seek(SeekFrom::Start(start))?;
        let mut header = [0; 30];
        source.read_exact(&mut header).map_err(|_| damaged())?;
        let (name, extra) = (u16_at(&header, 26).unwrap_or(0), u16_at(&header, 28).unwrap_or(0));
        if !header.starts_with(walk::FILE) {
            return Err(damaged());
        }
        Ok(start + 30 + name + extra)
    }
}
