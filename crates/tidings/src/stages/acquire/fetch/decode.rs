//! The body of an answer, taken out of what it was packed in for the way.

use std::io::{self, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// What is asked for in `Accept-Encoding`; nothing else is unpacked.
pub(super) const ACCEPTED: &str = "gzip, deflate, br";

/// Packings around one another that are still taken off; honest servers use one.
const LAYERS: usize = 3;

/// Why a body could not be had.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It is longer than the limit.
    Long,
    /// It is packed in a way that was not asked for.
    Packing(String),
    /// It broke off, or is damaged.
    Broken(io::Error),
}

/// The body that `source` holds after what `Content-Encoding` names is taken off. No more than `limit` bytes are unpacked,
/// and no more than those taken in, so that a small answer cannot fill the memory.
///
/// # Errors
///
/// Where there is more, or it cannot be unpacked.
pub(super) fn body(source: impl Read, packings: &str, limit: usize) -> Result<Vec<u8>, Trouble> {
    let mut source: Box<dyn Read + '_> = Box::new(source.take(limit as u64 + 1));
    let packings = packings.split(',').map(|name| name.trim().to_ascii_lowercase());
    let packings: Vec<_> = packings.filter(|name| !name.is_empty() && name != "identity").collect();
    if packings.len() > LAYERS {
        return Err(Trouble::Packing(packings.join(", ")));
    }
    for name in packings.iter().rev() {
        source = unpacked(source, name)?;
    }
    let mut bytes = Vec::new();
    source.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(Trouble::Broken)?;
    if bytes.len() > limit { Err(Trouble::Long) } else { Ok(bytes) }
}

fn unpacked<'s>(source: Box<dyn Read + 's>, name: &str) -> Result<Box<dyn Read + 's>, Trouble> {
    let mut source = BufReader::with_capacity(1 << 14, source);
    Ok(match name {
        "gzip" | "x-gzip" => Box::new(GzDecoder::new(source)),
        "br" => Box::new(Decompressor::new(source, 1 << 14)),
        "deflate" => {
            // The name means a zlib stream, and some servers send a bare one. A zlib head has 8 in its low half.
            use io::BufRead;
            match source.fill_buf().map_err(Trouble::Broken)?.first() {
                Some(first) if first & 0x0f == 8 => Box::new(ZlibDecoder::new(source)),
                _ => Box::new(DeflateDecoder::new(source)),
            }
        }
        _ => return Err(Trouble::Packing(name.to_owned())),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"Talks in Cairo ended on Thursday.";

    macro_rules! packed {
        ($packer:ident, $bytes:expr) => {{
            let mut packer = $packer::new(Vec::new(), Compression::default());
            packer.write_all($bytes).unwrap();
            packer.finish().unwrap()
        }};
    }

    #[test]
    fn every_packing_is_taken_off() {
        let gzip = packed!(GzEncoder, TEXT);
        let cases: [(&str, Vec<u8>); 8] = [
            ("", TEXT.to_vec()),
            ("identity", TEXT.to_vec()),
            ("gzip", gzip.clone()),
            ("X-GZIP", gzip.clone()),
            ("deflate", packed!(ZlibEncoder, TEXT)),
            ("deflate", packed!(DeflateEncoder, TEXT)),
            ("gzip, gzip", packed!(GzEncoder, &gzip)),
            // A last block of brotli that holds the bytes as they are cannot be; the first is followed by an empty one.
            ("br", [&[0x0b, 0x10, 0x80][..], TEXT, &[0x03]].concat()),
        ];
        for (packings, bytes) in cases {
            assert_eq!(body(&*bytes, packings, 100).ok().as_deref(), Some(TEXT), "{packings}");
        }
    }

    #[test]
    fn what_is_longer_than_the_limit_is_not_unpacked() {
        let bomb = packed!(GzEncoder, &vec![b' '; 1 << 22]);
        assert!(bomb.len() < 1 << 13);
        assert!(matches!(body(&*bomb, "gzip", 1 << 20), Err(Trouble::Long)));
        let twice = packed!(GzEncoder, &bomb);
        assert!(matches!(body(&*twice, "gzip, gzip", 1 << 20), Err(Trouble::Long)));
        assert!(matches!(body(io::repeat(b'a'), "", 1 << 20), Err(Trouble::Long)));
        assert!(body(TEXT, "", TEXT.len()).is_ok());
    }

    #[test]
    fn what_cannot_be_unpacked_is_said() {
        assert!(matches!(body(TEXT, "zstd", 100), Err(Trouble::Packing(name)) if name == "zstd"));
        assert!(matches!(body(TEXT, "gzip,gzip,gzip,gzip", 100), Err(Trouble::Packing(_))));
        assert!(matches!(body(TEXT, "gzip", 100), Err(Trouble::Broken(_))));
        let cut = packed!(GzEncoder, TEXT);
        assert!(matches!(body(&cut[..20], "gzip", 100), Err(Trouble::Broken(_))));
    }
}
