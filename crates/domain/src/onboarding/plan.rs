//! From what a router holds to what a step has to send.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::call::Call;
use super::step::Step;
use super::{certificate, firewall, services, users};
use crate::network::Attributes;

/// What a router is to be. Printing it shows no passwords.
#[derive(Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its identity, and its name in the inventory.
    pub name: String,
    /// The addresses or networks that may manage it, with commas between them.
    pub server: String,
    pub password: String,
    pub rescue_password: String,
    pub backup_password: String,
}

impl fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Plan").field("name", &self.name).field("server", &self.server).finish_non_exhaustive()
    }
}

/// What was read: the rows of each menu.
#[derive(Clone, Debug, Default)]
pub struct Held(BTreeMap<String, Vec<Attributes>>);

static NOTHING: LazyLock<Attributes> = LazyLock::new(Attributes::default);

impl Held {
    pub fn put(&mut self, menu: &str, rows: Vec<Attributes>) {
        self.0.insert(menu.to_owned(), rows);
    }

    pub fn rows(&self, menu: &str) -> &[Attributes] {
        self.0.get(menu).map_or(&[], Vec::as_slice)
    }

    /// The row of a menu that has only one.
    pub fn only(&self, menu: &str) -> &Attributes {
        self.rows(menu).first().unwrap_or(&NOTHING)
    }

    pub fn named(&self, menu: &str, name: &str) -> Option<&Attributes> {
        self.rows(menu).iter().find(|row| row.get("name") == name)
    }
}

/// The files of before the first change.
const BACKUP: &str = "ramal-before";

impl Step {
    /// What has to be read for it.
    pub fn reading(self) -> Vec<Call> {
        match self {
            Self::Read => vec![Call::print("/system/resource", "version,board-name")],
            Self::Backup => vec![Call::print("/file", "name")],
            Self::Users => users::read(),
            Self::Admin => vec![users::read_users()],
            Self::Certificate => certificate::read(),
            Self::Services => vec![services::read()],
            Self::Identity => vec![Call::print("/system/identity", "name")],
            Self::Firewall => vec![firewall::read()],
            Self::Register => Vec::new(),
        }
    }

    /// What is to be sent, in this order; nothing when the router holds what it should.
    pub fn calls(self, plan: &Plan, held: &Held) -> Vec<Call> {
        match self {
            Self::Read | Self::Register => Vec::new(),
            Self::Backup => backup(plan, held),
            Self::Users => users::calls(plan, held),
            Self::Admin => users::disable_admin(held),
            Self::Certificate => certificate::calls(plan, held),
            Self::Services => services::calls(held),
            Self::Identity => {
                let is_right = held.only("/system/identity").get("name") == plan.name;
                let set = || Call::new("/system/identity/set").with("name", &plan.name);
                (!is_right).then(set).into_iter().collect()
            }
            Self::Firewall => {
                let calls = firewall::calls(plan, held).into_iter();
                calls.chain(firewall::leftovers(plan, held)).collect()
            }
        }
    }

    /// Whether a mistake in it could lock us out, so that it is done in safe mode where there is one.
    pub fn wants_safe_mode(self) -> bool {
        self == Self::Firewall
    }
}

/// What is there is not written again: it would no longer be what was before.
fn backup(plan: &Plan, held: &Held) -> Vec<Call> {
    let is_there = |name: String| held.rows("/file").iter().any(|file| file.get("name").ends_with(&name));
    let mut calls = Vec::new();
    if !is_there(format!("{BACKUP}.backup")) {
        let save = Call::new("/system/backup/save").with("name", BACKUP).with("password", &plan.backup_password);
        calls.push(save.with("encryption", "aes-sha256"));
    }
    if !is_there(format!("{BACKUP}.rsc")) {
        calls.push(Call::new("/export").with("file", BACKUP));
    }
    calls
}
