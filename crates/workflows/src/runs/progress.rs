//! How far a preview has come.

use chrono::NaiveDate;
use store::jobs::ClaimedJob;

use crate::{Context, Error, Result, jobs};

/// Counts what a preview looks at. Of one that a job makes, it is written down for those who wait for it.
pub(crate) struct Progress<'a> {
    looked_at: i64,
    made_by: Option<MadeBy<'a>>,
}

#[derive(Clone, Copy)]
struct MadeBy<'a> {
    context: &'a Context,
    job: &'a ClaimedJob<()>,
    date: NaiveDate,
}

impl<'a> Progress<'a> {
    /// Nobody can see it: the preview is made while they wait for the page.
    pub(super) fn unseen() -> Self {
        Self { looked_at: 0, made_by: None }
    }

    pub(super) fn of(context: &'a Context, job: &'a ClaimedJob<()>, date: NaiveDate) -> Self {
        Self { looked_at: 0, made_by: Some(MadeBy { context, job, date }) }
    }

    /// So many more were looked at. The worker has its job for as long as it goes on.
    pub(crate) async fn add(&mut self, more: usize) -> Result<()> {
        self.looked_at += i64::try_from(more).map_err(Error::internal)?;
        let Some(MadeBy { context, job, date }) = self.made_by else { return Ok(()) };
        let mut connection = context.connection().await?;
        store::run_preview::count(&mut connection, date, self.looked_at).await?;
        jobs::hold_on(context, &mut connection, job).await
    }
}
