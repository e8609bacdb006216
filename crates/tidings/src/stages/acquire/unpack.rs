//! Streams that may be packed with gzip or zstd.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::Error;

/// The first bytes of a gzip member and of a zstd frame.
pub(super) const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
pub(super) const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// What `source` holds, unpacked where its first bytes say that it is packed. The names of files do not matter:
/// servers often hand out packed bytes under a plain name, and the other way round.
///
/// # Errors
///
/// Where the first bytes cannot be read.
pub(super) fn unpacked(source: Box<dyn Read>) -> io::Result<Box<dyn BufRead>> {
    let read = Rc::new(Cell::new(0));
    let mut source = BufReader::with_capacity(1 << 16, Counted { source, read: read.clone() });
    let head = source.fill_buf()?;
    let decoder: Box<dyn Read> = if head.starts_with(&GZIP[..2]) {
        Box::new(MultiGzDecoder::new(source))
    } else if head.starts_with(&ZSTD) {
        Box::new(Zstd::new(source))
    } else {
        return Ok(Box::new(source));
    };
    Ok(Box::new(BufReader::with_capacity(1 << 16, Packed { decoder, read, unpacked: 0 })))
}

/// The first bytes of what is in a stream that begins with `head`.
pub(super) fn head(head: &[u8]) -> Cow<'_, [u8]> {
    let mut unpacked = Vec::new();
    let most = 1 << 14;
    // What is cut off ends in an error, behind what could be read.
    let _ = if head.starts_with(&GZIP[..2]) {
        MultiGzDecoder::new(head).take(most).read_to_end(&mut unpacked)
    } else if head.starts_with(&ZSTD) {
        Zstd::new(head).take(most).read_to_end(&mut unpacked)
    } else {
        return Cow::Borrowed(head);
    };
    Cow::Owned(unpacked)
}

/// All that is in `bytes`, packed or not, if it is no more than `most` bytes.
///
/// # Errors
///
/// Where it is packed and damaged, or longer.
///
/// ```
/// use tidings::stages::acquire::unpack;
/// assert_eq!(unpack(b"plain", 100).unwrap(), b"plain");
/// assert!(unpack(b"plain", 4).is_err());
/// ```
pub fn unpack(bytes: &[u8], most: usize) -> Result<Vec<u8>, Error> {
    let mut whole = Vec::new();
    let stream: Box<dyn Read + '_> = if bytes.starts_with(&GZIP[..2]) {
        Box::new(MultiGzDecoder::new(bytes))
    } else if bytes.starts_with(&ZSTD) {
        Box::new(Zstd::new(bytes))
    } else {
        Box::new(bytes)
    };
    stream.take(most as u64 + 1).read_to_end(&mut whole)?;
    if whole.len() > most {
        return Err(Error::parse(format!("it has more than {most} bytes")));
    }
    Ok(whole)
}

/// Whether so many bytes came out of so few that read on to the end they would be a danger and no news.
pub(super) fn is_bomb(read: u64, unpacked: u64) -> bool {
    unpacked > 1 << 30 && unpacked / 200 > read
}

/// What is said of such.
pub(super) fn bomb() -> Error {
    let error = Error::parse("it unpacks to far more than news do, and was not read on");
    error.advice("unpack it yourself if you trust it")
}

/// A stream that counts what was read of it.
struct Counted<R> {
    source: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

/// An unpacker whose errors say that the packed data is at fault, and what to do.
struct Packed {
    decoder: Box<dyn Read>,
    read: Rc<Cell<u64>>,
    unpacked: u64,
}

impl Read for Packed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        let count = self.decoder.read(into).map_err(|error| match error.kind() {
            kind @ (InvalidData | InvalidInput | UnexpectedEof) => {
                io::Error::new(kind, format!("the packed data is damaged or cut off ({error}); fetch it again"))
            }
            _ => error,
        })?;
        self.unpacked += count as u64;
        if is_bomb(self.read.get(), self.unpacked) {
            return Err(io::Error::other(bomb().to_string()));
        }
        Ok(count)
    }
}

/// Any number of zstd frames after one another, as tools that write in parallel leave them.
pub(super) struct Zstd<R: BufRead> {
    source: R,
    decoder: FrameDecoder,
    /// Whether a frame was begun and is not at its end.
    inside: bool,
}

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), inside: false }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.inside {
                while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    let one = BlockDecodingStrategy::UptoBlocks(1);
                    self.decoder.decode_blocks(&mut self.source, one).map_err(damaged)?;
                }
                let count = self.decoder.read(into)?;
                if count > 0 || into.is_empty() {
                    return Ok(count);
                }
                self.inside = false;
            }
            if self.source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            match self.decoder.init(&mut self.source) {
                Ok(()) => self.inside = true,
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(error)),
            }
        }
    }
}

#[allow(clippy::needless_pass_by_value)] // It is handed to `map_err`.
fn damaged(error: FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::{Compression, write::GzEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn read(bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        unpacked(Box::new(Cursor::new(bytes)))?.read_to_string(&mut text)?;
        Ok(text)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn plain_and_packed_read_the_same() {
        assert_eq!(read(b"plain".to_vec()).unwrap(), "plain");
        assert_eq!(read(Vec::new()).unwrap(), "");
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        assert_eq!(read([gzip("one "), gzip("two")].concat()).unwrap(), "one two");
        assert_eq!(read([frame("one "), frame("two")].concat()).unwrap(), "one two");
        let skipped = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9];
        assert_eq!(read([frame("one "), skipped.to_vec(), frame("two")].concat()).unwrap(), "one two");
    }

    #[test]
    fn cut_streams_are_errors() {
        let text: String = (0..9999).map(|n| n.to_string()).collect();
        let packed = gzip(&text);
        let error = read(packed[..packed.len() / 2].to_vec()).unwrap_err();
        assert!(error.to_string().contains("cut off"), "{error}");
        let packed = compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        assert!(read(packed[..packed.len() / 2].to_vec()).is_err());
    }
}
