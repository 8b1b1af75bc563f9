//! What the pages of sectors ask the server.

use domain::ids::SectorId;
use domain::views::list::Page;
use domain::views::sectors::{SectorDetail, SectorForm, SectorRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::sectors::{SectorFilter, SectorSort},
    workflows::permit::{EditSectors, SeeSectors},
    workflows::sectors,
};

#[server(input = GetUrl)]
pub async fn list_sectors(#[server(default)] query: ListQuery) -> Result<Page<SectorRow>, AppError> {
    let (context, permit) = api::permit::<SeeSectors>()?;
    Ok(sectors::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_sector(sector: SectorId) -> Result<SectorDetail, AppError> {
    let (context, permit) = api::permit::<SeeSectors>()?;
    Ok(sectors::show(&context, &permit, sector).await?)
}

#[server]
pub async fn create_sector(sector: SectorForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditSectors>()?;
    let id = sectors::create(&context, &permit, &sector).await?;
    api::go_to(&format!("/office/sectors/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn rename_sector(id: SectorId, sector: SectorForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditSectors>()?;
    sectors::rename(&context, &permit, id, &sector).await?;
    api::go_to(&format!("/office/sectors/{id}?done=saved"));
    Ok(())
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> SectorFilter {
    let (sort, direction) = query.sort.unwrap_or_default();
    SectorFilter {
        search: Some(query.search),
        sort: sort.parse().unwrap_or(SectorSort::Name),
        direction,
        page: query.page,
    }
}
