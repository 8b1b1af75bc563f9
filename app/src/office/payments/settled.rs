//! What may become of a payment after it was taken: paying other invoices, going back to the customer, bouncing.

use domain::invoice::PaymentMethod;
use domain::money::Money;
use domain::views::payments::{PaymentDetail, PaymentRow, Refund};
use leptos::prelude::*;

use super::{
    api::{RefundPayment, ReversePayment},
    list::money_methods,
};
use crate::{
    i18n::{Words, words},
    parts::amount::{money, payment_method},
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::Card,
        dialog::Confirm,
        form::{Field, Form, FormState, Kind, MoneyInput, Select, Submit},
        format,
        icon::Icon,
        list::{Column, Table},
        tone::Tone,
    },
};

pub(super) fn bounced_badge(t: Words) -> AnyView {
    view! { <Badge tone=Tone::Danger icon=Icon::Alert label=t.money.bounced()/> }.into_any()
}

/// What the reader may do with it now.
#[component]
pub(super) fn Actions(
    payment: PaymentDetail,
    refund: FormState<RefundPayment>,
    reverse: FormState<ReversePayment>,
) -> impl IntoView {
    let t = words();
    if payment.reversal.is_some() {
        return ().into_any();
    }
    let row = payment.row.clone();
    let allocate = (may("allocate_payments") && !row.method.is_withholding()).then(|| {
        let href = format!("/office/payments/{}/allocate", row.id);
        view! { <LinkButton href icon=Icon::Edit>{t.money.allocate()}</LinkButton> }
    });
    let refunding = (row.unused.is_positive() && !row.method.is_withholding() && may("refund_payments")).then(|| {
        view! { <Refunding row=row.clone() idempotency_key=payment.idempotency_key.clone() form=refund/> }
    });
    let reversing = (payment.refunds.is_empty() && may("reverse_payments"))
        .then(|| view! { <Reversing row=row.clone() form=reverse/> });
    view! {
        {allocate}
        {refunding}
        {reversing}
    }
    .into_any()
}

#[component]
fn Refunding(row: PaymentRow, idempotency_key: String, form: FormState<RefundPayment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="refund" label=t.money.refund() title=t.money.refund_title() icon=Icon::Payment
                 open=form.was_refused()>
            <p>{t.money.refund_what(money(row.unused))}</p>
            <Form state=form>
                <input type="hidden" name="payment" value=row.id.to_string()/>
                <input type="hidden" name="form[idempotency_key]" value=idempotency_key/>
                <RefundFields unused=row.unused method=row.method/>
                <Submit variant=Variant::Primary>{t.money.refund()}</Submit>
            </Form>
        </Confirm>
    }
}

/// How much is given back, how and why: of a payment, or of a credit note.
#[component]
pub(in crate::office) fn RefundFields(unused: Money, method: PaymentMethod) -> impl IntoView {
    let t = words();
    view! {
        <MoneyInput name="form[amount]" label=t.money.amount() currency=unused.currency().code() value=unused.to_string()/>
        <Select name="form[method]" label=t.money.method() choices=money_methods(t) value=method.word()/>
        <Field name="form[reference]" label=t.money.reference() optional=true most=80/>
        <Field name="form[reason]" label=t.money.reason() hint=t.money.refund_reason_hint() most=500/>
    }
}

#[component]
fn Reversing(row: PaymentRow, form: FormState<ReversePayment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="reverse" label=t.money.bounce() title=t.money.bounce_title(&row.receipt) variant=Variant::Danger
                 icon=Icon::Alert open=form.was_refused()>
            <p>{t.money.bounce_what()}</p>
            <Form state=form>
                <input type="hidden" name="payment" value=row.id.to_string()/>
                <Field name="form[on]" label=t.money.bounce_on() kind=Kind::Date value=row.received_on.to_string()/>
                <Field name="form[reason]" label=t.money.reason() most=500/>
                <MoneyInput name="form[fee]" label=t.money.bounce_fee() currency=row.amount.currency().code()
                            hint=t.money.bounce_fee_hint() optional=true/>
                <Submit variant=Variant::Danger>{t.money.bounce()}</Submit>
            </Form>
        </Confirm>
    }
}

/// What of it was given back, when anything was.
#[component]
pub(in crate::office) fn GivenBack(refunds: Vec<Refund>) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.money.refunded_on(), move |refund: &Refund| format::date(refund.on, t)),
        Column::new(t.money.method(), move |refund: &Refund| payment_method(refund.method, t)),
        Column::new(t.money.reference(), |refund: &Refund| refund.reference.clone()).secondary(),
        Column::new(t.money.reason(), |refund: &Refund| refund.reason.clone()),
        Column::new(t.money.by(), |refund: &Refund| refund.by.clone().unwrap_or_default()).secondary(),
        Column::new(t.money.amount(), |refund: &Refund| money(refund.amount)).number(),
    ];
    (!refunds.is_empty()).then(|| {
        view! { <Card title=t.money.refunds()><Table columns rows=refunds label=t.money.refunds()/></Card> }
    })
}
