//! Rows of other systems that became ours, or are about to.

use std::collections::BTreeMap;
use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::contact::Mac;
use domain::ids::{AdoptionId, ContractId, RouterId, ScanId, ServiceId, UserId};
use domain::network::{Because, LimitBy, Menu, Subscriber};
use domain::service::Access;
use domain::views::adoptions::{AdoptedRow, AdoptionDetail, AdoptionOutcome};
use domain::views::jobs::JobState;
use domain::views::list::Choice;
use domain::views::scans::RowOwner;

use crate::{Connection, Error, Result};

/// A row that somebody chose, as it was shown.
#[derive(Clone, Debug)]
pub struct ChosenRow {
    pub id: i64,
    pub menu: Menu,
    pub row: String,
    pub name: String,
    pub service: ServiceId,
    pub attributes: BTreeMap<String, String>,
    pub takes_password: bool,
    pub takes_address: bool,
}

/// The services that a router's rows can belong to, with their customers.
pub async fn subscribers(connection: &mut Connection, router: RouterId) -> Result<Vec<(Subscriber, RowOwner)>> {
    let rows = sqlx::query!(
        r#"select s.id, s.access, s.pppoe_user, s.mac, host(s.ip) as ip, r.limit_by, c.id as contract_id, c.code, cu.name,
                  cu.reference, cu.tax_id
           from services s join routers r on r.id = s.router_id join contracts c on c.id = s.contract_id join customers cu on cu.id = c.customer_id
           where s.router_id = $1 and s.released_at is null order by s.id"#,
        router.0,
    )
    .fetch_all(connection)
    .await?;
    let subscribers = rows.into_iter().map(|row| {
        let unknown = |what: &str| Error::Unknown(format!("the {what} of service {}", row.id));
        let menus = match (row.access.parse()?, row.limit_by.parse()?) {
            (Access::Pppoe, _) => vec![Menu::Secret],
            (Access::Dhcp, LimitBy::Lease) => vec![Menu::Lease],
            (Access::Dhcp, LimitBy::Queue) => vec![Menu::Lease, Menu::Queue],
        };
        let mac = row.mac.map(|mac| mac.parse::<Mac>()).transpose().map_err(|_| unknown("MAC"))?;
        let address = row.ip.map(|ip| ip.parse::<IpAddr>()).transpose().map_err(|_| unknown("address"))?;
        let subscriber = Subscriber {
            service: ServiceId(row.id),
            contract_code: row.code.clone(),
            customer_name: row.name.clone(),
            references: [Some(row.reference), row.tax_id].into_iter().flatten().collect(),
            menus,
            user: row.pppoe_user,
            mac,
            address,
        };
        let owner = RowOwner {
            service: ServiceId(row.id),
            contract: ContractId(row.contract_id),
            contract_code: row.code,
            customer_name: row.name,
        };
        Ok((subscriber, owner))
    });
    subscribers.collect()
}

/// The menus in which services of the router have a row of ours, by what was read of each last.
pub async fn with_rows(connection: &mut Connection, router: RouterId) -> Result<Vec<(Menu, ServiceId)>> {
    let rows = sqlx::query!(
        r#"select distinct s.id, read.menu #>> '{}' as "menu!"
           from services s, jsonb_path_query(s.technical_evidence, '$.rows[*].menu') read (menu)
           where s.router_id = $1 and s.released_at is null"#,
        router.0,
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter().map(|row| Ok((row.menu.parse()?, ServiceId(row.id)))).collect()
}

/// Writes down what somebody chose.
pub async fn add(
    connection: &mut Connection,
    router: RouterId,
    scan: ScanId,
    by: Option<UserId>,
    at: DateTime<Utc>,
    rows: &[ChosenRow],
) -> Result<AdoptionId> {
    let id = sqlx::query_scalar!(
        "insert into adoptions (router_id, scan_id, requested_by, requested_at) values ($1, $2, $3, $4) returning id",
        router.0,
        scan.0,
        by.map(|id| id.0),
        at,
    )
    .fetch_one(&mut *connection)
    .await?;
    let attributes = rows.iter().map(|row| serde_json::to_value(&row.attributes));
    let attributes: Vec<serde_json::Value> =
        attributes.collect::<serde_json::Result<_>>().map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!(
        "insert into adoption_rows (adoption_id, menu, row_id, name, service_id, attributes, takes_password, takes_address)
         select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[], $7::boolean[], $8::boolean[])",
        id,
        &rows.iter().map(|row| row.menu.word().to_owned()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.row.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.service.0).collect::<Vec<_>>(),
        &attributes,
        &rows.iter().map(|row| row.takes_password).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.takes_address).collect::<Vec<_>>(),
    )
    .execute(connection)
    .await?;
    Ok(AdoptionId(id))
}

