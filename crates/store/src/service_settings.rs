//! How a contract's service reaches the network, as an editor sees it. What devices were read to hold is written in
//! `technical`, and only there; here it is forgotten when the device is another one.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::contact::Mac;
use domain::ids::{ContractId, PlanId, RouterId, ServiceId};
use domain::service::Access;
use domain::service_settings::{Login, ServiceSettings};
use domain::views::list::Choice;

use crate::{Connection, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub id: ServiceId,
    pub settings: ServiceSettings,
    pub has_password: bool,
    pub released_at: Option<DateTime<Utc>>,
}

pub async fn of_contract(connection: &mut Connection, contract: ContractId) -> Result<Option<Service>> {
    let row = sqlx::query!(
        r#"select id, router_id, access, pppoe_user, pppoe_password_encrypted is not null as "has_password!", mac,
                  host(ip) as ip, ipv6_prefix::text as ipv6_prefix, onu_serial, released_at
           from services where contract_id = $1"#,
        contract.0
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mac: Option<Mac> = row.mac.map(|mac| mac.parse()).transpose()?;
    let settings = ServiceSettings {
        router: RouterId(row.router_id),
        login: login(row.access.parse()?, row.pppoe_user, mac)?,
        ip: row.ip.map(|ip| ip.parse::<IpAddr>()).transpose()?,
        ipv6_prefix: row.ipv6_prefix.map(|prefix| prefix.parse()).transpose()?,
        onu_serial: row.onu_serial,
    };
    let (has_password, released_at) = (row.has_password, row.released_at);
    Ok(Some(Service { id: ServiceId(row.id), settings, has_password, released_at }))
}

fn login(access: Access, user: Option<String>, mac: Option<Mac>) -> Result<Login> {
    match (access, user, mac) {
        (Access::Pppoe, Some(user), mac) => Ok(Login::Pppoe { user, mac }),
        (Access::Dhcp, _, Some(mac)) => Ok(Login::Dhcp { mac }),
        (access, _, _) => Err(Error::Unknown(format!("a {access} service without what it is known by"))),
    }
}

/// Sets a contract's service up, or changes it; the contract is locked. Without a sealed `password` the present one stays.
/// At another router nothing was read of it yet.
///
/// # Errors
/// `Taken` with `services_pppoe_user`, `services_mac`, `services_ip` or `services_onu_serial`, or with `address_reserved`,
/// `address_dynamic` or `address_of_network` when nobody can have the address; `Overlap` with `services_ipv6_prefix`;
/// `Refused` with `services_router_id_fkey`.
pub async fn save(
    connection: &mut Connection,
    contract: ContractId,
    settings: &ServiceSettings,
    password: Option<&[u8]>,
) -> Result<ServiceId> {
    let (access, user) = (settings.login.access().word(), settings.login.user());
    let mac = settings.login.mac().map(|mac| mac.as_str());
    let ip = settings.ip.map(|ip| ip.to_string());
    let prefix = settings.ipv6_prefix.map(|prefix| prefix.to_string());
    // Not `on conflict`: the row to insert would be checked first, and it may lack the password that is kept.
    let changed = sqlx::query_scalar!(
        "update services set router_id = $2, access = $3, pppoe_user = $4, mac = $6, ip = $7::text::inet, onu_serial = $8,
                ipv6_prefix = $9::text::cidr,
                pppoe_password_encrypted = case when $3 = 'pppoe' then coalesce($5, pppoe_password_encrypted) end,
                technical_state = case when router_id = $2 then technical_state else 'unprovisioned' end,
                technical_since = case when router_id = $2 then technical_since end,
                technical_evidence = case when router_id = $2 then technical_evidence end,
                technical_evidence_digest = case when router_id = $2 then technical_evidence_digest end,
                read_at = case when router_id = $2 then read_at end
         where contract_id = $1 returning id",
        contract.0,
        settings.router.0,
        access,
        user,
        password,
        mac,
        ip.as_deref() as Option<&str>,
        settings.onu_serial,
        prefix.as_deref() as Option<&str>
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(id) = changed {
        return Ok(ServiceId(id));
    }
    let added = sqlx::query_scalar!(
        "insert into services (contract_id, router_id, access, pppoe_user, pppoe_password_encrypted, mac, ip, onu_serial,
                               ipv6_prefix)
         values ($1, $2, $3, $4, $5, $6, $7::text::inet, $8, $9::text::cidr) returning id",
        contract.0,
        settings.router.0,
        access,
        user,
        password,
        mac,
        ip.as_deref() as Option<&str>,
        settings.onu_serial,
        prefix.as_deref() as Option<&str>
    );
    Ok(ServiceId(added.fetch_one(connection).await?))
}

/// Something that only one service can have, and another contract's has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The field's name in the form.
    pub field: String,
    /// The other contract's code.
    pub by: String,
}

