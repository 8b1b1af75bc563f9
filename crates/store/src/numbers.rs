//! Number series: how their numbers look, how far they have come, and the second numbers of documents.

use chrono::NaiveDate;
use domain::ids::InvoiceId;
use domain::invoice::NumberPattern;
use domain::views::numbers::{CONTROL, Series};

use crate::{Connection, Error, Result};

/// The year that a series is counted in.
pub fn year_of(kind: &str, on: NaiveDate) -> i32 {
    if kind == CONTROL { 0 } else { chrono::Datelike::year(&on) }
}

/// All series with the number that would come next on `today`.
pub async fn list(connection: &mut Connection, today: NaiveDate) -> Result<Vec<Series>> {
    let rows = sqlx::query!(
        r#"select p.kind, p.pattern, coalesce(s.last, 0) as "last!"
           from number_patterns p
           left join number_series s on s.kind = p.kind and s.year = case when p.kind = $2 then 0 else $1 end
           order by p.kind"#,
        chrono::Datelike::year(&today),
        CONTROL
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let pattern: NumberPattern = row.pattern.parse().map_err(unknown)?;
            Ok(Series { next: pattern.number(today, row.last + 1), kind: row.kind, pattern })
        })
        .collect()
}

/// # Errors
/// `NotFound` for a kind that has no series.
pub async fn save_pattern(connection: &mut Connection, kind: &str, pattern: &NumberPattern) -> Result<()> {
    let text = String::from(pattern.clone());
    let saved = sqlx::query!("update number_patterns set pattern = $2 where kind = $1", kind, text);
    if saved.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Gives issued documents their control numbers.
pub async fn save_control_numbers(
    connection: &mut Connection,
    invoices: &[InvoiceId],
    numbers: &[String],
) -> Result<()> {
    let ids: Vec<i64> = invoices.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into control_numbers (invoice_id, number) select * from unnest($1::bigint[], $2::text[])",
        &ids,
        numbers
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn control_number(connection: &mut Connection, invoice: InvoiceId) -> Result<Option<String>> {
    let number = sqlx::query_scalar!("select number from control_numbers where invoice_id = $1", invoice.0);
    Ok(number.fetch_optional(connection).await?)
}

fn unknown(error: impl std::fmt::Display) -> Error {
    Error::Unknown(error.to_string())
}
