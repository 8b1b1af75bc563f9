//! What the pages of users ask the server.

use domain::ids::UserId;
use domain::role::Role;
use domain::views::list::Page;
use domain::views::users::{NewUser, UserDetail, UserRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::users::{UserFilter, UserSort},
    workflows::permit::{EditUsers, SeeUsers},
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
