//! Credit notes: what is left of an invoice, and writing down what is taken back of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::DateRange;
use domain::credit::{Amounts, CreditBecause, CreditLine, InvoicedLine};
use domain::ids::{ContractLineId, InvoiceId, InvoiceLineId};
use domain::money::{Currency, Money};
use domain::price::ChargedTime;
use sqlx::postgres::types::PgRange;

use crate::{Connection, Error, Result};

/// A credit note that is issued as it is written; customer, contract and currency are the invoice's.
#[derive(Clone, Debug)]
pub struct NewCreditNote<'a> {
    pub corrects: InvoiceId,
    pub number: &'a str,
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
    pub because: &'a CreditBecause,
    pub lines: &'a [CreditLine],
    pub sum: Amounts,
    pub total: Money,
}

/// The lines of an invoice with what its credit notes left of them. Lock the customer before.
pub async fn invoiced_lines(connection: &mut Connection, invoice: InvoiceId) -> Result<Vec<InvoicedLine>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id, l.contract_line_id, l.description, i.currency as "currency: String", lower(l.period) as starts,
                  upper(l.period) as ends, l.days, l.days_of, l.untaxed, l.tax,
                  coalesce(back.untaxed, 0) as "untaxed_back!", coalesce(back.tax, 0) as "tax_back!",
                  array(select unnest(datemultirange(l.period) - coalesce(back.days, '{}')) order by 1) as "left!: Vec<PgRange<NaiveDate>>"
           from invoice_lines l
           join invoices i on i.id = l.invoice_id
           left join lateral (
                select sum(c.untaxed) as untaxed, sum(c.tax) as tax, range_agg(c.period) as days
                from invoice_lines c join invoices n on n.id = c.invoice_id
                where c.corrects_line_id = l.id and n.state = 'issued') as back on true
           where l.invoice_id = $1 order by l.position"#,
        invoice.0
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::line).collect()
}

struct Row {
    id: i64,
    contract_line_id: Option<i64>,
    description: String,
    currency: String,
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    days: Option<i32>,
    days_of: Option<i32>,
    untaxed: rust_decimal::Decimal,
    tax: rust_decimal::Decimal,
    untaxed_back: rust_decimal::Decimal,
    tax_back: rust_decimal::Decimal,
    left: Vec<PgRange<NaiveDate>>,
}

impl Row {
    fn line(self) -> Result<InvoicedLine> {
        let currency: Currency = self.currency.parse()?;
        let time = match (self.starts, self.ends, self.days, self.days_of) {
            (Some(starts), Some(ends), Some(days), Some(of)) => {
                Some(ChargedTime { period: DateRange::new(starts, ends)?, days, of })
            }
            _ => None,
        };
        let money = |amount| Money::new(amount, currency);
        Ok(InvoicedLine {
            id: InvoiceLineId(self.id),
            contract_line: self.contract_line_id.map(ContractLineId),
            description: self.description,
            time,
            invoiced: Amounts { untaxed: money(self.untaxed), tax: money(self.tax) },
            left: Amounts { untaxed: money(self.untaxed - self.untaxed_back), tax: money(self.tax - self.tax_back) },
            days_left: self.left.into_iter().map(range).collect::<Result<_>>()?,
        })
    }
}

fn range(range: PgRange<NaiveDate>) -> Result<DateRange> {
    match (range.start, range.end) {
        (std::ops::Bound::Included(start), std::ops::Bound::Excluded(end)) => Ok(DateRange::new(start, end)?),
        _ => Err(Error::Unknown(format!("a period without an end: {range:?}"))),
    }
}

