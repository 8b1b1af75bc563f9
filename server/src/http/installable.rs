//! What makes Ramal an app on a phone: its manifest, and the page for when there is no network. `public/sw.js` keeps the
//! latter; the rest of what it needs are files.

use app::i18n::Words;
use app::offline_page;
use app::preferences::Preferences;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::request::Parts;
use http::{HeaderName, HeaderValue, header};
use leptos::config::LeptosOptions;
use leptos::context::provide_context;
use leptos::prelude::Owner;
use serde_json::json;
use workflows::Context;

use super::documents::refused;

/// Both are written in the language that the reader chose.
const ASK_AGAIN: [(HeaderName, HeaderValue); 1] =
    [(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];

#[derive(Clone)]
struct Installable {
    context: Context,
    options: LeptosOptions,
}

pub fn routes(context: Context, options: LeptosOptions) -> Router {
    Router::new()
        .route("/manifest.webmanifest", get(manifest))
        .route("/offline", get(offline))
        .with_state(Installable { context, options })
}

/// On the phone it has the provider's name: it is the provider whom customers know.
async fn manifest(State(installable): State<Installable>, parts: Parts) -> Response {
    let name = match provider_name(&installable.context).await {
        Ok(name) => name,
        Err(error) => return refused(error, &parts),
    };
    let locale = preferences(parts).locale;
    let t = Words::of(locale);
    let name = name.unwrap_or_else(|| t.common.product().to_owned());
    let manifest = json!({
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": locale.code(),
        "name": name,
        "short_name": name,
        "description": t.public.app_description(),
        "theme_color": "#3a50c8",
        "background_color": "#f5f6f8",
        "icons": [
            { "src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any" },
            { "src": "/icon-192.png", "type": "image/png", "sizes": "192x192" },
            { "src": "/icon-512.png", "type": "image/png", "sizes": "512x512" },
            { "src": "/icon-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable" },
        ],
    });
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"))];
    (ASK_AGAIN, kind, manifest.to_string()).into_response()
}

/// `None` before the provider has been set up.
async fn provider_name(context: &Context) -> workflows::Result<Option<String>> {
    match store::company::get(&mut *context.connection().await?).await {
        Ok(company) => Ok(Some(company.name)),
        Err(store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn offline(State(installable): State<Installable>, parts: Parts) -> impl IntoResponse {
    (ASK_AGAIN, Html(offline_page(installable.options, preferences(parts))))
}

fn preferences(parts: Parts) -> Preferences {
    Owner::new().with(|| {
        provide_context(parts);
        Preferences::current()
    })
}
