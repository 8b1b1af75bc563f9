//! What became of a payment after it was taken: what it pays, what was given back, and whether it bounced.

use chrono::{DateTime, NaiveDate, Utc};
use domain::exchange::{PaymentTax, Tender};
use domain::ids::{InvoiceId, PaymentId, RefundId, UserId};
use domain::invoice::PaymentMethod;
use domain::money::{Currency, Money};
use domain::price::Percent;
use domain::views::payments::{PayableInvoice, Refund, Reversal};

use crate::payments::CreditSource;
use crate::{Connection, Result};

/// The invoices that a payment pays, and those of the same customer and currency that it could pay; oldest due first.
pub async fn payable(connection: &mut Connection, payment: PaymentId) -> Result<Vec<PayableInvoice>> {
    let rows = sqlx::query!(
        r#"with paid as (
               select invoice_id, sum(amount) as amount from allocations where payment_id = $1 group by invoice_id)
           select i.id, i.number as "number!", i.due_on as "due_on!", i.currency,
                  coalesce(paid.amount, 0) as "paid!", coalesce(o.amount, 0) as "open!"
           from payments p
           join invoices i on i.customer_id = p.customer_id and i.currency = p.currency
           left join paid on paid.invoice_id = i.id
           left join open_items o on o.invoice_id = i.id
           where p.id = $1 and (paid.amount > 0 or o.amount > 0)
           order by i.due_on, i.id"#,
        payment.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let currency: Currency = row.currency.parse()?;
            Ok(PayableInvoice {
                invoice: InvoiceId(row.id),
                number: row.number,
                due_on: row.due_on,
                paid: Money::new(row.paid, currency),
                open: Money::new(row.open, currency),
            })
        })
        .collect()
}

/// A refund to write down.
#[derive(Clone, Debug)]
pub struct NewRefund<'a> {
    pub source: CreditSource,
    pub amount: Money,
    pub method: PaymentMethod,
    pub reference: &'a str,
    pub reason: &'a str,
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub idempotency_key: &'a str,
}

/// # Errors
/// `Refused` when it is more than is unused.
pub async fn add_refund(connection: &mut Connection, refund: &NewRefund<'_>) -> Result<RefundId> {
    let (payment, note) = refund.source.ids();
    let id = sqlx::query_scalar!(
        "insert into refunds (payment_id, credit_note_id, amount, method, reference, reason, refunded_on, recorded_at,
                              recorded_by, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        payment,
        note,
        refund.amount.amount(),
        refund.method.word(),
        refund.reference,
        refund.reason,
        refund.on,
        refund.at,
        refund.by.map(|id| id.0),
        refund.idempotency_key
    );
    Ok(RefundId(id.fetch_one(connection).await?))
}

/// Whether a form sent this refund before.
pub async fn was_refunded(connection: &mut Connection, idempotency_key: &str) -> Result<bool> {
    let found = sqlx::query!("select id from refunds where idempotency_key = $1", idempotency_key);
    Ok(found.fetch_optional(connection).await?.is_some())
}

/// What of a payment or a credit note was given back, oldest first.
pub async fn refunds(connection: &mut Connection, source: CreditSource) -> Result<Vec<Refund>> {
    let (payment, note) = source.ids();
    let rows = sqlx::query!(
        r#"select r.id, r.refunded_on, r.amount, coalesce(p.currency, n.currency) as "currency!: String", r.method,
                  r.reference, r.reason, u.name as "by?"
           from refunds r
           left join payments p on p.id = r.payment_id
           left join invoices n on n.id = r.credit_note_id
           left join users u on u.id = r.recorded_by
           where r.payment_id = $1 or r.credit_note_id = $2 order by r.id"#,
        payment,
        note
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Refund {
                id: RefundId(row.id),
                on: row.refunded_on,
                amount: Money::new(row.amount, row.currency.parse()?),
                method: row.method.parse()?,
                reference: row.reference,
                reason: row.reason,
                by: row.by,
            })
        })
        .collect()
}

/// A bounced payment to write down.
#[derive(Clone, Debug)]
pub struct NewReversal<'a> {
    pub payment: PaymentId,
    pub on: NaiveDate,
    pub reason: &'a str,
    pub fee: Option<Money>,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

/// # Errors
/// `Refused` while any of the payment is allocated or was refunded.
pub async fn add_reversal(connection: &mut Connection, reversal: &NewReversal<'_>) -> Result<()> {
    sqlx::query!(
        "insert into reversals (payment_id, reversed_on, reason, fee, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6)",
        reversal.payment.0,
        reversal.on,
        reversal.reason,
        reversal.fee.map(|fee| fee.amount()),
        reversal.at,
        reversal.by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When and why a payment bounced, if it did.
pub async fn reversal(connection: &mut Connection, payment: PaymentId) -> Result<Option<Reversal>> {
    let row = sqlx::query!(
        r#"select r.reversed_on, r.reason, r.fee, p.currency, u.name as "by?"
           from reversals r join payments p on p.id = r.payment_id left join users u on u.id = r.recorded_by
           where r.payment_id = $1"#,
        payment.0
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let currency: Currency = row.currency.parse()?;
    Ok(Some(Reversal {
        on: row.reversed_on,
        reason: row.reason,
        fee: row.fee.map(|fee| Money::new(fee, currency)),
        by: row.by,
    }))
}

/// Notes what was handed over for a payment in another currency.
pub async fn add_tender(connection: &mut Connection, payment: PaymentId, tender: &Tender) -> Result<()> {
    sqlx::query!(
        "insert into payment_tenders (payment_id, amount, currency, rate, rate_on) values ($1, $2, $3, $4, $5)",
        payment.0,
        tender.amount.amount(),
        tender.amount.currency().to_string(),
        tender.rate,
        tender.rate_on
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn tender(connection: &mut Connection, payment: PaymentId) -> Result<Option<Tender>> {
    let row =
        sqlx::query!("select amount, currency, rate, rate_on from payment_tenders where payment_id = $1", payment.0);
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let amount = Money::new(row.amount, row.currency.parse()?);
    Ok(Some(Tender { amount, rate: row.rate.normalize(), rate_on: row.rate_on }))
}

/// Notes the tax that was taken with a payment.
pub async fn add_tax(connection: &mut Connection, payment: PaymentId, tax: &PaymentTax) -> Result<()> {
    sqlx::query!(
        "insert into payment_taxes (payment_id, name, percent, amount, currency) values ($1, $2, $3, $4, $5)",
        payment.0,
        tax.name,
        tax.percent.get(),
        tax.amount.amount(),
        tax.amount.currency().to_string()
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn tax(connection: &mut Connection, payment: PaymentId) -> Result<Option<PaymentTax>> {
    let row =
        sqlx::query!("select name, percent, amount, currency from payment_taxes where payment_id = $1", payment.0);
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let amount = Money::new(row.amount, row.currency.parse()?);
    Ok(Some(PaymentTax { name: row.name, percent: Percent::new(row.percent)?, amount }))
}

/// The receipt of the certificate with this number, if the customer brought it before.
pub async fn receipt_of_certificate(
    connection: &mut Connection,
    customer: domain::ids::CustomerId,
    method: PaymentMethod,
    number: &str,
) -> Result<Option<String>> {
    let receipt = sqlx::query_scalar!(
        "select receipt from payments
         where customer_id = $1 and method = $2 and bare_reference(reference) = bare_reference($3)",
        customer.0,
        method.word(),
        number
    );
    Ok(receipt.fetch_optional(connection).await?)
}
