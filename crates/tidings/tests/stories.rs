//! Small sets of reports and the events that they must become: each `tests/stories/NAME.txt`.
//!
//! A file begins with lines `read PATH`, files or folders of `samples/`; the events follow, told in lines.
//! `TIDINGS_BLESS=1 cargo test --test stories` writes the events anew; read them as a diff before you commit.

mod common {
    pub mod samples;
    pub mod schemas;
}

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use common::{samples, schemas};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use tidings::{
    Knowledge, record,
    stages::{merge::merge, narrate::narrate},
};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let mut stories: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    stories.retain(|path| path.extension().is_some_and(|kind| kind == "txt"));
    stories.sort();
    let knowledge = Arc::new(Knowledge::embedded());
    let trials = stories.into_iter().map(|path| {
        let knowledge = Arc::clone(&knowledge);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(name, move || check(&path, &knowledge))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn check(path: &Path, knowledge: &Knowledge) -> Result<(), Failed> {
    let want = fs::read_to_string(path)?;
    let documents: Vec<&str> = want.lines().map_while(|line| line.strip_prefix("read ")).collect();
    if documents.is_empty() {
        return Err("the first lines of a story are `read PATH`".into());
    }
    let mut digest = merge(samples::reports(&documents, knowledge), knowledge);
    narrate(&mut digest, knowledge);
    let records: Vec<Value> =
        record::events(&digest, "test").map(|e| serde_json::to_value(e).expect("an event is a record")).collect();
    records.iter().for_each(schemas::hold);
    let head: String = documents.iter().map(|document| format!("read {document}\n")).collect();
    let have = head + &told(&records);
    if env::var_os("TIDINGS_BLESS").is_some() {
        fs::write(path, have)?;
        return Ok(());
    }
    match have.lines().zip(want.lines()).position(|(have, want)| have != want) {
        None if have.len() == want.len() => Ok(()),
        at => {
            let at = at.unwrap_or_else(|| have.lines().count().min(want.lines().count()));
            let line = |text: &str| text.lines().nth(at).unwrap_or("(the end)").to_owned();
            let place = format!("{}:{}", path.display(), at + 1);
            Err(format!("{place}\n  want {}\n  have {}", line(&want), line(&have)).into())
        }
    }
}

/// Events as lines that a person can compare: ids are numbers, and evidence is told by its words.
fn told(events: &[Value]) -> String {
    let mut out = String::new();
    let number = |id: &Value| events.iter().position(|e| e["id"] == *id).map_or(0, |at| at + 1);
    for event in events {
        let date = &event["date"];
        let place = &event["place"];
        let _ = write!(out, "\nevent {}: {}", number(&event["id"]), words(&[&event["type"], &event["mode"]]));
        let _ = writeln!(out, ", {}", words(&[&event["contexts"], &event["status"]]));
        let _ = writeln!(out, "  date {}", words(&[&date["start"], &date["end"], &date["precision"]]));
        let _ = writeln!(out, "  place {}", words(&[&place["name"], &place["country"], &place["precision"]]));
        for (language, headline) in event["headline"].as_object().into_iter().flatten() {
            let _ = writeln!(out, "  {language}: {}", plain(headline));
        }
        for a in list(&event["actors"]) {
            let told = words(&[&a["name"], &a["country"], &a["sector"], &a["office"]]);
            let _ = writeln!(out, "  {} {told} {}", plain(&a["side"]), a["names"]);
        }
        for q in list(&event["quantities"]) {
            let _ = writeln!(out, "  {}", words(&[&q["what"], &q["value"], &q["unit"]]));
        }
        for r in list(&event["reports"]) {
            let first = if r["first"] == true { "first" } else { "" };
            let of = r["copy_of"].as_str().map(|of| format!("of {of}")).unwrap_or_default();
            let told = words(&[&r["role"], &r["document"], &r["part"], &r["language"], &r["published"], &r["kind"]]);
            let _ =
                writeln!(out, "  {}", format!("{told} {of} {first}").split_whitespace().collect::<Vec<_>>().join(" "));
        }
        for e in list(&event["evidence"]) {
            let from = words(&[&e["from"], &e["document"], &e["premises"]]);
            let exact = e["exact"].as_str().map(|exact| format!("`{exact}` ")).unwrap_or_default();
            let _ = writeln!(out, "  because {} = {}: {exact}{from}", plain(&e["field"]), e["value"]);
        }
        for d in list(&event["differences"]) {
            let values: Vec<String> =
                list(&d["values"]).map(|v| format!("{} {}", v["value"], v["documents"])).collect();
            let _ = writeln!(out, "  {} {}: {}", plain(&d["kind"]), plain(&d["field"]), values.join(" / "));
        }
        let _ = writeln!(out, "  witnesses {} in {}", event["witnesses"], words(&[&event["languages"]]));
        for s in list(&event["see_also"]) {
            let _ = writeln!(out, "  see event {}: {}", number(&s["id"]), plain(&s["why"]));
        }
    }
    out
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Values one after another, `-` for those that the documents do not tell.
fn words(values: &[&Value]) -> String {
    values.iter().map(|value| plain(value)).collect::<Vec<_>>().join(" ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => "-".to_owned(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("+"),
        other => other.to_string(),
    }
}
