//! One document, its sums explained, and voiding it.

use domain::invoice::{DocumentKind, InvoiceState, PaymentMethod};
use domain::views::invoices::InvoiceDetail;
use leptos::prelude::*;

use super::api::{RefundCreditNote, VoidInvoice, show_invoice};
use crate::{
    i18n::words,
    office::payments::{GivenBack, RefundFields},
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
    let (void, refund) = (use_form::<VoidInvoice>(), use_form::<RefundCreditNote>());
    let (voided, refunded) = (void.done(), refund.done());
    let done = move || (voided.get(), refunded.get());
    let invoice = Resource::new_blocking(move || (id.get(), done()), |(id, _)| async move { show_invoice(id?).await });
    view! { <Loaded from=invoice view=move |invoice| view! { <Invoice invoice void refund/> }/> }
}

#[component]
fn Invoice(invoice: InvoiceDetail, void: FormState<VoidInvoice>, refund: FormState<RefundCreditNote>) -> impl IntoView {
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
        let label = if invoice.late_fee.is_some() { t.money.waive() } else { t.changes.credit() };
        view! { <LinkButton href icon=Icon::Edit>{label}</LinkButton> }
    });
    let send = (invoice.state == InvoiceState::Issued && may("send_invoices")).then(|| {
        let href = format!("/office/bulk/invoices?action=send&row-{}=on", row.id);
        view! { <LinkButton href icon=Icon::Mail>{t.bulk.send()}</LinkButton> }
    });
    let unused =
        invoice.state == InvoiceState::Issued && row.kind == DocumentKind::CreditNote && row.open.is_positive();
    let refunding =
        (unused && may("refund_payments")).then(|| view! { <Refunding invoice=invoice.clone() form=refund/> });
    let refunds = invoice.refunds.clone();
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
            {send}
            {credit}
            {refunding}
            {voiding}
        </PageHeader>
        <Document invoice reader=Reader::Staff/>
        {paid_with}
        <GivenBack refunds/>
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

/// Money back, of what is unused of a credit note.
#[component]
fn Refunding(invoice: InvoiceDetail, form: FormState<RefundCreditNote>) -> impl IntoView {
    let t = words();
    let unused = invoice.row.open;
    view! {
        <Confirm id="refund" label=t.money.refund() title=t.money.refund_title() icon=Icon::Payment
                 open=form.was_refused()>
            <p>{t.money.refund_note_what(money(unused))}</p>
            <Form state=form>
                <input type="hidden" name="note" value=invoice.row.id.to_string()/>
                <input type="hidden" name="form[idempotency_key]" value=invoice.refund_key/>
                <RefundFields unused method=PaymentMethod::Cash/>
                <Submit variant=Variant::Primary>{t.money.refund()}</Submit>
            </Form>
        </Confirm>
    }
}
