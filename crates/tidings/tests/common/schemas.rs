//! Records held against the schemas that `tidings schema` prints. Every test that sees a record does this.

#![allow(dead_code)] // Each test file uses a part.

use std::{collections::BTreeMap, sync::OnceLock};

use jsonschema::Validator;
use serde_json::Value;

use tidings::record::schemas;

/// The schemas by the record's name.
pub fn all() -> &'static BTreeMap<&'static str, Value> {
    static ALL: OnceLock<BTreeMap<&str, Value>> = OnceLock::new();
    ALL.get_or_init(|| schemas().into_iter().map(|(name, schema)| (name, schema.to_value())).collect())
}

/// What a record is, by the keys that tell it.
pub fn kind(record: &Value) -> &'static str {
    let has = |key: &str| record.get(key).is_some();
    match () {
        () if has("claims") => "report",
        () if has("witnesses") => "event",
        () if has("overlap") => "copy",
        () => "article",
    }
}

/// Asserts that a record is what its schema says, with no key that the schema does not name.
#[track_caller]
pub fn hold(record: &Value) {
    static VALIDATORS: OnceLock<BTreeMap<&str, Validator>> = OnceLock::new();
    let validators = VALIDATORS.get_or_init(|| {
        let build = |schema| jsonschema::validator_for(schema).expect("the schema is one");
        all().iter().map(|(name, schema)| (*name, build(schema))).collect()
    });
    let kind = kind(record);
    let faults: Vec<String> =
        validators[kind].iter_errors(record).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "no {kind}: {}\n{record}", faults.join("\n"));
    let known = &all()[kind]["properties"];
    for key in record.as_object().expect("a record is an object").keys() {
        assert!(known.get(key).is_some(), "the schema of {kind} does not name `{key}`");
    }
    for required in known.as_object().expect("a record has keys").keys() {
        assert!(record.get(required).is_some(), "{kind} lacks `{required}`, which may be null but not absent");
    }
}
