//! Whole pages, made by hand so that they show the layout alone. The two invisible marks around what runs to the left
//! are written as ⟨ and ⟩.

use std::sync::OnceLock;

use serde_json::json;
use tidings::{
    Knowledge,
    model::{
        Answer, Article, Country, DateSource, EventType, Interval, PlacePrecision, Published, Quote, Span, Venue, Where,
    },
};

use super::*;

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(Knowledge::embedded)
}

fn page(digest: &Digest, language: &str, paint: Paint) -> String {
    let knowledge = knowledge();
    let page = Page::new(digest, Teller::new(language, knowledge).unwrap(), knowledge.world(), paint);
    page.blocks().map(|block| block + "\n").collect()
}

/// A page as it is printed to a file, with its invisible marks made visible.
#[track_caller]
fn assert_page(digest: &Digest, language: &str, expected: &str) {
    let printed = page(digest, language, plain()).replace('\u{2068}', "⟨").replace('\u{2069}', "⟩");
    assert!(printed == expected, "want\n{expected}\nhave\n{printed}");
}

fn plain() -> Paint {
    Paint::new(false, None)
}

fn report(id: &str, language: &str, publisher: Option<&str>, published: Option<&str>, sentences: &[&str]) -> Report {
    let text = sentences.join("\n");
    let mut at = 0;
    let spans = sentences.iter().map(|sentence| {
        at += sentence.len() + 1;
        Span::new(at - sentence.len() - 1, at - 1)
    });
    let spans = spans.collect();
    Report {
        article: Article {
            id: id.into(),
            part: 1,
            language: Some(language.into()),
            publisher: publisher.map(str::to_owned),
            published: published.map(|value| Published { value: value.into(), from: DateSource::Text }),
            text,
            ..Article::default()
        },
        sentences: spans,
        ..Report::default()
    }
}

fn source(id: &str) -> Source {
    Source { document: id.into(), part: 1 }
}

fn told(id: &str, role: Role) -> ReportRef {
    ReportRef { source: source(id), role, kind: CopyKind::Original, copy_of: None, first: false }
}

fn says(report: &Report, field: &str, value: Value, words: &str) -> Answer {
    let at = report.article.text.find(words).expect(words);
    let quote = Quote { text: Where::Body, span: Span::new(at, at + words.len()) };
    let words = Some((source(&report.article.id), quote));
    Answer { field: field.into(), value, words, metadata: None, premises: Vec::new() }
}

fn day(date: &str) -> When {
    When::Days(Interval::day(date.parse().unwrap()), Precision::Day)
}

fn head_of_state(name: &str, country: &str, side: Side, names: &[(&str, &str)]) -> Party {
    Party {
        name: Some(name.into()),
        names: names.iter().map(|(language, name)| ((*language).into(), vec![(*name).into()])).collect(),
        country: Country::new(country),
        office: Some("president".into()),
        side,
        ..Party::default()
    }
}

