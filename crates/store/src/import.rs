//! What an import writes that nothing else does: documents with the numbers of another system, and where records came
//! from. The rest goes through the files that own it.

mod documents;
mod payments;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, PlanId, PolicyId, RouterId, SectorId, ServiceId};
use domain::service_settings::ServiceSettings;
use domain::tax::Tax;

use crate::{Connection, Result};

pub use documents::{NewDocument, NewDocumentLine, add_documents};
pub use payments::{ImportedAllocation, ImportedPayment, add_allocations, add_payments};

/// A record's name where it came from, and its own id here.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Such as `customer` or `invoice`.
    pub kind: &'static str,
    pub external_id: String,
    pub local_id: i64,
}

/// What is there already and is used rather than made a second time: by code or by name.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub taxes: Vec<Tax>,
    pub plans: BTreeMap<String, PlanId>,
    pub sectors: BTreeMap<String, SectorId>,
    pub routers: BTreeMap<String, RouterId>,
    /// By the days from an invoice to its due date; the oldest where there are several.
    pub policies: BTreeMap<u16, PolicyId>,
}

pub async fn catalogue(connection: &mut Connection) -> Result<Catalogue> {
    let taxes = crate::taxes::all(connection).await?;
    let plans = sqlx::query!("select code, id from plans").fetch_all(&mut *connection).await?;
    let sectors = sqlx::query!("select name, id from sectors").fetch_all(&mut *connection).await?;
    let routers = sqlx::query!("select name, id from routers").fetch_all(&mut *connection).await?;
    let policies = sqlx::query!("select due_days, id from cutoff_policies order by id desc");
    let policies = policies.fetch_all(&mut *connection).await?.into_iter();
    Ok(Catalogue {
        taxes,
        plans: plans.into_iter().map(|row| (row.code, PlanId(row.id))).collect(),
        sectors: sectors.into_iter().map(|row| (row.name, SectorId(row.id))).collect(),
        routers: routers.into_iter().map(|row| (row.name, RouterId(row.id))).collect(),
        policies: policies
            .map(|row| Ok((u16::try_from(row.due_days)?, PolicyId(row.id))))
            .collect::<Result<BTreeMap<_, _>>>()?,
    })
}

/// The names of all records of a kind that came from `source`.
pub async fn already_there(connection: &mut Connection, source: &str, kind: &str) -> Result<BTreeSet<String>> {
    let ids = sqlx::query_scalar!("select external_id from imported where source = $1 and kind = $2", source, kind);
    Ok(ids.fetch_all(connection).await?.into_iter().collect())
}

/// Remembers where records came from.
///
/// # Errors
/// `Taken` with `imported_pkey` when one of them is here already.
pub async fn remember(connection: &mut Connection, source: &str, origins: &[Origin]) -> Result<()> {
    let kinds: Vec<_> = origins.iter().map(|origin| origin.kind.to_owned()).collect();
    let external: Vec<_> = origins.iter().map(|origin| origin.external_id.clone()).collect();
    let local: Vec<_> = origins.iter().map(|origin| origin.local_id).collect();
    sqlx::query!(
        "insert into imported (source, kind, external_id, local_id)
         select $1, * from unnest($2::text[], $3::text[], $4::bigint[])",
        source,
        &kinds,
        &external,
        &local
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A contract's service, which may be one of a contract that is over and has released what it held.
///
/// # Errors
/// As [`crate::service_settings::save`].
pub async fn add_service(
    connection: &mut Connection,
    contract: ContractId,
    settings: &ServiceSettings,
    sealed_password: Option<&[u8]>,
    released_at: Option<DateTime<Utc>>,
) -> Result<ServiceId> {
    let id = sqlx::query_scalar!(
        "insert into services (contract_id, router_id, access, pppoe_user, pppoe_password_encrypted, mac, ip, onu_serial,
                               released_at)
         values ($1, $2, $3, $4, $5, $6, $7::text::inet, $8, $9) returning id",
        contract.0,
        settings.router.0,
        settings.login.access().word(),
        settings.login.user(),
        sealed_password,
        settings.login.mac().map(|mac| mac.as_str()),
        settings.ip.map(|ip| ip.to_string()) as Option<String>,
        settings.onu_serial,
        released_at
    );
    Ok(ServiceId(id.fetch_one(connection).await?))
}
