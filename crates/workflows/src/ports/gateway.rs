//! Taking money by card through somebody else. Each gateway is one adapter; the next one is a file.
//!
//! Every call that changes something carries a key: called again with the same key, a gateway does nothing more and
//! answers what it answered before. Whoever calls writes the key down first.

use chrono::{DateTime, NaiveDate, Utc};
use domain::gateway::{GatewayMode, Provider, RemoteState};
use domain::money::Money;
use secrecy::SecretString;

use super::Answer;

/// What it takes to call a gateway, with the keys opened.
#[derive(Clone, Debug)]
pub struct GatewayAccess {
    pub provider: Provider,
    pub mode: GatewayMode,
    pub api_url: String,
    pub secret_key: SecretString,
    pub webhook_secret: SecretString,
}

/// Why a gateway did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayFailure {
    /// Later it may; or it was done and the answer was lost. The same key finds out.
    #[error("the gateway does not answer now: {0}")]
    NotNow(String),
    /// It does not know the keys: a person must enter others.
    #[error("the gateway does not know the keys: {0}")]
    Keys(String),
    /// Asked again it will refuse again.
    #[error("the gateway refuses: {0}")]
    Refused(String),
}

pub type Asked<'a, T> = Answer<'a, Result<T, GatewayFailure>>;

/// A page of the gateway's to pay on, as it is to be.
#[derive(Clone, Debug)]
pub struct NewCheckout {
    /// The idempotency key, and our name for it, which the gateway keeps and tells back.
    pub key: String,
    /// `None`: only a card is saved.
    pub amount: Option<Money>,
    pub description: String,
    /// Who pays, in the gateway's words; asked for when a card is to be saved.
    pub customer: Option<String>,
    pub saves_card: bool,
    pub language: &'static str,
    pub return_url: String,
    pub cancel_url: String,
}

/// A page to pay on, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    pub session: String,
    /// Our name for it.
    pub reference: Option<String>,
    /// Where people pay, while they can.
    pub url: Option<String>,
    pub intent: Option<String>,
    pub state: CheckoutState,
    /// The card that was saved, where only that was asked for.
    pub card: Option<RemoteCard>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutState {
    Open,
    Complete,
    Expired,
}

/// A payment as the gateway holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteIntent {
    pub intent: String,
    /// Our name for it.
    pub reference: Option<String>,
    pub state: RemoteState,
    /// What came in, once it succeeded.
    pub received: Money,
    pub charge: Option<String>,
    /// What the gateway kept for itself, as soon as it knows.
    pub fee: Option<Money>,
    pub refunds: Vec<RemoteRefund>,
    pub disputes: Vec<RemoteDispute>,
    pub customer: Option<String>,
    /// The card that paid, when it was saved.
    pub card: Option<RemoteCard>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteCard {
    pub remote: String,
    pub brand: String,
    pub last4: String,
    pub expires_month: u32,
    pub expires_year: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteRefund {
    pub refund: String,
    /// Our name for it; none when it was made at the gateway.
    pub reference: Option<String>,
    pub amount: Money,
    pub state: RemoteRefundState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteRefundState {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteDispute {
    pub dispute: String,
    pub amount: Money,
    pub reason: String,
    pub state: domain::gateway::DisputeState,
    /// What the gateway charges the provider for it.
    pub fee: Option<Money>,
    pub opened_at: DateTime<Utc>,
    pub due_by: Option<DateTime<Utc>>,
}

/// A saved card is to pay, without its owner being there.
#[derive(Clone, Debug)]
pub struct NewCharge {
    pub key: String,
    pub amount: Money,
    pub description: String,
    pub customer: String,
    pub card: String,
}

/// Money is to go back onto the card.
#[derive(Clone, Debug)]
pub struct NewRemoteRefund {
    pub key: String,
    pub intent: String,
    pub amount: Money,
}

/// Something that the gateway told, of which it is certain that the gateway told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldEvent {
    pub event: String,
    pub kind: String,
    pub mode: GatewayMode,
    pub happened_at: DateTime<Utc>,
}

/// What an event is about. Nothing else of it is believed: the gateway is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Session(String),
    Intent(String),
    /// Nothing of ours.
    Other,
}

/// A movement on the gateway's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteMovement {
    /// The charge, refund or dispute.
    pub of: String,
    pub amount: Money,
    pub fee: Money,
}

/// Why a delivery is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("there is no signature that can be read")]
    Unsigned,
    #[error("the signature is of another time")]
    OutOfTime,
    #[error("the signature is not ours")]
    WrongSignature,
    #[error("what is signed is not an event")]
    NotAnEvent,
}

/// A gateway.
pub trait Gateway: Send + Sync {
    /// Whether the keys are right, and of the mode that they were entered for.
    fn check<'a>(&'a self, access: &'a GatewayAccess) -> Asked<'a, ()>;

    /// Makes the customer known, and answers the gateway's name for them.
    fn add_customer<'a>(&'a self, access: &'a GatewayAccess, reference: &'a str, name: &'a str) -> Asked<'a, String>;

    fn open_checkout<'a>(&'a self, access: &'a GatewayAccess, wanted: &'a NewCheckout) -> Asked<'a, Checkout>;

    fn checkout<'a>(&'a self, access: &'a GatewayAccess, session: &'a str) -> Asked<'a, Checkout>;

    fn charge<'a>(&'a self, access: &'a GatewayAccess, wanted: &'a NewCharge) -> Asked<'a, RemoteIntent>;

    fn intent<'a>(&'a self, access: &'a GatewayAccess, intent: &'a str) -> Asked<'a, RemoteIntent>;

    /// The payment of a customer that carries our reference, if the gateway has one: for a key that is too old to be known.
    fn find_intent<'a>(
        &'a self,
        access: &'a GatewayAccess,
        customer: &'a str,
        reference: &'a str,
    ) -> Asked<'a, Option<RemoteIntent>>;

    fn refund<'a>(&'a self, access: &'a GatewayAccess, wanted: &'a NewRemoteRefund) -> Asked<'a, RemoteRefund>;

    fn forget_card<'a>(&'a self, access: &'a GatewayAccess, card: &'a str) -> Asked<'a, ()>;

    /// What moved on the gateway's account on these days, the last one included, by UTC.
    fn movements<'a>(
        &'a self,
        access: &'a GatewayAccess,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Asked<'a, Vec<RemoteMovement>>;

    /// Checks a delivery by its raw bytes.
    ///
    /// # Errors
    /// `Forged`: nothing of it may be believed.
    fn hear(
        &self,
        secret: &SecretString,
        signature: &str,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<ToldEvent, Forged>;

    /// What a stored event is about.
    fn about(&self, body: &str) -> About;
}
