//! A provider at random, and every figure of the dashboard counted once more: from the base tables alone, day by day and
//! without anything that is kept.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::SectorId;
use domain::views::dashboard::Span;
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// The day that the random provider lives on.
pub const TODAY: &str = "2026-03-15";

/// Writes it into a database with a company. The same seed makes the same provider.
pub async fn random(connection: &mut Connection, seed: i32) -> Result<()> {
    sqlx::query!("select setseed($1::int / 1000.0)", seed).execute(&mut *connection).await?;
    sqlx::raw_sql(include_str!("figures.sql")).execute(connection).await?;
    Ok(())
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    pub span: Span,
    pub sector: Option<SectorId>,
}

/// Every figure by its name; amounts to the cent, with the currency in the name.
pub async fn counted(connection: &mut Connection, asked: Asked) -> Result<BTreeMap<String, String>> {
    let mut figures = services(connection, asked).await?;
    figures.extend(recurring(connection, asked).await?);
    figures.extend(money(connection, asked).await?);
    figures.extend(trouble(connection, asked).await?);
    Ok(figures)
}

/// All invoices and credit notes, all payments, and what those come to that did not bounce.
pub async fn documents(connection: &mut Connection) -> Result<(i64, i64, Decimal)> {
    let row = sqlx::query!(
        r#"select (select count(*) from invoices) as "documents!", (select count(*) from payments) as "payments!",
                  (select coalesce(sum(amount), 0) from payments where id not in (select payment_id from reversals))
                      as "received!""#
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.documents, row.payments, row.received))
}

async fn services(connection: &mut Connection, asked: Asked) -> Result<BTreeMap<String, String>> {
    let rows = sqlx::query!(
        r#"with ours as (
               select c.* from contracts c join addresses a on a.id = c.address_id
               where $1::bigint is null or a.sector_id = $1),
           first as (
               select s.contract_id, s.first_active_at - o.created_at as took
               from services s join ours o on o.id = s.contract_id
               where s.first_active_at >= $2::date::timestamp at time zone 'UTC'
                 and s.first_active_at < ($3::date + 1)::timestamp at time zone 'UTC')
           select 'active' as "name!", count(*)::text as "value!" from ours where service_state = 'active'
           union all
           select 'suspended', count(*)::text from ours where state = 'active' and service_state <> 'active'
           union all
           select 'to install', count(*)::text from ours where state = 'open'
           union all
           select 'provisioned', count(*)::text from first
           union all
           select 'provisioning took', coalesce(extract(epoch from avg(took))::bigint::text, '') from first
           union all
           select 'reconnected', count(*)::text from ours
           where exists (select from holds h where h.contract_id = ours.id and h.reason = 'overdue'
                         and h.lifted_on >= $2 and h.lifted_on <= $3
                         and h.lifted_because ->> 'kind' <> 'contract_closed')
           union all
           select 'leases ending', count(*)::text from leases e join ours on ours.id = e.contract_id
           where e.state = 'running' and e.commitment_end <= $4::date + 30
           union all
           select 'contracts', count(*)::text from ours where state = 'active'
           union all
           select 'closed', count(*)::text from ours
           where activated_on is not null and closed_on >= $2 and closed_on <= $3
           union all
           select 'active at start', count(*)::text from ours
           where activated_on < $2 and (closed_on is null or closed_on >= $2)"#,
        asked.sector.map(|id| id.0),
        asked.span.from,
        asked.span.to,
        asked.today
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.name, row.value)).collect())
}

