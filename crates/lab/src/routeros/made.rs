//! What a router makes by itself for a session or a lease, and takes away with it.

use super::table::Attributes;
use super::world::World;

/// Stands in the rows that were made: whose they are. Never printed.
pub(crate) const OWNER: &str = ".owner";

pub(crate) fn owner(menu: &str, id: &str) -> String {
    format!("{menu} {id}")
}

/// Puts an address into lists, separated by commas.
pub(crate) fn enlist(world: &mut World, lists: &str, address: &str, owner: &str) {
    for list in lists.split(',').filter(|list| !list.is_empty()) {
        let entry = [("list", list), ("address", address), ("dynamic", "true"), (OWNER, owner)];
        make(world, "/ip/firewall/address-list", &entry);
    }
}

/// Makes a queue. A rate limit is `rx/tx` and maybe more, of which only the first part is kept.
pub(crate) fn limit(world: &mut World, rate: &str, name: &str, target: &str, owner: &str) {
    if let Some(limit) = rate.split_whitespace().next() {
        let queue = [("name", name), ("target", target), ("max-limit", limit), ("dynamic", "true"), (OWNER, owner)];
        make(world, "/queue/simple", &queue);
    }
}

/// Gives the `.id`. An entry that exists already (two sessions of one user) serves both, and gives the empty text.
pub(crate) fn make(world: &mut World, menu: &str, row: &[(&str, &str)]) -> String {
    let row = row.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    world.add(menu, row.collect(), None).map(|id| format!("*{id:X}")).unwrap_or_default()
}

pub(crate) fn unmake(world: &mut World, owner: &str) {
    for menu in ["/ip/firewall/address-list", "/queue/simple"] {
        while let Some(id) = world.table(menu).with(OWNER, owner.as_bytes()) {
            world.remove(menu, id);
        }
    }
}

/// A value, or nothing as the empty text.
pub(crate) fn text(row: &Attributes, name: &str) -> String {
    row.get(name).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}
