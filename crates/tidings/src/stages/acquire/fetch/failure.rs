//! Why an address was not fetched.

use std::fmt;

use jiff::Timestamp;

use super::client::Silence;
use super::guard::Refusal;

/// Why an address was not fetched, and what to do.
///
/// ```
/// use tidings::stages::acquire::fetch::Failure;
/// assert_eq!(Failure::Gone.to_string(), "it is gone for good (410); take it off the list");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The guard does not let it pass, or a place that it leads to.
    Guarded(Refusal),
    /// The site's robots.txt closes it to robots.
    Robots,
    /// The site's robots.txt could not be had, which stands for a closed site until it can.
    NoRobots(String),
    /// There will never again be anything.
    Gone,
    /// There is nothing, for now; when that was seen.
    Missing(Timestamp),
    /// The site wants to be asked again after this time.
    Later(Timestamp),
    /// The server answered with this status.
    Status(u16),
    /// It leads somewhere else, again and again.
    Redirects(String),
    /// What is there is nothing that is read.
    Unreadable(String),
    /// No answer came in time.
    Late,
    /// The connection, or the answer, was no good.
    Connection(String),
    /// The run was ended before.
    Stopped,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guarded(Refusal::Address(why)) => write!(f, "{why}; correct the address"),
            Self::Guarded(Refusal::Network(why)) => write!(f, "{why}; allow its network if you mean it"),
            Self::Guarded(Refusal::Unknown(why)) => write!(f, "{why}; check the name, or try again later"),
            Self::Robots => f.write_str("the site's robots.txt closes it to robots; ask the site for its feeds"),
            Self::NoRobots(why) => write!(f, "the site's robots.txt cannot be had ({why}); try again later"),
            Self::Gone => f.write_str("it is gone for good (410); take it off the list"),
            Self::Missing(at) => {
                write!(f, "it was not found (404) at {}; it is asked for again a day after", minute(*at))
            }
            Self::Later(until) => write!(f, "the site asks not to be asked before {}; try again then", minute(*until)),
            Self::Status(status @ (401 | 402 | 403 | 451)) => {
                write!(f, "the site does not show it to us ({status}); read it in a browser and save it")
            }
            Self::Status(status) => write!(f, "the server answers {status}; try again later"),
            Self::Redirects(why) => write!(f, "{why}; look where it leads in a browser"),
            Self::Unreadable(why) => write!(f, "{why}; what is read is HTML, text, feeds, XML and JSON"),
            Self::Late => f.write_str("no whole answer came in time; try again later, or allow more time"),
            Self::Connection(why) => write!(f, "{why}; try again later"),
            Self::Stopped => f.write_str("the run was ended before; run it again"),
        }
    }
}

fn minute(at: Timestamp) -> impl fmt::Display {
    at.strftime("%Y-%m-%dT%H:%MZ")
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Guarded(refusal)
    }
}

impl From<Silence> for Failure {
    fn from(silence: Silence) -> Self {
        match silence {
            Silence::Late => Self::Late,
            Silence::Unreadable(why) => Self::Unreadable(why),
            Silence::Bad(why) | Silence::Lost(why) => Self::Connection(why),
        }
    }
}
