//! The ports of boxes, and who has which.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, CustomerId, NapId, ServiceId, SplitterPortId};
use domain::views::list::Choice;
use domain::views::plant::{ContractPort, NapPort, PortHolder};

use crate::{Connection, Error, Result};

/// Which port, as people call it: `NAP-12/3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub nap: Choice<NapId>,
    pub number: i32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.nap.name, self.number)
    }
}

/// Until the transaction ends nobody else takes one of its ports.
pub async fn lock_nap(connection: &mut Connection, nap: NapId) -> Result<()> {
    sqlx::query_scalar!("select id from naps where id = $1 for update", nap.0).fetch_one(connection).await?;
    Ok(())
}

/// # Errors
/// `NotFound` for a port that is in no box, or that another splitter hangs on.
pub async fn place(connection: &mut Connection, port: SplitterPortId) -> Result<Place> {
    let row = sqlx::query!(
        r#"select n.id, n.name, p.number as "number!"
           from nap_ports p join naps n on n.id = p.nap_id where p.id = $1"#,
        port.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(Place { nap: Choice { id: NapId(row.id), name: row.name }, number: row.number })
}

/// All of a box, by number.
pub async fn ports(connection: &mut Connection, nap: NapId, now: DateTime<Utc>) -> Result<Vec<NapPort>> {
    find(connection, Some(nap), None, now).await
}

/// # Errors
/// `NotFound` as for [`place`].
pub async fn holder(connection: &mut Connection, port: SplitterPortId, now: DateTime<Utc>) -> Result<PortHolder> {
    let found = find(connection, None, Some(port), now).await?.into_iter().next();
    Ok(found.ok_or(Error::NotFound)?.holder)
}

async fn find(
    connection: &mut Connection,
    nap: Option<NapId>,
    port: Option<SplitterPortId>,
    now: DateTime<Utc>,
) -> Result<Vec<NapPort>> {
    let rows = sqlx::query!(
        r#"select p.id as "id!", p.number as "number!", c.id as "contract_id?", c.code as "code?",
                  u.id as "customer_id?", u.name as "customer?", r.expires_at as "expires_at?",
                  coalesce(b.name, '') as "by!", p.service_id
           from nap_ports p
           left join services v on v.id = p.service_id
           left join port_reservations r on r.port_id = p.id and r.expires_at > $3 and p.service_id is null
           left join contracts c on c.id = coalesce(v.contract_id, r.contract_id)
           left join customers u on u.id = coalesce(c.customer_id, r.customer_id)
           left join users b on b.id = r.reserved_by
           where ($1::bigint is null or p.nap_id = $1) and ($2::bigint is null or p.id = $2)
           order by p.number"#,
        nap.map(|id| id.0),
        port.map(|id| id.0),
        now,
    );
    let ports = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let contract = row.contract_id.map(ContractId).zip(row.code).map(|(id, name)| Choice { id, name });
        let customer = row.customer_id.map(CustomerId).zip(row.customer).map(|(id, name)| Choice { id, name });
        let holder = match (row.service_id, row.expires_at, customer, contract) {
            (Some(_), _, Some(customer), Some(contract)) => PortHolder::Service { contract, customer },
            (None, Some(until), Some(customer), contract) => {
                PortHolder::Reserved { contract, customer, until, by: row.by }
            }
            _ => PortHolder::Nobody,
        };
        NapPort { id: SplitterPortId(row.id), number: row.number, holder }
    });
    Ok(ports.collect())
}

/// Connects a service; the port's reservation has done its work, and so has one of another port for the same contract.
///
/// # Errors
/// `Taken` with `splitter_ports_service` when the service has a port already; `Refused` with `port_feeds` or
/// `port_outside`; `NotFound` when the port serves somebody.
pub async fn connect(connection: &mut Connection, port: SplitterPortId, service: ServiceId) -> Result<()> {
    let connected = sqlx::query!(
        "update splitter_ports set service_id = $2 where id = $1 and service_id is null",
        port.0,
        service.0,
    );
    if connected.execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "delete from port_reservations
         where port_id = $1 or contract_id = (select contract_id from services where id = $2)",
        port.0,
        service.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets go of the port that the contract's service is connected to. Answers which it was.
pub async fn disconnect(connection: &mut Connection, contract: ContractId) -> Result<Option<Place>> {
    let port = sqlx::query_scalar!(
        "update splitter_ports set service_id = null
         where service_id = (select id from services where contract_id = $1) returning id",
        contract.0
    );
    match port.fetch_optional(&mut *connection).await? {
        Some(port) => Ok(Some(place(connection, SplitterPortId(port)).await?)),
        None => Ok(None),
    }
}

/// The port that a contract has, connected or reserved.
pub async fn of_contract(
    connection: &mut Connection,
    contract: ContractId,
    now: DateTime<Utc>,
) -> Result<Option<ContractPort>> {
    let row = sqlx::query!(
        r#"select p.nap_id as "nap_id!", n.name as "nap!", p.number as "number!", null::timestamptz as until
           from services v join nap_ports p on p.service_id = v.id join naps n on n.id = p.nap_id
           where v.contract_id = $1
           union all
           select p.nap_id, n.name, p.number, r.expires_at
           from port_reservations r join nap_ports p on p.id = r.port_id join naps n on n.id = p.nap_id
           where r.contract_id = $1 and r.expires_at > $2 and p.service_id is null
           limit 1"#,
        contract.0,
        now,
    );
    Ok(row.fetch_optional(connection).await?.map(|row| ContractPort {
        nap: Choice { id: NapId(row.nap_id), name: row.nap },
        number: row.number,
        reserved_until: row.until,
    }))
}
