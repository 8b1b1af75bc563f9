//! What is owed, promised and collected.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::SectorId;
use domain::money::{Currency, Money};
use domain::views::dashboard::{AgedDebt, Counted, SectorDebt};
use domain::views::invoices::DebtAge;
use domain::views::list::Choice;
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// The sectors that are named of those that owe.
const SECTORS_SHOWN: i64 = 8;

/// All that is open on invoices, by currency and age: of each currency, every age.
pub async fn ages(connection: &mut Connection, today: NaiveDate, sector: Option<SectorId>) -> Result<Vec<AgedDebt>> {
    let rows = sqlx::query!(
        r#"select currency, due_on, count(*) as "count!", sum(amount) as "amount!"
           from open_items
           where $1::bigint is null or contract_id in (
               select id from contracts where sector_id = $1)
           group by currency, due_on order by currency"#,
        sector.map(|id| id.0)
    );
    let mut sums = BTreeMap::<(Currency, DebtAge), (i64, Decimal)>::new();
    for row in rows.fetch_all(connection).await? {
        let currency = row.currency.parse::<Currency>()?;
        for age in DebtAge::ALL {
            sums.entry((currency, *age)).or_default();
        }
        let sum = sums.entry((currency, DebtAge::of(days_late(row.due_on, today)?))).or_default();
        *sum = (sum.0 + row.count, sum.1 + row.amount);
    }
    let aged = |((currency, age), (invoices, sum))| AgedDebt { age, invoices, amount: Money::new(sum, currency) };
    Ok(sums.into_iter().map(aged).collect())
}

fn days_late(due: NaiveDate, today: NaiveDate) -> Result<i32> {
    Ok(i32::try_from((today - due).num_days())?)
}

/// Rows of each currency together.
fn add_up<'a>(rows: impl Iterator<Item = (&'a str, i64, Decimal)>) -> Result<Counted> {
    let (mut count, mut sums) = (0, BTreeMap::<&str, Decimal>::new());
    for (currency, rows, amount) in rows {
        count += rows;
        *sums.entry(currency).or_default() += amount;
    }
    let amounts = sums.into_iter().map(|(currency, sum)| Ok(Money::new(sum, currency.parse::<Currency>()?)));
    Ok(Counted { count, amounts: amounts.collect::<Result<_>>()? })
}

/// The sectors that owe most of a currency past the due date, the largest first. Invoices that are of no contract are in
/// no sector. The sector is looked up once for each contract that owes: without `materialized`, twice.
pub async fn debts_by_sector(
    connection: &mut Connection,
    today: NaiveDate,
    currency: Currency,
    sector: Option<SectorId>,
) -> Result<Vec<SectorDebt>> {
    let rows = sqlx::query!(
        r#"with late as (
               select contract_id, count(*) as invoices, sum(amount) as amount
               from open_items
               where due_on < $1 and currency = $2
                 and ($3::bigint is null or contract_id in (
                       select id from contracts where sector_id = $3))
               group by contract_id),
           placed as materialized (
               select (select sector_id from contracts where id = late.contract_id) as sector_id, invoices, amount
               from late)
           select s.id, s.name, sum(p.invoices)::bigint as "invoices!", sum(p.amount) as "amount!"
           from placed p join sectors s on s.id = p.sector_id
           group by s.id order by sum(p.amount) desc, s.name limit $4"#,
        today,
        currency.code(),
        sector.map(|id| id.0),
        SECTORS_SHOWN
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| SectorDebt {
        sector: Choice { id: SectorId(row.id), name: row.name },
        invoices: row.invoices,
        amount: Money::new(row.amount, currency),
    });
    Ok(rows.collect())
}

/// What customers gave their word for, and is still to come.
pub async fn promised(connection: &mut Connection, sector: Option<SectorId>) -> Result<Counted> {
    let rows = sqlx::query!(
        r#"select currency, count(*) as "count!", sum(amount) as "amount!"
           from promises
           where outcome is null and ($1::bigint is null or contract_id in (
               select id from contracts where sector_id = $1))
           group by currency"#,
        sector.map(|id| id.0)
    );
    let rows = rows.fetch_all(connection).await?;
    add_up(rows.iter().map(|row| (row.currency.as_str(), row.count, row.amount)))
}

/// Payments received on a day; what bounced counts and comes to nothing.
pub async fn collected_on(connection: &mut Connection, day: NaiveDate, sector: Option<SectorId>) -> Result<Counted> {
    let rows = sqlx::query!(
        r#"select p.currency, count(*) as "count!",
                  coalesce(sum(p.amount) filter (where v.payment_id is null), 0) as "amount!"
           from payments p left join reversals v on v.payment_id = p.id
           where p.received_on = $1 and ($2::bigint is null or p.customer_id in (
               select customer_id from contracts where sector_id = $2))
           group by p.currency"#,
        day,
        sector.map(|id| id.0)
    );
    let rows = rows.fetch_all(connection).await?;
    add_up(rows.iter().map(|row| (row.currency.as_str(), row.count, row.amount)))
}
