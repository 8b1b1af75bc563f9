//! Who does the jobs: one who hands out routers, a worker for each visit, and some for what else there is.

use std::sync::Arc;
use std::time::Duration;

use store::jobs::Wake;
use store::routers::LeasedRouter;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::jobs::Worker;
use workflows::onboarding::Preloader;
use workflows::ports::{Consoles, Gateway, Mailer, Routers, Texter};

use crate::adapters::lists::ListFiles;

/// Jobs that wait for their time become due without anybody calling: so often they are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// How long a router may go on after the signal to stop. What is not settled by then is given back.
const LAST_ROUTER: Duration = Duration::from_secs(20);

/// Routers from the factory that are taken through their steps at a time.
const PRELOADERS: usize = 4;

/// The ways out of the process.
#[derive(Clone)]
pub struct Ways {
    pub routers: Arc<dyn Routers>,
    pub mailer: Arc<dyn Mailer>,
    pub texter: Arc<dyn Texter>,
    pub consoles: Arc<dyn Consoles>,
    pub gateway: Arc<dyn Gateway>,
}

/// Visits up to `most` routers at a time, and beside them delivers messages, works at the card gateway, makes the preview of
/// the next night when somebody asks for it and takes new routers through their steps, until it is asked to stop; then gives
/// back what it holds. A visit costs little while a router is silent: dead routers do not keep the others from being visited.
pub async fn run(context: Context, ways: Ways, most: usize, stop: CancellationToken) {
    let (call, called) = watch::channel(());
    let Ways { routers, mailer, texter, consoles, gateway } = ways;
    let mut crew = JoinSet::new();
    crew.spawn(hear(context.db.clone(), call, stop.clone()));
    for _ in 0..most.min(PRELOADERS) {
        let preloader = Preloader::new(context.clone(), consoles.clone());
        crew.spawn(keep_at(Hand::Onboarding(preloader), called.clone(), stop.clone()));
    }
    let new_worker = move || Worker::new(context.clone(), routers.clone(), mailer.clone());
    let messages = Hand::Messages(new_worker().with_texter(texter).with_lists(Arc::new(ListFiles)));
    crew.spawn(keep_at(messages, called.clone(), stop.clone()));
    let cards = Hand::Gateway(new_worker().with_gateway(gateway));
    crew.spawn(keep_at(cards, called.clone(), stop.clone()));
    let previews = Hand::Previews(new_worker());
    crew.spawn(keep_at(previews, called.clone(), stop.clone()));
    crew.spawn(visit_routers(new_worker, most, called, stop));
    while let Some(ended) = crew.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a worker ended by itself");
        }
    }
}

/// One who hands out routers, and a worker of its own for each visit.
async fn visit_routers(
    new_worker: impl Fn() -> Worker,
    most: usize,
    mut called: watch::Receiver<()>,
    stop: CancellationToken,
) {
    let mut visits = JoinSet::new();
    while !stop.is_cancelled() {
        if visits.len() < most {
            let worker = new_worker();
            match worker.take_router().await {
                Ok(Some(router)) => {
                    visits.spawn(visit(worker, router, stop.clone()));
                    continue;
                }
                Ok(None) => {}
                Err(error) => {
                    workflows::incident(&error);
                }
            }
        }
        tokio::select! {
            Some(ended) = visits.join_next() => tell_of_panic(ended),
            called = called.changed() => if called.is_err() { tokio::time::sleep(LOOK).await },
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
    while let Some(ended) = visits.join_next().await {
        tell_of_panic(ended);
    }
}

async fn visit(worker: Worker, router: LeasedRouter, stop: CancellationToken) {
    let visited = tokio::select! {
        visited = worker.visit(&router) => visited,
        () = after(&stop, LAST_ROUTER) => return give_back(&worker, &stop).await,
    };
    if let Err(error) = visited {
        workflows::incident(&error);
        give_back(&worker, &stop).await;
    }
}

/// Until it is written down: the database may be away for a while.
async fn give_back(worker: &Worker, stop: &CancellationToken) {
    while let Err(error) = worker.release().await {
        tracing::error!(%error, "what this worker holds comes back when its lease is over, or the database is back");
        if stop.is_cancelled() {
            return;
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn tell_of_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a visit to a router ended by itself");
    }
}

/// Each has work of its own, so that one kind does not wait for another.
enum Hand {
    Onboarding(Preloader),
    Messages(Worker),
    Gateway(Worker),
    Previews(Worker),
}

impl Hand {
    async fn work(&self) -> workflows::Result<bool> {
        match self {
            Self::Onboarding(preloader) => preloader.work().await,
            Self::Messages(worker) => worker.work_message().await,
            Self::Gateway(worker) => worker.work_gateway().await,
            Self::Previews(worker) => worker.work_preview().await,
        }
    }

    async fn release(&self) -> workflows::Result<()> {
        match self {
            Self::Messages(worker) | Self::Gateway(worker) | Self::Previews(worker) => worker.release().await,
            Self::Onboarding(preloader) => preloader.release().await,
        }
    }
}

async fn keep_at(hand: Hand, mut called: watch::Receiver<()>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let worked = tokio::select! {
            worked = hand.work() => worked,
            () = after(&stop, LAST_ROUTER) => break,
        };
        match worked {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => _ = workflows::incident(&error),
        }
        tokio::select! {
            _ = called.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
    if let Err(error) = hand.release().await {
        tracing::error!(%error, "what this worker held comes back when its lease is over");
    }
}

/// Passes the database's calls on. When it cannot hear, looking now and then is enough.
async fn hear(pool: store::Pool, call: watch::Sender<()>, stop: CancellationToken) {
    let mut wake = None;
    loop {
        let heard = async {
            let ears: &mut Wake = match &mut wake {
                Some(ears) => ears,
                none => none.insert(Wake::listen(&pool).await?),
            };
            ears.heard().await
        };
        tokio::select! {
            heard = heard => match heard {
                Ok(()) => _ = call.send(()),
                Err(error) => {
                    tracing::warn!(%error, "calls for work are not heard for a while");
                    wake = None;
                    tokio::time::sleep(LOOK).await;
                }
            },
            () = stop.cancelled() => return,
        }
    }
}

async fn after(stop: &CancellationToken, patience: Duration) {
    stop.cancelled().await;
    tokio::time::sleep(patience).await;
}
