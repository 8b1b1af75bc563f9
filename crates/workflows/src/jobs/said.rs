//! What a worker said to a router and nobody wrote down yet. It lies outside of the visit, which may be cut short: by the
//! time that a router may take, or because the program ends.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::JobId;
use store::jobs::NewExchange;

use super::settle::new_exchange;
use crate::ports::Transcript;
use crate::{Context, Result};

/// The transcripts of jobs that are being done. Its clones are one.
#[derive(Clone, Default)]
pub(super) struct Said(Arc<Mutex<BTreeMap<JobId, Transcript>>>);

impl Said {
    /// Where to note what is said for the job.
    pub(super) fn transcript(&self, job: JobId) -> Transcript {
        self.lock().entry(job).or_default().clone()
    }

    /// What was said for these jobs, each one's in order.
    pub(super) fn of(&self, jobs: &[JobId]) -> Vec<(JobId, NewExchange)> {
        let transcripts = self.lock();
        let found = jobs.iter().filter_map(|job| Some((*job, transcripts.get(job)?.exchanges())));
        found.flat_map(|(job, said)| said.into_iter().map(move |exchange| (job, new_exchange(&exchange)))).collect()
    }

    /// It is written down.
    pub(super) fn forget(&self, jobs: &[JobId]) {
        let mut transcripts = self.lock();
        for job in jobs {
            transcripts.remove(job);
        }
    }

    /// Writes down what no settlement did. When that fails it is tried again with what comes next: no work waits for it.
    pub(super) async fn keep_left(&self, context: &Context) {
        if let Err(error) = self.try_keep_left(context).await {
            crate::error::incident(&error);
        }
    }

    async fn try_keep_left(&self, context: &Context) -> Result<()> {
        let jobs: Vec<JobId> = self.lock().keys().copied().collect();
        let left = self.of(&jobs);
        if !left.is_empty() {
            let mut connection = context.connection().await?;
            store::jobs::add_exchanges(&mut connection, context.clock.now(), &left).await?;
        }
        self.forget(&jobs);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<JobId, Transcript>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
