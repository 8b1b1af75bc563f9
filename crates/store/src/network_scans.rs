//! Looks at ranges of addresses.

use chrono::{DateTime, Utc};
use domain::ids::{JobId, NetworkScanId};
use domain::views::onboarding::{NetworkScan, OnboardingJob};

use crate::{Connection, Result};

/// A range that somebody typed.
#[derive(Clone, Debug)]
pub struct ScanRecord {
    pub range: String,
    pub port: u16,
}

pub async fn add(
    connection: &mut Connection,
    scan: &ScanRecord,
    addresses: i32,
    at: DateTime<Utc>,
) -> Result<NetworkScanId> {
    let id = sqlx::query_scalar!(
        "insert into network_scans (range, port, addresses, created_at) values ($1, $2, $3, $4) returning id",
        scan.range,
        i32::from(scan.port),
        addresses,
        at,
    );
    Ok(NetworkScanId(id.fetch_one(connection).await?))
}

pub async fn get(connection: &mut Connection, id: NetworkScanId) -> Result<ScanRecord> {
    let row = sqlx::query!("select range, port from network_scans where id = $1", id.0).fetch_one(connection).await?;
    Ok(ScanRecord { range: row.range, port: row.port.try_into()? })
}

/// How far it is; `finished` when it is over.
pub async fn progress(
    connection: &mut Connection,
    id: NetworkScanId,
    asked: i32,
    found: i32,
    finished: Option<DateTime<Utc>>,
) -> Result<()> {
    sqlx::query!(
        "update network_scans set asked = $2, found = $3, finished_at = $4 where id = $1",
        id.0,
        asked,
        found,
        finished,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest ones.
pub async fn recent(connection: &mut Connection) -> Result<Vec<NetworkScan>> {
    let rows = sqlx::query!(
        r#"select s.id, s.range, s.port, s.addresses, s.asked, s.found, s.created_at, s.finished_at,
                  j.id as "job?", j.state as "job_state?", j.because
           from network_scans s
           left join lateral (select id, state, because from jobs
                              where kind = 'scan_network' and subject_id = s.id order by id desc limit 1) j on true
           order by s.id desc limit 3"#
    )
    .fetch_all(connection)
    .await?;
    let scans = rows.into_iter().map(|row| {
        Ok(NetworkScan {
            id: NetworkScanId(row.id),
            range: row.range,
            port: row.port.try_into()?,
            addresses: row.addresses,
            asked: row.asked,
            found: row.found,
            at: row.created_at,
            finished_at: row.finished_at,
            job: newest_job(row.job, row.job_state, row.because)?,
        })
    });
    scans.collect()
}

pub(crate) fn newest_job(
    id: Option<i64>,
    state: Option<String>,
    because: Option<serde_json::Value>,
) -> Result<Option<OnboardingJob>> {
    let (Some(id), Some(state)) = (id, state) else { return Ok(None) };
    let because = because.map(serde_json::from_value).transpose()?;
    Ok(Some(OnboardingJob { id: JobId(id), state: state.parse()?, because }))
}

/// Where the demo's simulated routers are.
pub async fn demo_range(connection: &mut Connection) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select range from demo_networks").fetch_optional(connection).await?)
}

pub async fn save_demo_range(connection: &mut Connection, range: Option<&str>) -> Result<()> {
    sqlx::query!("delete from demo_networks").execute(&mut *connection).await?;
    if let Some(range) = range {
        sqlx::query!("insert into demo_networks (range) values ($1)", range).execute(connection).await?;
    }
    Ok(())
}
