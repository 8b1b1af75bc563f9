//! Lists that somebody keeps by a name.

use chrono::{DateTime, Utc};
use domain::ids::{SavedFilterId, UserId};
use domain::role::Role;
use domain::views::saved_filters::{NewFilter, SavedFilter};

use crate::{Connection, Result};

/// What somebody of a role finds at a list: their own, and what others shared.
pub async fn of_list(connection: &mut Connection, user: UserId, role: Role, list: &str) -> Result<Vec<SavedFilter>> {
    let rows = sqlx::query!(
        r#"select f.id, f.name, f.query, f.role is not null as "shared!", f.user_id = $1 as "own!", u.name as owner
           from saved_filters f join users u on u.id = f.user_id
           where f.list = $3 and (f.user_id = $1 or (f.role = $2 and u.disabled_at is null))
           order by lower(f.name), f.id"#,
        user.0,
        role.word(),
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| SavedFilter {
        id: SavedFilterId(row.id),
        name: row.name,
        query: row.query,
        owner: (!row.own).then_some(row.owner),
        shared: row.shared,
    });
    Ok(rows.collect())
}

/// Keeps it, in place of the owner's other one of that name.
pub async fn save(
    connection: &mut Connection,
    user: UserId,
    role: Option<Role>,
    filter: &NewFilter,
    at: DateTime<Utc>,
) -> Result<SavedFilterId> {
    let id = sqlx::query_scalar!(
        "insert into saved_filters (user_id, role, list, query, name, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (user_id, list, name) do update set role = excluded.role, query = excluded.query
         returning id",
        user.0,
        role.map(Role::word),
        filter.list,
        filter.query,
        filter.name,
        at
    );
    Ok(SavedFilterId(id.fetch_one(connection).await?))
}

/// Forgets it. Only its owner can; answers which list it was of.
pub async fn remove(connection: &mut Connection, user: UserId, filter: SavedFilterId) -> Result<NewFilter> {
    let row = sqlx::query!(
        r#"delete from saved_filters where id = $1 and user_id = $2
           returning list, query, name, role is not null as "shared!""#,
        filter.0,
        user.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(NewFilter { list: row.list, query: row.query, name: row.name, shared: row.shared })
}
