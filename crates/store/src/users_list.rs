//! Users as the office sees them.

use chrono::{DateTime, Utc};
use domain::ids::{CustomerId, UserId};
use domain::views::list::{Choice, Direction, Page};
use domain::views::users::{UserCustomer, UserDetail, UserFilter, UserRow, UserState};

use crate::{Connection, Result, search};

pub async fn list(connection: &mut Connection, filter: &UserFilter) -> Result<Page<UserRow>> {
    let search = filter.search.as_deref().and_then(search::pattern);
    let role = filter.role.map(|role| role.word());
    let state = filter.state.map(|state| state.word());
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from users
           where ($1::text is null or name ilike $1 or email ilike $1)
             and ($2::text is null or role = $2)
             and ($3::text is null or $3 = case when disabled_at is not null then 'disabled'
                                                when password_hash is null then 'invited' else 'active' end)"#,
        search,
        role,
        state,
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query!(
        r#"select page.id as "id!", page.name as "name!", page.email as "email!", page.role as "role!",
                  page.password_hash is not null as "accepted!", page.disabled_at, page.created_at as "created_at!",
                  (select max(seen_at) from sessions where user_id = page.id) as seen_at,
                  exists (select from second_factors f where f.user_id = page.id and f.confirmed_at is not null)
                      as "second_factor!"
           from (select *, row_number() over () as place from (
                 select * from users
                 where ($1::text is null or name ilike $1 or email ilike $1)
                   and ($2::text is null or role = $2)
                   and ($3::text is null or $3 = case when disabled_at is not null then 'disabled'
                                                      when password_hash is null then 'invited' else 'active' end)
                 order by
                   case when not $5 then case $4 when 'name' then lower(name) when 'email' then email
                                                 when 'role' then role else created_at::text end end,
                   case when $5 then case $4 when 'name' then lower(name) when 'email' then email
                                             when 'role' then role else created_at::text end end desc,
                   id
                 limit $6 offset $7) as sorted) as page
           order by page.place"#,
        search,
        role,
        state,
        filter.sort.word(),
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(UserRow {
                id: UserId(row.id),
                name: row.name,
                email: row.email,
                role: row.role.parse()?,
                state: state_of(row.accepted, row.disabled_at),
                created_at: row.created_at,
                seen_at: row.seen_at,
                second_factor: row.second_factor,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0 })
}

/// One user, with the sessions that are open at `now`.
pub async fn detail(connection: &mut Connection, id: UserId, now: DateTime<Utc>) -> Result<UserDetail> {
    let row = sqlx::query!(
        r#"select u.id, u.name, u.email, u.role, u.language, u.password_hash is not null as "accepted!",
                  u.created_at, u.disabled_at, c.id as "customer_id?", c.reference as "reference?",
                  c.name as "customer_name?",
                  (select count(*) from sessions s where s.user_id = u.id and s.expires_at > $2 and not s.waits_for_code)
                      as "open_sessions!",
                  exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null)
                      as "second_factor!"
           from users u left join customers c on c.id = u.customer_id where u.id = $1"#,
        id.0,
        now,
    )
    .fetch_one(connection)
    .await?;
    let customer = match (row.customer_id, row.reference, row.customer_name) {
        (Some(id), Some(reference), Some(name)) => Some(UserCustomer { id: CustomerId(id), reference, name }),
        _ => None,
    };
    Ok(UserDetail {
        id,
        name: row.name,
        email: row.email,
        role: row.role.parse()?,
        state: state_of(row.accepted, row.disabled_at),
        language: row.language.parse()?,
        customer,
        created_at: row.created_at,
        disabled_at: row.disabled_at,
        open_sessions: row.open_sessions,
        second_factor: row.second_factor,
    })
}

/// Who may be given work: staff who can sign in.
pub async fn staff(connection: &mut Connection) -> Result<Vec<Choice<UserId>>> {
    let rows =
        sqlx::query!("select id, name from users where role <> 'customer' and disabled_at is null order by name");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: UserId(row.id), name: row.name }).collect())
}

/// Everybody of the staff there ever was, by name: the audit names them.
pub async fn all_staff(connection: &mut Connection) -> Result<Vec<Choice<UserId>>> {
    let rows = sqlx::query!("select id, name from users where role <> 'customer' order by name, id");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: UserId(row.id), name: row.name }).collect())
}

pub(crate) fn state_of(accepted: bool, disabled_at: Option<DateTime<Utc>>) -> UserState {
    match (disabled_at, accepted) {
        (Some(_), _) => UserState::Disabled,
        (None, false) => UserState::Invited,
        (None, true) => UserState::Active,
    }
}
