//! One request over the network and what comes back: no redirects, no cookies, no proxy, no names.
//!
//! The client is ureq: it blocks, lets the guard say which sockets it connects to, and builds in 26 packages with a C
//! compiler, where reqwest (0.13, whose asynchronous core would run behind a blocking face) takes 98 and `CMake`.

use std::fmt::Write;
use std::io;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::tls::TlsConfig;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, http};
use url::Url;

use super::decode::{self, Trouble};
use super::guard::Sockets;

/// The longest body that is taken, after unpacking, in bytes.
pub const LONGEST: usize = 15 << 20;

/// What pages and feeds are asked for in.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
                      application/feed+json, application/xml;q=0.9, text/*;q=0.8, application/json;q=0.8";

/// Asks servers.
pub(super) struct Client {
    agent: Agent,
}

/// What a server answered.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names in lower case with their values, in the order of their coming; bytes beyond ASCII as Latin-1.
    pub(super) headers: Vec<(String, String)>,
    body: Body,
}

/// Why no answer came.
#[derive(Debug)]
pub(super) enum Silence {
    /// Not in time.
    Late,
    /// What was said cannot be understood or trusted, and asking again will not help.
    Bad(String),
    /// The answer is nothing that is read.
    Unreadable(String),
    /// The connection failed.
    Lost(String),
}

impl Client {
    /// A client that connects to `sockets` alone and calls itself `name`.
    pub(super) fn new(sockets: Sockets, name: &str) -> Self {
        let config = Config::builder()
            .user_agent(name)
            .accept(ACCEPT)
            .accept_encoding(decode::ACCEPTED)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .max_idle_connections_per_host(1)
            .max_response_header_size(1 << 16)
            .tls_config(TlsConfig::builder().build())
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), Vetted(sockets)) }
    }

    /// Asks for an address that the guard has let pass, with the given headers besides the usual ones.
    ///
    /// # Errors
    ///
    /// Where no answer came within `time`, which also bounds the reading of the body.
    pub(super) fn ask(&self, url: &Url, headers: &[(&str, String)], time: Duration) -> Result<Answer, Silence> {
        let mut request = self.agent.get(target(url)).config().timeout_global(Some(time)).build();
        for (name, value) in headers {
            request = request.header(*name, http::HeaderValue::from_bytes(&bytes(value)).map_err(bad)?);
        }
        let response = request.call().map_err(Silence::from)?;
        let (parts, body) = response.into_parts();
        Ok(Answer { status: parts.status.as_u16(), headers: texts(&parts.headers), body })
    }
}

impl Answer {
    /// The first value of a header, its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where a redirect leads. Addresses are ASCII; servers that write others mean UTF-8.
    pub(super) fn location(&self) -> Option<String> {
        let value = self.header("location")?;
        Some(String::from_utf8(bytes(value)).unwrap_or_else(|_| value.to_owned()))
    }

    /// The unpacked body.
    ///
    /// # Errors
    ///
    /// Where it has more than `limit` bytes, does not come in time, or is damaged.
    pub(super) fn body(&mut self, limit: usize) -> Result<Vec<u8>, Silence> {
        let packings: Vec<&str> = self
            .headers
            .iter()
            .filter(|(name, _)| name == "content-encoding")
            .map(|(_, value)| value.as_str())
            .collect();
        decode::body(self.body.as_reader(), &packings.join(","), limit).map_err(|trouble| match trouble {
            Trouble::Long => Silence::Unreadable(format!("it is longer than {} KiB", limit >> 10)),
            Trouble::Packing(name) => Silence::Unreadable(format!("it is packed as {name}, which was not asked for")),
            Trouble::Broken(error) => match Silence::from(ureq::Error::from(error)) {
                Silence::Lost(why) => Silence::Lost(format!("the answer broke off or is damaged: {why}")),
                silence => silence,
            },
        })
    }
}

/// An address as a request line holds it. Browsers' rules leave some characters bare that HTTP does not know.
fn target(url: &Url) -> String {
    let mut target = String::with_capacity(url.as_str().len());
    for byte in url.as_str().bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            target.push(char::from(byte));
        } else {
            let _ = write!(target, "%{byte:02X}");
        }
    }
    target
}

/// A value as it is kept, to the bytes that came.
fn bytes(value: &str) -> Vec<u8> {
    value.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

fn bad(error: impl std::fmt::Display) -> Silence {
    Silence::Bad(error.to_string())
}

impl From<ureq::Error> for Silence {
    fn from(error: ureq::Error) -> Self {
        use ureq::Error as E;
        match error {
            E::Timeout(_) => Self::Late,
            E::Io(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => Self::Late,
            // An untrusted certificate comes as an error of input and output.
            E::Io(error) if error.kind() == io::ErrorKind::InvalidData => bad(error),
            E::Io(error) => Self::Lost(error.to_string()),
            E::HostNotFound | E::ConnectionFailed => Self::Lost("no connection".to_owned()),
            E::Protocol(error) => Self::Lost(error.to_string()),
            error => bad(error),
        }
    }
}

/// Gives the connector the sockets that the guard let pass, and no others.
#[derive(Clone)]
struct Vetted(Sockets);

impl std::fmt::Debug for Vetted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vetted")
    }
}

impl Resolver for Vetted {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let url = Url::parse(&uri.to_string()).map_err(|_| ureq::Error::HostNotFound)?;
        let place = super::guard::place(&url).ok_or(ureq::Error::HostNotFound)?;
        let sockets = self.0.of(&place).ok_or(ureq::Error::HostNotFound)?;
        let mut resolved = self.empty();
        let most = 16;
        sockets.into_iter().take(most).for_each(|socket| resolved.push(socket));
        Ok(resolved)
    }
}
