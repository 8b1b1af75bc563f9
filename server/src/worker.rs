//! Does the jobs: in the process of `serve`, or in one of its own with `work`.

use std::sync::Arc;
use std::time::Duration;

use server::adapters::mail::Post;
use server::adapters::mikrotik::MikroTik;
use server::adapters::stripe::Stripe;
use server::adapters::webhook::Webhook;
use store::jobs::Wake;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::jobs::Worker;
use workflows::onboarding::Preloader;
use workflows::ports::{Consoles, Gateway, Mailer, NoTexter, Routers, Texter};

use crate::failure::Failure;
use crate::settings::{Mail, Settings};

/// Jobs that wait for their time become due without anybody calling: so often they are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// How long a router may go on after the signal to stop. What is not settled by then is given back.
const LAST_ROUTER: Duration = Duration::from_secs(20);

/// Routers from the factory that are taken through their steps at a time.
const PRELOADERS: usize = 4;

/// The mailer that the settings describe. Call it inside the runtime.
pub fn mailer(settings: &Settings) -> Result<Arc<dyn Mailer>, Failure> {
    let post = match &settings.mail {
        Mail::Folder { folder, from } => Post::to_folder(folder, from.clone())?,
        Mail::Smtp { url, from } => Post::to_server(url, from.clone())?,
    };
    Ok(Arc::new(post))
}

/// Who delivers what rings, as the settings describe them.
pub fn texter(settings: &Settings) -> Arc<dyn Texter> {
    match &settings.webhook {
        Some(webhook) => Arc::new(Webhook::new(&webhook.url, &webhook.secret)),
        None => Arc::new(NoTexter),
    }
}

pub fn routers() -> Arc<dyn Routers> {
    Arc::new(MikroTik::default())
}

/// The way to routers that are to become ours.
pub fn consoles() -> Arc<dyn Consoles> {
    Arc::new(MikroTik::default())
}

pub fn gateway() -> Arc<dyn Gateway> {
    Arc::new(Stripe::default())
}

/// Works at `count` routers at a time, and at the messages and the card gateway beside, until it is asked to stop; then gives
/// back what it holds.
pub async fn run(
    context: Context,
    routers: Arc<dyn Routers>,
    mailer: Arc<dyn Mailer>,
    texter: Arc<dyn Texter>,
    count: usize,
    stop: CancellationToken,
) {
    let (call, called) = watch::channel(());
    let mut crew = JoinSet::new();
    crew.spawn(hear(context.db.clone(), call, stop.clone()));
    let worker = || Worker::new(context.clone(), routers.clone(), mailer.clone());
    for _ in 0..count {
        crew.spawn(keep_at(Hand::Routers(worker()), called.clone(), stop.clone()));
    }
    for _ in 0..count.min(PRELOADERS) {
        let preloader = Preloader::new(context.clone(), consoles());
        crew.spawn(keep_at(Hand::Onboarding(preloader), called.clone(), stop.clone()));
    }
    crew.spawn(keep_at(Hand::Gateway(worker().with_gateway(gateway())), called.clone(), stop.clone()));
    crew.spawn(keep_at(Hand::Messages(worker().with_texter(texter)), called, stop));
    while let Some(ended) = crew.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a worker ended by itself");
        }
    }
}

/// Each has work of its own, so that one kind does not wait for another.
enum Hand {
    Routers(Worker),
    Onboarding(Preloader),
    Messages(Worker),
    Gateway(Worker),
}

impl Hand {
    async fn work(&self) -> workflows::Result<bool> {
        match self {
            Self::Routers(worker) => worker.work_router().await,
            Self::Onboarding(preloader) => preloader.work().await,
            Self::Messages(worker) => worker.work_message().await,
            Self::Gateway(worker) => worker.work_gateway().await,
        }
    }

    async fn release(&self) -> workflows::Result<()> {
        match self {
            Self::Routers(worker) | Self::Messages(worker) | Self::Gateway(worker) => worker.release().await,
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
