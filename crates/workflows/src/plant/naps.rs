//! Boxes on poles are entered, changed and taken away.

use domain::failure::{Blocker, Failure};
use domain::ids::NapId;
use domain::views::plant_forms::{NapForm, NapStart};

use super::nap_subject;
use crate::permit::{EditPlant, Permit};
use crate::record::audit;
use crate::refused::{Fields, taken, unknown_choice};
use crate::{Context, Error, Result};

const NAMES: Fields = &[("naps_name_key", "name")];
const CHOICES: Fields = &[("naps_sector_id_fkey", "sector")];

/// What the form of a new one starts from.
pub async fn new_nap(context: &Context, _: &Permit<EditPlant>) -> Result<NapStart> {
    let sectors = store::sectors::choices(&mut *context.connection().await?).await?;
    Ok(NapStart { form: NapForm { capacity: "16".to_owned(), ..NapForm::default() }, sectors })
}

/// The form as it stands.
pub async fn nap_form(context: &Context, _: &Permit<EditPlant>, id: NapId) -> Result<NapStart> {
    let connection = &mut *context.connection().await?;
    let form = NapForm::from(&store::plant::nap_facts(connection, id).await?);
    Ok(NapStart { form, sectors: store::sectors::choices(connection).await? })
}

/// # Errors
/// `Fields`, among them a name that another box has.
pub async fn create_nap(context: &Context, permit: &Permit<EditPlant>, form: &NapForm) -> Result<NapId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let added = store::plant::add_nap(&mut transaction, &facts).await;
    let id = added.map_err(|error| refused(error, &facts.name))?;
    audit(context, &mut transaction, permit, nap_subject(id), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// # Errors
/// As [`create_nap`], and `Blocked` by `NoRoomInBox` when it has more ports.
pub async fn edit_nap(context: &Context, permit: &Permit<EditPlant>, id: NapId, form: &NapForm) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::plant::nap_facts(&mut transaction, id).await?;
    let edited = store::plant::edit_nap(&mut transaction, id, &facts).await;
    edited.map_err(|error| refused(error, &facts.name))?;
    audit(context, &mut transaction, permit, nap_subject(id), Some(&before), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `NotFound`; `Blocked` by `InUse` while there is a splitter in it.
pub async fn remove_nap(context: &Context, permit: &Permit<EditPlant>, id: NapId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::plant::nap_facts(&mut transaction, id).await?;
    store::plant::remove_nap(&mut transaction, id).await.map_err(|error| match error {
        store::Error::Refused { .. } => Failure::Blocked { what: Blocker::InUse }.into(),
        error => Error::from(error),
    })?;
    audit(context, &mut transaction, permit, nap_subject(id), Some(&before), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn refused(error: store::Error, name: &str) -> Error {
    match &error {
        store::Error::Taken { .. } => taken(error, NAMES, name),
        store::Error::Refused { constraint, .. } if constraint == "nap_capacity" => {
            Failure::Blocked { what: Blocker::NoRoomInBox }.into()
        }
        _ => unknown_choice(error, CHOICES),
    }
}
