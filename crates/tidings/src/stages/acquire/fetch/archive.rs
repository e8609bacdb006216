//! Pages as they came, in WARC 1.1 files that only grow.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::Error;

/// A file that is longer is followed by another, so that archives can be copied and read in parallel.
const LONGEST_FILE: u64 = 1 << 30;

/// More than one record can be, so that no more than one is ever cut off.
const LONGEST_RECORD: u64 = 32 << 20;

/// What a feed said of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// The page's address.
    pub url: String,
    /// When it was published (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// An answer to be kept.
pub(super) struct Record<'r> {
    pub(super) url: &'r str,
    pub(super) at: Timestamp,
    pub(super) status: u16,
    /// As they came; bytes beyond ASCII as Latin-1.
    pub(super) headers: &'r [(String, String)],
    /// Unpacked.
    pub(super) body: &'r [u8],
    /// What the feed said that led here.
    pub(super) link: Option<&'r Link>,
}

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Location {
    pub(super) file: String,
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// A folder of WARC files, the last of which is open.
pub(super) struct Archive {
    folder: PathBuf,
    number: u32,
    open: Option<(File, u64)>,
}

impl Archive {
    /// Opens the archive of a folder. `ends` says how long each file is by the journal; what is longer was being written when
    /// a run was ended, and is cut back. A file that was moved away or changed is not written to again.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read or written, or differs from the journal by more than that.
    pub(super) fn open(folder: PathBuf, ends: &BTreeMap<String, u64>) -> Result<Self, Error> {
        let mut last = 1;
        for (file, end) in ends {
            if fs::metadata(folder.join(file)).map_or(0, |about| about.len()) < *end {
                last = last.max(number(file).unwrap_or(0) + 1);
            }
        }
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(number) = number(&name) else { continue };
            last = last.max(number);
            let (length, end) = (entry.metadata()?.len(), ends.get(&name).copied().unwrap_or(0));
            if length > end + LONGEST_RECORD {
                let error = Error::config(format!("{name} holds more than the journal knows of"));
                return Err(error.advice("move it away, or fetch into another folder"));
            }
            if length > end {
                let file = OpenOptions::new().write(true).open(entry.path())?;
                file.set_len(end)?;
                file.sync_all()?;
            }
        }
        Ok(Self { folder, number: last, open: None })
    }

    /// Appends a record; when this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// Where that cannot be written.
    pub(super) fn append(&mut self, record: &Record<'_>) -> Result<Location, Error> {
        let (mut file, mut offset) = match self.open.take() {
            Some(open) => open,
            None => self.last()?,
        };
        if offset > LONGEST_FILE {
            self.number += 1;
            (file, offset) = self.last()?;
        }
        if offset == 0 {
            let head = info(record.at);
            file.write_all(&head)?;
            offset = head.len() as u64;
        }
        let packed = packed(&response(record));
        file.write_all(&packed)?;
        file.sync_data()?;
        let length = packed.len() as u64;
        self.open = Some((file, offset + length));
        Ok(Location { file: name(self.number), offset, length })
    }

    fn last(&self) -> Result<(File, u64), Error> {
        let path = self.folder.join(name(self.number));
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let end = file.seek(SeekFrom::End(0))?;
        Ok((file, end))
    }
}

fn name(number: u32) -> String {
    format!("pages-{number:05}.warc.gz")
}

fn number(name: &str) -> Option<u32> {
    name.strip_prefix("pages-")?.strip_suffix(".warc.gz")?.parse().ok()
}

/// The first record of a file: who wrote it.
fn info(at: Timestamp) -> Vec<u8> {
    let content =
        format!("software: tidings/{}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n", env!("CARGO_PKG_VERSION"));
    let head = head("warcinfo", at, &content, "application/warc-fields", content.len());
    packed(&[head.as_bytes(), b"\r\n", content.as_bytes(), b"\r\n\r\n"].concat())
}

fn response(record: &Record<'_>) -> Vec<u8> {
    let mut http = format!("HTTP/1.1 {}\r\n", record.status);
    for (name, value) in record.headers {
        match name.as_str() {
            // The body is kept as it is without these.
            "content-encoding" | "content-length" | "transfer-encoding" => http.push_str("x-archive-orig-"),
            // Cookies are neither sent nor kept.
            "set-cookie" | "set-cookie2" => continue,
            _ => {}
        }
        let _ = write!(http, "{name}: {value}\r\n");
    }
    let _ = write!(http, "content-length: {}\r\n\r\n", record.body.len());
    let http: Vec<u8> = http.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    let length = http.len() + record.body.len();
    let seed = format!("{} {:x?}", record.url, Sha256::digest(record.body).as_slice());
    let mut head = head("response", record.at, &seed, "application/http; msgtype=response", length);
    let _ = write!(head, "WARC-Target-URI: {}\r\n", record.url);
    let _ = write!(head, "WARC-Payload-Digest: sha256:{}\r\n", digest(record.body));
    for (name, value) in record
        .link
        .into_iter()
        .flat_map(|link| [("Tidings-Published", link.published.as_deref()), ("Tidings-Title", link.title.as_deref())])
    {
        let Some(value) = value else { continue };
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(head, "{name}: {value}\r\n");
    }
    [head.as_bytes(), b"\r\n", &http, record.body, b"\r\n\r\n"].concat()
}

/// SHA-256, in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The fields that every record has. Its id comes from what it is, so that the same answer gives the same bytes.
fn head(kind: &str, at: Timestamp, seed: &str, content: &str, length: usize) -> String {
    let at = at.strftime("%Y-%m-%dT%H:%M:%SZ");
    let digest = Sha256::digest(format!("{kind} {at} {seed}"));
    let mut id = [0u8; 16];
    id.copy_from_slice(&digest[..16]);
    // Version 8 of RFC 9562: bits of our own.
    id[6] = id[6] & 0x0f | 0x80;
    id[8] = id[8] & 0x3f | 0x80;
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
    format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {at}\r\n\
         Content-Type: {content}\r\nContent-Length: {length}\r\n"
    )
}

fn packed(record: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Memory takes what is written to it.
    packer.write_all(record).and_then(|()| packer.finish()).unwrap_or_default()
}
