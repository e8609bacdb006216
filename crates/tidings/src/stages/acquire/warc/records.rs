//! The records of an archive, one at a time, and where to go on after a damaged one.

use std::collections::VecDeque;
use std::io;

use super::members::{Members, Piece};
use crate::stages::acquire::LONGEST;
use crate::stages::acquire::http::Header;

/// A record.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) header: Header,
    pub(super) body: Vec<u8>,
}

/// What is wrong with a part of an archive.
#[derive(Debug)]
pub(super) enum Fault {
    /// A record of the given address is damaged, or bytes that are no record stand here.
    Damaged(Option<String>),
    /// A record is longer than any page.
    TooLong(Option<String>),
    /// The archive unpacks to far more than news do.
    Bomb,
    Io(io::Error),
}

/// How every record begins.
const MARK: &[u8] = b"WARC/";
/// More than any record's header has.
const HEADER: usize = 1 << 16;
/// Bytes behind us that are dropped at a time.
const DROPPED: usize = 1 << 20;

pub(super) struct Records {
    members: Members,
    held: Vec<u8>,
    at: usize,
    /// Where a record cannot go on, in `held`: a member that begins as a record does, or (`true`) behind damage.
    cuts: VecDeque<(usize, bool)>,
    /// Where a member began of which too little is there to see how.
    begun: Option<usize>,
    fault: Option<Fault>,
    ended: bool,
    /// Whether the damage that we are in was told already.
    told: bool,
}

impl Records {
    pub(super) fn new(members: Members) -> Self {
        Self {
            members,
            held: Vec::new(),
            at: 0,
            cuts: VecDeque::new(),
            begun: None,
            fault: None,
            ended: false,
            told: false,
        }
    }

    /// Reads on; `false` at the end.
    fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        if self.at >= DROPPED {
            self.held.drain(..self.at);
            let by = self.at;
            self.cuts.retain_mut(|(at, _)| {
                let keep = *at >= by;
                *at = at.saturating_sub(by);
                keep
            });
            self.begun = self.begun.and_then(|at| at.checked_sub(by));
            self.at = 0;
        }
        match self.members.next(&mut self.held) {
            Ok(Piece::Data) => {
                if let Some(at) = self.begun.filter(|at| self.held.len() >= at + MARK.len()) {
                    self.begun = None;
                    if self.held[at..].starts_with(MARK) {
                        self.cut(at, false);
                    }
                }
            }
            Ok(Piece::Start) => self.begun = Some(self.held.len()),
            Ok(Piece::Damage) => {
                self.begun = None;
                self.cut(self.held.len(), true);
            }
            Ok(Piece::End) => self.ended = true,
            Ok(Piece::Bomb) => {
                self.fault = Some(Fault::Bomb);
                self.ended = true;
            }
            Err(error) => {
                self.fault = Some(Fault::Io(error));
                self.ended = true;
            }
        }
        true
    }

    fn cut(&mut self, at: usize, damaged: bool) {
        match self.cuts.back_mut() {
            Some((last, was)) if *last == at => *was |= damaged,
            _ => self.cuts.push_back((at, damaged)),
        }
    }

    /// How many of `wanted` bytes stand in front of us before a cut or the end.
    fn ahead(&mut self, wanted: usize) -> usize {
        loop {
            let held = self.held.len() - self.at;
            let cut = self.cuts.iter().map(|(at, _)| *at).find(|at| *at > self.at);
            if let Some(cut) = cut.filter(|cut| cut - self.at <= wanted) {
                return cut - self.at;
            }
            let open = self.begun.is_some_and(|at| at > self.at && at - self.at < wanted);
            if held >= wanted && !open || !self.more() {
                return held.min(wanted);
            }
        }
    }

    /// Drops the cuts that we have come to; whether one of them tells of damage.
    fn pass_cuts(&mut self) -> bool {
        let mut damaged = false;
        while self.cuts.front().is_some_and(|(at, _)| *at <= self.at) {
            damaged |= self.cuts.pop_front().is_some_and(|(_, damaged)| damaged);
        }
        damaged
    }

    fn tell(&mut self, address: Option<String>) -> Option<Result<Record, Fault>> {
        let tell = !self.told || address.is_some();
        self.told = true;
        tell.then_some(Err(Fault::Damaged(address)))
    }

    /// Goes on to where the next record seems to begin: at the start of a line or of a member.
    fn seek(&mut self) {
        if self.is_cut() && self.ahead(MARK.len()) == MARK.len() && self.held[self.at..].starts_with(MARK) {
            return;
        }
        loop {
            // Members that begin as a record does stop the search, and damage too; others do not matter to it.
            let length = self.ahead(CHUNK);
            let (from, to) = (self.at, self.at + length);
            let found = (from..to).find(|&at| {
                let begins = self.held[at] == b'W' && self.held[at..].starts_with(MARK);
                begins && at > 0 && self.held[at - 1] == b'\n'
            });
            if let Some(found) = found {
                self.at = found;
                return;
            }
            self.at = to;
            if length < CHUNK {
                return;
            }
            // It may begin at the border of two chunks.
            self.at -= MARK.len() - 1;
        }
    }

    fn is_cut(&self) -> bool {
        self.cuts.iter().take_while(|(at, _)| *at <= self.at).any(|(at, _)| *at == self.at)
    }
}

