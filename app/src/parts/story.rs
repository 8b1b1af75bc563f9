//! The story of a contract, worded for staff and for the customer.

mod links;

use domain::{
    collections::PromiseOutcome,
    leasing::LeaseState,
    plan_change::ChangeState,
    plant::PortNow,
    service::{HoldEffect, HoldReason, ServiceState, TechnicalState},
    timeline::{Event, LiftReason},
    views::timeline::TimelineEntry,
    work_order::VisitOutcome,
};

use super::{
    Reader,
    amount::{money, payment_method},
    because::credit_because,
    change::change_summary,
    cut,
    discount::discount,
    late_fee::why_charged,
    message::{channel_name, purpose_name},
    promise,
    state::{
        collection_outcome, hold_effect, hold_reason, service_look, service_state, technical_look, technical_state,
    },
    stock::{move_word, own_move_word},
    terms::period,
    work::visited,
};
use crate::{
    i18n::Words,
    surroundings::local,
    ui::{format, icon::Icon, timeline::Moment, tone::Tone},
};

/// Entries of a timeline, in their order, for `ui::timeline::Timeline`. Call it while a page is drawn: the clocks are
/// among the page's contexts.
#[must_use]
pub fn moments(entries: &[TimelineEntry], reader: Reader, t: Words) -> Vec<Moment> {
    let seen = |entry: &&TimelineEntry| reader == Reader::Staff || entry.event.is_for_customer();
    entries.iter().filter(seen).map(|entry| moment(entry, reader, t)).collect()
}

fn moment(entry: &TimelineEntry, reader: Reader, t: Words) -> Moment {
    let (tone, icon) = look(&entry.event);
    let title = match reader {
        Reader::Staff => staff_title(&entry.event, t),
        Reader::Customer => customer_title(&entry.event, t),
    };
    let who = match reader {
        Reader::Staff if entry.by_system => t.parts.automatic().to_owned(),
        Reader::Staff => entry.actor.clone(),
        Reader::Customer => String::new(),
    };
    Moment {
        at: entry.at.to_rfc3339(),
        when: format::date_time(local(entry.at), t),
        icon,
        tone,
        title,
        detail: capitalized(&detail(entry, reader, t)),
        who,
        href: links::link(&entry.event, reader),
    }
}

