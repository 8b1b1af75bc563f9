//! What every workflow needs from outside its arguments.

use std::net::SocketAddrV4;

use domain::message::Channel;

use crate::clock::Clock;
use crate::vault::Vault;

/// The database, the clock and the key to stored secrets. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub db: store::Pool,
    /// The same database, for what nearly every page asks and what is always asked in the same shape.
    pub steady_db: store::Pool,
    pub clock: Clock,
    pub vault: Vault,
    /// How often a job is tried before a person is asked.
    pub job_attempts: i32,
    /// Where browsers reach Ramal, for links in mails: scheme and authority, without a slash at the end.
    pub public_url: String,
    /// The channels that ring and that somebody delivers; none where no webhook is set.
    pub ringing: Vec<Channel>,
    pub stays_open: StaysOpen,
    /// Where maps have their tiles from: an address with `{z}`, `{x}` and `{y}`. `None`: maps are drawn without any.
    pub tiles: Option<String>,
}

/// What customers who are cut can still reach.
#[derive(Clone, Debug, Default)]
pub struct StaysOpen {
    /// Where routers send their web pages: the notice page.
    pub notice: Option<SocketAddrV4>,
    /// The portal, and where one pays: names or addresses.
    pub hosts: Vec<String>,
}

impl Context {
    /// A connection to read with.
    pub async fn connection(&self) -> crate::Result<store::PoolConnection> {
        Ok(self.db.acquire().await.map_err(store::Error::from)?)
    }

    /// A connection to read with by queries that have no optional parts: how they are done is planned once.
    pub async fn steady_connection(&self) -> crate::Result<store::PoolConnection> {
        Ok(self.steady_db.acquire().await.map_err(store::Error::from)?)
    }

    /// The same context to read with, and everything is as the database is at the first look.
    #[must_use]
    pub fn as_it_is_now(&self) -> Self {
        let db = store::as_it_is_now(&self.db);
        Self { steady_db: db.clone(), db, ..self.clone() }
    }

    /// Begins the one transaction of a workflow.
    pub async fn begin(&self) -> crate::Result<store::Transaction> {
        Ok(self.db.begin().await.map_err(store::Error::from)?)
    }
}
