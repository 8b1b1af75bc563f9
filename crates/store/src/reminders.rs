//! Which reminders of an invoice were sent.

use chrono::NaiveDate;
use domain::collections::ReminderDays;
use domain::ids::{ContractId, CustomerId, InvoiceId, MessageId};
use domain::money::Money;

use crate::{Connection, Result};

/// An open invoice that its customer may have to be reminded of.
#[derive(Clone, Debug)]
pub struct Remindable {
    pub contract: ContractId,
    pub invoice: InvoiceId,
    pub number: String,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub open: Money,
    /// Of the contract's policy.
    pub days: ReminderDays,
    /// In days from the due date.
    pub sent: Vec<i32>,
}

/// The open invoices that are due within a hundred days of `today`, before or after: the next of their customers, in
/// order of their ids, at most `limit`.
pub async fn customers(
    connection: &mut Connection,
    today: NaiveDate,
    after: CustomerId,
    limit: i64,
) -> Result<Vec<CustomerId>> {
    let ids = sqlx::query_scalar!(
        "select distinct customer_id from open_items
         where due_on between $1::date - 100 and $1::date + 100 and contract_id is not null and customer_id > $2
         order by customer_id limit $3",
        today,
        after.0,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(CustomerId).collect())
}

pub async fn count(connection: &mut Connection, today: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(distinct customer_id) as "count!" from open_items
           where due_on between $1::date - 100 and $1::date + 100 and contract_id is not null"#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}

/// What these customers may have to be reminded of, by customer. A debt with an open promise is let be, and so is one that
/// a transfer under review may have paid.
pub async fn of_customers(
    connection: &mut Connection,
    customers: &[CustomerId],
    today: NaiveDate,
) -> Result<Vec<(CustomerId, Remindable)>> {
    let ids: Vec<i64> = customers.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select o.customer_id, o.contract_id as "contract_id!", o.invoice_id, i.number as "number!",
                  i.issued_on as "issued_on!", o.due_on, o.amount, o.currency, p.remind_before, p.remind_after,
                  array(select r.days from reminders r where r.invoice_id = o.invoice_id) as "sent!"
           from open_items o
           join invoices i on i.id = o.invoice_id
           join contracts c on c.id = o.contract_id
           join cutoff_policies p on p.id = c.policy_id
           where o.customer_id = any($1) and o.due_on between $2::date - 100 and $2::date + 100
             and not exists (select from promises w where w.contract_id = c.id and w.outcome is null)
             and not exists (select from transfer_reports t where t.customer_id = c.customer_id and t.state = 'in_review')
             and not exists (select from payment_intents n where n.customer_id = c.customer_id and n.state = 'processing')
           order by o.customer_id, o.due_on, o.invoice_id"#,
        &ids,
        today
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let days = |days: Vec<i32>| days.into_iter().map(|days| Ok(u16::try_from(days)?)).collect::<Result<_>>();
            let remindable = Remindable {
                contract: ContractId(row.contract_id),
                invoice: InvoiceId(row.invoice_id),
                number: row.number,
                issued_on: row.issued_on,
                due_on: row.due_on,
                open: Money::new(row.amount, row.currency.parse()?),
                days: ReminderDays { before: days(row.remind_before)?, after: days(row.remind_after)? },
                sent: row.sent,
            };
            Ok((CustomerId(row.customer_id), remindable))
        })
        .collect()
}

/// Notes what a message reminds of.
///
/// # Errors
/// `Taken` with `reminders_pkey` when it was sent before.
pub async fn note(
    connection: &mut Connection,
    message: MessageId,
    on: NaiveDate,
    reminded: &[(InvoiceId, i32)],
) -> Result<()> {
    let invoices: Vec<_> = reminded.iter().map(|(invoice, _)| invoice.0).collect();
    let days: Vec<_> = reminded.iter().map(|(_, days)| *days).collect();
    sqlx::query!(
        "insert into reminders (invoice_id, days, sent_on, message_id)
         select invoice, days, $3, $4 from unnest($1::bigint[], $2::int[]) as reminded (invoice, days)",
        &invoices,
        &days,
        on,
        message.0
    )
    .execute(connection)
    .await?;
    Ok(())
}
