//! What the network must know of services, and what devices were read to hold. The technical columns of a service
//! are written here and nowhere else; a move to another router empties them (`service_settings`).

mod facts;

pub use facts::{NetworkFacts, NetworkLogin, facts, facts_at};

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, RouterId, ServiceId};
use domain::network::Observation;
use domain::views::scans::RowOwner;

use crate::{Connection, Error, Result};

/// The services that a router should hold something of: those of [`facts_at`].
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
