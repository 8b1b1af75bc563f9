//! Sends what rings through the provider's webhook: a POST of JSON, signed, that says for each try that it is the same
//! message. Whoever answers it talks to WhatsApp or to a telephone company.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;
use ureq::Agent;
use workflows::ports::{Answer, SendFailure, Text, Texter};

/// What a webhook may take in all.
const PATIENCE: Duration = Duration::from_secs(20);
/// What is kept of an answer.
const WORDS: usize = 200;
/// More of an answer is not read.
const MOST: u64 = 64 * 1024;

/// Where messages go.
#[derive(Clone)]
pub struct Webhook {
    url: String,
    secret: SecretString,
    agent: Agent,
}

impl Webhook {
    pub fn new(url: &str, secret: &SecretString) -> Self {
        // Nobody is sent elsewhere with what customers are told.
        let agent = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        Self { url: url.to_owned(), secret: secret.clone(), agent }
    }

    fn post(&self, text: &Text) -> Result<String, SendFailure> {
        let body = body(text);
        let signature = signature(&self.secret, text.at.timestamp(), &body);
        let answer = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", &text.idempotency_key)
            .header("Ramal-Signature", &signature)
            .send(body.as_bytes())
            .map_err(|error| SendFailure::NotNow(error.to_string()))?;
        let status = answer.status();
        let said = answer.into_body().with_config().limit(MOST).read_to_string().unwrap_or_default();
        match status.as_u16() {
            200..=299 => Ok(id(&said)),
            // Somebody who is busy, or away: the key makes the next try the same message.
            408 | 409 | 425 | 429 | 500..=599 => Err(SendFailure::NotNow(words(status.as_u16(), &said))),
            status => Err(SendFailure::Refused(words(status, &said))),
        }
    }
}

impl Texter for Webhook {
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Result<String, SendFailure>> {
        let (webhook, text) = (self.clone(), text.clone());
        Box::pin(async move {
            let posting = tokio::task::spawn_blocking(move || webhook.post(&text));
            posting.await.unwrap_or_else(|error| Err(SendFailure::NotNow(error.to_string())))
        })
    }
}

fn body(text: &Text) -> String {
    json!({
        "id": text.idempotency_key,
        "channel": text.channel.word(),
        "purpose": text.purpose.word(),
        "to": text.to.as_str(),
        "text": text.text,
    })
    .to_string()
}

/// `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>`: whoever knows the secret sees that it is from here,
/// whole, and when it was sent.
fn signature(secret: &SecretString, at: i64, body: &str) -> String {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return String::new() };
    mac.update(format!("{at}.{body}").as_bytes());
    format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// The id that the webhook gave the message, if its answer has one.
fn id(said: &str) -> String {
    let answer = serde_json::from_str::<Value>(said).unwrap_or_default();
    let id = answer.get("id").and_then(Value::as_str).unwrap_or_default();
    id.chars().take(WORDS).collect()
}

fn words(status: u16, said: &str) -> String {
    let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS).collect();
    if said.is_empty() { status.to_string() } else { format!("{status}: {said}") }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::message::{Channel, Purpose};
    use lab::messages::{Receiver, Trouble};

    use super::*;

    fn text(key: &str) -> Text {
        Text {
            idempotency_key: key.to_owned(),
            channel: Channel::Whatsapp,
            purpose: Purpose::Cut,
            to: "+5215512345678".parse().unwrap(),
            text: "Ramal: su servicio está limitado".to_owned(),
            at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        }
    }

    async fn receiver() -> (Receiver, Webhook) {
        let receiver = Receiver::start("a shared secret").await.unwrap();
        let webhook = Webhook::new(&receiver.url(), &"a shared secret".to_owned().into());
        (receiver, webhook)
    }

    #[tokio::test]
    async fn a_message_arrives_signed_and_once_however_often_it_is_sent() {
        let (receiver, webhook) = receiver().await;
        let id = webhook.send(&text("key-1")).await.unwrap();
        assert_eq!(webhook.send(&text("key-1")).await.unwrap(), id, "it is the same message");
        let arrived = receiver.messages();
        assert_eq!(arrived.len(), 1);
        assert_eq!((arrived[0].channel.as_str(), arrived[0].to.as_str()), ("whatsapp", "+5215512345678"));
        assert_eq!(arrived[0].text, "Ramal: su servicio está limitado");
    }

    #[tokio::test]
    async fn what_is_signed_with_another_secret_is_refused_for_good() {
        let (receiver, _) = receiver().await;
        let forged = Webhook::new(&receiver.url(), &"another secret".to_owned().into());
        assert!(
            matches!(forged.send(&text("key-1")).await, Err(SendFailure::Refused(words)) if words.starts_with("401"))
        );
        assert!(receiver.messages().is_empty());
    }

    #[tokio::test]
    async fn a_webhook_in_trouble_is_tried_again_and_one_that_says_no_is_not() {
        let (receiver, webhook) = receiver().await;
        receiver.trouble(Trouble::Status(503, 1));
        assert!(
            matches!(webhook.send(&text("key-1")).await, Err(SendFailure::NotNow(words)) if words.starts_with("503"))
        );
        webhook.send(&text("key-1")).await.unwrap();
        receiver.trouble(Trouble::Status(422, 1));
        assert!(
            matches!(webhook.send(&text("key-2")).await, Err(SendFailure::Refused(words)) if words.starts_with("422"))
        );
        let nobody = Webhook::new("http://127.0.0.1:9/", &"x".to_owned().into());
        assert!(matches!(nobody.send(&text("key-3")).await, Err(SendFailure::NotNow(_))));
    }
}
