//! What the gateway knows of a payment, on the payment's page, and money back onto its card.

use domain::views::gateway::{CardPayment, CardRefund};
use domain::views::payments::PaymentDetail;
use leptos::prelude::*;

use super::{
    api::{RefundToCard, see_card_payment},
    mode_name, refund_badge,
};
use crate::{
    i18n::words,
    parts::amount::money,
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Field, Form, FormState, MoneyInput, Submit},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
    },
};

/// Nothing for a payment that did not come by card.
#[component]
pub fn OfPayment(payment: PaymentDetail, form: FormState<RefundToCard>) -> impl IntoView {
    let id = payment.row.id;
    let known = Resource::new_blocking(|| (), move |()| see_card_payment(id));
    let show =
        move |known: Option<CardPayment>| known.map(|known| view! { <Known known payment=payment.clone() form/> });
    view! { <Loaded from=known view=show/> }
}

#[component]
fn Known(known: CardPayment, payment: PaymentDetail, form: FormState<RefundToCard>) -> impl IntoView {
    let t = words();
    let may_refund = payment.row.unused.is_positive() && payment.reversal.is_none() && may("refund_payments");
    let refunding = may_refund.then(|| view! { <Refunding payment form/> });
    let columns = vec![
        Column::new(t.money.refunded_on(), move |refund: &CardRefund| format::date_time(local(refund.asked_at), t)),
        Column::new(t.gateway.state(), move |refund: &CardRefund| refund_badge(refund.state, t)),
        Column::new(t.gateway.name_there(), |refund: &CardRefund| refund.remote.clone().unwrap_or_default())
            .secondary(),
        Column::new(t.money.amount(), |refund: &CardRefund| money(refund.amount)).number(),
    ];
    let refunds = (!known.refunds.is_empty())
        .then(|| view! { <Table columns rows=known.refunds label=t.gateway.card_refunds()/> });
    view! {
        <Card title=t.gateway.by_gateway()>
            <Facts>
                <Fact label=t.gateway.mode()>{mode_name(known.mode, t)}</Fact>
                <Fact label=t.gateway.name_there()><code>{known.remote}</code></Fact>
                {known.fee.map(|fee| view! { <Fact label=t.gateway.fee()>{money(fee)}</Fact> })}
            </Facts>
            {refunds}
            {refunding}
        </Card>
    }
}

#[component]
fn Refunding(payment: PaymentDetail, form: FormState<RefundToCard>) -> impl IntoView {
    let t = words();
    let row = payment.row;
    view! {
        <Confirm id="card-refund" label=t.gateway.refund_to_card() title=t.gateway.refund_title() icon=Icon::Payment
                 open=form.was_refused()>
            <p>{t.gateway.refund_what(money(row.unused))}</p>
            <Form state=form>
                <input type="hidden" name="payment" value=row.id.to_string()/>
                <input type="hidden" name="form[idempotency_key]" value=format!("card-{}", payment.idempotency_key)/>
                <MoneyInput name="form[amount]" label=t.money.amount() currency=row.unused.currency().code()
                            value=row.unused.to_string()/>
                <Field name="form[reason]" label=t.money.reason() hint=t.money.refund_reason_hint() most=500/>
                <Submit variant=Variant::Primary>{t.gateway.refund_to_card()}</Submit>
            </Form>
        </Confirm>
    }
}
