//! Jobs, and what was said to devices for them.

use domain::ids::JobId;
use domain::views::jobs::{JobDetail, JobFilter, JobRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeJobs};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeJobs>, filter: &JobFilter) -> Result<Page<JobRow>> {
    Ok(store::jobs::list(&mut *context.connection().await?, filter).await?)
}

pub async fn show(context: &Context, _: &Permit<SeeJobs>, id: JobId) -> Result<JobDetail> {
    Ok(store::jobs::detail(&mut *context.connection().await?, id).await?)
}
