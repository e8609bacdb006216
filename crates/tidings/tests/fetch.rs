//! What may be fetched: each address of `tests/fetch/addresses.tsv`, and names whose answers change.

use std::net::IpAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, sync::Arc};

use tidings::stages::acquire::fetch::{Guard, Network, Refusal, Resolve};

/// Knows one answer for every name, or none.
struct Known(Option<Vec<IpAddr>>);

impl Resolve for Known {
    fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, String> {
        self.0.clone().ok_or_else(|| "not found".to_owned())
    }
}

/// Reads and admits an address.
fn pass(guard: &Guard, address: &str) -> Result<Vec<String>, Refusal> {
    let url = Guard::read(address)?;
    Ok(guard.admit(&url)?.iter().map(ToString::to_string).collect())
}

#[test]
fn addresses_get_their_verdicts() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fetch/addresses.tsv");
    let table = fs::read_to_string(table).expect("the table is there");
    let (mut cases, mut faults) = (0, Vec::new());
    for (number, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let [address, answers, allowed, verdict] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("line {} has not four fields", number + 1)
        };
        cases += 1;
        let list = |field: &'static str, text: &str| match text {
            "-" => None,
            text => Some(text.split(',').filter(|a| !a.is_empty()).map(str::to_owned).collect::<Vec<_>>())
                .inspect(|list| assert!(!list.is_empty() || text.is_empty(), "{field}")),
        };
        let answers = list("answers", answers).map(|all| all.iter().map(|a| a.parse().expect(a)).collect());
        let allowed: Vec<Network> =
            list("allowed", allowed).unwrap_or_default().iter().map(|a| a.parse().expect(a)).collect();
        let guard = Guard::new(allowed, Box::new(Known(answers)));
        let said = pass(&guard, address).map_or_else(|refusal| refusal.to_string(), |_| "read".to_owned());
        if !said.contains(verdict) || (verdict == "read") != (said == "read") {
            faults.push(format!("line {}: {address:?}: wanted `{verdict}`, got `{said}`", number + 1));
        }
    }
    assert!(faults.is_empty(), "{} of {cases}:\n{}", faults.len(), faults.join("\n"));
    assert!(cases >= 120, "only {cases} cases");
}

/// Answers with a public address at first, and with loopback from then on.
struct Turning(Arc<AtomicUsize>);

impl Resolve for Turning {
    fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, String> {
        let first = self.0.fetch_add(1, Ordering::Relaxed) == 0;
        Ok(vec![if first { [93, 184, 215, 14] } else { [127, 0, 0, 1] }.into()])
    }
}

#[test]
fn a_name_is_asked_for_once_and_what_it_means_later_does_not_matter() {
    let asked = Arc::default();
    let guard = Guard::new(Vec::new(), Box::new(Turning(Arc::clone(&asked))));
    for address in ["http://turning.example/a", "http://turning.example/b?c", "https://TURNING.example./"] {
        let socket = if address.starts_with("https") { "93.184.215.14:443" } else { "93.184.215.14:80" };
        assert_eq!(pass(&guard, address).unwrap(), [socket], "{address}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    let later = Guard::new(Vec::new(), Box::new(Turning(asked)));
    assert!(pass(&later, "http://turning.example/a").is_err_and(|refusal| refusal.to_string().contains("loopback")));
}

#[test]
fn a_network_is_written_without_slips() {
    for wrong in ["", "x", "10.0.0.0/33", "10.0.0.1/8", "::1/129", "fd00::1/8", "10.0.0.0/", "10.0.0.0/-1", "10/8"] {
        assert!(wrong.parse::<Network>().is_err_and(|error| error.is_config()), "{wrong}");
    }
}
