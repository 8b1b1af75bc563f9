//! A database that fails, for stories about what is ours to mend.

use crate::{Connection, Result};

/// From now on nothing that was said to a device can be written down.
pub async fn refuse_exchanges(connection: &mut Connection) -> Result<()> {
    sqlx::query("alter table job_exchanges add constraint broken check (false) not valid").execute(connection).await?;
    Ok(())
}

/// It works again.
pub async fn accept_exchanges(connection: &mut Connection) -> Result<()> {
    sqlx::query("alter table job_exchanges drop constraint broken").execute(connection).await?;
    Ok(())
}
