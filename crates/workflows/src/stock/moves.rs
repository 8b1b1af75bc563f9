//! What people do with a piece, but for installing it.

use domain::failure::{Failure, Problem};
use domain::ids::{EquipmentId, StockPlaceId};
use domain::stock::{Step, StockError};
use domain::views::stock_forms::{MoveManyForm, ToPlaceForm, WhyForm};

use super::place::{Moving, must_be_open};
use crate::permit::{EditStock, MoveStock, Permit};
use crate::{Context, Result};

/// To another warehouse, or into a van.
///
/// # Errors
/// `Fields`; `Stock`: it is not in stock, or the place was given up.
pub async fn transfer(
    context: &Context,
    permit: &Permit<MoveStock>,
    item: EquipmentId,
    form: &ToPlaceForm,
) -> Result<()> {
    let (to, reason) = form.check()?;
    let mut transaction = context.begin().await?;
    must_be_open(&mut transaction, to, "to").await?;
    let item = store::stock::lock(&mut transaction, item).await?;
    let moving = Moving { context, actor: permit.actor(), reason: &reason };
    moving.step(&mut transaction, &item, Step::Transfer { to }).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Many at once, by their serials: a van is loaded. All of them, or none; what is there already stays. Answers where.
///
/// # Errors
/// `Fields`: a line without a serial, or something that is not on a shelf; `Stock`: the place was given up.
pub async fn transfer_many(context: &Context, permit: &Permit<MoveStock>, form: &MoveManyForm) -> Result<StockPlaceId> {
    let (to, serials, reason) = form.check()?;
    let mut transaction = context.begin().await?;
    must_be_open(&mut transaction, to, "to").await?;
    let mut items = Vec::new();
    for serial in serials {
        let item = store::stock::by_serial(&mut transaction, &serial).await?;
        items.push((item.ok_or_else(|| not_on_shelf(serial.as_str()))?, serial));
    }
    // In one order, whoever else moves some of them.
    items.sort();
    let moving = Moving { context, actor: permit.actor(), reason: &reason };
    for (item, serial) in items {
        let item = store::stock::lock(&mut transaction, item).await?;
        match item.custody.apply(Step::Transfer { to }) {
            Ok(_) => {
                moving.step(&mut transaction, &item, Step::Transfer { to }).await?;
            }
            Err(StockError::AlreadyThere) => {}
            Err(_) => return Err(not_on_shelf(serial.as_str()).into()),
        }
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(to)
}

fn not_on_shelf(serial: &str) -> Failure {
    Failure::field("lines", Problem::NotOnShelf { serial: serial.to_owned() })
}

/// From a customer back to a place.
///
/// # Errors
/// `Fields`; `Stock`: it is not installed, it is the customer's, or the place was given up.
pub async fn take_back(
    context: &Context,
    permit: &Permit<MoveStock>,
    item: EquipmentId,
    form: &ToPlaceForm,
) -> Result<()> {
    let (to, reason) = form.check()?;
    let mut transaction = context.begin().await?;
    let moving = Moving { context, actor: permit.actor(), reason: &reason };
    moving.take_back(&mut transaction, item, to).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What is the customer's serves no longer, and stays with them.
///
/// # Errors
/// `Fields`; `Stock`: it is not installed, or it is ours.
pub async fn leave(context: &Context, permit: &Permit<MoveStock>, item: EquipmentId, form: &WhyForm) -> Result<()> {
    let reason = form.check()?;
    let mut transaction = context.begin().await?;
    Moving { context, actor: permit.actor(), reason: &reason }.leave(&mut transaction, item).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What was sold comes back from the customer, and is ours again. No money moves by it: whoever gives some of it back does
/// so by a credit note.
///
/// # Errors
/// `Fields`: without a reason; `Stock`: it was not sold, or the place was given up.
pub async fn give_back(
    context: &Context,
    permit: &Permit<EditStock>,
    item: EquipmentId,
    form: &ToPlaceForm,
) -> Result<()> {
    let (to, reason) = form.check_with_reason()?;
    let mut transaction = context.begin().await?;
    Moving { context, actor: permit.actor(), reason: &reason }.give_back(&mut transaction, item, to).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Lost or broken.
///
/// # Errors
/// `Fields`: without a reason; `Stock`: it is the customer's, or was written off before.
pub async fn write_off(context: &Context, permit: &Permit<EditStock>, item: EquipmentId, form: &WhyForm) -> Result<()> {
    let reason = form.check()?;
    let mut transaction = context.begin().await?;
    Moving { context, actor: permit.actor(), reason: &reason }.write_off(&mut transaction, item).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What was written off is there again.
///
/// # Errors
/// `Fields`; `Stock`: it was not written off, or the place was given up.
pub async fn find(context: &Context, permit: &Permit<EditStock>, item: EquipmentId, form: &ToPlaceForm) -> Result<()> {
    let (at, reason) = form.check()?;
    let mut transaction = context.begin().await?;
    must_be_open(&mut transaction, at, "to").await?;
    let item = store::stock::lock(&mut transaction, item).await?;
    let moving = Moving { context, actor: permit.actor(), reason: &reason };
    moving.step(&mut transaction, &item, Step::Find { at }).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
