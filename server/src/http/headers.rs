//! Headers that tell browsers what our pages never do.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

/// For answers that are no page of the app: pages bring a policy of their own, with a nonce for their scripts.
const NO_SCRIPTS: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'",
);

/// The service worker (`public/sw.js`) is ruled by the policy that it came with: it fetches from us and nowhere else.
const WORKER: HeaderValue = HeaderValue::from_static("default-src 'none'; connect-src 'self'");

/// Without `same-origin` a form could not find its way back when scripting is off; other sites learn nothing.
const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Only where the public address is `https`: on a machine of its own it would lock people out.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Whether browsers reach us by `https`.
#[derive(Clone, Copy)]
pub struct IsHttps(pub bool);

pub async fn protect(State(IsHttps(https)): State<IsHttps>, request: Request, next: Next) -> Response {
    let policy = if request.uri().path() == "/sw.js" { WORKER } else { NO_SCRIPTS };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn the_service_worker_fetches_from_us_and_what_is_no_page_fetches_nothing() {
        let routes = Router::new().route("/sw.js", get(|| async {})).route("/health", get(|| async {}));
        let router: Router = routes.layer(from_fn_with_state(IsHttps(false), protect));
        for (path, may_fetch) in [("/sw.js", true), ("/health", false)] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
            assert_eq!(policy.contains("connect-src 'self'"), may_fetch, "{path}: {policy}");
        }
    }
}
