//! TAR: files after one another, each behind a block that says what it is.

use std::io::{self, BufRead, Read};

use super::{Archive, Budget, Member, pay};
use crate::Error;
use crate::stages::acquire::LONGEST;
use crate::stages::acquire::source::too_long;

const BLOCK: usize = 512;
/// More than any path has.
const PATH: u64 = 1 << 16;

pub(in crate::stages::acquire) struct Tar {
    source: Box<dyn BufRead>,
    /// A name that was too long for the next header.
    path: Option<String>,
    /// Whether blocks that are no header are being passed over.
    lost: bool,
    over: bool,
}

/// What a header says.
struct Header {
    path: String,
    size: u64,
    kind: u8,
}

impl Tar {
    pub(in crate::stages::acquire) fn new(source: Box<dyn BufRead>) -> Self {
        Self { source, path: None, lost: false, over: false }
    }

    /// Passes over a file and what fills up its last block.
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        io::copy(&mut self.source.by_ref().take(bytes), &mut io::sink()).map(|_| ())
    }

    /// The file that comes next, or one error for all that lies before it.
    fn step(&mut self, wanted: &dyn Fn(&str) -> bool, budget: &Budget) -> Result<Option<Member>, Error> {
        loop {
            let mut block = [0; BLOCK];
            let mut have = 0;
            while have < BLOCK {
                match self.source.read(&mut block[have..])? {
                    0 => {
                        self.over = true;
                        return if have == 0 { Ok(None) } else { Err(cut()) };
                    }
                    more => have += more,
                }
            }
            if block.iter().all(|&byte| byte == 0) {
                continue;
            }
            let Some(header) = header(&block) else {
                if std::mem::replace(&mut self.lost, true) {
                    continue;
                }
                return Err(Error::parse("a part of the archive is damaged and was passed over"));
            };
            self.lost = false;
            let filled = header.size.next_multiple_of(BLOCK as u64);
            let path = match header.kind {
                // Names of their own come before the file that they belong to.
                b'L' | b'x' if header.size <= PATH => {
                    let mut bytes = Vec::new();
                    self.source.by_ref().take(header.size).read_to_end(&mut bytes)?;
                    self.skip(filled - header.size)?;
                    let path = if header.kind == b'L' { Some(text(&bytes)) } else { extended(&bytes) };
                    self.path = path.or(self.path.take());
                    continue;
                }
                b'0' | 0 | b'7' => self.path.take().unwrap_or(header.path),
                // Folders, links and devices hold nothing.
                b'1'..=b'6' => {
                    self.path = None;
                    continue;
                }
                _ => {
                    self.skip(filled)?;
                    continue;
                }
            };
            if !wanted(&path) {
                self.skip(filled)?;
                continue;
            }
            if header.size > LONGEST as u64 {
                self.skip(filled)?;
                return Err(too_long(LONGEST).context(path));
            }
            let mut bytes = Vec::new();
            self.source.by_ref().take(header.size).read_to_end(&mut bytes)?;
            if (bytes.len() as u64) < header.size {
                self.over = true;
                return Err(cut().context(path));
            }
            pay(budget, bytes.len())?;
            self.skip(filled - header.size)?;
            return Ok(Some(Member { path, bytes }));
        }
    }
}

impl Archive for Tar {
    fn next(&mut self, wanted: &dyn Fn(&str) -> bool, budget: &Budget) -> Option<Result<Member, Error>> {
        if self.over {
            return None;
        }
        let step = self.step(wanted, budget);
        self.over |= step.as_ref().is_err_and(Error::is_io);
        step.transpose()
    }

    fn size(&self) -> u64 {
        // What is not packed does not grow; what packs it as a whole is bounded where it is unpacked.
        u64::MAX
    }
}

fn cut() -> Error {
    Error::parse("the archive is cut off").advice("fetch it again")
}

fn header(block: &[u8; BLOCK]) -> Option<Header> {
    let sum = number(&block[148..156])?;
    let counted =
        block.iter().enumerate().map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u64::from(byte) });
    if counted.sum::<u64>() != sum {
        return None;
    }
    let mut path = text(&block[..100]);
    // The GNU form has times where the standard has the front part of the path.
    if block[257..263] == *b"ustar\0" && block[345] != 0 {
        path = format!("{}/{path}", text(&block[345..500]));
    }
    Some(Header { path, size: number(&block[124..136])?, kind: block[156] })
}

/// A number in octal digits, or in bytes where the first has its highest bit.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let tail = &field[field.len() - 8..];
        return Some(u64::from_be_bytes(tail.try_into().ok()?)).filter(|&number| number < 1 << 60);
    }
    let digits = field.trim_ascii();
    let digits = digits.split(|&byte| byte == 0 || byte == b' ').next()?;
    if digits.is_empty() {
        return Some(0);
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

/// A text up to its first zero.
fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field.split(|&byte| byte == 0).next().unwrap_or_default()).into_owned()
}

/// The path in an extended header: lines of `LENGTH KEY=VALUE`.
fn extended(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes;
    while let Some(space) = rest.iter().position(|&byte| byte == b' ') {
        let length: usize = std::str::from_utf8(&rest[..space]).ok()?.parse().ok()?;
        let line = rest.get(space + 1..length)?;
        if let Some(path) = line.strip_prefix(b"path=") {
            return Some(text(path.strip_suffix(b"\n").unwrap_or(path)));
        }
        rest = &rest[length..];
    }
    None
}
