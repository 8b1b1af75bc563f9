//! What every workflow needs from outside its arguments.

use crate::clock::Clock;
use crate::vault::Vault;

/// The database, the clock and the key to stored secrets. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub db: store::Pool,
    pub clock: Clock,
    pub vault: Vault,
    /// How often a job is tried before a person is asked.
    pub job_attempts: i32,
}

impl Context {
    /// Begins the one transaction of a workflow.
    pub async fn begin(&self) -> crate::Result<store::Transaction> {
        Ok(self.db.begin().await.map_err(store::Error::from)?)
    }
}
