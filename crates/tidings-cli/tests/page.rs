//! What `tidings digest` prints for a person.

mod common;

use common::{Folder, Run, samples, tidings};

#[test]
fn a_page_that_no_terminal_reads_has_no_colour_and_keeps_directions_apart() {
    for language in ["en", "ar"] {
        let run = Run::of(tidings().args(["digest", "--in", language]).arg(samples().join("erdogan-cairo-2024")));
        run.expect(0, &[]);
        assert!(!run.out.contains('\u{1b}'), "{}", run.out);
        assert!(run.out.contains('\u{2068}'), "{}", run.out);
        for line in run.out.lines() {
            let (opened, closed) = (line.matches('\u{2068}').count(), line.matches('\u{2069}').count());
            assert_eq!(opened, closed, "{line}");
        }
    }
}

#[test]
fn news_stand_before_what_they_recall() {
    let run = Run::of(tidings().arg("digest").arg(samples()).env("NO_COLOR", "1"));
    run.expect(0, &[]);
    let (news, recalled) = run.out.split_once("\nRecalled\n").expect("the samples recall earlier events");
    assert!(news.contains(", first") || news.contains("  first"), "{news}");
    assert!(!recalled.contains(", recalled\n"), "{recalled}");
    let days: Vec<&str> = recalled.lines().filter(|l| l.starts_with("20")).map(|l| &l[..4]).collect();
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "{days:?}");
}

#[test]
fn broken_headlines_are_told_with_their_line() {
    let folder = Folder::with(&[
        ("a.txt", common::NEWS.as_bytes()),
        ("data/languages/tr/headlines.toml", "and = \" ve \"\n[types.AID]\ndefault = \"{aktor} verdi\"\n".as_bytes()),
    ]);
    let told = ["languages/tr/headlines.toml:3", "{aktor}"];
    folder.run(&["digest", "--data", "data", "--in", "tr", "a.txt"]).expect(2, &told);
    folder.run(&["check", "--data", "data", "tr"]).expect(1, &told);
}
