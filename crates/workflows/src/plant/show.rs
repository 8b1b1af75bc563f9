//! The plant as it is.

use domain::ids::{NapId, PonPortId, SectorId};
use domain::views::list::{Choice, Page};
use domain::views::plant::{NapDetail, NapFilter, NapRow, OltRow, PonDetail};

use crate::permit::{Permit, SeePlant};
use crate::{Context, Result};

pub async fn list_olts(context: &Context, _: &Permit<SeePlant>) -> Result<Vec<OltRow>> {
    Ok(store::plant::olts(&mut *context.connection().await?, None, context.clock.now()).await?)
}

pub async fn show_pon(context: &Context, _: &Permit<SeePlant>, pon: PonPortId) -> Result<PonDetail> {
    let (connection, now) = (&mut *context.connection().await?, context.clock.now());
    let (place, fill) = store::plant::pon(connection, pon, now).await?;
    Ok(PonDetail { place, fill, splitters: store::plant::splitters(connection, pon, now).await? })
}

/// A page of boxes, and the sectors to choose from.
pub async fn list_naps(
    context: &Context,
    _: &Permit<SeePlant>,
    filter: &NapFilter,
) -> Result<(Page<NapRow>, Vec<Choice<SectorId>>)> {
    let connection = &mut *context.connection().await?;
    let naps = store::plant::naps(connection, filter, context.clock.now()).await?;
    Ok((naps, store::sectors::choices(connection).await?))
}

pub async fn show_nap(context: &Context, _: &Permit<SeePlant>, id: NapId) -> Result<NapDetail> {
    let (connection, now) = (&mut *context.connection().await?, context.clock.now());
    Ok(NapDetail {
        nap: store::plant::nap(connection, id, now).await?,
        fibre_metres: store::plant::nap_facts(connection, id).await?.fibre_metres,
        splitters: store::plant::of_nap(connection, id).await?,
        ports: store::plant::ports(connection, id, now).await?,
    })
}
