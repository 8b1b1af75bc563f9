//! Documents out of nothing, for stories that are not about how they come to be.

use domain::ids::InvoiceId;

use crate::{Connection, Result};

/// An issued invoice over 10.00 USD for the customer with this reference.
pub async fn issue(connection: &mut Connection, number: &str, customer: &str) -> Result<InvoiceId> {
    let id = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, currency, issued_on, due_on, untaxed, tax, total,
                               created_at)
         select 'invoice', 'issued', $1, id, 'USD', '2026-01-01', '2026-01-16', 10, 0, 10, created_at
         from customers where reference = $2 returning id",
        number,
        customer
    );
    Ok(InvoiceId(id.fetch_one(connection).await?))
}
