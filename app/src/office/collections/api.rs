//! What the pages of collections ask the server.

use chrono::NaiveDate;
use domain::ids::ContractId;
use domain::views::collections::{
    CollectionSettings, HolidayForm, InterlockForm, PromiseForm, PromiseRow, PromiseTerms,
};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::collections::PromiseFilter,
    workflows::permit::{EditPolicies, EditPromises, SeePlans, SeePromises},
    workflows::{collections, promises},
};

#[server(input = GetUrl)]
pub async fn see_limits() -> Result<CollectionSettings, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(collections::settings(&context, &permit).await?)
}

#[server]
pub async fn change_interlock(interlock: InterlockForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPolicies>()?;
    collections::change_interlock(&context, &permit, &interlock).await?;
    api::go_to("/office/collections?done=saved");
    Ok(())
}

#[server]
pub async fn add_holiday(holiday: HolidayForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPolicies>()?;
    collections::add_holiday(&context, &permit, &holiday).await?;
    api::go_to("/office/collections?done=created");
    Ok(())
}

#[server]
pub async fn remove_holiday(on: NaiveDate) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPolicies>()?;
    collections::remove_holiday(&context, &permit, on).await?;
    api::go_to("/office/collections?done=removed");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_promises(#[server(default)] query: ListQuery) -> Result<Page<PromiseRow>, AppError> {
    let (context, permit) = api::permit::<SeePromises>()?;
    let (standing, contract) = (query.filter_as("standing"), query.filter_as("contract"));
    let filter = PromiseFilter { standing, contract, sector: query.filter_as("sector"), page: query.page };
    Ok(promises::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn begin_promise(contract: ContractId) -> Result<PromiseTerms, AppError> {
    let (context, permit) = api::permit::<EditPromises>()?;
    Ok(promises::terms(&context, &permit, contract).await?)
}

#[server]
pub async fn make_promise(contract: ContractId, promise: PromiseForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPromises>()?;
    promises::make(&context, &permit, contract, &promise).await?;
    api::go_to(&format!("/office/contracts/{contract}?done=recorded"));
    Ok(())
}

#[server]
pub async fn cancel_promise(contract: ContractId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPromises>()?;
    promises::cancel(&context, &permit, contract).await?;
    api::go_to(&format!("/office/contracts/{contract}?done=saved"));
    Ok(())
}
