use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CustomerId, InvoiceId, PaymentId};
use domain::invoice::PaymentMethod;
use domain::money::Money;

use crate::payments::CreditSource;
use crate::{Connection, Result};

/// A payment that another system received, with the receipt that it gave.
#[derive(Clone, Debug)]
pub struct ImportedPayment<'a> {
    pub receipt: &'a str,
    pub received_on: NaiveDate,
    pub amount: Money,
    pub reference: &'a str,
    pub idempotency_key: String,
}

#[derive(Clone, Copy, Debug)]
pub struct ImportedAllocation {
    pub invoice: InvoiceId,
    pub source: CreditSource,
    pub amount: Money,
    pub on: NaiveDate,
}

/// Writes a customer's payments; answers their ids in the order given. How they were paid is not known.
///
/// # Errors
/// `Taken` with `payments_receipt_key`.
pub async fn add_payments(
    connection: &mut Connection,
    customer: CustomerId,
    at: DateTime<Utc>,
    payments: &[ImportedPayment<'_>],
) -> Result<Vec<PaymentId>> {
    let receipts: Vec<_> = payments.iter().map(|payment| payment.receipt.to_owned()).collect();
    let received: Vec<_> = payments.iter().map(|payment| payment.received_on).collect();
    let references: Vec<_> = payments.iter().map(|payment| payment.reference.to_owned()).collect();
    let amounts: Vec<_> = payments.iter().map(|payment| payment.amount.amount()).collect();
    let currencies: Vec<_> = payments.iter().map(|payment| payment.amount.currency().to_string()).collect();
    let keys: Vec<_> = payments.iter().map(|payment| payment.idempotency_key.clone()).collect();
    let ids = sqlx::query_scalar!(
        "insert into payments (customer_id, recorded_at, method, receipt, received_on, reference, amount, currency,
                               idempotency_key)
         select $1, $2, $3, * from unnest($4::text[], $5::date[], $6::text[], $7::numeric[], $8::text[], $9::text[])
         returning id",
        customer.0,
        at,
        PaymentMethod::Other.word(),
        &receipts,
        &received,
        &references,
        &amounts,
        &currencies,
        &keys
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(PaymentId).collect())
}

/// Writes who paid what, each on its own date.
///
/// # Errors
/// `Refused` when more is allocated than is owed, or was paid.
pub async fn add_allocations(connection: &mut Connection, allocations: &[ImportedAllocation]) -> Result<()> {
    let payment = |source| match source {
        CreditSource::Payment(id) => Some(id.0),
        CreditSource::CreditNote(_) => None,
    };
    let credit_note = |source| match source {
        CreditSource::Payment(_) => None,
        CreditSource::CreditNote(id) => Some(id.0),
    };
    let invoices: Vec<_> = allocations.iter().map(|allocation| allocation.invoice.0).collect();
    let payments: Vec<_> = allocations.iter().map(|allocation| payment(allocation.source)).collect();
    let credit_notes: Vec<_> = allocations.iter().map(|allocation| credit_note(allocation.source)).collect();
    let amounts: Vec<_> = allocations.iter().map(|allocation| allocation.amount.amount()).collect();
    let dates: Vec<_> = allocations.iter().map(|allocation| allocation.on).collect();
    sqlx::query!(
        "insert into allocations (invoice_id, payment_id, credit_note_id, amount, allocated_on)
         select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::numeric[], $5::date[])",
        &invoices,
        &payments as &[Option<i64>],
        &credit_notes as &[Option<i64>],
        &amounts,
        &dates
    )
    .execute(connection)
    .await?;
    Ok(())
}
