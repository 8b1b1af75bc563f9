//! The limits of the plant.

use domain::views::plant::PlantSettings;
use domain::views::plant_forms::PlantSettingsForm;

use crate::permit::{EditPlant, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

const SUBJECT: Subject = Subject { kind: "plant_settings", id: 1 };

pub async fn settings(context: &Context, _: &Permit<EditPlant>) -> Result<PlantSettings> {
    Ok(store::plant::settings(&mut *context.connection().await?).await?)
}

/// What is kept already stays kept until its moment.
///
/// # Errors
/// `Fields`.
pub async fn change_settings(context: &Context, permit: &Permit<EditPlant>, form: &PlantSettingsForm) -> Result<()> {
    let settings = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::plant::settings(&mut transaction).await?;
    store::plant::save_settings(&mut transaction, settings).await?;
    audit(context, &mut transaction, permit, SUBJECT, Some(&before), Some(&settings)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
