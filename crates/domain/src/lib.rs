//! The rules of an internet provider: no IO, no clock, no async. The same code runs on the server and in the browser.

pub mod billing;
pub mod calendar;
pub mod collections;
pub mod contact;
pub mod contract;
pub mod contract_line;
pub mod customer;
pub mod failure;
pub mod form;
pub mod ids;
pub mod invoice;
pub mod money;
pub mod network;
pub mod next_invoice;
pub mod password;
pub mod plan;
pub mod position;
pub mod price;
pub mod role;
pub mod service;
pub mod service_settings;
pub mod settings;
pub mod timeline;
pub mod views;
pub mod words;
pub mod zone;
