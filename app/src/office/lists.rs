//! The names of the lists that can be taken away.

use crate::i18n::Words;

macro_rules! lists {
    ($($path:literal => $area:ident.$name:ident)*) => {
        /// Every list that can be taken away, by its address below the office's.
        pub const LISTS: &[&str] = &[$($path),*];

        /// What the list is called; an address that is no list's is its own name.
        #[must_use]
        pub fn list_name(path: &str, t: Words) -> &str {
            match path {
                $($path => t.$area.$name(),)*
                other => other,
            }
        }
    };
}

lists! {
    "accounts" => accounts.accounts
    "accounts/aged" => accounts.aged
    "accounts/close" => closing.title
    "accounts/journal" => accounts.journal
    "audit" => audit.title
    "bank" => bank.movements
    "bank/statements" => bank.files
    "changes" => changes.title
    "contracts" => contracts.title
    "customers" => customers.title
    "equipment" => collections.equipment_orders
    "gateway/disputes" => gateway.disputes
    "gateway/events" => gateway.events
    "gateway/payments" => gateway.card_payments
    "hotspots" => hotspot.hotspots
    "invoices" => money.invoices
    "jobs" => network.jobs
    "leases" => changes.leases
    "macs" => macs.title
    "messages" => messages.title
    "onboarding" => onboarding.list
    "outages" => collections.outages
    "payments" => money.payments
    "plans" => catalogue.plans
    "plant/naps" => plant.naps
    "policies" => catalogue.policies
    "pools" => access.pools
    "promises" => collections.promises
    "quotes" => quotes.title
    "rates" => rates.title
    "routers" => network.routers
    "runs" => collections.runs
    "scans" => scans.title
    "sectors" => catalogue.sectors
    "stock" => stock.title
    "tickets" => tickets.title
    "transfers" => transfers.title
    "users" => users.title
    "vouchers" => hotspot.vouchers
    "vouchers/batches" => hotspot.batches
    "work/list" => work.title
}
