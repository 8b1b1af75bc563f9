//! Found routers as the office sees them.

use chrono::{DateTime, Utc};
use domain::ids::{OnboardingId, RouterId};
use domain::network::RouterIdentity;
use domain::views::jobs::JobExchange;
use domain::views::list::Page;
use domain::views::onboarding::{OnboardingDetail, OnboardingFilter, OnboardingRow};
use serde_json::Value;

use crate::network_scans::newest_job;
use crate::{Connection, Result, search};

/// Those that are not ours yet first, the newest first.
pub async fn list(connection: &mut Connection, filter: &OnboardingFilter) -> Result<Page<OnboardingRow>> {
    let search = filter.search.as_deref().and_then(search::pattern);
    let rows = sqlx::query!(
        r#"select id as "id!", host as "host!", port as "port!", name as "name!", state as "state!", step, board,
                  version, found_at as "found_at!", router_id, because, count(*) over () as "total!"
           from onboardings_in_state
           where ($1::text is null or host ilike $1 or name ilike $1 or board ilike $1 or version ilike $1)
             and ($2::text is null or state = $2)
           order by router_id is not null, id desc limit $3 offset $4"#,
        search,
        filter.state.map(|state| state.word()),
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(|row| {
        Found {
            id: row.id,
            host: row.host,
            port: row.port,
            name: row.name,
            state: row.state,
            step: row.step,
            board: row.board,
            version: row.version,
            found_at: row.found_at,
            router_id: row.router_id,
            because: row.because,
        }
        .row()
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: filter.page.0 })
}

pub async fn detail(connection: &mut Connection, id: OnboardingId) -> Result<OnboardingDetail> {
    let row = sqlx::query!(
        r#"select s.id as "id!", s.host as "host!", s.port as "port!", s.name as "name!", s.state as "state!", s.step,
                  s.board, s.version, s.found_at as "found_at!", s.router_id, s.because, o.server,
                  o.admin_password_encrypted is not null as "has_password!", o.plan, o.planned_at, o.not_planned_because,
                  s.job_id, s.job_state
           from onboardings_in_state s join onboardings o on o.id = s.id where s.id = $1"#,
        id.0,
    )
    .fetch_one(&mut *connection)
    .await?;
    let exchanges = sqlx::query_as!(
        JobExchange,
        "select e.at, e.sent, e.command, e.answer from job_exchanges e join jobs j on j.id = e.job_id
         where j.kind = 'onboard' and j.subject_id = $1 order by e.id",
        id.0,
    )
    .fetch_all(connection)
    .await?;
    let found = Found {
        id: row.id,
        host: row.host,
        port: row.port,
        name: row.name,
        state: row.state,
        step: row.step,
        board: row.board,
        version: row.version,
        found_at: row.found_at,
        router_id: row.router_id,
        because: row.because.clone(),
    };
    Ok(OnboardingDetail {
        row: found.row()?,
        server: row.server,
        has_password: row.has_password,
        plan: row.plan.map(serde_json::from_value).transpose()?.unwrap_or_default(),
        planned_at: row.planned_at,
        not_planned: row.not_planned_because.map(serde_json::from_value).transpose()?,
        job: newest_job(row.job_id, row.job_state, row.because)?,
        exchanges,
    })
}

struct Found {
    id: i64,
    host: String,
    port: i32,
    name: String,
    state: String,
    step: Option<String>,
    board: Option<String>,
    version: Option<String>,
    found_at: DateTime<Utc>,
    router_id: Option<i64>,
    because: Option<Value>,
}

impl Found {
    fn row(self) -> Result<OnboardingRow> {
        let identity = self.board.zip(self.version).map(|(board, version)| RouterIdentity { board, version });
        Ok(OnboardingRow {
            id: OnboardingId(self.id),
            host: self.host,
            port: self.port.try_into()?,
            name: self.name,
            state: self.state.parse()?,
            step: self.step.as_deref().map(str::parse).transpose()?,
            identity,
            found_at: self.found_at,
            router: self.router_id.map(RouterId),
            because: self.because.map(serde_json::from_value).transpose()?,
        })
    }
}