fn look(event: &Event) -> (Tone, Icon) {
    match event {
        Event::ContractDrafted => (Tone::Neutral, Icon::Edit),
        Event::ContractSigned { .. } => (Tone::Accent, Icon::Contract),
        Event::ContractActivated { .. } => (Tone::Ok, Icon::Play),
        Event::ContractClosed { .. } => (Tone::Neutral, Icon::Close),
        Event::ServiceReconnected { .. } => (Tone::Ok, Icon::Signal),
        Event::ContractImported { .. } => (Tone::Neutral, Icon::Download),
        Event::DiscountChanged { .. } => (Tone::Neutral, Icon::Plan),
        Event::InvoiceIssued { .. } => (Tone::Neutral, Icon::Invoice),
        Event::LateFeeCharged { .. } => (Tone::Warn, Icon::Invoice),
        Event::InvoiceVoided { .. } => (Tone::Neutral, Icon::Close),
        Event::CreditNoteIssued { .. } => (Tone::Ok, Icon::Invoice),
        Event::PaymentReceived { .. } => (Tone::Ok, Icon::Payment),
        Event::HoldPlaced { effect: HoldEffect::Throttle | HoldEffect::SoftCut, .. } => (Tone::Warn, Icon::Pause),
        Event::PaymentRefunded { .. } | Event::CreditRefunded { .. } => (Tone::Neutral, Icon::Payment),
        Event::PaymentReversed { .. } | Event::TransferRejected { .. } => (Tone::Danger, Icon::Alert),
        Event::TransferReported { .. } => (Tone::Accent, Icon::Clock),
        Event::Change { now: ChangeState::Applied { .. }, .. } => (Tone::Ok, Icon::Check),
        Event::Change { now: ChangeState::Rejected { .. }, .. } => (Tone::Danger, Icon::Close),
        Event::Change { .. } => (Tone::Accent, Icon::Clock),
        Event::Moved { .. } => (Tone::Accent, Icon::Sector),
        Event::Port { .. } => (Tone::Neutral, Icon::Sector),
        Event::HolderChanged { .. } => (Tone::Accent, Icon::Customers),
        Event::Leased { .. } | Event::LeaseEndsSoon { .. } => (Tone::Accent, Icon::Device),
        Event::LeaseEnded { .. } => (Tone::Ok, Icon::Device),
        Event::HoldPlaced { .. } => (Tone::Danger, Icon::Cut),
        Event::HoldLifted { .. } | Event::ContractAccepted { .. } => (Tone::Ok, Icon::Check),
        Event::ServiceStateChanged { to, .. } => service_look(*to),
        Event::TechnicalStateRead { to, .. } => technical_look(*to),
        Event::ProvisioningGivenUp { .. } | Event::OutageBegan { .. } => (Tone::Danger, Icon::Alert),
        Event::OutageOver { .. } => (Tone::Ok, Icon::Signal),
        Event::MessageSent { .. } => (Tone::Neutral, Icon::Mail),
        Event::FileAdded { .. } => (Tone::Neutral, Icon::Download),
        Event::CollectionOrdered { .. } => (Tone::Warn, Icon::Device),
        Event::CollectionClosed { .. } => (Tone::Neutral, Icon::Device),
        Event::Equipment { .. } => (Tone::Neutral, Icon::Device),
        Event::PromiseMade { .. } => (Tone::Accent, Icon::Clock),
        Event::TicketOpened { .. } => (Tone::Warn, Icon::Alert),
        Event::TicketResolved { .. } => (Tone::Ok, Icon::Check),
        Event::Visited { outcome: VisitOutcome::Done, .. } => (Tone::Ok, Icon::Check),
        Event::Visited { outcome: VisitOutcome::Failed, .. } => (Tone::Warn, Icon::Alert),
        Event::PromiseEnded { outcome: PromiseOutcome::Kept, .. } => (Tone::Ok, Icon::Check),
        Event::PromiseEnded { outcome: PromiseOutcome::Broken, .. } => (Tone::Danger, Icon::Alert),
        Event::PromiseEnded { outcome: PromiseOutcome::Cancelled, .. } => (Tone::Neutral, Icon::Close),
    }
}

fn staff_title(event: &Event, t: Words) -> String {
    let plain = match event {
        Event::ServiceReconnected { number, .. } => return t.parts.reconnected(number),
        Event::ContractImported { source } => return t.parts.imported(source),
        Event::ContractAccepted { name } => return t.parts.accepted(name),
        Event::InvoiceIssued { number, total, .. } => return t.parts.issued(number, money(*total)),
        Event::LateFeeCharged { number, total, .. } => return t.parts.fee_charged(number, money(*total)),
        Event::InvoiceVoided { number, .. } => return t.parts.voided(number),
        Event::CreditNoteIssued { number, total, .. } => return t.changes.credit_note_issued(number, money(*total)),
        Event::PaymentReceived { amount, .. } => return t.parts.paid(money(*amount)),
        Event::PaymentRefunded { amount, .. } | Event::CreditRefunded { amount, .. } => {
            return t.parts.refunded(money(*amount));
        }
        Event::PaymentReversed { amount, .. } => return t.parts.bounced(money(*amount)),
        Event::TransferReported { amount, .. } => return t.parts.transfer_reported(money(*amount)),
        Event::TransferRejected { amount, .. } => return t.parts.transfer_rejected(money(*amount)),
        Event::HolderChanged { from, to, .. } => return t.changes.holder_changed(from, to),
        Event::Port { port, now } => return port_title(port, *now, t),
        Event::Change { .. }
        | Event::Moved { .. }
        | Event::Leased { .. }
        | Event::LeaseEndsSoon { .. }
        | Event::LeaseEnded { .. } => return changed(event, Reader::Staff, t),
        Event::HoldPlaced { reason, effect, .. } => {
            return t.parts.held(hold_reason(*reason, Reader::Staff, t), hold_effect(*effect, t));
        }
        Event::HoldLifted { reason, effect, .. } => {
            return t.parts.lifted(hold_reason(*reason, Reader::Staff, t), hold_effect(*effect, t));
        }
        Event::ServiceStateChanged { from, to } => {
            return t.parts.service_changed(service_state(*from, t), service_state(*to, t));
        }
        Event::TechnicalStateRead { router, to, .. } => return t.parts.read(router, technical_state(*to, t)),
        Event::ProvisioningGivenUp { router } => return t.parts.given_up(router),
        Event::MessageSent { purpose, .. } => return t.parts.message_sent(purpose_name(*purpose, t)),
        Event::OutageBegan { place, .. } => return t.parts.outage_began(place),
        Event::OutageOver { place, .. } => return t.parts.outage_over(place),
        Event::FileAdded { name, .. } => return t.parts.file_added(name),
        Event::PromiseMade { .. } | Event::PromiseEnded { .. } => return promise_title(event, t),
        Event::TicketOpened { .. } | Event::TicketResolved { .. } => ticket_title(event, t),
        Event::Visited { work, outcome, .. } => return visited(*work, *outcome, t),
        Event::Equipment { what, .. } => move_word(*what, t),
        Event::CollectionOrdered { .. } => t.collections.ordered(),
        Event::CollectionClosed { outcome, .. } => {
            return t.collections.order_closed(collection_outcome(*outcome, t));
        }
        Event::DiscountChanged { discount: Some(_), .. } => t.parts.discounted(),
        Event::DiscountChanged { discount: None, .. } => t.parts.discount_ended(),
        Event::ContractDrafted => t.parts.drafted(),
        Event::ContractSigned { .. } => t.parts.signed(),
        Event::ContractActivated { .. } => t.parts.activated(),
        Event::ContractClosed { .. } => t.parts.closed(),
    };
    plain.to_owned()
}

