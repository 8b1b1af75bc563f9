//! Equipment to look at.

use domain::ids::{ContractId, EquipmentId};
use domain::views::stock::{EquipmentDetail, EquipmentRow, StockChoices, StockFilter, StockList};

use crate::permit::{Permit, SeeStock};
use crate::{Context, Result};

/// What was moved last comes first.
pub async fn list(context: &Context, _: &Permit<SeeStock>, filter: &StockFilter) -> Result<StockList> {
    let mut connection = context.connection().await?;
    let (page, counts) = store::stock::list(&mut connection, filter).await?;
    Ok(StockList { page, counts, choices: choices(&mut connection, true).await? })
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

/// Places and models, with `all` also those that are received no more.
pub(super) async fn choices(connection: &mut store::Connection, all: bool) -> Result<StockChoices> {
    Ok(StockChoices {
        places: store::stock::place_choices(connection).await?,
        models: store::stock::model_choices(connection, all).await?,
    })
}
