//! Requests and answers. A call may take twenty seconds, and blocks a thread that is kept for such things.

use std::time::Duration;

use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::Value;
use workflows::ports::gateway::{GatewayAccess, GatewayFailure};

/// Answers come in this version's shapes, whatever the account is set to.
const VERSION: &str = "2024-06-20";
const PATIENCE: Duration = Duration::from_secs(20);
/// No answer that is read is longer.
const LONGEST: u64 = 8 * 1024 * 1024;

/// What is sent along, in the order it was added.
#[derive(Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Parts that shall come whole, and not by their names alone.
    #[must_use]
    pub fn expanding(self, parts: &[&str]) -> Self {
        parts.iter().fold(self, |form, part| form.with("expand[]", part))
    }

    fn text(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
}

impl Default for Client {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("ramal/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into() }
    }
}

/// A request, ready to be sent from another thread.
struct Call {
    url: String,
    key: String,
    /// A form to post, with its idempotency key.
    post: Option<(String, String)>,
}

impl Client {
    pub async fn get<T: DeserializeOwned>(
        &self,
        access: &GatewayAccess,
        path: &str,
        form: Form,
    ) -> Result<T, GatewayFailure> {
        let query = form.text();
        let mark = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{path}{mark}{query}", access.api_url);
        self.call(Call { url, key: access.secret_key.expose_secret().to_owned(), post: None }).await
    }

    pub async fn post<T: DeserializeOwned>(
        &self,
        access: &GatewayAccess,
        path: &str,
        form: Form,
        idempotency_key: &str,
    ) -> Result<T, GatewayFailure> {
        let url = format!("{}{path}", access.api_url);
        let post = Some((form.text(), idempotency_key.to_owned()));
        self.call(Call { url, key: access.secret_key.expose_secret().to_owned(), post }).await
    }

    async fn call<T: DeserializeOwned>(&self, call: Call) -> Result<T, GatewayFailure> {
        let agent = self.agent.clone();
        let sent = tokio::task::spawn_blocking(move || send(&agent, &call)).await;
        let (status, body) = sent.map_err(not_now)??;
        understand(status, &body)
    }
}

fn send(agent: &ureq::Agent, call: &Call) -> Result<(u16, String), GatewayFailure> {
    let bearer = format!("Bearer {}", call.key);
    let answer = match &call.post {
        None => agent.get(&call.url).header("Authorization", &bearer).header("Stripe-Version", VERSION).call(),
        Some((form, key)) => agent
            .post(&call.url)
            .header("Authorization", &bearer)
            .header("Stripe-Version", VERSION)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .send(form.as_str()),
    };
    let mut answer = answer.map_err(not_now)?;
    let body = answer.body_mut().with_config().limit(LONGEST).read_to_string().map_err(not_now)?;
    Ok((answer.status().as_u16(), body))
}

fn not_now(error: impl std::fmt::Display) -> GatewayFailure {
    GatewayFailure::NotNow(error.to_string())
}

/// A declined card is an answer: it carries the payment that it was declined for.
fn understand<T: DeserializeOwned>(status: u16, body: &str) -> Result<T, GatewayFailure> {
    let damaged = |error: serde_json::Error| GatewayFailure::NotNow(format!("status {status}: {error}"));
    if (200..300).contains(&status) {
        return serde_json::from_str(body).map_err(damaged);
    }
    let answer: Value = serde_json::from_str(body).map_err(damaged)?;
    let error = answer.get("error").cloned().unwrap_or_default();
    if let (402, Some(intent)) = (status, error.get("payment_intent").filter(|intent| intent.is_object())) {
        let mut intent = intent.clone();
        if let Some(fields) = intent.as_object_mut() {
            fields.insert("last_payment_error".to_owned(), error.clone());
        }
        return serde_json::from_value(intent).map_err(damaged);
    }
    let words = error.get("message").and_then(Value::as_str).unwrap_or("no words").to_owned();
    match status {
        // Another call with the same key is under way; too many calls; theirs.
        409 | 429 | 500.. => Err(GatewayFailure::NotNow(format!("status {status}: {words}"))),
        401 | 403 => Err(GatewayFailure::Keys(words)),
        _ => Err(GatewayFailure::Refused(words)),
    }
}
