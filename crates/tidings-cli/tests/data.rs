//! The data: written out, laid over, misspelt.

mod common;

use common::{Folder, NEWS, Run, samples, tidings};

/// The data written into a folder named `data`.
fn dumped() -> Folder {
    let folder = Folder::with(&[]);
    folder.run(&["languages", "--dump", "data"]).expect(0, &[]);
    folder
}

#[test]
fn what_is_written_out_reads_the_same() {
    let folder = dumped();
    let run = |data: bool| {
        let mut call = folder.command();
        call.args(["digest", "--format", "jsonl"]).arg(samples());
        if data {
            call.env("TIDINGS_DATA", "data");
        }
        let run = Run::of(&mut call);
        run.expect(0, &[]);
        run.out
    };
    assert!(run(false) == run(true), "the dump gives other bytes");
    for kind in ["languages/en/events.toml", "world/cities.tsv", "plover/types.toml", "sites/markup.toml"] {
        assert!(folder.path().join("data").join(kind).is_file(), "{kind}");
    }
    folder.run(&["languages", "--dump", "data"]).expect(1, &["is there already"]);
}

#[test]
fn a_folder_lies_over_all_data() {
    let page = format!(
        "<html><body><article><h1>Talks in Hanoi</h1><p>{NEWS}</p><p>{NEWS}</p>\
         <div class=zusatz><p>Another story of ours that nobody asked for, told at some length.</p></div></article></body></html>"
    );
    let folder = Folder::with(&[("a.html", page.as_bytes())]);
    let file = |path: &str| tidings_data::file(path).unwrap().to_owned();
    let call = ["digest", "--format", "jsonl", "--data", "data", "a.html"];
    let plain = folder.run(&["digest", "--format", "jsonl", "a.html"]);
    let before = &plain.records()[0];
    assert_eq!((&before["type"], &before["score"]), (&"CONSULT".into(), &4.0.into()));

    let scores = file("plover/types.toml").replace("visit = 4.0", "visit = 3.25");
    folder.add("data/plover/types.toml", scores.as_bytes());
    let run = folder.run(&call);
    let after = &run.expect(0, &[]).records()[0];
    assert_eq!(after["score"], 3.25);
    assert_ne!(before["made_by"], after["made_by"], "the record says which data made it");

    let extract = ["extract", "--data", "data", "a.html"];
    let text = |run: &Run| run.expect(0, &[]).records()[0]["text"].as_str().unwrap().to_owned();
    assert!(text(&folder.run(&extract)).contains("Another story"));
    let markup = file("sites/markup.toml").replacen("related = [", "related = [\"zusatz\", ", 1);
    folder.add("data/sites/markup.toml", markup.as_bytes());
    assert!(!text(&folder.run(&extract)).contains("Another story"));

    let mut words = file("world/identify.tsv");
    words = words.lines().filter(|line| !line.starts_with("en\t")).collect::<Vec<_>>().join("\n");
    folder.add("data/world/identify.tsv", words.as_bytes());
    assert_ne!(folder.run(&extract).records()[0]["language"], "en");

    let cities = file("world/cities.tsv").replace("\tHanoi\t", "\tThang Long\t");
    folder.add("data/world/cities.tsv", cities.as_bytes());
    folder.run(&extract).expect(0, &[]);
}

#[test]
fn a_pack_that_cannot_be_read_is_usage() {
    let folder = Folder::with(&[("a.txt", NEWS.as_bytes())]);
    for (path, text, told) in [
        ("languages/en/events.toml", "# Ours.\n[[rule]]\nkind = 3\n", "data: languages/en/events.toml:3: "),
        ("languages/en/offices.tsv", "# Ours.\nchief\tpresidnt\n", "data: languages/en/offices.tsv:2: `presidnt`"),
        ("languages/en/headlines.toml", "and = 3\n", "data: languages/en/headlines.toml:1: "),
        ("languages/en/asides.toml", "[[aside]]\nwhy = \"fun\"\n", "data: languages/en/asides.toml:"),
        ("sites/markup.toml", "[parts]\nfun = [\"fun\"]\n", "data: sites/markup.toml:"),
        (
            "sites/courier.example.toml",
            "host = \"courier.example\"\nbody = [\"div > p\"]\n",
            "data: sites/courier.example.toml:2: ",
        ),
        ("plover/types.toml", "[AGREE]\nscore 3\n", "data: plover/types.toml:2: "),
    ] {
        folder.add(&format!("data/{path}"), text.as_bytes());
        for command in ["extract", "digest", "languages"] {
            let mut call = vec![command, "--data", "data"];
            if command != "languages" {
                call.push("a.txt");
            }
            let run = folder.run(&call);
            run.expect(2, &[told]);
            assert!(run.out.is_empty());
        }
        std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    }
}

#[test]
fn each_full_language_has_measured_figures() {
    let run = Run::of(tidings().arg("languages"));
    run.expect(0, &[]);
    let (packs, measured) = run.out.split_once("\nmeasured ").expect(&run.out);
    let codes = |text: &str| -> Vec<String> {
        let rows =
            text.lines().skip_while(|line| !line.starts_with("code ")).skip(1).take_while(|line| !line.is_empty());
        rows.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(packs), codes(measured), "{}", run.out);
    assert!(measured.contains(" type "), "{measured}");
}

#[test]
fn packs_hold_their_examples() {
    let run = Run::of(tidings().args(["check", "fr", "es"]));
    run.expect(0, &[]);
    assert!(run.out.starts_with("fr: ") && run.out.contains("\nes: "), "{}", run.out);
    let folder = Folder::with(&[("data/languages/fr/offices.tsv", "# Ours.\nchef\tpresidnt\n".as_bytes())]);
    let run = folder.run(&["check", "fr", "--data", "data"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("languages/fr/offices.tsv:2: `presidnt` is no id of world/offices.tsv"), "{}", run.out);
}
