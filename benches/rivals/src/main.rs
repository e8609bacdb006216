//! Ours and its rivals over the same pages: pages a second, figures of the scorer, memory.
//!
//! `cargo run --release --manifest-path benches/rivals/Cargo.toml -- --help` says what it can be told.

mod pages;
mod score;
mod table;
mod tools;

use std::path::{Path, PathBuf};
use std::time::Duration;

use cpu_time::ThreadTime;

use pages::Sample;
use tools::{Read, Tool, tools};

const HELP: &str =
    "Measures Tidings and its rivals over the pages of ../shared/bench/reading, in one process and on one thread.

  --rounds N    rounds over all pages, after one that is not timed (default 5)
  --set NAME    articles or segments alone
  --only WORD   tools whose name holds WORD alone
  --dump DIR    writes SET-TOOL.jsonl: id, title and text that each tool gave, as the scorer takes them
";

struct Options {
    rounds: usize,
    set: Option<String>,
    only: String,
    dump: Option<PathBuf>,
}

fn main() {
    let Some(options) = options() else { return };
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench");
    let mut shown = false;
    for set in ["articles", "segments"] {
        let gold = bench.join("reading").join(format!("{set}.jsonl.gz"));
        if options.set.as_deref().is_some_and(|asked| asked != set) || !gold.is_file() {
            continue;
        }
        match pages::read(&gold) {
            Ok(sample) => measure(set, &gold, &sample, &bench, &options),
            Err(error) => println!("{}: {error}", gold.display()),
        }
        shown = true;
    }
    if !shown {
        println!(
            "no pages to measure on: ../shared/bench/reading stands beside the repository only where it is developed"
        );
    }
}

fn options() -> Option<Options> {
    let mut options = Options { rounds: 5, set: None, only: String::new(), dump: None };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given.next();
        match (name.as_str(), value) {
            ("--rounds", Some(value)) => options.rounds = value.parse().unwrap_or(5).max(1),
            ("--set", Some(value)) => options.set = Some(value),
            ("--only", Some(value)) => options.only = value,
            ("--dump", Some(value)) => options.dump = Some(value.into()),
            _ => {
                print!("{HELP}");
                return None;
            }
        }
    }
    Some(options)
}

/// What was found out of one tool on one set.
struct Measured {
    name: &'static str,
    /// CPU time of the thread over all pages, a value a round.
    rounds: Vec<Duration>,
    /// The most memory held while reading one page, as a multiple of its size: of any page, of the largest.
    memory: (f64, f64),
    /// What the scorer says, for a tool that gives text.
    score: Option<String>,
}

fn measure(set: &str, gold: &Path, sample: &[Sample], bench: &Path, options: &Options) {
    let tools: Vec<Tool> = tools().into_iter().filter(|tool| tool.name.contains(&options.only)).collect();
    let mut measured: Vec<Measured> =
        tools.iter().map(|tool| first_round(tool, set, gold, sample, bench, options)).collect();
    // Rounds are interleaved, and begin with another tool each: whatever else the machine does falls on all alike.
    for round in 0..options.rounds {
        for turn in 0..tools.len() {
            let at = (round + turn) % tools.len();
            let start = ThreadTime::now();
            for page in sample {
                std::hint::black_box((tools[at].read)(std::hint::black_box(page)));
            }
            measured[at].rounds.push(start.elapsed());
        }
    }
    table::print(set, sample, &mut measured);
}

/// Reads every page once, so that tables are read and caches warm, and takes the texts and the memory.
fn first_round(tool: &Tool, set: &str, gold: &Path, sample: &[Sample], bench: &Path, options: &Options) -> Measured {
    let read: Vec<Option<Read>> = sample.iter().map(|page| (tool.read)(page)).collect();
    let mut memory = (0.0f64, 0.0);
    let largest = sample.iter().map(|page| page.html.len()).max().unwrap_or(0);
    for page in sample {
        let counted = allocation_counter::measure(|| drop((tool.read)(page)));
        let times = counted.bytes_max as f64 / page.html.len().max(1) as f64;
        memory.0 = memory.0.max(times);
        if page.html.len() == largest {
            memory.1 = times;
        }
    }
    let score = tool.gives_text.then(|| {
        let lines = score::lines(sample, &read);
        if let Some(folder) = &options.dump {
            let file = folder.join(format!("{set}-{}.jsonl", tool.name));
            let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, &lines));
            written.unwrap_or_else(|error| println!("{}: {error}", file.display()));
        }
        score::score(set, gold, bench, &lines).unwrap_or_else(|error| format!("no score: {error}"))
    });
    Measured { name: tool.name, rounds: Vec::new(), memory, score }
}
