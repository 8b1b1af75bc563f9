//! The bill run: contracts in chunks, read and written in bulk.

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::{Advance, BillableLine, DueLine};
use domain::calendar::BillingTerms;
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::money::{Currency, Money};
use domain::price::{LinePrice, Percent, Quantity, UnitPrice};
use rust_decimal::Decimal;
use sqlx::postgres::types::PgRange;

use crate::{Connection, Error, Result};

/// A contract with lines that are due.
#[derive(Clone, Debug)]
pub struct DueContract {
    pub id: ContractId,
    pub customer: CustomerId,
    /// From an invoice's date to its due date.
    pub due_days: i32,
    pub currency: Currency,
    pub lines: Vec<BillableLine>,
}

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

/// How many contracts have something due on or before `today`.
pub async fn count_due(connection: &mut Connection, today: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(distinct contract_id) as "count!" from contract_lines where next_invoice_on <= $1"#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}

/// The next contracts, in order of their ids, with something due; at most `limit`.
pub async fn due_after(
    connection: &mut Connection,
    today: NaiveDate,
    after: ContractId,
    limit: i64,
) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select distinct contract_id from contract_lines where next_invoice_on <= $1 and contract_id > $2
         order by contract_id limit $3",
        today,
        after.0,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// Locks the due lines of these contracts and reads them: a run beside this one waits here, and then finds them advanced.
pub async fn lock_due(
    connection: &mut Connection,
    contracts: &[ContractId],
    today: NaiveDate,
) -> Result<Vec<DueContract>> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        LineRow,
        r#"select l.id, l.contract_id, c.customer_id, p.due_days, c.currency as "currency: String", l.description,
                  l.quantity, l.unit_price, l.discount_percent, t.rate_percent, l.every, l.anchor_day, l.mode,
                  l.first_period, l.last_period, l.starts_on as "starts_on!", l.ends_on, l.billed_through
           from contract_lines l
           join contracts c on c.id = l.contract_id
           join cutoff_policies p on p.id = c.policy_id
           join taxes t on t.id = l.tax_id
           where l.contract_id = any($1) and l.next_invoice_on <= $2 and l.starts_on is not null
           order by l.contract_id, l.id
           for update of l"#,
        &ids,
        today
    )
    .fetch_all(connection)
    .await?;
    let mut contracts: Vec<DueContract> = Vec::new();
    for row in rows {
        let line = row.line()?;
        match contracts.last_mut().filter(|contract| contract.id.0 == row.contract_id) {
            Some(contract) => contract.lines.push(line),
            None => contracts.push(DueContract {
                id: ContractId(row.contract_id),
                customer: CustomerId(row.customer_id),
                due_days: row.due_days,
                currency: line.price.currency,
                lines: vec![line],
            }),
        }
    }
    Ok(contracts)
}

/// Reads one line as billing sees it; `None` before its contract is activated.
pub async fn billable_lines(connection: &mut Connection, contract: ContractId) -> Result<Vec<BillableLine>> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"select l.id, l.contract_id, c.customer_id, p.due_days, c.currency as "currency: String", l.description,
                  l.quantity, l.unit_price, l.discount_percent, t.rate_percent, l.every, l.anchor_day, l.mode,
                  l.first_period, l.last_period, l.starts_on as "starts_on!", l.ends_on, l.billed_through
           from contract_lines l
           join contracts c on c.id = l.contract_id
           join cutoff_policies p on p.id = c.policy_id
           join taxes t on t.id = l.tax_id
           where l.contract_id = $1 and l.starts_on is not null
           order by l.id"#,
        contract.0
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(LineRow::line).collect()
}

struct LineRow {
    id: i64,
    contract_id: i64,
    customer_id: i64,
    due_days: i32,
    currency: String,
    description: String,
    quantity: Decimal,
    unit_price: Decimal,
    discount_percent: Decimal,
    rate_percent: Decimal,
    every: Option<String>,
    anchor_day: Option<i32>,
    mode: Option<String>,
    first_period: Option<String>,
    last_period: Option<String>,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    billed_through: Option<NaiveDate>,
}

impl LineRow {
    fn line(&self) -> Result<BillableLine> {
        Ok(BillableLine {
            id: self.id.into(),
            description: self.description.clone(),
            price: LinePrice {
                unit_price: UnitPrice::new(self.unit_price).map_err(unknown)?,
                quantity: Quantity::new(self.quantity).map_err(unknown)?,
                discount: Percent::new(self.discount_percent).map_err(unknown)?,
                tax_rate: Percent::new(self.rate_percent).map_err(unknown)?,
                currency: self.currency.parse().map_err(unknown)?,
            },
            terms: self.terms()?,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            billed_through: self.billed_through,
        })
    }

    fn terms(&self) -> Result<Option<BillingTerms>> {
        let (Some(every), Some(anchor), Some(mode), Some(first), Some(last)) =
            (&self.every, self.anchor_day, &self.mode, &self.first_period, &self.last_period)
        else {
            return Ok(None);
        };
        Ok(Some(BillingTerms {
            every: every.parse().map_err(unknown)?,
            anchor: i64::from(anchor).try_into().map_err(unknown)?,
            mode: mode.parse()?,
            first: first.parse()?,
            last: last.parse()?,
        }))
    }
}

fn unknown(error: impl std::fmt::Display) -> Error {
    Error::Unknown(error.to_string())
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
    let discounts: Vec<_> = lines.iter().map(|(.., line)| line.amount.price.discount.get()).collect();
    let taxes: Vec<_> = lines.iter().map(|(.., line)| line.amount.price.tax_rate.get()).collect();
    let untaxed: Vec<_> = lines.iter().map(|(.., line)| line.amount.untaxed.amount()).collect();
    let tax: Vec<_> = lines.iter().map(|(.., line)| line.amount.tax.amount()).collect();
    let total: Vec<_> = lines.iter().map(|(.., line)| line.amount.total.amount()).collect();
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, contract_line_id, description, period, days, days_of, quantity,
                                    unit_price, discount_percent, tax_percent, untaxed, tax, total)
         select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::daterange[], $6::int[], $7::int[],
                              $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[],
                              $13::numeric[], $14::numeric[])",
        &invoice_ids,
        &positions,
        &contract_lines,
        &descriptions,
        &periods as &[Option<PgRange<NaiveDate>>],
        &days as &[Option<i32>],
        &days_of as &[Option<i32>],
        &quantities,
        &prices,
        &discounts,
        &taxes,
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
    pattern.fetch_one(connection).await?.parse().map_err(unknown)
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
