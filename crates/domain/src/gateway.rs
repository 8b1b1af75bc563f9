//! Paying by card through a gateway: the life of what was set out to be paid, when a declined card is tried again, and
//! amounts as gateways count them.

mod minor;
mod retry;

pub use minor::{AmountError, charged, from_minor, is_still_owed, to_minor};
pub use retry::{RetryDays, Tries, answered_since};

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// Whose gateway it is: what the next adapter adds its word to.
    pub enum Provider {
        Stripe = "stripe",
    }
}

words! {
    /// Keys for trying out, or for money.
    pub enum GatewayMode {
        Test = "test",
        Live = "live",
    }
}

words! {
    pub enum IntentKind {
        /// The customer pays on the gateway's page.
        Checkout = "checkout",
        /// Only a card is saved.
        Setup = "setup",
        /// A night pays what is due from a saved card.
        Automatic = "automatic",
    }
}

words! {
    pub enum IntentState {
        /// Written down; the gateway has not answered yet.
        Created = "created",
        /// The gateway waits for the customer, or for the next try.
        Open = "open",
        /// The money is on its way: methods that take days.
        Processing = "processing",
        Paid = "paid",
        /// Declined, and not to be tried again.
        Failed = "failed",
        /// Given up before anything was charged.
        Cancelled = "cancelled",
        /// Nobody paid in time.
        Expired = "expired",
    }
}

words! {
    /// What became of something that the gateway told.
    pub enum EventState {
        /// It is there, and nothing was done about it yet.
        Stored = "stored",
        Processed = "processed",
        /// Of a kind that changes nothing here.
        Ignored = "ignored",
        /// It is genuine, and yet not for this side: of the other mode.
        Refused = "refused",
        /// Somebody must look.
        Parked = "parked",
    }
}

words! {
    pub enum DisputeState {
        /// The bank asks; no money has moved.
        Inquiry = "inquiry",
        /// The money was taken back.
        Open = "open",
        Won = "won",
        Lost = "lost",
        /// The bank asks no more, and no money has moved.
        Closed = "closed",
    }
}

words! {
    pub enum CardRefundState {
        /// Booked here; the gateway has not answered yet.
        Asked = "asked",
        Pending = "pending",
        Succeeded = "succeeded",
        /// The money came back: it is the customer's credit again.
        Failed = "failed",
    }
}

/// What a gateway was read to hold of an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemoteState {
    /// Waits for the customer; with the last try's refusal, if there was one.
    Waiting(Option<Decline>),
    Processing,
    Succeeded,
    /// Refused, and the page to pay on is closed.
    Failed(Decline),
    Cancelled,
    Expired,
}

impl RemoteState {
    pub fn decline(&self) -> Option<&Decline> {
        match self {
            Self::Waiting(decline) => decline.as_ref(),
            Self::Failed(decline) => Some(decline),
            Self::Processing | Self::Succeeded | Self::Cancelled | Self::Expired => None,
        }
    }
}

/// Why a card was declined, in the gateway's code and words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decline {
    pub code: String,
    pub words: String,
}

/// Codes after which trying the same card again cannot help: the customer must do something first.
const FINAL: [&str; 15] = [
    "authentication_required",
    "card_not_supported",
    "currency_not_supported",
    "expired_card",
    "fraudulent",
    "incorrect_number",
    "invalid_account",
    "lost_card",
    "new_account_information_available",
    "pickup_card",
    "refused",
    "restricted_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "stolen_card",
];

/// What a refusal means for whoever pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclineReason {
    Funds,
    Expired,
    Blocked,
    /// The bank wants the cardholder to confirm.
    Authentication,
    Mistyped,
    Other,
}

impl Decline {
    pub fn is_final(&self) -> bool {
        FINAL.contains(&self.code.as_str())
    }

    pub fn reason(&self) -> DeclineReason {
        match self.code.as_str() {
            "insufficient_funds" => DeclineReason::Funds,
            "expired_card" => DeclineReason::Expired,
            "lost_card" | "stolen_card" | "pickup_card" | "restricted_card" => DeclineReason::Blocked,
            "authentication_required" => DeclineReason::Authentication,
            "incorrect_number" | "incorrect_cvc" | "invalid_cvc" | "invalid_number" => DeclineReason::Mistyped,
            _ => DeclineReason::Other,
        }
    }
}

impl IntentState {
    /// Whether money may still come of it.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Created | Self::Open | Self::Processing)
    }

    /// Where an intent is after the gateway was read. Paid is the end: what happens to the money later is of the payment.
    pub fn after(self, kind: IntentKind, remote: &RemoteState) -> Self {
        match (self, kind, remote) {
            (Self::Paid, ..) | (_, _, RemoteState::Succeeded) => Self::Paid,
            (_, _, RemoteState::Processing) => Self::Processing,
            (_, _, RemoteState::Cancelled) => Self::Cancelled,
            (_, _, RemoteState::Expired) => Self::Expired,
            // The next try of an automatic payment is an intent of its own.
            (_, IntentKind::Automatic, RemoteState::Waiting(Some(_))) => Self::Failed,
            (_, _, RemoteState::Failed(_)) => Self::Failed,
            (Self::Failed | Self::Cancelled | Self::Expired, _, RemoteState::Waiting(_)) => self,
            (_, _, RemoteState::Waiting(_)) => Self::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decline(code: &str) -> Decline {
        Decline { code: code.to_owned(), words: String::new() }
    }

    fn declined(code: &str) -> RemoteState {
        RemoteState::Waiting(Some(decline(code)))
    }

    #[test]
    fn the_life_of_an_intent_whatever_is_read_in_whatever_order() {
        use IntentState::{Cancelled, Created, Expired, Failed, Open, Paid, Processing};
        let table = [
            (Created, IntentKind::Checkout, RemoteState::Waiting(None), Open),
            (Open, IntentKind::Checkout, declined("card_declined"), Open),
            (Open, IntentKind::Checkout, RemoteState::Processing, Processing),
            (Processing, IntentKind::Checkout, RemoteState::Failed(decline("insufficient_funds")), Failed),
            (Processing, IntentKind::Checkout, RemoteState::Succeeded, Paid),
            (Open, IntentKind::Checkout, RemoteState::Expired, Expired),
            (Expired, IntentKind::Checkout, RemoteState::Succeeded, Paid),
            (Cancelled, IntentKind::Checkout, RemoteState::Waiting(None), Cancelled),
            (Created, IntentKind::Automatic, declined("card_declined"), Failed),
            (Created, IntentKind::Automatic, RemoteState::Succeeded, Paid),
        ];
        for (before, kind, remote, after) in table {
            assert_eq!(before.after(kind, &remote), after, "{before:?} {kind:?} {remote:?}");
        }
        let all = [declined("x"), RemoteState::Processing, RemoteState::Cancelled, RemoteState::Expired];
        assert!(all.iter().all(|remote| Paid.after(IntentKind::Checkout, remote) == Paid), "paid stays paid");
    }

    #[test]
    fn a_stolen_card_is_not_tried_again_and_an_empty_account_is() {
        assert!(decline("stolen_card").is_final());
        assert!(!decline("insufficient_funds").is_final());
    }
}
