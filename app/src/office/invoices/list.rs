//! The list of invoices and credit notes.

use domain::invoice::DocumentKind;
use domain::views::bulk::BulkAction;
use domain::views::invoices::{InvoiceList, InvoiceRow, Standing};
use leptos::prelude::*;

use super::api::list_invoices;
use crate::{
    i18n::{Words, words},
    office::bulk::{Bulk, choose_column},
    office::dashboard::Narrowing,
    office::list_tools::ListTools,
    parts::{
        amount::{money, moneys},
        document::{document_kind, standing, standing_badge},
    },
    surroundings::may,
    ui::{
        button::LinkButton,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, DateFilter, Filter, List, ListControls, ListQuery, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn InvoicesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let invoices = Resource::new_blocking(move || query.get(), list_invoices);
    let standings = Standing::ALL.iter().map(|stands| (stands.word().to_owned(), standing(*stands, t).to_owned()));
    let kinds = DocumentKind::ALL.iter().map(|kind| (kind.word().to_owned(), document_kind(*kind, t).to_owned()));
    let filters = vec![
        Filter { name: "standing", label: t.money.standing().to_owned(), choices: standings.collect() },
        Filter { name: "kind", label: t.money.kind().to_owned(), choices: kinds.collect() },
    ];
    view! {
        <PageHeader title=t.money.invoices()/>
        <ListControls query search=t.money.invoices_search() filters>
            <DateFilter query label=t.money.issued()/>
            <ListTools/>
        </ListControls>
        <Narrowing query/>
        <Loaded from=invoices view=move |invoices| view! { <Invoices query invoices/> }/>
    }
}

#[component]
fn Invoices(query: Memo<ListQuery>, invoices: InvoiceList) -> impl IntoView {
    let t = words();
    let now = query.get_untracked();
    let first = invoices.page.rows.first();
    let customer =
        first.map_or_else(|| t.money.only_one_customer().to_owned(), |row| t.money.only_customer(&row.customer_name));
    let contract = first.and_then(|row| row.contract_code.as_ref()).map(|code| t.money.only_contract(code));
    let contract = contract.unwrap_or_else(|| t.money.only_one_contract().to_owned());
    let owed = (!invoices.owed.is_empty()).then(|| {
        view! { <p class="list-sum">{t.money.owed_in_list(moneys(&invoices.owed))}</p> }
    });
    let href = |row: &InvoiceRow| format!("/office/invoices/{}", row.id);
    let actions = [("send_invoices", BulkAction::Send), ("write_to_customers", BulkAction::MessageOfInvoices)];
    let actions: Vec<_> = actions.into_iter().filter(|(verb, _)| may(verb)).map(|(_, action)| action).collect();
    let mut columns = columns(t);
    if !actions.is_empty() {
        columns.push(choose_column(|row: &InvoiceRow| row.id.0, |row| row.number.clone().unwrap_or_default(), t));
    }
    view! {
        <Narrowed query=now.clone() name="customer" words=customer/>
        <Narrowed query=now name="contract" words=contract/>
        {owed}
        <Bulk query to="/office/bulk/invoices" actions>
            <List query page=invoices.page columns label=t.money.invoices() href empty=move || nothing_yet(t)/>
        </Bulk>
    }
}

fn nothing_yet(t: Words) -> AnyView {
    let to_contracts = may("see_contracts").then(|| {
        view! { <LinkButton href="/office/contracts">{t.money.to_contracts()}</LinkButton> }
    });
    view! {
        <EmptyState icon=Icon::Invoice title=t.money.no_invoices() hint=t.money.no_invoices_hint()>
            {to_contracts}
        </EmptyState>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<InvoiceRow>> {
    let number = move |row: &InvoiceRow| row.number.clone().unwrap_or_else(|| t.money.draft_number().to_owned());
    let date = move |date: Option<chrono::NaiveDate>| date.map(|date| format::date(date, t)).unwrap_or_default();
    let open = |row: &InvoiceRow| if row.open.is_zero() { String::new() } else { money(row.open) };
    vec![
        Column::new(t.money.number(), number),
        Column::new(t.money.customer(), |row: &InvoiceRow| row.customer_name.clone()).sorted("customer"),
        Column::new(t.money.contract(), |row: &InvoiceRow| row.contract_code.clone().unwrap_or_default()).secondary(),
        Column::new(t.money.issued(), move |row: &InvoiceRow| date(row.issued_on)).sorted("issued").secondary(),
        Column::new(t.money.due(), move |row: &InvoiceRow| date(row.due_on)).sorted("due"),
        Column::new(t.money.standing(), move |row: &InvoiceRow| standing_badge(row.kind, row.standing, t)),
        Column::new(t.money.total(), |row: &InvoiceRow| money(row.total)).sorted("total").number(),
        Column::new(t.money.open(), open).number(),
    ]
}
