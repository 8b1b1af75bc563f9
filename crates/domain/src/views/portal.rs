//! What customers see of themselves, on a phone. Nothing here is the provider's own business: no staff notes, no devices.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::collections::OverdueEvidence;
use crate::contract::ContractStateName;
use crate::ids::ContractId;
use crate::money::Money;
use crate::plan::Speed;
use crate::portal::Asking;
use crate::service::{HoldReason, ServiceState, TechnicalState};
use crate::views::tickets::KnownOutage;

/// The first screen: what do I owe, and does it work?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PortalHome {
    pub name: String,
    /// Owed on all invoices, due or not: an amount for each currency, and none where nothing is.
    pub owed: Vec<Money>,
    /// The part of it that is past due.
    pub overdue: Vec<Money>,
    /// Paid, and not used by any invoice yet.
    pub credit: Vec<Money>,
    /// When the oldest open invoice is, or was, due.
    pub due_on: Option<NaiveDate>,
    /// Those that are over come last.
    pub contracts: Vec<PortalContract>,
}

/// One connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PortalContract {
    pub id: ContractId,
    pub code: String,
    /// Where it is installed.
    pub street: String,
    pub city: String,
    /// What was bought, the connection first.
    pub plans: Vec<String>,
    pub speed: Option<Speed>,
    pub state: ContractStateName,
    pub service: ServiceState,
    pub service_since: Option<NaiveDate>,
    /// Why the service is cut; empty while it is not.
    pub cut_because: Vec<CutReason>,
    /// What the network was last read to hold, and when it was read; `None` before it was set up.
    pub network: Option<PortalNetwork>,
    pub next_invoice_on: Option<NaiveDate>,
    /// What the next invoice will come to, with tax, as things stand.
    pub next_amount: Option<Money>,
    /// Whether it is to be read and accepted.
    pub asking: Asking,
    /// The promise that holds the cut: how much, until when.
    pub promised: Option<(Money, NaiveDate)>,
    /// Something is late, and a promise may be made.
    pub may_promise: bool,
    /// What is down there, as far as we know.
    pub outage: Option<KnownOutage>,
    /// A reported transfer keeps the service on until that day.
    pub provisional_until: Option<NaiveDate>,
}

/// Why a customer is cut, as far as it is the customer's to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutReason {
    /// A debt: the rule and the invoices.
    Overdue { evidence: OverdueEvidence },
    /// The customer's own holiday, up to the day of return.
    Paused { until: NaiveDate },
    /// Anything else: since when; the customer is asked to get in touch.
    Other { reason: HoldReason, since: NaiveDate },
}

/// What the network holds for a connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PortalNetwork {
    pub state: TechnicalState,
    /// What it should hold: while it differs, the change is on its way.
    pub wanted: TechnicalState,
    pub read_at: Option<DateTime<Utc>>,
}
