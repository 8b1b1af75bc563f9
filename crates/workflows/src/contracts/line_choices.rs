//! What the form of a line chooses from.

use domain::ids::ContractId;
use domain::price_list::PriceList;
use domain::views::contracts::{ContractDetail, LineChoices, PlanChoice};
use store::Connection;

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result};

/// Plans at what they cost today where the contract is installed.
pub async fn line_choices(context: &Context, _: &Permit<SeeContracts>, contract: ContractId) -> Result<LineChoices> {
    let connection = &mut *context.connection().await?;
    let contract = store::contract_detail::get(connection, contract, context.clock.today()).await?;
    Ok(LineChoices {
        plans: priced_plans(context, connection, &contract).await?,
        taxes: store::taxes::choices(connection).await?,
        billing_day: store::company::billing_day(connection).await?,
        contract,
    })
}

pub(crate) async fn priced_plans(
    context: &Context,
    connection: &mut Connection,
    contract: &ContractDetail,
) -> Result<Vec<PlanChoice>> {
    let (sector, today) = (contract.address.facts.sector, context.clock.today());
    let mut lists = store::plan_prices::all(connection).await?;
    let priced = store::plans::choices(connection).await?.into_iter().map(|plan| {
        let list = PriceList { base: plan.price, entries: lists.remove(&plan.id).unwrap_or_default() };
        PlanChoice { price: list.price(sector, today), ..plan }
    });
    Ok(priced.collect())
}
