//! The counter: who pays, then what. Each step is an address, so that it works without scripting.

use domain::ids::CustomerId;
use domain::views::customers::CustomerRow;
use domain::views::list::Page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{RecordPayment, find_payers, open_counter},
    counter::CounterDesk,
};
use crate::{
    i18n::{Words, words},
    parts::amount::moneys,
    ui::{
        empty::EmptyState,
        form::use_form,
        icon::Icon,
        list::{Column, List, ListQuery, SearchBox, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewPaymentPage() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let customer = Memo::new(move |_| query.read().get_str("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    move || match customer.get() {
        Some(customer) => view! { <AtTheCounter customer/> }.into_any(),
        None => {
            let places = vec![(t.money.payments().to_owned(), "/office/payments".to_owned())];
            view! { <WhoPays title=t.money.counter() hint=t.money.counter_hint() places here="/office/payments/new"/> }
                .into_any()
        }
    }
}

#[component]
fn AtTheCounter(customer: CustomerId) -> impl IntoView {
    let form = use_form::<RecordPayment>();
    let counter = Resource::new_blocking(move || customer, open_counter);
    view! { <Loaded from=counter view=move |counter| view! { <CounterDesk counter form/> }/> }
}

/// A search for the customer; `here?customer=` is the next step.
#[component]
pub(crate) fn WhoPays(
    title: &'static str,
    hint: &'static str,
    places: Vec<(String, String)>,
    here: &'static str,
) -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let found = Resource::new_blocking(
        move || query.get(),
        |query| async move {
            match query.search.as_str() {
                "" => Ok(None),
                _ => find_payers(query).await.map(Some),
            }
        },
    );
    view! {
        <PageHeader title summary=hint places/>
        <div class="list-controls"><SearchBox query hint=t.money.counter_search()/></div>
        <Loaded from=found view=move |found| view! { <Found query found here/> }/>
    }
}

#[component]
fn Found(query: Memo<ListQuery>, found: Option<Page<CustomerRow>>, here: &'static str) -> impl IntoView {
    let t = words();
    match found {
        None => view! {
            <EmptyState icon=Icon::Search title=t.money.counter_type() hint=t.money.counter_type_hint()/>
        }
        .into_any(),
        Some(page) if page.rows.is_empty() => view! {
            <EmptyState icon=Icon::Search title=t.money.counter_none() hint=t.money.counter_none_hint()/>
        }
        .into_any(),
        Some(page) => {
            let href = move |row: &CustomerRow| format!("{here}?customer={}", row.id);
            view! { <List query page columns=columns(t) label=t.money.customer() href empty=|| ()/> }.into_any()
        }
    }
}

fn columns(t: Words) -> Vec<Column<CustomerRow>> {
    vec![
        Column::new(t.money.customer(), |row: &CustomerRow| row.name.clone()),
        Column::new(t.money.reference_of_customer(), |row: &CustomerRow| row.reference.clone()),
        Column::new(t.money.tax_id(), |row: &CustomerRow| row.tax_id.clone().unwrap_or_default()),
        Column::new(t.money.owes(), |row: &CustomerRow| moneys(&row.balance)).number(),
    ]
}
