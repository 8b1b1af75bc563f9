//! Hotspots to look at.

use domain::ids::HotspotId;
use domain::views::hotspots::{HotspotDetail, HotspotRow};

use super::page;
use crate::permit::{Permit, SeeHotspots};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeHotspots>) -> Result<Vec<HotspotRow>> {
    Ok(store::hotspots::list(&mut *context.connection().await?, context.clock.now()).await?)
}

/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, _: &Permit<SeeHotspots>, id: HotspotId) -> Result<HotspotDetail> {
    let mut connection = context.connection().await?;
    let mut detail = store::hotspots::detail(&mut connection, id, context.clock.now()).await?;
    detail.page.current = page::version(&mut connection, &detail.facts).await?;
    Ok(detail)
}
