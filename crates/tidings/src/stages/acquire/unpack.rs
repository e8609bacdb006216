//! Streams that may be packed with gzip or zstd.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// What `source` holds, unpacked where its first bytes say that it is packed. The names of files do not matter:
/// servers often hand out packed bytes under a plain name, and the other way round.
///
/// # Errors
///
/// Where the first bytes cannot be read.
pub(super) fn unpacked(source: Box<dyn Read>) -> io::Result<Box<dyn BufRead>> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let head = source.fill_buf()?;
    if head.starts_with(&[0x1f, 0x8b]) {
        Ok(Box::new(BufReader::with_capacity(1 << 16, Packed(MultiGzDecoder::new(source)))))
    } else if head.starts_with(&ZSTD) {
        let zstd = Zstd { source, decoder: FrameDecoder::new(), inside: false };
        Ok(Box::new(BufReader::with_capacity(1 << 16, Packed(zstd))))
    } else {
        Ok(Box::new(source))
    }
}

const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// An unpacker whose errors say that the packed data is at fault, and what to do.
struct Packed<R: Read>(R);

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        self.0.read(into).map_err(|error| match error.kind() {
            kind @ (InvalidData | InvalidInput | UnexpectedEof) => {
                io::Error::new(kind, format!("the packed data is damaged or cut off ({error}); fetch it again"))
            }
            _ => error,
        })
    }
}

/// Any number of zstd frames after one another, as tools that write in parallel leave them.
struct Zstd<R: BufRead> {
    source: R,
    decoder: FrameDecoder,
    /// Whether a frame was begun and is not at its end.
    inside: bool,
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
