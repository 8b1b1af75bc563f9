//! From what was read to what is wanted. Any beginning of it is safe: nobody is let in longer than before, and a session
//! ends before the row by which it could be found again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::menu::HotspotMenu;
use super::reading::Reading;
use super::rows::{NO_MAC, Owner, Row, Wanted};
use super::wanted::HotspotWanted;
use crate::contact::Mac;
use crate::network::{Attributes, Because};

/// One change of a router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    Add {
        menu: HotspotMenu,
        attributes: Attributes,
    },
    Set {
        menu: HotspotMenu,
        id: String,
        attributes: Attributes,
        unset: Vec<String>,
    },
    Remove {
        menu: HotspotMenu,
        id: String,
    },
    /// Every session and cookie of the user, or those of one device, looked up when it is done: one may have begun
    /// after the router was read.
    EndSessions {
        user: String,
        mac: Option<Mac>,
    },
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Profiles, which accounts refer to.
    pub first: Vec<Action>,
    /// Accounts: each one's changes in order, the accounts side by side.
    pub accounts: Vec<Vec<Action>>,
    /// Garden and bindings, and profiles that nobody refers to any more.
    pub last: Vec<Action>,
    /// What cannot be done, and keeps nothing else from being done.
    pub problems: Vec<Because>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn len(&self) -> usize {
        self.first.len() + self.last.len() + self.accounts.iter().map(Vec::len).sum::<usize>()
    }

    /// Everything, one after the other.
    pub fn all(&self) -> impl Iterator<Item = &Action> {
        self.first.iter().chain(self.accounts.iter().flatten()).chain(&self.last)
    }
}

/// What brings the hotspot from what was read to what is wanted; empty when it is so. Only our own rows are touched.
pub fn diff(wanted: &HotspotWanted, reading: &Reading) -> Plan {
    let mut plan = Plan::default();
    profiles(wanted, reading, &mut plan);
    accounts(wanted, reading, &mut plan);
    for (menu, rows) in [
        (HotspotMenu::Garden, wanted.garden_rows().filter(|row| row.menu == HotspotMenu::Garden).collect::<Vec<_>>()),
        (HotspotMenu::GardenIp, wanted.garden_rows().filter(|row| row.menu == HotspotMenu::GardenIp).collect()),
        (HotspotMenu::Binding, wanted.binding_rows().collect()),
    ] {
        plain_rows(menu, &rows, reading, &mut plan);
    }
    unused_profiles(wanted, reading, &mut plan);
    plan
}

fn profiles(wanted: &HotspotWanted, reading: &Reading, plan: &mut Plan) {
    let present: HashMap<Owner, &Row> = own(reading, HotspotMenu::UserProfile).collect();
    for row in wanted.profile_rows() {
        match present.get(&row.owner) {
            None => plan.first.push(add(&row)),
            Some(read) => {
                let differing = row.differing(read);
                if !differing.is_empty() {
                    let unset = |name: &str, value: &str| value.is_empty() && name == "session-timeout";
                    plan.first.push(Action::Set {
                        menu: row.menu,
                        id: read.id.clone(),
                        attributes: differing.filtered(|name, value| !unset(name, value)),
                        unset: differing.filtered(unset).iter().map(|(name, _)| name.to_owned()).collect(),
                    });
                }
            }
        }
    }
}

fn accounts(wanted: &HotspotWanted, reading: &Reading, plan: &mut Plan) {
    let mut present: BTreeMap<Owner, Vec<&Row>> = BTreeMap::new();
    for (owner, row) in own(reading, HotspotMenu::User) {
        present.entry(owner).or_default().push(row);
    }
    let foreign: BTreeSet<&str> =
        reading.of(HotspotMenu::User).filter(|row| row.tag().is_none()).map(|row| row.attributes.get("name")).collect();
    let mut live: BTreeMap<String, Vec<Mac>> = BTreeMap::new();
    for session in reading.sessions() {
        live.entry(session.user).or_default().extend(session.mac);
    }
    let kept: BTreeSet<&Owner> = wanted.accounts.iter().map(|account| &account.owner).collect();
    let mut names_to_go = BTreeSet::new();
    for (_, rows) in present.iter().filter(|(owner, _)| !kept.contains(owner)) {
        for row in rows {
            names_to_go.insert(row.attributes.get("name").to_owned());
            plan.accounts.push(leave(row));
        }
    }
    for row in wanted.account_rows() {
        let name = row.attributes.get("name");
        if foreign.contains(name) {
            let path = HotspotMenu::User.path().to_owned();
            plan.problems.push(Because::ForeignInHotspot { path, name: name.to_owned() });
            continue;
        }
        let own = present.get(&row.owner).map_or(&[][..], Vec::as_slice);
        let changes = account(&row, own, live.get(name).map(Vec::as_slice));
        if !changes.is_empty() {
            plan.accounts.push(changes);
        }
    }
    for name in wanted.over.iter().filter(|name| live.contains_key(*name) && !names_to_go.contains(*name)) {
        plan.accounts.push(vec![Action::EndSessions { user: name.clone(), mac: None }]);
    }
    let ending = wanted.ending.iter().filter(|(user, _)| live.contains_key(user));
    plan.accounts.extend(ending.map(|(user, mac)| vec![Action::EndSessions { user: user.clone(), mac: mac.clone() }]));
}

