//! Records as they are printed and read again.

mod common {
    pub mod schemas;
}

use common::schemas::hold;
use tidings::{
    Knowledge,
    model::{Article, DateSource, Published, Span},
    record::{Positions, ReportRecord, schemas},
    stages::interpret::interpret,
};

#[test]
fn a_report_line_comes_back_as_the_report() {
    let knowledge = Knowledge::embedded();
    let article = Article {
        id: "a".into(),
        part: 1,
        language: Some("vi".into()),
        title: Some("Tổng thống Ai Cập thăm Thổ Nhĩ Kỳ".into()),
        text: "Ngày 14/11, Tổng thống Ai Cập đã thăm Ankara. Hai bên ký 17 thỏa thuận.".into(),
        published: Some(Published { value: "2024-11-15".into(), from: DateSource::Input }),
        ..Article::default()
    };
    let report = interpret(article, &knowledge);
    assert!(!report.claims.is_empty() && !report.actors.is_empty());
    let line = serde_json::to_string(&ReportRecord::from(&report)).unwrap();
    hold(&serde_json::from_str(&line).unwrap());
    let again: ReportRecord = serde_json::from_str(&line).unwrap();
    let back = again.into_report(&knowledge);
    assert_eq!(back.article, report.article);
    assert_eq!(back.sentences, report.sentences);
    assert_eq!(back.claims, report.claims);
    let words =
        |r: &tidings::model::Report| -> Vec<String> { r.actors.iter().map(|a| r.words(a.quote).to_owned()).collect() };
    assert_eq!(words(&back), words(&report));
    assert_eq!(serde_json::to_string(&ReportRecord::from(&back)).unwrap(), line);
}

#[test]
fn what_does_not_fit_the_text_is_noted() {
    let line = r#"{"id":"a","text":"short","claims":[{"type":null,"mode":[],"contexts":[],"status":"happened","actors":[7],"recipients":[],
        "time":3,"place":null,"sentence":9,"trigger":[0,400],"said_by":null,"main":true,"rule":""}],"unknown":1}"#;
    let record: ReportRecord = serde_json::from_str(line).unwrap();
    let report = record.into_report(&Knowledge::embedded());
    assert_eq!(report.claims[0].actors, Vec::<usize>::new());
    assert_eq!((report.claims[0].time, report.claims[0].sentence), (None, None));
    assert_eq!(report.article.notes.len(), 1);
}

#[test]
fn dates_that_nobody_knows_are_null() {
    let article = Article { id: "a".into(), ..Article::default() };
    let value = serde_json::to_value(&article).unwrap();
    hold(&value);
    assert!(value.get("published").is_some_and(serde_json::Value::is_null));
    assert!(value.get("published_from").is_some_and(serde_json::Value::is_null));
    let back: Article = serde_json::from_value(value).unwrap();
    assert_eq!(back, article);
}

#[test]
fn each_record_has_a_schema() {
    let names: Vec<&str> = schemas().into_keys().collect();
    assert_eq!(names, ["article", "copy", "event", "report"]);
}

#[test]
fn every_position_comes_back() {
    let text = "أحمد and Đặng, 特朗普 ".repeat(20);
    let positions = Positions::new(&text);
    for (point, (byte, _)) in text.char_indices().enumerate() {
        assert_eq!(positions.point(byte as u32), point);
        assert_eq!(positions.byte(point), Some(byte as u32));
    }
    let end = text.chars().count();
    assert_eq!(positions.byte(end), Some(text.len() as u32));
    assert_eq!(positions.byte(end + 1), None);
    assert_eq!(positions.span([2, 1]), None);
    assert_eq!(positions.points(Span::new(0, text.len())), [0, end]);
}
