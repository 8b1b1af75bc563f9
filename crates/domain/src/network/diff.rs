//! From what was read to what is wanted, in an order of which any beginning is safe: a cut never has a faster path
//! than before, and a restored customer is at worst cut for a little longer.

use std::collections::BTreeSet;

use super::Because;
use super::menu::{Dialect, Menu};
use super::observed::Observed;
use super::rows::{Attributes, Row, WantedRow};
use super::tag::{Owner, Tag};
use super::wanted::{Addressing, Attachment, NO_ADDRESS, Provision, ServiceWanted};
use crate::ids::ServiceId;

/// One change of a router. Those of one service happen one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    Add {
        menu: Menu,
        attributes: Attributes,
        /// The row that it goes before, where the place matters; `None`: last.
        before: Option<String>,
    },
    Set {
        menu: Menu,
        id: String,
        attributes: Attributes,
        /// Attributes that are taken away, because the router has no value that means none.
        unset: Vec<String>,
    },
    Move {
        menu: Menu,
        id: String,
        /// `None`: last.
        before: Option<String>,
    },
    /// Every live session of the user, looked up when it is done: one may have begun after the router was read.
    DropSessions {
        user: String,
    },
    /// Every connection under way from the address, looked up when it is done: those that the router fast-tracked would
    /// pass by its firewall for as long as they last.
    DropConnections {
        address: String,
    },
    Remove {
        menu: Menu,
        id: String,
    },
}

/// Attributes for which an empty value is refused.
const NOT_EMPTY: [(Menu, &str); 2] = [(Menu::Secret, "remote-address"), (Menu::Secret, "remote-ipv6-prefix")];

impl Action {
    pub(super) fn add(wanted: &WantedRow, tag: &Tag, dialect: Dialect) -> Self {
        Self::add_before(wanted, tag, dialect, None)
    }

    pub(super) fn add_before(wanted: &WantedRow, tag: &Tag, dialect: Dialect, before: Option<String>) -> Self {
        let given = |name: &str, value: &str| !value.is_empty() && dialect.has(wanted.menu, name);
        let mut attributes = wanted.attributes.filtered(given);
        if dialect.has(wanted.menu, "comment") {
            attributes.set("comment", tag.to_string());
        }
        Self::Add { menu: wanted.menu, attributes, before }
    }

    pub(super) fn set(row: &Row, differing: Attributes, tag: &Tag, dialect: Dialect) -> Self {
        let (menu, id) = (row.menu, row.id.clone());
        let must_unset = |name: &str, value: &str| value.is_empty() && NOT_EMPTY.contains(&(menu, name));
        let unset = differing.filtered(must_unset).iter().map(|(name, _)| name.to_owned()).collect();
        let mut attributes = differing.filtered(|name, value| !must_unset(name, value));
        if dialect.has(menu, "comment") {
            attributes.set("comment", tag.to_string());
        }
        Self::Set { menu, id, attributes, unset }
    }

    fn retag(row: &Row, tag: &Tag) -> Self {
        Self::set(row, Attributes::default(), tag, Dialect::NEWEST)
    }

    pub(super) fn remove(row: &Row) -> Self {
        Self::Remove { menu: row.menu, id: row.id.clone() }
    }
}

/// What brings one service from what was read to what is wanted; empty when it is so. Its profile is another matter.
///
/// After an add beside a live session a second reading is needed, which then finds the tag's `:drop`.
///
/// # Errors
/// `Foreign` and `HeldByService`: somebody else's row has the name. Nothing is then done.
pub fn diff(
    wanted: &ServiceWanted,
    addressing: &Addressing,
    observed: &Observed,
    dialect: Dialect,
) -> Result<Vec<Action>, Because> {
    let Some(row) = wanted.row(addressing) else {
        return Ok(removal(wanted, observed));
    };
    let queue = wanted.queue(addressing);
    let entry = wanted.cut_entry();
    for row in [Some(&row), queue.as_ref()].into_iter().flatten() {
        free_of_others(observed, row.menu, row.key(), wanted.service)?;
    }
    if let Some(address) = wanted.attachment.address() {
        free_of_others(observed, Menu::AddressList, &address.to_string(), wanted.service)?;
    }
    let own = OwnRow::compare(wanted, &row, observed, dialect);
    let mut actions = Vec::new();
    actions.extend(listing(wanted, entry.as_ref(), observed, dialect));
    // Before the lease, which lets go of its own limit then.
    actions.extend(queue.as_ref().and_then(|queue| queueing(queue, wanted.service, observed, dialect)));
    actions.extend(own.changes);
    actions.extend(unlisting(wanted, entry.as_ref(), observed));
    actions.extend(own.drops);
    actions.extend(own.settled);
    let kept = [own.row, queue.as_ref().and_then(|queue| present(queue, wanted.service, observed))];
    let kept: Vec<(Menu, &str)> = kept.into_iter().flatten().map(|row| (row.menu, row.id.as_str())).collect();
    let left_over = owned(observed, wanted.service).filter(|row| !kept.contains(&(row.menu, row.id.as_str())));
    actions.extend(left_over.flat_map(remove_row));
    Ok(actions)
}

