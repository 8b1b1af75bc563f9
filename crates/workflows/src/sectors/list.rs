//! The list of sectors.

use domain::ids::SectorId;
use domain::views::list::{Choice, Page};
use domain::views::sectors::{SectorFilter, SectorRow};

use crate::permit::{Permit, SeeSectors};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeSectors>, filter: &SectorFilter) -> Result<Page<SectorRow>> {
    Ok(store::sectors::list(&mut *context.connection().await?, filter).await?)
}

/// All of them, for the filters of other lists.
pub async fn choices(context: &Context, _: &Permit<SeeSectors>) -> Result<Vec<Choice<SectorId>>> {
    Ok(store::sectors::choices(&mut *context.connection().await?).await?)
}
