//! Taxes, and how their rates change.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::TaxId;
use domain::price::Percent;
use domain::tax::{RateChange, Tax, TaxBasis, TaxRate, TaxRates};
use domain::views::list::Choice;
use rust_decimal::Decimal;

use crate::{Connection, Error, Result};

/// To choose from.
pub async fn choices(connection: &mut Connection) -> Result<Vec<Choice<TaxId>>> {
    let rows = sqlx::query!("select id, name from taxes order by name").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| Choice { id: TaxId(row.id), name: row.name }).collect())
}

/// All of them, by name.
pub async fn all(connection: &mut Connection) -> Result<Vec<Tax>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select t.id, t.name, t.basis, t.rate_percent as first, c.starts_on as "starts_on?", c.rate_percent as "rate?"
           from taxes t left join tax_changes c on c.tax_id = t.id order by t.name, t.id, c.starts_on"#
    );
    grouped(rows.fetch_all(connection).await?)
}

/// What billing needs of them: they are few, whatever the number of lines.
pub async fn rates(connection: &mut Connection) -> Result<BTreeMap<TaxId, TaxRates>> {
    Ok(all(connection).await?.into_iter().map(|tax| (tax.id, tax.rates)).collect())
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, id: TaxId) -> Result<Tax> {
    let rows = sqlx::query_as!(
        Row,
        r#"select t.id, t.name, t.basis, t.rate_percent as first, c.starts_on as "starts_on?", c.rate_percent as "rate?"
           from taxes t left join tax_changes c on c.tax_id = t.id where t.id = $1 order by c.starts_on"#,
        id.0
    );
    grouped(rows.fetch_all(connection).await?)?.pop().ok_or(Error::NotFound)
}

struct Row {
    id: i64,
    name: String,
    basis: String,
    first: Decimal,
    starts_on: Option<NaiveDate>,
    rate: Option<Decimal>,
}

/// One row for each change, or one for a tax without any; the rows of a tax are neighbours.
fn grouped(rows: Vec<Row>) -> Result<Vec<Tax>> {
    let mut taxes: Vec<Tax> = Vec::new();
    for row in rows {
        let change = row.starts_on.zip(row.rate);
        let change = change.map(|(from, rate)| Ok::<_, Error>(RateChange { from, percent: Percent::new(rate)? }));
        let change = change.transpose()?;
        match taxes.last_mut().filter(|tax| tax.id.0 == row.id) {
            Some(tax) => tax.rates.changes.extend(change),
            None => taxes.push(Tax {
                id: TaxId(row.id),
                name: row.name,
                rates: TaxRates {
                    basis: row.basis.parse()?,
                    first: Percent::new(row.first)?,
                    changes: change.into_iter().collect(),
                },
            }),
        }
    }
    Ok(taxes)
}

/// What an issued line says of its tax.
pub(crate) fn of_issued(percent: Decimal, included: bool) -> Result<TaxRate> {
    let basis = if included { TaxBasis::Included } else { TaxBasis::Added };
    Ok(TaxRate { percent: Percent::new(percent)?, basis })
}

/// # Errors
/// `Taken` with `taxes_name_key`.
pub async fn add(connection: &mut Connection, name: &str, basis: TaxBasis, rate: Percent) -> Result<TaxId> {
    let id = sqlx::query_scalar!(
        "insert into taxes (name, basis, rate_percent) values ($1, $2, $3) returning id",
        name,
        basis.word(),
        rate.get()
    );
    Ok(TaxId(id.fetch_one(connection).await?))
}

/// From that day on invoices are issued with this rate.
pub async fn change_rate(connection: &mut Connection, id: TaxId, change: RateChange) -> Result<()> {
    sqlx::query!(
        "insert into tax_changes (tax_id, starts_on, rate_percent) values ($1, $2, $3)
         on conflict (tax_id, starts_on) do update set rate_percent = excluded.rate_percent",
        id.0,
        change.from,
        change.percent.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// # Errors
/// `NotFound` when no change was planned for that day.
pub async fn remove_change(connection: &mut Connection, id: TaxId, from: NaiveDate) -> Result<()> {
    let removed = sqlx::query!("delete from tax_changes where tax_id = $1 and starts_on = $2", id.0, from);
    if removed.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}
