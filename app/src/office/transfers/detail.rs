//! One transfer: what was reported, what approving it does, and the decision.

use domain::invoice::PaymentMethod;
use domain::transfer::TransferState;
use domain::views::transfers::{TransferDetail, TransferRow};
use leptos::prelude::*;

use super::api::{ApproveTransfer, RejectTransfer, show_transfer};
use crate::{
    i18n::{Words, words},
    office::payments::{Typed, WillPay},
    parts::{amount::money, ticket::Files, transfer::transfer_badge},
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Field, Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn TransferPage() -> impl IntoView {
    let id = use_id();
    let (approve, reject) = (use_form::<ApproveTransfer>(), use_form::<RejectTransfer>());
    let done = reject.done();
    let transfer =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { show_transfer(id?).await });
    view! { <Loaded from=transfer view=move |transfer| view! { <Transfer transfer approve reject/> }/> }
}

#[component]
fn Transfer(
    transfer: TransferDetail,
    approve: FormState<ApproveTransfer>,
    reject: FormState<RejectTransfer>,
) -> impl IntoView {
    let t = words();
    let row = transfer.row.clone();
    let places = vec![(t.transfers.title().to_owned(), "/office/transfers".to_owned())];
    let deciding = (row.state == TransferState::InReview && may("review_transfers")).then(|| {
        view! {
            <Approving row=row.clone() form=approve/>
            <Rejecting row=row.clone() form=reject/>
        }
    });
    let will_pay = transfer.counter.clone().map(|counter| {
        let (amount, currency) = (row.amount.to_string(), row.amount.currency());
        let typed = RwSignal::new(Typed { amount, currency, method: PaymentMethod::Transfer, invoice: None });
        view! { <Card title=t.money.will_pay()><WillPay counter typed/></Card> }
    });
    view! {
        <PageHeader title=t.transfers.one(row.id.code()) summary=story(&transfer, t) places
                    state=transfer_badge(row.state, row.urgency, t)>
            {deciding}
        </PageHeader>
        <div class="columns" data-wide="true">
            <Card title=t.transfers.reported_data()><Reported transfer/></Card>
            {will_pay}
        </div>
    }
}

/// The state and its reason in a sentence.
fn story(transfer: &TransferDetail, t: Words) -> String {
    let row = &transfer.row;
    let decided = transfer.decided_at.map(|at| format::date_time(local(at), t)).unwrap_or_default();
    match row.state {
        TransferState::InReview => t.transfers.story_in_review(format::date_time(local(row.due_at), t)),
        TransferState::Approved => t.transfers.story_approved(decided),
        TransferState::Rejected => t.transfers.story_rejected(decided, row.reject_reason.clone().unwrap_or_default()),
    }
}

#[component]
fn Reported(transfer: TransferDetail) -> impl IntoView {
    let t = words();
    let row = transfer.row;
    let customer = format!("/office/customers/{}", row.customer.id);
    let reported_at = format::date_time(local(row.reported_at), t);
    let reported = match transfer.reported_by {
        Some(name) => t.money.recorded_by(reported_at, name),
        None => reported_at,
    };
    let evidence = transfer.evidence.map(|file| {
        view! { <Fact label=t.transfers.evidence()><Files files=vec![file]/></Fact> }
    });
    let until = row.provisional_until.map(|until| {
        view! { <Fact label=t.transfers.provisional()>{format::long_date(until, t)}</Fact> }
    });
    let payment = row.payment.map(|payment| {
        let href = format!("/office/payments/{}", payment.id);
        view! { <Fact label=t.money.receipt()><a href=href>{payment.name}</a></Fact> }
    });
    view! {
        <Facts>
            <Fact label=t.money.customer()><a href=customer>{row.customer.name}</a></Fact>
            <Fact label=t.money.amount()>{money(row.amount)}</Fact>
            <Fact label=t.transfers.bank()>{row.bank}</Fact>
            <Fact label=t.money.reference()>{row.reference}</Fact>
            <Fact label=t.transfers.paid_on()>{format::long_date(row.paid_on, t)}</Fact>
            {(!transfer.note.is_empty()).then(|| view! { <Fact label=t.transfers.note()>{transfer.note}</Fact> })}
            {evidence}
            <Fact label=t.transfers.reported()>{reported}</Fact>
            {until}
            {transfer.decided_by.map(|name| view! { <Fact label=t.transfers.decided_by()>{name}</Fact> })}
            {payment}
        </Facts>
    }
}

#[component]
fn Approving(row: TransferRow, form: FormState<ApproveTransfer>) -> impl IntoView {
    let t = words();
    let what = t.transfers.approve_what(money(row.amount), &row.customer.name);
    view! {
        <Confirm id="approve" label=t.transfers.approve() title=t.transfers.approve_title() variant=Variant::Primary
                 icon=Icon::Check open=form.was_refused()>
            <p>{what}</p>
            <Form state=form>
                <input type="hidden" name="report" value=row.id.to_string()/>
                <Submit variant=Variant::Primary>{t.transfers.approve()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn Rejecting(row: TransferRow, form: FormState<RejectTransfer>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="reject" label=t.transfers.reject() title=t.transfers.reject_title() variant=Variant::Danger
                 icon=Icon::Close open=form.was_refused()>
            <p>{t.transfers.reject_what()}</p>
            <Form state=form>
                <input type="hidden" name="report" value=row.id.to_string()/>
                <Field name="reason" label=t.transfers.reason() hint=t.transfers.reason_hint() most=500/>
                <Submit variant=Variant::Danger>{t.transfers.reject()}</Submit>
            </Form>
        </Confirm>
    }
}
