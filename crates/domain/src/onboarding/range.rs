//! The addresses that somebody asked to look at.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// A scan is for a rack or a site, not for a network.
pub const MOST_ADDRESSES: u32 = 1024;

/// A range of IPv4 addresses, all of them private or all of them of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    first: u32,
    length: u8,
}

/// Why a range is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeProblem {
    #[error("not a range of IPv4 addresses, such as 192.168.88.0/28")]
    NotARange,
    #[error("more than {MOST_ADDRESSES} addresses")]
    TooLarge,
    #[error("not private addresses")]
    NotPrivate,
}

impl Range {
    /// The addresses that a router can have: in a network, all but the first and the last.
    pub fn hosts(self) -> impl Iterator<Item = Ipv4Addr> {
        let size = self.size();
        let edge = u32::from(size > 2);
        (edge..size - edge).map(move |offset| Ipv4Addr::from(self.first + offset))
    }

    /// On this machine only: where simulated routers are.
    pub fn is_loopback(self) -> bool {
        Ipv4Addr::from(self.first).is_loopback()
    }

    fn size(self) -> u32 {
        1 << (32 - u32::from(self.length))
    }

    fn last(self) -> u32 {
        self.first + (self.size() - 1)
    }
}

impl FromStr for Range {
    type Err = RangeProblem;

    /// `192.168.88.0/28`, or one address. What stands after the network's part is refused: it is a slip.
    fn from_str(text: &str) -> Result<Self, RangeProblem> {
        let (address, length) = text.trim().split_once('/').unwrap_or((text.trim(), "32"));
        let address: Ipv4Addr = address.parse().map_err(|_| RangeProblem::NotARange)?;
        let length: u8 = length.parse().map_err(|_| RangeProblem::NotARange)?;
        if length > 32 {
            return Err(RangeProblem::NotARange);
        }
        if u64::from(MOST_ADDRESSES) < 1 << (32 - u64::from(length)) {
            return Err(RangeProblem::TooLarge);
        }
        let range = Self { first: u32::from(address), length };
        if !range.first.is_multiple_of(range.size()) {
            return Err(RangeProblem::NotARange);
        }
        let all = |is: fn(&Ipv4Addr) -> bool| is(&address) && is(&Ipv4Addr::from(range.last()));
        let private = all(Ipv4Addr::is_private) || all(Ipv4Addr::is_loopback);
        if private { Ok(range) } else { Err(RangeProblem::NotPrivate) }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", Ipv4Addr::from(self.first), self.length)
    }
}
