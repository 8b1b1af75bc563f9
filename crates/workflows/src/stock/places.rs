//! Warehouses and vans.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::StockPlaceId;
use domain::views::list::Choice;
use domain::views::stock::StockPlaces;
use domain::views::stock_forms::{Place, PlaceForm};

use crate::permit::{EditStock, Permit, SeeStock};
use crate::record::{Subject, audit};
use crate::refused::{Fields, taken, unknown_choice};
use crate::{Context, Error, Result};

const TAKEN: Fields = &[("stock_places_name", "name")];
const UNKNOWN: Fields = &[("stock_places_technician_id_fkey", "technician")];

fn subject(id: StockPlaceId) -> Subject {
    Subject { kind: "stock_place", id: id.0 }
}

/// All of them with what is there.
pub async fn places(context: &Context, _: &Permit<SeeStock>) -> Result<StockPlaces> {
    let mut connection = context.connection().await?;
    Ok(StockPlaces {
        places: store::stock::places(&mut connection).await?,
        technicians: store::stock::technicians(&mut connection).await?,
    })
}

/// Where something can be put.
pub async fn place_choices(context: &Context, _: &Permit<SeeStock>) -> Result<Vec<Choice<StockPlaceId>>> {
    Ok(store::stock::place_choices(&mut *context.connection().await?).await?)
}

/// # Errors
/// `Fields`, among them a name that another place has, and somebody who has a van.
pub async fn add_place(context: &Context, permit: &Permit<EditStock>, form: &PlaceForm) -> Result<StockPlaceId> {
    let place = form.check()?;
    let mut transaction = context.begin().await?;
    refuse_second_van(&mut transaction, None, &place).await?;
    let added = store::stock::add_place(&mut transaction, &place).await;
    let id = added.map_err(|error| refused(error, &place))?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&place)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// # Errors
/// As [`add_place`].
pub async fn edit_place(
    context: &Context,
    permit: &Permit<EditStock>,
    id: StockPlaceId,
    form: &PlaceForm,
) -> Result<()> {
    let place = form.check()?;
    let mut transaction = context.begin().await?;
    refuse_second_van(&mut transaction, Some(id), &place).await?;
    let all = store::stock::places(&mut transaction).await?;
    let before = all.into_iter().find(|row| row.id == id).ok_or(Failure::NotFound)?;
    store::stock::edit_place(&mut transaction, id, &place).await.map_err(|error| refused(error, &place))?;
    let before =
        Place { kind: before.kind, name: before.name, technician: before.technician.map(|technician| technician.id) };
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&place)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// An empty place is given up.
///
/// # Errors
/// `NotFound`; `Blocked` by `InUse`: something is there.
pub async fn archive_place(context: &Context, permit: &Permit<EditStock>, id: StockPlaceId) -> Result<()> {
    let mut transaction = context.begin().await?;
    if !store::stock::archive_place(&mut transaction, id, context.clock.now()).await? {
        return Err(Failure::Blocked { what: Blocker::InUse }.into());
    }
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&("archived", true))).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Somebody has one van.
async fn refuse_second_van(
    transaction: &mut store::Transaction,
    id: Option<StockPlaceId>,
    place: &Place,
) -> Result<()> {
    let Some(technician) = place.technician else { return Ok(()) };
    match store::stock::van_of(transaction, technician).await? {
        Some(van) if Some(van.id) != id => Err(Failure::field("technician", Problem::Taken { by: van.name }).into()),
        _ => Ok(()),
    }
}

fn refused(error: store::Error, place: &Place) -> Error {
    match error {
        store::Error::Taken { .. } => taken(error, TAKEN, &place.name),
        error => unknown_choice(error, UNKNOWN),
    }
}
