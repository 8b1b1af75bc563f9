//! What a customer sees of their own documents: asked often, and always in one shape.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::views::invoices::InvoiceRow;
use domain::views::list::{Page, PageNumber};

use super::{Row, rows_of_invoices};
use crate::{Connection, Result};

/// A page of the customer's issued documents, newest first.
pub async fn of_customer(
    connection: &mut Connection,
    customer: CustomerId,
    page: PageNumber,
    today: NaiveDate,
) -> Result<Page<InvoiceRow>> {
    let rows = rows_of_invoices!(
        r#"where i.customer_id = $1 and i.state <> 'draft'
           order by i.issued_on desc, i.id desc
           limit $2 offset $3"#,
        customer.0,
        page.rows(),
        page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let rows = rows.iter().map(|row| row.view(today)).collect::<Result<Vec<_>>>()?;
    let total = total(connection, customer, page, rows.len()).await?;
    Ok(Page { rows, total, number: page.0.max(1) })
}

/// Who has less than a page of them need not be counted.
async fn total(connection: &mut Connection, customer: CustomerId, page: PageNumber, seen: usize) -> Result<i64> {
    let seen = i64::try_from(seen).unwrap_or(i64::MAX);
    if page.offset() == 0 && seen < page.rows() {
        return Ok(seen);
    }
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from invoices where customer_id = $1 and state <> 'draft'"#,
        customer.0
    );
    Ok(count.fetch_one(connection).await?)
}
