//! Archives: WARC, ZIP, TAR, saved pages, packed files, feeds among them.

use tidings::stages::acquire::{Given, Input, acquire_bytes};

const NAMES: [&str; 10] =
    ["a.warc", "a.warc.gz", "a.warc.zst", "a.zip", "a.tar", "a.mhtml", "a.tar.gz", "a.jsonl.gz", "a.html.zst", "a"];

/// Holds readers of archives to their promises. The first byte says what the archive is called.
pub fn warc(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(choice) % NAMES.len()];
    let (mut found, mut size) = (0, 0);
    for input in acquire_bytes(name, bytes.to_vec(), Given::default()) {
        found += 1;
        match input {
            Ok(Input::Page(page)) => {
                assert!(!page.id.is_empty(), "a page has an id");
                size += page.bytes.len();
            }
            Ok(_) => {}
            Err(error) => assert!(error.to_string().contains(name), "an error says where: {error}"),
        }
        // A packed file may hold a thousand times as many bytes as it has, and a line of two bytes is an error each.
        assert!(found <= bytes.len() * 1024 + 16, "{found} inputs of {} bytes", bytes.len());
    }
    assert!(size <= bytes.len() * 4096 + (64 << 20), "{size} bytes of pages of {}", bytes.len());
}
