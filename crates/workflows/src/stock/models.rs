//! Which equipment there is to receive.

use domain::failure::{Failure, Problem};
use domain::ids::EquipmentModelId;
use domain::views::stock::ModelRow;
use domain::views::stock_forms::{Model, ModelForm};

use crate::permit::{EditStock, Permit, SeeStock};
use crate::record::{Subject, audit};
use crate::refused::{Fields, taken};
use crate::{Context, Error, Result};

const FIELDS: Fields = &[("equipment_models_name", "name")];

fn subject(id: EquipmentModelId) -> Subject {
    Subject { kind: "equipment_model", id: id.0 }
}

/// Those that are received first.
pub async fn models(context: &Context, _: &Permit<SeeStock>) -> Result<Vec<ModelRow>> {
    Ok(store::stock::models(&mut *context.connection().await?).await?)
}

/// # Errors
/// `Fields`, among them a name that its maker has for another model.
pub async fn add_model(context: &Context, permit: &Permit<EditStock>, form: &ModelForm) -> Result<EquipmentModelId> {
    let model = form.check()?;
    let mut transaction = context.begin().await?;
    let added = store::stock::add_model(&mut transaction, &model).await;
    let id = added.map_err(|error| taken(error, FIELDS, &model.name))?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&model)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// # Errors
/// As [`add_model`]; another kind while there are pieces of it (`Fixed`).
pub async fn edit_model(
    context: &Context,
    permit: &Permit<EditStock>,
    id: EquipmentModelId,
    form: &ModelForm,
) -> Result<()> {
    let model = form.check()?;
    let mut transaction = context.begin().await?;
    let all = store::stock::models(&mut transaction).await?;
    let before = all.into_iter().find(|row| row.id == id).ok_or(Failure::NotFound)?;
    if before.all > 0 && before.kind != model.kind {
        return Err(Failure::field("kind", Problem::HasPieces).into());
    }
    store::stock::edit_model(&mut transaction, id, &model).await.map_err(|error| taken(error, FIELDS, &model.name))?;
    let before = Model { kind: before.kind, maker: before.maker, name: before.name };
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&model)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// No more of it is received, or again. What there is of it stays what it is.
///
/// # Errors
/// `NotFound`.
pub async fn archive_model(
    context: &Context,
    permit: &Permit<EditStock>,
    id: EquipmentModelId,
    archived: bool,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let since = archived.then(|| context.clock.now());
    store::stock::archive_model(&mut transaction, id, since).await.map_err(Error::from)?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&("archived", archived))).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
