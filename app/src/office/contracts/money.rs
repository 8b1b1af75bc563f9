//! The account of a contract, on its page.

use domain::ids::InvoiceId;
use domain::views::collections::PromiseRow;
use domain::views::contracts::{ContractDetail, LastPayment};
use leptos::prelude::*;

use super::href;
use crate::{
    i18n::words,
    parts::{
        amount::{money, payment_method},
        promise::{outcome_badge, sentence},
        story::capitalized,
    },
    surroundings::may,
    ui::{
        button::LinkButton,
        card::{Card, Fact, Facts},
        format,
        icon::Icon,
    },
};

/// What is owed, promised and was paid.
#[component]
pub(super) fn MoneyCard(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let (own, account) = (contract.id, contract.money);
    let invoices = account.open_invoices.into_iter().map(|invoice| {
        let words = t.contracts.open_invoice(&invoice.number, format::date(invoice.due_on, t));
        view! { <li class="entry"><InvoiceLink invoice=invoice.invoice words/><span>{money(invoice.open)}</span></li> }
    });
    let invoices = invoices.collect::<Vec<_>>();
    let promise = contract.promise.map(|promise| view! { <NewestPromise promise/> });
    let promisable = account.overdue.is_positive() && may("edit_promises");
    view! {
        <Card title=t.contracts.money()>
            <Facts>
                <Fact label=t.contracts.owed()><strong>{money(account.owed)}</strong></Fact>
                {account.overdue.is_positive().then(|| view! { <Fact label=t.contracts.overdue()>{money(account.overdue)}</Fact> })}
                {account.credit.is_positive().then(|| view! { <Fact label=t.contracts.credit()>{money(account.credit)}</Fact> })}
            </Facts>
            <h3 class="card-part">{t.contracts.open_invoices()}</h3>
            {invoices.is_empty().then(|| view! { <p class="muted">{t.contracts.nothing_owed()}</p> })}
            <ul class="entries">{invoices}</ul>
            {promise}
            <LastPayments payments=account.last_payments/>
            <div class="form-actions">
                {may("see_invoices").then(|| view! {
                    <LinkButton href=format!("/office/invoices?contract={own}") icon=Icon::Invoice>{t.customers.see_invoices()}</LinkButton>
                })}
                {promisable.then(|| view! {
                    <LinkButton href=format!("{}/promise", href(own)) icon=Icon::Clock>{t.collections.promise()}</LinkButton>
                })}
            </div>
        </Card>
    }
}

#[component]
fn InvoiceLink(invoice: InvoiceId, words: String) -> impl IntoView {
    if may("see_invoices") {
        view! { <a href=format!("/office/invoices/{invoice}")>{words}</a> }.into_any()
    } else {
        view! { <span>{words}</span> }.into_any()
    }
}

/// The newest promise, and how it ended.
#[component]
fn NewestPromise(promise: PromiseRow) -> impl IntoView {
    let t = words();
    view! {
        <h3 class="card-part">{t.collections.promise()}</h3>
        <p>{outcome_badge(promise.outcome, t)}" "{capitalized(&sentence(promise.amount, promise.until, t))}</p>
    }
}

#[component]
fn LastPayments(payments: Vec<LastPayment>) -> impl IntoView {
    let t = words();
    let none = payments.is_empty();
    let entries = payments.into_iter().map(|payment| {
        let words = format!("{} · {}", format::date(payment.received_on, t), payment_method(payment.method, t));
        let words = if may("see_payments") {
            view! { <a href=format!("/office/payments/{}", payment.id)>{words}</a> }.into_any()
        } else {
            view! { <span>{words}</span> }.into_any()
        };
        view! { <li class="entry">{words}<span>{money(payment.amount)}</span></li> }
    });
    view! {
        <h3 class="card-part">{t.contracts.last_payments()}</h3>
        {none.then(|| view! { <p class="muted">{t.contracts.no_payments()}</p> })}
        <ul class="entries">{entries.collect_view()}</ul>
    }
}
