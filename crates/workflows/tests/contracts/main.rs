//! Records, and the life of a contract.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod addresses;
mod bulk;
mod finder;
mod holds;
mod life;
mod lists;
mod map;
mod plant;
mod plant_import;
mod prices;
mod provider;
mod records;
mod service;
mod taxes;
mod work;
mod work_dispatch;
mod work_follows;
