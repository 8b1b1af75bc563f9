//! Vouchers that change hands for money: an invoice says so.

use chrono::{DateTime, Utc};
use domain::ids::{InvoiceId, UserId, VoucherBatchId, VoucherSaleId};

use crate::{Connection, Result};

/// What the same form came to before.
pub async fn sale_by_key(connection: &mut Connection, key: &str) -> Result<Option<VoucherSaleId>> {
    let id = sqlx::query_scalar!("select id from voucher_sales where idempotency_key = $1", key);
    Ok(id.fetch_optional(connection).await?.map(VoucherSaleId))
}

/// How many of a batch are for sale.
pub async fn for_sale(connection: &mut Connection, batch: VoucherBatchId, at: DateTime<Utc>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from vouchers v where batch_id = $1 and for_sale(v, $2)"#,
        batch.0,
        at
    );
    Ok(count.fetch_one(connection).await?)
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
             select id from vouchers v where batch_id = $2 and for_sale(v, $4)
             order by first_used_at is null, number limit $3)",
        sale,
        batch.0,
        i64::from(quantity),
        at
    )
    .execute(connection)
    .await?;
    Ok(VoucherSaleId(sale))
}
