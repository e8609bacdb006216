//! Holds our tree against html5ever's on pages: `cargo run --release -p tidings --example html_oracle -- FILES...`.
//!
//! Prints the share of pages whose visible text, block by block, is the same in both, where they differ, and how many
//! pages a second each parser reads on one core. `--speed` leaves out the comparing.

#[path = "../tests/common/oracle.rs"]
mod oracle;

use std::hint::black_box;
use std::time::Instant;

use tidings::html::Tree;
use tidings::language::charset;
use tidings::stages::acquire::{Given, Input, acquire};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let speed_only = arguments.iter().any(|argument| argument == "--speed");
    for file in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let pages: Vec<(String, String)> = acquire([file.into()], Given::default())
            .filter_map(|input| match input {
                Ok(Input::Page(page)) => Some((
                    page.id.clone(),
                    charset::decode(&page.bytes, page.charset.as_deref(), None).text.into_owned(),
                )),
                _ => None,
            })
            .collect();
        let bytes: usize = pages.iter().map(|(_, html)| html.len()).sum();
        let mut best = f64::MAX;
        for _ in 0..5 {
            let start = Instant::now();
            pages.iter().for_each(|(_, html)| {
                black_box(Tree::parse(html));
            });
            best = best.min(start.elapsed().as_secs_f64());
        }
        let nodes: usize = pages.iter().map(|(_, html)| Tree::parse(html).len()).sum();
        let count = pages.len() as f64;
        println!("{file}: {count} pages, {bytes} bytes, {nodes} nodes, ours {:.0} pages/s", count / best);
        if speed_only {
            continue;
        }
        let start = Instant::now();
        pages.iter().for_each(|(_, html)| {
            black_box(dom_query::Document::from(html.as_str()));
        });
        println!("{file}: html5ever's {:.0} pages/s", count / start.elapsed().as_secs_f64());
        let mut same = 0;
        for (id, html) in &pages {
            let (ours, theirs) = (oracle::ours(&Tree::parse(html)), oracle::theirs(html));
            if ours == theirs {
                same += 1;
                continue;
            }
            let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
            let line = |lines: &[String]| lines.get(at).map(|line| line.chars().take(150).collect::<String>());
            println!("  {id}: block {at}\n    ours   {:?}\n    theirs {:?}", line(&ours), line(&theirs));
        }
        println!("{file}: {same} of {count} pages are the same");
    }
}
