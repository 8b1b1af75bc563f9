//! What the pages of routers ask the server.

use domain::ids::{ContractId, RouterId};
use domain::network::Because;
use domain::views::list::Page;
use domain::views::preview::CommandsPreview;
use domain::views::routers::{RouterForm, RouterPage, RouterRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::routers::{RouterFilter, RouterSort},
    workflows::permit::{EditRouters, PreviewCommands, SeeRouters},
    workflows::routers,
};

#[server(input = GetUrl)]
pub async fn list_routers(#[server(default)] query: ListQuery) -> Result<Page<RouterRow>, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(routers::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_router(router: RouterId) -> Result<RouterPage, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(routers::show(&context, &permit, router).await?)
}

/// The form as it stands, without the password.
#[server(input = GetUrl)]
pub async fn begin_edit_router(router: RouterId) -> Result<RouterForm, AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    Ok(routers::form(&context, &permit, router).await?)
}

#[server]
pub async fn create_router(router: RouterForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    let id = routers::create(&context, &permit, &router).await?;
    api::go_to(&format!("/office/routers/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_router(id: RouterId, router: RouterForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    routers::edit(&context, &permit, id, &router).await?;
    api::go_to(&format!("/office/routers/{id}?done=saved"));
    Ok(())
}

/// Asks the router who it is; what came of it is on its page.
#[server]
pub async fn probe_router(router: RouterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    let _written_down = routers::probe(&context, api::routers()?.as_ref(), &permit, router).await?;
    api::go_to(&format!("/office/routers/{router}?probed=true"));
    Ok(())
}

/// Looks at what the router needs once; what comes of it is on its page and among the jobs.
#[server]
pub async fn apply_base(router: RouterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    routers::apply_base(&context, &permit, router).await?;
    api::go_to(&format!("/office/routers/{router}?done=saved"));
    Ok(())
}

/// Lets the router's jobs try it at once.
#[server]
pub async fn close_breaker(router: RouterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    routers::close_breaker(&context, &permit, router).await?;
    api::go_to(&format!("/office/routers/{router}?done=queued"));
    Ok(())
}

/// What would be sent now, by reading the router; the inner error is the router's.
#[server(input = GetUrl)]
pub async fn preview_router_commands(router: RouterId) -> Result<Result<CommandsPreview, Because>, AppError> {
    let (context, permit) = api::permit::<PreviewCommands>()?;
    Ok(routers::preview_router(&context, api::routers()?.as_ref(), &permit, router).await?)
}

#[server(input = GetUrl)]
pub async fn preview_contract_commands(contract: ContractId) -> Result<Result<CommandsPreview, Because>, AppError> {
    let (context, permit) = api::permit::<PreviewCommands>()?;
    Ok(routers::preview_service(&context, api::routers()?.as_ref(), &permit, contract).await?)
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> RouterFilter {
    let (mode, health) = (query.filter_as("mode"), query.filter_as("health"));
    let (sort, direction) = query.sort.unwrap_or_default();
    RouterFilter {
        search: Some(query.search),
        mode,
        health,
        sort: sort.parse().unwrap_or(RouterSort::Name),
        direction,
        page: query.page,
    }
}
