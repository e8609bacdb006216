//! Runs every pack's examples and cases: `cargo test --test languages`.
//!
//! A case listed as a known gap may fail; the number of those that do is a ceiling in `tests/quality/floors.toml`, so
//! that it can only go down.

use std::{collections::BTreeMap, path::Path, process::ExitCode, sync::Arc};

use libtest_mimic::{Arguments, Failed, Trial};
use tidings::{
    Knowledge, check,
    language::{PackError, pack::Lines},
};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let knowledge = Arc::new(Knowledge::with_folder(data.clone()).expect("the data folder can be read"));
    let gaps = gaps(&data.join("../tests/quality/floors.toml"));
    let mut trials = Vec::new();
    for code in knowledge.source().full_languages() {
        let (knowledge, tests) = (Arc::clone(&knowledge), data.join("languages").join(&code).join("tests"));
        let most = gaps.get(&code).copied().unwrap_or(0);
        trials.push(Trial::test(format!("{code} pack"), move || run(&code, &tests, most, &knowledge)));
    }
    let world = Arc::clone(&knowledge);
    trials.push(Trial::test("ids of the world", move || none(&check::world_ids(&world))));
    trials.push(Trial::test("lines of any language", move || {
        let outcomes = check::any_lines(&knowledge).map_err(|e| Failed::from(e.to_string()))?;
        let faults: Vec<String> = outcomes.iter().filter(|o| o.fault.is_some()).map(|o| format!("world/{o}")).collect();
        if outcomes.is_empty() || !faults.is_empty() { Err(faults.join("\n").into()) } else { Ok(()) }
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Fails with what is wrong, by file and line.
fn none(faults: &[PackError]) -> Result<(), Failed> {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    if told.is_empty() { Ok(()) } else { Err(told.join("\n").into()) }
}

/// The rules of a pack that no example runs: a promise that nobody has tried.
fn untried(code: &str, knowledge: &Knowledge) -> Result<Vec<String>, PackError> {
    let pack = knowledge.pack(code)?;
    let lines = Lines::load(code, knowledge.source())?;
    let events = &pack.events;
    let mut rules: Vec<(&str, usize, bool)> = Vec::new();
    rules.extend(pack.dates.entries.iter().filter(|r| r.line > 0).map(|r| ("dates", r.line, r.yes.is_empty())));
    rules.extend(events.entries.iter().map(|r| ("events", r.line, r.yes.is_empty())));
    rules.extend(events.cues.iter().map(|r| ("events", r.line, r.yes.is_empty())));
    rules.extend(events.says.iter().map(|r| ("events", r.line, r.yes.is_empty())));
    rules.extend(events.contexts.iter().map(|r| ("events", r.line, r.yes.is_empty())));
    rules.extend(events.quantities.iter().map(|r| ("events", r.line, r.yes.is_empty())));
    rules.extend(lines.bylines.iter().map(|r| ("bylines", r.line, r.yes.is_empty())));
    rules.extend(lines.asides.iter().map(|r| ("asides", r.line, r.yes.is_empty())));
    let untried = rules.into_iter().filter(|(_, _, empty)| *empty);
    Ok(untried.map(|(file, line, _)| format!("{code}/{file}.toml:{line} has no `yes`")).collect())
}

fn run(code: &str, tests: &Path, most_gaps: usize, knowledge: &Knowledge) -> Result<(), Failed> {
    none(&check::pack_ids(code, knowledge).map_err(|e| Failed::from(e.to_string()))?)?;
    let mut outcomes = check::examples(code, knowledge).map_err(|e| Failed::from(e.to_string()))?;
    outcomes.extend(check::cases(code, tests, knowledge).map_err(|e| Failed::from(e.to_string()))?);
    let mut faults: Vec<String> =
        outcomes.iter().filter(|o| o.fault.is_some() && !o.known_gap).map(|o| format!("{code}/{o}")).collect();
    faults.extend(untried(code, knowledge).map_err(|e| Failed::from(e.to_string()))?);
    let gaps = outcomes.iter().filter(|o| o.fault.is_some() && o.known_gap).count();
    let mended: Vec<String> = outcomes
        .iter()
        .filter(|o| o.fault.is_none() && o.known_gap)
        .map(|o| format!("{code}/{}:{}", o.file, o.line))
        .collect();
    println!("{code}: {} examples and cases, {gaps} known gaps", outcomes.len());
    if !faults.is_empty() {
        return Err(format!("{} fail:\n{}", faults.len(), faults.join("\n")).into());
    }
    if !mended.is_empty() {
        return Err(format!("no gaps any more, take the mark off: {}", mended.join(", ")).into());
    }
    if gaps > most_gaps {
        return Err(format!("{gaps} known gaps, where tests/quality/floors.toml allows {most_gaps}").into());
    }
    Ok(())
}

/// The known gaps that each language may have.
fn gaps(floors: &Path) -> BTreeMap<String, usize> {
    let text = std::fs::read_to_string(floors).unwrap_or_default();
    let table: toml::Table = toml::from_str(&text).expect("the floors are TOML");
    let gaps = table.get("known_gaps").and_then(toml::Value::as_table);
    gaps.into_iter()
        .flatten()
        .map(|(code, most)| (code.clone(), most.as_integer().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)))
        .collect()
}
