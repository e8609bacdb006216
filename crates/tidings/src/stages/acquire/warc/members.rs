//! The bytes of an archive, unpacked, with marks where its packed members begin and where they are damaged.
//!
//! An archive is packed record by record, so that one damaged member costs one record: the next member is found again
//! by its first bytes.

use std::io::{self, BufRead, Read};
use std::mem;

use flate2::bufread::GzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use crate::stages::acquire::unpack::{GZIP, ZSTD, Zstd, is_bomb};

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A member begins.
    Start,
    /// Bytes were added.
    Data,
    /// What was added since the last start is not whole, or bytes were passed over.
    Damage,
    /// The archive unpacks to far more than news do, and is not read on.
    Bomb,
    End,
}

/// How much of a member is kept to look for the next one in it, should it turn out to be damaged.
const KEPT: usize = 4 << 20;
const CHUNK: usize = 1 << 16;
/// The first bytes of the frame that holds a dictionary.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// The raw bytes, from which some may be taken back.
struct Raw {
    source: Box<dyn Read>,
    held: Vec<u8>,
    at: usize,
    /// Where the member began, if that is still held.
    mark: Option<usize>,
    read: u64,
    /// How many bytes may still be read again. Each new byte pays for one, so that all takes linear time.
    credit: usize,
}

impl Raw {
    /// Marks where we are, to come back to.
    fn mark(&mut self) {
        self.mark = Some(self.at);
    }

    /// Goes back to behind where the member began, as far as that is held and paid for.
    fn back(&mut self) {
        if let Some(mark) = self.mark.take() {
            let again = self.at - mark;
            if again > 1 && again <= self.credit {
                self.credit -= again;
                self.at = mark + 1;
            }
        }
    }

