//! One verb per file: load, decide (in `domain`), save, audit, enqueue, in ONE transaction.
//!
//! Deliberately absent: SQL (in `store`), rules (in `domain`), devices and mail (behind `ports`).

pub mod accounts;
pub mod addresses;
pub mod adoptions;
pub mod audit;
pub mod auth;
pub mod bank;
mod billing;
pub mod bulk;
pub mod changes;
pub mod clock;
pub mod collection_orders;
pub mod collections;
mod context;
pub mod contracts;
pub mod customers;
pub mod dashboard;
pub mod demo;
pub mod documents;
mod error;
pub mod exports;
pub mod files;
pub mod finder;
pub mod gateway;
pub mod hotspots;
mod housekeeping;
pub mod import;
pub mod invoices;
pub mod jobs;
pub mod late_fees;
pub mod lease_reports;
pub mod leases;
pub mod macs;
pub mod mail;
pub mod map;
pub mod messages;
pub mod notice;
pub mod numbers;
pub mod onboarding;
pub mod outages;
pub mod payments;
pub mod permit;
pub mod plans;
pub mod plant;
pub mod policies;
pub mod pools;
pub mod portal;
pub mod portal_people;
pub mod ports;
pub mod promises;
pub mod quotes;
pub mod rates;
mod record;
mod refused;
mod reminders;
pub mod reports;
pub mod routers;
pub mod runs;
pub mod saved_filters;
pub mod scans;
pub mod scheduled_reports;
pub mod sectors;
pub mod stock;
pub mod taxes;
pub mod tickets;
pub mod transfers;
pub mod users;
pub mod vault;
pub mod vouchers;
pub mod work_orders;

#[cfg(feature = "testing")]
pub mod testing;

pub use context::{Context, StaysOpen};
pub use error::{Error, Result, incident};
