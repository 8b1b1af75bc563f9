//! Hearing that a figure changed.

use sqlx::postgres::PgListener;

use crate::{Pool, Result};

/// What the triggers of migration 0019 call on.
const CHANNEL: &str = "figures";

/// A connection that hears when a transaction changed something that the dashboard counts.
pub struct Changed {
    listener: PgListener,
}

impl Changed {
    pub async fn listen(pool: &Pool) -> Result<Self> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self { listener })
    }

    /// Waits for the next change. When the connection was lost, changes may have been missed: that is one too.
    pub async fn heard(&mut self) -> Result<()> {
        self.listener.try_recv().await?;
        Ok(())
    }
}
