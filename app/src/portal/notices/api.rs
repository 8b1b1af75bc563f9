//! What the customer's pages of notices ask the server.

use domain::ids::MessageId;
use domain::views::list::Page;
use domain::views::portal_people::{NoticeRow, NoticeText};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {crate::api, workflows::portal};

#[server(input = GetUrl)]
pub async fn my_notices(#[server(default)] query: ListQuery) -> Result<Page<NoticeRow>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::notices(&context, &scope, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn my_notice(notice: MessageId) -> Result<NoticeText, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::notice(&context, &scope, notice).await?)
}
