//! Paying by card: the customer's pages, and the office's.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::gateway::{CardRefundState, Decline, DisputeState, EventState, GatewayMode, IntentKind, IntentState};
use crate::ids::{
    CardRefundId, CustomerId, DisputeId, GatewayEventId, GatewayId, InvoiceId, PaymentId, PaymentIntentId, QuoteId,
    SavedCardId,
};
use crate::money::{Currency, Money};
use crate::words::words;

/// A card as its owner recognises it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCard {
    pub id: SavedCardId,
    /// As the gateway names it: `visa`.
    pub brand: String,
    pub last4: String,
    pub expires_month: u32,
    pub expires_year: i32,
}

/// The customer's page to pay on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PayOffer {
    pub owed: Vec<OwedRow>,
    /// Whether cards are taken.
    pub by_card: bool,
    /// The gateway is the demo's: no money moves.
    pub is_demo: bool,
    /// What is on its way already: it need not be paid again.
    pub on_its_way: Vec<Money>,
    /// A card that already pays what is due.
    pub automatic: Option<SavedCard>,
    /// The provider's own words for the other ways.
    pub how_to_pay: String,
    pub idempotency_key: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwedRow {
    pub invoice: InvoiceId,
    pub number: String,
    pub due_on: NaiveDate,
    pub is_late: bool,
    pub open: Money,
}

/// What to pay, as chosen. An invoice of another is not found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PayForm {
    pub invoices: Vec<String>,
    /// A box that is ticked: the card is saved and pays what is due from then on.
    pub automatic: bool,
    /// Made when the form is shown: the same form sent twice sets out once.
    pub idempotency_key: String,
}

/// How a payment by card stands, for the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckoutView {
    pub id: PaymentIntentId,
    pub kind: IntentKind,
    pub state: IntentState,
    pub amount: Money,
    /// The gateway's page, while it can be paid on.
    pub url: Option<String>,
    pub decline: Option<Decline>,
    pub payment: Option<Choice<PaymentId>>,
    pub quote: Option<QuoteId>,
    /// Connections that are still limited now.
    pub limited: i64,
    pub is_demo: bool,
}

/// The customer's saved cards, and whether one of them pays by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardsView {
    pub by_card: bool,
    pub is_demo: bool,
    pub cards: Vec<SavedCard>,
    pub automatic: Option<Automatic>,
    pub idempotency_key: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Automatic {
    pub card: SavedCardId,
    pub consented_at: DateTime<Utc>,
    /// Why the last try was declined, if nothing was paid since.
    pub declined: Option<(NaiveDate, Decline)>,
}

/// The gateway's settings, a line for each mode that has keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GatewaySettings {
    pub gateways: Vec<GatewayRow>,
    pub retry_days: String,
    /// Where the gateway sends its events, by mode.
    pub webhooks: Vec<(GatewayMode, String)>,
    /// Test keys take payments in a demo only.
    pub is_demo: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayRow {
    pub id: GatewayId,
    pub mode: GatewayMode,
    /// The key, masked.
    pub key_hint: String,
    pub api_url: String,
    pub is_on: bool,
}

