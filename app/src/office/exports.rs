//! Lists as tables to take away: what a list's address shows, all of it. Each list says its columns beside its page, in an
//! `export.rs`; a new one is a line in [`listing`].
//!
//! What is read is what the list's own page asks, so whoever may not see the list gets nothing here either.

mod columns;
mod reading;

pub(in crate::office) use columns::whole;
pub use columns::{Cell, Columns, Head, Kind, Listing};
pub use reading::{Reading, open};

use super::{
    accounts, audit, bank, changes, collection_orders, collections, contracts, customers, gateway, hotspots, invoices,
    jobs, macs, messages, onboarding, outages, payments, plans, plant, policies, pools, quotes, rates, routers, runs,
    scans, sectors, stock, tickets, transfers, users, vouchers, work,
};
use crate::i18n::Words;

macro_rules! lists {
    ($($path:literal => $area:ident::$list:ident;)*) => {
        /// The list of that address, with its columns in words.
        #[must_use]
        pub fn listing(path: &str, t: Words) -> Option<Listing> {
            match path {
                $($path => Some($area::export::$list(t)),)*
                _ => None,
            }
        }
    };
}

lists! {
    "accounts" => accounts::accounts;
    "accounts/aged" => accounts::aged;
    "accounts/close" => accounts::close;
    "accounts/journal" => accounts::journal;
    "audit" => audit::audit;
    "bank" => bank::movements;
    "bank/statements" => bank::statements;
    "changes" => changes::changes;
    "contracts" => contracts::contracts;
    "customers" => customers::customers;
    "equipment" => collection_orders::orders;
    "gateway/disputes" => gateway::disputes;
    "gateway/events" => gateway::events;
    "gateway/payments" => gateway::payments;
    "hotspots" => hotspots::hotspots;
    "invoices" => invoices::invoices;
    "jobs" => jobs::jobs;
    "leases" => changes::leases;
    "macs" => macs::macs;
    "messages" => messages::messages;
    "onboarding" => onboarding::routers;
    "outages" => outages::outages;
    "payments" => payments::payments;
    "plans" => plans::plans;
    "plant/naps" => plant::naps;
    "policies" => policies::policies;
    "pools" => pools::pools;
    "promises" => collections::promises;
    "quotes" => quotes::quotes;
    "rates" => rates::rates;
    "routers" => routers::routers;
    "runs" => runs::runs;
    "scans" => scans::scans;
    "sectors" => sectors::sectors;
    "stock" => stock::equipment;
    "tickets" => tickets::tickets;
    "transfers" => transfers::transfers;
    "users" => users::users;
    "vouchers" => vouchers::vouchers;
    "vouchers/batches" => vouchers::batches;
    "work/list" => work::orders;
}

#[cfg(test)]
mod tests {
    use super::listing;
    use crate::i18n::{Locale, Words};
    use crate::office::lists::LISTS;

    #[test]
    fn every_list_with_a_name_can_be_taken_away() {
        for path in LISTS {
            let listing = listing(path, Words::of(Locale::Es)).unwrap_or_else(|| panic!("{path}"));
            assert!(listing.heads.iter().all(|head| !head.label.is_empty()), "{path}");
        }
    }
}
