//! Who does the jobs. Several may work at once, in this process or in others: the database hands out the work.

use std::sync::Arc;
use std::time::Duration;

use domain::network::{Because, Outcome};
use store::jobs::Lease;

use super::{batch, settle};
use crate::ports::{MailFailure, Mailer, Routers};
use crate::{Context, Result, mail};

/// Jobs of one router that are done over one connection.
const BATCH: i64 = 200;
/// How long a worker may be away before others take over. Whoever takes over reads the router first.
const LEASE: chrono::Duration = chrono::Duration::minutes(10);
/// What a router, or the mail server, may take in all. Well below the lease: a slow worker stops before it is replaced.
const BUDGET: Duration = Duration::from_secs(5 * 60);

/// Does jobs, one step at a time.
#[derive(Clone)]
pub struct Worker {
    pub context: Context,
    pub routers: Arc<dyn Routers>,
    pub mailer: Arc<dyn Mailer>,
    /// Tells this worker from all others.
    name: String,
}

impl Worker {
    pub fn new(context: Context, routers: Arc<dyn Routers>, mailer: Arc<dyn Mailer>) -> Self {
        let name = format!("{}-{}", std::process::id(), hex::encode(rand::random::<[u8; 6]>()));
        Self { context, routers, mailer, name }
    }

    /// The due jobs of one router. False when there are none.
    pub async fn work_router(&self) -> Result<bool> {
        self.take_back_expired().await?;
        let mut connection = self.context.connection().await?;
        let Some(router) = store::routers::lease(&mut connection, self.lease()).await? else { return Ok(false) };
        let jobs = store::jobs::claim_at_router(&mut connection, router.access.id, self.lease(), BATCH).await?;
        drop(connection);
        let worked = batch::work(&self.context, &*self.routers, &router, jobs, BUDGET).await;
        store::routers::unlease(&mut *self.context.connection().await?, router.access.id, &self.name).await?;
        worked.map(|()| true)
    }

    /// One due mail. False when there is none.
    pub async fn work_mail(&self) -> Result<bool> {
        self.take_back_expired().await?;
        let job = store::jobs::claim_mail(&mut *self.context.connection().await?, self.lease()).await?;
        let Some(job) = job else { return Ok(false) };
        let delivery = mail::deliver(&self.context, &*self.mailer, job.subject);
        let outcome = match tokio::time::timeout(BUDGET, delivery).await {
            Ok(delivered) => delivered?.map_or_else(|failure| refusal(failure).outcome(), |()| Outcome::Done),
            Err(_) => Because::NoAnswer.outcome(),
        };
        let mut transaction = self.context.begin().await?;
        if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
            settle::outcome(&self.context, &mut transaction, &job, &outcome).await?;
        }
        transaction.commit().await.map_err(store::Error::from)?;
        Ok(true)
    }

    /// Everything that is due now.
    pub async fn drain(&self) -> Result<()> {
        while self.work_router().await? || self.work_mail().await? {}
        Ok(())
    }

    /// Gives back what this worker holds, for one that was stopped on the way: others may go on at once.
    pub async fn release(&self) -> Result<()> {
        let now = self.context.clock.now();
        let mut transaction = self.context.begin().await?;
        store::jobs::release(&mut transaction, &self.name, now).await?;
        transaction.commit().await.map_err(store::Error::from)?;
        self.take_back_expired().await
    }

    fn lease(&self) -> Lease<'_> {
        let now = self.context.clock.now();
        Lease { worker: &self.name, now, until: now + LEASE }
    }

    /// What a worker that is gone had claimed, is done again. The try counts: a job that kills its worker ends too.
    async fn take_back_expired(&self) -> Result<()> {
        let mut transaction = self.context.begin().await?;
        let now = self.context.clock.now();
        for job in store::jobs::expired(&mut transaction, now).await? {
            let outcome = Because::WorkerLost.outcome();
            settle::outcome_at(&self.context, &mut transaction, &job, &outcome, now).await?;
        }
        transaction.commit().await.map_err(store::Error::from)?;
        Ok(())
    }
}

fn refusal(failure: MailFailure) -> Because {
    match failure {
        MailFailure::NotNow(words) => Because::MailRefused { words, for_good: false },
        MailFailure::Refused(words) => Because::MailRefused { words, for_good: true },
    }
}
