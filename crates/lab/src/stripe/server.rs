//! The stand-in, listening.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::api;
use super::call::{Answer, Call};
use super::deliver::{Delivery, Webhook, deliver, send_once};
use super::fault::Fault;
use super::keys::refusal;
use super::page;
use super::world::World;

/// How the stand-in is set up.
pub struct Options {
    pub listen: SocketAddr,
    /// What time it is, in seconds since 1970: by the receiver's clock, or signatures are too old for it.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    pub webhook: Option<Webhook>,
    pub delivery: Delivery,
}

#[derive(Clone)]
struct Lab {
    world: Arc<Mutex<World>>,
    webhook: Option<Webhook>,
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    origin: String,
    delivery: Delivery,
}

/// A running stand-in; it is gone when this is dropped.
pub struct StripeLab {
    pub addr: SocketAddr,
    lab: Lab,
    _tasks: JoinSet<()>,
}

impl StripeLab {
    /// # Errors
    /// When it cannot listen there.
    pub async fn start(options: Options) -> std::io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let addr = listener.local_addr()?;
        let lab = Lab {
            world: Arc::default(),
            webhook: options.webhook,
            now: options.now,
            origin: format!("http://{addr}"),
            delivery: options.delivery,
        };
        let router = Router::new()
            .route("/v1/{*path}", any(call))
            .route("/pay/{session}", get(show).post(pay))
            .with_state(lab.clone());
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the stand-in for the card gateway stopped");
            }
        });
        if lab.delivery == Delivery::AtOnce {
            tasks.spawn(keep_delivering(lab.clone()));
        }
        Ok(Self { addr, lab, _tasks: tasks })
    }

    /// Where the API is.
    pub fn url(&self) -> String {
        self.lab.origin.clone()
    }

    /// What the next calls that change something run into.
    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lab.world().faults.extend(faults);
    }

    /// Payments that were charged, ever.
    pub fn charges(&self) -> u64 {
        self.lab.world().charges
    }

    /// Presses a button of the page of a session: `good`, `poor` or `slow`.
    pub fn press(&self, session: &str, button: &str) {
        page::pay(&mut self.lab.world(), session, button);
    }

    pub fn expire(&self, session: &str) {
        page::expire(&mut self.lab.world(), session);
    }

    pub fn settle_slow(&self, intent: &str, paid: bool) {
        page::settle_slow(&mut self.lab.world(), intent, paid);
    }

    /// Made at the gateway itself, and not by its API.
    pub fn refund(&self, intent: &str, amount: i64) {
        self.lab.world().refund(intent, amount, Value::Object(serde_json::Map::new()));
    }

    /// Answers the dispute's name.
    pub fn dispute(&self, intent: &str, amount: i64) -> Option<String> {
        self.lab.world().dispute(intent, amount, "fraudulent")
    }

    /// The newest dispute about a payment.
    pub fn dispute_of(&self, intent: &str) -> Option<String> {
        let world = self.lab.world();
        let found = world.all("dispute").into_iter().find(|dispute| dispute["payment_intent"] == intent);
        found.and_then(|dispute| dispute["id"].as_str()).map(str::to_owned)
    }

    pub fn close_dispute(&self, dispute: &str, won: bool) {
        self.lab.world().close_dispute(dispute, won);
    }

    /// An object as it is now, without its parts.
    pub fn object(&self, id: &str) -> Option<Value> {
        self.lab.world().get(id).cloned()
    }

    /// Events that wait for somebody to send them; they are taken out.
    pub fn take_events(&self) -> Vec<Value> {
        self.lab.world().events.drain(..).collect()
    }

    /// Sends an event once. The receiver's status.
    pub async fn send(&self, event: &Value) -> Option<u16> {
        let webhook = self.lab.webhook.clone()?;
        send_once(webhook, event.to_string(), (self.lab.now)()).await
    }
}

impl Lab {
    /// With the time put right.
    fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.now = (self.now)();
        world
    }
}

/// Each event is delivered beside the others, as they come.
async fn keep_delivering(lab: Lab) {
    let mut under_way = JoinSet::new();
    loop {
        let next = lab.webhook.clone().and_then(|webhook| Some((webhook, lab.world().events.pop_front()?)));
        match next {
            Some((webhook, event)) => {
                let now = lab.now.clone();
                under_way.spawn(deliver(webhook, event, move || now()));
            }
            None => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        while under_way.try_join_next().is_some() {}
    }
}

async fn call(
    State(lab): State<Lab>,
    method: Method,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let bearer = header("authorization").unwrap_or_default();
    let Some(key) = bearer.strip_prefix("Bearer ").filter(|key| key.starts_with("sk_") || key.starts_with("rk_"))
    else {
        return told(refusal(401, "invalid_request_error", None, "Invalid API Key provided."));
    };
    let is_post = method == Method::POST;
    let encoded = if is_post { body.to_vec() } else { uri.query().unwrap_or_default().as_bytes().to_vec() };
    let call = Call {
        is_post,
        path: path.split('/').map(str::to_owned).collect(),
        fields: form_urlencoded::parse(&encoded).into_owned().collect(),
        key: header("idempotency-key").filter(|_| is_post),
        is_live: key.contains("_live_"),
    };
    told(answer(&lab, &call))
}

/// Status 0 is a lost answer.
fn told(answer: Answer) -> Response {
    if answer.status == 0 {
        // The receiver sees a body that ends too soon.
        return (StatusCode::BAD_GATEWAY, "").into_response();
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(answer.body)).into_response()
}

fn answer(lab: &Lab, call: &Call) -> Answer {
    let mut world = lab.world();
    let fault = if call.is_post { world.faults.pop_front() } else { None };
    if fault == Some(Fault::Refuse) {
        return refusal(500, "api_error", None, "An error occurred.");
    }
    let answer = match world.keys.answered(call) {
        Some(answer) => answer,
        None => {
            let answer = api::answer(&mut world, call, &lab.origin);
            world.keys.remember(call, &answer);
            answer
        }
    };
    if fault == Some(Fault::LoseAnswer) { Answer { status: 0, ..answer } } else { answer }
}

async fn show(State(lab): State<Lab>, Path(session): Path<String>) -> Response {
    match page::show(&lab.world(), &session) {
        Some(page) => Html(page).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn pay(State(lab): State<Lab>, Path(session): Path<String>, body: Bytes) -> Response {
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let card = fields.iter().find(|(name, _)| name == "card").map_or("good", |(_, value)| value.as_str()).to_owned();
    let there = page::pay(&mut lab.world(), &session, &card);
    match there {
        Some(there) => Redirect::to(&there).into_response(),
        None => Redirect::to(&format!("/pay/{session}")).into_response(),
    }
}
