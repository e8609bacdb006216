//! Builds `data/world/identify.bin`, the table by which Tidings tells languages apart; see README.md.

mod choose;
mod counts;
/// The engine's own, so that both agree on scripts, letters and hashes.
#[allow(dead_code)]
#[path = "../../../crates/tidings/src/language/identify/table.rs"]
mod format;
#[allow(dead_code)]
#[path = "../../../crates/tidings/src/language/identify/script.rs"]
mod script;
mod sources;
#[allow(dead_code)]
#[path = "../../../crates/tidings/src/language/identify/words.rs"]
mod words;
mod write;

use std::{env, error::Error, fs, path::Path};

use counts::Counts;
use sources::Sources;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [root, source, output] = arguments.as_slice() else {
        return Err("usage: tidings-identify-tables REPOSITORY SOURCES OUTPUT".into());
    };
    let sources = Sources::new(Path::new(root), Path::new(source))?;
    let mut models = Vec::new();
    for language in sources.languages() {
        let mut counts = Counts::default();
        let told = sources.count(language, &mut counts)?;
        let model = counts.model();
        eprintln!("{}\t{told}\t{} sequences, {} words", language.code, model.sequences.len(), model.words.len());
        models.push(model);
    }
    let entries = choose::entries(sources.languages(), &models);
    let bytes = write::table(sources.languages(), &entries);
    fs::write(output, &bytes)?;
    let sum: usize = entries.values().map(Vec::len).sum();
    eprintln!("{} keys, {sum} costs, {} bytes", entries.len(), bytes.len());
    Ok(())
}
