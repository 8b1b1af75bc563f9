//! A router tells that equipment got an address.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use domain::lease_report::{LeaseReport, TOKEN_HEADER};
use http::{HeaderMap, StatusCode};
use workflows::Context;
use workflows::auth::Visitor;
use workflows::lease_reports::{self, Received};

/// A form such as `mac=02:AA:00:00:00:01&address=10.0.0.7&server=lan`, with the router's token in a header. Answers
/// nothing but a status: the router does not read more.
pub async fn receive(
    State(context): State<Context>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let token = headers.get(TOKEN_HEADER).and_then(|token| token.to_str().ok());
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let report = LeaseReport::read(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    match lease_reports::receive(&context, &visitor, token, report).await {
        Ok(Received::Noted) => StatusCode::NO_CONTENT,
        Ok(Received::Stranger) => StatusCode::UNAUTHORIZED,
        Ok(Received::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Ok(Received::Unreadable) => StatusCode::UNPROCESSABLE_ENTITY,
        Err(error) => {
            workflows::incident(&error);
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
