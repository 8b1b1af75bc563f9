//! What the pages of users ask the server.

use domain::ids::UserId;
use domain::role::Role;
use domain::views::account::SessionRow;
use domain::views::list::Page;
use domain::views::users::{AccessSettings, NewUser, PermitRow, UserDetail, UserRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::users::{UserFilter, UserSort},
    workflows::permit::{EditAccess, EditUsers, SeeUsers},
    workflows::users,
};

#[server(input = GetUrl)]
pub async fn list_users(#[server(default)] query: ListQuery) -> Result<Page<UserRow>, AppError> {
    let (context, permit) = api::permit::<SeeUsers>()?;
    Ok(users::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn see_user(user: UserId) -> Result<UserDetail, AppError> {
    let (context, permit) = api::permit::<SeeUsers>()?;
    Ok(users::detail(&context, &permit, user).await?)
}

#[server]
pub async fn create_user(user: NewUser) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    let id = users::create(&context, &permit, &user).await?;
    api::go_to(&format!("/office/users/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn invite_user(user: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::invite(&context, &permit, user).await?;
    api::go_to(&format!("/office/users/{user}?done=sent"));
    Ok(())
}

#[server]
pub async fn change_user_role(user: UserId, role: Role) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::change_role(&context, &permit, user, role).await?;
    api::go_to(&format!("/office/users/{user}?done=saved"));
    Ok(())
}

#[server]
pub async fn disable_user(user: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::disable(&context, &permit, user).await?;
    api::go_to(&format!("/office/users/{user}?done=saved"));
    Ok(())
}

#[server]
pub async fn enable_user(user: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::enable(&context, &permit, user).await?;
    api::go_to(&format!("/office/users/{user}?done=saved"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn sessions_of_user(user: UserId) -> Result<Vec<SessionRow>, AppError> {
    let (context, permit) = api::permit::<SeeUsers>()?;
    Ok(users::sessions(&context, &permit, user).await?)
}

#[server]
pub async fn end_session_of_user(user: UserId, key: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::end_session(&context, &permit, user, &key).await?;
    api::go_to(&format!("/office/users/{user}?done=removed"));
    Ok(())
}

#[server]
pub async fn end_sessions_of_user(user: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::end_sessions(&context, &permit, user).await?;
    api::go_to(&format!("/office/users/{user}?done=removed"));
    Ok(())
}

#[server]
pub async fn reset_second_factor(user: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditUsers>()?;
    users::reset_second_factor(&context, &permit, user).await?;
    api::go_to(&format!("/office/users/{user}?done=saved"));
    Ok(())
}

/// Who may do what.
#[server(input = GetUrl)]
pub async fn list_permits() -> Result<Vec<PermitRow>, AppError> {
    let (_, permit) = api::permit::<SeeUsers>()?;
    Ok(users::permits(&permit))
}

#[server(input = GetUrl)]
pub async fn show_access() -> Result<AccessSettings, AppError> {
    let (context, permit) = api::permit::<SeeUsers>()?;
    Ok(users::access(&context, &permit).await?)
}

#[server]
pub async fn require_second_factor(#[server(default)] required: bool) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditAccess>()?;
    users::require_second_factor(&context, &permit, required).await?;
    api::go_to("/office/settings/access?done=saved");
    Ok(())
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> UserFilter {
    let (role, state) = (query.filter_as("role"), query.filter_as("state"));
    let (sort, direction) = query.sort.unwrap_or_default();
    UserFilter {
        search: Some(query.search),
        role,
        state,
        sort: sort.parse().unwrap_or(UserSort::Name),
        direction,
        page: query.page,
    }
}
