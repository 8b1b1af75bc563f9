//! What belongs to one hotspot: its walled garden, bindings of devices, accounts.

use domain::contact::Mac;
use domain::hotspot::{BindingKind, Reachable};
use domain::ids::{HotspotBindingId, HotspotId, HotspotProfileId, HotspotUserId, WalledGardenId};
use domain::views::hotspots::{BindingRow, GardenRow, UserFacts, UserRow};
use domain::views::list::Choice;

use crate::{Connection, Error, Result};

pub async fn of_garden(connection: &mut Connection, hotspot: HotspotId) -> Result<Vec<GardenRow>> {
    let rows = sqlx::query!(
        r#"select id, host, case when family(address) = 4 and masklen(address) = 32
                                   or family(address) = 6 and masklen(address) = 128
                                 then host(address) else text(address) end as address, note
           from walled_garden where hotspot_id = $1 order by host, address, id"#,
        hotspot.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let to = row.host.map(Reachable::Host).or(row.address.map(Reachable::Address));
        let to = to.ok_or_else(|| Error::Unknown(format!("walled garden {}", row.id)))?;
        Ok(GardenRow { id: WalledGardenId(row.id), to, note: row.note })
    });
    rows.collect()
}

/// # Errors
/// `Taken` with `walled_garden_once`; `Refused` with `walled_garden_hotspot_id_fkey`.
pub async fn add_garden(connection: &mut Connection, hotspot: HotspotId, to: &Reachable, note: &str) -> Result<()> {
    let (host, address) = match to {
        Reachable::Host(host) => (Some(host), None),
        Reachable::Address(address) => (None, Some(address)),
    };
    sqlx::query!(
        "insert into walled_garden (hotspot_id, host, address, note) values ($1, $2, $3::text::inet, $4)",
        hotspot.0,
        host,
        address,
        note
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// # Errors
/// `NotFound`, also for another hotspot's.
pub async fn remove_garden(connection: &mut Connection, hotspot: HotspotId, id: WalledGardenId) -> Result<()> {
    let removed = sqlx::query!("delete from walled_garden where id = $1 and hotspot_id = $2", id.0, hotspot.0);
    found(removed.execute(connection).await?.rows_affected())
}

pub async fn of_binding(connection: &mut Connection, hotspot: HotspotId) -> Result<Vec<BindingRow>> {
    let rows =
        sqlx::query!("select id, mac, kind, note from hotspot_bindings where hotspot_id = $1 order by mac", hotspot.0);
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let (mac, kind) = (mac(&row.mac)?, row.kind.parse()?);
        Ok(BindingRow { id: HotspotBindingId(row.id), mac, kind, note: row.note })
    });
    rows.collect()
}

/// # Errors
/// `Taken` with `hotspot_bindings_hotspot_id_mac_key`; `Refused` with `hotspot_bindings_hotspot_id_fkey`.
pub async fn add_binding(
    connection: &mut Connection,
    hotspot: HotspotId,
    mac: &Mac,
    kind: BindingKind,
    note: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into hotspot_bindings (hotspot_id, mac, kind, note) values ($1, $2, $3, $4)",
        hotspot.0,
        mac.as_str(),
        kind.word(),
        note
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// # Errors
/// `NotFound`, also for another hotspot's.
pub async fn remove_binding(connection: &mut Connection, hotspot: HotspotId, id: HotspotBindingId) -> Result<()> {
    let removed = sqlx::query!("delete from hotspot_bindings where id = $1 and hotspot_id = $2", id.0, hotspot.0);
    found(removed.execute(connection).await?.rows_affected())
}

pub async fn of_user(connection: &mut Connection, hotspot: HotspotId) -> Result<Vec<UserRow>> {
    let rows = sqlx::query!(
        "select u.id, u.name, u.profile_id, p.name as profile, u.valid_until, u.disabled
         from hotspot_users u join hotspot_profiles p on p.id = u.profile_id
         where u.hotspot_id = $1 order by u.name",
        hotspot.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| UserRow {
        id: HotspotUserId(row.id),
        name: row.name,
        profile: Choice { id: HotspotProfileId(row.profile_id), name: row.profile },
        valid_until: row.valid_until,
        disabled: row.disabled,
    });
    Ok(rows.collect())
}

/// # Errors
/// `NotFound`, also for another hotspot's.
pub async fn user(connection: &mut Connection, hotspot: HotspotId, id: HotspotUserId) -> Result<UserRow> {
    of_user(connection, hotspot).await?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)
}

/// # Errors
/// `Taken` with `hotspot_users_hotspot_id_name_key`; `Refused` with the foreign keys.
pub async fn add_user(
    connection: &mut Connection,
    hotspot: HotspotId,
    facts: &UserFacts,
    sealed_password: &[u8],
) -> Result<HotspotUserId> {
    let id = sqlx::query_scalar!(
        "insert into hotspot_users (hotspot_id, profile_id, name, password_encrypted, valid_until, disabled)
         values ($1, $2, $3, $4, $5, $6) returning id",
        hotspot.0,
        facts.profile.0,
        facts.name,
        sealed_password,
        facts.valid_until,
        facts.disabled
    );
    Ok(HotspotUserId(id.fetch_one(connection).await?))
}

/// Without a new password, the one that is stored stays.
///
/// # Errors
/// As [`add_user`].
pub async fn edit_user(
    connection: &mut Connection,
    id: HotspotUserId,
    facts: &UserFacts,
    sealed_password: Option<&[u8]>,
) -> Result<()> {
    sqlx::query!(
        "update hotspot_users set profile_id = $2, name = $3, valid_until = $4, disabled = $5,
                password_encrypted = coalesce($6, password_encrypted)
         where id = $1",
        id.0,
        facts.profile.0,
        facts.name,
        facts.valid_until,
        facts.disabled,
        sealed_password
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn found(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::NotFound) }
}

pub(super) fn mac(text: &str) -> Result<Mac> {
    text.parse().map_err(|_| Error::Unknown(format!("`{text}` is no MAC address")))
}
