//! A line for each request: what was asked, by whom in the sense of an id, and how it went. Never the query, where
//! reset links carry their secret, and never a body.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

pub async fn note(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed().as_millis());
    if path.starts_with("/pkg/") || path == "/health" {
        tracing::debug!(%method, path, status, took, "request");
    } else {
        tracing::info!(%method, path, status, took, "request");
    }
    response
}
