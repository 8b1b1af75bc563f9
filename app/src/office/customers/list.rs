//! The list of customers.

use domain::contact::CustomerKind;
use domain::views::customers::{CustomerRow, Debt};
use domain::views::list::Page;
use leptos::prelude::*;

use super::{api::list_customers, balance, debt_name, href, kind_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    office::sectors::SectorFilter,
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn CustomersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let customers = Resource::new_blocking(move || query.get(), list_customers);
    let kinds = CustomerKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned()));
    let debts = Debt::ALL.iter().map(|debt| (debt.word().to_owned(), debt_name(*debt, t).to_owned()));
    let filters = vec![
        Filter { name: "debt", label: t.customers.debt().to_owned(), choices: debts.collect() },
        Filter { name: "kind", label: t.customers.kind().to_owned(), choices: kinds.collect() },
    ];
    let table = move |page: Page<CustomerRow>| {
        let empty = move || {
            view! {
                <EmptyState icon=Icon::Customers title=t.customers.none() hint=t.customers.none_hint()>{new_button(t)}</EmptyState>
            }
        };
        let href = |customer: &CustomerRow| href(customer.id);
        view! { <List query page columns=columns(t) label=t.customers.title() href empty/> }
    };
    view! {
        <PageHeader title=t.customers.title()>{new_button(t)}</PageHeader>
        <ListControls query search=t.customers.search_hint() filters>
            <SectorFilter query/>
            <ListTools/>
        </ListControls>
        <Loaded from=customers view=table/>
    }
}

fn new_button(t: Words) -> Option<impl IntoView> {
    may("edit_customers").then(|| {
        view! {
            <LinkButton href="/office/customers/new" variant=Variant::Primary icon=Icon::Plus>{t.customers.new()}</LinkButton>
        }
    })
}

fn columns(t: Words) -> Vec<Column<CustomerRow>> {
    let overdue = move |customer: &CustomerRow| customer.overdue_since.map(|since| format::date(since, t));
    let mut columns = customer_columns(t);
    columns.extend([
        Column::new(t.customers.contracts(), move |customer: &CustomerRow| contracts(customer, t)),
        Column::new(t.customers.balance(), move |customer: &CustomerRow| balance(&customer.balance, t)).number(),
        Column::new(t.customers.overdue_since(), overdue).sorted("due_since"),
    ]);
    columns
}

/// Who it is: also for choosing a customer.
#[must_use]
pub fn customer_columns(t: Words) -> Vec<Column<CustomerRow>> {
    vec![
        Column::new(t.customers.name(), |customer: &CustomerRow| customer.name.clone()).sorted("name"),
        Column::new(t.customers.reference(), |customer: &CustomerRow| customer.reference.clone()).sorted("reference"),
        Column::new(t.customers.phone(), |customer: &CustomerRow| customer.phone.clone()).secondary(),
    ]
}

fn contracts(customer: &CustomerRow, t: Words) -> AnyView {
    let cut = (customer.cut_contracts > 0).then(|| {
        view! { " " <Badge tone=Tone::Warn icon=Icon::Cut label=t.customers.cut(customer.cut_contracts)/> }
    });
    let active = (customer.active_contracts > 0).then(|| t.customers.active(customer.active_contracts));
    view! { {active}{cut} }.into_any()
}
