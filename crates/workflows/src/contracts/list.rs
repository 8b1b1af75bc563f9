//! The list of contracts.

use domain::views::contracts::{ContractFilter, ContractRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeContracts>, filter: &ContractFilter) -> Result<Page<ContractRow>> {
    let mut connection = context.connection().await?;
    Ok(store::contracts_list::list(&mut connection, filter, context.clock.today()).await?)
}
