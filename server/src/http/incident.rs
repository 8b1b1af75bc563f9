//! What is answered when we fail: a page or an error that tells the number of the incident, and never the cause.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use app::failure::AppError;
use app::incident_page;
use app::preferences::Preferences;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use futures::FutureExt;
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use leptos::config::LeptosOptions;
use leptos::context::provide_context;
use leptos::prelude::Owner;
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};

/// The longest that anybody waits for an answer. What takes longer is a job.
const PATIENCE: Duration = Duration::from_secs(30);
/// Photos come from phones with a bar of signal.
const PATIENCE_WITH_FILES: Duration = Duration::from_mins(5);
/// A demo lives its nights while somebody looks on: half a month takes a minute where the machine has other work.
const PATIENCE_WITH_NIGHTS: Duration = Duration::from_mins(10);

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
enum NoAnswer {
    #[error("panicked: {0}")]
    Panicked(String),
    #[error("not answered within {0:?}")]
    TooSlow(Duration),
}

/// Answers with an incident when a handler panics or takes too long.
pub async fn catch(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let kept = parts.clone();
    let answer = AssertUnwindSafe(next.run(Request::from_parts(parts, body))).catch_unwind();
    let patience = patience_with(&kept);
    match tokio::time::timeout(patience, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => answer_to(&NoAnswer::Panicked(message(panic.as_ref())), &kept),
        Err(_) => answer_to(&NoAnswer::TooSlow(patience), &kept),
    }
}

fn patience_with(parts: &Parts) -> Duration {
    if parts.uri.path().ends_with("/advance_demo") {
        PATIENCE_WITH_NIGHTS
    } else if brings_files(&parts.headers) {
        PATIENCE_WITH_FILES
    } else {
        PATIENCE
    }
}

fn brings_files(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("multipart/form-data")
}

fn answer_to(cause: &NoAnswer, parts: &Parts) -> Response {
    // Worded for whoever asked.
    let error = Owner::new().with(|| {
        provide_context(parts.clone());
        AppError::incident(cause)
    });
    answer(&error, parts)
}

/// A page for people, and for our own scripts the error as a server function sends it.
pub fn answer(error: &AppError, parts: &Parts) -> Response {
    let Some(number) = error.incident_number() else { return error.status().into_response() };
    if wants_page(&parts.headers) {
        (StatusCode::INTERNAL_SERVER_ERROR, Html(page(number, parts.clone()))).into_response()
    } else {
        let headers = [(SERVER_FN_ERROR_HEADER, parts.uri.path().to_owned())];
        (StatusCode::INTERNAL_SERVER_ERROR, headers, error.ser()).into_response()
    }
}

fn page(number: &str, parts: Parts) -> String {
    let preferences = Owner::new().with(|| {
        provide_context(parts);
        Preferences::current()
    });
    incident_page(LeptosOptions::builder().output_name("ramal").build(), preferences, number)
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn answer_of(accept: &str) -> (StatusCode, String) {
        async fn boom() -> &'static str {
            panic!("the secret cause")
        }
        let router: Router = Router::new().route("/boom", get(boom)).layer(from_fn(catch));
        let request = Request::get("/boom").header(header::ACCEPT, accept).header(header::ACCEPT_LANGUAGE, "en");
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1024 * 1024).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn only_the_nights_of_a_demo_are_waited_for_longer_than_half_a_minute() {
        async fn slow() -> &'static str {
            tokio::time::sleep(Duration::from_mins(1)).await;
            "done"
        }
        let router: Router =
            Router::new().route("/do/advance_demo", get(slow)).route("/do/pay", get(slow)).layer(from_fn(catch));
        let status_of = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap().status()
        };
        assert_eq!(status_of("/do/advance_demo").await, StatusCode::OK);
        assert_eq!(status_of("/do/pay").await, StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[tokio::test]
    async fn a_panic_is_an_incident_with_a_number_and_without_its_cause() {
        let (status, page) = answer_of("text/html").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.contains("incident-number") && page.contains("<html lang=\"en\""), "{page}");
        let (status, error) = answer_of("application/json").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(AppError::de(error.clone().into()).incident_number().is_some(), "{error}");
        assert!(!page.contains("secret") && !error.contains("secret"));
    }
}
