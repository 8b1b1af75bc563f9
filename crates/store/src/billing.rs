//! The bill run: contracts in chunks, read and written in bulk.

mod due;

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::{Advance, DueLine};
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::money::Money;
use domain::tax::TaxBasis;
use sqlx::postgres::types::PgRange;

pub use due::{DueContract, billable_lines, count_due, due_after, lock_due};

use crate::{Connection, Result, discounts};

/// An invoice that is issued as it is written.
#[derive(Clone, Debug)]
pub struct IssuedInvoice {
    pub number: String,
    pub customer: CustomerId,
    pub contract: ContractId,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
    pub lines: Vec<DueLine>,
}

/// Writes issued invoices with their lines, the periods they bill, and how far the contracts' lines have come.
/// Answers the invoices' ids in the order given.
///
/// # Errors
/// `Overlap` when a period was billed before: nothing of the chunk is to be kept.
pub async fn issue(
    connection: &mut Connection,
    at: DateTime<Utc>,
    invoices: &[IssuedInvoice],
    advances: &[Advance],
) -> Result<Vec<InvoiceId>> {
    let ids = insert_invoices(connection, at, invoices).await?;
    insert_lines(connection, invoices, &ids).await?;
    insert_periods(connection, invoices, &ids).await?;
    advance_lines(connection, advances).await?;
    Ok(ids.into_iter().map(InvoiceId).collect())
}

async fn insert_invoices(
    connection: &mut Connection,
    at: DateTime<Utc>,
    invoices: &[IssuedInvoice],
) -> Result<Vec<i64>> {
    let numbers: Vec<_> = invoices.iter().map(|invoice| invoice.number.clone()).collect();
    let customers: Vec<_> = invoices.iter().map(|invoice| invoice.customer.0).collect();
    let contracts: Vec<_> = invoices.iter().map(|invoice| invoice.contract.0).collect();
    let currencies: Vec<_> = invoices.iter().map(|invoice| invoice.total.currency().to_string()).collect();
    let issued: Vec<_> = invoices.iter().map(|invoice| invoice.issued_on).collect();
    let due: Vec<_> = invoices.iter().map(|invoice| invoice.due_on).collect();
    let untaxed: Vec<_> = invoices.iter().map(|invoice| invoice.untaxed.amount()).collect();
    let tax: Vec<_> = invoices.iter().map(|invoice| invoice.tax.amount()).collect();
    let total: Vec<_> = invoices.iter().map(|invoice| invoice.total.amount()).collect();
    // The rows are inserted, and come back, in the order of the arrays.
    let ids = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed, tax,
                               total, created_at)
         select 'invoice', 'issued', * , $10
         from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::date[], $6::date[], $7::numeric[],
                     $8::numeric[], $9::numeric[])
         returning id",
        &numbers,
        &customers,
        &contracts,
        &currencies,
        &issued,
        &due,
        &untaxed,
        &tax,
        &total,
        at
    );
    Ok(ids.fetch_all(connection).await?)
}

