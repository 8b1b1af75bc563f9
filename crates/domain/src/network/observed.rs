//! What was read from a router, and what it means for a customer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::index::{Place, RowIndex};
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
    /// Whose each row is by its tag, at the row's position; `None`: not ours.
    owners: Vec<Option<Owner>>,
    by_key: RowIndex,
    by_owner: RowIndex,
    by_id: RowIndex,
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
        // Other address lists are the operator's own.
        let of_concern =
            |row: &Row| row.menu != Menu::AddressList || [CUT_LIST, ALLOWED_LIST].contains(&row.attributes.get("list"));
        let rows: Vec<Row> = rows.into_iter().filter(of_concern).collect();
        let owners: Vec<Option<Owner>> = rows.iter().map(|row| row.tag().map(|tag| tag.owner)).collect();
        let owned = rows.iter().zip(&owners).zip(0..);
        Self {
            by_key: RowIndex::new(rows.iter().map(|row| key(row.menu, row.key())).zip(0..)),
            by_owner: RowIndex::new(owned.filter_map(|((row, owner), at)| Some(((row.menu, owner.as_ref()?), at)))),
            by_id: RowIndex::new(rows.iter().map(|row| (row.menu, row.id.as_str())).zip(0..)),
            owners,
            rows,
        }
    }

    /// All rows that were read, in the router's order, and whose they are by their tags.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Row, Option<&Owner>)> {
        self.rows.iter().zip(self.owners.iter().map(Option::as_ref))
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Rows that carry our tag.
    pub fn tagged(&self) -> usize {
        self.owners.iter().flatten().count()
    }

    /// The row with the router's `.id`.
    pub fn row(&self, menu: Menu, id: &str) -> Option<&Row> {
        self.at(self.by_id.find((menu, id))).find(|row| row.menu == menu && row.id == id)
    }

    /// Whether any secret, ours or not, is in the profile.
    pub(super) fn uses_profile(&self, profile: &str) -> bool {
        self.rows.iter().any(|row| row.menu == Menu::Secret && row.attributes.get("profile") == profile)
    }

    /// The rows of a menu that are known by this name, whoever owns them.
    pub fn named<'a, 'n>(&'a self, menu: Menu, name: &'n str) -> impl Iterator<Item = &'a Row> + use<'a, 'n> {
        self.holders(menu, name).map(|(row, _)| row)
    }

    /// The same rows, and whose they are by their tags.
    pub(super) fn holders<'a, 'n>(
        &'a self,
        menu: Menu,
        name: &'n str,
    ) -> impl Iterator<Item = (&'a Row, Option<&'a Owner>)> + use<'a, 'n> {
        let name = key(menu, name);
        let found = self.by_key.find(&name).iter();
        let rows = found.filter_map(|(_, at)| Some((self.rows.get(*at)?, self.owners.get(*at)?.as_ref())));
        rows.filter(move |(row, _)| row.menu == menu && key(menu, row.key()) == name)
    }

    /// All rows of a menu, in the router's order.
    pub fn rows(&self, menu: Menu) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.menu == menu)
    }

    /// The rows of a menu that the router itself needs, under this name.
    pub(super) fn base(&self, menu: Menu, name: &str) -> impl Iterator<Item = &Row> + use<'_> {
        self.of(menu, Owner::Base(name.to_owned()))
    }

    /// The rows of a menu that carry the service's tag, in the router's order.
    pub fn owned(&self, menu: Menu, service: ServiceId) -> impl Iterator<Item = &Row> + use<'_> {
        self.of(menu, Owner::Service(service))
    }

    fn of(&self, menu: Menu, owner: Owner) -> impl Iterator<Item = &Row> + use<'_> {
        let found = self.by_owner.find((menu, &owner)).iter();
        let own = move |at: &usize| self.owners.get(*at).is_some_and(|held| held.as_ref() == Some(&owner));
        let rows = found.map(|(_, at)| *at).filter(own).filter_map(|at| self.rows.get(at));
        rows.filter(move |row| row.menu == menu)
    }

    fn at<'a>(&'a self, places: &'a [Place]) -> impl Iterator<Item = &'a Row> {
        places.iter().filter_map(|(_, position)| self.rows.get(*position))
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
        let user = match &wanted.attachment {
            Attachment::Pppoe { user, .. } => Some(user.as_str()),
            Attachment::Dhcp { .. } => None,
        };
        let free = user.filter(|user| self.named(Menu::Secret, user).next().is_none());
        let mut names: Vec<&str> = self.owned(Menu::Secret, wanted.service).map(Row::key).chain(free).collect();
        names.sort_unstable();
        names.dedup();
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

fn key(menu: Menu, name: &str) -> (Menu, Cow<'_, str>) {
    let name = if menu == Menu::Lease { Cow::Owned(name.to_ascii_uppercase()) } else { Cow::Borrowed(name) };
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
