//! Jobs as the office sees them.

use chrono::{DateTime, Utc};
use domain::ids::{
    AdoptionId, ContractId, CustomerId, HotspotId, JobId, MessageId, OnboardingId, RouterId, ScanId, ServiceId,
};
use domain::views::jobs::{JobDetail, JobExchange, JobFilter, JobKind, JobRow, JobSort, JobSubject};
use domain::views::list::{Choice, Direction, Page};
use serde_json::Value;

use crate::{Connection, Error, Result, search};

/// The ids of one page. Each order is a query of its own, so that an index gives it.
macro_rules! page {
    ($connection:expr, $filter:expr, $services:expr, $messages:expr, $unresolved:expr, $order:literal) => {
        sqlx::query_scalar!(
            "select id from jobs
             where ($1::text is null or state = $1) and ($2::text is null or kind = $2)
               and ($3::bigint is null or router_id = $3)
               and ($4::bigint[] is null or (kind = 'provision' and subject_id = any($4))
                                         or (kind = 'message' and subject_id = any($5)))
               and ($8::bigint[] is null or id = any($8))
             order by "
                + $order
                + " limit $6 offset $7",
            $filter.state.map(|state| state.word()),
            $filter.kind.map(|kind| kind.word()),
            $filter.router.map(|id| id.0),
            $services.as_deref(),
            $messages.as_deref(),
            $filter.page.rows(),
            $filter.page.offset(),
            $unresolved.as_deref(),
        )
        .fetch_all(&mut *$connection)
        .await?
    };
}

/// One page, cut before anything is joined to it.
pub async fn list(connection: &mut Connection, filter: &JobFilter) -> Result<Page<JobRow>> {
    let found = match filter.search.as_deref().and_then(search::pattern) {
        Some(pattern) => Some(subjects(connection, &pattern).await?),
        None => None,
    };
    let (services, messages) = found.map_or((None, None), |(services, messages)| (Some(services), Some(messages)));
    let unresolved = match filter.unresolved {
        true => Some(unresolved(connection).await?),
        false => None,
    };
    let state = filter.state.map(|state| state.word());
    let kind = filter.kind.map(|kind| kind.word());
    let router = filter.router.map(|id| id.0);
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from jobs
           where ($1::text is null or state = $1) and ($2::text is null or kind = $2)
             and ($3::bigint is null or router_id = $3)
             and ($4::bigint[] is null or (kind = 'provision' and subject_id = any($4))
                                       or (kind = 'message' and subject_id = any($5)))
             and ($6::bigint[] is null or id = any($6))"#,
        state,
        kind,
        router,
        services.as_deref(),
        messages.as_deref(),
        unresolved.as_deref(),
    )
    .fetch_one(&mut *connection)
    .await?;
    let ids = match (filter.sort, filter.direction) {
        (JobSort::Newest, Direction::Up) => page!(connection, filter, services, messages, unresolved, "id desc"),
        (JobSort::Newest, Direction::Down) => page!(connection, filter, services, messages, unresolved, "id"),
        (JobSort::Due, Direction::Up) => page!(connection, filter, services, messages, unresolved, "run_at, id"),
        (JobSort::Due, Direction::Down) => {
            page!(connection, filter, services, messages, unresolved, "run_at desc, id desc")
        }
    };
    let rows = sqlx::query_as!(
        Row,
        r#"select j.id, j.kind, j.subject_id, j.state, j.attempts, j.max_attempts, j.run_at, j.because, j.created_at,
                  j.finished_at, r.id as "router_id?", r.name as "router_name?", c.id as "contract_id?",
                  c.code as "contract_code?", cu.id as "customer_id?", cu.name as "customer_name?",
                  m.to_address as "to_address?", m.subject as "mail_subject?", h.name as "hotspot_name?",
                  ns.range as "range?", o.host as "host?",
                  g.work as "gateway_work?", g.customer_id as "payer_id?", g.customer_name as "payer_name?"
           from unnest($1::bigint[]) with ordinality as page (id, place)
           join jobs j on j.id = page.id
           left join routers r on r.id = coalesce(j.router_id, case when j.kind = 'lease_script' then j.subject_id end)
           left join services s on j.kind = 'provision' and s.id = j.subject_id
           left join contracts c on c.id = s.contract_id
           left join customers cu on cu.id = c.customer_id
           left join messages m on j.kind = 'message' and m.id = j.subject_id
           left join hotspots h on j.kind = 'hotspot' and h.id = j.subject_id
           left join network_scans ns on j.kind = 'scan_network' and ns.id = j.subject_id
           left join onboardings o on j.kind = 'onboard' and o.id = j.subject_id
           left join gateway_jobs g on j.kind = 'gateway' and g.task_id = j.subject_id
           order by page.place"#,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(Row::job).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0 })
}

