//! What Stripe answers, as far as it is read, and what that means here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::gateway::{Decline, DisputeState, GatewayMode, RemoteState, from_minor};
use domain::money::{Currency, Money};
use serde::Deserialize;
use serde_json::Value;
use workflows::ports::gateway::{
    About, Checkout, CheckoutState, GatewayFailure, RemoteCard, RemoteDispute, RemoteIntent, RemoteMovement,
    RemoteRefund, RemoteRefundState, ToldEvent,
};

/// Our name for something, in its metadata.
const OURS: &str = "ramal";

type Answered<T> = Result<T, GatewayFailure>;

/// By its name, or whole where that was asked for.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Part<T> {
    Name(String),
    Whole(T),
}

impl<T> Part<T> {
    fn whole(self) -> Option<T> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Name(_) => None,
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct Named {
    pub id: String,
}

impl Part<Named> {
    fn name(&self) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Whole(named) => named.id.clone(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct List<T> {
    pub data: Vec<T>,
    #[serde(default)]
    pub has_more: bool,
}

#[derive(Debug, Deserialize)]
pub struct Session {
    id: String,
    url: Option<String>,
    status: Option<String>,
    client_reference_id: Option<String>,
    payment_intent: Option<Part<Named>>,
    setup_intent: Option<Part<SetupIntent>>,
}

#[derive(Debug, Deserialize)]
pub struct SetupIntent {
    payment_method: Option<Part<Method>>,
}

#[derive(Debug, Deserialize)]
pub struct Method {
    id: String,
    card: Option<Card>,
}

#[derive(Debug, Deserialize)]
pub struct Card {
    brand: String,
    last4: String,
    exp_month: u32,
    exp_year: i32,
}

impl Session {
    pub fn checkout(self) -> Answered<Checkout> {
        let state = match self.status.as_deref() {
            Some("open") => CheckoutState::Open,
            Some("complete") => CheckoutState::Complete,
            Some("expired") => CheckoutState::Expired,
            other => return Err(unknown("a session that is", other)),
        };
        let method = self.setup_intent.and_then(Part::whole).and_then(|setup| setup.payment_method?.whole());
        Ok(Checkout {
            session: self.id,
            reference: self.client_reference_id,
            url: self.url,
            intent: self.payment_intent.map(|intent| intent.name()),
            state,
            card: method.and_then(Method::card),
        })
    }
}

impl Method {
    fn card(self) -> Option<RemoteCard> {
        let card = self.card?;
        Some(RemoteCard {
            remote: self.id,
            brand: card.brand,
            last4: card.last4,
            expires_month: card.exp_month,
            expires_year: card.exp_year,
        })
    }
}

#[derive(Debug, Deserialize)]
pub struct Intent {
    pub id: String,
    status: String,
    amount_received: i64,
    currency: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    latest_charge: Option<Part<Charge>>,
    last_payment_error: Option<Refusal>,
    customer: Option<Part<Named>>,
    payment_method: Option<Part<Method>>,
    setup_future_usage: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Charge {
    id: String,
    #[serde(default)]
    disputed: bool,
    balance_transaction: Option<Part<Fee>>,
    refunds: Option<List<Refund>>,
}

#[derive(Debug, Deserialize)]
pub struct Fee {
    fee: i64,
    currency: String,
}

#[derive(Debug, Deserialize)]
pub struct Refusal {
    code: Option<String>,
    decline_code: Option<String>,
    message: Option<String>,
}

impl Intent {
    pub fn is_called(&self, reference: &str) -> bool {
        self.metadata.get(OURS).is_some_and(|ours| ours == reference)
    }

    pub fn is_disputed(&self) -> bool {
        matches!(&self.latest_charge, Some(Part::Whole(charge)) if charge.disputed)
    }

    pub fn remote(self, disputes: Vec<Dispute>) -> Answered<RemoteIntent> {
        let state = state(&self.status, self.last_payment_error)?;
        let received = money(self.amount_received, &self.currency)?;
        let (mut charge, mut fee, mut refunds) = (None, None, Vec::new());
        match self.latest_charge {
            Some(Part::Whole(whole)) => {
                let kept = whole.balance_transaction.and_then(Part::whole);
                fee = kept.map(|kept| money(kept.fee, &kept.currency)).transpose()?;
                refunds = whole.refunds.map(|list| list.data).unwrap_or_default();
                charge = Some(whole.id);
            }
            Some(Part::Name(name)) => charge = Some(name),
            None => {}
        }
        let keeps_card = self.setup_future_usage.is_some() && self.customer.is_some();
        let method = self.payment_method.and_then(Part::whole).filter(|_| keeps_card);
        Ok(RemoteIntent {
            intent: self.id,
            reference: self.metadata.get(OURS).cloned(),
            state,
            received,
            charge,
            fee,
            refunds: refunds.into_iter().map(Refund::remote).collect::<Answered<_>>()?,
            disputes: disputes.into_iter().map(Dispute::remote).collect::<Answered<_>>()?,
            customer: self.customer.map(|customer| customer.name()),
            card: method.and_then(Method::card),
        })
    }
}

fn state(status: &str, error: Option<Refusal>) -> Answered<RemoteState> {
    let decline = error.map(|error| Decline {
        code: error.decline_code.or(error.code).unwrap_or_else(|| "declined".to_owned()),
        words: error.message.unwrap_or_default(),
    });
    Ok(match status {
        "succeeded" => RemoteState::Succeeded,
        "processing" => RemoteState::Processing,
        "canceled" => RemoteState::Cancelled,
        "requires_payment_method" => RemoteState::Waiting(decline),
        "requires_action" | "requires_confirmation" | "requires_capture" => RemoteState::Waiting(None),
        other => return Err(unknown("a payment that is", Some(other))),
    })
}

#[derive(Debug, Deserialize)]
pub struct Refund {
    id: String,
    amount: i64,
    currency: String,
    status: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

impl Refund {
    pub fn remote(self) -> Answered<RemoteRefund> {
        let state = match self.status.as_deref() {
            Some("succeeded") => RemoteRefundState::Succeeded,
            Some("failed" | "canceled") => RemoteRefundState::Failed,
            Some("pending" | "requires_action") | None => RemoteRefundState::Pending,
            other => return Err(unknown("a refund that is", other)),
        };
        let amount = money(self.amount, &self.currency)?;
        Ok(RemoteRefund { refund: self.id, reference: self.metadata.get(OURS).cloned(), amount, state })
    }
}

#[derive(Debug, Deserialize)]
pub struct Dispute {
    id: String,
    amount: i64,
    currency: String,
    reason: String,
    status: String,
    created: i64,
    #[serde(default)]
    balance_transactions: Vec<Fee>,
    evidence_details: Option<EvidenceDetails>,
}

#[derive(Debug, Deserialize)]
pub struct EvidenceDetails {
    due_by: Option<i64>,
}

impl Dispute {
    fn remote(self) -> Answered<RemoteDispute> {
        let state = match self.status.as_str() {
            "needs_response" | "under_review" => DisputeState::Open,
            "won" => DisputeState::Won,
            "lost" => DisputeState::Lost,
            // Settled before any money moved.
            "warning_closed" | "prevented" => DisputeState::Closed,
            // Questions of the bank.
            _ => DisputeState::Inquiry,
        };
        let fee = self.balance_transactions.iter().find(|kept| kept.fee > 0);
        Ok(RemoteDispute {
            dispute: self.id,
            amount: money(self.amount, &self.currency)?,
            reason: self.reason,
            state,
            fee: fee.map(|kept| money(kept.fee, &kept.currency)).transpose()?,
            opened_at: moment(self.created)?,
            due_by: self.evidence_details.and_then(|details| details.due_by).map(moment).transpose()?,
        })
    }
}

#[derive(Debug, Deserialize)]
pub struct Movement {
    pub id: String,
    amount: i64,
    fee: i64,
    currency: String,
    #[serde(rename = "type")]
    kind: String,
    source: Option<Source>,
}

/// In the currency that was paid in, where the account may settle in another.
#[derive(Debug, Deserialize)]
pub struct Source {
    id: String,
    amount: i64,
    currency: String,
}

/// What moved for each charge, refund and dispute; what moved forth and back again is nothing.
pub fn movements(found: Vec<Movement>) -> Answered<Vec<RemoteMovement>> {
    let mut sums: BTreeMap<String, RemoteMovement> = BTreeMap::new();
    let ours =
        ["charge", "payment", "refund", "payment_refund", "refund_failure", "payment_failure_refund", "adjustment"];
    for movement in found.into_iter().filter(|movement| ours.contains(&movement.kind.as_str())) {
        let Some(source) = movement.source else { continue };
        let amount = money(source.amount, &source.currency)?;
        let amount = if movement.amount < 0 { -amount } else { amount };
        let fee = money(movement.fee, &movement.currency)?;
        let nothing = |of: &str| RemoteMovement {
            of: of.to_owned(),
            amount: Money::zero(amount.currency()),
            fee: Money::zero(fee.currency()),
        };
        let sum = sums.entry(source.id.clone()).or_insert_with(|| nothing(&source.id));
        sum.amount = sum.amount.checked_add(amount).unwrap_or(sum.amount);
        sum.fee = sum.fee.checked_add(fee).unwrap_or(sum.fee);
    }
    Ok(sums.into_values().filter(|movement| !movement.amount.is_zero()).collect())
}

#[derive(Debug, Deserialize)]
pub struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    livemode: bool,
    created: i64,
    data: Data,
}

#[derive(Debug, Deserialize)]
pub struct Data {
    object: Value,
}

impl Event {
    pub fn told(self) -> Option<ToldEvent> {
        let mode = if self.livemode { GatewayMode::Live } else { GatewayMode::Test };
        let happened_at = DateTime::from_timestamp(self.created, 0)?;
        Some(ToldEvent { event: self.id, kind: self.kind, mode, happened_at })
    }

    pub fn about(&self) -> About {
        let text = |name: &str| self.data.object.get(name).and_then(Value::as_str).map(str::to_owned);
        let about = match text("object").as_deref() {
            Some("checkout.session") => text("id").map(About::Session),
            Some("payment_intent") => text("id").map(About::Intent),
            Some("charge" | "refund" | "dispute") => text("payment_intent").map(About::Intent),
            _ => None,
        };
        about.unwrap_or(About::Other)
    }
}

fn money(minor: i64, currency: &str) -> Answered<Money> {
    let currency: Currency = currency.to_ascii_uppercase().parse().map_err(refused)?;
    from_minor(minor, currency).map_err(refused)
}

fn moment(seconds: i64) -> Answered<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| unknown("a moment", None))
}

fn refused(error: impl std::fmt::Display) -> GatewayFailure {
    GatewayFailure::Refused(error.to_string())
}

fn unknown(what: &str, word: Option<&str>) -> GatewayFailure {
    GatewayFailure::Refused(format!("{what} {}", word.unwrap_or("nothing known")))
}
