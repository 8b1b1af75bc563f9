//! What was read from a router, and what it means for a customer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::menu::Menu;
use super::rows::{Row, leading};
use super::tag::Owner;
use super::wanted::{Attachment, ServiceWanted};
use super::{ALLOWED_LIST, CUT_LIST, profiles};
use crate::ids::ServiceId;
use crate::service::TechnicalState;

/// The rows that were read, found by name and by owner.
#[derive(Debug, Default)]
pub struct Observed {
    rows: Vec<Row>,
    by_key: HashMap<(Menu, String), Vec<usize>>,
    by_owner: HashMap<(Menu, Owner), Vec<usize>>,
    by_id: HashMap<(Menu, String), usize>,
}

/// What a service was read to be, and where that was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    pub state: TechnicalState,
    pub evidence: Evidence,
}

/// What was seen on the router, without its secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub rows: Vec<ObservedRow>,
    pub sessions: Vec<ObservedSession>,
}

/// Tells whether the rows of two pieces of evidence are the same, where thousands are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceDigest(pub i64);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedRow {
    pub menu: Menu,
    pub attributes: BTreeMap<String, String>,
}

/// A customer's live session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedSession {
    pub user: String,
    pub address: String,
    pub caller: String,
    pub uptime: String,
    /// Its address is in the list of those who are cut.
    pub cut: bool,
}

impl Observed {
    pub fn new(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut observed = Self::default();
        // Other address lists are the operator's own.
        let of_concern =
            |row: &Row| row.menu != Menu::AddressList || [CUT_LIST, ALLOWED_LIST].contains(&row.attributes.get("list"));
        for row in rows.into_iter().filter(of_concern) {
            let position = observed.rows.len();
            observed.by_key.entry(key(row.menu, row.key())).or_default().push(position);
            if let Some(tag) = row.tag() {
                observed.by_owner.entry((row.menu, tag.owner)).or_default().push(position);
            }
            observed.by_id.insert((row.menu, row.id.clone()), position);
            observed.rows.push(row);
        }
        observed
    }

    /// All rows that were read, in the router's order.
    pub fn all(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Rows that carry our tag.
    pub fn tagged(&self) -> usize {
        self.by_owner.values().map(Vec::len).sum()
    }

    /// The row with the router's `.id`.
    pub fn row(&self, menu: Menu, id: &str) -> Option<&Row> {
        self.at(self.by_id.get(&(menu, id.to_owned())).map(std::slice::from_ref)).next()
    }

    /// Whether any secret, ours or not, is in the profile.
    pub(super) fn uses_profile(&self, profile: &str) -> bool {
        self.rows.iter().any(|row| row.menu == Menu::Secret && row.attributes.get("profile") == profile)
    }

    /// The rows of a menu that are known by this name, whoever owns them.
    pub fn named<'a>(&'a self, menu: Menu, name: &str) -> impl Iterator<Item = &'a Row> + use<'a> {
        self.at(self.by_key.get(&key(menu, name)).map(Vec::as_slice))
    }

