//! Another name for a sector.

use domain::ids::SectorId;
use domain::views::sectors::SectorForm;

use super::{FIELDS, Named, subject};
use crate::permit::{EditSectors, Permit};
use crate::record::audit;
use crate::refused::taken;
use crate::{Context, Result};

/// # Errors
/// `Fields`, among them a name that another sector has.
pub async fn rename(
    context: &Context,
    permit: &Permit<EditSectors>,
    sector: SectorId,
    form: &SectorForm,
) -> Result<()> {
    let name = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::sectors::get(&mut transaction, sector).await?.name;
    store::sectors::rename(&mut transaction, sector, &name).await.map_err(|error| taken(error, FIELDS, &name))?;
    let (before, after) = (Named { name: &before }, Named { name: &name });
    audit(context, &mut transaction, permit, subject(sector), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
