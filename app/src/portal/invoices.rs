//! The customer's invoices, and one of them as a document.

use domain::invoice::DocumentKind;
use domain::views::invoices::{InvoiceDetail, InvoiceRow};
use leptos::prelude::*;

use super::api::{my_invoice, my_invoices};
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        amount::money,
        document::{
            CreditedBy, Document, PaidWithTable, PdfButton, PrintButton, document_story, document_title, standing_badge,
        },
    },
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, List, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn InvoicesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let invoices = Resource::new_blocking(move || query.get(), my_invoices);
    let empty = move || {
        view! { <EmptyState icon=Icon::Invoice title=t.portal.no_invoices() hint=t.portal.no_invoices_hint()/> }
            .into_any()
    };
    let href = |row: &InvoiceRow| format!("/portal/invoices/{}", row.id);
    view! {
        <PageHeader title=t.portal.invoices()>
            <LinkButton href="/portal/statement" icon=Icon::Audit>{t.statement.title()}</LinkButton>
            <LinkButton href="/portal/quotes" icon=Icon::Contract>{t.quotes.title()}</LinkButton>
        </PageHeader>
        <Loaded from=invoices view=move |page| view! {
            <List query page columns=columns(t) label=t.portal.invoices() href empty/>
        }/>
    }
}

fn columns(t: Words) -> Vec<Column<InvoiceRow>> {
    let date = move |date: Option<chrono::NaiveDate>| date.map(|date| format::date(date, t)).unwrap_or_default();
    vec![
        Column::new(t.money.number(), |row: &InvoiceRow| row.number.clone().unwrap_or_default()),
        Column::new(t.money.issued(), move |row: &InvoiceRow| date(row.issued_on)).secondary(),
        Column::new(t.money.due(), move |row: &InvoiceRow| date(row.due_on)),
        Column::new(t.money.standing(), move |row: &InvoiceRow| standing_badge(row.kind, row.standing, t)),
        Column::new(t.money.total(), |row: &InvoiceRow| money(row.total)).number(),
        // Also when nothing is: on a phone a name without a value would say that it is unpaid.
        Column::new(t.money.open(), |row: &InvoiceRow| money(row.open)).number(),
    ]
}

#[component]
pub fn InvoicePage() -> impl IntoView {
    let id = use_id();
    let invoice = Resource::new_blocking(move || id.get(), |id| async move { my_invoice(id?).await });
    view! { <Loaded from=invoice view=|invoice| view! { <Invoice invoice/> }/> }
}

#[component]
fn Invoice(invoice: InvoiceDetail) -> impl IntoView {
    let t = words();
    let row = invoice.row.clone();
    let places = vec![(t.portal.invoices().to_owned(), "/portal/invoices".to_owned())];
    let credited_by = invoice.credited_by.clone();
    let (paid_by, summary) = (invoice.paid_by.clone(), document_story(&invoice, t));
    let paid_with = (row.kind == DocumentKind::Invoice && !paid_by.is_empty()).then(|| {
        view! { <Card title=t.money.paid_with()><PaidWithTable paid_by reader=Reader::Customer/></Card> }
    });
    let pay = row.open.is_positive().then(|| {
        let href = format!("/portal/pay?invoice={}", row.id);
        view! { <LinkButton href variant=Variant::Primary icon=Icon::Payment>{t.gateway.pay()}</LinkButton> }
    });
    view! {
        <PageHeader title=document_title(&row, t) summary places state=standing_badge(row.kind, row.standing, t)>
            {pay}
            <PdfButton href=format!("/documents/invoices/{}.pdf", row.id)/>
            <PrintButton/>
        </PageHeader>
        <Document invoice reader=Reader::Customer/>
        {paid_with}
        <CreditedBy credited_by reader=Reader::Customer/>
    }
}
