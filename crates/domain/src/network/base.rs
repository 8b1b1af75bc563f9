//! What a router needs once, whoever its customers are: what the list of those who are cut means, the addresses that
//! stay open to them, and the pools that it hands addresses out of.
//!
//! Traffic of the list is sent to a chain of its own before any other rule sees it, so that neither a rule that accepts
//! what is established nor FastTrack leads around the cut. Web pages without encryption become the notice page; the
//! rest is rejected at once, since what is dropped in silence keeps a browser waiting.
//!
//! Nothing is fast-tracked: no queue would see it, and whoever pays for 20 Mbit/s would have all that the line carries.
//! What is established is accepted right before the rule that fast-tracks, whoever it belongs to: customers have
//! addresses that no record knows, such as those of the router's own pools. Rules before that one judge as before, and
//! those after it saw little of what is established anyway. Without such a rule ours is put last, and may stay where it is.

use std::net::SocketAddrV4;

use sha2::{Digest, Sha256};

use super::Because;
use super::diff::{Action, mending};
use super::menu::{Dialect, Menu};
use super::observed::{Observed, ObservedRow};
use super::rows::{Attributes, Row, WantedRow};
use super::tag::Owner;
use super::wanted::yes_or_no;
use super::{ALLOWED_LIST, CUT_LIST};

/// The chain that decides for those who are cut.
const CUT_CHAIN: &str = "ramal-cut";
/// More questions to name servers than this, of all who are cut together, are no questions.
const DNS_LIMIT: &str = "300,600:packet";
/// The rule that keeps what is established from being fast-tracked.
const NOT_FAST_TRACKED: &str = "not-fast-tracked";

/// The same for all routers, but for the pools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaseWanted {
    /// Where routers send the web pages of those who are cut; `None`: nowhere.
    pub notice: Option<SocketAddrV4>,
    /// Hosts that stay open to them, by name or address: the portal, and where one pays.
    pub allowed: Vec<String>,
    pub pools: Vec<PoolWanted>,
}

/// Addresses that the router hands out by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolWanted {
    pub name: String,
    /// `10.8.0.100-10.8.0.200`
    pub ranges: String,
}

/// Where rules stand among those that others wrote into their chain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before all of them.
    First,
    /// Right before the first that fast-tracks; anywhere when none does.
    BeforeFastTrack,
}

/// What was read of it.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseObservation {
    pub as_wanted: bool,
    pub rows: Vec<ObservedRow>,
}

impl BaseWanted {
    /// All rows; those of one place together, and in the order in which they must stand. Every beginning of the list is
    /// harmless: what leads into the chain comes after the chain.
    pub fn rows(&self) -> Vec<WantedRow> {
        let hosts = self.notice.map(|notice| notice.ip().to_string()).into_iter().chain(self.allowed.iter().cloned());
        let mut rows: Vec<WantedRow> = Vec::new();
        for host in hosts.map(allowed).chain(self.pools.iter().map(pool)) {
            if rows.iter().all(|row| row.owner != host.owner) {
                rows.push(host);
            }
        }
        rows.extend(FILTER.iter().map(|(name, attributes)| row(Menu::Filter, name, attributes.iter().copied())));
        rows.extend(self.notice.map(notice));
        rows
    }

