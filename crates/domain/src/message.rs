//! Messages to customers: by which way, about what, in whose words, and when.

mod quiet;
mod template;

use serde::{Deserialize, Serialize};

use crate::contact::{Email, Language, Phone};
use crate::words::words;

pub use quiet::QuietHours;
pub use template::{Template, TemplateError, fill};

words! {
    /// How a message travels.
    pub enum Channel {
        Mail = "mail",
        Whatsapp = "whatsapp",
        Sms = "sms",
    }
}

words! {
    /// What a message is about.
    pub enum Purpose {
        /// Somebody's own account: an invitation, a new password.
        Account = "account",
        /// Staff are told of something.
        Alarm = "alarm",
        ReminderSoon = "reminder",
        ReminderLate = "reminder_late",
        LateFee = "late_fee",
        Cut = "cut",
        Restored = "restored",
        /// A saved card did not pay what was due.
        CardDeclined = "card_declined",
        /// Money that was on its way for days did not come.
        PaymentFailed = "payment_failed",
        /// A reported transfer was found: it is a payment.
        TransferApproved = "transfer_approved",
        /// A reported transfer was not found, or is not what was reported.
        TransferRejected = "transfer_rejected",
        /// Equipment will soon be the customer's own.
        LeaseEnds = "lease_ends",
        /// Somebody wrote back about a fault.
        TicketAnswered = "ticket_answered",
        /// An outage is over, for those who reported a fault of it.
        OutageOver = "outage_over",
        /// What staff wrote to many customers at once.
        Announcement = "announcement",
        /// An invoice or a credit note, mailed by staff.
        Document = "document",
    }
}

words! {
    pub enum MessageState {
        /// It has not left yet: its job waits, or is tried again.
        Waiting = "waiting",
        Sent = "sent",
        /// It was refused, or tried too often; its job can be repeated.
        Failed = "failed",
        /// It had become wrong before it could leave: what it reminds of is paid.
        Dropped = "dropped",
        /// Somebody took its job off the queue: it does not leave.
        Cancelled = "cancelled",
    }
}

impl Channel {
    /// Those that make a telephone ring: they need the provider's webhook, and keep quiet at night.
    pub fn rings(self) -> bool {
        match self {
            Self::Mail => false,
            Self::Whatsapp | Self::Sms => true,
        }
    }
}

impl Purpose {
    /// What customers are written about, in words that the provider can change.
    pub const TO_CUSTOMERS: &[Self] = &[
        Self::ReminderSoon,
        Self::ReminderLate,
        Self::LateFee,
        Self::Cut,
        Self::Restored,
        Self::LeaseEnds,
        Self::CardDeclined,
        Self::PaymentFailed,
        Self::TransferApproved,
        Self::TransferRejected,
        Self::TicketAnswered,
        Self::OutageOver,
        Self::Announcement,
        Self::Document,
    ];

    /// Whether customers are told of it also when they want only what they must know.
    pub fn is_essential(self) -> bool {
        match self {
            Self::Account
            | Self::Alarm
            | Self::ReminderLate
            | Self::LateFee
            | Self::Cut
            | Self::LeaseEnds
            | Self::CardDeclined
            | Self::PaymentFailed
            | Self::TransferApproved
            | Self::TransferRejected
            | Self::TicketAnswered
            | Self::OutageOver
            | Self::Document => true,
            Self::ReminderSoon | Self::Restored | Self::Announcement => false,
        }
    }

    /// The values that a template of it may use.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Self::Account | Self::Alarm => &[],
            Self::ReminderSoon => &["name", "company", "invoices", "amount", "link", "unsubscribe"],
            Self::ReminderLate => &["name", "company", "invoices", "amount", "link"],
            Self::LateFee => &["name", "company", "invoice", "number", "amount", "due", "link"],
            Self::Cut => &["name", "company", "because", "amount", "link"],
            Self::Restored => &["name", "company", "link", "unsubscribe"],
            Self::TicketAnswered => &["name", "company", "subject", "link"],
            Self::OutageOver => &["name", "company", "place", "link"],
            Self::Announcement => &["name", "company", "subject", "text", "link", "unsubscribe"],
            Self::Document => &["name", "company", "number", "amount", "link"],
            Self::CardDeclined => &["name", "company", "amount", "because", "next", "link"],
            Self::PaymentFailed => &["name", "company", "amount", "because", "link"],
            Self::TransferApproved => &["name", "company", "amount", "number", "link"],
            Self::TransferRejected => &["name", "company", "amount", "reference", "because", "link"],
            Self::LeaseEnds => &["name", "company", "equipment", "plan", "price", "day", "link"],
        }
    }
}

/// Where a customer can be reached, and how they want to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub name: String,
    pub language: Language,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub preference: Preference,
}

/// What a customer chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    pub channel: Channel,
    /// Nothing but what they must know.
    pub essential_only: bool,
}

impl Default for Preference {
    fn default() -> Self {
        Self { channel: Channel::Mail, essential_only: false }
    }
}

impl Addressee {
    /// The way to reach them about something: the one they chose, or else any that there is. `ringing` are the channels that
    /// the provider has. `None`: they do not want it, or there is no way.
    pub fn way(&self, purpose: Purpose, ringing: &[Channel]) -> Option<Channel> {
        if self.preference.essential_only && !purpose.is_essential() {
            return None;
        }
        let there_is = |channel: &Channel| match channel {
            Channel::Mail => self.email.is_some(),
            channel => self.phone.is_some() && ringing.contains(channel),
        };
        let chosen = std::iter::once(self.preference.channel);
        chosen.chain(Channel::ALL.iter().copied()).find(|channel| there_is(channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana(channel: Channel, essential_only: bool, email: bool, phone: bool) -> Addressee {
        Addressee {
            name: "Ana".to_owned(),
            language: Language::Spanish,
            email: email.then(|| "ana@example.com".parse().unwrap()),
            phone: phone.then(|| "+5215512345678".parse().unwrap()),
            preference: Preference { channel, essential_only },
        }
    }

    #[test]
    fn a_customer_is_reached_as_they_chose_or_else_as_they_can_be() {
        use Channel::{Mail, Sms, Whatsapp};
        let both = [Whatsapp, Sms];
        for (customer, ringing, expected) in [
            (ana(Mail, false, true, true), &both[..], Some(Mail)),
            (ana(Whatsapp, false, true, true), &both[..], Some(Whatsapp)),
            (ana(Whatsapp, false, true, true), &[][..], Some(Mail)),
            (ana(Whatsapp, false, true, false), &both[..], Some(Mail)),
            (ana(Mail, false, false, true), &both[..], Some(Whatsapp)),
            (ana(Mail, false, false, true), &[Sms][..], Some(Sms)),
            (ana(Mail, false, false, true), &[][..], None),
            (ana(Mail, true, true, true), &both[..], None),
        ] {
            assert_eq!(customer.way(Purpose::ReminderSoon, ringing), expected, "{customer:?}");
        }
        assert_eq!(ana(Mail, true, true, true).way(Purpose::Cut, &both), Some(Mail), "this they must know");
    }

    #[test]
    fn what_is_not_essential_says_how_to_be_left_alone() {
        for purpose in Purpose::TO_CUSTOMERS {
            assert_eq!(purpose.values().contains(&"unsubscribe"), !purpose.is_essential(), "{purpose}");
        }
    }
}