/// A visit that three outlets tell, one of them a day late, and what the last one recalls.
#[allow(clippy::too_many_lines)] // It is one piece of data.
fn visit() -> Digest {
    let reports = vec![
        report(
            "a.txt",
            "ar",
            Some("المرفأ"),
            Some("2024-02-14T21:40"),
            &["القاهرة – استقبل الرئيس المصري عبد الفتاح السيسي نظيره التركي اليوم الأربعاء."],
        ),
        report("z.txt", "zh", Some("海棠通讯社"), Some("2024-02-14"), &["土耳其总统埃尔多安抵达开罗访问。"]),
        report(
            "news/v.txt",
            "vi",
            Some("Báo Phương Nam và các hãng thông tấn quốc tế"),
            Some("2024-02-15T08:12+07:00"),
            &[
                "Tổng thống Thổ Nhĩ Kỳ Recep Tayyip Erdogan thăm Ai Cập.",
                "Ông đến Cairo ngày 15/2.",
                "Tháng 11/2022, hai ông gặp nhau tại Doha.",
            ],
        ),
    ];
    let mut reports = reports;
    reports[2].article.credits = vec!["Northline".into(), "Báo Phương Nam và các hãng thông tấn quốc tế".into()];
    reports[0].article.credits = vec!["المرفأ".into()];
    let [a, z, v] = &reports[..] else { unreachable!() };
    let visit = Event {
        id: "1".into(),
        kind: Some(EventType::Consult),
        modes: vec!["visit".into()],
        date: Some(day("2024-02-14")),
        place: Some(Venue {
            name: "Cairo".into(),
            country: Country::new("EGY"),
            geonames: Some(360_630),
            latitude: None,
            longitude: None,
            precision: PlacePrecision::City,
        }),
        parties: vec![
            head_of_state("Recep Tayyip Erdoğan", "TUR", Side::Actor, &[("zh", "埃尔多安")]),
            head_of_state("Abdel Fattah el-Sisi", "EGY", Side::Recipient, &[("ar", "عبد الفتاح السيسي")]),
        ],
        quantities: vec![("agreements".into(), 3.0, None), ("other".into(), 6.0, None)],
        headline: [
            ("en".to_owned(), "Turkish president visited Egyptian president in Cairo".to_owned()),
            ("ar".to_owned(), "زيارة الرئيس التركي للرئيس المصري في القاهرة".to_owned()),
        ]
        .into(),
        reports: vec![
            ReportRef { first: true, ..told("a.txt", Role::Main) },
            told("z.txt", Role::Main),
            ReportRef { kind: CopyKind::Rewrite, copy_of: Some(source("z.txt")), ..told("news/v.txt", Role::Main) },
        ],
        evidence: vec![
            says(a, "type", json!("CONSULT"), "استقبل"),
            says(a, "actors.1", json!("Abdel Fattah el-Sisi"), "عبد الفتاح السيسي"),
            says(a, "date", json!("2024-02-14"), "اليوم الأربعاء"),
            says(z, "type", json!("CONSULT"), "访问"),
            says(z, "actors.0", json!("Recep Tayyip Erdoğan"), "埃尔多安"),
            says(z, "place", json!("Cairo"), "开罗"),
            says(v, "type", json!("CONSULT"), "thăm"),
            says(v, "actors.0", json!("Recep Tayyip Erdoğan"), "Recep Tayyip Erdogan"),
            says(v, "date", json!("2024-02-15"), "ngày 15/2"),
            says(v, "place", json!("Cairo"), "Cairo"),
        ],
        differences: vec![
            Difference {
                field: "date".into(),
                kind: DifferenceKind::Contradiction,
                values: vec![
                    (json!("2024-02-14"), vec!["a.txt".into(), "z.txt".into()]),
                    (json!("2024-02-15"), vec!["news/v.txt".into()]),
                ],
            },
            Difference {
                field: "actors.0.office".into(),
                kind: DifferenceKind::Contradiction,
                values: vec![
                    (json!("president"), vec!["z.txt".into()]),
                    (json!("prime-minister"), vec!["news/v.txt".into()]),
                ],
            },
            Difference {
                field: "place".into(),
                kind: DifferenceKind::Finer,
                values: vec![
                    (json!("Egypt"), vec!["a.txt".into()]),
                    (json!("Cairo"), vec!["z.txt".into(), "news/v.txt".into()]),
                ],
            },
        ],
        ..Event::default()
    };
    let recalled = Event {
        id: "0".into(),
        kind: Some(EventType::Consult),
        status: Status::Recalled,
        date: Some(When::Days(Interval::month(2022, 11).unwrap(), Precision::Month)),
        headline: [
            ("en".to_owned(), "Egypt and Turkey held talks in Doha".to_owned()),
            ("ar".to_owned(), "مباحثات بين مصر وتركيا في الدوحة".to_owned()),
        ]
        .into(),
        reports: vec![told("news/v.txt", Role::Background)],
        evidence: vec![
            says(v, "type", json!("CONSULT"), "gặp nhau"),
            says(v, "date", json!("2022-11"), "Tháng 11/2022"),
            says(v, "actors.0", json!("Recep Tayyip Erdoğan"), "Recep Tayyip Erdogan"),
        ],
        ..Event::default()
    };
    Digest { events: vec![recalled, visit], reports }
}

#[test]
fn news_stand_before_what_they_recall() {
    let expected = "\
2024-02-14  Cairo, Egypt  CONSULT (visit)
  Turkish president visited Egyptian president in Cairo
  • Recep Tayyip Erdoğan – Turkish president  埃尔多安
  → Abdel Fattah el-Sisi – Egyptian president  ⟨عبد الفتاح السيسي⟩
  # agreements: 3
  ⟨المرفأ⟩                       ar  2024-02-14 21:40        first
  海棠通讯社                   zh  2024-02-14
  Báo Phương Nam và các hãng…  vi  2024-02-15 08:12+07:00  rewrites 海棠通讯社, credits Northline
  ar  ⟨القاهرة – [استقبل] الرئيس المصري [عبد الفتاح السيسي] نظيره التركي [اليوم الأربعاء].⟩ (⟨المرفأ⟩)
  zh  土耳其总统[埃尔多安]抵达[开罗][访问]。 (海棠通讯社)
  vi  Tổng thống Thổ Nhĩ Kỳ [Recep Tayyip Erdogan] [thăm] Ai Cập. (Báo Phương Nam và các hãng…)
  vi  Ông đến [Cairo] [ngày 15/2]. (Báo Phương Nam và các hãng…)
  ≠ date: 2024-02-14 (⟨المرفأ⟩, 海棠通讯社) / 2024-02-15 (Báo Phương Nam và các hãng…)
  ≠ Recep Tayyip Erdoğan: Turkish president (海棠通讯社) / Turkish prime minister (Báo Phương Nam và các hãng…)
  · place: Egypt (⟨المرفأ⟩) / Cairo (海棠通讯社, Báo Phương Nam và các hãng…)

Recalled

2022-11     Egypt and Turkey held talks in Doha
  recalled by Báo Phương Nam và các hãng…
  vi  [Tháng 11/2022], hai ông [gặp nhau] tại Doha. (Báo Phương Nam và các hãng…)

1 event and 1 recalled, from 3 reports
";
    assert_page(&visit(), "en", expected);
}

