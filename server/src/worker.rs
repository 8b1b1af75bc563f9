//! Does the jobs: in the process of `serve`, or in one of its own with `work`.

use std::sync::Arc;
use std::time::Duration;

use server::adapters::mail::Post;
use server::adapters::mikrotik::MikroTik;
use server::adapters::webhook::Webhook;
use store::jobs::Wake;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::jobs::Worker;
use workflows::ports::{Mailer, NoTexter, Routers, Texter};

use crate::failure::Failure;
use crate::settings::{Mail, Settings};

/// Jobs that wait for their time become due without anybody calling: so often they are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// How long a router may go on after the signal to stop. What is not settled by then is given back.
const LAST_ROUTER: Duration = Duration::from_secs(20);

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

/// Works at `count` routers at a time, and at the messages beside, until it is asked to stop; then gives back what it holds.
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
    for _ in 0..count {
        let worker = Worker::new(context.clone(), routers.clone(), mailer.clone());
        crew.spawn(keep_at(worker, Work::Routers, called.clone(), stop.clone()));
    }
    let worker = Worker::new(context, routers, mailer).with_texter(texter);
    crew.spawn(keep_at(worker, Work::Messages, called, stop));
    while let Some(ended) = crew.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a worker ended by itself");
        }
    }
}

#[derive(Clone, Copy)]
enum Work {
    Routers,
    Messages,
}

async fn keep_at(worker: Worker, work: Work, mut called: watch::Receiver<()>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let step = async {
            match work {
                Work::Routers => worker.work_router().await,
                Work::Messages => worker.work_message().await,
            }
        };
        let worked = tokio::select! {
            worked = step => worked,
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
    if let Err(error) = worker.release().await {
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
