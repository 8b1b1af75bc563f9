//! One document, its sums explained, and voiding it.

use domain::invoice::{DocumentKind, InvoiceState};
use domain::views::invoices::InvoiceDetail;
use leptos::prelude::*;

use super::api::{VoidInvoice, show_invoice};
use crate::{
    i18n::words,
    parts::{
        Reader,
        amount::money,
        document::{
            CreditedBy, Document, PaidWithTable, PdfButton, PrintButton, document_story, document_title, standing_badge,
        },
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        dialog::Confirm,
        form::{Field, Form, FormState, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn InvoicePage() -> impl IntoView {
    let id = use_id();
    let void = use_form::<VoidInvoice>();
    let done = void.done();
    let invoice =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { show_invoice(id?).await });
    view! { <Loaded from=invoice view=move |invoice| view! { <Invoice invoice void/> }/> }
}

#[component]
fn Invoice(invoice: InvoiceDetail, void: FormState<VoidInvoice>) -> impl IntoView {
    let t = words();
    let row = invoice.row.clone();
    let issued = invoice.state == InvoiceState::Issued && row.kind == DocumentKind::Invoice;
    let places = vec![(t.money.invoices().to_owned(), "/office/invoices".to_owned())];
    let take_payment = (issued && row.open.is_positive() && may("record_payments")).then(|| {
        let href = format!("/office/payments/new?customer={}", row.customer);
        view! { <LinkButton href variant=Variant::Primary icon=Icon::Payment>{t.money.take_payment()}</LinkButton> }
    });
    let voiding = (issued && invoice.paid_by.is_empty() && may("void_invoices"))
        .then(|| view! { <Voiding invoice=invoice.clone() void/> });
    let credit = (issued && may("credit_invoices")).then(|| {
        let href = format!("/office/invoices/{}/credit", row.id);
        view! { <LinkButton href icon=Icon::Edit>{t.changes.credit()}</LinkButton> }
    });
    let credited_by = invoice.credited_by.clone();
    let (paid_by, summary) = (invoice.paid_by.clone(), document_story(&invoice, t));
    let paid_with = (row.kind == DocumentKind::Invoice && invoice.state != InvoiceState::Draft).then(|| {
        view! { <Card title=t.money.paid_with()><PaidWithTable paid_by reader=Reader::Staff/></Card> }
    });
    view! {
        <PageHeader title=document_title(&row, t) summary places
                    state=standing_badge(row.kind, row.standing, t)>
            {take_payment}
            <PdfButton href=format!("/documents/invoices/{}.pdf", row.id)/>
            <PrintButton/>
            {credit}
            {voiding}
        </PageHeader>
        <Document invoice reader=Reader::Staff/>
        {paid_with}
        <CreditedBy credited_by reader=Reader::Staff/>
    }
}

#[component]
fn Voiding(invoice: InvoiceDetail, void: FormState<VoidInvoice>) -> impl IntoView {
    let t = words();
    let number = invoice.row.number.unwrap_or_default();
    view! {
        <Confirm id="void" label=t.money.void() title=t.money.void_title(&number) variant=Variant::Danger icon=Icon::Close
                 open=void.was_refused()>
            <p>{t.money.void_what(money(invoice.row.total))}</p>
            <Form state=void>
                <input type="hidden" name="invoice" value=invoice.row.id.to_string()/>
                <Field name="reason" label=t.money.void_reason() hint=t.money.void_reason_hint() most=500/>
                <Submit variant=Variant::Danger>{t.money.void()}</Submit>
            </Form>
        </Confirm>
    }
}
