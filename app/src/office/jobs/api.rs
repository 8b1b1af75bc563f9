//! What the pages of jobs ask the server.

use domain::ids::JobId;
use domain::views::bulk::{BulkForm, BulkPreview};
use domain::views::jobs::{JobDetail, JobRow};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::bulk::{BulkAction, Chosen},
    domain::views::jobs::{JobFilter, JobSort},
    workflows::permit::{ManageJobs, SeeJobs},
    workflows::{bulk, jobs},
};

#[server(input = GetUrl)]
pub async fn list_jobs(#[server(default)] query: ListQuery) -> Result<Page<JobRow>, AppError> {
    let (context, permit) = api::permit::<SeeJobs>()?;
    Ok(jobs::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_job(job: JobId) -> Result<JobDetail, AppError> {
    let (context, permit) = api::permit::<SeeJobs>()?;
    Ok(jobs::show(&context, &permit, job).await?)
}

#[server]
pub async fn repeat_job(job: JobId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageJobs>()?;
    jobs::repeat(&context, &permit, job).await?;
    api::go_to(&format!("/office/jobs/{job}?done=queued"));
    Ok(())
}

#[server]
pub async fn cancel_job(job: JobId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageJobs>()?;
    jobs::cancel(&context, &permit, job).await?;
    api::go_to(&format!("/office/jobs/{job}?done=saved"));
    Ok(())
}

/// What would be done to many jobs of the list.
#[server(input = GetUrl)]
pub async fn preview_bulk_jobs(#[server(default)] query: ListQuery) -> Result<BulkPreview, AppError> {
    let (context, permit) = api::permit::<SeeJobs>()?;
    let action = query.filter_as("action").unwrap_or(BulkAction::Repeat);
    Ok(bulk::preview_jobs(&context, &permit, action, &Chosen::of(&query.filters), &filter(query)).await?)
}

#[server]
pub async fn repeat_jobs(form: BulkForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageJobs>()?;
    let run = bulk::repeat(&context, &permit, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

#[server]
pub async fn cancel_jobs(form: BulkForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageJobs>()?;
    let run = bulk::cancel(&context, &permit, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> JobFilter {
    let (state, kind, router) = (query.filter_as("state"), query.filter_as("kind"), query.filter_as("router"));
    let unresolved = query.filter_as("unresolved").unwrap_or_default();
    let (sort, direction) = query.sort.unwrap_or_default();
    JobFilter {
        search: Some(query.search),
        state,
        unresolved,
        kind,
        router,
        sort: sort.parse().unwrap_or(JobSort::Newest),
        direction,
        page: query.page,
    }
}