fn customer_title(event: &Event, t: Words) -> String {
    let plain = match event {
        Event::InvoiceIssued { number, total, .. } => return t.parts.own_issued(number, money(*total)),
        Event::LateFeeCharged { number, total, .. } => return t.parts.fee_charged(number, money(*total)),
        Event::InvoiceVoided { number, .. } => return t.parts.own_voided(number),
        Event::CreditNoteIssued { number, total, .. } => {
            return t.changes.own_credit_note_issued(number, money(*total));
        }
        Event::PaymentReceived { amount, .. } => return t.parts.own_paid(money(*amount)),
        Event::PaymentRefunded { amount, .. } | Event::CreditRefunded { amount, .. } => {
            return t.parts.own_refunded(money(*amount));
        }
        Event::PaymentReversed { amount, .. } => return t.parts.own_bounced(money(*amount)),
        Event::TransferReported { amount, .. } => return t.parts.own_transfer_reported(money(*amount)),
        Event::TransferRejected { amount, .. } => return t.parts.own_transfer_rejected(money(*amount)),
        Event::HolderChanged { .. } => t.changes.own_holder_changed(),
        Event::Change { .. }
        | Event::Moved { .. }
        | Event::Leased { .. }
        | Event::LeaseEndsSoon { .. }
        | Event::LeaseEnded { .. } => return changed(event, Reader::Customer, t),
        Event::HoldLifted { reason: HoldReason::Overdue, because: LiftReason::Paid, .. } => t.parts.own_paid_up(),
        Event::HoldLifted { reason, .. } => return t.parts.own_lifted(hold_reason(*reason, Reader::Customer, t)),
        Event::HoldPlaced { reason, .. } => hold_reason(*reason, Reader::Customer, t),
        Event::ServiceStateChanged { to, .. } => own_service(*to, t),
        Event::TechnicalStateRead { to, .. } => own_line(*to, t),
        Event::ServiceReconnected { number, .. } => return t.parts.own_reconnected(number),
        Event::DiscountChanged { discount: Some(_), .. } => t.parts.own_discounted(),
        Event::DiscountChanged { discount: None, .. } => t.parts.own_discount_ended(),
        Event::ContractSigned { .. } => t.parts.own_signed(),
        Event::ContractAccepted { .. } => t.parts.own_accepted(),
        Event::ContractActivated { .. } => t.parts.own_activated(),
        Event::ContractClosed { .. } => t.parts.own_closed(),
        Event::ContractImported { .. } => t.parts.own_imported(),
        Event::PromiseMade { .. } | Event::PromiseEnded { .. } => return promise_title(event, t),
        Event::TicketOpened { .. } | Event::TicketResolved { .. } => ticket_title(event, t),
        Event::Visited { work, outcome, .. } => return visited(*work, *outcome, t),
        Event::Equipment { what, .. } => own_move_word(*what, t),
        // Not for customers: see `Event::is_for_customer`.
        Event::ContractDrafted
        | Event::Port { .. }
        | Event::ProvisioningGivenUp { .. }
        | Event::MessageSent { .. }
        | Event::OutageBegan { .. }
        | Event::OutageOver { .. }
        | Event::FileAdded { .. }
        | Event::CollectionOrdered { .. }
        | Event::CollectionClosed { .. } => "",
    };
    plain.to_owned()
}

