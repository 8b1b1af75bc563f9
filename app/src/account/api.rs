//! What everybody who is signed in may do with their own account.

use domain::password::Password;
use domain::views::account::SessionRow;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, crate::session, domain::views::account, workflows::auth};

#[server]
pub async fn sign_out() -> Result<(), AppError> {
    let (context, who) = api::person()?;
    auth::sign_out(&context, &who).await?;
    session::end(&context);
    api::go_to("/sign-in");
    Ok(())
}

#[server]
pub async fn change_password(
    current_password: Password,
    password: Password,
    repeated_password: Password,
) -> Result<(), AppError> {
    let (context, who) = api::signed_in()?;
    let (_, visitor) = api::anybody()?;
    let form = account::ChangePassword { current_password, password, repeated_password };
    auth::change_password(&context, &visitor, &who, &form).await?;
    api::go_to("/account?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn my_sessions() -> Result<Vec<SessionRow>, AppError> {
    let (context, who) = api::signed_in()?;
    Ok(auth::my_sessions(&context, &who).await?)
}

#[server]
pub async fn end_session(key: String) -> Result<(), AppError> {
    let (context, who) = api::signed_in()?;
    auth::end_session(&context, &who, &key).await?;
    api::go_to("/account?done=removed");
    Ok(())
}

#[server]
pub async fn end_other_sessions() -> Result<(), AppError> {
    let (context, who) = api::signed_in()?;
    auth::end_other_sessions(&context, &who).await?;
    api::go_to("/account?done=removed");
    Ok(())
}
