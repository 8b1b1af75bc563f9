//! What somebody who is not signed in may ask for.

use domain::password::Password;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{api, preferences, session},
    domain::views::account::{Credentials, ResetPassword as Form},
    domain::views::portal_people::ComeIn as Coming,
    workflows::auth,
    workflows::messages,
};

/// Begins a session and leads on: to the code that it waits for, to `next`, or to where the person's role begins.
#[server]
pub async fn sign_in(email: String, password: Password, #[server(default)] next: String) -> Result<(), AppError> {
    let (context, visitor) = api::anybody()?;
    let session = auth::sign_in(&context, &visitor, &Credentials { email, password }).await?;
    session::begin(&context, &session);
    preferences::remember_language(session.language);
    api::go_to(&session::first_page(&session, &next));
    Ok(())
}

/// Sends a link to whoever has the address; says the same when nobody has.
#[server]
pub async fn request_reset(email: String) -> Result<(), AppError> {
    let (context, visitor) = api::anybody()?;
    auth::request_reset(&context, &visitor, &email).await?;
    api::go_to("/forgot?done=sent");
    Ok(())
}

/// Sets the password of whoever the link was sent to, and signs them in.
#[server]
pub async fn reset_password(token: String, password: Password, repeated_password: Password) -> Result<(), AppError> {
    let (context, visitor) = api::anybody()?;
    let form = Form { token, password, repeated_password };
    let session = auth::reset_password(&context, &visitor, &form).await?;
    session::begin(&context, &session);
    api::go_to(&session::first_page(&session, ""));
    Ok(())
}

/// Lets somebody in with a code that the provider handed over, and leads them home.
#[server]
pub async fn come_in(
    code: String,
    contact: String,
    #[server(default)] email: String,
    password: Password,
    repeated_password: Password,
) -> Result<(), AppError> {
    let (context, visitor) = api::anybody()?;
    let form = Coming { code, contact, email, password, repeated_password };
    let session = auth::come_in(&context, &visitor, &form).await?;
    session::begin(&context, &session);
    preferences::remember_language(session.language);
    api::go_to(&session::first_page(&session, ""));
    Ok(())
}

/// Whose messages a link is about; nothing changes by asking.
#[server(input = GetUrl)]
pub async fn who_unsubscribes(token: String) -> Result<String, AppError> {
    let (context, _) = api::anybody()?;
    Ok(messages::who_unsubscribes(&context, &token).await?)
}

/// Whoever has the link is written only what they must know from now on.
#[server]
pub async fn unsubscribe(token: String) -> Result<(), AppError> {
    let (context, _) = api::anybody()?;
    messages::unsubscribe(&context, &token).await?;
    api::go_to(&format!("/unsubscribe?token={token}&done=saved"));
    Ok(())
}
