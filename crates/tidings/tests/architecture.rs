//! The folders import one way: a stage knows only what stands before it in the flow.

use std::{fs, path::Path};

/// The stages in the order of the flow.
const STAGES: [&str; 6] = ["acquire", "extract", "interpret", "lineage", "merge", "narrate"];

#[test]
fn stages_import_only_what_stands_before_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stages");
    let mut faults = Vec::new();
    for (number, stage) in STAGES.iter().enumerate() {
        let sources = sources(&root.join(stage));
        assert!(!sources.is_empty(), "the stage {stage} has no source");
        for (path, text) in sources {
            for later in &STAGES[number + 1..] {
                if text.contains(&format!("stages::{later}")) {
                    faults.push(format!("{path} imports {later}"));
                }
            }
            // Fetching is behind a feature, and alone knows the network and a clock.
            let fetches = path.contains("acquire/fetch/");
            for outside in ["crate::check", "std::net", "std::process", "Timestamp::now", "SystemTime::now"] {
                if text.contains(outside) && !(fetches && outside != "crate::check" && outside != "std::process") {
                    faults.push(format!("{path} uses {outside}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_folders_below_know_no_stage() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for folder in ["html", "model", "language", "world"] {
        for (path, text) in sources(&root.join(folder)) {
            let above = text.contains("crate::stages") || text.contains("crate::record");
            let world_above_language = folder == "language" && text.contains("crate::world");
            let model_alone = folder == "model" && (text.contains("crate::language") || text.contains("crate::world"));
            if above || world_above_language || model_alone {
                faults.push(path);
            }
        }
    }
    assert!(faults.is_empty(), "these import upwards: {}", faults.join(", "));
}

#[test]
fn the_engine_holds_no_word_of_any_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    // A file called tests.rs is a module of tests.
    for (path, text) in sources(&root).into_iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            if line.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
                faults.push(format!("{path}:{}", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "letters outside ASCII belong in data/: {}", faults.join(", "));
}

#[test]
fn the_data_stays_within_a_registry_package() {
    let bytes: usize = tidings_data::FILES.iter().map(|(_, b)| deflated(b.as_bytes())).sum::<usize>()
        + tidings_data::TABLES.iter().map(|(_, b)| deflated(b)).sum::<usize>();
    assert!(bytes < 8 << 20, "the data deflates to {bytes} bytes, and 8 MiB is the most");
}

fn deflated(bytes: &[u8]) -> usize {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(0, |b| b.len())
}

/// The Rust files under a folder with their text.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            // What a comment links to is no import.
            let text = fs::read_to_string(&path).unwrap_or_default();
            let code = text.lines().map(|l| if l.trim_start().starts_with("//") { "" } else { l });
            found.push((path.display().to_string(), code.collect::<Vec<_>>().join("\n")));
        }
    }
    found
}
