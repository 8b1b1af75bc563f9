//! The second factor: setting it up, typing its code, turning it off.

use domain::password::Password;
use domain::views::account::SecondFactor;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, crate::session, domain::views::account::TurnOff, workflows::auth};

#[server(input = GetUrl)]
pub async fn see_second_factor() -> Result<SecondFactor, AppError> {
    let (context, who) = api::person()?;
    api::keep_out_of_caches();
    Ok(auth::second_factor(&context, &who).await?)
}

/// Opens the session with a code, and leads to `next` as signing in does.
#[server]
pub async fn enter_code(code: String, #[server(default)] next: String) -> Result<(), AppError> {
    let (context, pending) = api::pending()?;
    let (_, visitor) = api::anybody()?;
    let session = auth::enter_code(&context, &visitor, &pending, &code).await?;
    session::begin(&context, &session);
    api::go_to(&session::first_page(&session, &next));
    Ok(())
}

#[server]
pub async fn propose_second_factor(
    #[server(default)] current_password: Password,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let (context, who) = api::person()?;
    let (_, visitor) = api::anybody()?;
    auth::propose_second_factor(&context, &visitor, &who, &current_password).await?;
    api::go_to(&session::second_factor_path(session::local_path(&next).unwrap_or("/account")));
    Ok(())
}

#[server]
pub async fn confirm_second_factor(code: String, #[server(default)] next: String) -> Result<(), AppError> {
    let (context, who) = api::person()?;
    auth::confirm_second_factor(&context, &who, &code).await?;
    api::go_to(session::local_path(&next).unwrap_or("/account?done=saved"));
    Ok(())
}

#[server]
pub async fn turn_off_second_factor(current_password: Password, code: String) -> Result<(), AppError> {
    let (context, who) = api::signed_in()?;
    let (_, visitor) = api::anybody()?;
    auth::turn_off_second_factor(&context, &visitor, &who, &TurnOff { current_password, code }).await?;
    api::go_to("/account?done=saved");
    Ok(())
}
