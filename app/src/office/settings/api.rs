//! What the page of the server's settings asks for.

use domain::views::process::ProcessSetting;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::permit::SeeSettings};

#[server(input = GetUrl)]
pub async fn see_process_settings() -> Result<Vec<ProcessSetting>, AppError> {
    let (_, permit) = api::permit::<SeeSettings>()?;
    api::process_settings(&permit)
}
