//! What the customer's page about themselves asks the server.

use domain::ids::ContactId;
use domain::views::customers::ContactForm;
use domain::views::portal_people::{Profile, ProfileForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::portal};

#[server(input = GetUrl)]
pub async fn my_profile() -> Result<Profile, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::profile(&context, &scope).await?)
}

#[server]
pub async fn edit_my_profile(#[server(default)] profile: ProfileForm) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal::edit_profile(&context, &scope, &profile).await?;
    api::go_to("/portal/profile?done=saved");
    Ok(())
}

#[server]
pub async fn add_my_contact(contact: ContactForm) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal::add_contact(&context, &scope, &contact).await?;
    api::go_to("/portal/profile?done=saved");
    Ok(())
}

#[server]
pub async fn remove_my_contact(contact: ContactId) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal::remove_contact(&context, &scope, contact).await?;
    api::go_to("/portal/profile?done=removed");
    Ok(())
}
