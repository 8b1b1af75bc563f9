//! The keys of gateways, sealed, and the rule of tries.

use domain::gateway::{GatewayMode, Provider, RetryDays};
use domain::ids::GatewayId;

use crate::{Connection, Error, Result};

/// A gateway's keys as they are stored.
#[derive(Clone, Debug)]
pub struct Keys {
    pub id: GatewayId,
    pub provider: Provider,
    pub mode: GatewayMode,
    pub api_url: String,
    pub secret_key: Vec<u8>,
    pub webhook_secret: Vec<u8>,
    pub key_hint: String,
    pub is_on: bool,
}

struct Row {
    id: i64,
    provider: String,
    mode: String,
    api_url: String,
    secret_key: Vec<u8>,
    webhook_secret: Vec<u8>,
    key_hint: String,
    is_on: bool,
}

impl Row {
    fn keys(self) -> Result<Keys> {
        Ok(Keys {
            id: GatewayId(self.id),
            provider: self.provider.parse()?,
            mode: self.mode.parse()?,
            api_url: self.api_url,
            secret_key: self.secret_key,
            webhook_secret: self.webhook_secret,
            key_hint: self.key_hint,
            is_on: self.is_on,
        })
    }
}

pub async fn list(connection: &mut Connection) -> Result<Vec<Keys>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, provider, mode, api_url, secret_key, webhook_secret, key_hint, is_on from gateways order by mode desc"
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::keys).collect()
}

/// The gateway that takes cards now, if one does.
pub async fn that_is_on(connection: &mut Connection) -> Result<Option<Keys>> {
    Ok(list(connection).await?.into_iter().find(|keys| keys.is_on))
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, id: GatewayId) -> Result<Keys> {
    list(connection).await?.into_iter().find(|keys| keys.id == id).ok_or(Error::NotFound)
}

/// # Errors
/// `NotFound` while this mode has no keys.
pub async fn of_mode(connection: &mut Connection, mode: GatewayMode) -> Result<Keys> {
    list(connection).await?.into_iter().find(|keys| keys.mode == mode).ok_or(Error::NotFound)
}

/// Enters keys, or replaces those of their mode.
pub async fn save(connection: &mut Connection, keys: &Keys) -> Result<GatewayId> {
    let id = sqlx::query_scalar!(
        "insert into gateways (provider, mode, api_url, secret_key, webhook_secret, key_hint, is_on)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (provider, mode) do update set api_url = excluded.api_url, secret_key = excluded.secret_key,
             webhook_secret = excluded.webhook_secret, key_hint = excluded.key_hint
         returning id",
        keys.provider.word(),
        keys.mode.word(),
        keys.api_url,
        keys.secret_key,
        keys.webhook_secret,
        keys.key_hint,
        keys.is_on
    );
    Ok(GatewayId(id.fetch_one(connection).await?))
}

/// Lets one take cards, or none.
pub async fn switch(connection: &mut Connection, on: Option<GatewayId>) -> Result<()> {
    sqlx::query!("update gateways set is_on = false where is_on").execute(&mut *connection).await?;
    if let Some(id) = on {
        sqlx::query!("update gateways set is_on = true where id = $1", id.0).execute(connection).await?;
    }
    Ok(())
}

pub async fn retry_days(connection: &mut Connection) -> Result<RetryDays> {
    let days = sqlx::query_scalar!("select retry_days from gateway_settings").fetch_one(connection).await?;
    let days: std::result::Result<Vec<u8>, _> = days.into_iter().map(u8::try_from).collect();
    RetryDays::new(days?).map_err(|problem| Error::Unknown(format!("{problem:?}")))
}

pub async fn save_retry_days(connection: &mut Connection, days: &RetryDays) -> Result<()> {
    let days: Vec<i32> = days.get().iter().map(|days| i32::from(*days)).collect();
    sqlx::query!("update gateway_settings set retry_days = $1", &days).execute(connection).await?;
    Ok(())
}
