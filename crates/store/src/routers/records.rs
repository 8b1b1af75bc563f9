//! A router as it was entered.

use std::net::IpAddr;

use domain::ids::RouterId;
use domain::network::{Addressing, RouterMode};

use crate::{Connection, Error, Result};

/// What a person decides about a router. The password is sealed.
#[derive(Clone, Debug)]
pub struct RouterRecord {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub certificate_sha256: Option<[u8; 32]>,
    pub username: String,
    pub mode: RouterMode,
    pub addressing: Addressing,
}

/// The same with its sealed password: what it takes to log in.
#[derive(Clone, Debug)]
pub struct RouterAccess {
    pub id: RouterId,
    pub record: RouterRecord,
    pub sealed_password: Vec<u8>,
}

/// # Errors
/// `Taken` with `routers_name_key`.
pub async fn add(connection: &mut Connection, router: &RouterRecord, sealed_password: &[u8]) -> Result<RouterId> {
    let id = sqlx::query_scalar!(
        "insert into routers (name, host, port, certificate_sha256, username, password_encrypted, mode,
                              pppoe_local_address, pppoe_pool, dhcp_server, ipv6_pool, limit_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8::text::inet, $9, $10, $11, $12) returning id",
        router.name,
        router.host,
        i32::from(router.port),
        router.certificate_sha256.as_ref().map(<[u8; 32]>::as_slice),
        router.username,
        sealed_password,
        router.mode.word(),
        router.addressing.pppoe_local_address.map(|address| address.to_string()),
        router.addressing.pppoe_pool,
        router.addressing.dhcp_server,
        router.addressing.ipv6_pool,
        router.addressing.limit_by.word(),
    )
    .fetch_one(connection)
    .await?;
    Ok(RouterId(id))
}

/// Saves what was edited; a password only when there is a new one. The router is tried again at once.
///
/// # Errors
/// `Taken` with `routers_name_key`.
pub async fn save(
    connection: &mut Connection,
    id: RouterId,
    router: &RouterRecord,
    sealed_password: Option<&[u8]>,
) -> Result<()> {
    sqlx::query!(
        "update routers set name = $2, host = $3, port = $4, certificate_sha256 = $5, username = $6,
                password_encrypted = coalesce($7, password_encrypted), mode = $8,
                pppoe_local_address = $9::text::inet, pppoe_pool = $10, dhcp_server = $11, ipv6_pool = $12,
                limit_by = $13, retry_at = null
         where id = $1",
        id.0,
        router.name,
        router.host,
        i32::from(router.port),
        router.certificate_sha256.as_ref().map(<[u8; 32]>::as_slice),
        router.username,
        sealed_password,
        router.mode.word(),
        router.addressing.pppoe_local_address.map(|address| address.to_string()),
        router.addressing.pppoe_pool,
        router.addressing.dhcp_server,
        router.addressing.ipv6_pool,
        router.addressing.limit_by.word(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// One router with its sealed password, kept from being edited until the transaction ends.
pub async fn access(connection: &mut Connection, id: RouterId) -> Result<RouterAccess> {
    let row = sqlx::query_as!(
        AccessRow,
        "select id, name, host, port, certificate_sha256, username, password_encrypted, mode,
                host(pppoe_local_address) as pppoe_local_address, pppoe_pool, ipv6_pool, dhcp_server, limit_by
         from routers where id = $1 for no key update",
        id.0,
    );
    row.fetch_one(connection).await?.access()
}

pub(super) struct AccessRow {
    pub id: i64,
    pub name: String,
    pub host: String,
    pub port: i32,
    pub certificate_sha256: Option<Vec<u8>>,
    pub username: String,
    pub password_encrypted: Vec<u8>,
    pub mode: String,
    pub pppoe_local_address: Option<String>,
    pub pppoe_pool: Option<String>,
    pub ipv6_pool: Option<String>,
    pub dhcp_server: Option<String>,
    pub limit_by: String,
}

impl AccessRow {
    pub fn access(self) -> Result<RouterAccess> {
        let unknown = |what: &str| Error::Unknown(format!("the {what} of router {}", self.id));
        let certificate = self.certificate_sha256.map(<[u8; 32]>::try_from).transpose();
        let local_address = self.pppoe_local_address.map(|text| text.parse::<IpAddr>()).transpose();
        let record = RouterRecord {
            name: self.name,
            host: self.host,
            port: u16::try_from(self.port).map_err(|_| unknown("port"))?,
            certificate_sha256: certificate.map_err(|_| unknown("certificate"))?,
            username: self.username,
            mode: self.mode.parse()?,
            addressing: Addressing {
                pppoe_local_address: local_address.map_err(|_| unknown("local address"))?,
                pppoe_pool: self.pppoe_pool,
                ipv6_pool: self.ipv6_pool,
                dhcp_server: self.dhcp_server,
                limit_by: self.limit_by.parse()?,
            },
        };
        Ok(RouterAccess { id: RouterId(self.id), record, sealed_password: self.password_encrypted })
    }
}
