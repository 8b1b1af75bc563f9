//! What the owner of a portal asks about their people. None of it names a customer: it is whoever is signed in.

use domain::ids::UserId;
use domain::portal::PortalRight;
use domain::views::portal_people::{PersonForm, PortalPeople};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::portal_people};

#[server(input = GetUrl)]
pub async fn my_people() -> Result<PortalPeople, AppError> {
    let (context, scope) = api::owner()?;
    Ok(portal_people::mine(&context, &scope).await?)
}

#[server]
pub async fn invite_person(person: PersonForm) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    let (_, visitor) = api::anybody()?;
    portal_people::invite_mine(&context, &scope, &visitor, &person).await?;
    api::go_to("/portal/people?done=sent");
    Ok(())
}

#[server]
pub async fn invite_person_again(person: UserId) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    let (_, visitor) = api::anybody()?;
    portal_people::invite_mine_again(&context, &scope, &visitor, person).await?;
    api::go_to("/portal/people?done=sent");
    Ok(())
}

#[server]
pub async fn change_person_right(person: UserId, right: PortalRight) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal_people::change_my_right(&context, &scope, person, right).await?;
    api::go_to("/portal/people?done=saved");
    Ok(())
}

#[server]
pub async fn end_person_access(person: UserId) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal_people::end_my_access(&context, &scope, person).await?;
    api::go_to("/portal/people?done=removed");
    Ok(())
}

#[server]
pub async fn restore_person_access(person: UserId) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal_people::restore_my_access(&context, &scope, person).await?;
    api::go_to("/portal/people?done=saved");
    Ok(())
}
