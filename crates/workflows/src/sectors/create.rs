//! A new sector.

use domain::ids::SectorId;
use domain::views::sectors::SectorForm;

use super::{FIELDS, Named, subject};
use crate::permit::{EditSectors, Permit};
use crate::record::audit;
use crate::refused::taken;
use crate::{Context, Result};

/// # Errors
/// `Fields`, among them a name that another sector has.
pub async fn create(context: &Context, permit: &Permit<EditSectors>, form: &SectorForm) -> Result<SectorId> {
    let name = form.check()?;
    let mut transaction = context.begin().await?;
    let sector = store::sectors::add(&mut transaction, &name).await.map_err(|error| taken(error, FIELDS, &name))?;
    audit(context, &mut transaction, permit, subject(sector), None::<&()>, Some(&Named { name: &name })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(sector)
}
