//! What may be told of how addresses are fetched, and how a run is ended from outside.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use signal_hook::consts::SIGINT;
use signal_hook::flag;
use tidings::stages::acquire::fetch::{Failure, Network, Refusal, Settings};

/// How addresses are fetched.
#[derive(clap::Args, Default)]
pub struct Access {
    /// A network that is read besides the public internet, there on any port (127.0.0.0/8)
    #[arg(long, value_name = "NETWORK")]
    allow_net: Vec<Network>,
    /// Where a site can reach you, told to servers: mail or web [env: `TIDINGS_CONTACT`]
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// Seconds between two requests to a host
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    delay: Duration,
    /// Seconds that the answers of one address may take
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    timeout: Duration,
    /// Take a host to be at an internet address, as in news.example=192.0.2.7
    #[arg(long, value_name = "HOST=ADDRESS", value_parser = host)]
    resolve: Vec<(String, IpAddr)>,
}

impl Access {
    /// What the options and the environment say.
    pub fn settings(self) -> Settings {
        let mut settings = Settings {
            allowed: self.allow_net,
            contact: self.contact.or_else(contact),
            delay: self.delay,
            time: self.timeout,
            ..Settings::default()
        };
        for (host, address) in self.resolve {
            settings.hosts.entry(host).or_default().push(address);
        }
        settings
    }
}

/// Where a site can reach the user, as the environment says.
fn contact() -> Option<String> {
    std::env::var("TIDINGS_CONTACT").ok().filter(|contact| !contact.trim().is_empty())
}

fn seconds(given: &str) -> Result<Duration, String> {
    let seconds = given.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    // More than a day is a slip.
    seconds.filter(|time| time.as_secs() < 86_400).ok_or_else(|| "write seconds, as in 2 or 0.5".to_owned())
}

fn host(given: &str) -> Result<(String, IpAddr), String> {
    let wrong = || "write it as news.example=192.0.2.7".to_owned();
    let (host, address) = given.split_once('=').ok_or_else(wrong)?;
    Ok((host.to_ascii_lowercase(), address.parse().map_err(|_| wrong())?))
}

/// Why an address was not fetched, with the option that helps.
pub fn told(failure: &Failure) -> String {
    let option = match failure {
        Failure::Guarded(Refusal::Network(_)) => " (--allow-net)",
        Failure::Late => " (--timeout)",
        _ => "",
    };
    format!("{failure}{option}")
}

/// Ends a run cleanly at the first interrupt, and at once at the second.
pub fn end_at_interrupt(stop: &Arc<AtomicBool>) -> anyhow::Result<()> {
    flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(stop))?;
    flag::register(SIGINT, Arc::clone(stop))?;
    Ok(())
}
