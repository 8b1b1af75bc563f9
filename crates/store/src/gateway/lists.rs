//! Cards as the office sees them.

use chrono::{DateTime, Utc};
use domain::gateway::{Decline, EventState, IntentKind, IntentState};
use domain::ids::{CardRefundId, CustomerId, DisputeId, GatewayEventId, GatewayId, PaymentId, PaymentIntentId};
use domain::money::Money;
use domain::views::gateway::{
    CardPayment, CardRefund, DisputeIs, DisputeRow, EventFilter, EventList, EventRow, IntentFilter, IntentList,
    IntentRow, Movement,
};
use domain::views::list::{Choice, Page};

use crate::search::pattern;
use crate::{Connection, Error, Result};

/// A page of what was set out to be paid, the newest first.
pub async fn intents(connection: &mut Connection, filter: &IntentFilter) -> Result<IntentList> {
    let search = filter.search.as_deref().and_then(pattern);
    let (state, kind) = (filter.state.map(IntentState::word), filter.kind.map(IntentKind::word));
    let rows = sqlx::query!(
        r#"select i.id, i.customer_id, k.name as customer_name, g.mode, i.kind, i.state, i.amount, i.currency,
                  i.created_at, i.remote_intent, i.decline_code, i.decline_words, i.payment_id, p.receipt as "receipt?",
                  count(*) over () as "total!"
           from payment_intents i
           join customers k on k.id = i.customer_id
           join gateways g on g.id = i.gateway_id
           left join payments p on p.id = i.payment_id
           where ($1::text is null or k.search like plain($1) or i.remote_intent ilike $1 or i.remote_session ilike $1)
             and ($2::text is null or i.state = $2) and ($3::text is null or i.kind = $3)
           order by i.created_at desc, i.id desc limit $4 offset $5"#,
        search,
        state,
        kind,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(connection).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(|row| {
        Ok(IntentRow {
            id: PaymentIntentId(row.id),
            customer: Choice { id: CustomerId(row.customer_id), name: row.customer_name },
            mode: row.mode.parse()?,
            kind: row.kind.parse()?,
            state: row.state.parse()?,
            amount: Money::new(row.amount, row.currency.parse()?),
            created_at: row.created_at,
            remote: row.remote_intent,
            decline: row.decline_code.zip(row.decline_words).map(|(code, words)| Decline { code, words }),
            payment: payment(row.payment_id, row.receipt),
        })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: filter.page.0.max(1) })
}

/// A page of events, the newest first.
pub async fn events(connection: &mut Connection, filter: &EventFilter) -> Result<EventList> {
    let rows = sqlx::query!(
        r#"select e.id, e.remote_id, e.kind, g.mode, e.received_at, e.deliveries, e.state, e.because,
                  k.id as "customer_id?", k.name as "customer_name?", count(*) over () as "total!"
           from gateway_events e
           join gateways g on g.id = e.gateway_id
           left join payment_intents i on i.id = e.intent_id
           left join customers k on k.id = i.customer_id
           where ($1::text is null or e.state = $1)
           order by e.received_at desc, e.id desc limit $2 offset $3"#,
        filter.state.map(EventState::word),
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(connection).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(|row| {
        let customer = row.customer_id.zip(row.customer_name);
        Ok(EventRow {
            id: GatewayEventId(row.id),
            remote: row.remote_id,
            kind: row.kind,
            mode: row.mode.parse()?,
            received_at: row.received_at,
            deliveries: row.deliveries,
            state: row.state.parse()?,
            because: row.because.map(serde_json::from_value).transpose()?,
            customer: customer.map(|(id, name)| Choice { id: CustomerId(id), name }),
        })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: filter.page.0.max(1) })
}

/// The newest disputes, those first that wait for an answer.
pub async fn disputes(connection: &mut Connection, is: Option<DisputeIs>) -> Result<Vec<DisputeRow>> {
    let rows = sqlx::query!(
        r#"select d.id, d.remote_id, d.state, d.amount, d.currency, d.reason, d.opened_at, d.due_by, i.customer_id,
                  k.name as customer_name, i.payment_id, p.receipt as "receipt?", d.returned_payment_id,
                  r.receipt as "returned_receipt?"
           from disputes d
           join payment_intents i on i.id = d.intent_id
           join customers k on k.id = i.customer_id
           left join payments p on p.id = i.payment_id
           left join payments r on r.id = d.returned_payment_id
           where $1::text is null or d.state in ('inquiry', 'open')
           order by d.state in ('inquiry', 'open') desc, d.opened_at desc, d.id desc limit 200"#,
        is.map(DisputeIs::word)
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(DisputeRow {
            id: DisputeId(row.id),
            customer: Choice { id: CustomerId(row.customer_id), name: row.customer_name },
            payment: payment(row.payment_id, row.receipt),
            remote: row.remote_id,
            state: row.state.parse()?,
            amount: Money::new(row.amount, row.currency.parse()?),
            reason: row.reason,
            opened_at: row.opened_at,
            due_by: row.due_by,
            returned: payment(row.returned_payment_id, row.returned_receipt),
        })
    });
    rows.collect()
}

/// What the gateway knows of a payment; `None` when it did not come by one.
pub async fn of_payment(connection: &mut Connection, id: PaymentId) -> Result<Option<CardPayment>> {
    let row = sqlx::query!(
        r#"select i.id, g.mode, i.remote_intent, f.amount as "fee?", f.currency as "fee_currency?"
           from payment_intents i
           join gateways g on g.id = i.gateway_id
           left join gateway_fees f on f.payment_id = i.payment_id
           where i.payment_id = $1"#,
        id.0
    );
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let fee = match row.fee.zip(row.fee_currency) {
        Some((amount, currency)) => Some(Money::new(amount, currency.parse()?)),
        None => None,
    };
    let refunds = sqlx::query!(
        "select r.id, r.asked_at, r.amount, i.currency, r.state, r.remote_id
         from card_refunds r join payment_intents i on i.id = r.intent_id where r.intent_id = $1 order by r.id",
        row.id
    );
    let refunds = refunds.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(CardRefund {
            id: CardRefundId(row.id),
            asked_at: row.asked_at,
            amount: Money::new(row.amount, row.currency.parse()?),
            state: row.state.parse()?,
            remote: row.remote_id,
        })
    });
    let mode = row.mode.parse()?;
    let remote = row.remote_intent.ok_or_else(|| Error::Unknown(format!("a card payment {id} without its name")))?;
    Ok(Some(CardPayment { mode, remote, fee, refunds: refunds.collect::<Result<_>>()? }))
}