/// Few, and found by their own index: the others are not looked through for them.
async fn unresolved(connection: &mut Connection) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(r#"select id as "id!" from jobs_unresolved"#);
    Ok(ids.fetch_all(connection).await?)
}

/// Services and messages that a search finds.
async fn subjects(connection: &mut Connection, pattern: &str) -> Result<(Vec<i64>, Vec<i64>)> {
    let services = sqlx::query_scalar!(
        r#"select s.id as "id!" from services s join contracts c on c.id = s.contract_id where c.code ilike $1
           union
           select s.id from customers cu join contracts c on c.customer_id = cu.id join services s on s.contract_id = c.id
           where cu.search like plain($1)
           union
           select id from services where search like plain($1)"#,
        pattern,
    )
    .fetch_all(&mut *connection)
    .await?;
    let messages =
        sqlx::query_scalar!("select id from messages where to_address ilike $1 or subject ilike $1", pattern)
            .fetch_all(connection)
            .await?;
    Ok((services, messages))
}

pub async fn detail(connection: &mut Connection, id: JobId) -> Result<JobDetail> {
    let row = sqlx::query_as!(
        Row,
        r#"select j.id, j.kind, j.subject_id, j.state, j.attempts, j.max_attempts, j.run_at, j.because, j.created_at,
                  j.finished_at, r.id as "router_id?", r.name as "router_name?", c.id as "contract_id?",
                  c.code as "contract_code?", cu.id as "customer_id?", cu.name as "customer_name?",
                  m.to_address as "to_address?", m.subject as "mail_subject?", h.name as "hotspot_name?",
                  ns.range as "range?", o.host as "host?",
                  g.work as "gateway_work?", g.customer_id as "payer_id?", g.customer_name as "payer_name?"
           from jobs j
           left join routers r on r.id = coalesce(j.router_id, case when j.kind = 'lease_script' then j.subject_id end)
           left join services s on j.kind = 'provision' and s.id = j.subject_id
           left join contracts c on c.id = s.contract_id
           left join customers cu on cu.id = c.customer_id
           left join messages m on j.kind = 'message' and m.id = j.subject_id
           left join hotspots h on j.kind = 'hotspot' and h.id = j.subject_id
           left join network_scans ns on j.kind = 'scan_network' and ns.id = j.subject_id
           left join onboardings o on j.kind = 'onboard' and o.id = j.subject_id
           left join gateway_jobs g on j.kind = 'gateway' and g.task_id = j.subject_id
           where j.id = $1"#,
        id.0,
    )
    .fetch_one(&mut *connection)
    .await?;
    let exchanges = sqlx::query_as!(
        JobExchange,
        "select at, sent, command, answer from job_exchanges where job_id = $1 order by id",
        id.0,
    )
    .fetch_all(connection)
    .await?;
    Ok(JobDetail { job: row.job()?, exchanges })
}

