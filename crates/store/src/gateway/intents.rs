//! What was set out to be paid.

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{Decline, IntentKind, IntentState};
use domain::ids::{CustomerId, GatewayId, InvoiceId, PaymentId, PaymentIntentId, QuoteId, SavedCardId, UserId};
use domain::money::Money;
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// An intent to write down.
#[derive(Clone, Debug)]
pub struct NewIntent<'a> {
    pub gateway: GatewayId,
    pub customer: CustomerId,
    pub kind: IntentKind,
    pub amount: Money,
    pub invoices: &'a [InvoiceId],
    pub quote: Option<QuoteId>,
    pub card: Option<SavedCardId>,
    pub consent: Option<&'a str>,
    pub idempotency_key: &'a str,
    pub remote_key: &'a str,
    pub for_date: NaiveDate,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

#[derive(Clone, Debug)]
pub struct Intent {
    pub id: PaymentIntentId,
    pub gateway: GatewayId,
    pub customer: CustomerId,
    pub kind: IntentKind,
    pub state: IntentState,
    pub amount: Money,
    pub quote: Option<QuoteId>,
    pub card: Option<SavedCardId>,
    pub consent: Option<String>,
    pub remote_key: String,
    pub asked_at: Option<DateTime<Utc>>,
    pub session: Option<String>,
    pub remote: Option<String>,
    pub charge: Option<String>,
    pub url: Option<String>,
    pub decline: Option<Decline>,
    pub payment: Option<PaymentId>,
    pub created_by: Option<UserId>,
    pub looked_at: Option<DateTime<Utc>>,
}

struct Row {
    id: i64,
    gateway_id: i64,
    customer_id: i64,
    kind: String,
    state: String,
    amount: Decimal,
    currency: String,
    quote_id: Option<i64>,
    card_id: Option<i64>,
    consent: Option<String>,
    remote_key: String,
    asked_at: Option<DateTime<Utc>>,
    remote_session: Option<String>,
    remote_intent: Option<String>,
    remote_charge: Option<String>,
    url: Option<String>,
    decline_code: Option<String>,
    decline_words: Option<String>,
    payment_id: Option<i64>,
    created_by: Option<i64>,
    looked_at: Option<DateTime<Utc>>,
}

impl Row {
    fn intent(self) -> Result<Intent> {
        let decline = self.decline_code.zip(self.decline_words).map(|(code, words)| Decline { code, words });
        Ok(Intent {
            id: PaymentIntentId(self.id),
            gateway: GatewayId(self.gateway_id),
            customer: CustomerId(self.customer_id),
            kind: self.kind.parse()?,
            state: self.state.parse()?,
            amount: Money::new(self.amount, self.currency.parse()?),
            quote: self.quote_id.map(QuoteId),
            card: self.card_id.map(SavedCardId),
            consent: self.consent,
            remote_key: self.remote_key,
            asked_at: self.asked_at,
            session: self.remote_session,
            remote: self.remote_intent,
            charge: self.remote_charge,
            url: self.url,
            decline,
            payment: self.payment_id.map(PaymentId),
            created_by: self.created_by.map(UserId),
            looked_at: self.looked_at,
        })
    }
}

/// Writes it down once: with a key that is there already, answers what was written then.
///
/// # Errors
/// `NotFound` when another customer has the key.
pub async fn add(connection: &mut Connection, new: &NewIntent<'_>) -> Result<PaymentIntentId> {
    let id = sqlx::query_scalar!(
        "insert into payment_intents (gateway_id, customer_id, kind, state, amount, currency, quote_id, card_id, consent,
                                      idempotency_key, remote_key, for_date, created_at, created_by)
         values ($1, $2, $3, 'created', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (idempotency_key) do nothing returning id",
        new.gateway.0,
        new.customer.0,
        new.kind.word(),
        new.amount.amount(),
        new.amount.currency().to_string(),
        new.quote.map(|id| id.0),
        new.card.map(|id| id.0),
        new.consent,
        new.idempotency_key,
        new.remote_key,
        new.for_date,
        new.at,
        new.by.map(|id| id.0)
    );
    let Some(id) = id.fetch_optional(&mut *connection).await? else {
        let before = sqlx::query_scalar!(
            "select id from payment_intents where idempotency_key = $1 and customer_id = $2",
            new.idempotency_key,
            new.customer.0
        );
        return Ok(PaymentIntentId(before.fetch_one(connection).await?));
    };
    let invoices: Vec<i64> = new.invoices.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into payment_intent_invoices (intent_id, place, invoice_id)
         select $1, place, invoice from unnest($2::bigint[]) with ordinality as chosen (invoice, place)",
        id,
        &invoices
    )
    .execute(connection)
    .await?;
    Ok(PaymentIntentId(id))
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, id: PaymentIntentId) -> Result<Intent> {
    let row = sqlx::query_as!(
        Row,
        "select id, gateway_id, customer_id, kind, state, amount, currency, quote_id, card_id, consent, remote_key,
                asked_at, remote_session, remote_intent, remote_charge, url, decline_code, decline_words, payment_id,
                created_by, looked_at
         from payment_intents where id = $1",
        id.0
    );
    row.fetch_one(connection).await?.intent()
}

/// The same, and nobody else changes it until the transaction ends. Its customer is locked before.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, id: PaymentIntentId) -> Result<Intent> {
    sqlx::query!("select id from payment_intents where id = $1 for update", id.0).fetch_one(&mut *connection).await?;
    get(connection, id).await
}

