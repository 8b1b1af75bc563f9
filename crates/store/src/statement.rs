//! What changed what a customer owes.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::statement::Movement;

use crate::{Connection, Result};

/// Issued documents, payments and what became of these up to a day, in their order. What was voided never was.
pub async fn movements(connection: &mut Connection, customer: CustomerId, to: NaiveDate) -> Result<Vec<Movement>> {
    let rows = sqlx::query!(
        r#"select on_date as "on_date!", kind as "kind!", number as "number!", currency as "currency!: String",
                  amount as "amount!"
           from (
               select issued_on as on_date, kind, number, currency, total as amount, created_at as at
               from invoices where customer_id = $1 and state = 'issued'
               union all
               select received_on, 'payment', receipt, currency, amount, recorded_at
               from payments where customer_id = $1
               union all
               select r.refunded_on, 'refund', coalesce(p.receipt, n.number), coalesce(p.currency, n.currency), r.amount,
                      r.recorded_at
               from refunds r left join payments p on p.id = r.payment_id left join invoices n on n.id = r.credit_note_id
               where coalesce(p.customer_id, n.customer_id) = $1
               union all
               select v.reversed_on, 'reversal', p.receipt, p.currency, p.amount, v.recorded_at
               from reversals v join payments p on p.id = v.payment_id where p.customer_id = $1
           ) movements
           where on_date <= $2 and amount > 0
           order by on_date, at, number"#,
        customer.0,
        to
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Movement {
                on: row.on_date,
                kind: row.kind.parse()?,
                number: row.number,
                amount: Money::new(row.amount, row.currency.parse()?),
            })
        })
        .collect()
}
