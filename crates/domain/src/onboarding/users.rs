//! Who may do what at the router.

use std::collections::BTreeSet;

use super::call::Call;
use super::plan::{Held, Plan};
use crate::network::Attributes;

/// The factory's user.
pub const ADMIN: &str = "admin";
/// Ours: it reads and writes over the API, fetches the login page of a hotspot, and nothing else.
pub const USER: &str = "ramal";
/// For people, when Ramal is not there: somebody must be left who may do everything.
pub const RESCUE: &str = "ramal-rescue";
const GROUP: &str = "ramal";
/// The least that Ramal works with: no users, no reboots. Without `test` and `ftp` nothing is fetched into a file.
const POLICY: [&str; 5] = ["api", "read", "write", "test", "ftp"];
const COMMENT: &str = "ramal:onboarding";

pub(super) fn read() -> Vec<Call> {
    vec![Call::print("/user/group", ".id,name,policy"), read_users()]
}

pub(super) fn read_users() -> Call {
    Call::print("/user", ".id,name,group,address,disabled")
}

pub(super) fn calls(plan: &Plan, held: &Held) -> Vec<Call> {
    let users = [(USER, GROUP, &plan.password), (RESCUE, "full", &plan.rescue_password)];
    let users = users.into_iter().filter_map(|(name, group, password)| user(plan, held, name, group, password));
    group(held).into_iter().chain(users).collect()
}

fn group(held: &Held) -> Option<Call> {
    let policy = POLICY.join(",");
    match held.named("/user/group", GROUP) {
        None => Some(Call::new("/user/group/add").with("name", GROUP).with("policy", policy)),
        Some(group) if allowed(group) != BTreeSet::from(POLICY) => {
            Some(Call::set("/user/group", group).with("policy", policy))
        }
        Some(_) => None,
    }
}

/// Routers print all policies, with `!` before those that the group has not.
fn allowed(group: &Attributes) -> BTreeSet<&str> {
    group.get("policy").split(',').filter(|policy| !policy.is_empty() && !policy.starts_with('!')).collect()
}

/// The password is set when the user is made, and cannot be read: that it is right is proven by logging in.
fn user(plan: &Plan, held: &Held, name: &str, group: &str, password: &str) -> Option<Call> {
    let Some(user) = held.named("/user", name) else {
        let user = Call::new("/user/add").with("name", name).with("group", group).with("password", password);
        return Some(user.with("address", &plan.server).with("comment", COMMENT));
    };
    let is_right =
        user.get("group") == group && same_networks(user.get("address"), &plan.server) && !user.flag("disabled");
    (!is_right)
        .then(|| Call::set("/user", user).with("group", group).with("address", &plan.server).with("disabled", "no"))
}

/// For a user that is there and does not let us in with the password that we know.
pub fn set_password(held: &Held, name: &str, password: &str) -> Option<Call> {
    held.named("/user", name).map(|user| Call::set("/user", user).with("password", password))
}

pub(super) fn disable_admin(held: &Held) -> Vec<Call> {
    let admin = held.named("/user", ADMIN).filter(|admin| !admin.flag("disabled"));
    admin.map(|admin| Call::set("/user", admin).with("disabled", "yes")).into_iter().collect()
}

/// Routers print a single address with its length, some versions without.
pub(super) fn same_networks(read: &str, wanted: &str) -> bool {
    let networks = |text: &str| -> BTreeSet<String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| part.strip_suffix("/32").unwrap_or(part).to_owned()).collect()
    };
    networks(read) == networks(wanted)
}
