//! What the pages of changes and leases ask the server.

use domain::ids::{ChangeId, ContractId, LeaseId};
use domain::views::changes::{ChangeRow, PauseForm, PlanChangeForm, PlanOptions, QuantityForm};
use domain::views::contract_moves::{HolderForm, MoveForm};
use domain::views::leases::{LeaseForm, LeaseRow};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::{changes::ChangeFilter, leases::LeaseFilter},
    workflows::permit::{ChangeHolders, DecideChanges, MoveContracts, RequestChanges, SeeContracts},
    workflows::{changes, contracts, leases},
};

#[server(input = GetUrl)]
pub async fn list_changes(#[server(default)] query: ListQuery) -> Result<Page<ChangeRow>, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    let (state, search) = (query.filter_as("state"), Some(query.search));
    let filter = ChangeFilter { search, state, page: query.page, ..ChangeFilter::default() };
    Ok(changes::list(&context, &permit, &filter).await?)
}

/// The newest of one contract.
#[server(input = GetUrl)]
pub async fn contract_changes(contract: ContractId) -> Result<Vec<ChangeRow>, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    let filter = ChangeFilter { contract: Some(contract), ..ChangeFilter::default() };
    Ok(changes::list(&context, &permit, &filter).await?.rows)
}

#[server(input = GetUrl)]
pub async fn contract_plan_options(contract: ContractId) -> Result<PlanOptions, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(changes::options(&context, &permit, contract).await?)
}

#[server]
pub async fn change_plan(contract: ContractId, form: PlanChangeForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RequestChanges>()?;
    changes::request_plan(&context, &permit, contract, &form).await?;
    go_back(contract, "recorded");
    Ok(())
}

#[server]
pub async fn change_quantity(contract: ContractId, form: QuantityForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RequestChanges>()?;
    changes::request_quantity(&context, &permit, contract, &form).await?;
    go_back(contract, "recorded");
    Ok(())
}

#[server]
pub async fn pause_contract(contract: ContractId, form: PauseForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RequestChanges>()?;
    changes::request_pause(&context, &permit, contract, &form).await?;
    go_back(contract, "recorded");
    Ok(())
}

#[server]
pub async fn end_pause(contract: ContractId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DecideChanges>()?;
    changes::end_pause(&context, &permit, contract).await?;
    go_back(contract, "queued");
    Ok(())
}

#[server]
pub async fn approve_change(change: ChangeId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DecideChanges>()?;
    let contract = changes::approve(&context, &permit, change).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn reject_change(change: ChangeId, #[server(default)] reason: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DecideChanges>()?;
    let contract = changes::reject(&context, &permit, change, &reason).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn withdraw_change(change: ChangeId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RequestChanges>()?;
    let contract = changes::withdraw(&context, &permit, change).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn move_contract(contract: ContractId, form: MoveForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveContracts>()?;
    contracts::relocate(&context, &permit, contract, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn change_holder(contract: ContractId, form: HolderForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ChangeHolders>()?;
    let new = contracts::change_holder(&context, &permit, contract, &form).await?;
    go_back(new, "created");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_leases(#[server(default)] query: ListQuery) -> Result<Page<LeaseRow>, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    let filter = LeaseFilter {
        state: query.filter_as("state"),
        sector: query.filter_as("sector"),
        ends_by: query.filter_as("ends_by"),
        search: Some(query.search),
        page: query.page,
        ..LeaseFilter::default()
    };
    Ok(leases::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn contract_leases(contract: ContractId) -> Result<Vec<LeaseRow>, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    let filter = LeaseFilter { contract: Some(contract), ..LeaseFilter::default() };
    Ok(leases::list(&context, &permit, &filter).await?.rows)
}

#[server]
pub async fn add_lease(contract: ContractId, form: LeaseForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RequestChanges>()?;
    leases::add(&context, &permit, contract, &form).await?;
    go_back(contract, "created");
    Ok(())
}

#[server]
pub async fn buy_out_lease(lease: LeaseId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DecideChanges>()?;
    let contract = leases::buy_out(&context, &permit, lease).await?;
    go_back(contract, "saved");
    Ok(())
}

#[cfg(feature = "ssr")]
fn go_back(contract: ContractId, done: &str) {
    api::go_to(&format!("/office/contracts/{contract}?done={done}"));
}
