//! Networks and prefixes, checked when they are made. Single addresses are the standard library's.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A network of version 4 that addresses can be given out of: `10.8.0.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(Ipv4Net);

/// What a customer gets of version 6: `2001:db8:0:7::/64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ipv6Prefix(Ipv6Net);

#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("not a network: {0}")]
pub struct NotANetwork(pub String);

impl Network {
    /// The lengths that can be managed address by address.
    pub const LENGTHS: std::ops::RangeInclusive<u8> = 16..=30;

    /// Whether it can be given to somebody: neither the network's own address nor the one that all hear.
    pub fn gives(self, address: Ipv4Addr) -> bool {
        self.0.contains(&address) && address != self.0.network() && address != self.0.broadcast()
    }

    /// So many can be given out.
    pub fn size(self) -> u32 {
        2_u32.pow(u32::from(32 - self.0.prefix_len())) - 2
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let network: Option<Ipv4Net> = text.trim().parse().ok();
        let whole = |network: &Ipv4Net| network.addr() == network.network();
        let network = network.filter(|network| Self::LENGTHS.contains(&network.prefix_len()) && whole(network));
        network.map(Self).ok_or_else(|| NotANetwork(text.to_owned()))
    }
}

impl FromStr for Ipv6Prefix {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let prefix: Option<Ipv6Net> = text.trim().parse().ok();
        let usable = |prefix: &Ipv6Net| (32..=64).contains(&prefix.prefix_len()) && prefix.addr() == prefix.network();
        prefix.filter(usable).map(Self).ok_or_else(|| NotANetwork(text.to_owned()))
    }
}

/// As text, also in JSON.
macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotANetwork;

            fn try_from(text: String) -> Result<Self, NotANetwork> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    )*};
}

as_text!(Network, Ipv6Prefix);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_gives_all_but_its_first_and_last_address() {
        let network: Network = "10.8.0.0/30".parse().unwrap();
        let given: Vec<bool> = (0..5).map(|last| network.gives(Ipv4Addr::new(10, 8, 0, last))).collect();
        assert_eq!(given, [false, true, true, false, false]);
        assert_eq!(network.size(), 2);
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.8.0.0", "10.8.0.1/24", "10.0.0.0/8", "10.8.0.0/31", "2001:db8::/64"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
        for text in ["", "2001:db8::1/64", "2001:db8::/65", "2001::/16", "10.8.0.0/24"] {
            assert!(text.parse::<Ipv6Prefix>().is_err(), "{text}");
        }
        let prefix: Ipv6Prefix = "2001:DB8:0:7:0::/64".parse().unwrap();
        assert_eq!(prefix.to_string(), "2001:db8:0:7::/64");
    }
}
