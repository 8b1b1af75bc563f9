//! What routers fetch of a hotspot's login page, and the files of hotspots and vouchers for staff.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::failure::Failure;
use domain::ids::{HotspotId, VoucherBatchId};
use http::request::Parts;
use http::{HeaderValue, header};
use serde::Deserialize;
use workflows::Context;
use workflows::{hotspots, vouchers};

use super::documents::{Who, id, only_shown, refused, sent, signed_in};

/// The page as a guest sees it, on our own address: it sends nothing from here.
const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'",
);

pub(super) fn routes(context: Context) -> Router {
    Router::new()
        .route("/hotspot/{id}/{file}", get(page_file))
        .route("/documents/hotspots/{file}", get(archive))
        .route("/documents/vouchers/{file}", get(sheet))
        .with_state(context)
}

#[derive(Deserialize)]
struct Shown {
    /// As a guest would see it: what a router fills in is left out.
    #[serde(default)]
    preview: bool,
}

/// A router fetches it without a password, and guests are shown it: nothing in it is secret.
async fn page_file(
    State(context): State<Context>,
    Path((hotspot, file)): Path<(HotspotId, String)>,
    Query(shown): Query<Shown>,
    parts: Parts,
) -> Response {
    match hotspots::file(&context, hotspot, &file).await {
        Ok(file) => {
            let bytes = if shown.preview { hotspots::previewed(&file.bytes) } else { file.bytes };
            let headers = [(header::CONTENT_TYPE, file.mime), (header::CACHE_CONTROL, "no-cache")];
            let policy = file.mime.starts_with("text/html").then_some([(header::CONTENT_SECURITY_POLICY, PAGE)]);
            match policy {
                Some(policy) => (policy, headers, bytes).into_response(),
                None => (headers, bytes).into_response(),
            }
        }
        Err(error) => refused(error, &parts),
    }
}

/// `/documents/hotspots/3.zip`
async fn archive(State(context): State<Context>, who: Who, Path(file): Path<String>, parts: Parts) -> Response {
    let made = async {
        let hotspot = file.strip_suffix(".zip").and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
        hotspots::archive(&context, &signed_in(&who)?.actor().permit()?, HotspotId(hotspot)).await
    };
    match made.await {
        Ok(bytes) => {
            let name = HeaderValue::from_static("attachment; filename=\"ramal-hotspot.zip\"");
            let kind = HeaderValue::from_static("application/zip");
            (only_shown(), [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Err(error) => refused(error, &parts),
    }
}

#[derive(Deserialize)]
struct Part {
    part: Option<usize>,
}

/// `/documents/vouchers/7.pdf?part=2`
async fn sheet(
    State(context): State<Context>,
    who: Who,
    Path(file): Path<String>,
    Query(part): Query<Part>,
    parts: Parts,
) -> Response {
    let made = async {
        let permit = signed_in(&who)?.actor().permit()?;
        vouchers::sheet(&context, &permit, VoucherBatchId(id(&file)?), part.part.unwrap_or(1)).await
    };
    sent(made.await, &parts)
}