/// A session runs by what its account was when it began: it ends when more than a limit changes. `live`: the devices of
/// its sessions, if it has any; those that it is not for any more have to go.
fn account(row: &Wanted, own: &[&Row], live: Option<&[Mac]>) -> Vec<Action> {
    let Some((first, doubles)) = own.split_first() else { return vec![add(row)] };
    let user = || first.attributes.get("name").to_owned();
    let differing = row.differing(first);
    let ends_sessions = ["name", "password", "profile", "server"].iter().any(|name| differing.has(name));
    let mut changes = Vec::new();
    if !differing.is_empty() || first.tag().is_none_or(|tag| tag.hash != row.tag().hash) {
        let mut attributes = differing;
        attributes.set("comment", row.tag().to_string());
        changes.push(Action::Set { menu: row.menu, id: first.id.clone(), attributes, unset: Vec::new() });
    }
    if ends_sessions && live.is_some() {
        changes.push(Action::EndSessions { user: user(), mac: None });
    } else if row.attributes.get("mac-address") != NO_MAC {
        let only = row.attributes.get("mac-address");
        let others = live.into_iter().flatten().filter(|mac| mac.as_str() != only);
        changes.extend(others.map(|mac| Action::EndSessions { user: user(), mac: Some(mac.clone()) }));
    }
    changes.extend(doubles.iter().map(|row| Action::Remove { menu: row.menu, id: row.id.clone() }));
    changes
}

/// Nobody new comes in, who is in goes, and then the row.
fn leave(row: &Row) -> Vec<Action> {
    let user = row.attributes.get("name").to_owned();
    let mut actions = Vec::new();
    if !row.attributes.flag("disabled") {
        let attributes = Attributes::from_iter([("disabled", "yes")]);
        actions.push(Action::Set { menu: row.menu, id: row.id.clone(), attributes, unset: Vec::new() });
    }
    actions.push(Action::EndSessions { user, mac: None });
    actions.push(Action::Remove { menu: row.menu, id: row.id.clone() });
    actions
}

fn plain_rows(menu: HotspotMenu, wanted: &[Wanted], reading: &Reading, plan: &mut Plan) {
    let mut present: BTreeMap<Owner, Vec<&Row>> = BTreeMap::new();
    for (owner, row) in own(reading, menu) {
        present.entry(owner).or_default().push(row);
    }
    for row in wanted {
        let mut own = present.remove(&row.owner).unwrap_or_default().into_iter();
        match own.next() {
            None => plan.last.push(add(row)),
            Some(read) => {
                let mut attributes = row.differing(read);
                if !attributes.is_empty() || read.tag().is_none_or(|tag| tag.hash != row.tag().hash) {
                    attributes.set("comment", row.tag().to_string());
                    plan.last.push(Action::Set { menu, id: read.id.clone(), attributes, unset: Vec::new() });
                }
            }
        }
        plan.last.extend(own.map(|row| Action::Remove { menu, id: row.id.clone() }));
    }
    let left = present.into_values().flatten();
    plan.last.extend(left.map(|row| Action::Remove { menu, id: row.id.clone() }));
}

/// Where somebody else's users still refer to one of ours, it stays.
fn unused_profiles(wanted: &HotspotWanted, reading: &Reading, plan: &mut Plan) {
    let kept: BTreeSet<Owner> = wanted.profile_rows().map(|row| row.owner).collect();
    let foreign: BTreeSet<&str> = reading
        .of(HotspotMenu::User)
        .filter(|row| row.tag().is_none())
        .map(|row| row.attributes.get("profile"))
        .collect();
    let unused = own(reading, HotspotMenu::UserProfile)
        .filter(|(owner, row)| !kept.contains(owner) && !foreign.contains(row.attributes.get("name")));
    plan.last.extend(unused.map(|(_, row)| Action::Remove { menu: row.menu, id: row.id.clone() }));
}

fn own(reading: &Reading, menu: HotspotMenu) -> impl Iterator<Item = (Owner, &Row)> {
    reading.of(menu).filter_map(|row| Some((row.tag()?.owner, row)))
}

fn add(row: &Wanted) -> Action {
    let mut attributes = row.attributes.filtered(|_, value| !value.is_empty());
    if row.menu != HotspotMenu::UserProfile {
        attributes.set("comment", row.tag().to_string());
    }
    Action::Add { menu: row.menu, attributes }
}
