//! What the network must know of services, and what devices were read to hold. The technical columns of a service
//! are written here and nowhere else.

use std::net::IpAddr;

use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::Mac;
use domain::ids::{ContractId, CustomerId, RouterId, ServiceId};
use domain::ip::Ipv6Prefix;
use domain::network::{Evidence, EvidenceDigest, Observation};
use domain::plan::{Burst, Speed};
use domain::service::{Access, ServiceState, TechnicalState};
use domain::views::scans::RowOwner;

use crate::plans::{burst, speed};
use crate::{Connection, Error, Result};

/// Everything that decides what a router should hold for a service.
#[derive(Clone, Debug)]
pub struct NetworkFacts {
    pub service: ServiceId,
    pub contract: ContractId,
    pub customer: CustomerId,
    pub router: RouterId,
    pub released: bool,
    pub state: ServiceState,
    pub login: NetworkLogin,
    pub address: Option<IpAddr>,
    pub prefix: Option<Ipv6Prefix>,
    /// Of the internet line that holds on the day; `None` when the contract has none.
    pub speed: Option<Speed>,
    pub burst: Option<Burst>,
    /// What a throttled customer keeps of it, in percent.
    pub throttle_percent: u16,
    pub technical_state: TechnicalState,
    /// Where it was last seen; a scan has its digest alone.
    pub evidence: Option<Evidence>,
    pub evidence_digest: Option<EvidenceDigest>,
    /// Its last job ended well, at this router: nothing of an earlier try can be where it was not seen.
    pub settled: bool,
}

#[derive(Clone, Debug)]
pub enum NetworkLogin {
    Pppoe { user: String, sealed_password: Vec<u8>, mac: Option<Mac> },
    Dhcp { mac: Mac },
}

/// The facts of these services on a day. A service that does not exist is left out.
pub async fn facts(connection: &mut Connection, services: &[ServiceId], today: NaiveDate) -> Result<Vec<NetworkFacts>> {
    of_services(connection, services, today, true).await
}

/// The same for who reads all of a router anyway, and needs neither `evidence` nor `settled`: faster for thousands.
pub async fn facts_for_scan(
    connection: &mut Connection,
    services: &[ServiceId],
    today: NaiveDate,
) -> Result<Vec<NetworkFacts>> {
    of_services(connection, services, today, false).await
}

async fn of_services(
    connection: &mut Connection,
    services: &[ServiceId],
    today: NaiveDate,
    in_full: bool,
) -> Result<Vec<NetworkFacts>> {
    let ids: Vec<i64> = services.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select s.id, s.contract_id, c.customer_id, s.router_id, s.released_at is not null as "released!",
                  c.service_state, s.access, s.pppoe_user, s.pppoe_password_encrypted, s.mac, host(s.ip) as ip,
                  s.ipv6_prefix::text as ipv6_prefix, p.down_kbps as "down_kbps?", p.up_kbps as "up_kbps?",
                  p.burst_down_kbps as "burst_down_kbps?", p.burst_up_kbps as "burst_up_kbps?",
                  p.burst_threshold_down_kbps as "burst_threshold_down_kbps?",
                  p.burst_threshold_up_kbps as "burst_threshold_up_kbps?", p.burst_seconds as "burst_seconds?",
                  s.technical_state, case when $3 then s.technical_evidence::text end as technical_evidence,
                  s.technical_evidence_digest,
                  y.throttle_percent,
                  $3 and coalesce((select j.state = 'done' and j.router_id = s.router_id from jobs j
                            where j.kind = 'provision' and j.subject_id = s.id and j.state not in ('waiting', 'running')
                            order by j.id desc limit 1), false) as "settled!"
           from services s join contracts c on c.id = s.contract_id join cutoff_policies y on y.id = c.policy_id
           left join (
                select distinct on (l.contract_id) l.contract_id, plan.*
                from contract_lines l join plans plan on plan.id = l.plan_id
                where l.contract_id in (select contract_id from services where id = any($1)) and plan.kind = 'internet'
                  and (l.starts_on is null or l.starts_on <= $2) and (l.ends_on is null or l.ends_on > $2)
                order by l.contract_id, l.starts_on desc nulls last, l.id desc) as p on p.contract_id = c.id
           where s.id = any($1)"#,
        &ids,
        today,
        in_full,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::facts).collect()
}

/// The services that a router should hold something of.
pub async fn services_at(connection: &mut Connection, router: RouterId) -> Result<Vec<ServiceId>> {
    let ids = sqlx::query_scalar!(
        "select id from services where router_id = $1 and released_at is null order by id",
        router.0,
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ServiceId).collect())
}

/// Services with work waiting at the router, whose place is elsewhere or nowhere: what they left there is to go.
pub async fn leaving(connection: &mut Connection, router: RouterId) -> Result<Vec<ServiceId>> {
    let ids = sqlx::query_scalar!(
        "select s.id from jobs j join services s on s.id = j.subject_id
         where j.kind = 'provision' and j.state = 'waiting' and j.router_id = $1
           and (s.router_id <> $1 or s.released_at is not null)
         order by s.id",
        router.0,
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ServiceId).collect())
}

/// Of these ids, those of services that exist: a tag on a router may name any.
pub async fn existing(connection: &mut Connection, services: &[ServiceId]) -> Result<Vec<ServiceId>> {
    let ids: Vec<i64> = services.iter().map(|id| id.0).collect();
    let found = sqlx::query_scalar!("select id from services where id = any($1)", &ids).fetch_all(connection).await?;
    Ok(found.into_iter().map(ServiceId).collect())
}

