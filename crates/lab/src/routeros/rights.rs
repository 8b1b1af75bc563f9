//! What a user of the router may do, and from where.

use std::net::{IpAddr, Ipv4Addr};

use routeros::Trap;

use super::answers;
use super::commands::reads;
use super::made::text;
use super::schema::split;
use super::world::World;

/// Everything that a group can be allowed, in the order in which routers print it.
const POLICIES: [&str; 17] = [
    "local",
    "telnet",
    "ssh",
    "ftp",
    "reboot",
    "read",
    "write",
    "policy",
    "test",
    "winbox",
    "password",
    "web",
    "sniff",
    "sensitive",
    "api",
    "romon",
    "rest-api",
];

/// `read,write` becomes the whole list, with `!` before what is not in it.
pub(crate) fn printed(policy: &str) -> String {
    let given: Vec<&str> = policy.split(',').map(str::trim).collect();
    let shown = POLICIES.map(|name| if given.contains(&name) { name.to_owned() } else { format!("!{name}") });
    shown.join(",")
}

/// Whether the user's group allows it.
pub(crate) fn has(world: &World, user: &[u8], policy: &str) -> bool {
    let group = world.row("/user", "name", user).map(|row| text(row, "group")).unwrap_or_default();
    let policies = world.row("/user/group", "name", group.as_bytes()).map(|row| text(row, "policy"));
    policies.is_some_and(|policies| policies.split(',').any(|own| own == policy))
}

/// Reading, writing, fetching into a file, and what concerns users, are rights of their own.
pub(crate) fn may(world: &World, user: &[u8], path: &str) -> Result<(), Trap> {
    let (menu, verb) = split(path).unwrap_or_default();
    let needed: &[&str] = match () {
        () if path == "/tool/fetch" => &["test", "ftp"],
        () if reads(verb) => &["read"],
        () if menu == "/user" || menu.starts_with("/user/") => &["policy"],
        () => &["write"],
    };
    if needed.iter().all(|policy| has(world, user, policy)) { Ok(()) } else { Err(answers::not_permitted()) }
}

/// Somebody else must be left who may do everything.
pub(crate) fn leave_an_administrator(world: &mut World, but: u64) -> Result<(), Trap> {
    let own_name = world.table("/user").get(but).map(|row| text(row, "name")).unwrap_or_default();
    let users: Vec<(String, bool)> =
        world.table("/user").rows().map(|row| (text(row, "name"), text(row, "disabled") == "true")).collect();
    let administers = |(name, disabled): &(String, bool)| !disabled && has(world, name.as_bytes(), "policy");
    let was_one = users.iter().any(|user| user.0 == own_name && administers(user));
    let another = users.iter().any(|user| user.0 != own_name && administers(user));
    if was_one && !another { Err(answers::last_administrator()) } else { Ok(()) }
}

/// Whether a list of networks, such as `10.0.0.0/24,192.0.2.7`, has the address. The empty list has all.
pub(crate) fn admits(networks: &str, peer: IpAddr) -> bool {
    networks.is_empty() || networks.split(',').any(|network| holds(network.trim(), peer))
}

fn holds(network: &str, peer: IpAddr) -> bool {
    let (address, length) = network.split_once('/').unwrap_or((network, "32"));
    let (Ok(address), Ok(length), IpAddr::V4(peer)) = (address.parse::<Ipv4Addr>(), length.parse::<u32>(), peer) else {
        return address.parse::<IpAddr>().is_ok_and(|address| address == peer);
    };
    let mask = u32::MAX.checked_shl(32_u32.saturating_sub(length)).unwrap_or(0);
    (u32::from(address) & mask) == (u32::from(peer) & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_networks_admits_who_is_in_one_of_them() {
        let peer = IpAddr::from([10, 0, 0, 9]);
        assert!(admits("", peer));
        assert!(admits("192.0.2.1,10.0.0.0/24", peer));
        assert!(admits("10.0.0.9", peer));
        assert!(admits("0.0.0.0/0", peer));
        assert!(!admits("10.0.0.8/32", peer));
        assert!(!admits("10.0.1.0/24", peer));
    }
}