/// What every contract comes to on every day, and how that is another amount than on the day before.
async fn recurring(connection: &mut Connection, asked: Asked) -> Result<BTreeMap<String, String>> {
    let rows = sqlx::query!(
        r#"with days as (select date '2024-01-01' + g as day from generate_series(0, $4::date - date '2024-01-01') g),
           held as (
               select c.id, c.currency, d.day, l.discount_kind,
                      l.discount_kind is not null and (l.discount_until is null or d.day < l.discount_until) as is_off,
                      l.discount_value, l.unit_price * l.quantity as price,
                      case right(l.every, 1) when 'm' then 12 when 'y' then 1 else 365 end as times,
                      12 * case right(l.every, 1) when 'w' then 7 else 1 end * left(l.every, -1)::int as parts,
                      case t.basis when 'included' then 100 + coalesce(
                          (select x.rate_percent from tax_changes x where x.tax_id = t.id and x.starts_on <= d.day
                           order by x.starts_on desc limit 1), t.rate_percent) else 100 end as with_tax
               from contracts c
               join addresses a on a.id = c.address_id and ($1::bigint is null or a.sector_id = $1)
               join contract_lines l on l.contract_id = c.id and l.every is not null
               join taxes t on t.id = l.tax_id
               join days d on d.day >= l.starts_on and (l.ends_on is null or d.day < l.ends_on)
                          and d.day >= c.activated_on and (c.closed_on is null or d.day < c.closed_on)),
           worth as (
               select id, currency, day, is_off and discount_kind = 'courtesy' as is_given,
                      price * times * 100 / (parts * with_tax) as full_price,
                      case when not is_off then price
                           when discount_kind = 'percent' then price - price * discount_value / 100
                           when discount_kind = 'amount' then greatest(price - discount_value, 0)
                           else 0 end * times * 100 / (parts * with_tax) as amount
               from held),
           daily as (
               select c.id, c.currency, d.day, round(coalesce(sum(w.amount), 0), 8) as amount,
                      round(coalesce(sum(w.full_price) filter (where w.is_given), 0), 8) as given
               from contracts c
               join addresses a on a.id = c.address_id and ($1::bigint is null or a.sector_id = $1)
               cross join days d
               left join worth w on w.id = c.id and w.day = d.day
               group by c.id, c.currency, d.day),
           beside as (
               select *, lag(amount, 1, 0.0) over w as before,
                      coalesce(max(amount) over (w rows between unbounded preceding and 1 preceding), 0) > 0 as was_something
               from daily window w as (partition by id order by day)),
           moved as (
               select id, currency, day, amount - before as change, date_trunc('month', day::timestamp)::date as month,
                      case when before = 0 and not was_something then 'new' when before = 0 then 'reactivated'
                           when amount = 0 then 'churned' when amount > before then 'expansion' else 'contraction' end as kind
               from beside where amount <> before and day between $2 and $3)
           select 'revenue ' || currency as "name!", round(sum(amount), 2)::text as "value!"
           from daily where day = $4 group by currency
           union all
           select 'courtesy ' || currency, round(sum(given), 2)::text from daily where day = $4 group by currency
           union all
           select 'courtesies ' || currency, count(*) filter (where given > 0)::text from daily where day = $4 group by currency
           union all
           select 'contracts ' || c.currency, count(*)::text
           from contracts c join addresses a on a.id = c.address_id
           where c.state = 'active' and ($1::bigint is null or a.sector_id = $1) group by c.currency
           union all
           select kind || ' ' || currency, round(sum(change), 2)::text from moved group by kind, currency
           union all
           select kind, count(distinct id)::text from moved group by kind
           union all
           select month::text || ' ' || currency, round(sum(change), 2)::text from moved group by month, currency
           union all
           select month::text, count(distinct id)::text from moved group by month"#,
        asked.sector.map(|id| id.0),
        asked.span.from,
        asked.span.to,
        asked.today
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.name, row.value)).collect())
}

