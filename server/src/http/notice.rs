//! The page that routers send customers to who are cut. It has an address of its own, speaks plain HTTP and answers
//! everything that a browser may have wanted elsewhere: with status 511, so that no program takes it for that.

use std::net::SocketAddr;
use std::time::Duration;

use app::i18n::Locale;
use app::notice_page;
use axum::Router;
use axum::extract::{ConnectInfo, Query, State};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use workflows::{Context, notice};

use super::{incident, log};

/// Asked of whatever host was wanted, it comes back to us: the name is one that nobody else has.
const STYLE_AT: &str = "/ramal-notice.css";
const STYLE: &str = include_str!("notice.css");
/// A page is a few queries; nobody waits longer for it.
const PATIENCE: Duration = Duration::from_secs(10);

const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
];

/// Everything that the notice page's listener answers. `own`: the hosts by which it is asked for itself.
pub fn notice_router(context: Context, own: Vec<String>) -> Router {
    Router::new()
        .route(STYLE_AT, get(style))
        .fallback(answer)
        .with_state(Notices { context, own })
        .layer(RequestBodyLimitLayer::new(0))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn(incident::catch))
        .layer(from_fn(log::note))
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

#[derive(Clone)]
struct Notices {
    context: Context,
    own: Vec<String>,
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

async fn answer(
    State(notices): State<Notices>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let chosen = asked.ok().and_then(|Query(asked)| asked.lang);
    let locale = Locale::choose(chosen.as_deref(), accepted);
    let shown = match notice::show(&notices.context, peer.ip().to_canonical()).await {
        Ok(shown) => shown,
        Err(error) => {
            let number = workflows::incident(&error);
            return (StatusCode::SERVICE_UNAVAILABLE, number).into_response();
        }
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let status = match notices.own.iter().any(|own| own == host) {
        true => StatusCode::OK,
        false => StatusCode::NETWORK_AUTHENTICATION_REQUIRED,
    };
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let mut response = (status, html, notice_page(shown, locale, STYLE_AT)).into_response();
    response.headers_mut().extend(ALWAYS);
    response
}
