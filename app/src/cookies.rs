//! Cookies of a request and its answer, on the server.

use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// The value of a cookie in a request's headers.
#[must_use]
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name).then_some(value)
    })
}

/// The value of a cookie of the request that is being answered.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    find(&parts.headers, name).map(str::to_owned)
}

/// Sends a `Set-Cookie` line with the answer. A line that no header can hold is not sent.
pub fn send(line: &str) {
    if let (Some(response), Ok(line)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(line)) {
        response.append_header(header::SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("not_lang=xx; lang=es"));
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark"));
        assert_eq!(find(&headers, "lang"), Some("es"));
        assert_eq!(find(&headers, "theme"), Some("dark"));
        assert_eq!(find(&headers, "ang"), None);
    }
}
