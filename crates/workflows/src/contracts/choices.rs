//! What the forms of a contract choose from.

use domain::ids::CustomerId;
use domain::views::contracts::ContractChoices;
use domain::views::list::Choice;

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result};

pub async fn choices(context: &Context, _: &Permit<SeeContracts>, customer: CustomerId) -> Result<ContractChoices> {
    let connection = &mut *context.connection().await?;
    let addresses = store::addresses::of_customer(connection, customer).await?.into_iter().map(|address| {
        let name = format!("{}, {}", address.facts.street, address.facts.city);
        Choice { id: address.id, name }
    });
    Ok(ContractChoices {
        addresses: addresses.collect(),
        policies: store::policies::choices(connection).await?,
        routers: store::service_settings::router_choices(connection).await?,
        pools: store::address_pools::offers(connection).await?,
    })
}