#[test]
fn a_page_in_arabic_isolates_what_it_says() {
    let digest = visit();
    let printed = page(&digest, "ar", plain());
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[0], "2024-02-14  \u{2068}القاهرة، مصر\u{2069}  CONSULT (visit)");
    assert_eq!(lines[1], "  \u{2068}زيارة الرئيس التركي للرئيس المصري في القاهرة\u{2069}");
    assert_eq!(lines[3], "  → \u{2068}عبد الفتاح السيسي – الرئيس المصري\u{2069}  Abdel Fattah el-Sisi");
    for line in lines {
        let opened = line.matches('\u{2068}').count();
        assert_eq!(opened, line.matches('\u{2069}').count(), "{line}");
        let mut depth = 0;
        for c in line.chars() {
            match c {
                '\u{2068}' => depth += 1,
                '\u{2069}' => depth -= 1,
                c if matches!(u32::from(c), 0x600..=0x6FF) => assert!(depth > 0, "{c} runs free in {line}"),
                _ => {}
            }
        }
    }
}

#[test]
fn tolls_follow_one_another() {
    let reports = vec![
        report("1.txt", "en", Some("Northline"), Some("2024-01-03T15:00"), &["The blast killed 104 people."]),
        report("2.txt", "en", Some("Daybreak"), Some("2024-01-04"), &["The toll of the blast fell to 95."]),
        report("3.txt", "en", Some("Harbourline"), Some("2024-01-05"), &["The blast killed 89, officials said."]),
        report("4.txt", "en", Some("Lakeside"), Some("2024-01-05"), &["The blast killed 89, officials said."]),
    ];
    let [a, b, c, d] = &reports[..] else { unreachable!() };
    let event = Event {
        id: "1".into(),
        kind: Some(EventType::Assault),
        date: Some(day("2024-01-03")),
        quantities: vec![("killed".into(), 89.0, None), ("money".into(), 40_000_000.0, Some("USD".into()))],
        headline: [("en".to_owned(), "Attack in Kerman".to_owned())].into(),
        reports: vec![
            ReportRef { first: true, ..told("1.txt", Role::Main) },
            told("2.txt", Role::Main),
            told("3.txt", Role::Main),
            ReportRef { kind: CopyKind::Copy, copy_of: Some(source("3.txt")), ..told("4.txt", Role::Main) },
        ],
        evidence: vec![
            says(a, "type", json!("ASSAULT"), "blast"),
            says(a, "quantities.0", json!(104), "104"),
            says(b, "type", json!("ASSAULT"), "blast"),
            says(b, "quantities.0", json!(95), "95"),
            says(c, "type", json!("ASSAULT"), "blast"),
            says(c, "quantities.0", json!(89), "89"),
            says(d, "quantities.0", json!(89), "89"),
        ],
        differences: vec![Difference {
            field: "quantities.0".into(),
            kind: DifferenceKind::Contradiction,
            values: vec![
                (json!(89.0), vec!["3.txt".into(), "4.txt".into()]),
                (json!(104.0), vec!["1.txt".into()]),
                (json!(95.0), vec!["2.txt".into()]),
            ],
        }],
        ..Event::default()
    };
    let expected = "\
2024-01-03  ASSAULT
  Attack in Kerman
  # killed: 89, money: 40,000,000 USD
  Northline    en  2024-01-03 15:00  first
  Daybreak     en  2024-01-04
  Harbourline  en  2024-01-05
  Lakeside     en  2024-01-05        copy of Harbourline
  en  The [blast] killed [104] people. (Northline)
  en  The toll of the [blast] fell to [95]. (Daybreak)
  en  The [blast] killed [89], officials said. (Harbourline)
  ≠ killed: 104 (Northline), later 95 (Daybreak), later 89 (Harbourline, Lakeside)

1 event from 4 reports
";
    assert_page(&Digest { events: vec![event], reports }, "en", expected);
}

#[test]
fn colour_adds_nothing_but_colour() {
    let digest = visit();
    let coloured = page(&digest, "en", Paint::new(true, None));
    assert!(coloured.contains('\u{1b}'));
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare += before;
        rest = after.split_once('m').expect("a colour ends with m").1;
    }
    bare += rest;
    let unmarked = page(&digest, "en", plain()).replace(['[', ']'], "");
    assert_eq!(bare, unmarked);
}

#[test]
fn no_color_and_no_terminal_mean_no_colour() {
    for paint in [plain(), Paint::new(true, Some("1".as_ref())), Paint::new(true, Some("0".as_ref()))] {
        assert!(!page(&visit(), "en", paint).contains('\u{1b}'));
    }
    assert!(page(&visit(), "en", Paint::new(true, Some("".as_ref()))).contains('\u{1b}'));
}
