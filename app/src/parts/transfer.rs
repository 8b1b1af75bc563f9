//! A reported transfer, for staff and customers: its state, and the form.

use domain::{
    transfer::{TransferState, Urgency},
    views::transfers::TransferOffer,
};
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    ui::{
        badge::Badge,
        form::{Field, FileInput, Kind, Select, Textarea},
        icon::Icon,
        tone::Tone,
    },
};

#[must_use]
pub fn state_word(state: TransferState, t: Words) -> &'static str {
    match state {
        TransferState::InReview => t.transfers.in_review(),
        TransferState::Approved => t.transfers.approved(),
        TransferState::Rejected => t.transfers.rejected(),
    }
}

/// The state; with an urgency, how long it may still wait.
#[must_use]
pub fn transfer_badge(state: TransferState, urgency: Option<Urgency>, t: Words) -> AnyView {
    let (tone, icon, label) = match (state, urgency) {
        (TransferState::InReview, Some(Urgency::Late)) => (Tone::Danger, Icon::Alert, t.transfers.late()),
        (TransferState::InReview, Some(Urgency::Soon)) => (Tone::Warn, Icon::Clock, t.transfers.soon()),
        (TransferState::InReview, _) => (Tone::Accent, Icon::Clock, state_word(state, t)),
        (TransferState::Approved, _) => (Tone::Ok, Icon::Check, state_word(state, t)),
        (TransferState::Rejected, _) => (Tone::Neutral, Icon::Close, state_word(state, t)),
    };
    view! { <Badge tone icon label/> }.into_any()
}

/// The fields of a report, inside its form.
#[component]
pub fn TransferFields(offer: TransferOffer) -> impl IntoView {
    let t = words();
    let amount = if offer.debt.is_positive() { offer.debt.to_string() } else { String::new() };
    let code = offer.currency.to_string();
    let currency = match offer.currencies.as_slice() {
        [_, _, ..] => {
            let choices = offer.currencies.iter().map(|code| (code.to_string(), code.to_string())).collect();
            view! { <Select name="transfer[currency]" label=t.money.currency() choices value=code/> }.into_any()
        }
        _ => view! { <input type="hidden" name="transfer[currency]" value=code/> }.into_any(),
    };
    view! {
        <input type="hidden" name="transfer[idempotency_key]" value=offer.idempotency_key/>
        <Field name="transfer[amount]" label=t.money.amount() kind=Kind::Decimal value=amount
               hint=t.transfers.amount_hint() most=20/>
        {currency}
        <Field name="transfer[paid_on]" label=t.transfers.paid_on() kind=Kind::Date value=offer.today.to_string()/>
        <Field name="transfer[bank]" label=t.transfers.bank() hint=t.transfers.bank_hint() most=80/>
        <Field name="transfer[reference]" label=t.money.reference() hint=t.transfers.reference_hint() most=80/>
        <Textarea name="transfer[note]" label=t.transfers.note() optional=true most=500/>
        <FileInput name="transfer[files]" label=t.transfers.evidence() hint=t.transfers.evidence_hint()/>
    }
}
