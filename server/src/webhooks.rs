//! What other machines post to us. Each checks who they are by itself: there are no sessions here, no cookies, and no
//! pages.

mod lease;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use tower_http::limit::RequestBodyLimitLayer;
use workflows::Context;

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
