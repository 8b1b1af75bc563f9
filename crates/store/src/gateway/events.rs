//! What the gateway told.

use chrono::{DateTime, Utc};
use domain::gateway::EventState;
use domain::ids::{GatewayEventId, GatewayId, PaymentIntentId};
use domain::views::gateway::ParkedBecause;

use crate::{Connection, Result};

/// An event to store.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    pub gateway: GatewayId,
    pub remote: &'a str,
    pub kind: &'a str,
    pub happened_at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub body: &'a str,
    pub refused: Option<&'a ParkedBecause>,
}

/// Stores it once. `None` when it was there: it is counted as delivered once more, and nothing else.
pub async fn store(connection: &mut Connection, event: &NewEvent<'_>) -> Result<Option<GatewayEventId>> {
    let state = if event.refused.is_some() { EventState::Refused } else { EventState::Stored };
    let row = sqlx::query!(
        r#"insert into gateway_events (gateway_id, remote_id, kind, happened_at, received_at, deliveries, body, state,
                                       because)
           values ($1, $2, $3, $4, $5, 1, $6, $7, $8)
           on conflict (gateway_id, remote_id) do update set deliveries = gateway_events.deliveries + 1
           returning id, deliveries"#,
        event.gateway.0,
        event.remote,
        event.kind,
        event.happened_at,
        event.received_at,
        event.body,
        state.word(),
        event.refused.map(serde_json::to_value).transpose()?
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.deliveries == 1).then_some(GatewayEventId(row.id)))
}

#[derive(Clone, Debug)]
pub struct Event {
    pub gateway: GatewayId,
    pub state: EventState,
    pub body: String,
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, id: GatewayEventId) -> Result<Event> {
    let row = sqlx::query!("select gateway_id, state, body from gateway_events where id = $1", id.0);
    let row = row.fetch_one(connection).await?;
    Ok(Event { gateway: GatewayId(row.gateway_id), state: row.state.parse()?, body: row.body })
}

/// How it ended.
#[derive(Clone, Debug)]
pub struct Settled<'a> {
    pub state: EventState,
    pub because: Option<&'a ParkedBecause>,
    pub intent: Option<PaymentIntentId>,
    pub at: DateTime<Utc>,
}

pub async fn settle(connection: &mut Connection, id: GatewayEventId, settled: &Settled<'_>) -> Result<()> {
    sqlx::query!(
        "update gateway_events set state = $2, because = $3, intent_id = coalesce($4, intent_id), processed_at = $5
         where id = $1",
        id.0,
        settled.state.word(),
        settled.because.map(serde_json::to_value).transpose()?,
        settled.intent.map(|id| id.0),
        settled.at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a parked event back, to be done again. False when it is not parked.
pub async fn repeat(connection: &mut Connection, id: GatewayEventId) -> Result<bool> {
    let done = sqlx::query!(
        "update gateway_events set state = 'stored', because = null, processed_at = null
         where id = $1 and state = 'parked'",
        id.0
    );
    Ok(done.execute(connection).await?.rows_affected() > 0)
}
