//! Plans: what is sold.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::{PlanId, TaxId};
use domain::plan::{Burst, PlanFacts, Speed};
use domain::price::UnitPrice;
use domain::views::contracts::PlanChoice;
use domain::views::list::{Choice, Direction, Page};
use domain::views::plans::{PlanFilter, PlanRow};
use rust_decimal::Decimal;

use crate::search::words;
use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `plans_code_key`; `Refused` with `plans_tax_id_fkey`.
pub async fn add(connection: &mut Connection, plan: &PlanFacts) -> Result<PlanId> {
    let speed = Columns::of(plan)?;
    let id = sqlx::query_scalar!(
        "insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id, burst_down_kbps, burst_up_kbps,
                            burst_threshold_down_kbps, burst_threshold_up_kbps, burst_seconds)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id",
        plan.code,
        plan.name,
        plan.kind.word(),
        speed.down,
        speed.up,
        plan.price.get(),
        plan.currency.code(),
        plan.tax.0,
        speed.burst_down,
        speed.burst_up,
        speed.threshold_down,
        speed.threshold_up,
        speed.burst_seconds
    );
    Ok(PlanId(id.fetch_one(connection).await?))
}

/// # Errors
/// As [`add`].
pub async fn edit(connection: &mut Connection, id: PlanId, plan: &PlanFacts) -> Result<()> {
    let speed = Columns::of(plan)?;
    let edited = sqlx::query!(
        "update plans set code = $2, name = $3, kind = $4, down_kbps = $5, up_kbps = $6, price = $7, currency = $8,
                tax_id = $9, burst_down_kbps = $10, burst_up_kbps = $11, burst_threshold_down_kbps = $12,
                burst_threshold_up_kbps = $13, burst_seconds = $14
         where id = $1",
        id.0,
        plan.code,
        plan.name,
        plan.kind.word(),
        speed.down,
        speed.up,
        plan.price.get(),
        plan.currency.code(),
        plan.tax.0,
        speed.burst_down,
        speed.burst_up,
        speed.threshold_down,
        speed.threshold_up,
        speed.burst_seconds
    );
    found(edited.execute(connection).await?.rows_affected())
}

struct Columns {
    down: Option<i32>,
    up: Option<i32>,
    burst_down: Option<i32>,
    burst_up: Option<i32>,
    threshold_down: Option<i32>,
    threshold_up: Option<i32>,
    burst_seconds: Option<i32>,
}

impl Columns {
    fn of(plan: &PlanFacts) -> Result<Self> {
        let (limit, threshold) = (plan.burst.map(|burst| burst.limit), plan.burst.map(|burst| burst.threshold));
        Ok(Self {
            down: down(plan.speed)?,
            up: up(plan.speed)?,
            burst_down: down(limit)?,
            burst_up: up(limit)?,
            threshold_down: down(threshold)?,
            threshold_up: up(threshold)?,
            burst_seconds: plan.burst.map(|burst| burst.seconds.into()),
        })
    }
}

fn down(speed: Option<Speed>) -> Result<Option<i32>> {
    Ok(speed.map(|speed| speed.down_kbps.try_into()).transpose()?)
}

fn up(speed: Option<Speed>) -> Result<Option<i32>> {
    Ok(speed.map(|speed| speed.up_kbps.try_into()).transpose()?)
}

/// Sells it no longer, or (with `None`) again.
pub async fn set_archived(connection: &mut Connection, id: PlanId, at: Option<DateTime<Utc>>) -> Result<()> {
    let archived = sqlx::query!("update plans set archived_at = $2 where id = $1", id.0, at);
    found(archived.execute(connection).await?.rows_affected())
}

fn found(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::NotFound) }
}

struct Row {
    id: i64,
    code: String,
    name: String,
    kind: String,
    down_kbps: Option<i32>,
    up_kbps: Option<i32>,
    burst_down_kbps: Option<i32>,
    burst_up_kbps: Option<i32>,
    burst_threshold_down_kbps: Option<i32>,
    burst_threshold_up_kbps: Option<i32>,
    burst_seconds: Option<i32>,
    price: Decimal,
    currency: String,
    tax_id: i64,
    tax_name: String,
    archived_at: Option<DateTime<Utc>>,
    contracts: i64,
}

impl Row {
    fn view(self) -> Result<PlanRow> {
        let tax = TaxId(self.tax_id);
        Ok(PlanRow {
            id: PlanId(self.id),
            facts: PlanFacts {
                code: self.code,
                name: self.name,
                kind: self.kind.parse()?,
                speed: speed(self.down_kbps, self.up_kbps)?,
                burst: burst(
                    speed(self.burst_down_kbps, self.burst_up_kbps)?,
                    speed(self.burst_threshold_down_kbps, self.burst_threshold_up_kbps)?,
                    self.burst_seconds,
                )?,
                price: UnitPrice::new(self.price)?,
                currency: self.currency.parse()?,
                tax,
            },
            tax: Choice { id: tax, name: self.tax_name },
            archived_at: self.archived_at,
            contracts: self.contracts,
        })
    }
}

/// The two columns of a speed as one value.
pub(crate) fn speed(down: Option<i32>, up: Option<i32>) -> Result<Option<Speed>> {
    match down.zip(up) {
        Some((down, up)) => Ok(Some(Speed { down_kbps: down.try_into()?, up_kbps: up.try_into()? })),
        None => Ok(None),
    }
}

