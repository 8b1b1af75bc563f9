//! Who does the jobs. Several may work at once, in this process or in others: the database hands out the work.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::JobId;
use domain::network::Because;
use store::jobs::{ClaimedJob, Lease, RouterWork};
use store::routers::LeasedRouter;
use tokio::time::Instant;

use super::message::deliver_next;
use super::said::Said;
use super::{base, batch, cards, hotspot, previews, settle};
use crate::messages::Ways;
use crate::ports::{Answer, Gateway, Lists, Mailer, NoLists, NoTexter, Routers, Texter};
use crate::{Context, Result, adoptions, scans};

/// Jobs of one router that are done over one connection.
const BATCH: i64 = 500;
/// How long a worker may be away before others take over. Whoever takes over reads the router first.
pub(super) const LEASE: chrono::Duration = chrono::Duration::minutes(10);
/// What a router, or whoever delivers a message, may take in all. Well below the lease: a slow worker stops before it is replaced.
pub(super) const BUDGET: Duration = Duration::from_secs(5 * 60);

/// What a look at a hotspot may take.
const LOOK_BUDGET: Duration = Duration::from_secs(2 * 60);

/// Does jobs, one step at a time.
#[derive(Clone)]
pub struct Worker {
    pub context: Context,
    pub routers: Arc<dyn Routers>,
    pub mailer: Arc<dyn Mailer>,
    pub texter: Arc<dyn Texter>,
    lists: Arc<dyn Lists>,
    /// Where cards are taken.
    gateway: Option<Arc<dyn Gateway>>,
    said: Said,
    /// Tells this worker from all others.
    name: String,
}

impl Worker {
    pub fn new(context: Context, routers: Arc<dyn Routers>, mailer: Arc<dyn Mailer>) -> Self {
        let name = format!("{}-{}", std::process::id(), hex::encode(rand::random::<[u8; 6]>()));
        let (texter, lists) = (Arc::new(NoTexter), Arc::new(NoLists));
        Self { context, routers, mailer, texter, lists, gateway: None, said: Said::default(), name }
    }

    /// With somebody who delivers what rings.
    #[must_use]
    pub fn with_texter(self, texter: Arc<dyn Texter>) -> Self {
        Self { texter, ..self }
    }

    /// With somebody who makes files of lists.
    #[must_use]
    pub fn with_lists(self, lists: Arc<dyn Lists>) -> Self {
        Self { lists, ..self }
    }

    /// The same, and it also does what is to be done at the card gateway.
    #[must_use]
    pub fn with_gateway(self, gateway: Arc<dyn Gateway>) -> Self {
        Self { gateway: Some(gateway), ..self }
    }

    /// The due jobs of one router. False when there are none.
    pub async fn work_router(&self) -> Result<bool> {
        let Some(router) = self.take_router().await? else { return Ok(false) };
        self.visit(&router).await?;
        Ok(true)
    }

    /// The router with the most urgent work is this worker's to visit, if there is one. No other worker talks to it
    /// until the visit is over.
    pub async fn take_router(&self) -> Result<Option<LeasedRouter>> {
        take_back_expired(&self.context).await?;
        Ok(store::routers::lease(&mut *self.context.connection().await?, self.lease()).await?)
    }

    /// Does the due jobs of a router that this worker took. One that failed the last time is asked for one job first.
    ///
    /// # Errors
    /// What is still held could not be given back: [`release`](Self::release) it, or it waits until the lease is over.
    pub fn visit<'a>(&'a self, router: &'a LeasedRouter) -> Answer<'a, Result<()>> {
        Box::pin(self.visit_router(router))
    }

    async fn visit_router(&self, router: &LeasedRouter) -> Result<()> {
        let at_most = if router.failures > 0 { 1 } else { BATCH };
        let mut connection = self.context.connection().await?;
        let jobs = store::jobs::claim_at_router(&mut connection, router.access.id, self.lease(), at_most).await?;
        drop(connection);
        self.work(router, &jobs).await;
        self.said.keep_left(&self.context).await;
        let mut connection = self.context.connection().await?;
        store::routers::unlease(&mut connection, router.access.id, &self.name).await?;
        let holds = store::jobs::holds(&mut connection, &self.name).await?;
        drop(connection);
        if holds { self.release().await } else { Ok(()) }
    }

