//! The list of quotes.

use domain::quote::QuoteStateName;
use domain::views::quotes::{QuoteList, QuoteRow};
use leptos::prelude::*;

use super::api::list_quotes;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::{
        amount::money,
        quote::{quote_badge, quote_state},
    },
    ui::{
        button::LinkButton,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn QuotesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let quotes = Resource::new_blocking(move || query.get(), list_quotes);
    let states = QuoteStateName::ALL.iter().map(|state| (state.word().to_owned(), quote_state(*state, t).to_owned()));
    let filters = vec![Filter { name: "state", label: t.quotes.state().to_owned(), choices: states.collect() }];
    let table = move |page: QuoteList| {
        let first = page.rows.first();
        let customer = first
            .map_or_else(|| t.money.only_one_customer().to_owned(), |row| t.money.only_customer(&row.customer_name));
        let contract =
            first.and_then(|row| row.contract.as_ref()).map(|contract| t.money.only_contract(&contract.name));
        let contract = contract.unwrap_or_else(|| t.money.only_one_contract().to_owned());
        let href = |row: &QuoteRow| format!("/office/quotes/{}", row.id);
        view! {
            <Narrowed query=query.get_untracked() name="customer" words=customer/>
            <Narrowed query=query.get_untracked() name="contract" words=contract/>
            <List query page columns=columns(t) label=t.quotes.title() href empty=move || nothing_yet(t)/>
        }
    };
    view! {
        <PageHeader title=t.quotes.title() summary=t.quotes.summary()/>
        <ListControls query search=t.money.invoices_search() filters><ListTools/></ListControls>
        <Loaded from=quotes view=table/>
    }
}

fn nothing_yet(t: Words) -> AnyView {
    view! {
        <EmptyState icon=Icon::Invoice title=t.quotes.none() hint=t.quotes.none_hint()>
            <LinkButton href="/office/customers">{t.quotes.to_customers()}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<QuoteRow>> {
    let number = move |row: &QuoteRow| row.number.clone().unwrap_or_else(|| t.quotes.state_draft().to_owned());
    let contract = |row: &QuoteRow| row.contract.as_ref().map(|contract| contract.name.clone()).unwrap_or_default();
    vec![
        Column::new(t.money.number(), number),
        Column::new(t.money.customer(), |row: &QuoteRow| row.customer_name.clone()),
        Column::new(t.money.contract(), contract).secondary(),
        Column::new(t.quotes.valid_until(), move |row: &QuoteRow| format::date(row.valid_until, t)),
        Column::new(t.quotes.state(), move |row: &QuoteRow| quote_badge(row.state, t)),
        Column::new(t.money.total(), |row: &QuoteRow| money(row.total)).number(),
    ]
}
