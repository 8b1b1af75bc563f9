//! What those who are let in get: speed, devices, and how long until they sign in again.

use domain::failure::{Failure, Problem};
use domain::ids::HotspotProfileId;
use domain::views::hotspots::{ProfileFacts, ProfileForm, ProfileRow};

use crate::jobs::enqueue_hotspots;
use crate::permit::{EditHotspots, Permit, SeeHotspots};
use crate::record::Subject;
use crate::{Context, Error, Result, record};

pub async fn profiles(context: &Context, _: &Permit<SeeHotspots>) -> Result<Vec<ProfileRow>> {
    Ok(store::hotspots::profiles(&mut *context.connection().await?).await?)
}

/// # Errors
/// `Fields`.
pub async fn create_profile(
    context: &Context,
    permit: &Permit<EditHotspots>,
    typed: &ProfileForm,
) -> Result<HotspotProfileId> {
    let facts = typed.check()?;
    let mut transaction = context.begin().await?;
    let added = store::hotspots::add_profile(&mut transaction, &facts).await;
    let id = added.map_err(|error| taken(error, &facts))?;
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// # Errors
/// `NotFound`.
pub async fn profile_form(context: &Context, _: &Permit<EditHotspots>, id: HotspotProfileId) -> Result<ProfileForm> {
    Ok(store::hotspots::profile(&mut *context.connection().await?, id).await?.into())
}

/// Routers that have it are told. Who is in keeps the speed that they signed in with until they sign in again: a router
/// says so of its live sessions.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn edit_profile(
    context: &Context,
    permit: &Permit<EditHotspots>,
    id: HotspotProfileId,
    typed: &ProfileForm,
) -> Result<()> {
    let facts = typed.check()?;
    let mut transaction = context.begin().await?;
    let before = store::hotspots::profile(&mut transaction, id).await?;
    let saved = store::hotspots::edit_profile(&mut transaction, id, &facts).await;
    saved.map_err(|error| taken(error, &facts))?;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&facts)).await?;
    let places = store::hotspots::hotspots_of_profile(&mut transaction, id).await?;
    enqueue_hotspots(context, &mut transaction, &places, false).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn audited(id: HotspotProfileId) -> Subject {
    Subject { kind: "hotspot_profile", id: id.0 }
}

fn taken(error: store::Error, facts: &ProfileFacts) -> Error {
    match error {
        store::Error::Taken { .. } => Failure::field("name", Problem::Taken { by: facts.name.clone() }).into(),
        error => error.into(),
    }
}
