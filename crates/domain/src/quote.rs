//! The life of a quote (a pre-invoice), in one `match`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{InvoiceId, PaymentId};
use crate::words::words;

words! {
    /// What a quote is for.
    pub enum QuotePurpose {
        Sale = "sale",
        /// Revives a contract that was cut or closed.
        Reconnection = "reconnection",
    }
}

/// Where a quote is in its life, with what brought it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum QuoteState {
    /// Being prepared; it has no number.
    Draft,
    /// With the customer, who can accept or pay it until `valid_until`, that day included.
    Sent {
        on: NaiveDate,
        valid_until: NaiveDate,
    },
    /// The customer agreed, or staff did for them. The invoice follows.
    Accepted {
        on: NaiveDate,
    },
    /// Money came for it. The invoice follows.
    Paid {
        on: NaiveDate,
        payment: PaymentId,
    },
    Invoiced {
        invoice: InvoiceId,
    },
    Rejected {
        reason: String,
    },
}

words! {
    /// A quote's state as people see it on a day.
    pub enum QuoteStateName {
        Draft = "draft",
        Sent = "sent",
        Accepted = "accepted",
        Paid = "paid",
        Invoiced = "invoiced",
        Rejected = "rejected",
        /// Sent, and its last day has passed.
        Expired = "expired",
    }
}

/// What can happen to a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteEvent {
    Send { on: NaiveDate, valid_until: NaiveDate, lines: usize },
    Accept { on: NaiveDate },
    Pay { on: NaiveDate, payment: PaymentId },
    Invoice { invoice: InvoiceId },
    Reject { reason: String },
}

/// Why an event was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuoteError {
    #[error("a quote that is {state} cannot {event}")]
    NotAllowed { state: QuoteStateName, event: String },
    #[error("a quote without lines")]
    Empty,
    #[error("valid until {valid_until}")]
    Expired { valid_until: NaiveDate },
}

impl QuoteState {
    /// The whole life: what is not listed is refused with both names.
    pub fn apply(&self, event: QuoteEvent) -> Result<Self, QuoteError> {
        use QuoteEvent::{Accept, Invoice, Pay, Reject, Send};
        match (self, event) {
            (Self::Draft, Send { lines: 0, .. }) => Err(QuoteError::Empty),
            (Self::Draft, Send { on, valid_until, .. }) if valid_until < on => Err(QuoteError::Expired { valid_until }),
            (Self::Draft, Send { on, valid_until, .. }) => Ok(Self::Sent { on, valid_until }),
            (Self::Sent { valid_until, .. }, Accept { on } | Pay { on, .. }) if *valid_until < on => {
                Err(QuoteError::Expired { valid_until: *valid_until })
            }
            (Self::Sent { .. }, Accept { on }) => Ok(Self::Accepted { on }),
            (Self::Sent { .. }, Pay { on, payment }) => Ok(Self::Paid { on, payment }),
            (Self::Accepted { .. } | Self::Paid { .. }, Invoice { invoice }) => Ok(Self::Invoiced { invoice }),
            (Self::Draft | Self::Sent { .. }, Reject { reason }) => Ok(Self::Rejected { reason }),
            (state, event) => {
                Err(QuoteError::NotAllowed { state: state.stored_name(), event: event.name().to_owned() })
            }
        }
    }

    /// Without regard to the day: as it is stored.
    pub fn stored_name(&self) -> QuoteStateName {
        match self {
            Self::Draft => QuoteStateName::Draft,
            Self::Sent { .. } => QuoteStateName::Sent,
            Self::Accepted { .. } => QuoteStateName::Accepted,
            Self::Paid { .. } => QuoteStateName::Paid,
            Self::Invoiced { .. } => QuoteStateName::Invoiced,
            Self::Rejected { .. } => QuoteStateName::Rejected,
        }
    }

    /// As people see it on `today`.
    pub fn name_on(&self, today: NaiveDate) -> QuoteStateName {
        match self {
            Self::Sent { valid_until, .. } if *valid_until < today => QuoteStateName::Expired,
            state => state.stored_name(),
        }
    }
}

impl QuoteEvent {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Send { .. } => "send",
            Self::Accept { .. } => "accept",
            Self::Pay { .. } => "pay",
            Self::Invoice { .. } => "invoice",
            Self::Reject { .. } => "reject",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
    }

    fn sent() -> QuoteState {
        let send = QuoteEvent::Send { on: day(1), valid_until: day(8), lines: 1 };
        QuoteState::Draft.apply(send).unwrap()
    }

    fn pay(on: u32) -> QuoteEvent {
        QuoteEvent::Pay { on: day(on), payment: PaymentId(7) }
    }

    #[test]
    fn a_quote_is_sent_then_accepted_or_paid_then_invoiced() {
        let invoice = || QuoteEvent::Invoice { invoice: InvoiceId(9) };
        for agreed in [QuoteEvent::Accept { on: day(8) }, pay(8)] {
            let agreed = sent().apply(agreed).unwrap();
            assert_eq!(agreed.apply(invoice()), Ok(QuoteState::Invoiced { invoice: InvoiceId(9) }));
        }
    }

    #[test]
    fn it_is_good_on_its_last_day_and_expired_on_the_next() {
        assert_eq!(sent().name_on(day(8)), QuoteStateName::Sent);
        assert_eq!(sent().name_on(day(9)), QuoteStateName::Expired);
        let late = Err(QuoteError::Expired { valid_until: day(8) });
        assert_eq!(sent().apply(QuoteEvent::Accept { on: day(9) }), late);
        assert_eq!(sent().apply(pay(9)), late);
    }

    #[test]
    fn nothing_is_sent_without_lines_or_after_its_last_day() {
        let send = |lines, valid_until| QuoteState::Draft.apply(QuoteEvent::Send { on: day(2), valid_until, lines });
        assert_eq!(send(0, day(8)), Err(QuoteError::Empty));
        assert_eq!(send(1, day(1)), Err(QuoteError::Expired { valid_until: day(1) }));
    }

    #[test]
    fn what_was_agreed_is_neither_paid_again_nor_rejected() {
        let paid = sent().apply(pay(3)).unwrap();
        for event in [pay(4), QuoteEvent::Accept { on: day(4) }, QuoteEvent::Reject { reason: "late".to_owned() }] {
            let name = event.name().to_owned();
            assert_eq!(paid.apply(event), Err(QuoteError::NotAllowed { state: QuoteStateName::Paid, event: name }));
        }
    }
}
