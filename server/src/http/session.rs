//! Who is signed in: from the cookie to the request's extensions.

use app::failure::AppError;
use app::session::COOKIE;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use workflows::{Context, auth};

use super::incident;

/// Puts [`auth::SignedIn`] into the request's extensions when the cookie belongs to an open session.
pub async fn note(State(context): State<Context>, mut request: Request, next: Next) -> Response {
    if let Some(cookie) = app::cookies::find(request.headers(), COOKIE) {
        match auth::who(&context, cookie).await {
            Ok(Some(who)) => _ = request.extensions_mut().insert(who),
            Ok(None) => {}
            Err(error) => return incident::answer(&AppError::from(error), &request.into_parts().0),
        }
    }
    next.run(request).await
}
