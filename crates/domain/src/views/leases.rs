//! Leases: the list of what is leased and ends when, and the form.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::{Choice, PageNumber};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{ContractId, ContractLineId, CustomerId, LeaseId, PlanId, SectorId};
use crate::leasing::{LeaseState, LeaseStateName, LeaseTerm};
use crate::money::Money;
use crate::price::UnitPrice;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeaseRow {
    pub id: LeaseId,
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    /// The line that charges service and equipment together.
    pub line: ContractLineId,
    pub equipment: String,
    pub serial: Option<String>,
    pub term: LeaseTerm,
    pub plan_after: Choice<PlanId>,
    pub price_after: UnitPrice,
    pub state: LeaseState,
    /// On the day of the page, without tax.
    pub owed: Money,
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaseFilter {
    /// Words out of the contract's code, the customer's name, the equipment or its serial.
    pub search: Option<String>,
    pub state: Option<LeaseStateName>,
    pub contract: Option<ContractId>,
    pub sector: Option<SectorId>,
    /// The commitment ends on that day or before.
    pub ends_by: Option<NaiveDate>,
    pub page: PageNumber,
}

/// Equipment for an active contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaseForm {
    /// The line that charges service and equipment together.
    pub line: String,
    pub equipment: String,
    pub serial: String,
    /// Without tax.
    pub value: String,
    pub commitment_end: String,
    /// The service alone: what the contract moves to at the end.
    pub plan_after: String,
    /// Blank: the plan's price.
    pub price_after: String,
}

/// A checked [`LeaseForm`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseWish {
    pub line: ContractLineId,
    pub equipment: String,
    pub serial: Option<String>,
    pub value: UnitPrice,
    pub commitment_end: NaiveDate,
    pub plan_after: PlanId,
    pub price_after: Option<UnitPrice>,
}

impl LeaseForm {
    /// # Errors
    /// `Fields`: the commitment ends after today.
    pub fn check(&self, today: NaiveDate) -> Result<LeaseWish, Failure> {
        let mut form = FormCheck::default();
        let line = form.take("line", form::choice(&self.line));
        let equipment = form.take("equipment", required(&self.equipment, 200));
        let serial = form.take("serial", optional(&self.serial, 80));
        let value = form.take("value", form::unit_price(&self.value));
        let end = form.take("commitment_end", form::date(&self.commitment_end));
        let end = end.and_then(|end| {
            let later = if end > today { Ok(end) } else { Err(Problem::OutOfOrder) };
            form.take("commitment_end", later)
        });
        let plan_after = form.take("plan_after", form::choice(&self.plan_after));
        let price_after = match self.price_after.trim() {
            "" => Some(None),
            text => form.take("price_after", form::unit_price(text)).map(Some),
        };
        form.answer((|| {
            Some(LeaseWish {
                line: line?,
                equipment: equipment?,
                serial: serial?,
                value: value?,
                commitment_end: end?,
                plan_after: plan_after?,
                price_after: price_after?,
            })
        })())
    }
}
