//! A form that was refused comes back with what was typed, without scripting too.
//!
//! With scripting the page stays where it is, so nothing is lost. Without, the browser posts the form, the answer
//! sends it back to the page, and the page is written anew: `keep_what_was_typed` puts the error and the typed values
//! into a short-lived cookie, and `take` gives them to the form on that page. The address stays clean.
//!
//! Deliberately absent: values of fields that hold a secret are not kept, see `is_secret`.

use serde::{Deserialize, Serialize};

use crate::failure::AppError;

/// A refused try: why, and every field as it was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentBack {
    pub error: AppError,
    /// Names as in the form, such as `plan[price]`, in its order.
    pub typed: Vec<(String, String)>,
}

#[cfg(feature = "ssr")]
pub use server::{keep_what_was_typed, take};

#[cfg(feature = "ssr")]
mod server {
    use axum::{
        body::{Body, to_bytes},
        extract::Request,
        middleware::Next,
        response::Response,
    };
    use form_urlencoded::Serializer;
    use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
    use leptos::server_fn::error::FromServerFnError;

    use super::SentBack;
    use crate::{cookies, failure::AppError};

    /// Long enough for a slow connection, short enough not to surprise anybody later.
    const SECONDS: u32 = 120;
    /// A cookie holds 4 KB, and proxies refuse lines of cookies past 8 KB or 16 KB.
    const COOKIE_BYTES: usize = 3_500;
    const COOKIES: usize = 3;
    const BODY_BYTES: usize = 64 * 1024;
    /// Set by Leptos on the answer of a server function that failed; the body is the error.
    const ERROR_HEADER: &str = "serverfnerror";

    fn cookie(nth: usize) -> String {
        format!("ramal_form_{nth}")
    }

    /// Put around the server functions: gives a failed one its HTTP status, and sends a plain form back to its page.
    pub async fn keep_what_was_typed(request: Request, next: Next) -> Response {
        let plain_form = is_plain_form(&request);
        let page = page(request.headers());
        let (parts, body) = request.into_parts();
        let (request, typed) = if plain_form {
            let Ok(bytes) = to_bytes(body, BODY_BYTES).await else { return status_only(StatusCode::PAYLOAD_TOO_LARGE) };
            (Request::from_parts(parts, Body::from(bytes.clone())), bytes)
        } else {
            (Request::from_parts(parts, body), axum::body::Bytes::new())
        };
        let response = next.run(request).await;
        let Some(function) =
            response.headers().get(ERROR_HEADER).and_then(|path| path.to_str().ok().map(str::to_owned))
        else {
            return response;
        };
        let (mut parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, BODY_BYTES).await else { return status_only(StatusCode::INTERNAL_SERVER_ERROR) };
        let error = AppError::de(body.clone());
        if plain_form {
            parts.status = StatusCode::SEE_OTHER;
            parts.headers.insert(header::LOCATION, page);
            let typed = form_urlencoded::parse(&typed).into_owned().collect();
            append_cookies(&mut parts.headers, &function, &SentBack { error, typed });
            Response::from_parts(parts, Body::empty())
        } else {
            parts.status = error.status();
            Response::from_parts(parts, Body::from(body))
        }
    }

