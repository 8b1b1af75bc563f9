//! What a customer sees of their own documents: asked often, and always in one shape.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::views::invoices::InvoiceRow;
use domain::views::list::{Page, PageNumber};

use super::Row;
use crate::{Connection, Result};

/// A page of the customer's issued documents, newest first.
pub async fn of_customer(
    connection: &mut Connection,
    customer: CustomerId,
    page: PageNumber,
    today: NaiveDate,
) -> Result<Page<InvoiceRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select i.id, i.kind, i.state, i.number, i.customer_id, u.name as customer_name, i.contract_id,
                  c.code as "contract_code?", i.issued_on, i.due_on, i.currency, i.untaxed, i.tax, i.total,
                  coalesce(o.amount, n.amount, 0) as "open!", i.void_reason, null::bigint as corrects_id,
                  null::text as corrects_number
           from invoices i
           join customers u on u.id = i.customer_id
           left join contracts c on c.id = i.contract_id
           left join open_items o on o.invoice_id = i.id
           left join open_credits n on n.credit_note_id = i.id
           where i.customer_id = $1 and i.state <> 'draft'
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
