//! One payment: a receipt to print, what it paid, and what became of the service.

use domain::service::{ServiceState, TechnicalState};
use domain::views::payments::{PaidInvoice, PaidService, PaymentDetail};
use leptos::prelude::*;

use super::{
    api::{RefundPayment, ReversePayment, show_payment},
    counter::converted,
    settled::{Actions, GivenBack, bounced_badge},
};
use crate::{
    i18n::{Words, words},
    office::gateway::{OfPayment, api::RefundToCard},
    parts::{
        amount::{money, payment_method},
        document::{DocumentFact, PdfButton, PrintButton},
        state::service_badge,
    },
    surroundings::{local, may},
    ui::{
        card::{Card, Fact, Facts},
        form::{FormState, use_form},
        format,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PaymentPage() -> impl IntoView {
    let id = use_id();
    let (refund, reverse) = (use_form::<RefundPayment>(), use_form::<ReversePayment>());
    let to_card = use_form::<RefundToCard>();
    let (refunded, reversed, given_back) = (refund.done(), reverse.done(), to_card.done());
    let done = move || (refunded.get(), reversed.get(), given_back.get());
    let payment = Resource::new_blocking(move || (id.get(), done()), |(id, _)| async move { show_payment(id?).await });
    view! { <Loaded from=payment view=move |payment| view! { <Payment payment refund reverse to_card/> }/> }
}

#[component]
fn Payment(
    payment: PaymentDetail,
    refund: FormState<RefundPayment>,
    reverse: FormState<ReversePayment>,
    to_card: FormState<RefundToCard>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.money.payments().to_owned(), "/office/payments".to_owned())];
    let summary = match (&payment.reversal, payment.row.unused.is_positive()) {
        (Some(reversal), _) => t.money.story_bounced(format::date(reversal.on, t), &reversal.reason),
        (None, true) => t.money.left_as_credit(money(payment.row.unused)),
        (None, false) => t.money.all_used().to_owned(),
    };
    let services = payment.services.clone();
    let state = payment.reversal.is_some().then(|| bounced_badge(t));
    let (refunds, for_actions, by_card) = (payment.refunds.clone(), payment.clone(), payment.clone());
    view! {
        <PageHeader title=t.money.title_receipt(&payment.row.receipt) summary places>
            <PdfButton href=format!("/documents/receipts/{}.pdf", payment.row.id)/>
            {state}
            <PrintButton/>
            <Actions payment=for_actions refund reverse/>
        </PageHeader>
        <Receipt payment/>
        <OfPayment payment=by_card form=to_card/>
        <GivenBack refunds/>
        {(!services.is_empty()).then(|| view! { <Services services/> })}
    }
}

#[component]
fn Receipt(payment: PaymentDetail) -> impl IntoView {
    let t = words();
    let row = payment.row;
    let customer = format!("/office/customers/{}", row.customer);
    let recorded_at = format::date_time(local(payment.recorded_at), t);
    let recorded = match payment.recorded_by {
        Some(name) => t.money.recorded_by(recorded_at, name),
        None => recorded_at,
    };
    let tendered = payment.tender.map_or(row.amount, |tender| tender.amount);
    let handed_over = payment.tender.map(|tender| view! { <p>{converted(&tender, row.amount, t)}</p> });
    let tax = payment.tax.map(|tax| {
        let label = format!("{} {} %", tax.name, tax.percent.get().normalize());
        let all = tendered.checked_add(tax.amount).map(money).unwrap_or_default();
        view! {
            <div class="document-total"><dt>{label}</dt><dd>{money(tax.amount)}</dd></div>
            <div class="document-total"><dt>{t.money.received_in_all()}</dt><dd>{all}</dd></div>
        }
    });
    let reference = (!row.reference.is_empty()).then(|| {
        view! { <DocumentFact label=t.money.reference()>{row.reference.clone()}</DocumentFact> }
    });
    view! {
        <article class="document">
            <header class="document-head">
                <p class="document-issuer">{payment.issuer}</p>
                <p class="document-title">{t.money.title_receipt(&row.receipt)}</p>
            </header>
            <div class="document-facts">
                <div>
                    <p class="document-label">{t.money.received_from()}</p>
                    <p class="document-name"><a href=customer>{row.customer_name}</a></p>
                    {payment.tax_id.map(|id| view! { <p>{t.money.tax_id()}": "{id}</p> })}
                    <p class="muted">{t.money.reference_of_customer()}" "{payment.reference}</p>
                </div>
                <dl>
                    <DocumentFact label=t.money.received_on()>{format::long_date(row.received_on, t)}</DocumentFact>
                    <DocumentFact label=t.money.method()>{payment_method(row.method, t)}</DocumentFact>
                    {reference}
                    <DocumentFact label=t.money.recorded()>{recorded}</DocumentFact>
                </dl>
            </div>
            <dl class="document-totals">
                <div class="document-total"><dt>{t.money.amount()}</dt><dd>{money(row.amount)}</dd></div>
                {tax}
            </dl>
            {handed_over}
            <PaidInvoices paid=payment.allocations/>
            {row.unused.is_positive().then(|| view! { <p>{t.money.left_as_credit(money(row.unused))}</p> })}
        </article>
    }
}

#[component]
fn PaidInvoices(paid: Vec<PaidInvoice>) -> impl IntoView {
    let t = words();
    if paid.is_empty() {
        return view! { <p class="muted">{t.money.paid_nothing()}</p> }.into_any();
    }
    let columns = vec![
        Column::new(t.money.what_it_paid(), move |paid: &PaidInvoice| t.money.title_invoice(&paid.number)),
        Column::new(t.money.paid_on(), move |paid: &PaidInvoice| format::date(paid.on, t)),
        Column::new(t.money.paid_amount(), |paid: &PaidInvoice| money(paid.amount)).number(),
    ];
    let href = Box::new(|paid: &PaidInvoice| format!("/office/invoices/{}", paid.invoice));
    view! { <Table columns rows=paid label=t.money.what_it_paid() href/> }.into_any()
}

/// What became of the contracts that were paid for, as they are now.
#[component]
fn Services(services: Vec<PaidService>) -> impl IntoView {
    let t = words();
    let facts = services.into_iter().map(move |service| {
        let href = format!("/office/contracts/{}", service.contract.id);
        let contract = match may("see_contracts") {
            true => view! { <a href=href>{service.contract.name.clone()}</a> }.into_any(),
            false => service.contract.name.clone().into_any(),
        };
        view! {
            <Fact label=t.money.contract()>
                {contract}" "{service_badge(service.service, t)}
                <p>{service_story(&service, t)}</p>
            </Fact>
        }
    });
    view! {
        // Not for the receipt on paper: it changes.
        <div class="on-screen">
            <Card title=t.money.services()><Facts>{facts.collect_view()}</Facts></Card>
        </div>
    }
}

/// The state that is shown is what the network was read to hold: until then, it is on its way.
fn service_story(service: &PaidService, t: Words) -> &'static str {
    match (service.service, service.technical) {
        (ServiceState::Active, Some(TechnicalState::Active)) => t.money.service_on(),
        (ServiceState::Active, Some(_)) => t.money.service_coming(),
        (ServiceState::Active, None) => t.money.service_not_set_up(),
        _ => t.money.service_still_cut(),
    }
}
