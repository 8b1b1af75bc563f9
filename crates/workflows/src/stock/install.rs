//! A customer's service gets equipment.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, EquipmentId, ServiceId};
use domain::views::stock_forms::{InstallAtForm, InstallHereForm};

use super::place::Moving;
use crate::permit::{MoveStock, Permit};
use crate::{Context, Result};

/// A piece is installed for a service.
///
/// # Errors
/// `Stock`: it is not in stock, the service has an ONU, or its contract is closed.
pub async fn install(
    context: &Context,
    permit: &Permit<MoveStock>,
    item: EquipmentId,
    service: ServiceId,
    reason: &str,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let moving = Moving { context, actor: permit.actor(), reason };
    moving.install(&mut transaction, item, service).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The same from the page of a piece: the contract by its code.
///
/// # Errors
/// `Fields`: no contract has that code; `Blocked` by `NoService`; as [`install`].
pub async fn install_at(
    context: &Context,
    permit: &Permit<MoveStock>,
    item: EquipmentId,
    form: &InstallAtForm,
) -> Result<()> {
    let (code, reason) = form.check()?;
    let mut connection = context.connection().await?;
    let found = store::contracts::by_code(&mut connection, &code).await?;
    let contract = found.ok_or_else(|| Failure::field("contract", Problem::UnknownChoice))?;
    let service = service_of(&mut connection, contract).await?;
    drop(connection);
    install(context, permit, item, service, &reason).await
}

/// The same from the page of a contract: the piece by its serial, or MAC. What the stock does not know may be the
/// customer's own: with its model it is written down as that.
///
/// # Errors
/// `Fields`: nothing has that serial, and it is not said to be the customer's own; `Blocked` by `NoService`; as [`install`].
pub async fn install_here(
    context: &Context,
    permit: &Permit<MoveStock>,
    contract: ContractId,
    form: &InstallHereForm,
) -> Result<()> {
    let (serial, own_model) = form.check()?;
    let mut transaction = context.begin().await?;
    let service = service_of(&mut transaction, contract).await?;
    let moving = Moving { context, actor: permit.actor(), reason: "" };
    let item = match (store::stock::by_serial(&mut transaction, &serial).await?, own_model) {
        (Some(item), _) => item,
        (None, Some(model)) => {
            let customer = store::contracts::customer_of(&mut transaction, contract).await?;
            moving.bring(&mut transaction, model, &serial, customer).await?
        }
        (None, None) => return Err(Failure::field("serial", Problem::NotInStock).into()),
    };
    moving.install(&mut transaction, item, service).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn service_of(connection: &mut store::Connection, contract: ContractId) -> Result<ServiceId> {
    let service = store::service_settings::of_contract(connection, contract).await?;
    Ok(service.ok_or(Failure::Blocked { what: Blocker::NoService })?.id)
}
