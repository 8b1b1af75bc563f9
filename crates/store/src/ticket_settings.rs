//! What a provider promises, when it works, and the categories of tickets.

use domain::business_time::BusinessHours;
use domain::ids::TicketCategoryId;
use domain::ticket::{Priority, Sla};
use domain::views::ticket_forms::CategoryFacts;
use domain::views::tickets::{Category, Name};

use crate::{Connection, Error, Result};

/// When resolved tickets close, and from how many days on an outage is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Limits {
    pub close_after_days: i32,
    pub credit_from_days: Option<i32>,
}

/// The lowest priority first.
pub async fn slas(connection: &mut Connection) -> Result<Vec<Sla>> {
    let rows = sqlx::query!("select priority, response_hours, resolution_hours, clock from ticket_priorities");
    let mut slas = Vec::new();
    for row in rows.fetch_all(connection).await? {
        slas.push(Sla {
            priority: row.priority.parse()?,
            response_hours: row.response_hours.try_into()?,
            resolution_hours: row.resolution_hours.try_into()?,
            clock: row.clock.parse()?,
        });
    }
    slas.sort_by_key(|sla| sla.priority);
    Ok(slas)
}

pub async fn sla(connection: &mut Connection, priority: Priority) -> Result<Sla> {
    slas(connection).await?.into_iter().find(|sla| sla.priority == priority).ok_or(Error::NotFound)
}

pub async fn save_sla(connection: &mut Connection, sla: &Sla) -> Result<()> {
    sqlx::query!(
        "update ticket_priorities set response_hours = $2, resolution_hours = $3, clock = $4 where priority = $1",
        sla.priority.word(),
        i32::try_from(sla.response_hours)?,
        i32::try_from(sla.resolution_hours)?,
        sla.clock.word()
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn hours(connection: &mut Connection) -> Result<BusinessHours> {
    let rows = sqlx::query!("select weekday, spans from business_hours order by weekday").fetch_all(connection).await?;
    let mut hours = BusinessHours::default();
    for (day, row) in hours.0.iter_mut().zip(rows) {
        *day = row.spans.parse().map_err(|_| Error::Unknown(format!("business hours `{}`", row.spans)))?;
    }
    Ok(hours)
}

pub async fn save_hours(connection: &mut Connection, hours: &BusinessHours) -> Result<()> {
    let spans: Vec<String> = hours.0.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "update business_hours h set spans = n.spans
         from unnest($1::text[]) with ordinality as n (spans, weekday) where h.weekday = n.weekday",
        &spans
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn limits(connection: &mut Connection) -> Result<Limits> {
    let limits = sqlx::query_as!(Limits, "select close_after_days, credit_from_days from ticket_settings");
    Ok(limits.fetch_one(connection).await?)
}

pub async fn save_limits(connection: &mut Connection, limits: Limits) -> Result<()> {
    sqlx::query!(
        "update ticket_settings set close_after_days = $1, credit_from_days = $2",
        limits.close_after_days,
        limits.credit_from_days
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Those in use first.
pub async fn categories(connection: &mut Connection) -> Result<Vec<Category>> {
    let rows = sqlx::query!(
        r#"select id, name_es, name_en, priority, for_customers, goes_with_outages, archived_at is not null as "archived!"
           from ticket_categories order by archived_at is not null, id"#
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(Category {
            id: TicketCategoryId(row.id),
            name: Name { es: row.name_es, en: row.name_en },
            priority: row.priority.parse()?,
            for_customers: row.for_customers,
            goes_with_outages: row.goes_with_outages,
            archived: row.archived,
        })
    });
    rows.collect()
}

/// # Errors
/// `Taken` with `ticket_categories_name_es_key` or `ticket_categories_name_en_key`.
pub async fn add_category(connection: &mut Connection, facts: &CategoryFacts) -> Result<TicketCategoryId> {
    let id = sqlx::query_scalar!(
        "insert into ticket_categories (name_es, name_en, priority, for_customers, goes_with_outages)
         values ($1, $2, $3, $4, $5) returning id",
        facts.name.es,
        facts.name.en,
        facts.priority.word(),
        facts.for_customers,
        facts.goes_with_outages
    );
    Ok(TicketCategoryId(id.fetch_one(connection).await?))
}

/// # Errors
/// As [`add_category`]; `NotFound`.
pub async fn edit_category(
    connection: &mut Connection,
    id: TicketCategoryId,
    facts: &CategoryFacts,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let edited = sqlx::query!(
        "update ticket_categories set name_es = $2, name_en = $3, priority = $4, for_customers = $5,
                goes_with_outages = $6, archived_at = case when $7 then coalesce(archived_at, $8) end
         where id = $1",
        id.0,
        facts.name.es,
        facts.name.en,
        facts.priority.word(),
        facts.for_customers,
        facts.goes_with_outages,
        facts.archived,
        at
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}
