//! A hundred thousand contracts, for benchmarks: what the office looks at, and the same figures without anything that is
//! kept for them.

use chrono::NaiveDate;
use domain::views::dashboard::Span;

use crate::{Connection, Result};

/// The day that the provider lives on.
pub const TODAY: &str = "2026-03-15";

/// Tables with more rows are not to be looked through for a screen.
const LARGE: i32 = 20_000;

/// Writes it into an empty database with a company. Some minutes.
pub async fn fill(connection: &mut Connection) -> Result<()> {
    sqlx::raw_sql(include_str!("office.sql")).execute(&mut *connection).await?;
    super::settle(connection).await
}

/// Contracts, invoices, payments and jobs.
pub async fn sizes(connection: &mut Connection) -> Result<[i64; 4]> {
    let row = sqlx::query!(
        r#"select (select count(*) from contracts) as "contracts!", (select count(*) from invoices) as "invoices!",
                  (select count(*) from payments) as "payments!", (select count(*) from jobs) as "jobs!""#
    );
    let row = row.fetch_one(connection).await?;
    Ok([row.contracts, row.invoices, row.payments, row.jobs])
}

/// The large tables that this transaction looked through from the first row to the last.
pub async fn looked_through(connection: &mut Connection) -> Result<Vec<String>> {
    let names = sqlx::query_scalar!(
        r#"select t.relname::text as "name!"
           from pg_stat_xact_user_tables t join pg_class c on c.oid = t.relid
           where t.seq_scan > 0 and c.reltuples > $1::int order by 1"#,
        LARGE
    );
    Ok(names.fetch_all(connection).await?)
}

/// The dashboard's counts by plain queries over the base tables: what they would cost if nothing were kept.
pub async fn plainly(connection: &mut Connection, today: NaiveDate, span: Span) -> Result<i64> {
    let mut counted = 0;
    counted += contracts(connection, span).await?;
    counted += recurring(connection, today, span).await?;
    counted += debts(connection, today).await?;
    counted += network(connection, span).await?;
    Ok(counted)
}

async fn contracts(connection: &mut Connection, span: Span) -> Result<i64> {
    let row = sqlx::query!(
        r#"select count(*) filter (where service_state = 'active') as "active!",
                  count(*) filter (where state = 'active' and service_state <> 'active') as "suspended!",
                  count(*) filter (where state = 'open') as "open!",
                  count(*) filter (where closed_on between $1 and $2 and activated_on is not null) as "closed!",
                  count(*) filter (where activated_on < $1 and (closed_on is null or closed_on >= $1)) as "at_start!"
           from contracts"#,
        span.from,
        span.to
    );
    let row = row.fetch_one(connection).await?;
    Ok(row.active + row.suspended + row.open + row.closed + row.at_start)
}

async fn recurring(connection: &mut Connection, today: NaiveDate, span: Span) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"with all_spans as materialized (select * from recurring_of(array(select id from contracts)))
           select (select count(*) from (
                       select currency, sum(amount), sum(courtesy) from all_spans
                       where until_on > $1 and from_on <= $1 group by currency) now)
                + (select count(*) from (
                       select kind, sum(change), count(distinct contract_id) from all_spans
                       where from_on between $2 and $3 and kind is not null group by kind) moved) as "count!""#,
        today,
        span.from,
        span.to
    );
    Ok(count.fetch_one(connection).await?)
}

async fn debts(connection: &mut Connection, today: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"with owed as materialized (
               select i.contract_id, i.due_on, i.currency, i.total - coalesce(a.amount, 0) as amount
               from invoices i
               left join (select invoice_id, sum(amount) as amount from allocations group by invoice_id) a on a.invoice_id = i.id
               where i.kind = 'invoice' and i.state = 'issued')
           select (select count(*) from (
                       select currency, ($1::date - due_on + 29) / 30, sum(amount) from owed where amount > 0 group by 1, 2) ages)
                + (select count(*) from (
                       select d.sector_id, sum(o.amount)
                       from owed o join contracts c on c.id = o.contract_id join addresses d on d.id = c.address_id
                       where o.amount > 0 and o.due_on < $1 group by 1) sectors)
                + (select count(*) from payments p left join reversals v on v.payment_id = p.id where p.received_on = $1)
                as "count!""#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}

async fn network(connection: &mut Connection, span: Span) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select (select count(*) from services s join contracts c on c.id = s.contract_id
                   where s.technical_state <> case c.service_state when 'active' then 'active' when 'throttled' then 'active'
                         when 'suspended' then 'suspended' when 'none' then 'unprovisioned' else 'cut' end)
                + (select count(*) from services s join contracts c on c.id = s.contract_id
                   where s.first_active_at - c.created_at > interval '0' and s.first_active_at::date between $1 and $2)
                + (select count(distinct contract_id) from holds where reason = 'overdue' and lifted_on between $1 and $2)
                + (select count(*) from jobs j where j.state = 'given_up' and not exists (
                       select from jobs k where k.kind = j.kind and k.subject_id = j.subject_id and k.id > j.id))
                + (select count(*) from tickets where state in ('new', 'in_progress', 'waiting')) as "count!""#,
        span.from,
        span.to
    );
    Ok(count.fetch_one(connection).await?)
}
