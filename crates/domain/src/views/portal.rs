//! What customers see of themselves, on a phone. Nothing here is the provider's own business: no staff notes, no devices.

use std::cmp::Ordering;

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
    /// Paid and not arrived yet, by card or by a transfer that waits for its review: it need not be paid again.
    pub on_its_way: Vec<Money>,
    /// Paid, and not used by any invoice yet.
    pub credit: Vec<Money>,
    /// When the oldest open invoice is, or was, due.
    pub due_on: Option<NaiveDate>,
    /// Those that are over come last.
    pub contracts: Vec<PortalContract>,
}

impl PortalHome {
    /// What is on its way pays all that is owed: nothing is left for the customer to do.
    pub fn waits_for_its_money(&self) -> bool {
        let is_covered =
            |owed: &Money| self.on_its_way.iter().any(|coming| coming.checked_cmp(*owed).is_ok_and(Ordering::is_ge));
        !self.owed.is_empty() && self.owed.iter().all(is_covered)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn moneys(amounts: &[(&str, &str)]) -> Vec<Money> {
        let money = |(amount, currency): &(&str, &str)| Money::new(amount.parse().unwrap(), currency.parse().unwrap());
        amounts.iter().map(money).collect()
    }

    #[test]
    fn what_is_on_its_way_is_waited_for_when_it_pays_all_that_is_owed() {
        let (usd, more, less) = (("30.00", "USD"), ("30.01", "USD"), ("29.99", "USD"));
        let eur = ("30.00", "EUR");
        for (owed, on_its_way, expected) in [
            (&[usd][..], &[usd][..], true),
            (&[usd][..], &[eur, more][..], true),
            (&[usd][..], &[less][..], false),
            (&[usd][..], &[eur][..], false),
            (&[usd][..], &[][..], false),
            (&[eur, usd][..], &[usd][..], false),
            (&[][..], &[usd][..], false),
        ] {
            let home = PortalHome {
                name: String::new(),
                owed: moneys(owed),
                overdue: Vec::new(),
                on_its_way: moneys(on_its_way),
                credit: Vec::new(),
                due_on: None,
                contracts: Vec::new(),
            };
            assert_eq!(home.waits_for_its_money(), expected, "{owed:?} {on_its_way:?}");
        }
    }
}
