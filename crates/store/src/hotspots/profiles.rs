//! What those who are let in get.

use domain::ids::{HotspotId, HotspotProfileId};
use domain::plan::Speed;
use domain::views::hotspots::{ProfileFacts, ProfileRow};
use domain::views::list::Choice;

use crate::{Connection, Error, Result};

struct Row {
    id: i64,
    name: String,
    down_kbps: i32,
    up_kbps: i32,
    shared_users: i32,
    session_minutes: Option<i32>,
    locks_to_device: bool,
    uses: i64,
}

impl Row {
    fn view(self) -> Result<ProfileRow> {
        let whole = |number: i32| u32::try_from(number).map_err(|error| Error::Unknown(error.to_string()));
        Ok(ProfileRow {
            id: HotspotProfileId(self.id),
            facts: ProfileFacts {
                name: self.name,
                speed: Speed { down_kbps: whole(self.down_kbps)?, up_kbps: whole(self.up_kbps)? },
                shared_users: whole(self.shared_users)?,
                session_minutes: self.session_minutes.map(whole).transpose()?,
                locks_to_device: self.locks_to_device,
            },
            uses: self.uses,
        })
    }
}

/// All of them by name: a provider has a handful.
pub async fn profiles(connection: &mut Connection) -> Result<Vec<ProfileRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, name, down_kbps, up_kbps, shared_users, session_minutes, locks_to_device,
                  (select count(*) from voucher_batches b where b.profile_id = p.id)
                      + (select count(*) from hotspot_users u where u.profile_id = p.id) as "uses!"
           from hotspot_profiles p order by name, id"#
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

pub async fn profile_choices(connection: &mut Connection) -> Result<Vec<Choice<HotspotProfileId>>> {
    let rows = sqlx::query!("select id, name from hotspot_profiles order by name, id").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| Choice { id: HotspotProfileId(row.id), name: row.name }).collect())
}

/// # Errors
/// `NotFound`.
pub async fn profile(connection: &mut Connection, id: HotspotProfileId) -> Result<ProfileFacts> {
    let found = profiles(connection).await?.into_iter().find(|row| row.id == id);
    Ok(found.ok_or(Error::NotFound)?.facts)
}

/// # Errors
/// `Taken` with `hotspot_profiles_name_key`.
pub async fn add_profile(connection: &mut Connection, facts: &ProfileFacts) -> Result<HotspotProfileId> {
    let id = sqlx::query_scalar!(
        "insert into hotspot_profiles (name, down_kbps, up_kbps, shared_users, session_minutes, locks_to_device)
         values ($1, $2, $3, $4, $5, $6) returning id",
        facts.name,
        number(facts.speed.down_kbps),
        number(facts.speed.up_kbps),
        number(facts.shared_users),
        facts.session_minutes.map(number),
        facts.locks_to_device
    );
    Ok(HotspotProfileId(id.fetch_one(connection).await?))
}

/// # Errors
/// `Taken` with `hotspot_profiles_name_key`.
pub async fn edit_profile(connection: &mut Connection, id: HotspotProfileId, facts: &ProfileFacts) -> Result<()> {
    sqlx::query!(
        "update hotspot_profiles set name = $2, down_kbps = $3, up_kbps = $4, shared_users = $5, session_minutes = $6,
                locks_to_device = $7
         where id = $1",
        id.0,
        facts.name,
        number(facts.speed.down_kbps),
        number(facts.speed.up_kbps),
        number(facts.shared_users),
        facts.session_minutes.map(number),
        facts.locks_to_device
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn number(whole: u32) -> i32 {
    i32::try_from(whole).unwrap_or(i32::MAX)
}

/// Where something has the profile.
pub async fn hotspots_of_profile(connection: &mut Connection, id: HotspotProfileId) -> Result<Vec<HotspotId>> {
    let ids = sqlx::query_scalar!(
        r#"select hotspot_id as "id!" from hotspot_users where profile_id = $1
           union select h.hotspot_id from voucher_batch_hotspots h
                 join voucher_batches b on b.id = h.batch_id where b.profile_id = $1"#,
        id.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(HotspotId).collect())
}
