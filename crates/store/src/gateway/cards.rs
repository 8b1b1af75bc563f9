//! Customers as a gateway knows them, their saved cards, and their consent to automatic payments.

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{Decline, Tries};
use domain::ids::{ContractId, CustomerId, GatewayId, InvoiceId, PaymentIntentId, SavedCardId, UserId};
use domain::money::Money;
use domain::views::gateway::{Automatic, SavedCard};

use crate::{Connection, Result};

/// A card to save.
#[derive(Clone, Debug)]
pub struct NewCard<'a> {
    pub gateway: GatewayId,
    pub customer: CustomerId,
    pub remote: &'a str,
    pub brand: &'a str,
    pub last4: &'a str,
    pub expires_month: u32,
    pub expires_year: i32,
    pub at: DateTime<Utc>,
}

pub async fn remote_customer(
    connection: &mut Connection,
    gateway: GatewayId,
    customer: CustomerId,
) -> Result<Option<String>> {
    let remote = sqlx::query_scalar!(
        "select remote_id from gateway_customers where gateway_id = $1 and customer_id = $2",
        gateway.0,
        customer.0
    );
    Ok(remote.fetch_optional(connection).await?)
}

/// Of two at once, the first stays.
pub async fn note_customer(
    connection: &mut Connection,
    gateway: GatewayId,
    customer: CustomerId,
    remote: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into gateway_customers (gateway_id, customer_id, remote_id) values ($1, $2, $3) on conflict do nothing",
        gateway.0,
        customer.0,
        remote
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The same card told twice is one; one that was removed and is given anew is there again.
pub async fn save(connection: &mut Connection, card: &NewCard<'_>) -> Result<SavedCardId> {
    let id = sqlx::query_scalar!(
        "insert into saved_cards (gateway_id, customer_id, remote_id, brand, last4, expires_month, expires_year, saved_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (gateway_id, remote_id) do update set removed_at = null
         returning id",
        card.gateway.0,
        card.customer.0,
        card.remote,
        card.brand,
        card.last4,
        i32::try_from(card.expires_month)?,
        card.expires_year,
        card.at
    );
    Ok(SavedCardId(id.fetch_one(connection).await?))
}

/// A customer's cards at a gateway, the newest first.
pub async fn list(connection: &mut Connection, gateway: GatewayId, customer: CustomerId) -> Result<Vec<SavedCard>> {
    let rows = sqlx::query!(
        "select id, brand, last4, expires_month, expires_year from saved_cards
         where gateway_id = $1 and customer_id = $2 and removed_at is null order by id desc",
        gateway.0,
        customer.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(SavedCard {
            id: SavedCardId(row.id),
            brand: row.brand,
            last4: row.last4,
            expires_month: u32::try_from(row.expires_month)?,
            expires_year: row.expires_year,
        })
    });
    rows.collect()
}

/// The gateway's name of a card that is not removed.
///
/// # Errors
/// `NotFound`, also for another's.
pub async fn remote_of(
    connection: &mut Connection,
    customer: CustomerId,
    card: SavedCardId,
) -> Result<(GatewayId, String)> {
    let row = sqlx::query!(
        "select gateway_id, remote_id from saved_cards where id = $1 and customer_id = $2 and removed_at is null",
        card.0,
        customer.0
    );
    let row = row.fetch_one(connection).await?;
    Ok((GatewayId(row.gateway_id), row.remote_id))
}

pub async fn remove(connection: &mut Connection, card: SavedCardId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update saved_cards set removed_at = $2 where id = $1 and removed_at is null", card.0, at)
        .execute(connection)
        .await?;
    Ok(())
}

/// A consent to write down.
#[derive(Clone, Debug)]
pub struct NewConsent<'a> {
    pub customer: CustomerId,
    pub card: SavedCardId,
    pub consent: &'a str,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

