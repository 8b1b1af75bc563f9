//! Equipment becomes that of a contract's service.

use domain::failure::{Failure, Problem, required};
use domain::ids::{ContractId, MacProfileId};
use domain::service::Access;
use domain::views::contract_forms::ServiceForm;
use domain::views::macs::AssignForm;

use crate::permit::{EditServices, Permit, WorkMacs};
use crate::{Context, Result, contracts};

/// Sets the contract's service to this equipment, by DHCP at the router where it was seen. Its fixed address, if it has
/// one, and its ONU stay.
///
/// # Errors
/// `Fields`: a code that no contract has, equipment that another contract has.
pub async fn assign(
    context: &Context,
    _: &Permit<WorkMacs>,
    services: &Permit<EditServices>,
    id: MacProfileId,
    form: &AssignForm,
) -> Result<ContractId> {
    let code = required(&form.contract, 40).map_err(|problem| Failure::field("contract", problem))?;
    let mut connection = context.connection().await?;
    let found = store::contracts::by_code(&mut connection, &code).await?;
    let contract = found.ok_or_else(|| Failure::field("contract", Problem::UnknownChoice))?;
    let profile = store::macs::get(&mut connection, id).await?;
    let now = store::service_settings::of_contract(&mut connection, contract).await?.map(|service| service.settings);
    drop(connection);
    let service = ServiceForm {
        router: profile.router.to_string(),
        access: Access::Dhcp.to_string(),
        mac: profile.mac,
        ip: now.as_ref().and_then(|now| now.ip).map(|ip| ip.to_string()).unwrap_or_default(),
        onu_serial: now.and_then(|now| now.onu_serial).unwrap_or_default(),
        ..ServiceForm::default()
    };
    contracts::set_service(context, services, contract, &service).await?;
    Ok(contract)
}
