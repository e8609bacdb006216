//! What may be asked of the network: which addresses, and which machines behind them.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use url::{Host, Url};

use super::networks::{Network, objection};

/// The longest address that is asked for, in bytes.
const LONGEST: usize = 4096;

/// The ports on which web pages are served. A page could otherwise send us to speak HTTP to a mail server.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Why an address is not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The address itself is not one that is fetched: how it is written, its scheme, its port.
    Address(String),
    /// It leads to a machine that is not on the public internet.
    Network(String),
    /// Nobody knows the host's name, for now.
    Unknown(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(why) | Self::Network(why) | Self::Unknown(why) => f.write_str(why),
        }
    }
}

/// Who knows the internet addresses of a host's name.
pub trait Resolve: Send + Sync {
    /// All addresses of a host.
    ///
    /// # Errors
    ///
    /// What went wrong, in words, where there is none.
    fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, String>;
}

/// The names that the system knows, within a time.
pub struct System(pub Duration);

impl Resolve for System {
    fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        let (send, receive) = mpsc::channel();
        let host = host.to_owned();
        // The system's call cannot be called off; a thread that waits for it in vain is left behind.
        thread::spawn(move || send.send((host.as_str(), 0).to_socket_addrs().map(|all| all.map(|a| a.ip()).collect())));
        match receive.recv_timeout(self.0) {
            Ok(Ok(addresses)) => Ok(addresses),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("no answer in time".to_owned()),
        }
    }
}

/// Names with addresses of their own; another resolver knows the rest.
pub struct Pinned {
    /// Lower-case names and where they are.
    pub hosts: BTreeMap<String, Vec<IpAddr>>,
    /// Who is asked for other names.
    pub others: Box<dyn Resolve>,
}

impl Resolve for Pinned {
    fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        self.hosts.get(host).map_or_else(|| self.others.resolve(host), |addresses| Ok(addresses.clone()))
    }
}

/// Host and port of an address.
pub(super) type Place = (String, u16);

/// The hosts that were looked up, with all their addresses where those pass.
type Hosts = Arc<Mutex<BTreeMap<String, Result<Vec<IpAddr>, Refusal>>>>;

/// Lets pass what leads to the public internet, and what the user allows besides.
///
/// A host is resolved once a run, however it is written; every address that it has must pass, and connections go to
/// those that passed: a name that later means another machine does not change anything.
pub struct Guard {
    allowed: Vec<Network>,
    resolver: Box<dyn Resolve>,
    hosts: Hosts,
}

impl Guard {
    /// A guard that lets pass, besides the public internet, the `allowed` networks, there on any port.
    pub fn new(allowed: Vec<Network>, resolver: Box<dyn Resolve>) -> Self {
        Self { allowed, resolver, hosts: Arc::default() }
    }

    /// An address in the one form in which it is asked for, without its fragment.
    ///
    /// # Errors
    ///
    /// Where it is no web address, or holds a user's name or password.
    pub fn read(text: &str) -> Result<Url, Refusal> {
        let refuse = |why: &str| Err(Refusal::Address(why.to_owned()));
        let text = text.trim();
        if text.len() > LONGEST {
            return refuse("the address is longer than 4,096 bytes");
        }
        let mut url = match Url::parse(text) {
            Ok(url) => url,
            Err(error) => return refuse(&format!("no address: {error}")),
        };
        if !matches!(url.scheme(), "http" | "https") {
            return refuse(&format!("only http and https are fetched, and not {}", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("an address with a name or password before the host is not fetched");
        }
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return refuse("no address: empty host");
        };
        // A name with a dot at its end is the same host.
        if let Some(bare) = host.strip_suffix('.').map(str::to_owned)
            && url.set_host(Some(&bare)).is_err()
        {
            return refuse("no address: empty host");
        }
        url.set_fragment(None);
        Ok(url)
    }

    /// The sockets that an address may be asked at.
    ///
    /// # Errors
    ///
    /// Where one of the host's addresses is not public and not allowed, or the port is none of the web's.
    pub fn admit(&self, url: &Url) -> Result<Vec<SocketAddr>, Refusal> {
        let Some((host, port)) = place(url) else { return Err(Refusal::Address("no address: empty host".to_owned())) };
        let known = self.hosts.lock().expect("no panic while locked").get(&host).cloned();
        let addresses = known.unwrap_or_else(|| {
            let verdict = self.vet(url);
            // Where two ask at once, the first answer stands for both.
            self.hosts.lock().expect("no panic while locked").entry(host).or_insert(verdict).clone()
        })?;
        let own = addresses.iter().all(|address| self.allowed.iter().any(|network| network.contains(*address)));
        if !own && !PORTS.contains(&port) {
            return Err(Refusal::Address(format!("port {port} is none of {PORTS:?}")));
        }
        Ok(addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }

    fn vet(&self, url: &Url) -> Result<Vec<IpAddr>, Refusal> {
        let addresses = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            Some(Host::Domain(name)) => self
                .resolver
                .resolve(name)
                .map_err(|why| Refusal::Unknown(format!("the host {name} is not known: {why}")))?,
            None => Vec::new(),
        };
        if addresses.is_empty() {
            return Err(Refusal::Unknown("the host has no address".to_owned()));
        }
        for address in &addresses {
            if let Some(why) = objection(*address, &self.allowed) {
                return Err(Refusal::Network(format!("{address} is not on the public internet ({why})")));
            }
        }
        Ok(addresses)
    }

    /// The sockets of what passed, for the connector.
    pub(super) fn sockets(&self) -> Sockets {
        Sockets(Arc::clone(&self.hosts))
    }
}

/// What a guard let pass.
#[derive(Clone)]
pub(super) struct Sockets(Hosts);

impl Sockets {
    /// The sockets of a host that passed, at a port.
    pub(super) fn of(&self, (host, port): &Place) -> Option<Vec<SocketAddr>> {
        let addresses = self.0.lock().expect("no panic while locked").get(host)?.clone().ok()?;
        Some(addresses.into_iter().map(|address| SocketAddr::new(address, *port)).collect())
    }
}

/// Host and port of an address.
pub(super) fn place(url: &Url) -> Option<Place> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}
