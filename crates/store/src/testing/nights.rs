//! Nights that ended before they were over.

use chrono::NaiveDate;

use crate::{Connection, Result};

/// As if the process had died within a step: neither it nor its night has finished.
pub async fn interrupt(connection: &mut Connection, date: NaiveDate, step: &str) -> Result<()> {
    sqlx::query!("update runs set finished_at = null where business_date = $1", date).execute(&mut *connection).await?;
    sqlx::query!("update run_steps set finished_at = null where business_date = $1 and step = $2", date, step)
        .execute(connection)
        .await?;
    Ok(())
}
