//! Figures for people who compare: read whole, in a fixed order.

use domain::ids::ContractId;
use domain::money::Money;

use crate::{Connection, Result};

/// What each customer owes who was ever invoiced or paid, by reference: invoices less credit notes less payments that
/// did not bounce and were not given back;
/// negative is credit. A customer with two currencies has two rows.
pub async fn balances(connection: &mut Connection) -> Result<Vec<(String, Money)>> {
    let rows = sqlx::query!(
        r#"select c.reference, m.currency as "currency!: String", sum(m.amount) as "amount!"
           from customers c
           join (select customer_id, currency, case kind when 'invoice' then total else -total end as amount
                 from invoices where state = 'issued'
                 union all
                 select customer_id, currency, -amount from payments
                 where id not in (select payment_id from reversals)
                 union all
                 select coalesce(p.customer_id, n.customer_id), coalesce(p.currency, n.currency), r.amount
                 from refunds r left join payments p on p.id = r.payment_id
                 left join invoices n on n.id = r.credit_note_id) m on m.customer_id = c.id
           group by c.reference, m.currency order by c.reference collate "C", m.currency"#
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok((row.reference, Money::new(row.amount, row.currency.parse()?)))).collect()
}

/// The contracts that have something left to bill, by code.
pub async fn contracts_to_bill(connection: &mut Connection) -> Result<Vec<(ContractId, String)>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code from contracts c
           where exists (select from contract_lines l where l.contract_id = c.id and l.next_invoice_on is not null)
           order by c.code collate "C""#
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (ContractId(row.id), row.code)).collect())
}
