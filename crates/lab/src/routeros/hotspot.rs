//! Devices of a hotspot's guests, that sign in.

use thiserror::Error;

use super::made::{make, text};
use super::table::Attributes;
use super::world::World;

const ACTIVE: &str = "/ip/hotspot/active";
const COOKIES: &str = "/ip/hotspot/cookie";
const HOSTS: &str = "/ip/hotspot/host";
const USERS: &str = "/ip/hotspot/user";

/// Why a hotspot lets somebody not in.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SignInRefused {
    #[error("invalid username or password")]
    NoUser,
    #[error("the user is disabled")]
    Disabled,
    #[error("another device")]
    WrongDevice,
    #[error("no more sessions are allowed for the user")]
    TooManyDevices,
    #[error("the uptime limit is reached")]
    TimeUsed,
    #[error("the traffic limit is reached")]
    DataUsed,
    #[error("the device is blocked")]
    Blocked,
}

/// A device signs in, and gets a session and, where the profile says so, a cookie by which it comes back.
pub(crate) fn sign_in(world: &mut World, user: &str, password: &str, mac: &str) -> Result<String, SignInRefused> {
    let mac = mac.to_ascii_uppercase();
    let binding = world.row("/ip/hotspot/ip-binding", "mac-address", mac.as_bytes()).cloned().unwrap_or_default();
    if text(&binding, "type") == "blocked" && text(&binding, "disabled") != "true" {
        return Err(SignInRefused::Blocked);
    }
    let account = world.row(USERS, "name", user.as_bytes()).cloned().ok_or(SignInRefused::NoUser)?;
    allowed(&account, password, &mac)?;
    let profile = world.row("/ip/hotspot/user/profile", "name", text(&account, "profile").as_bytes());
    let profile = profile.cloned().unwrap_or_default();
    let shared: usize = text(&profile, "shared-users").parse().unwrap_or(1);
    let live = world.table(ACTIVE).rows().filter(|row| text(row, "user") == user).count();
    if live >= shared {
        return Err(SignInRefused::TooManyDevices);
    }
    world.dialled += 1;
    let address = format!("10.5.50.{}", world.dialled % 250 + 2);
    let session =
        [("user", user), ("address", &address), ("mac-address", &mac), ("login-by", "http-pap"), ("uptime", "0s")];
    let counters = [("bytes-in", "0"), ("bytes-out", "0"), ("radius", "false")];
    let id = make(world, ACTIVE, &[session.as_slice(), counters.as_slice()].concat());
    let host = [("mac-address", mac.as_str()), ("address", &address), ("authorized", "true"), ("bypassed", "false")];
    make(world, HOSTS, &host);
    if text(&profile, "add-mac-cookie") == "true" {
        make(world, COOKIES, &[("user", user), ("mac-address", &mac), ("mac-cookie", "true")]);
    }
    Ok(id)
}

fn allowed(account: &Attributes, password: &str, mac: &str) -> Result<(), SignInRefused> {
    if text(account, "disabled") == "true" {
        return Err(SignInRefused::Disabled);
    }
    if text(account, "password") != password {
        return Err(SignInRefused::NoUser);
    }
    let own = text(account, "mac-address");
    if !own.is_empty() && own != "00:00:00:00:00:00" && own != mac {
        return Err(SignInRefused::WrongDevice);
    }
    let number = |name: &str| text(account, name).trim_end_matches('s').parse::<u64>().unwrap_or_default();
    let (time, data) = (number("limit-uptime"), number("limit-bytes-total"));
    if time > 0 && number("uptime") >= time {
        return Err(SignInRefused::TimeUsed);
    }
    if data > 0 && number("bytes-in") + number("bytes-out") >= data {
        return Err(SignInRefused::DataUsed);
    }
    Ok(())
}

/// A device that knows a cookie comes back by itself, without anybody typing anything.
pub(crate) fn come_back(world: &mut World, mac: &str) -> Result<String, SignInRefused> {
    let cookie = world.row(COOKIES, "mac-address", mac.to_ascii_uppercase().as_bytes()).cloned();
    let user = text(&cookie.ok_or(SignInRefused::NoUser)?, "user");
    let account = world.row(USERS, "name", user.as_bytes()).cloned().ok_or(SignInRefused::NoUser)?;
    sign_in(world, &user, &text(&account, "password"), mac)
}

/// Everybody who is in stays so much longer and fetches so much. As on a real router, users have their counters, and who
/// has used up a limit is put out.
pub(crate) fn pass(world: &mut World, seconds: u64, bytes: u64) {
    let sessions: Vec<Attributes> = world.table(ACTIVE).rows().cloned().collect();
    for session in sessions {
        let user = text(&session, "user");
        count(world, ACTIVE, &text(&session, ".id"), seconds, bytes);
        let Some(account) = world.row(USERS, "name", user.as_bytes()).cloned() else { continue };
        count(world, USERS, &text(&account, ".id"), seconds, bytes);
        let account = world.row(USERS, "name", user.as_bytes()).cloned().unwrap_or_default();
        let over = allowed(&account, &text(&account, "password"), &text(&session, "mac-address"));
        if matches!(over, Err(SignInRefused::TimeUsed | SignInRefused::DataUsed)) {
            remove(world, &text(&session, ".id"));
        }
    }
}

fn count(world: &mut World, menu: &str, id: &str, seconds: u64, bytes: u64) {
    let Ok(id) = world.table(menu).find(id) else { return };
    let Some(row) = world.table(menu).get(id).cloned() else { return };
    let number = |name: &str| text(&row, name).trim_end_matches('s').parse::<u64>().unwrap_or_default();
    let counted = [
        ("uptime".to_owned(), format!("{}s", number("uptime") + seconds).into_bytes()),
        ("bytes-out".to_owned(), (number("bytes-out") + bytes).to_string().into_bytes()),
    ];
    let set = world.set(menu, id, counted.into());
    debug_assert!(set.is_ok(), "{set:?}");
}

fn remove(world: &mut World, id: &str) {
    if let Ok(id) = world.table(ACTIVE).find(id) {
        world.remove(ACTIVE, id);
    }
}
