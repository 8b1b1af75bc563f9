//! The customer's saved cards, and their consent to automatic payments.

use domain::ids::{CustomerId, GatewayId, SavedCardId};
use domain::views::gateway::{CardsView, SavedCard};
use store::gateway::cards::{self, NewConsent};

use super::{not_now, open_by_id, taking};
use crate::permit::{CustomerScope, PayerScope};
use crate::ports::Gateway;
use crate::record::{Subject, audit_as, fresh_key};
use crate::{Context, Result, demo};

/// # Errors
/// Ours only.
pub async fn cards(context: &Context, scope: &CustomerScope) -> Result<CardsView> {
    let gateway = taking(context).await?;
    let mut connection = context.connection().await?;
    let (saved, automatic) = match &gateway {
        Some(gateway) => (
            cards::list(&mut connection, gateway.id, scope.customer()).await?,
            cards::automatic(&mut connection, gateway.id, scope.customer()).await?,
        ),
        None => (Vec::new(), None),
    };
    Ok(CardsView {
        by_card: gateway.is_some(),
        is_demo: demo::is_demo(context).await?,
        cards: saved,
        automatic,
        idempotency_key: fresh_key(),
    })
}

/// The card that pays what is due by itself.
pub(super) async fn automatic_card(
    connection: &mut store::Connection,
    gateway: GatewayId,
    customer: CustomerId,
) -> Result<Option<SavedCard>> {
    let Some(automatic) = cards::automatic(connection, gateway, customer).await? else { return Ok(None) };
    let saved = cards::list(connection, gateway, customer).await?;
    Ok(saved.into_iter().find(|card| card.id == automatic.card))
}

/// A card that is saved already shall pay what is due. `consent`: the sentence that was agreed to.
///
/// # Errors
/// `NotFound` for another's card, or one that was removed.
pub async fn pay_automatically(context: &Context, scope: &PayerScope, card: SavedCardId, consent: &str) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[scope.customer()]).await?;
    cards::remote_of(&mut transaction, scope.customer(), card).await?;
    let new =
        NewConsent { customer: scope.customer(), card, consent, at: context.clock.now(), by: scope.actor().user_id() };
    cards::consent(&mut transaction, &new).await?;
    audit(context, &mut transaction, scope, "pay_automatically", Some(&consent)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Takes the consent back: nothing is charged any more that the gateway was not asked for yet.
///
/// # Errors
/// Ours only; without a consent nothing happens.
pub async fn withdraw(context: &Context, scope: &PayerScope) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[scope.customer()]).await?;
    let (now, by) = (context.clock.now(), scope.actor().user_id());
    if cards::withdraw(&mut transaction, scope.customer(), now, by).await? {
        audit(context, &mut transaction, scope, "withdraw_automatic_payments", None::<&()>).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Forgets a card here and at the gateway; what it paid by itself ends.
///
/// # Errors
/// `NotFound` for another's; `Blocked(CardsNotNow)` when the gateway does not answer: then it is kept on both sides.
pub async fn remove_card(context: &Context, port: &dyn Gateway, scope: &PayerScope, card: SavedCardId) -> Result<()> {
    let (gateway, remote) = cards::remote_of(&mut *context.connection().await?, scope.customer(), card).await?;
    let gateway = open_by_id(context, gateway).await?;
    port.forget_card(&gateway.access, &remote).await.map_err(|failure| not_now(&failure))?;
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[scope.customer()]).await?;
    let automatic = cards::automatic(&mut transaction, gateway.id, scope.customer()).await?;
    let (now, by) = (context.clock.now(), scope.actor().user_id());
    if automatic.is_some_and(|automatic| automatic.card == card) {
        cards::withdraw(&mut transaction, scope.customer(), now, by).await?;
    }
    cards::remove(&mut transaction, card, now).await?;
    audit(context, &mut transaction, scope, "remove_card", Some(&card)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn audit(
    context: &Context,
    transaction: &mut store::Transaction,
    scope: &CustomerScope,
    verb: &str,
    what: Option<&impl serde::Serialize>,
) -> Result<()> {
    let subject = Subject { kind: "customer", id: scope.customer().0 };
    audit_as(context, transaction, scope.actor(), verb, subject, None::<&()>, what).await
}
