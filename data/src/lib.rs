//! The knowledge that Tidings is built with, embedded as it stands in this folder.
//!
//! Nothing here is logic: language packs, world tables and PLOVER's types are text files (one built
//! table aside), and this crate hands them over by path. The `tidings` crate reads them, and lays a user's folder over them.

#![warn(missing_docs)]

/// Every embedded file: its path under `data/` with forward slashes, and its text. Sorted by path.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Every embedded table that is read from its bytes, as [`FILES`] are listed.
pub static TABLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// A hash of all embedded files, in hexadecimal: records name the data that they were made with.
pub const HASH: &str = env!("TIDINGS_DATA_HASH");

/// The text of one embedded file.
///
/// ```
/// assert!(tidings_data::file("world/offices.tsv").is_some());
/// assert!(tidings_data::file("world/nothing.tsv").is_none());
/// ```
pub fn file(path: &str) -> Option<&'static str> {
    FILES.binary_search_by_key(&path, |(name, _)| name).ok().map(|at| FILES[at].1)
}

/// The bytes of one embedded table.
///
/// ```
/// assert!(tidings_data::bytes("world/identify.bin").is_some());
/// assert!(tidings_data::bytes("world/offices.tsv").is_none());
/// ```
pub fn bytes(path: &str) -> Option<&'static [u8]> {
    TABLES.binary_search_by_key(&path, |(name, _)| name).ok().map(|at| TABLES[at].1)
}