/// What no credit note took back of an invoice, with tax.
pub async fn left(connection: &mut Connection, invoice: InvoiceId) -> Result<Money> {
    let row = sqlx::query!(
        r#"select i.currency as "currency: String",
                  i.total - coalesce((select sum(n.total) from invoices n
                                      where n.corrects_invoice_id = i.id and n.state = 'issued'), 0) as "left!"
           from invoices i where i.id = $1"#,
        invoice.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(Money::new(row.left, row.currency.parse()?))
}

/// The credit notes of an invoice, oldest first, with what they took back.
pub async fn of_invoice(connection: &mut Connection, invoice: InvoiceId) -> Result<Vec<(InvoiceId, String, Money)>> {
    let rows = sqlx::query!(
        r#"select id, number as "number!", currency as "currency: String", total from invoices
           where corrects_invoice_id = $1 and state = 'issued' order by id"#,
        invoice.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok((InvoiceId(row.id), row.number, Money::new(row.total, row.currency.parse()?)))).collect()
}

/// The invoices that bill days of these lines from a date on.
pub async fn billing_from(
    connection: &mut Connection,
    lines: &[ContractLineId],
    from: NaiveDate,
) -> Result<Vec<InvoiceId>> {
    let lines: Vec<i64> = lines.iter().map(|id| id.0).collect();
    let ids = sqlx::query_scalar!(
        r#"select distinct invoice_id as "invoice!" from billed_periods
           where contract_line_id = any($1) and upper(period) > $2 and invoice_id is not null order by 1"#,
        &lines,
        from
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(InvoiceId).collect())
}

/// Writes a credit note. Its lines are copies of the invoice's with other days and amounts; the days are free to be billed
/// again.
///
/// # Errors
/// `Refused` when more would be given back than was invoiced.
pub async fn add(connection: &mut Connection, note: &NewCreditNote<'_>) -> Result<InvoiceId> {
    let because = serde_json::to_value(note.because)?;
    let id = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, contract_id, corrects_invoice_id, currency, issued_on,
                               due_on, untaxed, tax, total, created_at, because)
         select 'credit_note', 'issued', $2, customer_id, contract_id, id, currency, $3, $3, $4, $5, $6, $7, $8
         from invoices where id = $1 returning id",
        note.corrects.0,
        note.number,
        note.on,
        note.sum.untaxed.amount(),
        note.sum.tax.amount(),
        note.total.amount(),
        note.at,
        because
    )
    .fetch_one(&mut *connection)
    .await?;
    add_lines(connection, id, note.lines).await?;
    Ok(InvoiceId(id))
}

async fn add_lines(connection: &mut Connection, note: i64, lines: &[CreditLine]) -> Result<()> {
    for (position, line) in (1..).zip(lines) {
        let total = line.amounts.total()?;
        sqlx::query!(
            "insert into invoice_lines (invoice_id, position, corrects_line_id, contract_line_id, description, quantity,
                                        unit_price, discount_percent, discount_amount, discount_reason, courtesy, tax_percent,
                                        tax_included, period, days, days_of, untaxed, tax, total)
             select $1, $2, id, contract_line_id, description, quantity, unit_price, discount_percent,
                    discount_amount, discount_reason, courtesy, tax_percent, tax_included, $4, $5, $6, $7, $8, $9
             from invoice_lines where id = $3",
            note,
            position,
            line.corrects.0,
            line.time.map(|time| PgRange::from(time.period.start()..time.period.end())) as Option<PgRange<NaiveDate>>,
            line.time.map(|time| time.days),
            line.time.map(|time| time.of),
            line.amounts.untaxed.amount(),
            line.amounts.tax.amount(),
            total.amount()
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Sets the contract's lines back that had been billed just to the end of what a credit note gave back: the next run bills
/// those days again. Their next invoice is to be derived anew.
pub async fn set_back(connection: &mut Connection, note: InvoiceId) -> Result<()> {
    sqlx::query!(
        "update contract_lines l set billed_through = case when lower(n.period) > l.starts_on then lower(n.period) end
         from invoice_lines n where n.invoice_id = $1 and n.contract_line_id = l.id and l.billed_through = upper(n.period)",
        note.0
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update contract_lines l set billed_through = null
         from invoice_lines n where n.invoice_id = $1 and n.contract_line_id = l.id and l.every is null and n.total = (
            select total from invoice_lines where id = n.corrects_line_id)",
        note.0
    )
    .execute(connection)
    .await?;
    Ok(())
}
