//! The contract's page.

use domain::ids::ContractId;
use domain::views::contracts::ContractDetail;
use domain::views::timeline::{TimelineEntry, Topic};

use crate::permit::{Permit, SeeContracts};
use crate::{Context, Result, collections};

/// Entries of one topic.
const ENTRIES: i64 = 200;

pub async fn show(context: &Context, _: &Permit<SeeContracts>, contract: ContractId) -> Result<ContractDetail> {
    let mut connection = context.connection().await?;
    let held_back = collections::held_back(context, &mut connection, contract).await?;
    let detail = store::contract_detail::get(&mut connection, contract, context.clock.today()).await?;
    let port = store::plant::of_contract(&mut connection, contract, context.clock.now()).await?;
    Ok(ContractDetail { held_back, port, ..detail })
}

/// What happened of one kind; the whole story is on the page itself.
pub async fn story(
    context: &Context,
    _: &Permit<SeeContracts>,
    contract: ContractId,
    topic: Topic,
) -> Result<Vec<TimelineEntry>> {
    let mut connection = context.connection().await?;
    Ok(store::timeline::of_contract(&mut connection, contract, Some(topic), ENTRIES).await?)
}
