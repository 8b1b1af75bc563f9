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
    let mut given = courtesies(connection, today, sector).await?;
    let mut sums = Vec::new();
    for &(currency, contracts) in active {
        let (courtesies, courtesy) = given.remove(currency.code()).unwrap_or_default();
        sums.push(Recurring {
            revenue: revenue(connection, today, sector, currency).await?,
            courtesy: Money::new(courtesy, currency),
            courtesies,
            contracts,
        });
    }
    Ok(sums)
}

/// Of one currency. Of all sectors it is added up already.
async fn revenue(
    connection: &mut Connection,
    today: NaiveDate,
    sector: Option<SectorId>,
    currency: Currency,
) -> Result<Money> {
    let sum = match sector {
        None => revenue_of_all(connection, today, currency).await?,
        Some(sector) => revenue_of_sector(connection, today, sector, currency).await?,
    };
    Ok(Money::new(sum, currency))
}

async fn revenue_of_all(connection: &mut Connection, today: NaiveDate, currency: Currency) -> Result<Decimal> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(change), 0) as "amount!" from recurring_moves where on_date <= $1 and currency = $2"#,
        today,
        currency.code()
    );
    Ok(sum.fetch_one(connection).await?)
}

async fn revenue_of_sector(
    connection: &mut Connection,
    today: NaiveDate,
    sector: SectorId,
    currency: Currency,
) -> Result<Decimal> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0) as "amount!"
           from recurring
           where until_on > $1 and from_on <= $1 and currency = $3
             and contract_id in (select id from contracts where sector_id = $2)"#,
        today,
        sector.0,
        currency.code()
    );
    Ok(sum.fetch_one(connection).await?)
}

/// The contracts of each currency to which something is given, and what that is worth.
async fn courtesies(
    connection: &mut Connection,
    today: NaiveDate,
    sector: Option<SectorId>,
) -> Result<BTreeMap<String, (i64, Decimal)>> {
    let sums = sqlx::query!(
        r#"select currency, sum(courtesy) as "amount!", count(*) as "contracts!"
           from recurring
           where courtesy > 0 and until_on > $1 and from_on <= $1
             and ($2::bigint is null or contract_id in (
                   select id from contracts where sector_id = $2))
           group by currency"#,
        today,
        sector.map(|id| id.0)
    );
    let sums = sums.fetch_all(connection).await?;
    Ok(sums.into_iter().map(|row| (row.currency, (row.contracts, row.amount))).collect())
}

/// What moved it within the span, which begins with a month: by kind, and by month. A contract that moved several times
/// counts once.
pub async fn moved(
    connection: &mut Connection,
    span: Span,
    sector: Option<SectorId>,
) -> Result<(Vec<Movement>, Vec<MonthMoved>)> {
    let moves = match sector {
        None => moves_of_all(connection, span).await?,
        Some(sector) => moves_of_sector(connection, span, sector).await?,
    };
    let of_kind = |kind: ContractEvent| {
        let moves = moves.iter().filter(|one| one.kind == kind.word());
        let count = moves.clone().map(|one| one.first_of_kind).sum();
        Ok(Movement { kind, moved: Counted { count, amounts: add_up(moves)? } })
    };
    let of_month = |month: Span| {
        let moves = moves.iter().filter(|one| one.month == month.from);
        let count = moves.clone().map(|one| one.first_of_month).sum();
        Ok(MonthMoved { month, moved: Counted { count, amounts: add_up(moves)? } })
    };
    let kinds = ContractEvent::MOVEMENTS.into_iter().map(of_kind).collect::<Result<_>>()?;
    Ok((kinds, span.months().into_iter().map(of_month).collect::<Result<_>>()?))
}

/// What moved in a kind of way in a month, in one currency.
struct Moves {
    currency: String,
    kind: String,
    /// Its first day.
    month: NaiveDate,
    change: Decimal,
    /// Contracts that did not move in this way before, within the span.
    first_of_kind: i64,
    /// Contracts that did not move before, within the month.
    first_of_month: i64,
}

/// The span begins with a month: who moved in the same way before it did so in a month before.
async fn moves_of_all(connection: &mut Connection, span: Span) -> Result<Vec<Moves>> {
    let moves = sqlx::query_as!(
        Moves,
        r#"select currency, kind, date_trunc('month', on_date::timestamp)::date as "month!", sum(change) as "change!",
                  coalesce(sum(moves) filter (where month_before is null or month_before < $1), 0)::bigint
                      as "first_of_kind!",
                  sum(opening)::bigint as "first_of_month!"
           from recurring_moves where on_date between $1 and $2 group by 1, 2, 3"#,
        span.from,
        span.to
    );
    Ok(moves.fetch_all(connection).await?)
}

/// By days first, as the index has them: to work out the month of each row takes longer.
async fn moves_of_sector(connection: &mut Connection, span: Span, sector: SectorId) -> Result<Vec<Moves>> {
    let moves = sqlx::query_as!(
        Moves,
        r#"with days as (
               select currency, kind, from_on, sum(change) as change,
                      count(*) filter (where kind_before is null or kind_before < $1) as first_of_kind,
                      count(*) filter (where opens_month) as first_of_month
               from recurring
               where from_on between $1 and $2 and kind is not null
                 and contract_id in (select id from contracts where sector_id = $3)
               group by from_on, kind, currency)
           select currency, kind as "kind!", date_trunc('month', from_on::timestamp)::date as "month!",
                  sum(change) as "change!", sum(first_of_kind)::bigint as "first_of_kind!",
                  sum(first_of_month)::bigint as "first_of_month!"
           from days group by 1, 2, 3"#,
        span.from,
        span.to,
        sector.0
    );
    Ok(moves.fetch_all(connection).await?)
}

/// Fewer rows with the same sums: each change of a contract adds some, and a night makes one of those of a day.
pub async fn add_up_moves(connection: &mut Connection) -> Result<()> {
    sqlx::query!("select add_up_recurring_moves()").execute(connection).await?;
    Ok(())
}

/// One amount per currency; exact until then.
fn add_up<'a>(moves: impl Iterator<Item = &'a Moves>) -> Result<Vec<Money>> {
    let mut amounts = BTreeMap::<&str, Decimal>::new();
    for one in moves {
        *amounts.entry(&one.currency).or_default() += one.change;
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
        r#"select (select count(*) from contracts
                   where closed_on between $1 and $2 and activated_on is not null
                     and ($3::bigint is null or sector_id = $3)) as "closed!",
                  (select count(*) from contracts
                   where closed_on >= $1 and activated_on < $1
                     and ($3::bigint is null or sector_id = $3)) as "closed_since!",
                  (select count(*) from contracts
                   where state = 'active' and activated_on >= $1
                     and ($3::bigint is null or sector_id = $3)) as "begun_since!""#,
        span.from,
        span.to,
        sector.map(|id| id.0)
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.closed, active - row.begun_since + row.closed_since))
}
