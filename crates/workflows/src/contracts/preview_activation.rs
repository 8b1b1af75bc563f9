//! What activating a contract would bill.

use chrono::NaiveDate;
use domain::billing::BillableLine;
use domain::contract::ContractState;
use domain::ids::ContractId;
use domain::price::AgreedPrice;
use domain::views::activation::{ActivationPreview, InvoicePlan, Planning};
use domain::views::contracts::ContractDetail;
use store::Connection;

use crate::permit::{ActivateContracts, Permit};
use crate::{Context, Error, Result};

/// For a first day of service between the signature and today, which is what `on` is moved to. A contract that is not
/// open has nothing to be activated, and its plan is empty.
pub async fn preview_activation(
    context: &Context,
    _: &Permit<ActivateContracts>,
    contract: ContractId,
    on: Option<NaiveDate>,
) -> Result<ActivationPreview> {
    let connection = &mut *context.connection().await?;
    let today = context.clock.today();
    let contract = store::contract_detail::get(connection, contract, today).await?;
    let ContractState::Open { signed_on } = contract.state else {
        return Ok(ActivationPreview { contract, on: today, plan: InvoicePlan::default() });
    };
    let on = on.unwrap_or(today).max(signed_on).min(today);
    let due_days = store::policies::get(connection, contract.policy.id).await?.policy.due_days;
    let planning = Planning { today, due_days, currency: contract.currency };
    let lines = started_lines(connection, &contract, on).await?;
    let plan = InvoicePlan::of(lines, planning).map_err(Error::internal)?;
    Ok(ActivationPreview { contract, on, plan })
}

async fn started_lines(
    connection: &mut Connection,
    contract: &ContractDetail,
    on: NaiveDate,
) -> Result<Vec<BillableLine>> {
    let billing_day = store::company::billing_day(connection).await?;
    let taxes = store::taxes::rates(connection).await?;
    let mut started = Vec::new();
    for line in store::contract_lines::of_contract(connection, contract.id).await? {
        let facts = line.facts.started(on, billing_day);
        let price = AgreedPrice {
            unit_price: facts.unit_price,
            quantity: facts.quantity,
            currency: contract.currency,
            discount: facts.discount,
            tax: taxes.get(&facts.tax).cloned().ok_or(store::Error::NotFound)?,
        };
        started.push(BillableLine {
            id: line.id,
            description: facts.description,
            price,
            terms: facts.terms,
            starts_on: on,
            ends_on: None,
            billed_through: None,
        });
    }
    Ok(started)
}
