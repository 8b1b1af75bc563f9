use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::DateRange;
use domain::ids::{ContractId, ContractLineId, CustomerId, InvoiceId};
use domain::invoice::DocumentKind;
use domain::money::Money;
use domain::price::Percent;
use rust_decimal::Decimal;
use sqlx::postgres::types::PgRange;

use crate::{Connection, Result};

/// An issued document with the number and the amounts that it was issued with.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    pub kind: DocumentKind,
    pub number: &'a str,
    pub contract: Option<ContractId>,
    /// Of a credit note, and of nothing else.
    pub corrects: Option<InvoiceId>,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
    pub lines: Vec<NewDocumentLine<'a>>,
}

#[derive(Clone, Debug)]
pub struct NewDocumentLine<'a> {
    pub contract_line: Option<ContractLineId>,
    pub description: &'a str,
    /// Charged in full.
    pub period: Option<DateRange>,
    pub quantity: Decimal,
    pub unit_price: Decimal,
    pub discount: Percent,
    pub tax_rate: Percent,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
}

/// Writes a customer's documents, their lines, and the periods that the invoices among them bill. Answers their ids
/// in the order given.
///
/// # Errors
/// `Taken` with `invoices_number_key`; `Overlap` when a period was billed before.
pub async fn add_documents(
    connection: &mut Connection,
    customer: CustomerId,
    at: DateTime<Utc>,
    documents: &[NewDocument<'_>],
) -> Result<Vec<InvoiceId>> {
    let ids = insert_documents(connection, customer, at, documents).await?;
    insert_lines(connection, documents, &ids).await?;
    insert_periods(connection, documents, &ids).await?;
    Ok(ids.into_iter().map(InvoiceId).collect())
}

async fn insert_documents(
    connection: &mut Connection,
    customer: CustomerId,
    at: DateTime<Utc>,
    documents: &[NewDocument<'_>],
) -> Result<Vec<i64>> {
    let kinds: Vec<_> = documents.iter().map(|document| document.kind.word().to_owned()).collect();
    let numbers: Vec<_> = documents.iter().map(|document| document.number.to_owned()).collect();
    let contracts: Vec<_> = documents.iter().map(|document| document.contract.map(|id| id.0)).collect();
    let corrects: Vec<_> = documents.iter().map(|document| document.corrects.map(|id| id.0)).collect();
    let currencies: Vec<_> = documents.iter().map(|document| document.total.currency().to_string()).collect();
    let issued: Vec<_> = documents.iter().map(|document| document.issued_on).collect();
    let due: Vec<_> = documents.iter().map(|document| document.due_on).collect();
    let untaxed: Vec<_> = documents.iter().map(|document| document.untaxed.amount()).collect();
    let tax: Vec<_> = documents.iter().map(|document| document.tax.amount()).collect();
    let total: Vec<_> = documents.iter().map(|document| document.total.amount()).collect();
    // The rows are inserted, and come back, in the order of the arrays.
    let ids = sqlx::query_scalar!(
        "insert into invoices (customer_id, created_at, state, kind, number, contract_id, corrects_invoice_id, currency,
                               issued_on, due_on, untaxed, tax, total)
         select $1, $2, 'issued', *
         from unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::date[], $9::date[],
                     $10::numeric[], $11::numeric[], $12::numeric[])
         returning id",
        customer.0,
        at,
        &kinds,
        &numbers,
        &contracts as &[Option<i64>],
        &corrects as &[Option<i64>],
        &currencies,
        &issued,
        &due,
        &untaxed,
        &tax,
        &total
    );
    Ok(ids.fetch_all(connection).await?)
}

async fn insert_lines(connection: &mut Connection, documents: &[NewDocument<'_>], ids: &[i64]) -> Result<()> {
    let lines: Vec<(i64, i32, &NewDocumentLine<'_>)> = documents
        .iter()
        .zip(ids)
        .flat_map(|(document, id)| (1..).zip(&document.lines).map(move |(position, line)| (*id, position, line)))
        .collect();
    let documents: Vec<_> = lines.iter().map(|(id, ..)| *id).collect();
    let positions: Vec<_> = lines.iter().map(|(_, position, _)| *position).collect();
    let contract_lines: Vec<_> = lines.iter().map(|(.., line)| line.contract_line.map(|id| id.0)).collect();
    let descriptions: Vec<_> = lines.iter().map(|(.., line)| line.description.to_owned()).collect();
    let periods: Vec<_> = lines.iter().map(|(.., line)| line.period.map(range)).collect();
    let days: Vec<_> = lines.iter().map(|(.., line)| line.period.map(|period| period.days())).collect();
    let quantities: Vec<_> = lines.iter().map(|(.., line)| line.quantity).collect();
    let prices: Vec<_> = lines.iter().map(|(.., line)| line.unit_price).collect();
    let discounts: Vec<_> = lines.iter().map(|(.., line)| line.discount.get()).collect();
    let taxes: Vec<_> = lines.iter().map(|(.., line)| line.tax_rate.get()).collect();
    let untaxed: Vec<_> = lines.iter().map(|(.., line)| line.untaxed.amount()).collect();
    let tax: Vec<_> = lines.iter().map(|(.., line)| line.tax.amount()).collect();
    let total: Vec<_> = lines.iter().map(|(.., line)| line.total.amount()).collect();
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, contract_line_id, description, period, days, days_of, quantity,
                                    unit_price, discount_percent, tax_percent, untaxed, tax, total)
         select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::daterange[], $6::int[], $6::int[],
                              $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[],
                              $12::numeric[], $13::numeric[])",
        &documents,
        &positions,
        &contract_lines as &[Option<i64>],
        &descriptions,
        &periods as &[Option<PgRange<NaiveDate>>],
        &days as &[Option<i32>],
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

async fn insert_periods(connection: &mut Connection, documents: &[NewDocument<'_>], ids: &[i64]) -> Result<()> {
    let billed = || {
        let invoices = documents.iter().zip(ids).filter(|(document, _)| document.kind == DocumentKind::Invoice);
        invoices.flat_map(|(document, id)| {
            document.lines.iter().filter_map(|line| Some((line.contract_line?, *id, line.period?)))
        })
    };
    let lines: Vec<_> = billed().map(|(line, ..)| line.0).collect();
    let invoices: Vec<_> = billed().map(|(_, invoice, _)| invoice).collect();
    let periods: Vec<_> = billed().map(|(.., period)| range(period)).collect();
    sqlx::query!(
        "insert into billed_periods (contract_line_id, invoice_id, period)
         select * from unnest($1::bigint[], $2::bigint[], $3::daterange[])",
        &lines,
        &invoices,
        &periods
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn range(period: DateRange) -> PgRange<NaiveDate> {
    PgRange::from(period.start()..period.end())
}