    /// Tells whether something else is wanted now than when a router was last read.
    pub fn version(&self) -> String {
        let tags: Vec<String> = self.rows().iter().map(|row| row.tag().to_string()).collect();
        Sha256::digest(tags.join("\n")).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// What was read, and whether it is all.
    pub fn observe(&self, observed: &Observed, dialect: Dialect) -> BaseObservation {
        let rows = Menu::OF_BASE.into_iter().flat_map(|menu| observed.rows(menu)).filter(|row| is_base(row));
        let as_wanted = diff_base(self, observed, dialect).is_ok_and(|actions| actions.is_empty());
        BaseObservation { as_wanted, rows: rows.map(ObservedRow::of).collect() }
    }
}

/// The filter, rule by rule.
const FILTER: [(&str, &[(&str, &str)]); 10] = [
    (
        "dns-udp",
        &[("chain", CUT_CHAIN), ("action", "accept"), ("protocol", "udp"), ("dst-port", "53"), ("limit", DNS_LIMIT)],
    ),
    ("dns-udp-answer", &[("chain", CUT_CHAIN), ("action", "accept"), ("protocol", "udp"), ("src-port", "53")]),
    (
        "dns-tcp",
        &[("chain", CUT_CHAIN), ("action", "accept"), ("protocol", "tcp"), ("dst-port", "53"), ("limit", DNS_LIMIT)],
    ),
    ("dns-tcp-answer", &[("chain", CUT_CHAIN), ("action", "accept"), ("protocol", "tcp"), ("src-port", "53")]),
    ("allowed-to", &[("chain", CUT_CHAIN), ("action", "accept"), ("dst-address-list", ALLOWED_LIST)]),
    ("allowed-from", &[("chain", CUT_CHAIN), ("action", "accept"), ("src-address-list", ALLOWED_LIST)]),
    ("reject", &[("chain", CUT_CHAIN), ("action", "reject"), ("reject-with", "icmp-admin-prohibited")]),
    (
        "cut-from",
        &[("chain", "forward"), ("action", "jump"), ("jump-target", CUT_CHAIN), ("src-address-list", CUT_LIST)],
    ),
    ("cut-to", &[("chain", "forward"), ("action", "jump"), ("jump-target", CUT_CHAIN), ("dst-address-list", CUT_LIST)]),
    (NOT_FAST_TRACKED, &[("chain", "forward"), ("action", "accept"), ("connection-state", "established,related")]),
];

impl Place {
    fn of(row: &WantedRow) -> Self {
        match &row.owner {
            Owner::Base(name) if name == NOT_FAST_TRACKED => Self::BeforeFastTrack,
            _ => Self::First,
        }
    }

    /// Whether rules of this place stand right before such a row, the first of its kind.
    fn precedes(self, other: &Row) -> bool {
        match self {
            Self::First => true,
            Self::BeforeFastTrack => {
                other.attributes.get("action") == "fasttrack-connection" && !other.attributes.flag("disabled")
            }
        }
    }
}

fn allowed(host: String) -> WantedRow {
    let name = format!("allow-{host}");
    row(Menu::AddressList, &name, [("list", ALLOWED_LIST), ("address", host.as_str())])
}

fn notice(notice: SocketAddrV4) -> WantedRow {
    let (address, port) = (notice.ip().to_string(), notice.port().to_string());
    let elsewhere = format!("!{ALLOWED_LIST}");
    let attributes = [
        ("chain", "dstnat"),
        ("action", "dst-nat"),
        ("to-addresses", address.as_str()),
        ("to-ports", port.as_str()),
        ("src-address-list", CUT_LIST),
        ("dst-address-list", elsewhere.as_str()),
        ("protocol", "tcp"),
        ("dst-port", "80"),
    ];
    row(Menu::Nat, "notice", attributes)
}

/// Menus of pools have nothing to disable.
fn pool(pool: &PoolWanted) -> WantedRow {
    let owner = Owner::Base(format!("pool-{}", pool.name));
    let attributes = Attributes::from_iter([("name", &pool.name), ("ranges", &pool.ranges)]);
    WantedRow { menu: Menu::Pool, owner, attributes, secret_version: None }
}

fn row<'a>(menu: Menu, name: &str, attributes: impl IntoIterator<Item = (&'static str, &'a str)>) -> WantedRow {
    let mut attributes: Attributes = attributes.into_iter().collect();
    attributes.set("disabled", yes_or_no(false));
    WantedRow { menu, owner: Owner::Base(name.to_owned()), attributes, secret_version: None }
}

fn is_base(row: &Row) -> bool {
    row.tag().is_some_and(|tag| matches!(tag.owner, Owner::Base(_)))
}

