//! `tidings learn-site` and `--sites`: what the pages of an invented site have in common, and what that is good for.

mod common;

use std::fs;

use common::{Folder, Run};

/// What each page tells, in two languages.
const STORIES: [(&str, &str, &str); 8] = [
    ("en", "Talks in Cairo", "The two ministers met in the capital, spoke about the river, and agreed to meet again"),
    ("en", "Floods in the north", "Water stood in the streets of the old town, and boats brought bread to the houses"),
    ("en", "A bridge is opened", "The bridge joins two villages that were an hour apart, and buses cross it already"),
    (
        "en",
        "Teachers end their strike",
        "Schools open again after the teachers and the ministry agreed on pay, both sides said",
    ),
    (
        "fr",
        "Le marché rouvre",
        "Les marchands sont revenus dans la vieille ville, et la mairie a promis des toits neufs",
    ),
    (
        "fr",
        "Un pont entre deux rives",
        "Le pont relie deux villages que séparait une heure de route, et les bus y passent déjà",
    ),
    (
        "fr",
        "La grève est finie",
        "Les écoles rouvrent après un accord entre les enseignants et le ministère, dit la radio",
    ),
    (
        "fr",
        "Des livres pour le nord",
        "Une caravane apporte des livres aux villages du nord, et des enfants les attendaient",
    ),
];

/// A template whose names say nothing to anybody: what is what can only be learnt.
fn page(number: usize) -> String {
    let (language, title, told) = STORIES[number];
    let paragraphs =
        |from: usize| -> String { (from..from + 4).map(|n| format!("<p>{told}, {n} times over.</p>\n")).collect() };
    let (above, below) = (paragraphs(2), paragraphs(6));
    let teasers: String = (1..4)
        .map(|n| {
            let (_, title, told) = STORIES[(number + n) % 8];
            format!("<div class=k3><a href=/{n}>{title}: {told}</a></div>")
        })
        .collect();
    format!(
        "<html lang={language}><head><title>{title} :: The Invented Courier</title>\
         <link rel=canonical href='https://www.courier.example/{number}'></head><body><div class=x1><p>The Invented Courier \
         has told the news from the river and the hills, every day but Sunday, since anybody can remember.</p></div>\
         <div class=q7><h1>{title}</h1>\n{above}<p>Become a friend of the Courier, and read what we \
         write before all others do, in print or on any screen.</p>{below}</div><div class=z9 id=z-{number}00>{teasers}<p>\
         Whoever writes to us is answered, within a week or two, by one of the nine editors of this newspaper.</p></div></body></html>"
    )
}

fn site() -> Folder {
    let folder = Folder::with(&[]);
    for number in 0..8 {
        folder.add(&format!("pages/{number}.html"), page(number).as_bytes());
    }
    folder
}

fn learnt(folder: &Folder) -> String {
    let run = folder.run(&["learn-site", "pages/0.html", "pages/2.html", "pages/4.html", "pages/6.html"]);
    run.expect(0, &[]);
    run.out
}

const FRIEND: &str = "Become a friend of the Courier";
const EDITORS: &str = "Whoever writes to us is answered";

#[test]
fn pages_that_were_not_learnt_from_are_read_better() {
    let folder = site();
    let file = learnt(&folder);
    assert!(file.contains("host = \"courier.example\"") && file.contains("div.q7"), "{file}");
    folder.add("sites/courier.example.toml", file.as_bytes());
    let address = ["--url", "https://courier.example/1"];
    for page in ["pages/1.html", "pages/5.html"] {
        let without = folder.run(&[&["extract", page][..], &address].concat()).records()[0].clone();
        let with = folder.run(&[&["extract", "--sites", "sites", page][..], &address].concat()).records()[0].clone();
        let text = |record: &serde_json::Value| record["text"].as_str().unwrap().to_owned();
        assert!(text(&without).contains(FRIEND), "the template is no riddle");
        assert!(!text(&with).contains(FRIEND) && !text(&with).contains(EDITORS), "{}", text(&with));
        assert_eq!(text(&with).lines().count(), 8, "{}", text(&with));
        assert!(!with["title"].as_str().unwrap().contains("Courier"), "{}", with["title"]);
        // What is set aside is not lost.
        let aside = with["set_aside"].to_string();
        assert!(aside.contains(FRIEND) && aside.contains(EDITORS), "{aside}");
    }
    // Pages of other sites are read as if it were not there.
    let other = ["pages/1.html", "--url", "https://other.example/1"];
    let plain = folder.run(&[&["extract"][..], &other].concat()).out;
    assert_eq!(folder.run(&[&["extract", "--sites", "sites"][..], &other].concat()).out, plain);
}

#[test]
fn neither_order_nor_repetition_changes_what_is_learnt() {
    let folder = site();
    let run = |files: [&str; 4]| {
        let files: Vec<String> = files.iter().map(|file| format!("pages/{file}.html")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        folder.run(&[&["learn-site"][..], &files].concat()).out
    };
    let first = run(["1", "3", "4", "7"]);
    assert!(first.contains(FRIEND), "{first}");
    assert_eq!(run(["7", "4", "3", "1"]), first);
    assert_eq!(run(["4", "1", "7", "3"]), first);
}

#[test]
fn too_few_pages_and_pages_of_several_sites_are_refused() {
    let folder = site();
    folder.run(&["learn-site", "pages/0.html"]).expect(2, &["at least 3", "here are 1"]);
    let elsewhere = page(3).replace("www.courier.example", "other.example");
    folder.add("pages/3.html", elsewhere.as_bytes());
    folder.run(&["learn-site", "pages"]).expect(2, &["2 sites", "courier.example", "other.example"]);
    let nowhere: Vec<(String, String)> =
        (0..3).map(|n| (format!("bare/{n}.html"), page(n).replace("rel=canonical", "rel=x"))).collect();
    nowhere.iter().for_each(|(name, page)| folder.add(name, page.as_bytes()));
    folder.run(&["learn-site", "bare"]).expect(2, &["--url"]);
    folder.run(&["learn-site", "bare", "--url", "https://courier.example/"]).expect(0, &[]);
}

#[test]
fn a_faulty_file_is_told_with_its_line() {
    let folder = site();
    folder.add("sites/courier.example.toml", b"host = \"courier.example\"\nbody = [\"div > p\"]\n");
    let run: Run = folder.run(&["extract", "--sites", "sites", "pages/0.html"]);
    run.expect(2, &["courier.example.toml:2", "tag#id.class"]);
    folder.run(&["extract", "--sites", "nowhere", "pages/0.html"]).expect(2, &["--sites nowhere"]);
    assert!(fs::metadata(folder.path().join("sites")).is_ok());
}
