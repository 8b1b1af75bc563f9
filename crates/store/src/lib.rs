//! All SQL. One file per table family, free functions on a connection; row structs stay private to their file.
//!
//! Deliberately absent: repository traits (there is one database), business decisions (they are in `domain`),
//! and `now()` (the caller brings the time).

pub mod acceptances;
pub mod address_pools;
pub mod addresses;
pub mod adoptions;
pub mod aged;
pub mod alarms;
pub mod attempts;
pub mod audit;
pub mod bank_rows;
pub mod bank_statements;
pub mod billing;
pub mod bulk;
pub mod changes;
pub mod closing;
pub mod collection_orders;
pub mod collections;
pub mod company;
pub mod contract_detail;
pub mod contract_lines;
pub mod contracts;
pub mod contracts_list;
pub mod credits;
pub mod customers;
pub mod customers_list;
pub mod dashboard;
mod discounts;
pub mod document_templates;
mod document_totals;
mod error;
pub mod files;
pub mod finder;
pub mod gateway;
pub mod history;
pub mod holds;
pub mod hotspots;
pub mod import;
pub mod interlock;
pub mod invoice_sendings;
pub mod invoices;
pub mod jobs;
pub mod journal;
pub mod late_fees;
pub mod lease_reports;
pub mod leases;
pub mod letterhead;
pub mod macs;
pub mod map;
pub mod message_templates;
pub mod messages;
pub mod messages_list;
pub mod network_scans;
pub mod network_settings;
pub mod notice;
pub mod numbers;
pub mod onboardings;
pub mod outage_credits;
pub mod outages;
pub mod password_resets;
pub mod payments;
pub mod payments_list;
pub mod payments_settled;
pub mod plan_prices;
pub mod plans;
pub mod plant;
pub mod policies;
pub mod portal_people;
pub mod promises;
pub mod quotes;
pub mod quotes_list;
pub mod rates;
pub mod reconnection;
pub mod reminders;
pub mod reports;
pub mod routers;
pub mod run_preview;
pub mod runs;
pub mod saved_filters;
pub mod scans;
pub mod scheduled_reports;
mod search;
pub mod second_factors;
pub mod sectors;
pub mod service_settings;
pub mod sessions;
pub mod single_invoices;
pub mod statement;
pub mod stock;
pub mod taxes;
pub mod technical;
pub mod ticket_settings;
pub mod tickets;
pub mod tickets_list;
pub mod timeline;
pub mod transfer_reports;
pub mod users;
pub mod users_list;
pub mod vouchers;
pub mod work_orders;

#[cfg(feature = "testing")]
pub mod testing;

pub use error::{Error, Result};

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, Executor as _};

/// Connections to PostgreSQL.
pub type Pool = sqlx::PgPool;
/// What every function here works on: a pooled connection or an open transaction.
pub type Connection = sqlx::PgConnection;
pub type PoolConnection = sqlx::pool::PoolConnection<sqlx::Postgres>;
pub type Transaction = sqlx::Transaction<'static, sqlx::Postgres>;

/// Disks have no arm that moves, and an index is nearly always in memory. Queries are short and come side by side: more
/// processes for one of them make the others wait.
const PLANNING: [(&str, &str); 3] =
    [("jit", "off"), ("random_page_cost", "1.1"), ("max_parallel_workers_per_gather", "0")];

/// Filters are optional parameters: a plan made for all of their values at once would use no index.
const PLANNED_EACH_TIME: [(&str, &str); 1] = [("plan_cache_mode", "force_custom_plan")];

/// A query that always has the same shape needs its plan but once on each connection: making it takes longer than doing it.
const PLANNED_ONCE: [(&str, &str); 1] = [("plan_cache_mode", "force_generic_plan")];

/// Whoever was used so recently is not asked whether they are still there.
const FRESH: Duration = Duration::from_secs(1);

/// Opens a pool of at most `size` connections.
pub async fn connect(url: &str, size: u32) -> Result<Pool> {
    let options = url.parse::<PgConnectOptions>()?.options(PLANNING).options(PLANNED_EACH_TIME);
    Ok(pool_of(size).connect_with(options).await?)
}

/// A pool beside another one, of at most `size` connections, for queries without optional parts.
pub fn steady(pool: &Pool, size: u32) -> Pool {
    pool_of(size).connect_lazy_with((*pool.connect_options()).clone().options(PLANNED_ONCE))
}

fn pool_of(size: u32) -> PgPoolOptions {
    PgPoolOptions::new().max_connections(size).test_before_acquire(false).before_acquire(|connection, seen| {
        Box::pin(async move { Ok(seen.idle_for < FRESH || connection.ping().await.is_ok()) })
    })
}

/// A pool that only reads, and sees the database as it is at its first look: of one connection, which is closed with it.
pub fn as_it_is_now(pool: &Pool) -> Pool {
    let begin = "begin transaction isolation level repeatable read, read only";
    PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(begin).await?;
                Ok(())
            })
        })
        .connect_lazy_with((*pool.connect_options()).clone())
}

/// Brings the database to the newest schema; runs as often as one likes.
pub async fn migrate(pool: &Pool) -> Result<()> {
    Ok(sqlx::migrate!("../../migrations").run(pool).await?)
}

/// Whether the database answers.
pub async fn ping(pool: &Pool) -> Result<()> {
    sqlx::query!("select 1 as one").fetch_one(pool).await?;
    Ok(())
}