/// What brings the router from what was read to what is wanted; empty when it is so.
///
/// # Errors
/// `Foreign`: somebody else's row has the name. Nothing is then done.
pub fn diff_base(wanted: &BaseWanted, observed: &Observed, dialect: Dialect) -> Result<Vec<Action>, Because> {
    let rows = wanted.rows();
    let mut actions = Vec::new();
    for row in rows.iter().filter(|row| !row.menu.is_ordered()) {
        actions.extend(unordered(row, observed, dialect)?);
    }
    let ordered_rows: Vec<&WantedRow> = rows.iter().filter(|row| row.menu.is_ordered()).collect();
    let standing = |row: &WantedRow| (row.menu, row.attributes.get("chain").to_owned(), Place::of(row));
    for together in ordered_rows.chunk_by(|one, next| standing(one) == standing(next)) {
        actions.extend(ordered(together, observed, dialect));
    }
    let kept: Vec<(Menu, &str)> =
        rows.iter().filter_map(|row| Some((row.menu, present(row, observed)?.id.as_str()))).collect();
    // The last first: what leads into the chain goes before the chain.
    let mut left_over: Vec<&Row> = Menu::OF_BASE.into_iter().flat_map(|menu| observed.rows(menu)).collect();
    left_over.retain(|row| is_base(row) && !kept.contains(&(row.menu, row.id.as_str())));
    actions.extend(left_over.into_iter().rev().map(Action::remove));
    Ok(actions)
}

fn present<'a>(row: &WantedRow, observed: &'a Observed) -> Option<&'a Row> {
    let Owner::Base(name) = &row.owner else { return None };
    observed.base(row.menu, name).next()
}

fn unordered(row: &WantedRow, observed: &Observed, dialect: Dialect) -> Result<Option<Action>, Because> {
    if let Some(read) = present(row, observed) {
        return Ok(mending(row, read, dialect));
    }
    let of_its_list = |read: &&Row| read.attributes.get("list") == row.attributes.get("list");
    match observed.named(row.menu, row.key()).find(of_its_list) {
        None => Ok(Some(Action::add(row, &row.tag(), dialect))),
        // Where there are no comments nothing tells whose it is: right as it is, it may stay.
        Some(read) if !dialect.has(row.menu, "comment") && row.differing(read, dialect).is_empty() => Ok(None),
        Some(_) => Err(Because::Foreign { menu: row.menu, name: row.key().to_owned() }),
    }
}

/// The rows of one chain and place. What was just added has no `.id` that is known: each new row goes before the next
/// one that is there.
fn ordered(wanted: &[&WantedRow], observed: &Observed, dialect: Dialect) -> Vec<Action> {
    let Some(first) = wanted.first() else { return Vec::new() };
    let (menu, chain, place) = (first.menu, first.attributes.get("chain"), Place::of(first));
    let rows: Vec<Option<&Row>> = wanted.iter().map(|row| present(row, observed)).collect();
    let own: Vec<&str> = rows.iter().flatten().map(|row| row.id.as_str()).collect();
    let in_chain = |row: &&Row| row.attributes.get("chain") == chain && !row.is_dynamic();
    let read: Vec<&Row> = observed.rows(menu).filter(in_chain).collect();
    let comes_after = |row: &&Row| !own.contains(&row.id.as_str()) && place.precedes(row);
    let after = read.iter().copied().find(comes_after).map(|row| row.id.clone());
    let up_to_it: Vec<&str> =
        read.iter().map(|row| row.id.as_str()).take_while(|id| after.as_deref() != Some(*id)).collect();
    let mut actions = Vec::new();
    let anywhere = place == Place::BeforeFastTrack && after.is_none();
    if !anywhere && !up_to_it.ends_with(&own) {
        let moves = own.iter().map(|id| Action::Move { menu, id: (*id).to_owned(), before: after.clone() });
        actions.extend(moves);
    }
    for (position, (row, read)) in wanted.iter().zip(&rows).enumerate() {
        match read {
            Some(read) => actions.extend(mending(row, read, dialect)),
            None => {
                let next = rows.iter().skip(position).flatten().next().map(|row| row.id.clone());
                let before = next.or_else(|| after.clone());
                actions.push(Action::add_before(row, &row.tag(), dialect, before));
            }
        }
    }
    actions
}