/// The rows of an adoption that are still to be done.
pub async fn open_rows(connection: &mut Connection, adoption: AdoptionId) -> Result<Vec<ChosenRow>> {
    let rows = sqlx::query!(
        "select id, menu, row_id, name, service_id, attributes, takes_password, takes_address from adoption_rows
         where adoption_id = $1 and outcome is null order by id",
        adoption.0,
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(ChosenRow {
            id: row.id,
            menu: row.menu.parse()?,
            row: row.row_id,
            name: row.name,
            service: ServiceId(row.service_id),
            attributes: serde_json::from_value(row.attributes).map_err(|error| Error::Unknown(error.to_string()))?,
            takes_password: row.takes_password,
            takes_address: row.takes_address,
        })
    });
    rows.collect()
}

/// What became of a row.
pub async fn settle(
    connection: &mut Connection,
    row: i64,
    outcome: AdoptionOutcome,
    because: Option<&Because>,
) -> Result<()> {
    let because = because.map(serde_json::to_value).transpose().map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!("update adoption_rows set outcome = $2, because = $3 where id = $1", row, outcome.word(), because,)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn finish(connection: &mut Connection, adoption: AdoptionId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update adoptions set finished_at = $2 where id = $1", adoption.0, at).execute(connection).await?;
    Ok(())
}

/// The service takes over the password that its customer's equipment uses already.
pub async fn take_password(connection: &mut Connection, service: ServiceId, sealed: &[u8]) -> Result<()> {
    sqlx::query!(
        "update services set pppoe_password_encrypted = $2 where id = $1 and access = 'pppoe'",
        service.0,
        sealed,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The service takes over a fixed address, when it has none and nobody else at the router has it. False: it did not.
pub async fn take_address(connection: &mut Connection, service: ServiceId, address: IpAddr) -> Result<bool> {
    let taken = sqlx::query!(
        "update services s set ip = $2::text::inet
         where s.id = $1 and s.ip is null and not exists (
            select from services o where o.router_id = s.router_id and o.ip = $2::text::inet and o.released_at is null)",
        service.0,
        address.to_string(),
    );
    Ok(taken.execute(connection).await?.rows_affected() > 0)
}

pub async fn detail(connection: &mut Connection, id: AdoptionId) -> Result<AdoptionDetail> {
    let row = sqlx::query!(
        r#"select a.router_id, r.name as router_name, a.requested_at, u.name as "requested_by?", a.finished_at,
                  j.state as "job_state?", j.because as "because?"
           from adoptions a join routers r on r.id = a.router_id left join users u on u.id = a.requested_by
           left join jobs j on j.kind = 'adopt' and j.subject_id = a.id
           where a.id = $1 order by j.id desc limit 1"#,
        id.0,
    );
    let row = row.fetch_one(&mut *connection).await?;
    let job: Option<JobState> = row.job_state.map(|state| state.parse()).transpose()?;
    let open = row.finished_at.is_none();
    let waits = matches!(job, Some(JobState::Waiting | JobState::Running));
    let because = row.because.filter(|_| open).map(serde_json::from_value).transpose();
    Ok(AdoptionDetail {
        id,
        router: Choice { id: RouterId(row.router_id), name: row.router_name },
        requested_at: row.requested_at,
        requested_by: row.requested_by,
        finished_at: row.finished_at,
        because: because.map_err(|error| Error::Unknown(error.to_string()))?,
        failed: open && !waits,
        rows: rows(connection, id).await?,
    })
}

async fn rows(connection: &mut Connection, id: AdoptionId) -> Result<Vec<AdoptedRow>> {
    let rows = sqlx::query!(
        r#"select a.menu, a.name, a.service_id, coalesce(a.attributes->>'comment', '') as "comment!", a.takes_password,
                  a.takes_address, a.outcome, a.because, c.id as contract_id, c.code, cu.name as customer_name
           from adoption_rows a join services s on s.id = a.service_id join contracts c on c.id = s.contract_id
           join customers cu on cu.id = c.customer_id
           where a.adoption_id = $1 order by a.id"#,
        id.0,
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let because = row.because.map(serde_json::from_value).transpose();
        Ok(AdoptedRow {
            menu: row.menu.parse()?,
            name: row.name,
            owner: RowOwner {
                service: ServiceId(row.service_id),
                contract: ContractId(row.contract_id),
                contract_code: row.code,
                customer_name: row.customer_name,
            },
            comment: row.comment,
            takes_password: row.takes_password,
            takes_address: row.takes_address,
            outcome: row.outcome.map(|outcome| outcome.parse()).transpose()?,
            because: because.map_err(|error| Error::Unknown(error.to_string()))?,
        })
    });
    rows.collect()
}