    /// Something of ours that fails puts aside what is not settled by then.
    async fn work(&self, router: &LeasedRouter, jobs: &[ClaimedJob<RouterWork>]) {
        if let Err(error) = self.work_at(router, jobs).await {
            for job in jobs {
                settle::put_aside(&self.context, job, &error).await;
            }
        }
    }

    /// What the router needs once, then services, which are what customers wait for, then the rest.
    async fn work_at(&self, router: &LeasedRouter, jobs: &[ClaimedJob<RouterWork>]) -> Result<()> {
        let (context, port, said) = (&self.context, &*self.routers, &self.said);
        let ends = Instant::now() + BUDGET;
        let (mut services, mut unreached) = (Vec::new(), None);
        for job in jobs {
            match job.subject {
                RouterWork::Service(service) => services.push(job.about(service)),
                // One at most: they all have the same subject.
                RouterWork::Base => unreached = base::work(context, port, router, job, said, BUDGET).await?.err(),
                RouterWork::Scan(_) | RouterWork::Adopt(_) => {}
            }
        }
        if let Some(because) = unreached {
            let ids: Vec<JobId> = jobs.iter().map(|job| job.id).collect();
            return settle::put_back(context, &ids, &self.name, &because).await;
        }
        batch::work(context, port, router, &services, said, BUDGET).await?;
        for job in jobs {
            let budget = ends.saturating_duration_since(Instant::now());
            let work: Answer<'_, Result<()>> = match job.subject {
                RouterWork::Adopt(id) => Box::pin(adoptions::work(context, port, router, job.about(id), budget)),
                RouterWork::Scan(id) => Box::pin(scans::work(context, port, router, job.about(id), budget)),
                RouterWork::Service(_) | RouterWork::Base => continue,
            };
            work.await?;
        }
        self.look_at_hotspot(router).await
    }

    /// After what is to be done for services, and not when the router did not answer.
    async fn look_at_hotspot(&self, router: &LeasedRouter) -> Result<()> {
        let mut connection = self.context.connection().await?;
        let look = store::jobs::claim_hotspot(&mut connection, router.access.id, self.lease()).await?;
        drop(connection);
        match look {
            Some(job) => hotspot::work(&self.context, &*self.routers, router, job, LOOK_BUDGET).await,
            None => Ok(()),
        }
    }

    /// One due message. False when there is none.
    pub async fn work_message(&self) -> Result<bool> {
        take_back_expired(&self.context).await?;
        let ways = Ways { mailer: &*self.mailer, texter: &*self.texter, lists: &*self.lists };
        deliver_next(&self.context, ways, &self.name).await
    }

    /// One thing that is due at the card gateway. False when there is none.
    pub async fn work_gateway(&self) -> Result<bool> {
        let Some(gateway) = &self.gateway else { return Ok(false) };
        take_back_expired(&self.context).await?;
        cards::do_next(&self.context, &**gateway, &self.name).await
    }

    /// The preview of the next night, when somebody asked for it. False when nobody did.
    pub async fn work_preview(&self) -> Result<bool> {
        previews::preview_next(&self.context, &self.name).await
    }

    /// Everything that is due now.
    pub async fn drain(&self) -> Result<()> {
        while self.work_gateway().await?
            || self.work_router().await?
            || self.work_message().await?
            || self.work_preview().await?
        {}
        Ok(())
    }

    /// Gives back what this worker holds, for one that was stopped on the way: others may go on at once. What it said to
    /// a router until then is kept.
    pub async fn release(&self) -> Result<()> {
        self.said.keep_left(&self.context).await;
        let now = self.context.clock.now();
        let mut transaction = self.context.begin().await?;
        store::jobs::release(&mut transaction, &self.name, now).await?;
        transaction.commit().await.map_err(store::Error::from)?;
        take_back_expired(&self.context).await
    }

    fn lease(&self) -> Lease<'_> {
        let now = self.context.clock.now();
        Lease { worker: &self.name, now, until: now + LEASE }
    }
}

/// What a worker that is gone had claimed, is done again. The try counts: a job that kills its worker ends too.
pub(crate) async fn take_back_expired(context: &Context) -> Result<()> {
    let mut transaction = context.begin().await?;
    let now = context.clock.now();
    for job in store::jobs::expired(&mut transaction, now).await? {
        let outcome = Because::WorkerLost.outcome();
        settle::outcome_at(context, &mut transaction, &job, &outcome, now).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