/// Keys as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeysForm {
    pub mode: String,
    /// Blank: the stored one stays.
    pub secret_key: String,
    pub webhook_secret: String,
    pub api_url: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntentFilter {
    pub search: Option<String>,
    pub state: Option<IntentState>,
    pub kind: Option<IntentKind>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntentRow {
    pub id: PaymentIntentId,
    pub customer: Choice<CustomerId>,
    pub mode: GatewayMode,
    pub kind: IntentKind,
    pub state: IntentState,
    pub amount: Money,
    pub created_at: DateTime<Utc>,
    pub remote: Option<String>,
    pub decline: Option<Decline>,
    pub payment: Option<Choice<PaymentId>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventFilter {
    pub state: Option<EventState>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    pub id: GatewayEventId,
    pub remote: String,
    pub kind: String,
    pub mode: GatewayMode,
    pub received_at: DateTime<Utc>,
    pub deliveries: i32,
    pub state: EventState,
    pub because: Option<ParkedBecause>,
    pub customer: Option<Choice<CustomerId>>,
}

/// Why nothing came of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ParkedBecause {
    /// Of the other mode than its address is for.
    OtherMode,
    /// The gateway did not answer, or refused to.
    Gateway { words: String },
    /// A payment is denied of which some was given back before: which part is denied, a person must say.
    HasRefunds,
    /// Ours: the number is in the log.
    Incident { number: String },
    /// Its job was given up; the job says why.
    GivenUp,
}

words! {
    /// What a list of disputes is narrowed to.
    pub enum DisputeIs {
        /// Not decided: an inquiry, or money that was taken back.
        Open = "open",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisputeRow {
    pub id: DisputeId,
    pub customer: Choice<CustomerId>,
    pub payment: Option<Choice<PaymentId>>,
    pub remote: String,
    pub state: DisputeState,
    pub amount: Money,
    pub reason: String,
    pub opened_at: DateTime<Utc>,
    /// Until when the provider may answer the bank.
    pub due_by: Option<DateTime<Utc>>,
    pub returned: Option<Choice<PaymentId>>,
}

/// What the gateway knows of a payment of ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardPayment {
    pub mode: GatewayMode,
    pub remote: String,
    pub fee: Option<Money>,
    pub refunds: Vec<CardRefund>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardRefund {
    pub id: CardRefundId,
    pub asked_at: DateTime<Utc>,
    pub amount: Money,
    pub state: CardRefundState,
    pub remote: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardRefundForm {
    pub amount: String,
    pub reason: String,
    pub idempotency_key: String,
}

/// Ours against theirs, over some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reconciliation {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// `None`: no keys, or the gateway did not answer.
    pub compared: Option<Compared>,
    pub failed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Payments and refunds that are the same on both sides.
    pub agreed: i64,
    pub differences: Vec<Difference>,
    pub ours: Vec<Money>,
    pub theirs: Vec<Money>,
    pub fees: Vec<Money>,
}

/// What one side has otherwise than the other. Money that came in is positive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The gateway's name for it.
    pub remote: String,
    pub ours: Option<Money>,
    pub theirs: Option<Money>,
    pub payment: Option<Choice<PaymentId>>,
}

/// A movement, on either side.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    pub remote: String,
    pub amount: Money,
    pub payment: Option<Choice<PaymentId>>,
}

/// Matches both sides by the gateway's names.
pub fn compare(ours: Vec<Movement>, theirs: Vec<Movement>) -> (i64, Vec<Difference>) {
    let mut theirs: std::collections::BTreeMap<String, Money> =
        theirs.into_iter().map(|movement| (movement.remote, movement.amount)).collect();
    let (mut agreed, mut differences) = (0, Vec::new());
    for movement in ours {
        let other = theirs.remove(&movement.remote);
        if other == Some(movement.amount) {
            agreed += 1;
            continue;
        }
        let (remote, payment) = (movement.remote, movement.payment);
        differences.push(Difference { remote, ours: Some(movement.amount), theirs: other, payment });
    }
    let unknown = theirs.into_iter().map(|(remote, amount)| Difference {
        remote,
        ours: None,
        theirs: Some(amount),
        payment: None,
    });
    differences.extend(unknown);
    (agreed, differences)
}

/// Amounts of several currencies, one sum each, in the order of their codes.
pub fn sums(amounts: impl IntoIterator<Item = Money>) -> Vec<Money> {
    let mut sums: std::collections::BTreeMap<Currency, Money> = std::collections::BTreeMap::new();
    for amount in amounts {
        let sum = sums.entry(amount.currency()).or_insert_with(|| Money::zero(amount.currency()));
        *sum = sum.checked_add(amount).unwrap_or(*sum);
    }
    sums.into_values().collect()
}

pub type IntentList = Page<IntentRow>;
pub type EventList = Page<EventRow>;

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(remote: &str, amount: &str) -> Movement {
        let amount = Money::new(amount.parse().unwrap(), Currency::USD);
        Movement { remote: remote.to_owned(), amount, payment: None }
    }

    #[test]
    fn what_differs_is_named_on_both_sides() {
        let ours = vec![moved("ch_1", "10"), moved("ch_2", "20"), moved("ch_3", "30")];
        let theirs = vec![moved("ch_1", "10"), moved("ch_2", "21"), moved("ch_4", "40")];
        let (agreed, differences) = compare(ours, theirs);
        let told = differences.iter().map(|one| (one.remote.as_str(), one.ours.is_some(), one.theirs.is_some()));
        assert_eq!(agreed, 1);
        assert_eq!(told.collect::<Vec<_>>(), [("ch_2", true, true), ("ch_3", true, false), ("ch_4", false, true)]);
    }
}
