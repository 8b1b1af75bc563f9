//! The audit as the office reads it.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::views::audit::{AuditFilter, AuditRow, changes};
use domain::views::list::Page;

use crate::search::words;
use crate::{Connection, Result};

/// A page of the audit, the newest line first. `from` and `until` are the moments that the filter's dates mean in the
/// company's time zone; `until` is not included.
pub async fn list(
    connection: &mut Connection,
    filter: &AuditFilter,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Result<Page<AuditRow>> {
    let words = words(filter.search.as_deref());
    let actor = filter.actor.map(|id| id.0);
    let verb = filter.verb.as_deref().filter(|verb| !verb.is_empty());
    let subject = filter.subject.as_deref().filter(|subject| !subject.is_empty());
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from audit
           where ($1::bigint is null or actor_id = $1) and ($2::text is null or verb = $2)
             and ($3::text is null or subject_kind = $3) and ($4::bigint is null or subject_id = $4)
             and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
             and ($7::text is null or search like plain($7))
             and ($8::text is null or search like all (string_to_array(plain($8), ' ')))"#,
        actor,
        verb,
        subject,
        filter.subject_id,
        from,
        until,
        words.longest,
        words.all,
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query!(
        "select id, at, actor_id, actor_name, verb, subject_kind, subject_id, before, after from audit
         where ($1::bigint is null or actor_id = $1) and ($2::text is null or verb = $2)
           and ($3::text is null or subject_kind = $3) and ($4::bigint is null or subject_id = $4)
           and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
           and ($7::text is null or search like plain($7))
           and ($8::text is null or search like all (string_to_array(plain($8), ' ')))
         order by id desc limit $9 offset $10",
        actor,
        verb,
        subject,
        filter.subject_id,
        from,
        until,
        words.longest,
        words.all,
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let rows = rows
        .into_iter()
        .map(|row| AuditRow {
            id: row.id,
            at: row.at,
            actor: row.actor_id.map(UserId),
            actor_name: row.actor_name,
            verb: row.verb,
            subject: row.subject_kind,
            subject_id: row.subject_id,
            changes: changes(row.before.as_ref(), row.after.as_ref()),
        })
        .collect();
    Ok(Page { rows, total, number: filter.page.0 })
}

/// Every kind of record that the audit tells of. Skips from one to the next in the index: there are few among many lines.
pub async fn subjects(connection: &mut Connection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        r#"with recursive kinds as (
               (select subject_kind from audit order by subject_kind limit 1)
               union all
               select (select subject_kind from audit where subject_kind > kinds.subject_kind
                       order by subject_kind limit 1)
               from kinds where kinds.subject_kind is not null)
           select subject_kind as "kind!" from kinds where subject_kind is not null"#,
    )
    .fetch_all(connection)
    .await?)
}
