//! The provider itself: one row.

use domain::calendar::AnchorDay;
use domain::money::MoneyError;
use domain::settings::Company;

use crate::{Connection, Error, Result};

/// # Errors
/// `NotFound` before the provider has been set up.
pub async fn get(connection: &mut Connection) -> Result<Company> {
    let row =
        sqlx::query!("select name, country, currency, time_zone, language from company").fetch_one(connection).await?;
    Ok(Company {
        name: row.name,
        country: row.country,
        currency: row.currency.parse().map_err(|error: MoneyError| Error::Unknown(error.to_string()))?,
        time_zone: row.time_zone,
        language: row.language.parse()?,
    })
}

/// Sets the provider up, or changes what was set up.
pub async fn save(connection: &mut Connection, company: &Company) -> Result<()> {
    sqlx::query!(
        "insert into company (name, country, currency, time_zone, language) values ($1, $2, $3, $4, $5)
         on conflict (only_one) do update set name = excluded.name, country = excluded.country,
             currency = excluded.currency, time_zone = excluded.time_zone, language = excluded.language",
        company.name,
        company.country,
        company.currency.code(),
        company.time_zone,
        company.language.word()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How far the clock is from the real one, in seconds: zero unless this is a demo.
pub async fn clock_shift(connection: &mut Connection) -> Result<i64> {
    Ok(sqlx::query_scalar!("select clock_shift_seconds from company").fetch_one(connection).await?)
}

pub async fn set_clock_shift(connection: &mut Connection, seconds: i64) -> Result<()> {
    sqlx::query!("update company set clock_shift_seconds = $1", seconds).execute(connection).await?;
    Ok(())
}

/// The day on which lines are billed that are aligned to the company's.
pub async fn billing_day(connection: &mut Connection) -> Result<AnchorDay> {
    let day = sqlx::query_scalar!("select billing_day from company").fetch_one(connection).await?;
    Ok(i64::from(day).try_into()?)
}

pub async fn set_billing_day(connection: &mut Connection, day: AnchorDay) -> Result<()> {
    sqlx::query!("update company set billing_day = $1", i32::from(day.get())).execute(connection).await?;
    Ok(())
}
