//! Who is signed in: from the cookie to the request's extensions.

use app::failure::AppError;
use app::session::COOKIE;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use workflows::auth::Who;
use workflows::{Context, auth};

use super::incident;

/// Puts [`auth::Who`] into the request's extensions when the cookie belongs to a session, and [`auth::SignedIn`] when that is
/// open: whatever asks for the latter is closed to those who are still to type their code.
pub async fn note(State(context): State<Context>, mut request: Request, next: Next) -> Response {
    if let Some(cookie) = app::cookies::find(request.headers(), COOKIE) {
        match auth::who(&context, cookie).await {
            Ok(Some(who)) => {
                if let Who::SignedIn(signed_in) = &who {
                    request.extensions_mut().insert(signed_in.clone());
                }
                request.extensions_mut().insert(who);
            }
            Ok(None) => {}
            Err(error) => return incident::answer(&AppError::from(error), &request.into_parts().0),
        }
    }
    next.run(request).await
}