/// The columns of a burst as one value.
pub(crate) fn burst(limit: Option<Speed>, threshold: Option<Speed>, seconds: Option<i32>) -> Result<Option<Burst>> {
    let (Some(limit), Some(threshold), Some(seconds)) = (limit, threshold, seconds) else { return Ok(None) };
    Ok(Some(Burst { limit, threshold, seconds: seconds.try_into()? }))
}

/// What a plan for the internet gives.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlanRate {
    pub speed: Option<Speed>,
    pub burst: Option<Burst>,
}

/// Those of all plans for the internet, also of those that are sold no more.
pub(crate) async fn rates_of_internet(connection: &mut Connection) -> Result<HashMap<PlanId, PlanRate>> {
    let plans = sqlx::query!(
        "select id, down_kbps, up_kbps, burst_down_kbps, burst_up_kbps, burst_threshold_down_kbps,
                burst_threshold_up_kbps, burst_seconds
         from plans where kind = 'internet'"
    );
    let plans = plans.fetch_all(connection).await?;
    let rates = plans.into_iter().map(|plan| {
        let (limit, threshold) = (
            speed(plan.burst_down_kbps, plan.burst_up_kbps)?,
            speed(plan.burst_threshold_down_kbps, plan.burst_threshold_up_kbps)?,
        );
        let rate = PlanRate {
            speed: speed(plan.down_kbps, plan.up_kbps)?,
            burst: burst(limit, threshold, plan.burst_seconds)?,
        };
        Ok((PlanId(plan.id), rate))
    });
    rates.collect()
}

pub async fn get(connection: &mut Connection, id: PlanId) -> Result<PlanRow> {
    let row = sqlx::query_as!(
        Row,
        r#"select p.id, p.code, p.name, p.kind, p.down_kbps, p.up_kbps, p.burst_down_kbps, p.burst_up_kbps,
                  p.burst_threshold_down_kbps, p.burst_threshold_up_kbps, p.burst_seconds, p.price, p.currency as "currency: String",
                  p.tax_id, t.name as tax_name, p.archived_at,
                  (select count(distinct l.contract_id) from contract_lines l join contracts c on c.id = l.contract_id
                   where l.plan_id = p.id and c.state <> 'closed' and l.ends_on is null) as "contracts!"
           from plans p join taxes t on t.id = p.tax_id where p.id = $1"#,
        id.0
    );
    row.fetch_one(connection).await?.view()
}

pub async fn list(connection: &mut Connection, filter: &PlanFilter) -> Result<Page<PlanRow>> {
    let words = words(filter.search.as_deref());
    let kind = filter.kind.map(|kind| kind.word());
    let archived = filter.archived.unwrap_or(false);
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from plans p
           where ($1::text is null or plain(p.code || ' ' || p.name) like plain($1))
             and ($2::text is null or plain(p.code || ' ' || p.name) like all (string_to_array(plain($2), ' ')))
             and ($3::text is null or p.kind = $3) and (p.archived_at is not null) = $4"#,
        words.longest,
        words.all,
        kind,
        archived
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.code, p.name, p.kind, p.down_kbps, p.up_kbps, p.burst_down_kbps, p.burst_up_kbps,
                  p.burst_threshold_down_kbps, p.burst_threshold_up_kbps, p.burst_seconds, p.price, p.currency as "currency: String",
                  p.tax_id, t.name as tax_name, p.archived_at, coalesce(n.contracts, 0) as "contracts!"
           from plans p join taxes t on t.id = p.tax_id
           left join (select l.plan_id, count(distinct l.contract_id) as contracts
                      from contract_lines l join contracts c on c.id = l.contract_id
                      where c.state <> 'closed' and l.ends_on is null group by l.plan_id) n on n.plan_id = p.id
           where ($1::text is null or plain(p.code || ' ' || p.name) like plain($1))
             and ($2::text is null or plain(p.code || ' ' || p.name) like all (string_to_array(plain($2), ' ')))
             and ($3::text is null or p.kind = $3) and (p.archived_at is not null) = $4
           order by
             case when not $6 then case $5 when 'price' then p.price when 'contracts' then coalesce(n.contracts, 0) end end,
             case when $6 then case $5 when 'price' then p.price when 'contracts' then coalesce(n.contracts, 0) end end desc,
             case when not $6 then case $5 when 'code' then p.code else p.name end end,
             case $5 when 'code' then p.code else p.name end desc,
             p.id
           limit $7 offset $8"#,
        words.longest,
        words.all,
        kind,
        archived,
        filter.sort.word(),
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset()
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(Row::view).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

/// Those that are sold, to choose from.
pub async fn choices(connection: &mut Connection) -> Result<Vec<PlanChoice>> {
    let rows = sqlx::query!(
        r#"select id, name, kind, price, currency as "currency: String", tax_id from plans
           where archived_at is null order by kind desc, name"#
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(PlanChoice {
                id: PlanId(row.id),
                name: row.name,
                kind: row.kind.parse()?,
                price: UnitPrice::new(row.price)?,
                currency: row.currency.parse()?,
                tax: TaxId(row.tax_id),
            })
        })
        .collect()
}