    /// The next bytes, `count` of them where there are so many.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.held.len() - self.at < count && self.more()? {}
        let end = self.held.len().min(self.at + count);
        Ok(&self.held[self.at..end])
    }

    /// Reads more behind what is held.
    fn more(&mut self) -> io::Result<bool> {
        if self.at > KEPT {
            let keep = self.mark.filter(|&mark| self.at - mark <= KEPT);
            let from = keep.unwrap_or(self.at);
            self.held.drain(..from);
            self.at -= from;
            self.mark = keep.map(|_| 0);
        }
        let before = self.held.len();
        self.held.resize(before + CHUNK, 0);
        let count = loop {
            match self.source.read(&mut self.held[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.held.truncate(before + *count.as_ref().unwrap_or(&0));
        let count = count?;
        self.read += count as u64;
        self.credit += count;
        Ok(count > 0)
    }
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let count = held.len().min(into.len());
        into[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.held.len() {
            self.more()?;
        }
        Ok(&self.held[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

enum State {
    Plain(Raw),
    Between(Raw),
    Gzip(GzDecoder<Raw>),
    Zstd(Raw),
    Over,
}

/// Gives the pieces of an archive.
pub(super) struct Members {
    state: State,
    zstd: FrameDecoder,
    dictionary: Option<u32>,
    unpacked: u64,
}

impl Members {
    pub(super) fn new(source: Box<dyn Read>) -> io::Result<Self> {
        let mut raw = Raw { source, held: Vec::new(), at: 0, mark: None, read: 0, credit: CHUNK };
        let head = raw.peek(4)?;
        let packed = head.starts_with(&GZIP) || head.starts_with(&ZSTD) || is_skippable(head);
        let state = if packed { State::Between(raw) } else { State::Plain(raw) };
        Ok(Self { state, zstd: FrameDecoder::new(), dictionary: None, unpacked: 0 })
    }

    /// The next piece; data is added to `into`.
    pub(super) fn next(&mut self, into: &mut Vec<u8>) -> io::Result<Piece> {
        match mem::replace(&mut self.state, State::Over) {
            State::Over => Ok(Piece::End),
            State::Plain(mut raw) => {
                let held = raw.fill_buf()?;
                let count = held.len();
                into.extend_from_slice(held);
                raw.consume(count);
                if count == 0 {
                    return Ok(Piece::End);
                }
                raw.mark();
                self.state = State::Plain(raw);
                Ok(Piece::Data)
            }
            State::Between(raw) => self.begin(raw),
            State::Gzip(mut decoder) => {
                let before = into.len();
                into.resize(before + CHUNK, 0);
                let read = decoder.read(&mut into[before..]);
                into.truncate(before + *read.as_ref().unwrap_or(&0));
                match read {
                    Ok(0) => {
                        let raw = decoder.into_inner();
                        self.begin(raw)
                    }
                    Ok(count) if self.is_bomb(count, decoder.get_ref().read) => Ok(Piece::Bomb),
                    Ok(_) => {
                        self.state = State::Gzip(decoder);
                        Ok(Piece::Data)
                    }
                    Err(error) if is_damage(&error) => self.resynchronise(decoder.into_inner()),
                    Err(error) => Err(error),
                }
            }
            State::Zstd(raw) => self.zstd(raw, into),
        }
    }

    fn is_bomb(&mut self, count: usize, read: u64) -> bool {
        self.unpacked += count as u64;
        is_bomb(read, self.unpacked)
    }

    /// Begins the member that stands here.
    fn begin(&mut self, mut raw: Raw) -> io::Result<Piece> {
        if raw.fill_buf()?.is_empty() {
            return Ok(Piece::End);
        }
        raw.mark();
        let head = raw.peek(4)?;
        if head.starts_with(&GZIP) {
            self.state = State::Gzip(GzDecoder::new(raw));
            return Ok(Piece::Start);
        }
        if head.starts_with(&ZSTD) {
            if self.zstd.init(&mut raw).is_err() {
                return self.resynchronise(raw);
            }
            if let Some(dictionary) = self.dictionary {
                // Frames do not always name the dictionary that they were packed with.
                let _ = self.zstd.force_dict(dictionary);
            }
            self.state = State::Zstd(raw);
            return Ok(Piece::Start);
        }
        if is_skippable(head) {
            return self.skippable(raw);
        }
        self.resynchronise(raw)
    }

    fn zstd(&mut self, mut raw: Raw, into: &mut Vec<u8>) -> io::Result<Piece> {
        while self.zstd.can_collect() == 0 && !self.zstd.is_finished() {
            if self.zstd.decode_blocks(&mut raw, BlockDecodingStrategy::UptoBlocks(1)).is_err() {
                return self.resynchronise(raw);
            }
        }
        let before = into.len();
        into.resize(before + self.zstd.can_collect(), 0);
        let count = self.zstd.read(&mut into[before..])?;
        into.truncate(before + count);
        if count == 0 {
            return self.begin(raw);
        }
        if self.is_bomb(count, raw.read) {
            return Ok(Piece::Bomb);
        }
        self.state = State::Zstd(raw);
        Ok(Piece::Data)
    }

    /// Passes over a frame that is not data, and takes the dictionary out of it where it holds one.
    fn skippable(&mut self, mut raw: Raw) -> io::Result<Piece> {
        let Some(head) = raw.peek(8)?.first_chunk::<8>().copied() else { return Ok(Piece::Damage) };
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        raw.consume(8);
        if head.starts_with(&DICTIONARY) && length <= KEPT as u64 {
            let mut bytes = Vec::new();
            raw.by_ref().take(length).read_to_end(&mut bytes)?;
            self.take_dictionary(&bytes);
        } else {
            io::copy(&mut raw.by_ref().take(length), &mut io::sink())?;
        }
        self.state = State::Between(raw);
        Ok(Piece::Data)
    }

    fn take_dictionary(&mut self, bytes: &[u8]) {
        let mut unpacked = Vec::new();
        let mut bytes = bytes;
        if bytes.starts_with(&ZSTD) {
            let packed = Zstd::new(bytes);
            let _ = packed.take(KEPT as u64).read_to_end(&mut unpacked);
            bytes = &unpacked;
        }
        if let Ok(dictionary) = Dictionary::decode_dict(bytes) {
            let id = dictionary.id;
            self.dictionary = self.zstd.add_dict(dictionary).is_ok().then_some(id);
        }
    }

    /// Goes on to where the next member seems to begin.
    fn resynchronise(&mut self, mut raw: Raw) -> io::Result<Piece> {
        raw.back();
        loop {
            let held = &raw.held[raw.at..];
            let begins = |bytes: &[u8]| {
                bytes.starts_with(&ZSTD)
                    || bytes.starts_with(&GZIP) && bytes.get(3).is_none_or(|flags| flags & 0xe0 == 0)
            };
            if let Some(at) = (0..held.len().saturating_sub(3)).find(|&at| begins(&held[at..])) {
                raw.consume(at);
                self.state = State::Between(raw);
                return Ok(Piece::Damage);
            }
            let left = held.len().min(3);
            raw.at = raw.held.len() - left;
            raw.mark = None;
            if !raw.more()? {
                return Ok(Piece::Damage);
            }
        }
    }
}

/// Whether a frame of zstd begins here that readers pass over.
fn is_skippable(head: &[u8]) -> bool {
    head.first().is_some_and(|byte| byte & 0xf0 == 0x50) && head[1..].starts_with(&[0x2a, 0x4d, 0x18])
}

fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}
