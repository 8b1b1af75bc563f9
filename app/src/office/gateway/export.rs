//! What happened at the card gateway, to take away.

use domain::views::gateway::{DisputeRow, EventRow, IntentRow};
use domain::views::list::Page;

use super::api::{list_card_payments, list_disputes, list_gateway_events};
use super::{dispute_state_name, event_state_name, kind_name, mode_name, state_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing, whole};
use crate::parts::card::decline_words;

pub(in crate::office) fn payments(t: Words) -> Listing {
    Columns::<IntentRow>::begin()
        .moment(t.gateway.begun(), |row| row.created_at)
        .text(t.money.customer(), |row| row.customer.name.clone())
        .text(t.gateway.kind(), move |row| kind_name(row.kind, t))
        .text(t.gateway.state(), move |row| state_name(row.state, t))
        .text(t.gateway.reason(), move |row| row.decline.as_ref().map(|decline| decline_words(decline, t)))
        .text(t.money.receipt(), |row| row.payment.as_ref().map(|payment| payment.name.clone()))
        .text(t.gateway.mode(), move |row| mode_name(row.mode, t))
        .text(t.gateway.name_there(), |row| row.remote.clone())
        .money(t.money.amount(), |row| row.amount)
        .currency(t.accounts.currency(), |row| row.amount)
        .of(list_card_payments, |page: Page<IntentRow>| page)
}

pub(in crate::office) fn events(t: Words) -> Listing {
    Columns::<EventRow>::begin()
        .moment(t.gateway.received(), |row| row.received_at)
        .text(t.gateway.event(), |row| row.kind.clone())
        .text(t.money.customer(), |row| row.customer.as_ref().map(|customer| customer.name.clone()))
        .text(t.gateway.state(), move |row| event_state_name(row.state, t))
        .text(t.gateway.mode(), move |row| mode_name(row.mode, t))
        .text(t.gateway.name_there(), |row| row.remote.clone())
        .count(t.gateway.deliveries(), |row| row.deliveries)
        .of(list_gateway_events, |page: Page<EventRow>| page)
}

pub(in crate::office) fn disputes(t: Words) -> Listing {
    Columns::<DisputeRow>::begin()
        .moment(t.gateway.opened(), |row| row.opened_at)
        .text(t.money.customer(), |row| row.customer.name.clone())
        .text(t.gateway.state(), move |row| dispute_state_name(row.state, t))
        .moment(t.gateway.answer_by(), |row| row.due_by)
        .text(t.gateway.reason(), |row| row.reason.clone())
        .text(t.money.receipt(), |row| row.payment.as_ref().map(|payment| payment.name.clone()))
        .text(t.gateway.returned(), |row| row.returned.as_ref().map(|payment| payment.name.clone()))
        .money(t.money.amount(), |row| row.amount)
        .currency(t.accounts.currency(), |row| row.amount)
        .of(list_disputes, whole)
}
