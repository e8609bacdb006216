//! The same documents give the same bytes, on any number of threads and in any order.

mod common;

use std::{fs, path::Path};

use common::{Run, samples, tidings};

/// Each command over all samples, on so many threads.
fn on_threads(arguments: &[&str], threads: &str) -> String {
    let run = Run::of(tidings().args(arguments).arg(samples()).env("RAYON_NUM_THREADS", threads));
    run.expect(0, &[]);
    run.out
}

#[test]
fn threads_change_nothing() {
    for arguments in [&["extract"][..], &["interpret"], &["lineage"], &["digest", "--format", "jsonl"], &["digest"]] {
        let one = on_threads(arguments, "1");
        assert!(one.lines().count() > 50, "{one}");
        assert_same(&one, &on_threads(arguments, "4"), &format!("{arguments:?} on four threads"));
    }
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let lines = sample_lines();
    for arguments in [&["digest", "--format", "jsonl", "-"][..], &["digest", "-"], &["lineage", "-"]] {
        let read = |lines: &[String]| {
            let run = Run::reading(tidings().args(arguments), lines.concat().as_bytes());
            run.expect(0, &[]);
            run.out
        };
        let expected = read(&lines);
        for seed in [1, 2, 3] {
            let mut shuffled = lines.clone();
            shuffle(&mut shuffled, seed);
            assert_ne!(shuffled, lines);
            assert_same(&expected, &read(&shuffled), &format!("{arguments:?} in the order of seed {seed}"));
        }
    }
}

#[test]
fn documents_of_one_id_are_told_apart() {
    let texts = [
        "The ministers of Egypt and Turkey met in Cairo on 5 May 2024, the government said.",
        "Protesters marched in Nairobi, Kenya, on 3 March 2023 against the new tax law.",
        "The president of France resigned in Paris on 7 June 2022, officials said on television.",
    ];
    let mut lines: Vec<String> = texts.map(|text| format!("{}\n", serde_json::json!({"id": "x", "text": text}))).into();
    let digest = |lines: &[String]| {
        let run = Run::reading(tidings().args(["digest", "--format", "jsonl"]), lines.concat().as_bytes());
        run.expect(0, &[]);
        for event in run.records() {
            for evidence in event["evidence"].as_array().unwrap() {
                let (exact, sentence) = (evidence["exact"].as_str(), evidence["sentence"].as_str());
                let fits = exact.zip(sentence).is_none_or(|(exact, sentence)| sentence.contains(exact));
                assert!(fits, "{evidence}");
            }
        }
        run.out
    };
    let expected = digest(&lines);
    assert!(expected.contains("\"x\"") && expected.contains("\"x#2\"") && expected.contains("\"x#3\""));
    lines.reverse();
    assert_same(&expected, &digest(&lines), "the other way round");
    let copies = Run::reading(tidings().arg("lineage"), lines.concat().as_bytes());
    assert_eq!(copies.expect(0, &[]).ids(), ["x", "x#2", "x#3"]);
}

/// All samples as JSON lines, each with the path of its file as its id.
fn sample_lines() -> Vec<String> {
    let mut lines = Vec::new();
    collect(&samples(), "", &mut lines);
    assert!(lines.len() > 70);
    lines
}

fn collect(folder: &Path, name: &str, lines: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let id = format!("{name}{}", path.file_name().unwrap().to_string_lossy());
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{id}/"), lines);
        } else if kind == "txt" || kind == "html" {
            let key = if kind == "txt" { "text" } else { "html" };
            let body = fs::read_to_string(&path).unwrap();
            lines.push(format!("{}\n", serde_json::json!({"id": id, key: body})));
        } else if kind == "jsonl" && id != "gold.jsonl" {
            lines.extend(fs::read_to_string(&path).unwrap().lines().map(|line| format!("{line}\n")));
        }
    }
}

/// An order that the seed decides (Fisher and Yates, over a linear congruential generator).
fn shuffle<T>(list: &mut [T], seed: u64) {
    let mut state = seed;
    for at in (1..list.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(at, (state >> 33) as usize % (at + 1));
    }
}

#[track_caller]
fn assert_same(expected: &str, found: &str, what: &str) {
    if expected == found {
        return;
    }
    let differing = expected.lines().zip(found.lines()).enumerate().find(|(_, (a, b))| a != b);
    let Some((number, (a, b))) = differing else { panic!("{what}: more or fewer lines") };
    let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b).unwrap_or(0);
    let around = |text: &str| -> String {
        let start = (0..=at.saturating_sub(120)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text[start..].chars().take(240).collect()
    };
    panic!("{what}: line {} differs\n  {}\n  {}", number + 1, around(a), around(b));
}
