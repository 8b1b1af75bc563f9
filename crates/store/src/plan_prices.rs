//! What plans cost where and from when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::{PlanId, PlanPriceId, SectorId};
use domain::price::UnitPrice;
use domain::price_list::PriceEntry;
use domain::views::list::Choice;
use domain::views::plans::PlanPrice;
use rust_decimal::Decimal;

use crate::{Connection, Error, Result};

/// The newest first; where it holds for everywhere, before the sectors.
pub async fn of_plan(connection: &mut Connection, plan: PlanId) -> Result<Vec<PlanPrice>> {
    let rows = sqlx::query!(
        r#"select p.id, p.sector_id, s.name as "sector?", p.starts_on, p.price
           from plan_prices p left join sectors s on s.id = p.sector_id
           where p.plan_id = $1 order by s.name nulls first, p.starts_on desc"#,
        plan.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let sector = row.sector_id.zip(row.sector);
            Ok(PlanPrice {
                id: PlanPriceId(row.id),
                sector: sector.map(|(id, name)| Choice { id: SectorId(id), name }),
                from: row.starts_on,
                price: UnitPrice::new(row.price)?,
            })
        })
        .collect()
}

/// The entries of all price lists.
pub async fn all(connection: &mut Connection) -> Result<BTreeMap<PlanId, Vec<PriceEntry>>> {
    let rows =
        sqlx::query!("select plan_id, sector_id, starts_on, price from plan_prices").fetch_all(connection).await?;
    let mut lists: BTreeMap<PlanId, Vec<PriceEntry>> = BTreeMap::new();
    for row in rows {
        let entry = entry(row.sector_id, row.starts_on, row.price)?;
        lists.entry(PlanId(row.plan_id)).or_default().push(entry);
    }
    Ok(lists)
}

/// The entries of one.
pub async fn entries(connection: &mut Connection, plan: PlanId) -> Result<Vec<PriceEntry>> {
    let rows = sqlx::query!("select sector_id, starts_on, price from plan_prices where plan_id = $1", plan.0);
    rows.fetch_all(connection).await?.into_iter().map(|row| entry(row.sector_id, row.starts_on, row.price)).collect()
}

fn entry(sector: Option<i64>, from: NaiveDate, price: Decimal) -> Result<PriceEntry> {
    Ok(PriceEntry { sector: sector.map(SectorId), from, price: UnitPrice::new(price)? })
}

/// # Errors
/// `Taken` with `plan_prices_plan_id_sector_id_starts_on_key`; `Refused` with `plan_prices_sector_id_fkey`.
pub async fn add(connection: &mut Connection, plan: PlanId, price: &PriceEntry) -> Result<PlanPriceId> {
    let id = sqlx::query_scalar!(
        "insert into plan_prices (plan_id, sector_id, starts_on, price) values ($1, $2, $3, $4) returning id",
        plan.0,
        price.sector.map(|sector| sector.0),
        price.from,
        price.price.get()
    );
    Ok(PlanPriceId(id.fetch_one(connection).await?))
}

/// Answers what it was.
///
/// # Errors
/// `NotFound`, also for another plan's.
pub async fn remove(connection: &mut Connection, plan: PlanId, id: PlanPriceId) -> Result<PriceEntry> {
    let row = sqlx::query!(
        "delete from plan_prices where plan_id = $1 and id = $2 returning sector_id, starts_on, price",
        plan.0,
        id.0
    );
    let row = row.fetch_optional(connection).await?.ok_or(Error::NotFound)?;
    entry(row.sector_id, row.starts_on, row.price)
}
