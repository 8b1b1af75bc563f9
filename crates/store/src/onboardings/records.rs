//! One of them, as it is worked with.

use chrono::{DateTime, Utc};
use domain::ids::{NetworkScanId, OnboardingId, RouterId};
use domain::network::{Because, RouterIdentity};
use domain::onboarding::{PlannedStep, Step};

use crate::{Connection, Error, Result};

/// What a scan found at an address.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    pub scan: NetworkScanId,
    pub host: &'a str,
    pub port: u16,
    /// It opened with the factory's user and no password.
    pub identity: Option<&'a RouterIdentity>,
    pub name: &'a str,
    pub server: &'a str,
    pub at: DateTime<Utc>,
}

/// A router on its way, with its sealed secrets.
#[derive(Clone, Debug)]
pub struct Onboarding {
    pub id: OnboardingId,
    pub host: String,
    pub port: u16,
    pub opens: bool,
    pub name: String,
    pub server: String,
    pub sealed_admin_password: Option<Vec<u8>>,
    pub secrets: Option<Secrets>,
    pub planned_at: Option<DateTime<Utc>>,
    pub step: Option<Step>,
    /// The certificate's fingerprint, and the port that shows it.
    pub certificate: Option<([u8; 32], u16)>,
    pub router: Option<RouterId>,
    pub version: Option<String>,
}

/// Sealed.
#[derive(Clone, Debug)]
pub struct Secrets {
    pub password: Vec<u8>,
    pub rescue_password: Vec<u8>,
    pub backup_password: Vec<u8>,
}

/// Whether a router of the inventory is there already.
pub async fn is_in_inventory(connection: &mut Connection, host: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from routers where host = $1) as "exists!""#, host)
        .fetch_one(connection)
        .await?)
}

/// Notes what was found; somebody's wishes for it, and what was done already, stay.
pub async fn add(connection: &mut Connection, found: &Found<'_>) -> Result<OnboardingId> {
    let id = sqlx::query_scalar!(
        "insert into onboardings (scan_id, host, port, opens, board, version, name, server, step, found_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'read', $9)
         on conflict (host, port) where router_id is null do update
            set scan_id = excluded.scan_id, opens = onboardings.opens or excluded.opens,
                board = coalesce(excluded.board, onboardings.board),
                version = coalesce(excluded.version, onboardings.version), found_at = excluded.found_at
         returning id",
        found.scan.0,
        found.host,
        i32::from(found.port),
        found.identity.is_some(),
        found.identity.map(|identity| &identity.board),
        found.identity.map(|identity| &identity.version),
        found.name,
        found.server,
        found.at,
    );
    Ok(OnboardingId(id.fetch_one(connection).await?))
}

/// Locked until the transaction ends.
pub async fn access(connection: &mut Connection, id: OnboardingId) -> Result<Onboarding> {
    let row = sqlx::query!(
        "select host, port, opens, name, server, admin_password_encrypted, password_encrypted,
                rescue_password_encrypted, backup_password_encrypted, planned_at, step, certificate_sha256,
                secure_port, router_id, version
         from onboardings where id = $1 for no key update",
        id.0,
    )
    .fetch_one(connection)
    .await?;
    let secrets = match (row.password_encrypted, row.rescue_password_encrypted, row.backup_password_encrypted) {
        (Some(password), Some(rescue_password), Some(backup_password)) => {
            Some(Secrets { password, rescue_password, backup_password })
        }
        _ => None,
    };
    let certificate = match (row.certificate_sha256, row.secure_port) {
        (Some(bytes), Some(port)) => {
            let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| Error::Unknown(format!("the certificate of {id}")))?;
            Some((bytes, port.try_into()?))
        }
        _ => None,
    };
    Ok(Onboarding {
        id,
        host: row.host,
        port: row.port.try_into()?,
        opens: row.opens,
        name: row.name,
        server: row.server,
        sealed_admin_password: row.admin_password_encrypted,
        secrets,
        planned_at: row.planned_at,
        step: row.step.as_deref().map(str::parse).transpose()?,
        certificate,
        router: row.router_id.map(RouterId),
        version: row.version,
    })
}

/// What is wanted of it. The plan that was looked at is another's now.
pub async fn prepare(
    connection: &mut Connection,
    id: OnboardingId,
    name: &str,
    server: &str,
    sealed_admin_password: Option<&[u8]>,
) -> Result<()> {
    sqlx::query!(
        "update onboardings set name = $2, server = $3, plan = null, planned_at = null,
                admin_password_encrypted = coalesce($4, admin_password_encrypted)
         where id = $1",
        id.0,
        name,
        server,
        sealed_admin_password,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It let us in, and said this of itself.
pub async fn opened(connection: &mut Connection, id: OnboardingId, identity: &RouterIdentity) -> Result<()> {
    sqlx::query!(
        "update onboardings set opens = true, board = $2, version = $3 where id = $1",
        id.0,
        identity.board,
        identity.version,
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn save_plan(
    connection: &mut Connection,
    id: OnboardingId,
    plan: &[PlannedStep],
    at: DateTime<Utc>,
) -> Result<()> {
    let plan = serde_json::to_value(plan)?;
    sqlx::query!(
        "update onboardings set plan = $2, planned_at = $3, not_planned_because = null where id = $1",
        id.0,
        plan,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It could not be looked at.
pub async fn not_planned(connection: &mut Connection, id: OnboardingId, because: &Because) -> Result<()> {
    let because = serde_json::to_value(because)?;
    sqlx::query!("update onboardings set not_planned_because = $2 where id = $1", id.0, because)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn save_secrets(connection: &mut Connection, id: OnboardingId, secrets: &Secrets) -> Result<()> {
    sqlx::query!(
        "update onboardings set password_encrypted = $2, rescue_password_encrypted = $3,
                backup_password_encrypted = $4
         where id = $1",
        id.0,
        secrets.password,
        secrets.rescue_password,
        secrets.backup_password,
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn save_certificate(
    connection: &mut Connection,
    id: OnboardingId,
    fingerprint: &[u8; 32],
    port: u16,
) -> Result<()> {
    sqlx::query!(
        "update onboardings set certificate_sha256 = $2, secure_port = $3 where id = $1",
        id.0,
        fingerprint.as_slice(),
        i32::from(port),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What comes next; or, after the last step, which router it has become.
pub async fn save_step(
    connection: &mut Connection,
    id: OnboardingId,
    next: Option<Step>,
    router: Option<RouterId>,
) -> Result<()> {
    sqlx::query!(
        "update onboardings set step = $2, router_id = $3 where id = $1",
        id.0,
        next.map(Step::word),
        router.map(|router| router.0),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It is not to become ours. What was done to it, if anything was, stays.
pub async fn forget(connection: &mut Connection, id: OnboardingId) -> Result<()> {
    sqlx::query!("delete from onboardings where id = $1", id.0).execute(connection).await?;
    Ok(())
}
