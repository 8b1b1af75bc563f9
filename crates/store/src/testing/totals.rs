//! What a whole database comes to, counted from the base tables alone.

use domain::views::accounts::BookPeriod;
use rust_decimal::Decimal;

use crate::{Connection, Result};

#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    pub nights: i64,
    pub invoices: i64,
    pub issued: Decimal,
    pub credited: Decimal,
    pub received: Decimal,
    /// Open on invoices, and unused of payments and credit notes, as the triggers keep them.
    pub owed: Decimal,
    pub unused: Decimal,
    pub open_holds: i64,
    /// Pairs of neighbouring billed periods of a line with days between them.
    pub gaps_between_billed_periods: i64,
    /// Numbers taken from the invoices' series that no invoice has.
    pub numbers_left_out: i64,
}

pub async fn totals(connection: &mut Connection) -> Result<Totals> {
    let totals = sqlx::query_as!(
        Totals,
        r#"select
             (select count(*) from runs where finished_at is not null) as "nights!",
             (select count(*) from invoices where kind = 'invoice' and state = 'issued') as "invoices!",
             (select coalesce(sum(total), 0) from invoices where kind = 'invoice' and state = 'issued') as "issued!",
             (select coalesce(sum(total), 0) from invoices where kind = 'credit_note' and state = 'issued') as "credited!",
             (select coalesce(sum(amount), 0) from payments) as "received!",
             (select coalesce(sum(amount), 0) from open_items) as "owed!",
             (select coalesce(sum(amount), 0) from open_credits) as "unused!",
             (select count(*) from holds where lifted_on is null) as "open_holds!",
             (select count(*) from (
                 select lower(period) - lag(upper(period)) over (partition by contract_line_id order by period) as days
                 from billed_periods) as neighbours where days <> 0) as "gaps_between_billed_periods!",
             (select coalesce(sum(last), 0)::bigint from number_series where kind = 'invoice')
               - (select count(*) from invoices where number like 'F-%') as "numbers_left_out!""#
    );
    Ok(totals.fetch_one(connection).await?)
}

/// Invoices, payments and credit notes whose allocations do not come to what is open or unused of them.
pub async fn misallocated(connection: &mut Connection) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select (
             (select count(*) from invoices i
              where i.state = 'issued' and i.kind = 'invoice' and i.total
                <> coalesce((select sum(a.amount) from allocations a where a.invoice_id = i.id), 0)
                   + coalesce((select o.amount from open_items o where o.invoice_id = i.id), 0))
             + (select count(*) from invoices n
                where n.state = 'issued' and n.kind = 'credit_note' and n.total
                  <> coalesce((select sum(a.amount) from allocations a where a.credit_note_id = n.id), 0)
                     + coalesce((select c.amount from open_credits c where c.credit_note_id = n.id), 0))
             + (select count(*) from payments p
                where p.amount
                  <> coalesce((select sum(a.amount) from allocations a where a.payment_id = p.id), 0)
                     + coalesce((select c.amount from open_credits c where c.payment_id = p.id), 0))) as "count!""#
    );
    Ok(count.fetch_one(connection).await?)
}

/// What happened in some days, whatever the currency.
#[derive(Clone, Debug, PartialEq)]
pub struct OfMonth {
    pub invoiced: Decimal,
    pub collected: Decimal,
    /// By refunds and by payments that bounced.
    pub given_back: Decimal,
    /// Of documents that were issued, less those that were taken back.
    pub tax: Decimal,
}

pub async fn month(connection: &mut Connection, period: BookPeriod) -> Result<OfMonth> {
    let month = sqlx::query_as!(
        OfMonth,
        r#"select
             (select coalesce(sum(total), 0) from invoices
              where kind = 'invoice' and state <> 'draft' and issued_on >= $1 and issued_on <= $2) as "invoiced!",
             (select coalesce(sum(amount), 0) from payments
              where received_on >= $1 and received_on <= $2) as "collected!",
             (select coalesce(sum(amount), 0) from refunds where refunded_on >= $1 and refunded_on <= $2)
             + (select coalesce(sum(p.amount), 0) from payments p, reversals v
                where v.payment_id = p.id and v.reversed_on >= $1 and v.reversed_on <= $2) as "given_back!",
             (select coalesce(sum(case when kind = 'invoice' then tax else -tax end), 0) from invoices
              where state <> 'draft' and issued_on >= $1 and issued_on <= $2)
             - (select coalesce(sum(case when kind = 'invoice' then tax else -tax end), 0) from invoices
                where state = 'void' and voided_on >= $1 and voided_on <= $2) as "tax!""#,
        period.from,
        period.to
    );
    Ok(month.fetch_one(connection).await?)
}
