//! What changed what a customer owes.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::statement::Movement;

use crate::{Connection, Result};

/// Issued documents and payments up to a day, in their order. What was voided never was.
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