/// A service's own rows in an order in which they can go: what limits it goes last.
fn owned(observed: &Observed, service: ServiceId) -> impl Iterator<Item = &Row> {
    [Menu::Secret, Menu::Lease, Menu::Queue].into_iter().flat_map(move |menu| observed.owned(menu, service))
}

/// The row as it is there now: the one of its name, or else one that was renamed.
fn present<'a>(row: &WantedRow, service: ServiceId, observed: &'a Observed) -> Option<&'a Row> {
    let named = |read: &&Row| read.key().eq_ignore_ascii_case(row.key());
    observed.owned(row.menu, service).find(named).or_else(|| observed.owned(row.menu, service).next())
}

fn queueing(queue: &WantedRow, service: ServiceId, observed: &Observed, dialect: Dialect) -> Option<Action> {
    match present(queue, service, observed) {
        None => Some(Action::add(queue, &queue.tag(), dialect)),
        Some(read) => mending(queue, read, dialect),
    }
}

/// Makes a row that is there what it should be; `None` when it is.
pub(super) fn mending(wanted: &WantedRow, read: &Row, dialect: Dialect) -> Option<Action> {
    let (differing, tag) = (wanted.differing(read, dialect), wanted.tag());
    let as_wanted = differing.is_empty() && read.tag().as_ref() == Some(&tag);
    (!as_wanted).then(|| Action::set(read, differing, &tag, dialect))
}

fn free_of_others(observed: &Observed, menu: Menu, name: &str, service: ServiceId) -> Result<(), Because> {
    for (_, owner) in observed.holders(menu, name).filter(|(row, _)| !row.is_dynamic()) {
        let held = || name.to_owned();
        match owner {
            Some(Owner::Service(owner)) if *owner == service => {}
            Some(Owner::Service(service)) => {
                return Err(Because::HeldByService { menu, name: held(), service: *service });
            }
            Some(Owner::Speed(_) | Owner::Base(_)) | None => return Err(Because::Foreign { menu, name: held() }),
        }
    }
    Ok(())
}

/// The customer's own row, as it is and as it shall become.
struct OwnRow<'a> {
    row: Option<&'a Row>,
    /// With the mark `:drop` when a session must go after it.
    changes: Vec<Action>,
    drops: Vec<Action>,
    /// Takes the mark away.
    settled: Option<Action>,
}

impl<'a> OwnRow<'a> {
    fn compare(wanted: &ServiceWanted, row: &WantedRow, observed: &'a Observed, dialect: Dialect) -> Self {
        match present(row, wanted.service, observed) {
            None => Self::add(wanted, row, observed, dialect),
            Some(read) => Self::mend(wanted, row, read, observed, dialect),
        }
    }

    /// A session that lives without its secret runs by an older one: it must go.
    fn add(wanted: &ServiceWanted, row: &WantedRow, observed: &Observed, dialect: Dialect) -> Self {
        let tag = row.tag();
        let mut changes: Vec<Action> = dynamic_leases(row, observed).map(Action::remove).collect();
        let mut drops = Vec::new();
        if !observed.sessions(wanted).is_empty() {
            drops.push(drop_sessions(row.key()));
        }
        drops.extend(drop_connections(wanted, None, observed));
        let tag = if drops.is_empty() { tag } else { tag.dropping() };
        changes.push(Action::add(row, &tag, dialect));
        Self { row: None, changes, drops, settled: None }
    }

    fn mend(wanted: &ServiceWanted, row: &WantedRow, read: &'a Row, observed: &Observed, dialect: Dialect) -> Self {
        let (tag, tag_read) = (row.tag(), read.tag());
        let differing = row.differing(read, dialect);
        let marked = tag_read.as_ref().is_some_and(|tag| tag.drop_session);
        let changed = !differing.is_empty() || marked;
        let must_drop = match row.menu {
            Menu::Secret => changed || has_stale_session(wanted, observed),
            // The router follows a lease at once; only what it let through already goes on.
            _ => changed && wanted.provision.is_cut(),
        };
        let retag = tag_read.as_ref() != Some(&tag);
        let mut changes = Vec::new();
        if !differing.is_empty() {
            let written = if must_drop { tag.dropping() } else { tag.clone() };
            changes.push(Action::set(read, differing, &written, dialect));
        } else if retag && !marked {
            changes.push(Action::retag(read, &tag));
        }
        let marked = marked || (must_drop && !changes.is_empty());
        let drops = if must_drop { drops(wanted, row, read, observed) } else { Vec::new() };
        Self { row: Some(read), changes, drops, settled: marked.then(|| Action::retag(read, &tag)) }
    }
}