/// The invoices that it pays first.
pub async fn invoices(connection: &mut Connection, id: PaymentIntentId) -> Result<Vec<InvoiceId>> {
    let ids =
        sqlx::query_scalar!("select invoice_id from payment_intent_invoices where intent_id = $1 order by place", id.0);
    Ok(ids.fetch_all(connection).await?.into_iter().map(InvoiceId).collect())
}

/// The intent that a session or a payment of the gateway belongs to. `reference`: our name for it, which is its key.
pub async fn find(
    connection: &mut Connection,
    gateway: GatewayId,
    session: Option<&str>,
    remote: Option<&str>,
    reference: Option<&str>,
) -> Result<Option<PaymentIntentId>> {
    let id = sqlx::query_scalar!(
        "select id from payment_intents
         where gateway_id = $1 and (remote_session = $2 or remote_intent = $3 or remote_key = $4) order by id limit 1",
        gateway.0,
        session,
        remote,
        reference
    );
    Ok(id.fetch_optional(connection).await?.map(PaymentIntentId))
}

/// That the gateway is asked now; committed before the call.
pub async fn ask(connection: &mut Connection, id: PaymentIntentId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update payment_intents set asked_at = coalesce(asked_at, $2) where id = $1", id.0, at)
        .execute(connection)
        .await?;
    Ok(())
}

/// What the gateway was read to hold of it.
#[derive(Clone, Debug, Default)]
pub struct Read<'a> {
    pub session: Option<&'a str>,
    pub remote: Option<&'a str>,
    pub charge: Option<&'a str>,
    pub url: Option<&'a str>,
    pub decline: Option<&'a Decline>,
}

pub async fn save_read(
    connection: &mut Connection,
    id: PaymentIntentId,
    state: IntentState,
    read: &Read<'_>,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update payment_intents set state = $2, remote_session = coalesce($3, remote_session),
                remote_intent = coalesce($4, remote_intent), remote_charge = coalesce($5, remote_charge), url = $6,
                decline_code = $7, decline_words = $8, looked_at = $9,
                settled_at = case when $10 then coalesce(settled_at, $9) end
         where id = $1",
        id.0,
        state.word(),
        read.session,
        read.remote,
        read.charge,
        read.url,
        read.decline.map(|decline| decline.code.as_str()),
        read.decline.map(|decline| decline.words.as_str()),
        at,
        !state.is_pending()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Nothing was charged, and nothing will be.
pub async fn cancel(connection: &mut Connection, id: PaymentIntentId, at: DateTime<Utc>) -> Result<()> {
    save_read(connection, id, IntentState::Cancelled, &Read::default(), at).await
}

/// # Errors
/// `Taken` when the payment is another intent's.
pub async fn save_payment(connection: &mut Connection, id: PaymentIntentId, payment: PaymentId) -> Result<()> {
    sqlx::query!("update payment_intents set payment_id = $2 where id = $1", id.0, payment.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Those that wait for the gateway's answer since before `before`: an event may have been lost.
pub async fn waiting_since(connection: &mut Connection, before: DateTime<Utc>) -> Result<Vec<PaymentIntentId>> {
    let ids = sqlx::query_scalar!(
        "select id from payment_intents
         where state in ('created', 'open', 'processing') and asked_at < $1 and coalesce(looked_at, asked_at) < $1
         order by coalesce(looked_at, asked_at), id limit 1000",
        before
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(PaymentIntentId).collect())
}

/// Payments since `from` of which nobody knows yet what the gateway kept, and that were last looked at before `before`.
pub async fn without_fee(
    connection: &mut Connection,
    from: DateTime<Utc>,
    before: DateTime<Utc>,
) -> Result<Vec<PaymentIntentId>> {
    let ids = sqlx::query_scalar!(
        "select i.id from payment_intents i
         where i.state = 'paid' and i.settled_at >= $1 and i.looked_at < $2 and i.payment_id is not null
           and not exists (select from gateway_fees f where f.payment_id = i.payment_id)
         order by i.looked_at, i.id limit 1000",
        from,
        before
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(PaymentIntentId).collect())
}

/// What is open of the invoices of an automatic payment, by currency; nothing when the consent for its card is withdrawn.
pub async fn open_with_consent(connection: &mut Connection, id: PaymentIntentId) -> Result<Vec<Money>> {
    let rows = sqlx::query!(
        r#"select sum(o.amount) as "amount!", o.currency
           from payment_intents i
           join automatic_payments a
             on a.customer_id = i.customer_id and a.card_id = i.card_id and a.withdrawn_at is null
           join payment_intent_invoices x on x.intent_id = i.id
           join open_items o on o.invoice_id = x.invoice_id
           where i.id = $1 group by o.currency"#,
        id.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok(Money::new(row.amount, row.currency.parse()?))).collect()
}

/// Something that may fail without what was done before it being lost: `back` undoes what came after `mark`.
pub async fn mark(connection: &mut Connection) -> Result<()> {
    sqlx::query!("savepoint before_quote").execute(connection).await?;
    Ok(())
}

pub async fn back(connection: &mut Connection) -> Result<()> {
    sqlx::query!("rollback to savepoint before_quote").execute(connection).await?;
    Ok(())
}
