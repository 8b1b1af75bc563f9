//! Who does scans and onboardings. Several may work at once, in this process or in others.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::NetworkScanId;
use domain::network::Because;
use domain::views::jobs::JobKind;
use store::jobs::Lease;

use super::{run, scan};
use crate::jobs::{later, settle_job, take_back_expired};
use crate::ports::Consoles;
use crate::{Context, Result, lease_reports};

/// How long a worker may be away before others take over; they read the router first.
const LEASE: chrono::Duration = chrono::Duration::minutes(10);
/// What one router, or one range, may take in all.
const BUDGET: Duration = Duration::from_secs(5 * 60);

#[derive(Clone)]
pub struct Preloader {
    context: Context,
    consoles: Arc<dyn Consoles>,
    name: String,
}

impl Preloader {
    pub fn new(context: Context, consoles: Arc<dyn Consoles>) -> Self {
        let name = format!("preloader-{}-{}", std::process::id(), hex::encode(rand::random::<[u8; 6]>()));
        Self { context, consoles, name }
    }

    /// One scan or one router that is due. False when there is none.
    pub async fn work(&self) -> Result<bool> {
        take_back_expired(&self.context).await?;
        let now = self.context.clock.now();
        let lease = Lease { worker: &self.name, now, until: now + LEASE };
        let claimed = store::jobs::claim_onboarding(&mut *self.context.connection().await?, lease).await?;
        let Some((kind, job)) = claimed else { return Ok(false) };
        let consoles = self.consoles.as_ref();
        let doing = async {
            match kind {
                JobKind::Scan => scan::scan(&self.context, consoles, NetworkScanId(job.subject)).await.map(Some),
                JobKind::LeaseScript => lease_reports::bring(&self.context, consoles, &job, lease).await,
                _ => run::run(&self.context, consoles, &job).await.map(Some),
            }
        };
        let outcome = match tokio::time::timeout(BUDGET, doing).await {
            Ok(outcome) => outcome?,
            Err(_) => Some(Because::NoAnswer.outcome()),
        };
        match outcome {
            Some(outcome) => settle_job(&self.context, &job, &outcome).await?,
            None => later(&self.context, &job).await?,
        }
        Ok(true)
    }

    /// Everything that is due now.
    pub async fn drain(&self) -> Result<()> {
        while self.work().await? {}
        Ok(())
    }

    /// Gives back what this worker holds, for one that was stopped on the way.
    pub async fn release(&self) -> Result<()> {
        let mut transaction = self.context.begin().await?;
        store::jobs::release(&mut transaction, &self.name, self.context.clock.now()).await?;
        transaction.commit().await.map_err(store::Error::from)?;
        take_back_expired(&self.context).await
    }
}
