//! A hotspot is described, anew or otherwise.

use domain::failure::{Failure, Problem};
use domain::ids::{HotspotId, RouterId};
use domain::views::hotspots::{HotspotFacts, HotspotForm};
use domain::views::list::Choice;

use super::audited;
use crate::jobs::enqueue_hotspots;
use crate::permit::{EditHotspots, Permit};
use crate::{Context, Error, Result, record};

/// The routers that a hotspot may be on.
pub async fn choices(context: &Context, _: &Permit<EditHotspots>) -> Result<Vec<Choice<RouterId>>> {
    Ok(store::routers::choices(&mut *context.connection().await?).await?)
}

/// Its router is looked at right away.
///
/// # Errors
/// `Fields`, among them a router that has one already.
pub async fn create(context: &Context, permit: &Permit<EditHotspots>, typed: &HotspotForm) -> Result<HotspotId> {
    let facts = typed.check()?;
    let mut transaction = context.begin().await?;
    let id = store::hotspots::add(&mut transaction, &facts).await.map_err(|error| taken(error, &facts))?;
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&facts)).await?;
    enqueue_hotspots(context, &mut transaction, &[id], false).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// The form as it stands.
///
/// # Errors
/// `NotFound`.
pub async fn form(context: &Context, _: &Permit<EditHotspots>, id: HotspotId) -> Result<HotspotForm> {
    Ok(store::hotspots::record(&mut *context.connection().await?, id).await?.facts.into())
}

/// The router stays what it was. One that is switched off is emptied of everything that is ours.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn edit(context: &Context, permit: &Permit<EditHotspots>, id: HotspotId, typed: &HotspotForm) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::hotspots::lock(&mut transaction, id).await?.facts;
    let router = before.router.to_string();
    let facts = HotspotForm { router, ..typed.clone() }.check()?;
    store::hotspots::edit(&mut transaction, id, &facts).await.map_err(|error| taken(error, &facts))?;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&facts)).await?;
    enqueue_hotspots(context, &mut transaction, &[id], !facts.enabled).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn taken(error: store::Error, facts: &HotspotFacts) -> Error {
    let field = |name: &str, problem| Error::Refused(Failure::field(name, problem));
    match &error {
        store::Error::Taken { constraint } if constraint == "hotspots_router_id_key" => {
            field("router", Problem::Taken { by: facts.router.to_string() })
        }
        store::Error::Taken { .. } => field("name", Problem::Taken { by: facts.name.clone() }),
        store::Error::Refused { .. } => field("router", Problem::UnknownChoice),
        _ => error.into(),
    }
}
