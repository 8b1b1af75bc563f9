//! Cards: the gateway's keys, what was paid by it, what it told, what was denied, and both sides compared.

pub mod api;
mod disputes;
mod events;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod payments;
mod report;
mod settings;
mod settled;

pub use disputes::DisputesPage;
pub use events::EventsPage;
pub use payments::CardPaymentsPage;
pub use report::ReportPage;
pub use settings::GatewayPage;
pub use settled::OfPayment;

use domain::gateway::{CardRefundState, DisputeState, EventState, GatewayMode, IntentKind, IntentState};
use domain::ids::PaymentId;
use domain::views::list::Choice;
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    ui::{badge::Badge, button::LinkButton, icon::Icon, tone::Tone},
};

/// The way from each of these pages to the others.
#[component]
fn Tabs(here: &'static str) -> impl IntoView {
    let t = words();
    let pages = [
        ("/office/gateway/payments", t.gateway.card_payments(), Icon::Payment),
        ("/office/gateway/events", t.gateway.events(), Icon::Job),
        ("/office/gateway/disputes", t.gateway.disputes(), Icon::Alert),
        ("/office/gateway/report", t.gateway.report(), Icon::Audit),
    ];
    let others = pages.into_iter().filter(|(href, ..)| *href != here);
    others.map(|(href, name, icon)| view! { <LinkButton href icon>{name}</LinkButton> }).collect_view()
}

/// Where all of these pages are found.
fn places(t: Words) -> Vec<(String, String)> {
    vec![(t.gateway.title().to_owned(), "/office/gateway".to_owned())]
}

fn payment_link(payment: Option<&Choice<PaymentId>>) -> Option<AnyView> {
    payment.map(|payment| {
        let (href, name) = (format!("/office/payments/{}", payment.id), payment.name.clone());
        view! { <a href=href>{name}</a> }.into_any()
    })
}

fn mode_name(mode: GatewayMode, t: Words) -> &'static str {
    match mode {
        GatewayMode::Test => t.gateway.mode_test(),
        GatewayMode::Live => t.gateway.mode_live(),
    }
}

fn kind_name(kind: IntentKind, t: Words) -> &'static str {
    match kind {
        IntentKind::Checkout => t.gateway.kind_checkout(),
        IntentKind::Setup => t.gateway.kind_setup(),
        IntentKind::Automatic => t.gateway.kind_automatic(),
    }
}

fn state_name(state: IntentState, t: Words) -> &'static str {
    match state {
        IntentState::Created => t.gateway.state_created(),
        IntentState::Open => t.gateway.state_open(),
        IntentState::Processing => t.gateway.state_processing(),
        IntentState::Paid => t.gateway.state_paid(),
        IntentState::Failed => t.gateway.state_failed(),
        IntentState::Cancelled => t.gateway.state_cancelled(),
        IntentState::Expired => t.gateway.state_expired(),
    }
}

fn state_badge(state: IntentState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        IntentState::Created | IntentState::Open => (Tone::Neutral, Icon::Clock),
        IntentState::Processing => (Tone::Accent, Icon::Clock),
        IntentState::Paid => (Tone::Ok, Icon::Check),
        IntentState::Failed => (Tone::Danger, Icon::Alert),
        IntentState::Cancelled | IntentState::Expired => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=state_name(state, t)/> }.into_any()
}

fn event_state_name(state: EventState, t: Words) -> &'static str {
    match state {
        EventState::Stored => t.gateway.event_stored(),
        EventState::Processed => t.gateway.event_processed(),
        EventState::Ignored => t.gateway.event_ignored(),
        EventState::Refused => t.gateway.event_refused(),
        EventState::Parked => t.gateway.event_parked(),
    }
}

fn event_badge(state: EventState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        EventState::Stored => (Tone::Accent, Icon::Clock),
        EventState::Processed => (Tone::Ok, Icon::Check),
        EventState::Ignored => (Tone::Neutral, Icon::Info),
        EventState::Refused => (Tone::Warn, Icon::Close),
        EventState::Parked => (Tone::Danger, Icon::Alert),
    };
    view! { <Badge tone icon label=event_state_name(state, t)/> }.into_any()
}

fn dispute_state_name(state: DisputeState, t: Words) -> &'static str {
    match state {
        DisputeState::Inquiry => t.gateway.dispute_inquiry(),
        DisputeState::Open => t.gateway.dispute_open(),
        DisputeState::Won => t.gateway.dispute_won(),
        DisputeState::Lost => t.gateway.dispute_lost(),
        DisputeState::Closed => t.gateway.dispute_closed(),
    }
}

fn dispute_badge(state: DisputeState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        DisputeState::Inquiry => (Tone::Warn, Icon::Info),
        DisputeState::Open => (Tone::Danger, Icon::Alert),
        DisputeState::Won => (Tone::Ok, Icon::Check),
        DisputeState::Lost | DisputeState::Closed => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=dispute_state_name(state, t)/> }.into_any()
}

fn refund_badge(state: CardRefundState, t: Words) -> AnyView {
    let (tone, icon, label) = match state {
        CardRefundState::Asked => (Tone::Accent, Icon::Clock, t.gateway.refund_asked()),
        CardRefundState::Pending => (Tone::Accent, Icon::Clock, t.gateway.refund_pending()),
        CardRefundState::Succeeded => (Tone::Ok, Icon::Check, t.gateway.refund_succeeded()),
        CardRefundState::Failed => (Tone::Danger, Icon::Alert, t.gateway.refund_failed()),
    };
    view! { <Badge tone icon label/> }.into_any()
}
