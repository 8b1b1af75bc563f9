//! What the web server answers: the pages and server functions of `app`, and files.

use crate::failure::Failure;
use app::{App, shell};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_to_stream_with_context};
use std::path::Path;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::trace::TraceLayer;

/// Files under `pkg/<version>/`: their address changes with their contents.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else is asked for again, and then often found unchanged.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The browser's part, as the build laid it out.
pub struct Site {
    options: LeptosOptions,
}

impl Site {
    pub fn load(folder: &Path) -> Result<Self, Failure> {
        let version = std::fs::read_to_string(folder.join("pkg/version")).map_err(|error| {
            Failure::new(format!(
                "the browser's part is not in {} ({error}): `cargo xtask build` makes it",
                folder.display()
            ))
        })?;
        let options = LeptosOptions::builder()
            .output_name("ramal")
            .site_root(folder.to_string_lossy().into_owned())
            .site_pkg_dir(format!("pkg/{}", version.trim()))
            .build();
        Ok(Self { options })
    }
}

/// `provide` gives the pages and server functions their context.
pub fn router(site: &Site, provide: impl Fn() + Clone + Send + Sync + 'static) -> Router {
    let options = site.options.clone();
    let document = {
        let options = options.clone();
        move || shell(options.clone())
    };
    let files = |folder: &str| ServeDir::new(folder).precompressed_br().precompressed_gzip();
    let no_such_page = get(render_app_to_stream_with_context(provide.clone(), document.clone()))
        .layer(middleware::map_response(not_found));
    let public = files(&options.site_root).append_index_html_on_directories(false).fallback(no_such_page);
    let packages = files(&format!("{}/pkg", options.site_root));
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), provide, document)
        .fallback_service(public)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(|request, next| cached(ASK_AGAIN, request, next)))
        .merge(
            Router::new()
                .nest_service("/pkg", packages)
                .layer(middleware::from_fn(|request, next| cached(FOR_EVER, request, next))),
        )
        .layer(TraceLayer::new_for_http())
        .with_state(options)
}

/// The page for an address that is neither a route nor a file; a redirection stays one.
async fn not_found(mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Says how long an answer may be kept, unless it says so itself or is a failure.
async fn cached(how: HeaderValue, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status().is_redirection() {
        response.headers_mut().entry(CACHE_CONTROL).or_insert(how);
    }
    response
}
