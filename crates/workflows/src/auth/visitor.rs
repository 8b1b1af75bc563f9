//! Where a request comes from.

use std::net::{IpAddr, Ipv6Addr};

/// The network address and the browser of whoever asks, signed in or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub address: IpAddr,
    /// What the browser says it is: shown to its owner, trusted by nobody.
    pub user_agent: String,
}

impl Visitor {
    /// What rate limits count as one place: an IPv4 address, or the IPv6 network that one subscriber gets.
    pub(crate) fn place(&self) -> String {
        match self.address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_one_subscriber_are_one_place() {
        let place = |address: &str| Visitor { address: address.parse().unwrap(), user_agent: String::new() }.place();
        assert_eq!(place("2001:db8:1:2::3"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::3"), place("2001:db8:1:3::3"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
    }
}