struct Row {
    id: i64,
    kind: String,
    subject_id: i64,
    state: String,
    attempts: i32,
    max_attempts: i32,
    run_at: DateTime<Utc>,
    because: Option<Value>,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    router_id: Option<i64>,
    router_name: Option<String>,
    contract_id: Option<i64>,
    contract_code: Option<String>,
    customer_id: Option<i64>,
    customer_name: Option<String>,
    to_address: Option<String>,
    mail_subject: Option<String>,
    hotspot_name: Option<String>,
    range: Option<String>,
    host: Option<String>,
    gateway_work: Option<String>,
    payer_id: Option<i64>,
    payer_name: Option<String>,
}

impl Row {
    fn job(self) -> Result<JobRow> {
        let because = self.because.clone().map(serde_json::from_value).transpose();
        Ok(JobRow {
            id: JobId(self.id),
            state: self.state.parse()?,
            attempts: self.attempts,
            max_attempts: self.max_attempts,
            run_at: self.run_at,
            because: because.map_err(|error| Error::Unknown(error.to_string()))?,
            created_at: self.created_at,
            finished_at: self.finished_at,
            subject: self.subject()?,
        })
    }

    /// The kind decides which of the joined columns are there.
    fn subject(self) -> Result<JobSubject> {
        let missing = || Error::Unknown(format!("job {} without its subject", self.id));
        Ok(match self.kind.parse()? {
            JobKind::Provision => JobSubject::Service {
                service: ServiceId(self.subject_id),
                contract: ContractId(self.contract_id.ok_or_else(missing)?),
                contract_code: self.contract_code.clone().ok_or_else(missing)?,
                customer: CustomerId(self.customer_id.ok_or_else(missing)?),
                customer_name: self.customer_name.clone().ok_or_else(missing)?,
                router: RouterId(self.router_id.ok_or_else(missing)?),
                router_name: self.router_name.clone().ok_or_else(missing)?,
            },
            JobKind::Drift => JobSubject::Drift {
                scan: ScanId(self.subject_id),
                router: RouterId(self.router_id.ok_or_else(missing)?),
                router_name: self.router_name.clone().ok_or_else(missing)?,
            },
            JobKind::Adopt => JobSubject::Adopt {
                adoption: AdoptionId(self.subject_id),
                router: RouterId(self.router_id.ok_or_else(missing)?),
                router_name: self.router_name.clone().ok_or_else(missing)?,
            },
            JobKind::Hotspot => JobSubject::Hotspot {
                hotspot: HotspotId(self.subject_id),
                name: self.hotspot_name.clone().ok_or_else(missing)?,
                router: RouterId(self.router_id.ok_or_else(missing)?),
                router_name: self.router_name.clone().ok_or_else(missing)?,
            },
            JobKind::Base => JobSubject::Router {
                router: RouterId(self.router_id.ok_or_else(missing)?),
                router_name: self.router_name.clone().ok_or_else(missing)?,
            },
            JobKind::Message => JobSubject::Message {
                message: MessageId(self.subject_id),
                to: self.to_address.clone().ok_or_else(missing)?,
                subject: self.mail_subject.clone().ok_or_else(missing)?,
            },
            JobKind::Scan => JobSubject::Scan { range: self.range.clone().ok_or_else(missing)? },
            JobKind::LeaseScript => JobSubject::LeaseScript {
                router: RouterId(self.subject_id),
                router_name: self.router_name.clone().ok_or_else(missing)?,
            },
            // A found router that was forgotten leaves its jobs.
            JobKind::Onboard => JobSubject::Onboard {
                onboarding: OnboardingId(self.subject_id),
                host: self.host.clone().unwrap_or_default(),
            },
            JobKind::Gateway => JobSubject::Gateway {
                work: self.gateway_work.as_deref().ok_or_else(missing)?.parse()?,
                customer: self.payer_id.zip(self.payer_name).map(|(id, name)| Choice { id: CustomerId(id), name }),
            },
            JobKind::Preview => JobSubject::Preview,
        })
    }
}
