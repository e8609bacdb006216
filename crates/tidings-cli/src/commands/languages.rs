//! `tidings languages`: what is known of each language.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use anyhow::Context;
use tidings::{
    Knowledge,
    language::{
        Pack,
        pack::{Lines, rows},
    },
};

use crate::{documents::Data, output::say};

/// The options of `tidings languages`.
#[derive(clap::Args)]
pub struct Languages {
    /// Print the languages of the base tier too, with what CLDR gives of each
    #[arg(long)]
    all: bool,
    /// Write the built-in data into this folder, to be changed there and given back with --data
    #[arg(long, value_name = "DIR")]
    dump: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Languages {
    /// Prints a line a language.
    pub fn run(self) -> anyhow::Result<bool> {
        let knowledge = self.data.knowledge()?;
        if let Some(folder) = self.dump {
            return dump(&knowledge, &folder);
        }
        let full = knowledge.source().full_languages();
        say!(
            "{:<8}{:<16}{:<20}{:>7}{:>9}{:>8}{:>8}{:>7}{:>8}",
            "code",
            "language",
            "own name",
            "dates",
            "offices",
            "events",
            "names",
            "lines",
            "asides"
        );
        for code in &full {
            let pack = knowledge.pack(code)?;
            let lines = Lines::load(code, knowledge.source())?;
            say!("{}", row(&pack, &lines));
        }
        quality(&knowledge)?;
        let base = knowledge.source().base_languages();
        let others: Vec<&String> = base.iter().filter(|code| !full.contains(code)).collect();
        if self.all {
            say!("\nbase tier: states, months, weekdays, numerals and date orders of CLDR");
            for code in &others {
                let pack = knowledge.pack(code)?;
                let count = |kind: &str| knowledge.source().base(code).keys().filter(|(k, _)| k == kind).count();
                let (states, months) = (count("country"), count("month"));
                say!(
                    "{:<8}{:<24}{:<24}{states:>4} states, {months:>2} months",
                    code,
                    pack.language.english,
                    isolated(&pack.language.name)
                );
            }
        } else {
            say!("\nand {} more by what CLDR gives of them (--all lists them)", others.len());
        }
        Ok(true)
    }
}

fn row(pack: &Pack, lines: &Lines) -> String {
    format!(
        "{:<8}{:<16}{:<20}{:>7}{:>9}{:>8}{:>8}{:>7}{:>8}",
        pack.code,
        pack.language.english,
        isolated(&pack.language.name),
        pack.dates.entries.len(),
        pack.offices.forms.len(),
        pack.events.entries.len(),
        pack.names.len(),
        lines.bylines.len(),
        lines.asides.len()
    )
}

/// Prints what was measured of each language, as `languages/quality.tsv` has it.
fn quality(knowledge: &Knowledge) -> anyhow::Result<()> {
    let mut figures: Vec<&str> = Vec::new();
    let mut languages: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut days: BTreeSet<&str> = BTreeSet::new();
    for (_, columns) in rows(knowledge.source().file("languages/quality.tsv").unwrap_or_default()) {
        let [code, figure, value, count, on, day, ..] = columns[..] else { continue };
        let known = languages.entry(code).or_default();
        if on == "samples" {
            known.insert("articles", count);
        }
        known.insert(figure, value);
        days.insert(day);
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    let Some(last) = days.last() else { return Ok(()) };
    let wide = |figure: &str| figure.len().max(6) + 2;
    figures.insert(figures.len().min(1), "articles");
    let head: String = figures.iter().map(|figure| format!("{figure:>width$}", width = wide(figure))).collect();
    say!(
        "\nmeasured (last on {last}; shares that are right: data/languages/quality.tsv says of what)\n{:<8}{head}",
        "code"
    );
    for (code, known) in &languages {
        let told = |figure: &&str| {
            let value = known.get(figure).copied().unwrap_or("-");
            format!("{value:>width$}", width = wide(figure))
        };
        say!("{code:<8}{}", figures.iter().map(told).collect::<String>());
    }
    Ok(())
}

/// A name between marks that keep a right-to-left word from turning the line around.
fn isolated(name: &str) -> String {
    let rtl = name.chars().any(|c| matches!(u32::from(c), 0x590..0x8FF | 0xFB1D..0xFEFD));
    if rtl { format!("\u{2068}{name}\u{2069}") } else { name.to_owned() }
}

/// Writes all data files into a folder that has none of them yet.
fn dump(knowledge: &Knowledge, folder: &std::path::Path) -> anyhow::Result<bool> {
    let paths: Vec<String> = knowledge.source().paths().into_iter().map(str::to_owned).collect();
    if let Some(there) = paths.iter().map(|p| folder.join(p)).find(|p| p.exists()) {
        anyhow::bail!("{} is there already; give a folder that holds no data", there.display());
    }
    for path in &paths {
        let file = folder.join(path);
        let parent = file.parent().expect("a data file stands in a folder");
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        let text = knowledge.source().file(path).expect("the path was just listed");
        fs::write(&file, text.as_bytes()).with_context(|| file.display().to_string())?;
    }
    say!("{} files written to {}", paths.len(), folder.display());
    Ok(true)
}
