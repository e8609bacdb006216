//! Every record of the samples is what `tidings schema` says that it is.

mod common;

use std::{fs, path::Path};

use common::{Run, samples, schemas, tidings};
use serde_json::Value;

#[test]
fn records_of_the_samples_hold_their_schemas() {
    for (command, kind) in [("extract", "article"), ("interpret", "report"), ("lineage", "copy"), ("digest", "event")] {
        let mut call = tidings();
        call.arg(command).arg(samples());
        if command == "digest" {
            call.args(["--format", "jsonl"]);
        }
        let run = Run::of(&mut call);
        run.expect(0, &[]);
        let records = run.records();
        assert!(records.len() > 50, "{command}: {} records", records.len());
        assert!(records.iter().all(|record| schemas::kind(record) == kind));
    }
}

#[test]
fn each_schema_is_printed_by_its_name() {
    let names: Vec<&str> = schemas::all().keys().copied().collect();
    assert_eq!(names, ["article", "copy", "event", "report"]);
    let printed = |arguments: &[&str]| -> Value {
        serde_json::from_str(&Run::of(tidings().arg("schema").args(arguments)).expect(0, &[]).out).unwrap()
    };
    for (name, schema) in schemas::all() {
        assert_eq!(printed(&[])[name], *schema);
        assert_eq!(printed(&[name]), *schema);
    }
}

#[test]
fn golden_articles_hold_their_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "json") {
            let articles: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            articles.iter().for_each(schemas::hold);
            seen += articles.len();
        }
    }
    assert!(seen > 5, "{seen} golden articles");
}

#[test]
fn a_record_that_is_wrong_is_found() {
    let run = Run::of(tidings().arg("lineage").arg(samples()));
    let mut record = run.records().remove(0);
    record["overlap"] = "much".into();
    assert!(std::panic::catch_unwind(|| schemas::hold(&record)).is_err());
}
