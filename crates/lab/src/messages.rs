//! A stand-in for whoever delivers messages by WhatsApp and SMS: a webhook that checks what it is sent, as its real ones
//! should, and keeps it to be read.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A message as it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// The same for each try of a message.
    pub id: String,
    pub channel: String,
    pub purpose: String,
    pub to: String,
    pub text: String,
}

/// What goes wrong at the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It answers with this status, so many times.
    Status(u16, u32),
}

/// Listens on a port of this machine until it is dropped.
pub struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    secret: String,
    state: Mutex<Received>,
}

#[derive(Default)]
struct Received {
    /// In the order of arrival.
    messages: Vec<Arrived>,
    /// What was answered to each key.
    answers: BTreeMap<String, String>,
    trouble: Option<Trouble>,
}

impl Receiver {
    /// # Errors
    /// When no port can be had.
    pub async fn start(secret: &str) -> std::io::Result<Self> {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), secret).await
    }

    /// # Errors
    /// When the address cannot be had.
    pub async fn start_at(address: SocketAddr, secret: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { secret: secret.to_owned(), state: Mutex::default() });
        let router = Router::new().route("/", post(receive)).route("/messages", get(show)).with_state(shared.clone());
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the stand-in for messages has stopped");
            }
        });
        Ok(Self { address, shared, serving })
    }

    /// Where messages are posted to. Below it, `messages` shows what arrived.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Each message once, in the order of arrival.
    pub fn messages(&self) -> Vec<Arrived> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).messages.clone()
    }

    pub fn trouble(&self, trouble: Trouble) {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).trouble = Some(trouble);
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn show(State(shared): State<Arc<Shared>>) -> Json<Vec<Arrived>> {
    Json(shared.state.lock().unwrap_or_else(PoisonError::into_inner).messages.clone())
}

async fn receive(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<serde_json::Value>, (StatusCode, &'static str)> {
    if !is_signed(&shared.secret, &headers, &body) {
        return Err((StatusCode::UNAUTHORIZED, "the signature is wrong"));
    }
    let key = header(&headers, "idempotency-key").ok_or((StatusCode::BAD_REQUEST, "no Idempotency-Key"))?;
    let message: Arrived = serde_json::from_slice(&body).map_err(|_| (StatusCode::BAD_REQUEST, "not a message"))?;
    let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(status) = state.next_trouble() {
        return Err((status, "in trouble"));
    }
    let count = state.answers.len() + 1;
    let is_new = !state.answers.contains_key(key);
    let answer = state.answers.entry(key.to_owned()).or_insert_with(|| format!("lab-{count}")).clone();
    if is_new {
        tracing::info!(channel = message.channel, to = message.to, "a message arrived at the stand-in");
        state.messages.push(message);
    }
    Ok(Json(serde_json::json!({ "id": answer })))
}

impl Received {
    fn next_trouble(&mut self) -> Option<StatusCode> {
        let Some(Trouble::Status(status, times)) = self.trouble.filter(|Trouble::Status(_, times)| *times > 0) else {
            return None;
        };
        self.trouble = Some(Trouble::Status(status, times - 1));
        StatusCode::from_u16(status).ok()
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// `Ramal-Signature: t=...,v1=...` is the HMAC-SHA256 of `t.body`.
fn is_signed(secret: &str, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(signature) = header(headers, "ramal-signature") else { return false };
    let part = |name: &str| signature.split(',').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let (Some(at), Some(sent)) = (part("t"), part("v1").and_then(|sent| hex::decode(sent).ok())) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(&sent).is_ok()
}