const CHUNK: usize = 1 << 16;

impl Iterator for Records {
    type Item = Result<Record, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.pass_cuts()
                && let Some(told) = self.tell(None)
            {
                return Some(told);
            }
            if self.ahead(MARK.len()) == 0 {
                if self.pass_cuts() {
                    if let Some(told) = self.tell(None) {
                        return Some(told);
                    }
                    continue;
                }
                return self.fault.take().map(Err);
            }
            if matches!(self.held[self.at], b'\r' | b'\n') {
                self.at += 1;
                continue;
            }
            if !self.held[self.at..].starts_with(MARK) {
                self.at += 1;
                self.seek();
                if let Some(told) = self.tell(None) {
                    return Some(told);
                }
                continue;
            }
            if let Some(record) = self.record() {
                return Some(record);
            }
        }
    }
}

impl Records {
    /// The record that begins here; `None` where it is damaged and that was told.
    fn record(&mut self) -> Option<Result<Record, Fault>> {
        let length = self.ahead(HEADER);
        let bytes = &self.held[self.at..self.at + length];
        let end = header_end(bytes);
        let (header, _) = Header::read(&bytes[..end.unwrap_or(0)]);
        let address = header.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let size = header.get("content-length").and_then(|size| size.parse::<u64>().ok());
        let (Some(end), Some(size)) = (end, size) else {
            self.at += MARK.len();
            self.seek();
            return self.tell(address);
        };
        self.at += end;
        if size > LONGEST as u64 {
            self.skip(size);
            self.told = true;
            return Some(Err(Fault::TooLong(address)));
        }
        let size = size as usize;
        let whole = self.ahead(size) == size;
        // Behind a record stand empty lines, another member, or nothing.
        let ended = whole && {
            self.at += size;
            let ends = self.ahead(1) == 0 || matches!(self.held[self.at], b'\r' | b'\n') || self.is_cut();
            self.at -= size;
            ends
        };
        if !ended {
            // Its length is wrong: the next record may stand within it.
            self.seek();
            return self.tell(address);
        }
        let body = self.held[self.at..self.at + size].to_vec();
        self.at += size;
        self.told = false;
        Some(Ok(Record { header, body }))
    }

    /// Passes over a body without holding it.
    fn skip(&mut self, mut left: u64) {
        while left > 0 {
            let length = self.ahead(left.min(CHUNK as u64) as usize);
            self.at += length;
            left -= length as u64;
            if length == 0 || self.is_cut() {
                return;
            }
        }
    }
}

/// Where the body begins, behind an empty line; `None` where another record begins before.
fn header_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        if at > 0 && bytes[at..].starts_with(MARK) {
            return None;
        }
        let end = at + bytes[at..].iter().position(|&byte| byte == b'\n')? + 1;
        if bytes[at..end].trim_ascii().is_empty() {
            return Some(end);
        }
        at = end;
    }
}
