//! What the head of a list asks the server.

use domain::ids::SavedFilterId;
use domain::views::saved_filters::{SaveFilterForm, SavedFilter};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::permit::SaveFilters, workflows::saved_filters};

#[server(input = GetUrl)]
pub async fn list_saved_filters(list: String) -> Result<Vec<SavedFilter>, AppError> {
    let (context, permit) = api::permit::<SaveFilters>()?;
    Ok(saved_filters::list(&context, &permit, &list).await?)
}

#[server]
pub async fn save_filter(filter: SaveFilterForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<SaveFilters>()?;
    let saved = saved_filters::save(&context, &permit, &filter).await?;
    api::go_to(&format!("/office/{}{}&done=saved", saved.list, saved.query));
    Ok(())
}

#[server]
pub async fn remove_filter(filter: SavedFilterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<SaveFilters>()?;
    let removed = saved_filters::remove(&context, &permit, filter).await?;
    api::go_to(&format!("/office/{}{}&done=removed", removed.list, removed.query));
    Ok(())
}
