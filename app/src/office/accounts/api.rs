//! What the pages of the books ask the server. They change nothing.

use domain::views::accounts::{Accounts, AgedList, JournalPage};
use domain::views::closing::MonthClose;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {crate::api, domain::views::accounts::JournalFilter, workflows::accounts, workflows::permit::SeeAccounts};

#[server(input = GetUrl)]
pub async fn list_accounts(#[server(default)] query: ListQuery) -> Result<Accounts, AppError> {
    let (context, permit) = api::permit::<SeeAccounts>()?;
    Ok(accounts::accounts(&context, &permit, &filter(&query)).await?)
}

#[server(input = GetUrl)]
pub async fn list_journal(#[server(default)] query: ListQuery) -> Result<JournalPage, AppError> {
    let (context, permit) = api::permit::<SeeAccounts>()?;
    Ok(accounts::journal(&context, &permit, &filter(&query)).await?)
}

#[server(input = GetUrl)]
pub async fn list_aged(#[server(default)] query: ListQuery) -> Result<AgedList, AppError> {
    let (context, permit) = api::permit::<SeeAccounts>()?;
    Ok(accounts::aged(&context, &permit, query.filter_as("on"), query.page).await?)
}

/// A month that adds up, or says where not.
#[server(input = GetUrl)]
pub async fn show_month_close(#[server(default)] query: ListQuery) -> Result<MonthClose, AppError> {
    let (context, permit) = api::permit::<SeeAccounts>()?;
    Ok(accounts::close(&context, &permit, query.filter_as("month")).await?)
}

#[cfg(feature = "ssr")]
fn filter(query: &ListQuery) -> JournalFilter {
    JournalFilter {
        from: query.filter_as("from"),
        to: query.filter_as("to"),
        account: query.filter("account").map(str::to_owned),
        page: query.page,
    }
}
