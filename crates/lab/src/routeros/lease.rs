//! Customers' equipment that asks for an address.

use routeros::Trap;

use super::dial::DialRefused;
use super::made::{enlist, limit, owner, text, unmake};
use super::table::Attributes;
use super::world::World;

pub(crate) const LEASES: &str = "/ip/dhcp-server/lease";

/// Binds the equipment's lease, or a new dynamic one to the address. Gives the `.id`.
pub(crate) fn bind(world: &mut World, mac: &str, address: &str) -> Result<String, DialRefused> {
    let mac = mac.to_ascii_uppercase();
    let known = world.row(LEASES, "mac-address", mac.as_bytes()).cloned().unwrap_or_default();
    if text(&known, "disabled") == "true" {
        return Err(DialRefused::Disabled);
    }
    if text(&known, "block-access") == "true" {
        return Err(DialRefused::Blocked);
    }
    let fixed = text(&known, "address");
    // 0.0.0.0 is RouterOS' own way to say: from the pool.
    let address = if fixed.is_empty() || fixed == "0.0.0.0" { address } else { &fixed };
    let bound = [("status", "bound"), ("active-address", address), ("active-mac-address", &mac), ("last-seen", "0s")];
    let mut bound: Attributes = bound.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let id = match world.table(LEASES).with("mac-address", mac.as_bytes()) {
        Some(id) => id,
        None => {
            let new = [("mac-address", mac.as_str()), ("address", address), ("dynamic", "true")];
            bound.extend(new.map(|(name, value)| (name.into(), value.into())));
            return added(world.add(LEASES, bound, None));
        }
    };
    added(world.set(LEASES, id, bound).map(|()| id))
}

/// Every rule that could refuse the row was asked before.
fn added(id: Result<u64, Trap>) -> Result<String, DialRefused> {
    id.map(|id| format!("*{id:X}")).map_err(|_| DialRefused::Blocked)
}

/// List entries and the queue of a bound lease follow it at once when it changes.
pub(crate) fn follow(world: &mut World, id: u64) {
    let Some(lease) = world.table(LEASES).get(id).filter(|lease| text(lease, "status") == "bound").cloned() else {
        return;
    };
    let owner = owner(LEASES, &text(&lease, ".id"));
    unmake(world, &owner);
    if text(&lease, "disabled") != "true" && text(&lease, "block-access") != "true" {
        let address = text(&lease, "active-address");
        enlist(world, &text(&lease, "address-lists"), &address, &owner);
        let name = format!("dhcp<{}>", text(&lease, "mac-address"));
        limit(world, &text(&lease, "rate-limit"), &name, &address, &owner);
    }
}
