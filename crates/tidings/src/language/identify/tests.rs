use super::{table::Table, *};

fn language(text: &str) -> Option<&'static str> {
    identify(text).map(|(language, _)| language)
}

/// Sentences and titles by language, ours; what no language should be told of stands under `-`.
const SENTENCES: &str = include_str!("../../../tests/languages/identify.tsv");

#[test]
fn titles_and_relatives() {
    let mut faults = Vec::new();
    for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
        let (expected, text) = line.split_once('\t').expect("language and text");
        let found = identify(text);
        if found.map_or("-", |(language, _)| language) != expected {
            faults.push(format!("{expected}: {found:?} {text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_listed_language_is_in_the_table() {
    let table = Table::new(tidings_data::bytes("world/identify.bin").unwrap()).unwrap();
    let rows = listed::Row::all(tidings_data::file(Identifier::LIST).unwrap());
    for row in rows.iter().filter(|row| row.script != Script::Hani) {
        let shared = rows.iter().filter(|other| other.script == row.script).count() > 1;
        let built = table.rows.iter().any(|known| known.code == &*row.code && known.script == row.script);
        assert_eq!(shared, built, "{} in {:?}", row.code, row.script);
    }
}

#[test]
fn scripts_of_one_language_decide() {
    assert_eq!(language("Ο υπουργός μίλησε."), Some("el"));
    assert_eq!(language("დღეს"), Some("ka"));
    assert_eq!(language("외교부 장관은 회담을 열었다"), Some("ko"));
    assert_eq!(language("外務大臣は会談した"), Some("ja"));
    assert_eq!(language("外长表示会议将于下周举行"), Some("zh"));
    assert_eq!(language("外長表示會議將於下週舉行"), Some("zh-Hant"));
}

#[test]
fn what_has_no_words_has_no_language() {
    for text in ["", "2024-11-16 16:03, 17 %", "\u{1f600} \u{1f4f7}", "OK", "AFP", "\u{301}\u{301}\u{301}"] {
        assert_eq!(identify(text), None, "{text}");
    }
}

#[test]
fn lines_in_another_language_than_their_page() {
    let other = |line, main| foreign(line, main).map(|(language, _)| language);
    assert_eq!(other("Read more of our latest stories", "ar"), Some("en"));
    assert_eq!(other("Lesen Sie mehr zu diesem Thema", "en-GB"), Some("de"));
    assert_eq!(other("Читайте также на нашем сайте", "en"), Some("ru"));
    assert_eq!(other("Читайте также на нашем сайте", "uk"), Some("ru"));
    for (line, main) in [
        ("Thủ tướng đã gặp các bộ trưởng", "vi"),
        ("Recep Tayyip Erdoğan", "vi"),
        ("Statsministeren møtte utenriksministeren i går", "no"),
        ("Predsednik se sastao sa ministrom", "sr"),
        ("外長表示會議將於下週舉行", "zh"),
        ("16:03", "en"),
        ("Boeing 737 MAX", "ar"),
    ] {
        assert_eq!(other(line, main), None, "{line}");
    }
}

#[test]
fn bad_input_is_bounded() {
    let flood = format!("a{}", "\u{301}".repeat(1 << 20));
    for text in ["a".repeat(1 << 22), "\u{915}\u{94d}".repeat(1 << 18), flood, "\u{fffd}".repeat(1 << 20)] {
        let _ = identify(&text);
        let _ = foreign(&text, "en");
    }
}

#[test]
fn a_list_of_ones_own_decides_which_languages_there_are() {
    let only = |list: &str| Identifier::new(list, true);
    let text = "Der Minister sagte, dass die Sitzung in der nächsten Woche stattfindet";
    let found = only("en\tLatn\tthe of and\nfr\tLatn\tde la le");
    assert!(found.identify(text).is_none_or(|(language, _)| language != "de"));
    // A language that the table was not built with is told by its words.
    let own = only("en\tLatn\tthe of and\nqaa\tLatn\tzyx wvu zyxu wvuz yxwz");
    assert_eq!(own.identify("zyx wvuz yxwz wvu zyxu wvu").map(|found| found.0.to_owned()), Some("qaa".to_owned()));
    assert_eq!(own.identify("the end of the story").map(|found| found.0.to_owned()), Some("en".to_owned()));
}

#[test]
fn damaged_tables_tell_nothing() {
    let whole = tidings_data::bytes("world/identify.bin").unwrap();
    for end in [0, 7, 8, 21, 60, whole.len() / 2, whole.len() - 1] {
        assert!(Table::new(&whole[..end]).is_none(), "{end}");
    }
}
