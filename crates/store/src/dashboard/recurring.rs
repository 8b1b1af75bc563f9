//! What contracts come to in a month, and how that moves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::SectorId;
use domain::money::{Currency, Money};
use domain::views::contracts::ContractEvent;
use domain::views::dashboard::{Counted, MonthMoved, Movement, Recurring, Span};
use rust_decimal::Decimal;

use super::ActiveContracts;
use crate::{Connection, Result};

/// What active contracts come to on a day, in each currency in which one is.
pub async fn recurring(
    connection: &mut Connection,
    today: NaiveDate,
    sector: Option<SectorId>,
    active: &[ActiveContracts],
) -> Result<Vec<Recurring>> {
    let sums = sqlx::query!(
        r#"select currency, sum(amount) as "revenue!", sum(courtesy) as "courtesy!",
                  count(*) filter (where courtesy > 0) as "courtesies!"
           from recurring
           where until_on > $1 and from_on <= $1
             and ($2::bigint is null or contract_id in (
                   select c.id from contracts c join addresses a on a.id = c.address_id where a.sector_id = $2))
           group by currency"#,
        today,
        sector.map(|id| id.0)
    );
    let mut sums: BTreeMap<String, (Decimal, Decimal, i64)> = sums
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| (row.currency, (row.revenue, row.courtesy, row.courtesies)))
        .collect();
    let of_currency = |(currency, contracts): &ActiveContracts| {
        let (revenue, courtesy, courtesies) = sums.remove(currency.code()).unwrap_or_default();
        Recurring {
            revenue: Money::new(revenue, *currency),
            courtesy: Money::new(courtesy, *currency),
            courtesies,
            contracts: *contracts,
        }
    };
    Ok(active.iter().map(of_currency).collect())
}

/// What moved it within the span: by kind, and by month.
pub async fn moved(
    connection: &mut Connection,
    span: Span,
    sector: Option<SectorId>,
) -> Result<(Vec<Movement>, Vec<MonthMoved>)> {
    let sums = sums(connection, span, sector).await?;
    let counts = counts(connection, span, sector).await?;
    let of_kind = |kind: ContractEvent| {
        let count = counts.iter().find(|count| count.kind.as_deref() == Some(kind.word())).map_or(0, |row| row.count);
        let amounts = add_up(sums.iter().filter(|sum| sum.kind == kind.word()))?;
        Ok(Movement { kind, moved: Counted { count, amounts } })
    };
    let of_month = |month: Span| {
        let count = counts.iter().find(|count| count.month == Some(month.from)).map_or(0, |row| row.count);
        let amounts = add_up(sums.iter().filter(|sum| sum.month == month.from))?;
        Ok(MonthMoved { month, moved: Counted { count, amounts } })
    };
    let kinds = ContractEvent::MOVEMENTS.into_iter().map(of_kind).collect::<Result<_>>()?;
    Ok((kinds, span.months().into_iter().map(of_month).collect::<Result<_>>()?))
}

struct Sum {
    currency: String,
    kind: String,
    month: NaiveDate,
    change: Decimal,
}

async fn sums(connection: &mut Connection, span: Span, sector: Option<SectorId>) -> Result<Vec<Sum>> {
    let sums = sqlx::query_as!(
        Sum,
        r#"select currency, kind as "kind!", from_on - (extract(day from from_on)::int - 1) as "month!",
                  sum(change) as "change!"
           from recurring
           where from_on between $1 and $2 and kind is not null
             and ($3::bigint is null or contract_id in (
                   select c.id from contracts c join addresses a on a.id = c.address_id where a.sector_id = $3))
           group by 1, 2, 3 order by 1, 2, 3"#,
        span.from,
        span.to,
        sector.map(|id| id.0)
    );
    Ok(sums.fetch_all(connection).await?)
}

/// Contracts that moved in a kind of way, or in a month.
struct Count {
    kind: Option<String>,
    month: Option<NaiveDate>,
    count: i64,
}

async fn counts(connection: &mut Connection, span: Span, sector: Option<SectorId>) -> Result<Vec<Count>> {
    let counts = sqlx::query_as!(
        Count,
        r#"with moved as (
               select contract_id, kind, from_on - (extract(day from from_on)::int - 1) as month
               from recurring
               where from_on between $1 and $2 and kind is not null
                 and ($3::bigint is null or contract_id in (
                       select c.id from contracts c join addresses a on a.id = c.address_id where a.sector_id = $3)))
           select kind as "kind?", null::date as "month?", count(distinct contract_id) as "count!" from moved group by kind
           union all
           select null, month, count(distinct contract_id) from moved group by month"#,
        span.from,
        span.to,
        sector.map(|id| id.0)
    );
    Ok(counts.fetch_all(connection).await?)
}

/// One amount per currency; exact until then.
fn add_up<'a>(sums: impl Iterator<Item = &'a Sum>) -> Result<Vec<Money>> {
    let mut amounts = BTreeMap::<&str, Decimal>::new();
    for sum in sums {
        *amounts.entry(&sum.currency).or_default() += sum.change;
    }
    amounts.into_iter().map(|(currency, amount)| Ok(Money::new(amount, currency.parse::<Currency>()?))).collect()
}

/// Contracts that were closed within the span, and those that were active when it began, of which `active` still are.
pub async fn churn(
    connection: &mut Connection,
    span: Span,
    sector: Option<SectorId>,
    active: i64,
) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"with ours as (
               select state, activated_on, closed_on from contracts
               where (activated_on >= $1 or closed_on >= $1)
                 and ($3::bigint is null or address_id in (select id from addresses where sector_id = $3)))
           select count(*) filter (where closed_on between $1 and $2 and activated_on is not null) as "closed!",
                  count(*) filter (where closed_on >= $1 and activated_on < $1) as "closed_since!",
                  count(*) filter (where state = 'active' and activated_on >= $1) as "begun_since!"
           from ours"#,
        span.from,
        span.to,
        sector.map(|id| id.0)
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.closed, active - row.begun_since + row.closed_since))
}
