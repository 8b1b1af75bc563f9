//! What people do with a piece, but for installing it.

use domain::ids::EquipmentId;
use domain::stock::Step;
use domain::views::stock_forms::{ToPlaceForm, WhyForm};

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
