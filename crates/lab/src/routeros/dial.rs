//! Customers' equipment that dials in.

use thiserror::Error;

use super::made::{enlist, limit, make, owner, text};
use super::world::World;

pub(crate) const ACTIVE: &str = "/ppp/active";

/// Why a router lets nobody in.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DialRefused {
    #[error("there is no such secret")]
    NoSecret,
    #[error("the secret is disabled")]
    Disabled,
    #[error("the password is wrong")]
    WrongPassword,
    #[error("the lease blocks access")]
    Blocked,
}

/// Starts a session as the secret and its profile say, and gives the `.id` of its row in `/ppp/active`. As on a real
/// router it lives on when the secret changes, and its list entry and queue live as long as it does.
pub(crate) fn dial(world: &mut World, user: &str, password: &str) -> Result<String, DialRefused> {
    let secret = world.row("/ppp/secret", "name", user.as_bytes()).cloned();
    let secret = secret.ok_or(DialRefused::NoSecret)?;
    if text(&secret, "disabled") == "true" {
        return Err(DialRefused::Disabled);
    }
    if text(&secret, "password") != password {
        return Err(DialRefused::WrongPassword);
    }
    let profile = world.row("/ppp/profile", "name", text(&secret, "profile").as_bytes());
    let profile = profile.cloned().unwrap_or_default();
    world.dialled += 1;
    let address = match text(&secret, "remote-address") {
        fixed if fixed.is_empty() => pooled_address(world),
        fixed => fixed,
    };
    let session = format!("0x81{:06x}", world.dialled);
    let active = [
        ("name", user),
        ("service", "pppoe"),
        ("caller-id", "02:00:00:00:00:01"),
        ("address", &address),
        ("uptime", "1s"),
        ("encoding", ""),
        ("session-id", &session),
        ("radius", "false"),
    ];
    let id = make(world, ACTIVE, &active);
    let (owner, interface) = (owner(ACTIVE, &id), format!("<pppoe-{user}>"));
    enlist(world, &text(&profile, "address-list"), &address, &owner);
    limit(world, &text(&profile, "rate-limit"), &interface, &interface, &owner);
    Ok(id)
}

/// The next one of a pool that no secret has for itself and no session is using.
fn pooled_address(world: &World) -> String {
    let free = |address: &String| {
        world.row("/ppp/secret", "remote-address", address.as_bytes()).is_none()
            && world.row(ACTIVE, "address", address.as_bytes()).is_none()
    };
    let mut pool = (world.dialled..).map(|number| {
        let [_, _, high, low] = number.to_be_bytes();
        format!("100.64.{high}.{low}")
    });
    pool.find(free).unwrap_or_default()
}
