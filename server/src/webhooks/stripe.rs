//! Stripe's events: verified over the raw bytes, stored, and answered. What follows from them is a job's.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use domain::gateway::GatewayMode;
use http::{HeaderMap, StatusCode};
use workflows::Context;
use workflows::Error;
use workflows::gateway::receive;
use workflows::ports::Gateway;

/// 200 once it is stored, also for what was stored before; anything else makes Stripe send it again later.
pub async fn hear(
    State((context, gateway)): State<(Context, Arc<dyn Gateway>)>,
    Path(mode): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Ok(mode) = mode.parse::<GatewayMode>() else { return StatusCode::NOT_FOUND };
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match receive(&context, &*gateway, mode, signature, &body).await {
        Ok(Ok(())) => StatusCode::OK,
        Ok(Err(forged)) => {
            tracing::warn!(%forged, %mode, "an event is not believed");
            StatusCode::BAD_REQUEST
        }
        // Nobody entered keys of this mode.
        Err(Error::Refused(_)) => StatusCode::NOT_FOUND,
        Err(error) => {
            workflows::incident(&error);
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
