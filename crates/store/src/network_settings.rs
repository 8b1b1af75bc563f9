//! How the network is looked after: one row.

use chrono::NaiveDate;
use domain::network::NetworkSettings;

use crate::{Connection, Error, Result};

pub async fn get(connection: &mut Connection) -> Result<NetworkSettings> {
    let row =
        sqlx::query!("select scan_hour, scan_effect, keep_days from network_settings").fetch_one(connection).await?;
    let unknown = |_| Error::Unknown("the hour of scans".to_owned());
    Ok(NetworkSettings {
        scan_hour: row.scan_hour.map(u32::try_from).transpose().map_err(unknown)?,
        scan_effect: row.scan_effect.parse()?,
        keep_days: row.keep_days,
    })
}

pub async fn save(connection: &mut Connection, settings: &NetworkSettings) -> Result<()> {
    let hour = settings.scan_hour.and_then(|hour| i32::try_from(hour).ok());
    sqlx::query!(
        "update network_settings set scan_hour = $1, scan_effect = $2, keep_days = $3",
        hour,
        settings.scan_effect.word(),
        settings.keep_days,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the day's scans are enqueued. False when they were already: of two processes one does it.
pub async fn take_scan_day(connection: &mut Connection, day: NaiveDate) -> Result<bool> {
    let taken =
        sqlx::query!("update network_settings set scanned_on = $1 where scanned_on is null or scanned_on < $1", day,);
    Ok(taken.execute(connection).await?.rows_affected() > 0)
}
