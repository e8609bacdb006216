//! Runs a pack's examples and tests: `cargo run --example check -- vi [--data data]`.

use std::{path::Path, process::ExitCode};

use tidings::{Knowledge, check};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = arguments.iter().position(|a| a == "--data").map_or("data", |at| arguments[at + 1].as_str());
    let knowledge = Knowledge::with_folder(data.into()).expect("the data folder can be read");
    let mut failed = false;
    for code in arguments.iter().take_while(|a| *a != "--data") {
        let tests = Path::new(data).join("languages").join(code).join("tests");
        let outcomes = check::examples(code, &knowledge).and_then(|mut o| {
            Ok({
                o.extend(check::cases(code, &tests, &knowledge)?);
                o
            })
        });
        match outcomes {
            Ok(outcomes) => {
                let faults: Vec<_> = outcomes.iter().filter(|o| o.fault.is_some() && !o.known_gap).collect();
                for fault in &faults {
                    println!("{code}/{fault}");
                }
                let mended = outcomes.iter().filter(|o| o.fault.is_none() && o.known_gap).count();
                let gaps = outcomes.iter().filter(|o| o.fault.is_some() && o.known_gap).count();
                println!(
                    "{code}: {} hold, {} fail, {gaps} known gaps, {mended} known gaps that hold now",
                    outcomes.len() - faults.len() - gaps,
                    faults.len()
                );
                failed |= !faults.is_empty();
            }
            Err(error) => {
                println!("{error}");
                failed = true;
            }
        }
    }
    ExitCode::from(u8::from(failed))
}
