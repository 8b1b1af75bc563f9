//! The pages and server functions of `app`, and files.

use std::path::{Path, PathBuf};

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
use tower_http::services::ServeDir;

/// Files under `pkg/<version>/`: their address changes with their contents.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else is asked for again, and then often found unchanged.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The browser's part, as the build laid it out.
pub struct Site {
    options: LeptosOptions,
}

/// There is no browser's part where it is looked for.
#[derive(Debug, thiserror::Error)]
#[error("the browser's part is not in {} ({cause}): `cargo xtask build` makes it", folder.display())]
pub struct NoSite {
    folder: PathBuf,
    cause: std::io::Error,
}

impl Site {
    pub fn load(folder: &Path) -> Result<Self, NoSite> {
        let version = std::fs::read_to_string(folder.join("pkg/version"))
            .map_err(|cause| NoSite { folder: folder.to_path_buf(), cause })?;
        Ok(Self::at(folder, &format!("pkg/{}", version.trim())))
    }

    /// Without the browser's part: pages as they are with scripting off.
    pub fn without_scripts() -> Self {
        Self::at(Path::new("."), "pkg")
    }

    fn at(folder: &Path, packages: &str) -> Self {
        let options = LeptosOptions::builder()
            .output_name("ramal")
            .site_root(folder.to_string_lossy().into_owned())
            .site_pkg_dir(packages.to_owned())
            .build();
        Self { options }
    }

    /// For documents that are written without the app.
    pub(super) fn options(&self) -> LeptosOptions {
        self.options.clone()
    }

    /// `provide` gives the pages and server functions their context.
    pub(super) fn pages(&self, provide: impl Fn() + Clone + Send + Sync + 'static) -> Router {
        let options = self.options.clone();
        let document = {
            let options = options.clone();
            move || shell(options.clone())
        };
        let no_such_page = get(render_app_to_stream_with_context(provide.clone(), document.clone()))
            .layer(middleware::map_response(not_found));
        let public = files(&options.site_root).append_index_html_on_directories(false).fallback(no_such_page);
        Router::new()
            .leptos_routes_with_context(&options, generate_route_list(App), provide, document)
            .fallback_service(public)
            .layer(middleware::from_fn(|request, next| cached(ASK_AGAIN, request, next)))
            .with_state(options)
    }

    /// What the build made for the browser.
    pub(super) fn packages(&self) -> Router {
        Router::new()
            .nest_service("/pkg", files(&format!("{}/pkg", self.options.site_root)))
            .layer(middleware::from_fn(|request, next| cached(FOR_EVER, request, next)))
    }
}

fn files(folder: &str) -> ServeDir {
    ServeDir::new(folder).precompressed_br().precompressed_gzip()
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
