//! Calls pages when what they show has changed: a line that stays open (server-sent events), on which nothing is told but
//! that there is something to ask for. What may be read is asked for as always.
//!
//! One connection to the database listens for the whole process, while somebody listens to it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::failure::Failure;
use futures::stream::{self, Stream, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use store::Pool;
use store::dashboard::Changed;
use tokio::sync::{Mutex, watch};
use tokio_util::sync::CancellationToken;
use workflows::permit::{Permit, SeeDashboard};
use workflows::{Context, Error};

use super::downloads::{Refused, Who};

/// Changes within this time are one call.
const ONE_CALL: Duration = Duration::from_secs(1);
/// Then the browser opens the line anew, and who is signed in is asked again.
const LONGEST: Duration = Duration::from_mins(15);
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

pub(super) fn routes(context: &Context, stop: CancellationToken) -> Router {
    let line = Line { pool: context.db.clone(), stop, calls: Arc::default() };
    Router::new().route("/office/live", get(figures)).with_state(line)
}

/// Where pages listen.
#[derive(Clone)]
struct Line {
    pool: Pool,
    /// Lines end with the server: nothing else would end them.
    stop: CancellationToken,
    /// `None` while nobody listens.
    calls: Arc<Mutex<Option<Arc<watch::Sender<()>>>>>,
}

async fn figures(State(line): State<Line>, who: Who, headers: HeaderMap) -> Result<Response, Refused> {
    let Extension(who) = who.ok_or(Failure::NotSignedIn)?;
    let _: Permit<SeeDashboard> = who.actor().permit()?;
    if headers.get(SEC_FETCH_SITE).is_some_and(|site| site != "same-origin") {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let calls = line.listen().await.map_err(Error::from)?;
    let ended = ended(line.stop);
    let events = events(calls).take_until(ended);
    let never_kept = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((never_kept, Sse::new(events).keep_alive(KeepAlive::default())).into_response())
}

async fn ended(stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(LONGEST) => {}
    }
}

fn events(calls: watch::Receiver<()>) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    stream::unfold(calls, |mut calls| async move {
        calls.changed().await.ok()?;
        Some((Ok(Event::default().data("changed")), calls))
    })
}

impl Line {
    /// Who comes first has the database listened to, and is answered when it is.
    async fn listen(&self) -> store::Result<watch::Receiver<()>> {
        let mut calls = self.calls.lock().await;
        if let Some(calls) = &*calls {
            return Ok(calls.subscribe());
        }
        let changed = Changed::listen(&self.pool).await?;
        let (sender, receiver) = watch::channel(());
        let sender = Arc::new(sender);
        *calls = Some(sender.clone());
        tokio::spawn(self.clone().call(changed, sender));
        Ok(receiver)
    }

    /// Calls until nobody listens any more. When the database cannot be heard, all lines end: browsers open them anew.
    async fn call(self, mut changed: Changed, sender: Arc<watch::Sender<()>>) {
        loop {
            let heard = tokio::select! {
                heard = changed.heard() => heard,
                () = sender.closed() => {
                    let mut calls = self.calls.lock().await;
                    if sender.receiver_count() == 0 {
                        *calls = None;
                        return;
                    }
                    continue;
                }
            };
            if let Err(error) = wait(&mut changed, heard).await {
                tracing::warn!(%error, "changes of figures cannot be heard");
                *self.calls.lock().await = None;
                return;
            }
            sender.send_replace(());
        }
    }
}

/// After the first change, the others that come with it.
async fn wait(changed: &mut Changed, heard: store::Result<()>) -> store::Result<()> {
    heard?;
    let over = tokio::time::sleep(ONE_CALL);
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return Ok(()),
            heard = changed.heard() => heard?,
        }
    }
}
