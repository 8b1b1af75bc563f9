//! A sector's page.

use domain::ids::SectorId;
use domain::views::sectors::SectorDetail;

use crate::permit::{Permit, SeeSectors};
use crate::{Context, Result};

pub async fn show(context: &Context, _: &Permit<SeeSectors>, sector: SectorId) -> Result<SectorDetail> {
    Ok(store::sectors::get(&mut *context.connection().await?, sector).await?)
}