fn port_title(port: &str, now: PortNow, t: Words) -> String {
    match now {
        PortNow::Reserved => t.plant.told_reserved(port),
        PortNow::Connected => t.plant.told_connected(port),
        PortNow::Released => t.plant.told_released(port),
        PortNow::Expired => t.plant.told_expired(port),
    }
}

fn ticket_title(event: &Event, t: Words) -> &'static str {
    if matches!(event, Event::TicketOpened { .. }) { t.tickets.story_opened() } else { t.tickets.story_resolved() }
}

fn promise_title(event: &Event, t: Words) -> String {
    let title = match event {
        Event::PromiseEnded { outcome: PromiseOutcome::Kept, .. } => t.parts.promise_kept(),
        Event::PromiseEnded { outcome: PromiseOutcome::Broken, .. } => t.parts.promise_broken(),
        Event::PromiseEnded { .. } => t.parts.promise_cancelled(),
        _ => t.collections.promise(),
    };
    title.to_owned()
}

/// Changes, moves and leases.
fn changed(event: &Event, reader: Reader, t: Words) -> String {
    match event {
        Event::Change { what, now } => {
            let what = change_summary(what, t);
            match now {
                ChangeState::Requested => t.changes.told_requested(what),
                ChangeState::Approved { on } => t.changes.told_approved(what, format::date(*on, t)),
                ChangeState::Applied { .. } => t.changes.told_applied(what),
                ChangeState::Rejected { .. } => t.changes.told_rejected(what),
                ChangeState::Withdrawn => t.changes.told_withdrawn(what),
            }
        }
        Event::Moved { to, .. } => t.changes.moved(to),
        Event::Leased { equipment, until } => t.changes.leased(equipment, format::date(*until, t)),
        Event::LeaseEndsSoon { equipment, on, .. } => t.changes.lease_soon(equipment, format::date(*on, t)),
        Event::LeaseEnded { equipment, now: LeaseState::Returned { .. } } => t.changes.equipment_returned(equipment),
        Event::LeaseEnded { equipment, .. } => match reader {
            Reader::Staff => t.changes.equipment_passed(equipment),
            Reader::Customer => t.changes.own_equipment_passed(equipment),
        },
        _ => String::new(),
    }
}

fn own_service(state: ServiceState, t: Words) -> &'static str {
    match state {
        ServiceState::None => t.parts.own_ended(),
        ServiceState::Active => t.parts.own_in_service(),
        ServiceState::Throttled => t.parts.own_throttled(),
        ServiceState::Suspended => t.parts.own_suspended(),
        ServiceState::Disabled => t.parts.own_cut(),
        ServiceState::RemovalList => t.parts.own_removal(),
    }
}

fn own_line(state: TechnicalState, t: Words) -> &'static str {
    match state {
        TechnicalState::Unprovisioned => t.parts.own_line_none(),
        TechnicalState::Active => t.parts.own_line_on(),
        TechnicalState::Suspended => t.parts.own_line_limited(),
        TechnicalState::Cut => t.parts.own_line_off(),
    }
}

