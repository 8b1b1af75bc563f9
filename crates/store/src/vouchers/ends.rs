//! The first use of a voucher and its end.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::Mac;
use domain::hotspot::{EndReason, Limits};
use domain::ids::{HotspotId, VoucherBatchId, VoucherId};

use crate::{Connection, Error, Result};

/// What decides when a voucher ends that is used now.
#[derive(Clone, Debug)]
pub struct Redemption {
    pub batch: VoucherBatchId,
    pub valid_minutes: Option<u32>,
    pub valid_until: Option<NaiveDate>,
    pub is_fresh: bool,
    pub locks_to_device: bool,
}

/// # Errors
/// `NotFound`.
pub async fn redemption(connection: &mut Connection, id: VoucherId) -> Result<Redemption> {
    let row = sqlx::query!(
        "select v.batch_id, v.first_used_at, b.valid_minutes, b.valid_until, p.locks_to_device
         from vouchers v join voucher_batches b on b.id = v.batch_id
         join hotspot_profiles p on p.id = b.profile_id where v.id = $1",
        id.0
    );
    let row = row.fetch_one(connection).await?;
    let minutes = row.valid_minutes.map(u32::try_from).transpose();
    Ok(Redemption {
        batch: VoucherBatchId(row.batch_id),
        valid_minutes: minutes.map_err(|error| Error::Unknown(error.to_string()))?,
        valid_until: row.valid_until,
        is_fresh: row.first_used_at.is_none(),
        locks_to_device: row.locks_to_device,
    })
}

/// What came of an attempt to use a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// This was its first use, of all that were tried.
    First,
    /// It is in use at this hotspot already.
    Here,
    /// Somebody used it at another one before, or it is over.
    Refused,
}

/// Writes down the first use. However many try at the same time, the database lets one statement through, and the others
/// find that it is done.
///
/// # Errors
/// `NotFound`.
pub async fn redeem(
    connection: &mut Connection,
    id: VoucherId,
    hotspot: HotspotId,
    mac: Option<&Mac>,
    first_used: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Redeemed> {
    let first = sqlx::query!(
        "update vouchers set first_used_at = $3, hotspot_id = $2, mac = $4, expires_at = $5
         where id = $1 and first_used_at is null and ended_at is null",
        id.0,
        hotspot.0,
        first_used,
        mac.map(Mac::as_str),
        expires_at
    );
    if first.execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(Redeemed::First);
    }
    let row = sqlx::query!("select hotspot_id, ended_at from vouchers where id = $1", id.0);
    let row = row.fetch_one(connection).await?;
    let is_here = row.hotspot_id == Some(hotspot.0) && row.ended_at.is_none();
    Ok(if is_here { Redeemed::Here } else { Redeemed::Refused })
}

/// What a router counted of a voucher.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub id: VoucherId,
    pub seconds: u64,
    pub bytes: u64,
}

/// Adds up what routers counted: one that counts less than before began anew. Ends what used up its limits. Answers
/// whether a router's limits are other ones now.
pub async fn count_use(
    connection: &mut Connection,
    hotspot: HotspotId,
    counted: &[Counted],
    at: DateTime<Utc>,
) -> Result<bool> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let ids: Vec<i64> = counted.iter().map(|counted| counted.id.0).collect();
    let seconds: Vec<i64> = counted.iter().map(|counted| number(counted.seconds)).collect();
    let bytes: Vec<i64> = counted.iter().map(|counted| number(counted.bytes)).collect();
    let rows = sqlx::query!(
        r#"update vouchers v
           set seconds_before = v.seconds_before + case when c.seconds < o.seconds_read then o.seconds_read else 0 end,
               seconds_read = c.seconds,
               bytes_before = v.bytes_before + case when c.bytes < o.bytes_read then o.bytes_read else 0 end,
               bytes_read = c.bytes
           from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as c (id, seconds, bytes)
           join vouchers o on o.id = c.id
           join voucher_batches b on b.id = o.batch_id
           where v.id = o.id and v.hotspot_id = $1 and v.ended_at is null
           returning v.id, v.seconds_before + v.seconds_read as "seconds!", v.bytes_before + v.bytes_read as "bytes!",
                     c.seconds < o.seconds_read or c.bytes < o.bytes_read as "anew!", b.limit_minutes,
                     b.limit_megabytes"#,
        hotspot.0,
        &ids,
        &seconds,
        &bytes
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut others = false;
    for row in rows {
        let whole = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
        let limits = Limits { minutes: whole(row.limit_minutes), megabytes: whole(row.limit_megabytes) };
        let used = |number: i64| u64::try_from(number).unwrap_or_default();
        if let Some(reason) = limits.used_up(used(row.seconds), used(row.bytes)) {
            end(connection, row.id, reason, at).await?;
            others = true;
        }
        others |= row.anew;
    }
    Ok(others)
}

async fn end(connection: &mut Connection, id: i64, reason: EndReason, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update vouchers set ended_at = $2, end_reason = $3 where id = $1 and ended_at is null",
        id,
        at,
        reason.word()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends all whose time is over, wherever they are.
pub async fn end_due(connection: &mut Connection, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update vouchers set ended_at = $1, end_reason = 'expired' where id in (
             select id from vouchers where expires_at <= $1 and ended_at is null for update skip locked)",
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
