//! What somebody types as the ONU of a service, and what the stock knows of it, are one.

use domain::failure::{Failure, Problem};
use domain::ids::ServiceId;
use domain::stock::{EquipmentKind, Serial, Whereabouts};

use super::place::Moving;
use crate::permit::Actor;
use crate::{Context, Result};

/// A service that has an ONU from the stock keeps it until that is taken back: before the settings are saved.
///
/// # Errors
/// `Fields` at `onu_serial`.
pub(crate) async fn keep_onu(
    transaction: &mut store::Transaction,
    service: Option<ServiceId>,
    typed: Option<&str>,
) -> Result<()> {
    let Some(service) = service else { return Ok(()) };
    match store::stock::serves(transaction, service).await? {
        Some(serving) if typed != Some(serving.serial.as_str()) => {
            Err(Failure::field("onu_serial", Problem::HasOnu { serial: serving.serial }).into())
        }
        _ => Ok(()),
    }
}

/// An ONU in stock that somebody typed is installed by that: after the settings are saved.
///
/// # Errors
/// `Stock`: it is not in stock.
pub(crate) async fn install_typed(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    service: ServiceId,
    typed: Option<&str>,
) -> Result<()> {
    let Some(serial) = typed.and_then(|typed| typed.parse::<Serial>().ok()) else { return Ok(()) };
    let Some(item) = store::stock::by_serial(transaction, &serial).await? else { return Ok(()) };
    let item = store::stock::get(transaction, item).await?;
    let is_here = item.custody.whereabouts == Whereabouts::Installed { service };
    if item.serial != serial.as_str() || item.kind != EquipmentKind::Onu || is_here {
        return Ok(());
    }
    Moving { context, actor, reason: "" }.install(transaction, item.id, service).await
}