/// What of these settings another contract's service has already.
pub async fn clashes(
    connection: &mut Connection,
    contract: ContractId,
    settings: &ServiceSettings,
) -> Result<Vec<Clash>> {
    let rows = sqlx::query_as!(
        Clash,
        r#"with others as (select s.*, c.code from services s join contracts c on c.id = s.contract_id
                           where s.released_at is null and s.contract_id <> $1)
           select 'pppoe_user' as "field!", code as "by!" from others where pppoe_user = $2
           union all select 'mac', code from others where mac = $3
           union all select 'ip', code from others where router_id = $4 and ip = $5::text::inet
           union all select 'onu_serial', code from others where onu_serial = $6
           union all select 'ipv6_prefix', code from others where ipv6_prefix && $7::text::cidr"#,
        contract.0,
        settings.login.user(),
        settings.login.mac().map(|mac| mac.as_str()),
        settings.router.0,
        settings.ip.map(|ip| ip.to_string()) as Option<String>,
        settings.onu_serial,
        settings.ipv6_prefix.map(|prefix| prefix.to_string()) as Option<String>
    );
    Ok(rows.fetch_all(connection).await?)
}

/// The service's id and its sealed PPPoE password, if it has one.
pub async fn sealed_password(
    connection: &mut Connection,
    contract: ContractId,
) -> Result<(ServiceId, Option<Vec<u8>>)> {
    let row = sqlx::query!("select id, pppoe_password_encrypted from services where contract_id = $1", contract.0)
        .fetch_one(connection)
        .await?;
    Ok((ServiceId(row.id), row.pppoe_password_encrypted))
}

/// User, MAC and address may serve somebody else from now on. Answers the service, if there was one to release.
pub async fn release(
    connection: &mut Connection,
    contract: ContractId,
    at: DateTime<Utc>,
) -> Result<Option<ServiceId>> {
    let released = sqlx::query_scalar!(
        "update services set released_at = $2 where contract_id = $1 and released_at is null returning id",
        contract.0,
        at
    );
    Ok(released.fetch_optional(connection).await?.map(ServiceId))
}

/// A contract that is revived has its user, MAC and address again.
///
/// # Errors
/// `Taken` as in [`save`].
pub async fn take_back(connection: &mut Connection, contract: ContractId) -> Result<()> {
    sqlx::query!("update services set released_at = null where contract_id = $1", contract.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// A service goes on with another contract: what its device was read to hold stays true.
pub async fn hand_over(connection: &mut Connection, from: ContractId, to: ContractId) -> Result<()> {
    sqlx::query!("update services set contract_id = $2 where contract_id = $1", from.0, to.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// The routers, to choose from.
pub async fn router_choices(connection: &mut Connection) -> Result<Vec<Choice<RouterId>>> {
    let rows = sqlx::query!("select id, name from routers order by name");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: RouterId(row.id), name: row.name }).collect())
}

/// The services of active contracts that have a line with this plan.
pub async fn with_plan(connection: &mut Connection, plan: PlanId) -> Result<Vec<ServiceId>> {
    let ids = sqlx::query_scalar!(
        "select s.id from services s join contracts c on c.id = s.contract_id
         where c.state = 'active' and s.released_at is null
           and c.id in (select contract_id from contract_lines where plan_id = $1)
         order by s.id",
        plan.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ServiceId).collect())
}

/// The services of active contracts at a router.
pub async fn at_router(connection: &mut Connection, router: RouterId) -> Result<Vec<ServiceId>> {
    let ids = sqlx::query_scalar!(
        "select s.id from services s join contracts c on c.id = s.contract_id
         where s.router_id = $1 and c.state = 'active' and s.released_at is null order by s.id",
        router.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ServiceId).collect())
}

/// The services of contracts that are not over.
pub async fn unreleased(connection: &mut Connection) -> Result<Vec<ServiceId>> {
    let ids = sqlx::query_scalar!("select id from services where released_at is null order by id");
    Ok(ids.fetch_all(connection).await?.into_iter().map(ServiceId).collect())
}
