//! What the customer's pages of contracts ask the server.

use domain::ids::ContractId;
use domain::views::portal_people::{AcceptanceForm, ContractPaper, ContractToAccept};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::portal};

#[server(input = GetUrl)]
pub async fn my_papers() -> Result<Vec<ContractPaper>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::papers(&context, &scope).await?)
}

#[server(input = GetUrl)]
pub async fn my_paper(contract: ContractId) -> Result<ContractToAccept, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::paper(&context, &scope, contract).await?)
}

#[server]
pub async fn accept_my_contract(contract: ContractId, acceptance: AcceptanceForm) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    let (_, visitor) = api::anybody()?;
    portal::accept_contract(&context, &scope, &visitor, contract, &acceptance).await?;
    api::go_to(&format!("/portal/documents/{contract}?done=recorded"));
    Ok(())
}
