//! Scans as the office sees them.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, JobId, RouterId, ScanId, ScanRowId, ServiceId};
use domain::views::jobs::JobState;
use domain::views::list::{Choice, Page};
use domain::views::scans::{
    FindingFilter, RowOwner, ScanDetail, ScanFilter, ScanFinding, ScanFound, ScanRow, ScanState,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Connection, Error, Result, search};

/// One page, the newest first.
pub async fn list(connection: &mut Connection, filter: &ScanFilter) -> Result<Page<ScanRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"with found as (
            select s.*, j.id as job_id, j.state as job_state, j.because as job_because,
                   case when s.read_at is not null then 'done' when j.state = 'waiting' then 'waiting'
                        when j.state = 'running' then 'running' else 'failed' end as state
            from scans s left join jobs j on j.kind = 'scan' and j.subject_id = s.id
            where $1::bigint is null or s.router_id = $1)
           select f.id, f.router_id, r.name as router_name, f.effect, f.requested_at, u.name as "requested_by?", f.read_at,
                  f.rows_read, f.services, f.agreeing, f.missing, f.different, f.orphaned, f.foreign_rows, f.refused,
                  f.left_alone, f.job_id as "job_id?", f.job_state as "job_state?", f.job_because as "job_because?",
                  count(*) over () as "total!"
           from found f join routers r on r.id = f.router_id left join users u on u.id = f.requested_by
           where ($2::text is null or f.state = $2)
             and (not $3 or f.missing + f.different + f.orphaned + f.refused > 0)
           order by f.id desc limit $4 offset $5"#,
        filter.router.map(|id| id.0),
        filter.state.map(|state| state.word()),
        filter.differing,
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(Row::scan).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0 })
}

/// How many wait, run, and are done of those that were asked for after `since`.
pub async fn progress(connection: &mut Connection, since: DateTime<Utc>) -> Result<(i64, i64, i64)> {
    let row = sqlx::query!(
        r#"select (select count(*) from jobs where kind = 'scan' and state = 'waiting') as "waiting!",
                  (select count(*) from jobs where kind = 'scan' and state = 'running') as "running!",
                  (select count(*) from scans where requested_at >= $1 and read_at is not null) as "done!""#,
        since,
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.waiting, row.running, row.done))
}

/// The router's newest scan.
pub async fn last_of(connection: &mut Connection, router: RouterId) -> Result<Option<ScanRow>> {
    let filter = ScanFilter { router: Some(router), ..ScanFilter::default() };
    Ok(list(connection, &filter).await?.rows.into_iter().next())
}

pub async fn detail(connection: &mut Connection, id: ScanId, filter: &FindingFilter) -> Result<ScanDetail> {
    let row = sqlx::query_as!(
        Row,
        r#"select s.id, s.router_id, r.name as router_name, s.effect, s.requested_at, u.name as "requested_by?", s.read_at,
                  s.rows_read, s.services, s.agreeing, s.missing, s.different, s.orphaned, s.foreign_rows, s.refused,
                  s.left_alone, j.id as "job_id?", j.state as "job_state?", j.because as "job_because?",
                  1::bigint as "total!"
           from scans s join routers r on r.id = s.router_id left join users u on u.id = s.requested_by
           left join jobs j on j.kind = 'scan' and j.subject_id = s.id
           where s.id = $1 order by j.id desc limit 1"#,
        id.0,
    );
    let scan = row.fetch_one(&mut *connection).await?.scan()?;
    let newest = sqlx::query_scalar!("select max(id) from scans where router_id = $1", scan.router.id.0);
    let is_newest = newest.fetch_one(&mut *connection).await? == Some(id.0);
    let rows = findings(connection, id, filter).await?;
    Ok(ScanDetail { scan, rows, is_newest })
}

async fn findings(connection: &mut Connection, id: ScanId, filter: &FindingFilter) -> Result<Page<ScanFinding>> {
    let search = filter.search.as_deref().and_then(search::pattern);
    let rows = sqlx::query!(
        r#"select f.id, f.verdict, f.menu, f.name, f.differences, f.attributes, f.because, f.mended,
                  s.id as "service_id?", c.id as "contract_id?", c.code as "contract_code?", cu.name as "customer_name?",
                  count(*) over () as "total!"
           from scan_rows f left join services s on s.id = f.service_id left join contracts c on c.id = s.contract_id
           left join customers cu on cu.id = c.customer_id
           where f.scan_id = $1 and ($2::text is null or f.verdict = $2)
             and ($3::text is null or f.name ilike $3 or c.code ilike $3 or cu.search like plain($3))
           order by case f.verdict when 'refused' then 0 when 'missing' then 1 when 'different' then 2
                                   when 'orphaned' then 3 else 4 end, f.id
           limit $4 offset $5"#,
        id.0,
        filter.verdict.map(|verdict| verdict.word()),
        search,
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(|row| {
        let owner = (|| {
            Some(RowOwner {
                service: ServiceId(row.service_id?),
                contract: ContractId(row.contract_id?),
                contract_code: row.contract_code.clone()?,
                customer_name: row.customer_name.clone()?,
            })
        })();
        Ok(ScanFinding {
            id: ScanRowId(row.id),
            verdict: row.verdict.parse()?,
            menu: row.menu.parse()?,
            name: row.name,
            owner,
            differences: read(row.differences)?,
            attributes: read(row.attributes)?,
            because: row.because.map(read).transpose()?,
            mended: row.mended,
        })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: filter.page.0 })
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::Unknown(error.to_string()))
}

struct Row {
    id: i64,
    router_id: i64,
    router_name: String,
    effect: String,
    requested_at: DateTime<Utc>,
    requested_by: Option<String>,
    read_at: Option<DateTime<Utc>>,
    rows_read: Option<i32>,
    services: Option<i32>,
    agreeing: Option<i32>,
    missing: Option<i32>,
    different: Option<i32>,
    orphaned: Option<i32>,
    foreign_rows: Option<i32>,
    refused: Option<i32>,
    left_alone: bool,
    job_id: Option<i64>,
    job_state: Option<String>,
    job_because: Option<Value>,
    total: i64,
}

impl Row {
    fn scan(self) -> Result<ScanRow> {
        let found = self.found();
        let job: Option<JobState> = self.job_state.map(|state| state.parse()).transpose()?;
        let state = match (found, job) {
            (Some(_), _) => ScanState::Done,
            (None, Some(JobState::Waiting)) => ScanState::Waiting,
            (None, Some(JobState::Running)) => ScanState::Running,
            (None, _) => ScanState::Failed,
        };
        Ok(ScanRow {
            id: ScanId(self.id),
            router: Choice { id: RouterId(self.router_id), name: self.router_name },
            state,
            effect: self.effect.parse()?,
            requested_at: self.requested_at,
            requested_by: self.requested_by,
            found,
            because: self.job_because.filter(|_| found.is_none()).map(read).transpose()?,
            job: self.job_id.map(JobId),
        })
    }

    fn found(&self) -> Option<ScanFound> {
        let count = |column: Option<i32>| column.map(i64::from).unwrap_or_default();
        Some(ScanFound {
            read_at: self.read_at?,
            rows: count(self.rows_read),
            services: count(self.services),
            agreeing: count(self.agreeing),
            missing: count(self.missing),
            different: count(self.different),
            orphaned: count(self.orphaned),
            foreign: count(self.foreign_rows),
            refused: count(self.refused),
            left_alone: self.left_alone,
        })
    }
}
