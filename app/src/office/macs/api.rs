//! What the pages of equipment ask the server.

use domain::ids::MacProfileId;
use domain::views::list::Page;
use domain::views::macs::{AssignForm, MacDraftForm, MacRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::macs::MacFilter,
    workflows::macs,
    workflows::permit::{EditServices, WorkMacs},
};

#[server(input = GetUrl)]
pub async fn list_macs(#[server(default)] query: ListQuery) -> Result<Page<MacRow>, AppError> {
    let (context, permit) = api::permit::<WorkMacs>()?;
    Ok(macs::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_mac(mac: MacProfileId) -> Result<MacRow, AppError> {
    let (context, permit) = api::permit::<WorkMacs>()?;
    Ok(macs::show(&context, &permit, mac).await?)
}

/// The contract's service gets this equipment.
#[server]
pub async fn assign_mac(mac: MacProfileId, form: AssignForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<WorkMacs>()?;
    let contract = macs::assign(&context, &permit, &api::permit::<EditServices>()?.1, mac, &form).await?;
    api::go_to(&format!("/office/contracts/{contract}?done=saved"));
    Ok(())
}

/// A new customer with a draft contract for it.
#[server]
pub async fn draft_for_mac(mac: MacProfileId, form: MacDraftForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<WorkMacs>()?;
    let contract = macs::draft(&context, &permit, mac, &form).await?;
    api::go_to(&format!("/office/contracts/{contract}?done=created"));
    Ok(())
}

#[server]
pub async fn ignore_mac(mac: MacProfileId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<WorkMacs>()?;
    macs::ignore(&context, &permit, mac).await?;
    api::go_to(&format!("/office/macs/{mac}?done=saved"));
    Ok(())
}

#[server]
pub async fn unignore_mac(mac: MacProfileId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<WorkMacs>()?;
    macs::unignore(&context, &permit, mac).await?;
    api::go_to(&format!("/office/macs/{mac}?done=saved"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> MacFilter {
    let (state, router) = (query.filter_as("state"), query.filter_as("router"));
    MacFilter { search: Some(query.search), state, router, page: query.page }
}
