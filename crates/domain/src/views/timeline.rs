//! The story of a contract, or of all contracts of a customer, newest first.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::ContractId;
use crate::timeline::Event;
use crate::words::words;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub at: DateTime<Utc>,
    /// The business date of `at`.
    pub on: NaiveDate,
    pub contract: Option<ContractId>,
    pub event: Event,
    /// A person's name, or that of a part of the system.
    pub actor: String,
    pub by_system: bool,
    pub for_customer: bool,
}

words! {
    /// What a story can be narrowed to.
    pub enum Topic {
        Money = "money",
        Tickets = "tickets",
        Stock = "stock",
        Network = "network",
        /// What was agreed, and what was written to the customer.
        People = "people",
    }
}

impl Topic {
    /// The events of the stored story that belong to it; those that follow from records are known by where they are from.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Money => {
                &["invoice_voided", "credit_note_issued", "discount_changed", "promise_made", "promise_ended"]
            }
            Self::Tickets => &["ticket_opened", "ticket_resolved", "visited"],
            Self::Stock => {
                &["equipment", "leased", "lease_ends_soon", "lease_ended", "collection_ordered", "collection_closed"]
            }
            Self::Network => &[
                "hold_placed",
                "hold_lifted",
                "service_state_changed",
                "technical_state_read",
                "provisioning_given_up",
                "port",
                "moved",
            ],
            Self::People => &[
                "contract_drafted",
                "contract_signed",
                "contract_accepted",
                "contract_activated",
                "contract_closed",
                "contract_imported",
                "service_reconnected",
                "holder_changed",
                "change",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_event_that_is_stored_belongs_to_one_topic() {
        let all: Vec<&str> = Topic::ALL.iter().flat_map(|topic| topic.kinds()).copied().collect();
        assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len(), "one belongs to two");
        let drafted = serde_json::to_value(Event::ContractDrafted).unwrap();
        assert!(Topic::People.kinds().contains(&drafted["kind"].as_str().unwrap()));
    }
}
