//! What is owed and how it can be paid, and what need not be paid again.

use domain::ids::CustomerId;
use domain::money::Money;
use domain::views::gateway::PayOffer;

use crate::permit::CustomerScope;
use crate::{Context, Result, gateway};

pub async fn pay_offer(context: &Context, scope: &CustomerScope) -> Result<PayOffer> {
    let offer = gateway::offer(context, scope).await?;
    let on_its_way = on_its_way(&mut *context.connection().await?, scope.customer()).await?;
    Ok(PayOffer { on_its_way, ..offer })
}

/// What a customer paid that has not arrived: by a card that takes its time, or by a transfer that nobody has looked at yet.
pub(super) async fn on_its_way(connection: &mut store::Connection, customer: CustomerId) -> Result<Vec<Money>> {
    let by_card = store::gateway::intents::on_its_way(connection, customer).await?;
    let by_transfer = store::transfer_reports::in_review(connection, customer).await?;
    Ok([by_card, by_transfer].concat())
}
