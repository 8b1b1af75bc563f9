//! What the pages of what is done to many rows ask the server.

use domain::ids::BulkRunId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::ShownRun;
use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::bulk};

/// What the reader did, and what became of each.
#[server(input = GetUrl)]
pub async fn show_bulk_run(run: BulkRunId) -> Result<ShownRun, AppError> {
    let (context, who) = api::signed_in()?;
    Ok(bulk::show(&context, who.actor(), run).await?.into())
}
