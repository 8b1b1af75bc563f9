//! What other machines post to us. Each checks who they are by itself: there are no sessions here, no cookies, and no
//! pages.

mod lease;
mod stripe;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use tower_http::limit::RequestBodyLimitLayer;
use workflows::Context;
use workflows::ports::Gateway;

/// A MAC, an address and two names.
const LARGEST_BODY: usize = 2 * 1024;

/// Only POST changes something; anything else is answered 405.
pub fn routes(context: Context) -> Router {
    Router::new()
        .route(domain::lease_report::PATH, post(lease::receive))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .with_state(context)
}

/// No event of a card gateway is longer.
const LONGEST_EVENT: usize = 512 * 1024;

/// What a card gateway sends: its proof is a signature over the raw bytes.
pub fn gateway_routes(context: Context, gateway: Arc<dyn Gateway>) -> Router {
    Router::new()
        .route("/webhooks/stripe/{mode}", post(stripe::hear))
        .layer(RequestBodyLimitLayer::new(LONGEST_EVENT))
        .with_state((context, gateway))
}
