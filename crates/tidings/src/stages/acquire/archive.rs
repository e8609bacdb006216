//! Archives of files: each file in one is read as if it lay in a folder.
//!
//! Nothing is written, so that a path which leads out of the archive leads nowhere. An archive in an archive is opened,
//! one in that is not; what all of them unpack to is bounded.

mod tar;
#[cfg(test)]
mod tests;
mod zip;

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

pub(super) use self::tar::Tar;
pub(super) use self::zip::Zip;
use super::kind::Kind;
use super::source::{self, About, Bytes, Many, Opened};
use super::{Input, LONGEST};
use crate::Error;

/// The longest archive that is held in memory: one that comes on standard input.
pub(super) const HELD: usize = 512 << 20;

/// How many bytes may still come out of an archive and all those in it.
pub(super) type Budget = Rc<Cell<u64>>;

/// What an archive may unpack to whatever its size, and for each of its bytes. News deflate to a tenth at best.
const UNPACKED: u64 = 1 << 30;
const TIMES: u64 = 100;

/// A file of an archive.
pub(super) struct Member {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// What gives the files of an archive in their order. There are two: [`Zip`] and [`Tar`].
pub(super) trait Archive {
    /// The next file whose path is wanted; the error is one file's.
    fn next(&mut self, wanted: &dyn Fn(&str) -> bool, budget: &Budget) -> Option<Result<Member, Error>>;

    /// How many bytes it has, if that is known.
    fn size(&self) -> u64;
}

/// The documents of an archive.
///
/// # Errors
///
/// Where it lies too deep in others.
pub(super) fn inside(archive: impl Archive + 'static, about: About) -> Result<Many, Error> {
    if about.archives >= 2 {
        let error = Error::parse("an archive in an archive in an archive, which is not opened");
        return Err(error.advice("unpack it first"));
    }
    let budget = about
        .budget
        .clone()
        .unwrap_or_else(|| Rc::new(Cell::new(UNPACKED.saturating_add(archive.size().saturating_mul(TIMES)))));
    Ok(Box::new(Inside { archive: Box::new(archive), about, budget, many: None, any: false, over: false }))
}

struct Inside {
    archive: Box<dyn Archive>,
    about: About,
    budget: Budget,
    /// The documents of a file that has several.
    many: Option<Many>,
    /// Whether anything was found.
    any: bool,
    over: bool,
}

impl Iterator for Inside {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(many) = &mut self.many {
                match many.next() {
                    Some(item) => return Some(item),
                    None => self.many = None,
                }
            }
            if self.over {
                return None;
            }
            let Some(member) = self.archive.next(&is_document, &self.budget) else {
                self.over = true;
                let error = Error::parse("no documents in this archive").advice(super::files::READ);
                return (!self.any).then(|| Err(error.context(self.about.name.clone())));
            };
            self.any = true;
            let member = match member {
                Ok(member) => member,
                Err(error) => {
                    self.over = self.budget.get() == 0;
                    return Some(Err(error.context(self.about.name.clone())));
                }
            };
            let about = About {
                name: format!("{}!/{}", self.about.name, member.path),
                in_folder: true,
                given: self.about.given.clone(),
                archives: self.about.archives + 1,
                budget: Some(self.budget.clone()),
            };
            let name = about.name.clone();
            match source::open(Bytes::Held(member.bytes), about) {
                Ok(Opened::Page(page)) => return Some(Ok(Input::Page(*page))),
                Ok(Opened::Many(many)) => self.many = Some(many),
                Ok(Opened::Nothing) => {}
                Err(error) => return Some(Err(error.context(name))),
            }
        }
    }
}

/// Whether a path is that of a document, and not of a file that systems hide.
fn is_document(path: &str) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.') && part != "." && part != "..");
    !hidden && Kind::of_name(Path::new(path)).is_some()
}

/// Pays for bytes that came out of an archive.
///
/// # Errors
///
/// Where it cannot: nothing more is then read.
pub(super) fn pay(budget: &Budget, bytes: usize) -> Result<(), Error> {
    let left = budget.get().checked_sub(bytes as u64);
    budget.set(left.unwrap_or(0));
    match left {
        Some(_) if bytes <= LONGEST => Ok(()),
        Some(_) => Err(source::too_long(LONGEST)),
        None => Err(super::unpack::bomb()),
    }
}
