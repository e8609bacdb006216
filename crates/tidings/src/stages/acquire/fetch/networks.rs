//! Which internet addresses are public, and why the others are not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::Error;

/// A range of internet addresses, written `127.0.0.0/8`, `fd00::/8` or as one address.
///
/// ```
/// use tidings::stages::acquire::fetch::Network;
/// let network: Network = "10.1.0.0/16".parse().unwrap();
/// assert!(network.contains("10.1.2.3".parse().unwrap()));
/// assert!(!network.contains("10.2.0.0".parse().unwrap()));
/// assert!("10.1.2.3/16".parse::<Network>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    /// How many leading bits all addresses share.
    prefix: u32,
}

impl Network {
    const fn v4(first: [u8; 4], prefix: u32) -> Self {
        Self { first: IpAddr::V4(Ipv4Addr::new(first[0], first[1], first[2], first[3])), prefix }
    }

    /// By the first four groups; no range of ours needs more.
    const fn v6(first: [u16; 4], prefix: u32) -> Self {
        let [a, b, c, d] = first;
        Self { first: IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)), prefix }
    }

    /// Whether an address lies in it. An IPv4 range holds no IPv6 form of an address.
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                (first.to_bits() ^ address.to_bits()).checked_shr(32 - self.prefix).unwrap_or(0) == 0
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                (first.to_bits() ^ address.to_bits()).checked_shr(128 - self.prefix).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::config(format!("`{text}` is no network")).advice("write it as 127.0.0.0/8 or fd00::/8");
        let (first, prefix) = text.split_once('/').map_or((text, None), |(first, prefix)| (first, Some(prefix)));
        let first: IpAddr = first.parse().map_err(|_| wrong())?;
        let (bits, longest) = match first {
            IpAddr::V4(first) => (u128::from(first.to_bits()) << 96, 32),
            IpAddr::V6(first) => (first.to_bits(), 128),
        };
        let prefix = prefix.map_or(Ok(longest), |prefix| prefix.parse().map_err(|_| wrong()))?;
        if prefix > longest {
            return Err(wrong());
        }
        // A slip in the prefix would open more than was meant.
        if bits.checked_shl(prefix).unwrap_or(0) != 0 {
            let error = Error::config(format!("`{text}` has bits after its prefix"));
            return Err(error.advice("write the first address of the network, or a longer prefix"));
        }
        Ok(Self { first, prefix })
    }
}

/// IPv4 ranges that are not the public internet, after IANA's special-purpose registry; the narrower first.
const V4: [(Network, &str); 17] = [
    (Network::v4([0, 0, 0, 0], 32), "unspecified"),
    (Network::v4([0, 0, 0, 0], 8), "this network"),
    (Network::v4([10, 0, 0, 0], 8), "private"),
    (Network::v4([100, 64, 0, 0], 10), "shared by a carrier"),
    (Network::v4([127, 0, 0, 0], 8), "loopback"),
    (Network::v4([169, 254, 0, 0], 16), "link-local"),
    (Network::v4([172, 16, 0, 0], 12), "private"),
    (Network::v4([192, 0, 0, 0], 24), "for protocols"),
    (Network::v4([192, 0, 2, 0], 24), "documentation"),
    (Network::v4([192, 88, 99, 0], 24), "6to4 relay"),
    (Network::v4([192, 168, 0, 0], 16), "private"),
    (Network::v4([198, 18, 0, 0], 15), "benchmarking"),
    (Network::v4([198, 51, 100, 0], 24), "documentation"),
    (Network::v4([203, 0, 113, 0], 24), "documentation"),
    (Network::v4([224, 0, 0, 0], 4), "multicast"),
    (Network::v4([255, 255, 255, 255], 32), "broadcast"),
    (Network::v4([240, 0, 0, 0], 4), "reserved"),
];

/// The same for IPv6. Of what is not named here, only `2000::/3` has been given out.
const V6: [(Network, &str); 13] = [
    (Network::v6([0x64, 0xff9b, 1, 0], 48), "local NAT64"),
    (Network::v6([0x100, 0, 0, 0], 64), "discard"),
    (Network::v6([0x2001, 2, 0, 0], 48), "benchmarking"),
    (Network::v6([0x2001, 0xdb8, 0, 0], 32), "documentation"),
    (Network::v6([0x2001, 0x10, 0, 0], 28), "no locator"),
    (Network::v6([0x2001, 0x20, 0, 0], 28), "no locator"),
    (Network::v6([0x2001, 0, 0, 0], 23), "for protocols"),
    (Network::v6([0x3fff, 0, 0, 0], 20), "documentation"),
    (Network::v6([0x5f00, 0, 0, 0], 16), "segment routing"),
    (Network::v6([0xfc00, 0, 0, 0], 7), "private"),
    (Network::v6([0xfe80, 0, 0, 0], 10), "link-local"),
    (Network::v6([0xfec0, 0, 0, 0], 10), "site-local"),
    (Network::v6([0xff00, 0, 0, 0], 8), "multicast"),
];

const GIVEN_OUT: Network = Network::v6([0x2000, 0, 0, 0], 3);

/// Why an address is not one of the public internet, unless one of the `allowed` networks holds it. An IPv6 address that
/// stands for an IPv4 address is refused for its form; where the form is allowed, the address inside is judged.
pub(super) fn objection(address: IpAddr, allowed: &[Network]) -> Option<String> {
    let allows = |address| allowed.iter().any(|network| network.contains(address));
    match address {
        IpAddr::V4(v4) if allows(v4.into()) => None,
        IpAddr::V4(_) => V4.iter().find(|(network, _)| network.contains(address)).map(|(_, why)| (*why).to_owned()),
        IpAddr::V6(v6) => {
            if let Some((form, inside)) = inside(v6) {
                let why = objection(inside.into(), allowed);
                return match (allows(address), why) {
                    (true, None) => None,
                    (_, why) => {
                        Some(format!("{form} form of {inside}{}", why.map(|w| format!(", {w}")).unwrap_or_default()))
                    }
                };
            }
            if allows(address) {
                return None;
            }
            let named = match v6 {
                Ipv6Addr::UNSPECIFIED => Some("unspecified"),
                Ipv6Addr::LOCALHOST => Some("loopback"),
                _ => V6.iter().find(|(network, _)| network.contains(address)).map(|(_, why)| *why),
            };
            named.or((!GIVEN_OUT.contains(address)).then_some("reserved")).map(str::to_owned)
        }
    }
}

/// The IPv4 address that an IPv6 address stands for, and in which form.
fn inside(address: Ipv6Addr) -> Option<(&'static str, Ipv4Addr)> {
    let groups = address.segments();
    let at = |group: usize| Ipv4Addr::from_bits(u32::from(groups[group]) << 16 | u32::from(groups[group + 1]));
    match groups {
        [0, 0, 0, 0, 0, 0xffff, ..] => Some(("IPv4-mapped", at(6))),
        [0, 0, 0, 0, 0xffff, 0, ..] => Some(("IPv4-translated", at(6))),
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0, ..] => Some(("IPv4-compatible", at(6))),
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(("NAT64", at(6))),
        // Of a local prefix, the last 32 bits are what most translators use.
        [0x64, 0xff9b, 1, ..] => Some(("local NAT64", at(6))),
        [0x2002, ..] => Some(("6to4", at(1))),
        // Teredo keeps the client's address with all bits turned.
        [0x2001, 0, ..] => Some(("Teredo", Ipv4Addr::from_bits(!at(6).to_bits()))),
        _ => None,
    }
}