async fn insert_lines(connection: &mut Connection, invoices: &[IssuedInvoice], ids: &[i64]) -> Result<()> {
    let lines: Vec<(i64, i32, &DueLine)> = invoices
        .iter()
        .zip(ids)
        .flat_map(|(invoice, id)| (1..).zip(&invoice.lines).map(move |(position, line)| (*id, position, line)))
        .collect();
    let invoice_ids: Vec<_> = lines.iter().map(|(id, ..)| *id).collect();
    let positions: Vec<_> = lines.iter().map(|(_, position, _)| *position).collect();
    let contract_lines: Vec<_> = lines.iter().map(|(.., line)| line.line.0).collect();
    let descriptions: Vec<_> = lines.iter().map(|(.., line)| line.description.clone()).collect();
    let periods: Vec<Option<PgRange<NaiveDate>>> = lines.iter().map(|(.., line)| period(line)).collect();
    let days: Vec<_> = lines.iter().map(|(.., line)| line.amount.time.map(|time| time.days)).collect();
    let days_of: Vec<_> = lines.iter().map(|(.., line)| line.amount.time.map(|time| time.of)).collect();
    let quantities: Vec<_> = lines.iter().map(|(.., line)| line.amount.price.quantity.get()).collect();
    let prices: Vec<_> = lines.iter().map(|(.., line)| line.amount.price.unit_price.get()).collect();
    let reduced = || lines.iter().map(|(.., line)| discounts::issued(line.amount.price.discount));
    let percents: Vec<_> = reduced().map(|(percent, ..)| percent).collect();
    let amounts: Vec<_> = reduced().map(|(_, amount, _)| amount).collect();
    let courtesies: Vec<_> = reduced().map(|(.., courtesy)| courtesy).collect();
    let reasons: Vec<_> = lines.iter().map(|(.., line)| line.discount_reason.clone()).collect();
    let rates = || lines.iter().map(|(.., line)| line.amount.price.tax_rate);
    let taxes: Vec<_> = rates().map(|rate| rate.percent.get()).collect();
    let included: Vec<_> = rates().map(|rate| rate.basis == TaxBasis::Included).collect();
    let untaxed: Vec<_> = lines.iter().map(|(.., line)| line.amount.untaxed.amount()).collect();
    let tax: Vec<_> = lines.iter().map(|(.., line)| line.amount.tax.amount()).collect();
    let total: Vec<_> = lines.iter().map(|(.., line)| line.amount.total.amount()).collect();
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, contract_line_id, description, period, days, days_of, quantity,
                                    unit_price, discount_percent, discount_amount, courtesy, discount_reason,
                                    tax_percent, tax_included, untaxed, tax, total)
         select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::daterange[], $6::int[], $7::int[],
                              $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::boolean[],
                              $13::text[], $14::numeric[], $15::boolean[], $16::numeric[], $17::numeric[],
                              $18::numeric[])",
        &invoice_ids,
        &positions,
        &contract_lines,
        &descriptions,
        &periods as &[Option<PgRange<NaiveDate>>],
        &days as &[Option<i32>],
        &days_of as &[Option<i32>],
        &quantities,
        &prices,
        &percents,
        &amounts,
        &courtesies,
        &reasons,
        &taxes,
        &included,
        &untaxed,
        &tax,
        &total
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_periods(connection: &mut Connection, invoices: &[IssuedInvoice], ids: &[i64]) -> Result<()> {
    let periods: Vec<(i64, i64, PgRange<NaiveDate>)> = invoices
        .iter()
        .zip(ids)
        .flat_map(|(invoice, id)| invoice.lines.iter().filter_map(move |line| Some((line.line.0, *id, period(line)?))))
        .collect();
    let lines: Vec<_> = periods.iter().map(|(line, ..)| *line).collect();
    let invoice_ids: Vec<_> = periods.iter().map(|(_, id, _)| *id).collect();
    let ranges: Vec<_> = periods.iter().map(|(.., range)| *range).collect();
    sqlx::query!(
        "insert into billed_periods (contract_line_id, invoice_id, period)
         select * from unnest($1::bigint[], $2::bigint[], $3::daterange[])",
        &lines,
        &invoice_ids,
        &ranges
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn period(line: &DueLine) -> Option<PgRange<NaiveDate>> {
    line.amount.time.map(|time| PgRange::from(time.period.start()..time.period.end()))
}

async fn advance_lines(connection: &mut Connection, advances: &[Advance]) -> Result<()> {
    let lines: Vec<_> = advances.iter().map(|advance| advance.line.0).collect();
    let through: Vec<_> = advances.iter().map(|advance| advance.billed_through).collect();
    let next: Vec<_> = advances.iter().map(|advance| advance.next_invoice_on).collect();
    sqlx::query!(
        "update contract_lines l set billed_through = a.through, next_invoice_on = a.next
         from unnest($1::bigint[], $2::date[], $3::date[]) as a (id, through, next) where l.id = a.id",
        &lines,
        &through,
        &next as &[Option<NaiveDate>]
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes `count` numbers of a series; the counter stays locked until the transaction ends, so none is left out.
/// Answers the first of them.
pub async fn take_numbers(connection: &mut Connection, kind: &str, year: i32, count: i64) -> Result<i64> {
    let last = sqlx::query_scalar!(
        "insert into number_series (kind, year, last) values ($1, $2, $3)
         on conflict (kind, year) do update set last = number_series.last + excluded.last returning last",
        kind,
        year,
        count
    );
    Ok(last.fetch_one(connection).await? - count + 1)
}

/// How the numbers of a series look.
pub async fn number_pattern(connection: &mut Connection, kind: &str) -> Result<domain::invoice::NumberPattern> {
    let pattern = sqlx::query_scalar!("select pattern from number_patterns where kind = $1", kind);
    Ok(pattern.fetch_one(connection).await?.parse()?)
}

/// Sets the date of a line's next invoice, after one of the dates that it follows from was changed.
pub async fn set_next_invoice_on(
    connection: &mut Connection,
    line: domain::ids::ContractLineId,
    next: Option<NaiveDate>,
) -> Result<()> {
    sqlx::query!("update contract_lines set next_invoice_on = $2 where id = $1", line.0, next)
        .execute(connection)
        .await?;
    Ok(())
}
