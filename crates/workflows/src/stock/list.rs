//! Equipment to look at.

use domain::ids::{ContractId, EquipmentId};
use domain::views::list::Page;
use domain::views::stock::{EquipmentDetail, EquipmentRow, StockChoices, StockCounts, StockFilter};

use crate::permit::{Permit, SeeStock};
use crate::{Context, Result};

/// What was moved last comes first.
pub async fn list(context: &Context, _: &Permit<SeeStock>, filter: &StockFilter) -> Result<Page<EquipmentRow>> {
    Ok(store::stock::list(&mut *context.connection().await?, filter).await?)
}

/// How many there are by where they are: whatever else the filter says holds.
pub async fn counts(context: &Context, _: &Permit<SeeStock>, filter: &StockFilter) -> Result<StockCounts> {
    Ok(store::stock::counts(&mut *context.connection().await?, filter).await?)
}

/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, _: &Permit<SeeStock>, item: EquipmentId) -> Result<EquipmentDetail> {
    Ok(store::stock::detail(&mut *context.connection().await?, item).await?)
}

/// What serves with a contract.
pub async fn of_contract(context: &Context, _: &Permit<SeeStock>, contract: ContractId) -> Result<Vec<EquipmentRow>> {
    Ok(store::stock::of_contract(&mut *context.connection().await?, contract).await?)
}

/// For the list's filters: models also that are received no more.
pub async fn choices(context: &Context, _: &Permit<SeeStock>) -> Result<StockChoices> {
    let mut connection = context.connection().await?;
    Ok(StockChoices {
        places: store::stock::place_choices(&mut connection).await?,
        models: store::stock::model_choices(&mut connection, true).await?,
    })
}