/// Leases that the router made by itself for this equipment make way for the one that is written down. Equipment keeps
/// its address until it asks again. (`make-static` would leave a row without our tag when the connection ends there.)
fn dynamic_leases<'a>(row: &WantedRow, observed: &'a Observed) -> impl Iterator<Item = &'a Row> {
    let server = row.attributes.get("server").to_owned();
    let of_server = move |read: &&Row| server.is_empty() || read.attributes.get("server") == server;
    let leases = observed.named(row.menu, row.key()).filter(|read| read.menu == Menu::Lease && read.is_dynamic());
    leases.filter(of_server)
}

fn drops(wanted: &ServiceWanted, row: &WantedRow, read: &Row, observed: &Observed) -> Vec<Action> {
    let mut drops = Vec::new();
    if row.menu == Menu::Secret {
        if read.key() != row.key() {
            drops.push(drop_sessions(read.key()));
        }
        drops.push(drop_sessions(row.key()));
    }
    drops.extend(drop_connections(wanted, Some(read), observed));
    drops
}

/// What a customer who is cut had under way ends, at every address that it has.
fn drop_connections(wanted: &ServiceWanted, read: Option<&Row>, observed: &Observed) -> Vec<Action> {
    if !wanted.provision.is_cut() {
        return Vec::new();
    }
    let fixed = wanted.attachment.address().map(|address| address.to_string());
    let of_lease = read.map(|read| read.attributes.get("active-address").to_owned());
    let of_sessions = observed.sessions(wanted).into_iter().map(|row| row.attributes.get("address").to_owned());
    drop_connections_of(fixed.into_iter().chain(of_lease).chain(of_sessions))
}

/// Of each address once. Rows without an address of their own have none, or that of nobody.
fn drop_connections_of(addresses: impl Iterator<Item = String>) -> Vec<Action> {
    let known: BTreeSet<String> = addresses.filter(|address| !["", NO_ADDRESS].contains(&address.as_str())).collect();
    known.into_iter().map(|address| Action::DropConnections { address }).collect()
}

/// A session that began under another state: faster than the cut, or still cut after it was restored.
fn has_stale_session(wanted: &ServiceWanted, observed: &Observed) -> bool {
    observed.sessions(wanted).into_iter().any(|session| {
        let address = session.attributes.get("address");
        match wanted.provision {
            Provision::Absent | Provision::Cut => true,
            Provision::Suspended => !observed.is_listed(address),
            Provision::Active(_) => observed.is_listed_by_session(address),
        }
    })
}

/// A session that is on the list already needs no entry, and the router would refuse it.
fn listing(wanted: &ServiceWanted, entry: Option<&WantedRow>, observed: &Observed, dialect: Dialect) -> Option<Action> {
    let entry = entry?;
    let present = observed.owned(Menu::AddressList, wanted.service).find(|row| row.key() == entry.key());
    match present {
        None if observed.is_listed_by_session(entry.key()) => None,
        None => Some(Action::add(entry, &entry.tag(), dialect)),
        Some(row) => mending(entry, row, dialect),
    }
}

fn unlisting(wanted: &ServiceWanted, entry: Option<&WantedRow>, observed: &Observed) -> Vec<Action> {
    let kept = entry.map(WantedRow::key);
    let entries = observed.owned(Menu::AddressList, wanted.service);
    entries.filter(|row| Some(row.key()) != kept).map(Action::remove).collect()
}

/// Everything of the service goes; what cuts it goes last. A session takes along what was under way. Equipment with a
/// lease keeps its address until it asks again: its connections end while there is still a row to find them by.
fn removal(wanted: &ServiceWanted, observed: &Observed) -> Vec<Action> {
    let of_lease = |lease: &Row| ["address", "active-address"].map(|name| lease.attributes.get(name).to_owned());
    let mut actions = drop_connections_of(observed.owned(Menu::Lease, wanted.service).flat_map(of_lease));
    actions.extend(owned(observed, wanted.service).flat_map(remove_row));
    let without_secret = observed.owned(Menu::Secret, wanted.service).next().is_none();
    if let Attachment::Pppoe { user, .. } = &wanted.attachment
        && without_secret
        && !observed.sessions(wanted).is_empty()
    {
        actions.push(drop_sessions(user));
    }
    actions.extend(unlisting(wanted, None, observed));
    actions
}

/// A secret is disabled and its session dropped before it goes, so that nothing lives on without a row to find it by.
pub(super) fn remove_row(row: &Row) -> Vec<Action> {
    let mut actions = Vec::new();
    if row.menu == Menu::Secret {
        if let Some(tag) = row.tag().filter(|tag| !(row.attributes.flag("disabled") && tag.drop_session)) {
            let disabled = Attributes::from_iter([("disabled", "yes")]);
            actions.push(Action::set(row, disabled, &tag.dropping(), Dialect::NEWEST));
        }
        actions.push(drop_sessions(row.key()));
    }
    actions.push(Action::remove(row));
    actions
}

fn drop_sessions(user: &str) -> Action {
    Action::DropSessions { user: user.to_owned() }
}
