//! What belongs to one hotspot: what is reachable before signing in, devices with a rule of their own, live sessions.

use domain::failure::{Failure, Problem};
use domain::ids::{HotspotBindingId, HotspotId, WalledGardenId};
use domain::views::hotspots::{BindingForm, GardenForm};

use super::audited;
use crate::jobs::enqueue_hotspots;
use crate::permit::{EditHotspots, EndHotspotSessions, Permit};
use crate::{Context, Error, Result, record};

/// # Errors
/// `Fields`; `NotFound`.
pub async fn add_garden(
    context: &Context,
    permit: &Permit<EditHotspots>,
    hotspot: HotspotId,
    typed: &GardenForm,
) -> Result<()> {
    let (to, note) = typed.check()?;
    let mut transaction = context.begin().await?;
    store::hotspots::lock(&mut transaction, hotspot).await?;
    let added = store::hotspots::add_garden(&mut transaction, hotspot, &to, &note).await;
    added.map_err(|error| taken(error, "to", &typed.to))?;
    record::audit(context, &mut transaction, permit, audited(hotspot), None::<&()>, Some(&to)).await?;
    finish(context, transaction, hotspot).await
}

/// # Errors
/// `NotFound`, also for another hotspot's.
pub async fn remove_garden(
    context: &Context,
    permit: &Permit<EditHotspots>,
    hotspot: HotspotId,
    id: WalledGardenId,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::hotspots::of_garden(&mut transaction, hotspot).await?.into_iter().find(|row| row.id == id);
    let before = before.ok_or(Failure::NotFound)?;
    store::hotspots::remove_garden(&mut transaction, hotspot, id).await?;
    record::audit(context, &mut transaction, permit, audited(hotspot), Some(&before.to), None::<&()>).await?;
    finish(context, transaction, hotspot).await
}

/// # Errors
/// `Fields`; `NotFound`.
pub async fn add_binding(
    context: &Context,
    permit: &Permit<EditHotspots>,
    hotspot: HotspotId,
    typed: &BindingForm,
) -> Result<()> {
    let (mac, kind, note) = typed.check()?;
    let mut transaction = context.begin().await?;
    store::hotspots::lock(&mut transaction, hotspot).await?;
    let added = store::hotspots::add_binding(&mut transaction, hotspot, &mac, kind, &note).await;
    added.map_err(|error| taken(error, "mac", mac.as_str()))?;
    let after = (mac.as_str(), kind);
    record::audit(context, &mut transaction, permit, audited(hotspot), None::<&()>, Some(&after)).await?;
    finish(context, transaction, hotspot).await
}

/// # Errors
/// `NotFound`, also for another hotspot's.
pub async fn remove_binding(
    context: &Context,
    permit: &Permit<EditHotspots>,
    hotspot: HotspotId,
    id: HotspotBindingId,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::hotspots::of_binding(&mut transaction, hotspot).await?.into_iter().find(|row| row.id == id);
    let before = before.ok_or(Failure::NotFound)?;
    store::hotspots::remove_binding(&mut transaction, hotspot, id).await?;
    let told = (before.mac.as_str(), before.kind);
    record::audit(context, &mut transaction, permit, audited(hotspot), Some(&told), None::<&()>).await?;
    finish(context, transaction, hotspot).await
}

/// Who is in has to sign in again; the voucher is what it was.
///
/// # Errors
/// `NotFound` when it is not among those that were read last.
pub async fn end_session(
    context: &Context,
    permit: &Permit<EndHotspotSessions>,
    hotspot: HotspotId,
    router_row: &str,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let user = store::hotspots::want_end(&mut transaction, hotspot, router_row).await?;
    record::audit(context, &mut transaction, permit, audited(hotspot), Some(&user), None::<&()>).await?;
    enqueue_hotspots(context, &mut transaction, &[hotspot], true).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn finish(context: &Context, mut transaction: store::Transaction, hotspot: HotspotId) -> Result<()> {
    enqueue_hotspots(context, &mut transaction, &[hotspot], false).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn taken(error: store::Error, field: &str, by: &str) -> Error {
    match error {
        store::Error::Taken { .. } => Failure::field(field, Problem::Taken { by: by.to_owned() }).into(),
        error => error.into(),
    }
}