/// What came in and went back by a gateway, by our books: from `from` and before `to`. What went and came back again on these
/// days is nothing, as on the gateway's side.
pub async fn movements(
    connection: &mut Connection,
    gateway: GatewayId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Movement>> {
    let rows = sqlx::query!(
        r#"with moved (intent_id, remote, amount, at) as (
               select i.id, i.remote_charge, b.amount, i.settled_at
               from payment_intents i join payments b on b.id = i.payment_id where i.remote_charge is not null
               union all
               select r.intent_id, r.remote_id, -r.amount, r.asked_at from card_refunds r where r.remote_id is not null
               union all
               select r.intent_id, r.remote_id, r.amount, b.recorded_at
               from card_refunds r join payments b on b.id = r.returned_by where r.remote_id is not null
               union all
               select d.intent_id, d.remote_id, -d.amount, d.opened_at from disputes d where d.is_taken
               union all
               select d.intent_id, d.remote_id, d.amount, d.closed_at
               from disputes d where d.is_taken and d.state = 'won')
           select m.remote as "remote!", sum(m.amount) as "amount!", p.currency, p.id as payment, p.receipt
           from moved m
           join payment_intents i on i.id = m.intent_id
           join payments p on p.id = i.payment_id
           where i.gateway_id = $1 and m.at >= $2 and m.at < $3
           group by m.remote, p.currency, p.id, p.receipt having sum(m.amount) <> 0"#,
        gateway.0,
        from,
        to
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(Movement {
            remote: row.remote,
            amount: Money::new(row.amount, row.currency.parse()?),
            payment: Some(Choice { id: PaymentId(row.payment), name: row.receipt }),
        })
    });
    rows.collect()
}

fn payment(id: Option<i64>, receipt: Option<String>) -> Option<Choice<PaymentId>> {
    id.zip(receipt).map(|(id, name)| Choice { id: PaymentId(id), name })
}
