//! Customers' equipment that dials in.

use thiserror::Error;

use super::answers;
use super::table::Attributes;
use super::world::World;

/// Why a router lets nobody in.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DialRefused {
    #[error("there is no such secret")]
    NoSecret,
    #[error("the secret is disabled")]
    Disabled,
    #[error("the password is wrong")]
    WrongPassword,
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
        fixed if fixed.is_empty() => pooled_address(world.dialled),
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
    let id = make(world, "/ppp/active", &active);
    list_address(world, &profile, &address, &id);
    limit_rate(world, &profile, user, &id);
    Ok(id)
}

fn pooled_address(number: u32) -> String {
    let [_, _, high, low] = number.to_be_bytes();
    format!("100.64.{high}.{low}")
}

fn list_address(world: &mut World, profile: &Attributes, address: &str, session: &str) {
    let list = text(profile, "address-list");
    if !list.is_empty() {
        let entry = [("list", list.as_str()), ("address", address), ("dynamic", "true"), (".session", session)];
        make(world, "/ip/firewall/address-list", &entry);
    }
}

fn limit_rate(world: &mut World, profile: &Attributes, user: &str, session: &str) {
    let rate = text(profile, "rate-limit");
    if let Some(limit) = rate.split_whitespace().next() {
        let name = format!("<pppoe-{user}>");
        let queue = [
            ("name", name.as_str()),
            ("target", name.as_str()),
            ("max-limit", limit),
            ("dynamic", "true"),
            (".session", session),
        ];
        make(world, "/queue/simple", &queue);
    }
}

/// An entry that exists already (two sessions of one user) serves both.
fn make(world: &mut World, menu: &str, row: &[(&str, &str)]) -> String {
    let row = row.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    world.add(menu, row.collect(), None).map(|id| format!("*{id:X}")).unwrap_or_default()
}

fn text(row: &Attributes, name: &str) -> String {
    row.get(name).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}

/// Whether the password opens the router to a user of `/user`.
pub(crate) fn may_log_in(world: &World, user: &[u8], proves: impl FnOnce(&[u8]) -> bool) -> Result<(), routeros::Trap> {
    let row = world.row("/user", "name", user).filter(|row| text(row, "disabled") != "true");
    let password = row.map(|row| row.get("password").cloned().unwrap_or_default());
    match password {
        Some(password) if proves(&password) => Ok(()),
        _ => Err(answers::bad_login()),
    }
}
