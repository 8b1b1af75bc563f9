//! Hearing that there is work.

use sqlx::postgres::PgListener;

use crate::{Pool, Result};

/// A connection that hears when a job was enqueued.
pub struct Wake {
    listener: PgListener,
}

impl Wake {
    pub async fn listen(pool: &Pool) -> Result<Self> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(super::CHANNEL).await?;
        Ok(Self { listener })
    }

    /// Waits for the next call. What was told while the connection was lost is not heard: poll as well.
    pub async fn heard(&mut self) -> Result<()> {
        self.listener.recv().await?;
        Ok(())
    }
}
