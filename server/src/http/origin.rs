//! Refuses changing requests that another site made a browser send.
//!
//! A browser says where a request comes from, in `Origin` and in `Sec-Fetch-Site` (since 2020 all of them do, and a
//! page cannot alter either). Each of these, and else `Referer`, is believed when it says "elsewhere". A request with
//! none of the three does not come from a browser, so that there is no person to be tricked: programs may send it.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where browsers reach us.
#[derive(Clone)]
pub struct OwnOrigin(Uri);

impl OwnOrigin {
    /// `public_url` as in the settings: scheme and authority.
    pub fn new(public_url: &str) -> Result<Self, http::uri::InvalidUri> {
        public_url.parse().map(Self)
    }
}

pub async fn refuse_foreign(State(own): State<OwnOrigin>, request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !is_ours(request.headers(), &own) {
        tracing::warn!(path = request.uri().path(), "refused: sent from another site");
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

fn is_ours(headers: &HeaderMap, own: &OwnOrigin) -> bool {
    let site = headers.get(SEC_FETCH_SITE).map(|site| site == "same-origin" || site == "none");
    let origin = headers.get(header::ORIGIN).or_else(|| headers.get(header::REFERER));
    let origin = origin.map(|origin| {
        // `null`, and what is not an address, is somebody who hides where they come from.
        let origin = origin.to_str().ok().and_then(|text| text.parse::<Uri>().ok());
        origin.is_some_and(|origin| is_own(&origin, headers, own))
    });
    site.unwrap_or(true) && origin.unwrap_or(true)
}

/// Our public address; or the name that the request itself was sent to, when that is another one (a machine in the
/// house may know us by a shorter name). Under the public name the scheme must be right too.
fn is_own(origin: &Uri, headers: &HeaderMap, OwnOrigin(own): &OwnOrigin) -> bool {
    let Some(authority) = origin.authority() else { return false };
    if Some(authority) == own.authority() {
        return origin.scheme() == own.scheme();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    host.as_ref() == Some(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(public_url: &str, headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        is_ours(&map, &OwnOrigin::new(public_url).unwrap())
    }

    #[test]
    fn a_form_of_ours_may_change_things() {
        let ours = [("host", "ramal.example"), ("origin", "https://ramal.example"), ("sec-fetch-site", "same-origin")];
        assert!(allowed("https://ramal.example", &ours));
        assert!(allowed("http://127.0.0.1:3000", &[("host", "localhost:3000"), ("origin", "http://localhost:3000")]));
        assert!(allowed("https://ramal.example", &[("referer", "https://ramal.example/office?page=2")]));
    }

    #[test]
    fn another_site_may_not_whatever_it_calls_itself() {
        for foreign in ["https://evil.example", "http://ramal.example", "https://ramal.example:8443", "null", "%%"] {
            let headers = [("host", "ramal.example"), ("origin", foreign)];
            assert!(!allowed("https://ramal.example", &headers), "{foreign}");
        }
        let referer = [("host", "ramal.example"), ("referer", "https://evil.example/https://ramal.example")];
        assert!(!allowed("https://ramal.example", &referer));
    }

    #[test]
    fn the_browsers_own_word_counts_where_it_leaves_the_origin_out() {
        for site in ["cross-site", "same-site"] {
            assert!(!allowed("https://ramal.example", &[("sec-fetch-site", site)]), "{site}");
            let with_origin = [("sec-fetch-site", site), ("origin", "https://ramal.example")];
            assert!(!allowed("https://ramal.example", &with_origin), "{site}");
        }
    }

    #[test]
    fn a_program_that_is_no_browser_may() {
        assert!(allowed("https://ramal.example", &[("host", "ramal.example")]));
    }
}