    fn status_only(status: StatusCode) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response
    }

    fn is_plain_form(request: &Request) -> bool {
        let starts = |name, what: &str| {
            request.headers().get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(what))
        };
        request.method() == Method::POST
            && starts(header::ACCEPT, "text/html")
            && starts(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// The page that the form was on, without its host: an answer never leads to another site.
    fn page(headers: &HeaderMap) -> HeaderValue {
        let uri = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()?.parse::<http::Uri>().ok());
        let path = uri.as_ref().and_then(http::Uri::path_and_query).map(http::uri::PathAndQuery::as_str);
        let local = path.filter(|path| path.starts_with('/') && !path.starts_with("//"));
        local.and_then(|path| path.parse().ok()).unwrap_or(HeaderValue::from_static("/"))
    }

    fn append_cookies(headers: &mut HeaderMap, function: &str, sent_back: &SentBack) {
        let mut rest = encode(function, sent_back);
        for nth in 0..COOKIES {
            let tail = rest.split_off(rest.len().min(COOKIE_BYTES));
            let age = if rest.is_empty() { 0 } else { SECONDS };
            let line = format!("{}={rest}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly", cookie(nth));
            if let Ok(line) = line.parse() {
                headers.append(header::SET_COOKIE, line);
            }
            rest = tail;
        }
    }

    /// As a query string, which holds nothing that a cookie may not. Past the limit the longest values are left out.
    fn encode(function: &str, sent_back: &SentBack) -> String {
        let error = String::from_utf8(sent_back.error.ser().to_vec()).unwrap_or_default();
        let mut typed: Vec<_> = sent_back.typed.iter().filter(|(name, _)| !is_secret(name)).cloned().collect();
        loop {
            let mut text = Serializer::new(String::new());
            text.append_pair("function", function).append_pair("error", &error);
            let text = text.extend_pairs(&typed).finish();
            let longest = typed.iter().enumerate().max_by_key(|(_, (_, value))| value.len()).map(|(nth, _)| nth);
            match longest {
                Some(nth) if text.len() > COOKIE_BYTES * COOKIES => drop(typed.remove(nth)),
                _ => return text,
            }
        }
    }

    /// By the field's name. `code` alone is one that lets somebody in; a record's own code is in brackets: `plan[code]`.
    fn is_secret(field: &str) -> bool {
        field == "code" || ["password", "secret", "token"].iter().any(|word| field.contains(word))
    }

    fn decode(function: &str, text: &str) -> Option<SentBack> {
        let mut pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        let (_, found) = pairs.next().filter(|(name, _)| name == "function")?;
        let (_, error) = pairs.next().filter(|(name, _)| name == "error")?;
        (found == function).then(|| SentBack { error: AppError::de(error.into()), typed: pairs.collect() })
    }

    /// What was sent back to a form of this server function, if anything was; it is given once.
    #[must_use]
    pub fn take(function: &str) -> Option<SentBack> {
        let text: String = (0..COOKIES).map_while(|nth| cookies::read(&cookie(nth))).collect();
        let sent_back = decode(function, &text)?;
        for nth in 0..COOKIES {
            cookies::send(&format!("{}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly", cookie(nth)));
        }
        Some(sent_back)
    }

    #[cfg(test)]
    mod tests {
        use domain::failure::{Failure, Problem};

        use super::*;

        fn refused(typed: &[(&str, &str)]) -> SentBack {
            SentBack {
                error: Failure::field("price", Problem::NotAnAmount).into(),
                typed: typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            }
        }

        #[test]
        fn what_was_typed_survives_the_way_through_the_cookies() {
            let sent_back = refused(&[("plan[name]", "Fibra 100 ñandú; \"doble\", a=b&c"), ("plan[price]", "x")]);
            let text = encode("/do/save_plan", &sent_back);
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-._+%&=".contains(&byte)));
            assert_eq!(decode("/do/save_plan", &text), Some(sent_back));
        }

        #[test]
        fn a_form_takes_back_only_its_own() {
            let text = encode("/do/save_plan", &refused(&[]));
            assert_eq!(decode("/do/save_sector", &text), None);
            assert_eq!(decode("/do/save_plan", "nonsense"), None);
        }

        #[test]
        fn secrets_are_not_kept() {
            let typed = [
                ("email", "ana@example.com"),
                ("router[password]", "hunter2"),
                ("code", "R3C0V3RY"),
                ("plan[code]", "F100"),
            ];
            let text = encode("/do/sign_in", &refused(&typed));
            assert!(text.contains("ana") && text.contains("F100"), "{text}");
            assert!(!text.contains("hunter2") && !text.contains("R3C0V3RY"), "{text}");
        }

        #[test]
        fn past_the_limit_the_longest_value_gives_way() {
            let novel = "x".repeat(COOKIE_BYTES * COOKIES);
            let sent_back = refused(&[("note", &novel), ("name", "Ana")]);
            let back = decode("/do/f", &encode("/do/f", &sent_back)).unwrap();
            assert_eq!(back.typed, [("name".to_owned(), "Ana".to_owned())]);
        }

        #[test]
        fn the_way_back_never_leads_to_another_site() {
            let page_of = |referer: &str| {
                let mut headers = HeaderMap::new();
                headers.insert(header::REFERER, referer.parse().unwrap());
                page(&headers).to_str().unwrap().to_owned()
            };
            assert_eq!(page_of("http://127.0.0.1:3000/office/plans/3?tab=price"), "/office/plans/3?tab=price");
            assert_eq!(page_of("https://evil.example//other.example/x"), "/");
            assert_eq!(page_of("nonsense"), "/");
        }
    }
}
