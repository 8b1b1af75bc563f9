//! What the page of number series asks the server.

use domain::views::numbers::{NumberSettings, ReconnectionForm, SeriesForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::numbers, workflows::permit::EditDocuments};

#[server(input = GetUrl)]
pub async fn show_numbers() -> Result<NumberSettings, AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    Ok(numbers::show(&context, &permit).await?)
}

#[server]
pub async fn save_series(series: SeriesForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    numbers::save_series(&context, &permit, &series).await?;
    api::go_to("/office/numbering?done=saved");
    Ok(())
}

#[server]
pub async fn save_reconnection(terms: ReconnectionForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    numbers::save_reconnection(&context, &permit, &terms).await?;
    api::go_to("/office/numbering?done=saved");
    Ok(())
}