/// Whose these services are.
pub async fn owners(connection: &mut Connection, services: &[ServiceId]) -> Result<Vec<RowOwner>> {
    let ids: Vec<i64> = services.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select s.id, c.id as contract_id, c.code, cu.name from services s join contracts c on c.id = s.contract_id
         join customers cu on cu.id = c.customer_id where s.id = any($1)",
        &ids,
    )
    .fetch_all(connection)
    .await?;
    let owners = rows.into_iter().map(|row| RowOwner {
        service: ServiceId(row.id),
        contract: ContractId(row.contract_id),
        contract_code: row.code,
        customer_name: row.name,
    });
    Ok(owners.collect())
}

/// All of a router was read: what of its services was read before is as it was, unless [`save`] says otherwise. A date for
/// each would be thousands of writes that say the same.
pub async fn read_whole(connection: &mut Connection, router: RouterId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update routers set read_whole_at = $2 where id = $1", router.0, at).execute(connection).await?;
    Ok(())
}

/// What devices were read to hold, at `at`. A state's date moves only when the state does.
pub async fn save(
    connection: &mut Connection,
    observations: &[(ServiceId, &Observation)],
    at: DateTime<Utc>,
) -> Result<()> {
    let services: Vec<i64> = observations.iter().map(|(service, _)| service.0).collect();
    let states: Vec<String> = observations.iter().map(|(_, seen)| seen.state.word().to_owned()).collect();
    let digests: Vec<i64> = observations.iter().map(|(_, seen)| seen.evidence.digest().0).collect();
    let evidence = observations.iter().map(|(_, seen)| serde_json::to_value(&seen.evidence));
    let evidence: Vec<serde_json::Value> =
        evidence.collect::<serde_json::Result<_>>().map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!(
        "update services s
         set technical_since = case when s.technical_state = seen.state and s.technical_since is not null
                                    then s.technical_since else $4 end,
             technical_state = seen.state, technical_evidence = seen.evidence, technical_evidence_digest = seen.digest,
             read_at = $4
         from unnest($1::bigint[], $2::text[], $3::jsonb[], $5::bigint[]) as seen (id, state, evidence, digest)
         where s.id = seen.id",
        &services,
        &states,
        &evidence,
        at,
        &digests,
    )
    .execute(connection)
    .await?;
    Ok(())
}

struct Row {
    id: i64,
    contract_id: i64,
    customer_id: i64,
    router_id: i64,
    released: bool,
    service_state: String,
    access: String,
    pppoe_user: Option<String>,
    pppoe_password_encrypted: Option<Vec<u8>>,
    mac: Option<String>,
    ip: Option<String>,
    ipv6_prefix: Option<String>,
    down_kbps: Option<i32>,
    up_kbps: Option<i32>,
    burst_down_kbps: Option<i32>,
    burst_up_kbps: Option<i32>,
    burst_threshold_down_kbps: Option<i32>,
    burst_threshold_up_kbps: Option<i32>,
    burst_seconds: Option<i32>,
    technical_state: String,
    technical_evidence: Option<String>,
    technical_evidence_digest: Option<i64>,
    throttle_percent: i32,
    settled: bool,
}

impl Row {
    fn facts(self) -> Result<NetworkFacts> {
        let unknown = |what: &str| Error::Unknown(format!("the {what} of service {}", self.id));
        let mac = self.mac.map(|mac| mac.parse::<Mac>()).transpose().map_err(|_| unknown("MAC"))?;
        let login = match self.access.parse()? {
            Access::Pppoe => NetworkLogin::Pppoe {
                user: self.pppoe_user.ok_or_else(|| unknown("user"))?,
                sealed_password: self.pppoe_password_encrypted.ok_or_else(|| unknown("password"))?,
                mac,
            },
            Access::Dhcp => NetworkLogin::Dhcp { mac: mac.ok_or_else(|| unknown("MAC"))? },
        };
        let threshold = speed(self.burst_threshold_down_kbps, self.burst_threshold_up_kbps)?;
        let burst = burst(speed(self.burst_down_kbps, self.burst_up_kbps)?, threshold, self.burst_seconds)?;
        let prefix = self.ipv6_prefix.map(|prefix| prefix.parse::<Ipv6Prefix>()).transpose();
        let address = self.ip.map(|ip| ip.parse::<IpAddr>()).transpose().map_err(|_| unknown("address"))?;
        let evidence = self.technical_evidence.as_deref().map(serde_json::from_str).transpose();
        Ok(NetworkFacts {
            service: ServiceId(self.id),
            contract: ContractId(self.contract_id),
            customer: CustomerId(self.customer_id),
            router: RouterId(self.router_id),
            released: self.released,
            state: self.service_state.parse()?,
            login,
            address,
            prefix: prefix.map_err(|_| unknown("prefix"))?,
            speed: speed(self.down_kbps, self.up_kbps)?,
            burst,
            throttle_percent: self.throttle_percent.try_into()?,
            technical_state: self.technical_state.parse()?,
            evidence: evidence.map_err(|_| unknown("evidence"))?,
            evidence_digest: self.technical_evidence_digest.map(EvidenceDigest),
            settled: self.settled,
        })
    }
}
