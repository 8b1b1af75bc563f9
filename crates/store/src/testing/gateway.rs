//! Cards out of nothing, for stories that are not about how they come to be.

use domain::ids::{PaymentIntentId, SavedCardId};

use crate::{Connection, Result};

/// A payment that was set out to be made, and a saved card, of the customer with this reference; at the gateway that is on.
pub async fn checkout_and_card(
    connection: &mut Connection,
    key: &str,
    customer: &str,
) -> Result<(PaymentIntentId, SavedCardId)> {
    let intent = sqlx::query_scalar!(
        "insert into payment_intents (gateway_id, customer_id, kind, state, amount, currency, idempotency_key, remote_key,
                                      for_date, created_at)
         select g.id, k.id, 'checkout', 'expired', 10, 'USD', $1, $1, '2026-01-01', k.created_at
         from gateways g, customers k where g.is_on and k.reference = $2 returning id",
        key,
        customer
    );
    let intent = intent.fetch_one(&mut *connection).await?;
    let card = sqlx::query_scalar!(
        "insert into saved_cards (gateway_id, customer_id, remote_id, brand, last4, expires_month, expires_year, saved_at)
         select g.id, k.id, $1, 'visa', '4242', 12, 2030, k.created_at
         from gateways g, customers k where g.is_on and k.reference = $2 returning id",
        key,
        customer
    );
    Ok((PaymentIntentId(intent), SavedCardId(card.fetch_one(connection).await?)))
}