/// Ends the present consent, if there is one, and begins this one.
pub async fn consent(connection: &mut Connection, new: &NewConsent<'_>) -> Result<()> {
    withdraw(connection, new.customer, new.at, new.by).await?;
    sqlx::query!(
        "insert into automatic_payments (customer_id, card_id, consent, consented_at, consented_by)
         values ($1, $2, $3, $4, $5)",
        new.customer.0,
        new.card.0,
        new.consent,
        new.at,
        new.by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// False when there was none.
pub async fn withdraw(
    connection: &mut Connection,
    customer: CustomerId,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update automatic_payments set withdrawn_at = $2, withdrawn_by = $3
         where customer_id = $1 and withdrawn_at is null",
        customer.0,
        at,
        by.map(|id| id.0)
    );
    Ok(done.execute(connection).await?.rows_affected() > 0)
}

/// A customer's consent, with the refusal of the last try when nothing was paid since.
pub async fn automatic(
    connection: &mut Connection,
    gateway: GatewayId,
    customer: CustomerId,
) -> Result<Option<Automatic>> {
    let row = sqlx::query!(
        r#"select a.card_id, a.consented_at, i.for_date as "for_date?", i.decline_code, i.decline_words
           from automatic_payments a
           join saved_cards c on c.id = a.card_id
           left join lateral (
               select for_date, decline_code, decline_words, state from payment_intents
               where customer_id = a.customer_id and kind = 'automatic' and created_at >= a.consented_at
               order by id desc limit 1) i on i.state = 'failed'
           where a.customer_id = $1 and a.withdrawn_at is null and c.gateway_id = $2"#,
        customer.0,
        gateway.0
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let decline = row.decline_code.zip(row.decline_words).map(|(code, words)| Decline { code, words });
    Ok(Some(Automatic {
        card: SavedCardId(row.card_id),
        consented_at: row.consented_at,
        declined: row.for_date.zip(decline),
    }))
}

/// A customer whom a night may charge.
#[derive(Clone, Debug)]
pub struct Consented {
    pub customer: CustomerId,
    pub card: SavedCardId,
    pub consented_at: DateTime<Utc>,
    /// One of theirs, by which a night that failed is found again.
    pub contract: Option<ContractId>,
}

/// The next customers with a consent and something due on `date`, in the order of their ids.
pub async fn consented(
    connection: &mut Connection,
    gateway: GatewayId,
    date: NaiveDate,
    after: CustomerId,
    limit: i64,
) -> Result<Vec<Consented>> {
    let rows = sqlx::query!(
        r#"select a.customer_id, a.card_id, a.consented_at,
                  (select min(id) from contracts where customer_id = a.customer_id) as contract
           from automatic_payments a join saved_cards c on c.id = a.card_id and c.removed_at is null
           where a.withdrawn_at is null and c.gateway_id = $1 and a.customer_id > $3
             and exists (select from open_items o where o.customer_id = a.customer_id and o.due_on <= $2)
           order by a.customer_id limit $4"#,
        gateway.0,
        date,
        after.0,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| Consented {
        customer: CustomerId(row.customer_id),
        card: SavedCardId(row.card_id),
        consented_at: row.consented_at,
        contract: row.contract.map(ContractId),
    });
    Ok(rows.collect())
}

/// A due invoice, and what became of the tries to pay it from a card since the consent.
#[derive(Clone, Debug)]
pub struct DueInvoice {
    pub invoice: InvoiceId,
    pub open: Money,
    pub tries: Tries,
}

/// What is due of a customer on `date` and is not on its way already, oldest first. What a card paid and was given back since
/// the consent is not the consent's any more: nobody expects it to be charged again by itself.
pub async fn due(connection: &mut Connection, of: &Consented, date: NaiveDate) -> Result<Vec<DueInvoice>> {
    let rows = sqlx::query!(
        r#"select o.invoice_id, o.amount, o.currency, t.declined as "declined!", t.last_on,
                  coalesce(array_remove(t.codes, null), '{}') as "codes!"
           from open_items o
           cross join lateral (
               select count(*) as declined, max(p.for_date) as last_on, array_agg(p.decline_code order by p.id) as codes
               from payment_intent_invoices x join payment_intents p on p.id = x.intent_id
               where x.invoice_id = o.invoice_id and p.kind = 'automatic' and p.state = 'failed'
                 and p.created_at >= $3) t
           where o.customer_id = $1 and o.due_on <= $2
             and not exists (
                 select from payment_intent_invoices x join payment_intents p on p.id = x.intent_id
                 where x.invoice_id = o.invoice_id
                   and (p.state = 'processing' or (p.kind = 'automatic' and p.state in ('created', 'open'))))
             and not exists (
                 select from allocations a
                 join payment_intents p on p.payment_id = a.payment_id
                 join card_refunds r on r.intent_id = p.id and r.state <> 'failed' and r.asked_at >= $3
                 where a.invoice_id = o.invoice_id)
           order by o.due_on, o.invoice_id"#,
        of.customer.0,
        date,
        of.consented_at
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let last = row.codes.last().map(|code| Decline { code: code.clone(), words: String::new() });
        Ok(DueInvoice {
            invoice: InvoiceId(row.invoice_id),
            open: Money::new(row.amount, row.currency.parse()?),
            tries: Tries {
                declined: u32::try_from(row.declined)?,
                last_on: row.last_on,
                is_final: last.is_some_and(|decline| decline.is_final()),
            },
        })
    });
    rows.collect()
}

/// Of the invoices of an automatic payment, how many tries by the consent were declined of the one that was tried least, that
/// try included; `None` when the consent for its card is withdrawn.
pub async fn declined_tries(connection: &mut Connection, intent: PaymentIntentId) -> Result<Option<u32>> {
    let least = sqlx::query_scalar!(
        r#"select min(t.declined)
           from payment_intents i
           join automatic_payments a
             on a.customer_id = i.customer_id and a.card_id = i.card_id and a.withdrawn_at is null
           join payment_intent_invoices x on x.intent_id = i.id
           cross join lateral (
               select count(*) as declined
               from payment_intent_invoices y join payment_intents p on p.id = y.intent_id
               where y.invoice_id = x.invoice_id and p.kind = 'automatic' and p.state = 'failed'
                 and p.created_at >= a.consented_at) t
           where i.id = $1"#,
        intent.0
    );
    Ok(least.fetch_one(connection).await?.map(u32::try_from).transpose()?)
}
