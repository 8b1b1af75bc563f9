//! Plain structs that screens show, a file per screen area.

pub mod account;
pub mod activation;
pub mod audit;
pub mod collections;
pub mod contract_forms;
pub mod contracts;
pub mod counter;
pub mod customers;
pub mod dashboard;
pub mod documents;
pub mod invoices;
pub mod jobs;
pub mod list;
pub mod payments;
pub mod plans;
pub mod policies;
pub mod portal;
pub mod routers;
pub mod runs;
pub mod sectors;
pub mod taxes;
pub mod timeline;
pub mod transfers;
pub mod users;
