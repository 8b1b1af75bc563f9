//! Somebody, or the clock, wants to know what a router holds.

use domain::ids::{RouterId, ScanId, UserId};
use domain::network::ScanEffect;
use domain::views::jobs::JobKind;
use store::jobs::{NewRouterWork, SCAN};
use store::scans::Requested;

use super::audited;
use crate::permit::{Permit, ScanRouters};
use crate::{Context, Result, jobs, record};

/// Reads the router soon. One that waits already and does as much is enough.
pub async fn request(
    context: &Context,
    permit: &Permit<ScanRouters>,
    router: RouterId,
    effect: ScanEffect,
) -> Result<ScanId> {
    let mut transaction = context.begin().await?;
    let (scan, is_new) = enqueue(context, &mut transaction, router, effect, permit.actor().user_id()).await?;
    if is_new {
        let asked = serde_json::json!({ "router": router, "effect": effect });
        record::audit(context, &mut transaction, permit, audited(scan), None::<&()>, Some(&asked)).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(scan)
}

/// All routers, each on its own.
pub async fn request_all(context: &Context, permit: &Permit<ScanRouters>, effect: ScanEffect) -> Result<()> {
    let routers = store::scans::routers(&mut *context.connection().await?).await?;
    for router in routers {
        request(context, permit, router, effect).await?;
    }
    Ok(())
}

/// In the transaction of what causes it. True when there was none to wait for.
pub(super) async fn enqueue(
    context: &Context,
    transaction: &mut store::Transaction,
    router: RouterId,
    effect: ScanEffect,
    by: Option<UserId>,
) -> Result<(ScanId, bool)> {
    if let Some((waiting, its)) = store::scans::open_scan(transaction, router).await?
        && its >= effect
    {
        return Ok((waiting, false));
    }
    let requested = Requested { router, effect, by, at: context.clock.now() };
    let scan = store::scans::request(transaction, requested).await?;
    let work = NewRouterWork { kind: JobKind::Drift, subject: scan.0, router, priority: SCAN };
    jobs::enqueue_at_router(context, transaction, work).await?;
    Ok((scan, true))
}
