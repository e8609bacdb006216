//! One file, or one file of an archive, to what can be read in it.

use std::fs::File;
use std::io::{self, BufRead, Cursor, Read, Seek};
use std::path::Path;

use super::archive::{self, Budget};
use super::kind::Kind;
use super::lines::Lines;
use super::{Given, Input, LONGEST, feed, mail, unpack, warc};
use crate::Error;
use crate::model::Page;

/// What is said of a file in which nothing can be read.
const READ: &str = "what is read is text, HTML, JSON lines, feeds, WARC, ZIP, TAR and MHTML, so convert it first";

/// Where the bytes are.
pub(super) enum Bytes {
    File(File),
    Stream(Box<dyn Read>),
    Held(Vec<u8>),
}

/// What can be read at any place: archives have their table at the end.
pub(super) trait Anywhere: Read + Seek {}

impl Anywhere for File {}
impl Anywhere for Cursor<Vec<u8>> {}

/// What is known of the bytes before they are read.
#[derive(Clone)]
pub(super) struct About {
    /// The path, as the user would write it; `a.zip!/b.html` in an archive.
    pub(super) name: String,
    /// Whether it was met in a folder or an archive: what is no document is then passed over in silence.
    pub(super) in_folder: bool,
    pub(super) given: Given,
    /// The archives that it lies in, and what they may still unpack to.
    pub(super) archives: u8,
    pub(super) budget: Option<Budget>,
}

/// Documents, one at a time. An error stands for one of them.
pub(super) type Many = Box<dyn Iterator<Item = Result<Input, Error>>>;

/// What was found.
pub(super) enum Opened {
    Page(Box<Page>),
    Many(Many),
    Nothing,
}

/// How many bytes at least tell what a file holds, where the first alone do not.
const HEAD: usize = 1 << 14;

/// Opens what is there.
///
/// # Errors
///
/// Where it cannot be read, or holds nothing that is read here.
pub(super) fn open(bytes: Bytes, about: About) -> Result<Opened, Error> {
    let mut source = match bytes {
        Bytes::File(mut file) => {
            if file.metadata()?.is_file() {
                let mut head = Vec::new();
                file.by_ref().take(4).read_to_end(&mut head)?;
                file.rewind()?;
                if Kind::of(None, &head) == Kind::Zip {
                    return zip(Box::new(file), about);
                }
            }
            Box::new(file)
        }
        Bytes::Stream(stream) => stream,
        Bytes::Held(bytes) => Box::new(Cursor::new(bytes)),
    };
    let head = head(&mut source)?;
    let begins = unpack::head(&head);
    let named = Kind::of_name(Path::new(&about.name));
    let mut kind = Kind::of(named, &begins);
    if kind == Kind::Data && !about.in_folder {
        // The user means it, whatever it is.
        kind = Kind::of(None, &begins);
    }
    let source: Box<dyn Read> = Box::new(Cursor::new(head).chain(source));
    match kind {
        Kind::Warc => Ok(Opened::Many(Box::new(warc::Pages::new(source, about)))),
        Kind::Zip => {
            let bytes = whole(&mut unpack::unpacked(source)?, archive::HELD)?;
            zip(Box::new(Cursor::new(bytes)), about)
        }
        Kind::Tar => {
            let tar = archive::Tar::new(unpack::unpacked(source)?);
            archive::inside(tar, about).map(Opened::Many)
        }
        Kind::Lines => Ok(Opened::Many(Box::new(Lines::new(unpack::unpacked(source)?, about)))),
        Kind::Addresses | Kind::Data if about.in_folder => Ok(Opened::Nothing),
        Kind::Addresses => {
            let error = Error::parse("it lists addresses and holds no documents");
            Err(error.advice("tidings fetch reads what they lead to"))
        }
        Kind::Feed | Kind::Mail | Kind::Text | Kind::Html | Kind::Data => {
            let bytes = whole(&mut unpack::unpacked(source)?, LONGEST)?;
            one(kind, bytes, about)
        }
    }
}

fn zip(source: Box<dyn Anywhere>, about: About) -> Result<Opened, Error> {
    archive::inside(archive::Zip::new(source)?, about).map(Opened::Many)
}

/// The first bytes. Whoever writes JSON lines to us may wait for the answer to the first: no more is waited for than
/// tells what they are.
fn head(source: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let mut length = 0;
    while length < HEAD {
        match source.read(&mut head[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if head[..length].trim_ascii_start().first() == Some(&b'{') {
            break;
        }
    }
    head.truncate(length);
    Ok(head)
}

fn whole(source: &mut impl BufRead, most: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    source.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(too_long(most));
    }
    Ok(bytes)
}

/// What is said of a document that no news page comes near.
pub(super) fn too_long(most: usize) -> Error {
    let error = Error::parse(format!("a document of more than {} MiB", most >> 20));
    error.advice("cut it into its articles, one a file or one a JSON line")
}

/// A file that is held in memory.
fn one(kind: Kind, bytes: Vec<u8>, about: About) -> Result<Opened, Error> {
    if kind == Kind::Feed {
        return feed::pages(&bytes, &about, None).map(|pages| Opened::Many(Box::new(pages)));
    }
    let page = match kind {
        Kind::Mail => mail::read(&bytes)?,
        _ => Page { bytes, html: kind == Kind::Html, ..Page::default() },
    };
    if is_binary(&page.bytes) {
        return Err(Error::parse("not text").advice(READ));
    }
    let given = about.given;
    Ok(Opened::Page(Box::new(Page {
        id: about.name,
        url: given.url.or(page.url),
        published_from: if given.published.is_some() { crate::model::DateSource::Input } else { page.published_from },
        published: given.published.or(page.published),
        language: given.language.or(page.language),
        ..page
    })))
}

/// Whether bytes are no text in any charset: more control characters than a damaged page has. UTF-16 and UTF-32
/// text is full of zeros, and known by its mark.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let control = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1b)).count();
    control * 64 > head.len() || bytes.starts_with(b"%PDF-")
}
