//! What must hold of any bytes at all. The fuzz targets call these functions, and so does the ordinary test that replays
//! the corpus and whatever once failed (`crates/tidings/tests/fuzz.rs`).

mod charset;
mod feed;
mod html;
mod warc;

pub use charset::charset;
pub use feed::feed;
pub use html::html;
pub use warc::warc;
