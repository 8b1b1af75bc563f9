//! For whoever watches whether we are alive.

use axum::extract::State;
use http::StatusCode;
use workflows::Context;

/// 200 when the database answers, or else 503.
pub async fn answer(State(context): State<Context>) -> (StatusCode, &'static str) {
    match store::ping(&context.db).await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
