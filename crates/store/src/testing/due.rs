//! Many contracts that are due, and the least that a database can do to write as many invoices: for benchmarks, and for
//! stories in which a run is killed.

use chrono::NaiveDate;

use crate::{Connection, Result};

/// Writes `count` active contracts that were never billed, of as many customers. Each began on one of the first 28 days of
/// the month of `first`, so that most owe a part month; every fifth has a second line.
pub async fn contracts(connection: &mut Connection, count: i32, first: NaiveDate) -> Result<()> {
    sqlx::query!(
        "with tax as (insert into taxes (name, rate_percent) values ('IVA', 16) returning id),
         policy as (
            insert into cutoff_policies (name, due_days, grace_days, minimum_debt) values ('Standard', 15, 5, 1)
            returning id),
         plan as (
            insert into plans (code, name, kind, down_kbps, up_kbps, price, currency, tax_id)
            select 'F100', 'Fibra 100', 'internet', 100000, 50000, 29.99, 'USD', id from tax returning id),
         customer as (
            insert into customers (reference, kind, name, language, created_at)
            select 'CLI' || g, 'person', 'Customer ' || g, 'es', $2::date from generate_series(1, $1) g returning id),
         address as (
            insert into addresses (customer_id, street, city, country)
            select id, 'Main street', 'Town', 'MX' from customer returning id, customer_id),
         contract as (
            insert into contracts (code, customer_id, address_id, policy_id, currency, state, signed_on, activated_on,
                                   service_state, service_since, created_at)
            select 'C' || a.customer_id, a.customer_id, a.id, policy.id, 'USD', 'active', since.on, since.on, 'active',
                   since.on, $2::date
            from address a, policy, lateral (select $2::date + (a.customer_id % 28)::int as on) since
            returning id, activated_on)
         insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, every, anchor_day,
                                     mode, first_period, last_period, starts_on, next_invoice_on)
         select c.id, plan.id, 'Fibra 100', 1, 29.99, tax.id, '1m', 1, 'prepaid', 'prorate', 'prorate', c.activated_on,
                c.activated_on
         from contract c, plan, tax, generate_series(1, case when c.id % 5 = 0 then 2 else 1 end) line",
        count,
        first
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes an invoice for each contract and a line for each of its lines, in one statement: what billing is measured against.
/// No rule, no number series, no billed periods.
pub async fn insert_as_many(connection: &mut Connection, on: NaiveDate) -> Result<u64> {
    let lines = sqlx::query!(
        "with invoice as (
            insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed, tax,
                                  total, created_at)
            select 'invoice', 'issued', 'F-2026-' || lpad(id::text, 6, '0'), customer_id, id, 'USD', $1, $1::date + 15, 29.99,
                   4.80, 34.79, $1::date
            from contracts returning id, contract_id)
         insert into invoice_lines (invoice_id, position, contract_line_id, description, period, days, days_of, quantity,
                                    unit_price, discount_percent, tax_percent, untaxed, tax, total)
         select i.id, row_number() over (partition by i.id order by l.id), l.id, l.description,
                daterange(l.starts_on, l.starts_on + 30), 30, 30, l.quantity, l.unit_price, 0, 16, 29.99, 4.80, 34.79
         from invoice i join contract_lines l on l.contract_id = i.contract_id",
        on
    );
    Ok(lines.execute(connection).await?.rows_affected())
}