/// What is owed, from documents and allocations.
async fn money(connection: &mut Connection, asked: Asked) -> Result<BTreeMap<String, String>> {
    let rows = sqlx::query!(
        r#"with ours as (
               select c.id, c.customer_id, a.sector_id from contracts c join addresses a on a.id = c.address_id
               where $1::bigint is null or a.sector_id = $1),
           owed as (
               select i.id, i.contract_id, i.currency, $2::date - i.due_on as late,
                      i.total - coalesce((select sum(l.amount) from allocations l where l.invoice_id = i.id), 0) as amount
               from invoices i
               where i.kind = 'invoice' and i.state = 'issued'
                 and ($1::bigint is null or i.contract_id in (select id from ours))),
           open as (
               select *, case when late <= 0 then 'current' when late <= 30 then 'to_30' when late <= 60 then 'to_60'
                              when late <= 90 then 'to_90' else 'older' end as age
               from owed where amount > 0),
           late as (
               select o.currency, s.name, count(*) as invoices, sum(o.amount) as amount
               from open o join ours u on u.id = o.contract_id join sectors s on s.id = u.sector_id
               where o.late > 0 group by o.currency, s.name),
           received as (
               select p.currency, p.amount, exists (select from reversals v where v.payment_id = p.id) as bounced
               from payments p
               where p.received_on = $2 and ($1::bigint is null or p.customer_id in (select customer_id from ours))),
           reported as (
               select t.reported_at from transfer_reports t
               where t.state = 'in_review' and ($1::bigint is null or t.customer_id in (select customer_id from ours)))
           select 'overdue' as "name!", count(*)::text as "value!" from open where late > 0
           union all
           select 'overdue ' || currency, round(sum(amount), 2)::text from open where late > 0 group by currency
           union all
           select age || ' ' || currency, count(*) || ': ' || round(sum(amount), 2) from open group by age, currency
           union all
           select name || ' ' || currency, invoices || ': ' || round(amount, 2) from late
           union all
           select 'promised', count(*)::text from promises p where outcome is null and p.contract_id in (select id from ours)
           union all
           select 'promised ' || currency, round(sum(amount), 2)::text from promises p
           where outcome is null and p.contract_id in (select id from ours) group by currency
           union all
           select 'collected', count(*)::text from received
           union all
           select 'collected ' || currency, round(coalesce(sum(amount) filter (where not bounced), 0), 2)::text
           from received group by currency
           union all
           select 'transfers', count(*)::text from reported"#,
        asked.sector.map(|id| id.0),
        asked.today
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.name, row.value)).collect())
}

async fn trouble(connection: &mut Connection, asked: Asked) -> Result<BTreeMap<String, String>> {
    let rows = sqlx::query!(
        r#"with ours as (
               select c.* from contracts c join addresses a on a.id = c.address_id
               where $1::bigint is null or a.sector_id = $1),
           reports as (
               select t.* from tickets t
               where t.state in ('new', 'in_progress', 'waiting')
                 and ($1::bigint is null or t.contract_id in (select id from ours)))
           select 'jobs given up' as "name!", count(*)::text as "value!" from jobs j
           where j.state = 'given_up' and j.id = (select max(k.id) from jobs k
               where k.kind = j.kind and k.subject_id = j.subject_id and k.router_id is not distinct from j.router_id)
           union all
           select 'routers failing', count(*)::text from routers where failures > 0
           union all
           select 'out of step', count(*)::text from services s join ours o on o.id = s.contract_id
           where s.technical_state <> case o.service_state when 'active' then 'active' when 'throttled' then 'active'
                                          when 'suspended' then 'suspended' when 'none' then 'unprovisioned' else 'cut' end
           union all
           select 'parked', count(*)::text from ours o
           where exists (select from parked p where p.contract_id = o.id and p.resolved_at is null)
           union all
           select 'events parked', count(*)::text from gateway_events where state = 'parked'
           union all
           select 'disputes open', count(*)::text from disputes where state not in ('won', 'lost')
           union all
           select 'tickets', count(*)::text from reports
           union all
           select 'tickets waiting', count(*)::text from reports where state = 'waiting'
           union all
           select 'tickets breached', count(*)::text from reports
           where state <> 'waiting' and least(response_due, resolution_due) <= $2
           union all
           select 'tickets soon', count(*)::text from reports
           where state <> 'waiting' and least(response_due, resolution_due) > $2
             and least(response_soon, resolution_soon) <= $2
           union all
           select 'tickets on time', count(*)::text from reports
           where state <> 'waiting' and least(response_due, resolution_due) > $2
             and least(response_soon, resolution_soon) > $2"#,
        asked.sector.map(|id| id.0),
        asked.now
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.name, row.value)).collect())
}
