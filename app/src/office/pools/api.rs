//! What the pages of networks ask the server.

use std::net::Ipv4Addr;

use domain::ids::AddressPoolId;
use domain::views::list::Page;
use domain::views::pools::{PoolChoices, PoolDetail, PoolForm, PoolRow, ReservationForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::pools::{AddressFilter, PoolFilter, PoolSort},
    workflows::permit::{EditPools, SeePools},
    workflows::pools,
};

#[server(input = GetUrl)]
pub async fn list_pools(#[server(default)] query: ListQuery) -> Result<Page<PoolRow>, AppError> {
    let (context, permit) = api::permit::<SeePools>()?;
    Ok(pools::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_pool(pool: AddressPoolId, #[server(default)] query: ListQuery) -> Result<PoolDetail, AppError> {
    let (context, permit) = api::permit::<SeePools>()?;
    let filter = AddressFilter { search: Some(query.search), page: query.page };
    Ok(pools::show(&context, &permit, pool, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn begin_pool() -> Result<PoolChoices, AppError> {
    let (context, permit) = api::permit::<SeePools>()?;
    Ok(pools::choices(&context, &permit).await?)
}

#[server]
pub async fn create_pool(pool: PoolForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPools>()?;
    let id = pools::create(&context, &permit, &pool).await?;
    api::go_to(&format!("/office/pools/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_pool(id: AddressPoolId, pool: PoolForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPools>()?;
    pools::edit(&context, &permit, id, &pool).await?;
    api::go_to(&format!("/office/pools/{id}?done=saved"));
    Ok(())
}

#[server]
pub async fn remove_pool(pool: AddressPoolId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPools>()?;
    pools::remove(&context, &permit, pool).await?;
    api::go_to("/office/pools?done=saved");
    Ok(())
}

#[server]
pub async fn reserve_address(pool: AddressPoolId, form: ReservationForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPools>()?;
    pools::reserve(&context, &permit, pool, &form).await?;
    api::go_to(&format!("/office/pools/{pool}?done=saved"));
    Ok(())
}

#[server]
pub async fn release_address(pool: AddressPoolId, address: Ipv4Addr) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPools>()?;
    pools::release(&context, &permit, pool, address).await?;
    api::go_to(&format!("/office/pools/{pool}?done=saved"));
    Ok(())
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> PoolFilter {
    let (router, sector) = (query.filter_as("router"), query.filter_as("sector"));
    let (sort, direction) = query.sort.unwrap_or_default();
    PoolFilter {
        search: Some(query.search),
        router,
        sector,
        sort: sort.parse().unwrap_or(PoolSort::Name),
        direction,
        page: query.page,
    }
}