    /// All rows of a menu, in the router's order.
    pub fn rows(&self, menu: Menu) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.menu == menu)
    }

    /// The rows of a menu that the router itself needs, under this name.
    pub(super) fn base(&self, menu: Menu, name: &str) -> impl Iterator<Item = &Row> + use<'_> {
        self.at(self.by_owner.get(&(menu, Owner::Base(name.to_owned()))).map(Vec::as_slice))
    }

    /// The rows of a menu that carry the service's tag, in the router's order.
    pub fn owned(&self, menu: Menu, service: ServiceId) -> impl Iterator<Item = &Row> + use<'_> {
        self.at(self.by_owner.get(&(menu, Owner::Service(service))).map(Vec::as_slice))
    }

    fn at<'a>(&'a self, positions: Option<&'a [usize]>) -> impl Iterator<Item = &'a Row> {
        positions.into_iter().flatten().filter_map(|position| self.rows.get(*position))
    }

    /// Whether the firewall holds the address to be cut.
    pub(super) fn is_listed(&self, address: &str) -> bool {
        self.listed(address).any(|row| !row.attributes.flag("disabled"))
    }

    /// Whether the address is on the list because its session or binding put it there.
    pub(super) fn is_listed_by_session(&self, address: &str) -> bool {
        self.listed(address).any(Row::is_dynamic)
    }

    fn listed(&self, address: &str) -> impl Iterator<Item = &Row> {
        self.named(Menu::AddressList, address).filter(|row| row.attributes.get("list") == CUT_LIST)
    }

    /// The sessions that run by this service's credentials: by their name, unless a row of somebody else has it.
    pub(super) fn sessions(&self, wanted: &ServiceWanted) -> Vec<&Row> {
        let own: BTreeSet<&str> = self.owned(Menu::Secret, wanted.service).map(Row::key).collect();
        let user = match &wanted.attachment {
            Attachment::Pppoe { user, .. } => Some(user.as_str()),
            Attachment::Dhcp { .. } => None,
        };
        let free = user.filter(|user| self.named(Menu::Secret, user).next().is_none());
        let names: BTreeSet<&str> = own.into_iter().chain(free).collect();
        names.into_iter().flat_map(|name| self.named(Menu::Session, name)).collect()
    }

    /// What the service is now, by what was read and nothing else.
    pub fn observe(&self, wanted: &ServiceWanted) -> Observation {
        let rows = self.evident(wanted.service).map(ObservedRow::of).collect();
        let sessions = self.sessions(wanted).into_iter().map(|row| self.observed_session(row)).collect();
        Observation { state: self.state(wanted), evidence: Evidence { rows, sessions } }
    }

    /// The rows that tell what a service is.
    fn evident(&self, service: ServiceId) -> impl Iterator<Item = &Row> {
        let menus = [Menu::Secret, Menu::Lease, Menu::Queue, Menu::AddressList];
        menus.into_iter().flat_map(move |menu| self.owned(menu, service))
    }

    /// The digest that the rows of [`Observed::observe`]'s evidence have.
    pub fn digest(&self, wanted: &ServiceWanted) -> EvidenceDigest {
        digest(self.evident(wanted.service).map(|row| (row.menu, shown(row))))
    }

    /// The state that [`Observed::observe`] tells.
    pub fn state(&self, wanted: &ServiceWanted) -> TechnicalState {
        let by_sessions = self.sessions(wanted).into_iter().map(|row| match self.is_cut(row) {
            true => TechnicalState::Suspended,
            false => TechnicalState::Active,
        });
        let by_rows = self
            .owned(Menu::Secret, wanted.service)
            .map(|row| self.secret_state(row))
            .chain(self.owned(Menu::Lease, wanted.service).map(|row| self.lease_state(row)));
        // A live session tells what the customer has; without one, the rows tell what the next would have.
        freest(by_sessions).or_else(|| freest(by_rows)).unwrap_or(TechnicalState::Unprovisioned)
    }

    fn secret_state(&self, secret: &Row) -> TechnicalState {
        if secret.attributes.flag("disabled") {
            TechnicalState::Cut
        } else if profiles::cuts(self, secret.attributes.get("profile"))
            || self.is_listed(secret.attributes.get("remote-address"))
        {
            TechnicalState::Suspended
        } else {
            TechnicalState::Active
        }
    }

    fn lease_state(&self, lease: &Row) -> TechnicalState {
        let listed = |name: &str| self.is_listed(lease.attributes.get(name));
        if lease.attributes.flag("block-access") {
            TechnicalState::Cut
        } else if lease.attributes.get("address-lists").split(',').any(|list| list == CUT_LIST)
            || listed("address")
            || listed("active-address")
        {
            TechnicalState::Suspended
        } else {
            TechnicalState::Active
        }
    }

    fn is_cut(&self, session: &Row) -> bool {
        self.is_listed(session.attributes.get("address"))
    }

    fn observed_session(&self, session: &Row) -> ObservedSession {
        let text = |name: &str| session.attributes.get(name).to_owned();
        ObservedSession {
            user: text("name"),
            address: text("address"),
            caller: text("caller-id"),
            uptime: text("uptime"),
            cut: self.is_cut(session),
        }
    }
}

impl ObservedRow {
    pub(super) fn of(row: &Row) -> Self {
        let attributes = shown(row).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { menu: row.menu, attributes }
    }

    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Without its secret.
fn shown(row: &Row) -> impl Iterator<Item = (&str, &str)> {
    row.attributes.iter().filter(|(name, _)| *name != "password")
}

impl Evidence {
    /// Where the service was seen: by these names its rows are found again after it was renamed.
    pub fn names(&self, menu: Menu) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().filter(move |row| row.menu == menu);
        rows.filter_map(move |row| row.attributes.get(menu.key()).map(String::as_str))
    }

    pub fn digest(&self) -> EvidenceDigest {
        digest(self.rows.iter().map(|row| (row.menu, row.texts())))
    }
}

/// Lengths go in before texts, so that no two different rows are one text.
fn digest<'a, A: Iterator<Item = (&'a str, &'a str)>>(rows: impl Iterator<Item = (Menu, A)>) -> EvidenceDigest {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    };
    for (menu, attributes) in rows {
        add(menu.word());
        for (name, value) in attributes {
            add(name);
            add(value);
        }
        add("");
    }
    EvidenceDigest(leading(hash).cast_signed())
}

fn key(menu: Menu, name: &str) -> (Menu, String) {
    let name = if menu == Menu::Lease { name.to_ascii_uppercase() } else { name.to_owned() };
    (menu, name)
}

/// The one with the most service: with two rows, a customer has what the better gives.
fn freest(states: impl Iterator<Item = TechnicalState>) -> Option<TechnicalState> {
    states.max_by_key(|state| match state {
        TechnicalState::Unprovisioned => 0,
        TechnicalState::Cut => 1,
        TechnicalState::Suspended => 2,
        TechnicalState::Active => 3,
    })
}
