//! The words of messages that providers changed, and when telephones are quiet.

use chrono::{DateTime, Utc};
use domain::contact::Language;
use domain::ids::UserId;
use domain::message::{Purpose, QuietHours, Template};

use crate::{Connection, Result};

/// The provider's own words; `None`: those that come with the product.
pub async fn own(connection: &mut Connection, purpose: Purpose, language: Language) -> Result<Option<Template>> {
    let row = sqlx::query!(
        "select subject, body, short from message_templates
         where purpose = $1 and language = $2 order by id desc limit 1",
        purpose.word(),
        language.word()
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.and_then(|row| Some(Template { subject: row.subject?, body: row.body?, short: row.short? })))
}

/// All that have own words.
pub async fn all_own(connection: &mut Connection) -> Result<Vec<(Purpose, Language)>> {
    let rows = sqlx::query!(
        "select purpose, language from (
             select distinct on (purpose, language) purpose, language, body from message_templates
             order by purpose, language, id desc) newest
         where body is not null"
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok((row.purpose.parse()?, row.language.parse()?))).collect()
}

/// With `None`, the words that come with the product are in use again.
pub async fn save(
    connection: &mut Connection,
    purpose: Purpose,
    language: Language,
    template: Option<&Template>,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<()> {
    sqlx::query!(
        "insert into message_templates (purpose, language, subject, body, short, saved_at, saved_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
        purpose.word(),
        language.word(),
        template.map(|template| template.subject.as_str()),
        template.map(|template| template.body.as_str()),
        template.map(|template| template.short.as_str()),
        at,
        by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn quiet_hours(connection: &mut Connection) -> Result<Option<QuietHours>> {
    let row = sqlx::query!("select quiet_from, quiet_to from quiet_hours").fetch_one(connection).await?;
    Ok(row.quiet_from.zip(row.quiet_to).map(|(from, to)| QuietHours { from, to }))
}

pub async fn save_quiet_hours(connection: &mut Connection, quiet: Option<QuietHours>) -> Result<()> {
    sqlx::query!(
        "update quiet_hours set quiet_from = $1, quiet_to = $2",
        quiet.map(|quiet| quiet.from),
        quiet.map(|quiet| quiet.to)
    )
    .execute(connection)
    .await?;
    Ok(())
}
