//! Equipment to be collected from customers who are on the removal list.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, PageNumber};
use crate::failure::{Failure, FormCheck, optional};
use crate::form;
use crate::ids::{CollectionOrderId, ContractId, CustomerId, StockPlaceId};
use crate::words::words;

words! {
    /// How an order ended.
    pub enum CollectionOutcome {
        /// Fetched at the customer's.
        Collected = "collected",
        /// Brought by the customer.
        Returned = "returned",
        WrittenOff = "written_off",
        /// The customer is served again and keeps it.
        NotNeeded = "not_needed",
    }
}

impl CollectionOutcome {
    /// What staff may say; that it is no longer needed follows from the service.
    pub const BY_HAND: [Self; 3] = [Self::Collected, Self::Returned, Self::WrittenOff];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionOrderRow {
    pub id: CollectionOrderId,
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    pub phone: Option<String>,
    pub street: String,
    pub city: String,
    pub sector: Option<String>,
    /// The serial of the ONU, as far as it was known; may be empty.
    pub equipment: String,
    pub opened_on: NaiveDate,
    /// `None`: still to be collected.
    pub outcome: Option<CollectionOutcome>,
    pub note: String,
    /// Where it was brought.
    pub place: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<String>,
}

words! {
    /// The list's chips.
    pub enum CollectionStanding {
        Open = "open",
        Closed = "closed",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectionOrderFilter {
    pub standing: Option<CollectionStanding>,
    pub page: PageNumber,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseCollectionForm {
    pub outcome: String,
    /// Where it is brought: a place's id. Required when the stock knows what is to be collected.
    pub place: String,
    pub note: String,
}

impl CloseCollectionForm {
    pub fn check(&self) -> Result<(CollectionOutcome, Option<StockPlaceId>, String), Failure> {
        let mut check = FormCheck::default();
        let by_hand = |outcome: CollectionOutcome| {
            let may = CollectionOutcome::BY_HAND.contains(&outcome);
            if may { Ok(outcome) } else { Err(crate::failure::Problem::UnknownChoice) }
        };
        let outcome = check.take("outcome", form::choice(&self.outcome).and_then(by_hand));
        let note = check.take("note", optional(&self.note, 500)).map(Option::unwrap_or_default);
        let place = check.take("place", form::optional_choice(&self.place));
        check.answer((|| Some((outcome?, place?, note?)))())
    }
}
