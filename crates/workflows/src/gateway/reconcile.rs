//! Our books against the gateway's account.

use chrono::Days;
use domain::gateway::GatewayMode;
use domain::views::gateway::{Compared, Movement, Reconciliation, compare, sums};
use domain::views::statement::Span;
use store::gateway::keys;

use super::{Open, open};
use crate::permit::{Permit, SeeGateway};
use crate::ports::Gateway;
use crate::ports::gateway::RemoteMovement;
use crate::{Context, Result};

/// Days that are looked at when none are asked for, and at most.
const USUAL: u64 = 7;
const MOST: u64 = 62;

/// What came in and went back on these days, on both sides, by UTC as the gateway counts.
pub async fn reconcile(
    context: &Context,
    port: &dyn Gateway,
    _: &Permit<SeeGateway>,
    span: &Span,
) -> Result<Reconciliation> {
    let to = span.to.unwrap_or_else(|| context.clock.now().date_naive());
    let from = span.from.unwrap_or_else(|| to - Days::new(USUAL)).clamp(to - Days::new(MOST), to);
    let mut report = Reconciliation { from, to, compared: None, failed: None };
    let Some(gateway) = looked_at(context).await? else { return Ok(report) };
    match port.movements(&gateway.access, from, to).await {
        Ok(theirs) => report.compared = Some(compared(context, &gateway, &report, theirs).await?),
        Err(failure) => report.failed = Some(failure.to_string()),
    }
    Ok(report)
}

/// The one that takes cards, or else that with live keys, or any.
async fn looked_at(context: &Context) -> Result<Option<Open>> {
    let mut stored = keys::list(&mut *context.connection().await?).await?;
    stored.sort_by_key(|keys| (!keys.is_on, keys.mode != GatewayMode::Live));
    match stored.into_iter().next() {
        Some(keys) => open(context, keys).await.map(Some),
        None => Ok(None),
    }
}

async fn compared(
    context: &Context,
    gateway: &Open,
    report: &Reconciliation,
    theirs: Vec<RemoteMovement>,
) -> Result<Compared> {
    let start = |date: chrono::NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc();
    let (from, to) = (start(report.from), start(report.to + Days::new(1)));
    let ours = store::gateway::lists::movements(&mut *context.connection().await?, gateway.id, from, to).await?;
    let fees = sums(theirs.iter().map(|movement| movement.fee)).into_iter().filter(|fee| !fee.is_zero());
    let theirs: Vec<Movement> = theirs
        .iter()
        .map(|movement| Movement { remote: movement.of.clone(), amount: movement.amount, payment: None })
        .collect();
    let our_sums = sums(ours.iter().map(|movement| movement.amount));
    let their_sums = sums(theirs.iter().map(|movement| movement.amount));
    let fees = fees.collect();
    let (agreed, differences) = compare(ours, theirs);
    Ok(Compared { agreed, differences, ours: our_sums, theirs: their_sums, fees })
}
