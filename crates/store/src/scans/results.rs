//! What a scan found, in one transaction with the end of its job.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ids::{RouterId, ScanId, ScanRowId};
use domain::network::{Comparison, Menu, Verdict};
use serde::Serialize;
use serde_json::Value;

use crate::{Connection, Error, Result};

/// What was found, and what is done about it.
#[derive(Clone, Debug)]
pub struct ScanResult<'a> {
    pub scan: ScanId,
    pub at: DateTime<Utc>,
    pub comparison: &'a Comparison,
    /// For each finding, whether it is mended.
    pub mended: &'a [bool],
    pub services: usize,
    pub left_alone: bool,
}

/// Writes it down; a scan that is done again replaces what it found before.
pub async fn save(connection: &mut Connection, result: &ScanResult<'_>) -> Result<()> {
    let comparison = result.comparison;
    let count = |count: usize| i32::try_from(count).map_err(|error| Error::Unknown(error.to_string()));
    let of = |verdict: Verdict| count(comparison.count(verdict));
    sqlx::query!(
        "update scans set read_at = $2, rows_read = $3, services = $4, agreeing = $5, missing = $6, different = $7,
                orphaned = $8, foreign_rows = $9, refused = $10, left_alone = $11
         where id = $1",
        result.scan.0,
        result.at,
        count(comparison.rows)?,
        count(result.services)?,
        count(comparison.agreeing.len())?,
        of(Verdict::Missing)?,
        of(Verdict::Different)?,
        of(Verdict::Orphaned)?,
        of(Verdict::Foreign)?,
        of(Verdict::Refused)?,
        result.left_alone,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("delete from scan_rows where scan_id = $1", result.scan.0).execute(&mut *connection).await?;
    add_rows(connection, result).await
}

async fn add_rows(connection: &mut Connection, result: &ScanResult<'_>) -> Result<()> {
    let findings = &result.comparison.findings;
    let verdicts: Vec<_> = findings.iter().map(|one| one.verdict.word().to_owned()).collect();
    let menus: Vec<_> = findings.iter().map(|one| one.menu.word().to_owned()).collect();
    let names: Vec<_> = findings.iter().map(|one| one.name.clone()).collect();
    let rows: Vec<_> = findings.iter().map(|one| one.row.clone()).collect();
    let services: Vec<_> = findings.iter().map(|one| one.service.map(|id| id.0)).collect();
    let differences = findings.iter().map(|one| json(&one.differences)).collect::<Result<Vec<Value>>>()?;
    let attributes = findings.iter().map(|one| json(&one.attributes)).collect::<Result<Vec<Value>>>()?;
    let because = findings.iter().map(|one| one.because.as_ref().map(json).transpose()).collect::<Result<Vec<_>>>()?;
    sqlx::query!(
        "insert into scan_rows (scan_id, verdict, menu, name, row_id, service_id, differences, attributes, because, mended)
         select $1, verdict, menu, name, row_id, service_id, differences, attributes, because, mended
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::jsonb[], $8::jsonb[], $9::jsonb[],
                     $10::boolean[]) with ordinality
              as found (verdict, menu, name, row_id, service_id, differences, attributes, because, mended, place)
         order by place",
        result.scan.0,
        &verdicts,
        &menus,
        &names,
        &rows as &[Option<String>],
        &services as &[Option<i64>],
        &differences,
        &attributes,
        &because as &[Option<Value>],
        result.mended,
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn json(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::Unknown(error.to_string()))
}

/// A row of somebody else, as a scan kept it.
#[derive(Clone, Debug)]
pub struct KeptRow {
    pub id: ScanRowId,
    pub menu: Menu,
    pub row: String,
    pub name: String,
    pub attributes: BTreeMap<String, String>,
}

/// The newest scan of a router that read it, and when.
pub async fn newest_read(connection: &mut Connection, router: RouterId) -> Result<Option<(ScanId, DateTime<Utc>)>> {
    let row = sqlx::query!(
        r#"select id, read_at as "read_at!" from scans where router_id = $1 and read_at is not null
           order by id desc limit 1"#,
        router.0,
    );
    Ok(row.fetch_optional(connection).await?.map(|row| (ScanId(row.id), row.read_at)))
}

/// Its rows of others, without those that somebody chose since.
pub async fn foreign_rows(connection: &mut Connection, scan: ScanId) -> Result<Vec<KeptRow>> {
    let rows = sqlx::query!(
        r#"select id, menu, row_id as "row_id!", name, attributes from scan_rows f
           where scan_id = $1 and verdict = 'foreign' and not exists (
                select from adoption_rows r join adoptions a on a.id = r.adoption_id
                where a.scan_id = $1 and r.menu = f.menu and r.row_id = f.row_id
                  and (r.outcome is null or r.outcome = 'adopted'))
           order by id"#,
        scan.0,
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(KeptRow {
            id: ScanRowId(row.id),
            menu: row.menu.parse()?,
            row: row.row_id,
            name: row.name,
            attributes: serde_json::from_value(row.attributes).map_err(|error| Error::Unknown(error.to_string()))?,
        })
    });
    rows.collect()
}
