//! What the pages of the nightly runs ask the server.

use chrono::NaiveDate;
use domain::ids::ContractId;
use domain::views::dashboard::LastRun;
use domain::views::list::Page;
use domain::views::runs::{NextRun, RunDetail};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::permit::{ApproveCuts, RetryParked as RetryParkedContracts, SeeRuns},
    workflows::{collections, runs},
};

#[server(input = GetUrl)]
pub async fn list_runs(#[server(default)] query: ListQuery) -> Result<Page<LastRun>, AppError> {
    let (context, permit) = api::permit::<SeeRuns>()?;
    Ok(runs::list(&context, &permit, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn show_run(date: NaiveDate, #[server(default)] query: ListQuery) -> Result<RunDetail, AppError> {
    let (context, permit) = api::permit::<SeeRuns>()?;
    Ok(runs::show(&context, &permit, date, query.page).await?)
}

/// Nothing is written: see `workflows::runs::preview`.
#[server(input = GetUrl)]
pub async fn preview_run() -> Result<NextRun, AppError> {
    let (context, permit) = api::permit::<SeeRuns>()?;
    Ok(runs::preview(&context, &permit, runs::AT_ONCE).await?)
}

/// A job makes the preview that is too much to wait for.
#[server]
pub async fn make_preview() -> Result<(), AppError> {
    let (context, permit) = api::permit::<SeeRuns>()?;
    runs::ask_for_preview(&context, &permit).await?;
    api::go_to("/office/runs/next");
    Ok(())
}

#[server]
pub async fn approve_run(date: NaiveDate) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ApproveCuts>()?;
    collections::approve(&context, &permit, date).await?;
    api::go_to(&format!("/office/runs/{date}?done=approved"));
    Ok(())
}

#[server]
pub async fn retry_parked(date: NaiveDate, contract: ContractId, step: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RetryParkedContracts>()?;
    runs::retry(&context, &permit, contract, &step).await?;
    api::go_to(&format!("/office/runs/{date}?done=saved"));
    Ok(())
}
