//! Webhooks: signed, and sent again until they are taken.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::objects::text;

/// Where events go, and the secret that they are signed with.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub url: String,
    pub secret: String,
}

/// When events are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// As they happen, in order, until each is taken.
    #[default]
    AtOnce,
    /// Only when they are asked for.
    Held,
}

/// Waits between tries; after the last an event is lost, as after three days.
const WAITS: [Duration; 5] = [
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(10),
];

/// The header by which a receiver knows who sent it.
pub fn sign(secret: &str, body: &str, at: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(format!("{at}.{body}").as_bytes());
    format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Sends one, again and again until it is taken. Each try is signed anew.
pub async fn deliver(webhook: Webhook, event: Value, now: impl Fn() -> i64 + Send) {
    for wait in WAITS {
        match send_once(webhook.clone(), event.to_string(), now()).await {
            Some(status) if (200..300).contains(&status) => return,
            status => tracing::debug!(event = text(&event, "id"), ?status, "an event was not taken"),
        }
        tokio::time::sleep(wait).await;
    }
}

/// The receiver's status; `None` when there is no receiver.
pub async fn send_once(webhook: Webhook, body: String, at: i64) -> Option<u16> {
    let signature = sign(&webhook.secret, &body, at);
    let sent = tokio::task::spawn_blocking(move || {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .http_status_as_error(false)
            .proxy(None)
            .build();
        let agent: ureq::Agent = config.into();
        let request = agent.post(&webhook.url).header("Stripe-Signature", &signature);
        request.header("Content-Type", "application/json; charset=utf-8").send(body.as_str())
    });
    Some(sent.await.ok()?.ok()?.status().as_u16())
}
