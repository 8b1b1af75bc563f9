//! What the box in the office's frame finds: records of all kinds by what people know of them.

use serde::{Deserialize, Serialize};

use crate::ids::{ContractId, CustomerId, EquipmentId, InvoiceId, NapId, OltId, RouterId, TicketId, WorkOrderId};
use crate::words::words;

/// Hits of a kind that are offered while somebody types, and on the page.
pub const OFFERED: i64 = 4;
pub const SHOWN: i64 = 25;
/// Nobody looks through more: from here on they are not counted.
pub const COUNTED: i64 = 1000;
/// Fewer letters are in nearly everything: with these only whole numbers are looked for.
pub const LEAST: usize = 3;

words! {
    /// What can be found.
    pub enum Kind {
        Customer = "customer",
        Contract = "contract",
        Invoice = "invoice",
        Address = "address",
        /// What is connected: by user, MAC, address or serial.
        Device = "device",
        /// What lies in a warehouse or at somebody's: by serial or MAC.
        Equipment = "equipment",
        Router = "router",
        /// OLTs and boxes of the fibre plant.
        Plant = "plant",
        Ticket = "ticket",
        Work = "work",
    }
}

/// The record that a hit leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Target {
    Customer(CustomerId),
    Contract(ContractId),
    Invoice(InvoiceId),
    Equipment(EquipmentId),
    Router(RouterId),
    Olt(OltId),
    Nap(NapId),
    Ticket(TicketId),
    Work(WorkOrderId),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub to: Target,
    /// What it is known by.
    pub name: String,
    /// Whose it is, or where.
    pub detail: String,
    /// Its number is just what was typed.
    pub exact: bool,
    /// The contract that it is about: for what can be done with one.
    pub contract: Option<ContractId>,
}

/// The hits of a kind, the exact ones first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub kind: Kind,
    pub hits: Vec<Hit>,
    /// All that there are; more than [`COUNTED`] are not counted.
    pub total: i64,
}

impl Group {
    /// Whether one of them is just what was typed.
    pub fn is_exact(&self) -> bool {
        self.hits.iter().any(|hit| hit.exact)
    }
}

/// What was found: kinds without hits are left out, and one with an exact hit comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub groups: Vec<Group>,
}

impl Found {
    pub fn of(groups: Vec<Group>) -> Self {
        let mut groups: Vec<_> = groups.into_iter().filter(|group| !group.hits.is_empty()).collect();
        groups.sort_by_key(|group| !group.is_exact());
        Self { groups }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_hit_comes_first_and_kinds_without_hits_are_left_out() {
        let hit = |exact| Hit {
            to: Target::Customer(CustomerId(1)),
            name: String::new(),
            detail: String::new(),
            exact,
            contract: None,
        };
        let group = |kind, hits: Vec<Hit>| Group { kind, total: 1, hits };
        let found = Found::of(vec![
            group(Kind::Customer, vec![hit(false)]),
            group(Kind::Contract, Vec::new()),
            group(Kind::Invoice, vec![hit(true)]),
            group(Kind::Router, vec![hit(false)]),
        ]);
        let kinds: Vec<_> = found.groups.iter().map(|group| group.kind).collect();
        assert_eq!(kinds, [Kind::Invoice, Kind::Customer, Kind::Router]);
    }
}
