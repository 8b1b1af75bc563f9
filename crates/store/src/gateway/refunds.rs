//! Money that goes back: refunds onto cards, disputes, and what the gateway keeps.

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{CardRefundState, DisputeState};
use domain::ids::{CardRefundId, DisputeId, PaymentId, PaymentIntentId, RefundId};
use domain::money::Money;
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// Writes down once what the gateway kept of a payment.
pub async fn add_fee(connection: &mut Connection, payment: PaymentId, fee: Money, on: NaiveDate) -> Result<()> {
    sqlx::query!(
        "insert into gateway_fees (payment_id, amount, currency, booked_on) values ($1, $2, $3, $4)
         on conflict (payment_id) do nothing",
        payment.0,
        fee.amount(),
        fee.currency().to_string(),
        on
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A refund onto a card, to write down.
#[derive(Clone, Debug)]
pub struct NewCardRefund<'a> {
    pub intent: PaymentIntentId,
    pub amount: Money,
    pub reason: &'a str,
    pub state: CardRefundState,
    pub remote_key: &'a str,
    pub remote: Option<&'a str>,
    pub refund: RefundId,
    pub at: DateTime<Utc>,
}

pub async fn add(connection: &mut Connection, new: &NewCardRefund<'_>) -> Result<CardRefundId> {
    let id = sqlx::query_scalar!(
        "insert into card_refunds (intent_id, amount, reason, state, remote_key, remote_id, refund_id, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        new.intent.0,
        new.amount.amount(),
        new.reason,
        new.state.word(),
        new.remote_key,
        new.remote,
        new.refund.0,
        new.at
    );
    Ok(CardRefundId(id.fetch_one(connection).await?))
}

#[derive(Clone, Debug)]
pub struct CardRefund {
    pub id: CardRefundId,
    pub intent: PaymentIntentId,
    pub amount: Money,
    pub state: CardRefundState,
    pub remote_key: String,
    pub remote: Option<String>,
}

struct Row {
    id: i64,
    intent_id: i64,
    amount: Decimal,
    currency: String,
    state: String,
    remote_key: String,
    remote_id: Option<String>,
}

impl Row {
    fn refund(self) -> Result<CardRefund> {
        Ok(CardRefund {
            id: CardRefundId(self.id),
            intent: PaymentIntentId(self.intent_id),
            amount: Money::new(self.amount, self.currency.parse()?),
            state: self.state.parse()?,
            remote_key: self.remote_key,
            remote: self.remote_id,
        })
    }
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, id: CardRefundId) -> Result<CardRefund> {
    let row = sqlx::query_as!(
        Row,
        "select r.id, r.intent_id, r.amount, i.currency, r.state, r.remote_key, r.remote_id
         from card_refunds r join payment_intents i on i.id = r.intent_id where r.id = $1",
        id.0
    );
    row.fetch_one(connection).await?.refund()
}

pub async fn of_intent(connection: &mut Connection, intent: PaymentIntentId) -> Result<Vec<CardRefund>> {
    let rows = sqlx::query_as!(
        Row,
        "select r.id, r.intent_id, r.amount, i.currency, r.state, r.remote_key, r.remote_id
         from card_refunds r join payment_intents i on i.id = r.intent_id where r.intent_id = $1 order by r.id",
        intent.0
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::refund).collect()
}

/// `returned`: the payment by which a refund that failed came back.
pub async fn save(
    connection: &mut Connection,
    id: CardRefundId,
    state: CardRefundState,
    remote: &str,
    returned: Option<PaymentId>,
) -> Result<()> {
    sqlx::query!(
        "update card_refunds set state = $2, remote_id = $3, returned_by = coalesce(returned_by, $4) where id = $1",
        id.0,
        state.word(),
        remote,
        returned.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A dispute as the gateway tells it.
#[derive(Clone, Debug)]
pub struct NewDispute<'a> {
    pub intent: PaymentIntentId,
    pub remote: &'a str,
    pub amount: Money,
    pub reason: &'a str,
    pub opened_at: DateTime<Utc>,
    pub due_by: Option<DateTime<Utc>>,
}

/// How a dispute stands here.
#[derive(Clone, Debug)]
pub struct Dispute {
    pub id: DisputeId,
    pub is_taken: bool,
    pub returned: Option<PaymentId>,
}

/// Writes it down, if it is new.
pub async fn note_dispute(connection: &mut Connection, new: &NewDispute<'_>) -> Result<Dispute> {
    let row = sqlx::query!(
        "insert into disputes (intent_id, remote_id, state, amount, currency, reason, opened_at, due_by, is_taken)
         values ($1, $2, 'inquiry', $3, $4, $5, $6, $7, false)
         on conflict (remote_id) do update set due_by = excluded.due_by
         returning id, is_taken, returned_payment_id",
        new.intent.0,
        new.remote,
        new.amount.amount(),
        new.amount.currency().to_string(),
        new.reason,
        new.opened_at,
        new.due_by
    );
    let row = row.fetch_one(connection).await?;
    Ok(Dispute { id: DisputeId(row.id), is_taken: row.is_taken, returned: row.returned_payment_id.map(PaymentId) })
}

/// What was done about a dispute.
#[derive(Clone, Debug)]
pub struct DisputeDone {
    pub state: DisputeState,
    pub is_taken: bool,
    pub rest: Option<PaymentId>,
    pub returned: Option<PaymentId>,
    pub at: DateTime<Utc>,
}

pub async fn save_dispute(connection: &mut Connection, id: DisputeId, done: &DisputeDone) -> Result<()> {
    sqlx::query!(
        "update disputes set state = $2, is_taken = $3, rest_payment_id = coalesce(rest_payment_id, $4),
                returned_payment_id = coalesce(returned_payment_id, $5),
                closed_at = case when $2 in ('won', 'lost', 'closed') then coalesce(closed_at, $6) end
         where id = $1",
        id.0,
        done.state.word(),
        done.is_taken,
        done.rest.map(|id| id.0),
        done.returned.map(|id| id.0),
        done.at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The intent that a payment came by, if it came by card.
pub async fn intent_of(connection: &mut Connection, payment: PaymentId) -> Result<Option<PaymentIntentId>> {
    let id = sqlx::query_scalar!("select id from payment_intents where payment_id = $1", payment.0);
    Ok(id.fetch_optional(connection).await?.map(PaymentIntentId))
}
