//! What must hold of any bytes at all. The fuzz targets call these functions, and so does the ordinary test that replays
//! the corpus and whatever once failed (`crates/tidings/tests/fuzz.rs`).

mod charset;
mod html;

pub use charset::charset;
pub use html::html;
