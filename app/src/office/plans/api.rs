//! What the pages of plans ask the server.

use domain::ids::{PlanId, PlanPriceId};
use domain::views::list::Page;
use domain::views::plans::{PlanDetail, PlanForm, PlanOffer, PlanRow, PriceForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::plans::{PlanFilter, PlanSort},
    workflows::permit::{EditPlans, SeePlans},
    workflows::plans,
};

#[server(input = GetUrl)]
pub async fn list_plans(#[server(default)] query: ListQuery) -> Result<Page<PlanRow>, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(plans::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_plan(plan: PlanId) -> Result<PlanDetail, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(plans::show(&context, &permit, plan).await?)
}

/// What the form of a new plan chooses from and begins with.
#[server(input = GetUrl)]
pub async fn begin_plan() -> Result<PlanOffer, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(plans::offer(&context, &permit).await?)
}

#[server]
pub async fn create_plan(plan: PlanForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlans>()?;
    let id = plans::create(&context, &permit, &plan).await?;
    api::go_to(&format!("/office/plans/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_plan(id: PlanId, plan: PlanForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlans>()?;
    plans::edit(&context, &permit, id, &plan).await?;
    api::go_to(&format!("/office/plans/{id}?done=saved"));
    Ok(())
}

#[server]
pub async fn archive_plan(plan: PlanId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlans>()?;
    plans::archive(&context, &permit, plan).await?;
    api::go_to(&format!("/office/plans/{plan}?done=saved"));
    Ok(())
}

#[server]
pub async fn unarchive_plan(plan: PlanId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlans>()?;
    plans::unarchive(&context, &permit, plan).await?;
    api::go_to(&format!("/office/plans/{plan}?done=saved"));
    Ok(())
}

#[server]
pub async fn add_plan_price(plan: PlanId, form: PriceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlans>()?;
    plans::add_price(&context, &permit, plan, &form).await?;
    api::go_to(&format!("/office/plans/{plan}?done=saved"));
    Ok(())
}

#[server]
pub async fn remove_plan_price(plan: PlanId, price: PlanPriceId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlans>()?;
    plans::remove_price(&context, &permit, plan, price).await?;
    api::go_to(&format!("/office/plans/{plan}?done=removed"));
    Ok(())
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> PlanFilter {
    let (kind, archived) = (query.filter_as("kind"), query.filter_as("archived"));
    let (sort, direction) = query.sort.unwrap_or_default();
    PlanFilter {
        search: Some(query.search),
        kind,
        archived,
        sort: sort.parse().unwrap_or(PlanSort::Name),
        direction,
        page: query.page,
    }
}
