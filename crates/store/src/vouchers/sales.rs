//! Vouchers that change hands for money: an invoice says so.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CustomerId, InvoiceId, UserId, VoucherBatchId, VoucherSaleId};
use domain::price::LineAmount;
use domain::tax::TaxBasis;

use crate::{Connection, Result};

/// The one line of the invoice.
pub struct Line {
    pub description: String,
    pub amount: LineAmount,
}

/// However the reference was typed.
pub async fn customer_by_reference(connection: &mut Connection, reference: &str) -> Result<Option<CustomerId>> {
    let id = sqlx::query_scalar!("select id from customers where upper(reference) = upper($1)", reference);
    Ok(id.fetch_optional(connection).await?.map(CustomerId))
}

/// What the same form came to before.
pub async fn sale_by_key(connection: &mut Connection, key: &str) -> Result<Option<VoucherSaleId>> {
    let id = sqlx::query_scalar!("select id from voucher_sales where idempotency_key = $1", key);
    Ok(id.fetch_optional(connection).await?.map(VoucherSaleId))
}

/// How many of a batch nobody sold yet.
pub async fn unsold(connection: &mut Connection, batch: VoucherBatchId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from vouchers where batch_id = $1 and sale_id is null"#,
        batch.0
    );
    Ok(count.fetch_one(connection).await?)
}

/// Due at once: it is paid at the counter, or owed by a shop.
pub async fn issue_invoice(
    connection: &mut Connection,
    customer: CustomerId,
    number: &str,
    line: &Line,
    issued_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<InvoiceId> {
    let amount = &line.amount;
    let (untaxed, tax, total) = (amount.untaxed.amount(), amount.tax.amount(), amount.total.amount());
    let invoice = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, currency, issued_on, due_on, untaxed, tax, total,
                               created_at)
         values ('invoice', 'issued', $1, $2, $3, $4, $4, $5, $6, $7, $8) returning id",
        number,
        customer.0,
        amount.total.currency().to_string(),
        issued_on,
        untaxed,
        tax,
        total,
        at
    )
    .fetch_one(&mut *connection)
    .await?;
    let price = &amount.price;
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, description, quantity, unit_price, discount_percent,
                                    discount_amount, courtesy, discount_reason, tax_percent, tax_included, untaxed, tax,
                                    total)
         values ($1, 1, $2, $3, $4, 0, 0, false, '', $5, $6, $7, $8, $9)",
        invoice,
        line.description,
        price.quantity.get(),
        price.unit_price.get(),
        price.tax_rate.percent.get(),
        price.tax_rate.basis == TaxBasis::Included,
        untaxed,
        tax,
        total
    )
    .execute(connection)
    .await?;
    Ok(InvoiceId(invoice))
}

/// Marks so many of the batch as sold, what was used already first: that money was missing.
pub async fn add_sale(
    connection: &mut Connection,
    batch: VoucherBatchId,
    invoice: InvoiceId,
    quantity: u32,
    key: &str,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<VoucherSaleId> {
    let sale = sqlx::query_scalar!(
        "insert into voucher_sales (batch_id, invoice_id, quantity, sold_at, sold_by, idempotency_key)
         values ($1, $2, $3, $4, $5, $6) returning id",
        batch.0,
        invoice.0,
        i32::try_from(quantity).unwrap_or(i32::MAX),
        at,
        by.map(|id| id.0),
        key
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "update vouchers set sale_id = $1 where id in (
             select id from vouchers where batch_id = $2 and sale_id is null
             order by first_used_at is null, number limit $3)",
        sale,
        batch.0,
        i64::from(quantity)
    )
    .execute(connection)
    .await?;
    Ok(VoucherSaleId(sale))
}
