//! Each account in a period.

use domain::views::accounts::{AccountRow, Accounts};
use leptos::prelude::*;

use super::{Exports, Part, Parts, account_name, api::list_accounts};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::money,
    ui::{
        empty::EmptyState,
        icon::Icon,
        list::{Column, DateFilter, ListControls, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn AccountsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let accounts = Resource::new_blocking(move || query.get(), list_accounts);
    view! {
        <PageHeader title=t.accounts.title() summary=t.accounts.hint()/>
        <Parts open=Part::Accounts/>
        <ListControls query>
            <DateFilter query label=t.accounts.dates()/>
            <ListTools/>
        </ListControls>
        <Loaded from=accounts view=|accounts| view! { <Balances accounts/> }/>
    }
}

#[component]
fn Balances(accounts: Accounts) -> impl IntoView {
    let t = words();
    let period = accounts.period;
    if accounts.rows.is_empty() {
        return view! { <EmptyState icon=Icon::Dashboard title=t.accounts.empty() hint=t.accounts.empty_hint()/> }
            .into_any();
    }
    let href = move |row: &AccountRow| {
        format!("/office/accounts/journal?account={}&from={}&to={}", row.account, period.from, period.to)
    };
    view! {
        <Exports period/>
        <Table columns=columns(t) rows=accounts.rows label=t.accounts.accounts() href/>
        <p class="muted">{t.accounts.signs()}</p>
    }
    .into_any()
}

pub(super) fn columns(t: Words) -> Vec<Column<AccountRow>> {
    vec![
        Column::new(t.accounts.account(), move |row: &AccountRow| account_name(&row.account, t)),
        Column::new(t.accounts.opening(), |row: &AccountRow| money(row.opening)).number(),
        Column::new(t.accounts.debit(), |row: &AccountRow| money(row.debit)).number(),
        Column::new(t.accounts.credit(), |row: &AccountRow| money(row.credit)).number(),
        Column::new(t.accounts.closing(), |row: &AccountRow| money(row.closing)).number(),
    ]
}
