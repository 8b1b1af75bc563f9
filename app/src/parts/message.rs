//! The words of messages, and the form in which a customer says how they want to be reached.

use domain::message::{Channel, MessageState, Purpose};
use domain::views::messages::PreferenceView;
use leptos::prelude::*;

use super::Reader;
use crate::{
    i18n::{Words, words},
    ui::{
        badge::Badge,
        form::{Checkbox, Select},
        icon::Icon,
        tone::Tone,
    },
};

#[must_use]
pub fn channel_name(channel: Channel, t: Words) -> &'static str {
    match channel {
        Channel::Mail => t.messages.mail(),
        Channel::Whatsapp => t.messages.whatsapp(),
        Channel::Sms => t.messages.sms(),
    }
}

#[must_use]
pub fn purpose_name(purpose: Purpose, t: Words) -> &'static str {
    match purpose {
        Purpose::Account => t.messages.account(),
        Purpose::Alarm => t.messages.alarm(),
        Purpose::ReminderSoon => t.messages.reminder(),
        Purpose::ReminderLate => t.messages.reminder_late(),
        Purpose::LateFee => t.messages.late_fee(),
        Purpose::Cut => t.messages.cut(),
        Purpose::Restored => t.messages.restored(),
        Purpose::LeaseEnds => t.messages.lease_ends(),
        Purpose::CardDeclined => t.gateway.message_declined(),
        Purpose::PaymentFailed => t.gateway.message_payment_failed(),
        Purpose::TransferApproved => t.transfers.message_approved(),
        Purpose::TransferRejected => t.transfers.message_rejected(),
        Purpose::TicketAnswered => t.tickets.message_answered(),
        Purpose::OutageOver => t.tickets.message_outage_over(),
        Purpose::Announcement => t.messages.announcement(),
        Purpose::Document => t.messages.document(),
    }
}

#[must_use]
pub fn message_state(state: MessageState, t: Words) -> &'static str {
    match state {
        MessageState::Waiting => t.messages.waiting(),
        MessageState::Sent => t.messages.sent(),
        MessageState::Failed => t.messages.failed(),
        MessageState::Dropped => t.messages.dropped(),
        MessageState::Cancelled => t.messages.cancelled(),
    }
}

#[must_use]
pub fn message_badge(state: MessageState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        MessageState::Waiting => (Tone::Accent, Icon::Clock),
        MessageState::Sent => (Tone::Ok, Icon::Check),
        MessageState::Failed => (Tone::Danger, Icon::Alert),
        MessageState::Dropped | MessageState::Cancelled => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=message_state(state, t)/> }.into_any()
}

/// Only channels that there are can be chosen, and the one that was chosen before.
#[component]
pub fn PreferenceFields(preference: PreferenceView, reader: Reader) -> impl IntoView {
    let t = words();
    let PreferenceView { preference, ringing, has_email, has_phone } = preference;
    let there_is = move |channel: &Channel| *channel == Channel::Mail || ringing.contains(channel);
    let offered = Channel::ALL.iter().filter(|channel| there_is(channel) || **channel == preference.channel);
    let choices = offered.map(|channel| (channel.word().to_owned(), channel_name(*channel, t).to_owned())).collect();
    let (essential, hint) = match reader {
        Reader::Staff => (t.messages.essential_only(), t.messages.essential_hint()),
        Reader::Customer => (t.messages.own_essential_only(), t.messages.own_essential_hint()),
    };
    let missing = match (has_email, has_phone) {
        (true, true) => None,
        (false, true) => Some(t.messages.no_email()),
        (true, false) => Some(t.messages.no_phone()),
        (false, false) => Some(t.messages.no_address()),
    };
    view! {
        {missing.map(|missing| view! { <p class="muted">{missing}</p> })}
        <Select name="preference[channel]" label=t.messages.by() hint=t.messages.by_hint() choices
                value=preference.channel.word()/>
        <Checkbox name="preference[essential_only]" label=essential hint checked=preference.essential_only/>
    }
}