/// Why, with its evidence.
fn detail(entry: &TimelineEntry, reader: Reader, t: Words) -> String {
    match (&entry.event, reader) {
        (Event::ContractSigned { on } | Event::ContractActivated { on }, _) if *on != entry.on => {
            t.parts.dated(format::date(*on, t))
        }
        (Event::InvoiceIssued { due_on, period: Some(range), .. }, _) => {
            t.parts.period_due(period(range, t), format::date(*due_on, t))
        }
        (Event::CreditNoteIssued { corrects, because, .. }, _) => {
            t.changes.corrects_because(corrects, credit_because(because, t))
        }
        (Event::LateFeeCharged { evidence, .. }, _) => why_charged(evidence, t),
        (Event::InvoiceIssued { due_on, .. }, _) => t.parts.due(format::date(*due_on, t)),
        (Event::PaymentReceived { receipt, method, .. }, _) => t.parts.receipt(receipt, payment_method(*method, t)),
        (Event::PaymentRefunded { receipt, method, .. }, Reader::Customer) => {
            t.parts.receipt(receipt, payment_method(*method, t))
        }
        (Event::PaymentRefunded { receipt, reason, .. } | Event::PaymentReversed { receipt, reason, .. }, _) => {
            t.parts.of_receipt(receipt, reason)
        }
        (Event::CreditRefunded { number, method, .. }, Reader::Customer) => {
            t.parts.of_credit_note(number, payment_method(*method, t))
        }
        (Event::CreditRefunded { number, reason, .. }, Reader::Staff) => t.parts.of_credit_note(number, reason),
        (Event::TransferReported { reference, .. }, _) => t.parts.with_reference(reference),
        (Event::TransferRejected { reference, reason, .. }, _) => {
            format!("{}. {reason}", t.parts.with_reference(reference))
        }
        (Event::Change { now: ChangeState::Rejected { reason }, .. }, _) => reason.clone(),
        (Event::Moved { from, .. }, _) => t.changes.moved_from(from),
        (Event::LeaseEndsSoon { plan, .. }, _) => t.changes.lease_soon_plan(plan),
        (Event::HoldPlaced { evidence, .. }, _) => cut::evidence(evidence, reader, t),
        (Event::DiscountChanged { line, discount: Some(off) }, _) => format!("{line}: {}", discount(off, t)),
        (Event::DiscountChanged { line, discount: None }, _) => line.clone(),
        (Event::ContractClosed { reason, .. } | Event::InvoiceVoided { reason, .. }, Reader::Staff) => reason.clone(),
        (Event::HoldLifted { because, .. }, Reader::Staff) => match because {
            LiftReason::Paid => t.parts.lifted_paid().to_owned(),
            LiftReason::Decision { why } => why.clone(),
            LiftReason::Reconnected { quote } => t.parts.lifted_reconnected(quote),
            LiftReason::ContractClosed => t.parts.lifted_closed().to_owned(),
            LiftReason::PauseOver => t.changes.lifted_pause().to_owned(),
            LiftReason::Promised => t.parts.lifted_promised().to_owned(),
            LiftReason::Provisional { until } => t.tickets.lifted_provisional(format::date(*until, t)),
        },
        (Event::PromiseMade { amount, until } | Event::PromiseEnded { amount, until, .. }, _) => {
            promise::sentence(*amount, *until, t)
        }
        (Event::TicketOpened { ticket, subject } | Event::TicketResolved { ticket, subject }, _) => {
            format!("{} {subject}", ticket.code())
        }
        (Event::TechnicalStateRead { from, .. }, Reader::Staff) => t.parts.read_before(technical_state(*from, t)),
        (Event::CollectionOrdered { equipment } | Event::CollectionClosed { equipment, .. }, _) => equipment.clone(),
        (Event::Equipment { name, .. }, _) => name.clone(),
        (Event::MessageSent { channel, to, .. }, _) => format!("{} · {to}", channel_name(*channel, t)),
        (Event::OutageBegan { reason, .. }, _) => reason.clone(),
        (Event::FileAdded { ticket, .. }, _) => ticket.code(),
        (Event::ProvisioningGivenUp { .. }, _) => t.parts.given_up_hint().to_owned(),
        _ => String::new(),
    }
}

pub(crate) fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
