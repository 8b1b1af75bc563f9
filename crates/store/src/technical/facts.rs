//! Everything that decides what a router should hold for a service.

use std::collections::HashMap;
use std::net::IpAddr;

use chrono::NaiveDate;
use domain::contact::Mac;
use domain::ids::{ContractId, CustomerId, PlanId, RouterId, ServiceId};
use domain::ip::Ipv6Prefix;
use domain::network::{Evidence, EvidenceDigest};
use domain::plan::{Burst, Speed};
use domain::service::{Access, ServiceState, TechnicalState};

use crate::plans::{PlanRate, rates_of_internet};
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

/// One text with what differs between a few services and all of a router as literals, so that each is planned by itself. A
/// plan comes as its id: thousands of services have the same few. `$1` is the day, `$2` what `$these` are found by. In one
/// order, so that two scans tell what they found in the same.
macro_rules! rows_of_services {
    ($these:literal, $evidence:literal, $settled:literal, $($parameter:expr),* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select s.id, s.contract_id, c.customer_id, s.router_id, s.released_at is not null as "released!",
                      c.service_state, s.access, s.pppoe_user, s.pppoe_password_encrypted, s.mac, host(s.ip) as ip,
                      s.ipv6_prefix::text as ipv6_prefix, p.plan_id as "plan_id?", s.technical_state,
                      s.technical_evidence_digest, y.throttle_percent, "#
                + $evidence
                + r#" as technical_evidence, "#
                + $settled
                + r#" as "settled!"
               from services s join contracts c on c.id = s.contract_id join cutoff_policies y on y.id = c.policy_id
               left join (
                    select distinct on (l.contract_id) l.contract_id, l.plan_id
                    from contract_lines l
                    where l.contract_id in (select s.contract_id from services s where "#
                + $these
                + r#")
                      and l.plan_id in (select id from plans where kind = 'internet')
                      and (l.starts_on is null or l.starts_on <= $1) and (l.ends_on is null or l.ends_on > $1)
                    order by l.contract_id, l.starts_on desc nulls last, l.id desc) as p on p.contract_id = c.id
               where "#
                + $these
                + " order by s.id",
            $($parameter),*
        )
    };
}

/// The facts of these services on a day. A service that does not exist is left out.
pub async fn facts(connection: &mut Connection, services: &[ServiceId], today: NaiveDate) -> Result<Vec<NetworkFacts>> {
    let ids: Vec<i64> = services.iter().map(|id| id.0).collect();
    let rows = rows_of_services!(
        "s.id = any($2)",
        "s.technical_evidence::text",
        "coalesce((select j.state = 'done' and j.router_id = s.router_id from jobs j
                   where j.kind = 'provision' and j.subject_id = s.id and j.state not in ('waiting', 'running')
                   order by j.id desc limit 1), false)",
        today,
        &ids,
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    with_rates(connection, rows).await
}

/// The facts of all services that a router should hold something of ([`services_at`](super::services_at)), for who reads it
/// whole and needs neither `evidence` nor `settled`.
pub async fn facts_at(connection: &mut Connection, router: RouterId, today: NaiveDate) -> Result<Vec<NetworkFacts>> {
    let rows = rows_of_services!("s.router_id = $2 and s.released_at is null", "null::text", "false", today, router.0);
    let rows = rows.fetch_all(&mut *connection).await?;
    with_rates(connection, rows).await
}

async fn with_rates(connection: &mut Connection, rows: Vec<Row>) -> Result<Vec<NetworkFacts>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let rates = rates_of_internet(connection).await?;
    rows.into_iter().map(|row| row.facts(&rates)).collect()
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
    plan_id: Option<i64>,
    technical_state: String,
    technical_evidence: Option<String>,
    technical_evidence_digest: Option<i64>,
    throttle_percent: i32,
    settled: bool,
}

impl Row {
    fn facts(self, rates: &HashMap<PlanId, PlanRate>) -> Result<NetworkFacts> {
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
        // A plan that is none for the internet any more, since a moment ago, gives no speed, as if it were no line.
        let rate = self.plan_id.and_then(|plan| rates.get(&PlanId(plan))).copied().unwrap_or_default();
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
            speed: rate.speed,
            burst: rate.burst,
            throttle_percent: self.throttle_percent.try_into()?,
            technical_state: self.technical_state.parse()?,
            evidence: evidence.map_err(|_| unknown("evidence"))?,
            evidence_digest: self.technical_evidence_digest.map(EvidenceDigest),
            settled: self.settled,
        })
    }
}
