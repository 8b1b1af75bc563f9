//! Invoices of one line, for what is sold across the counter.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CustomerId, InvoiceId};
use domain::price::LineAmount;
use domain::tax::TaxBasis;

use crate::{Connection, Result};

/// The one line of the invoice.
pub struct Line {
    pub description: String,
    pub amount: LineAmount,
}

/// Due at once: it is paid at the counter, or owed.
pub async fn issue(
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
