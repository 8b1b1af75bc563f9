//! Forms of a contract that goes to another address or to another customer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, FormCheck, Problem};
use crate::form;
use crate::ids::{AddressId, CustomerId, RouterId};

/// The service moves with the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// The id of one of the customer's addresses.
    pub address: String,
    /// The router that serves it there; blank: the present one.
    pub router: String,
}

/// The contract goes to another customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HolderForm {
    /// The new holder's id.
    pub customer: String,
    /// The first day that the new holder pays for; not in the future; blank: today.
    pub on: String,
}

impl MoveForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<(AddressId, Option<RouterId>), Failure> {
        let mut form = FormCheck::default();
        let address = form.take("address", form::choice(&self.address));
        let router = form.take("router", form::optional_choice(&self.router));
        form.answer(address.zip(router))
    }
}

impl HolderForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self, today: NaiveDate) -> Result<(CustomerId, NaiveDate), Failure> {
        let mut form = FormCheck::default();
        let customer = form.take("customer", form::choice(&self.customer));
        let on = form.take("on", form::optional_date(&self.on)).map(|on| on.unwrap_or(today));
        let on = on.and_then(|on| form.take("on", if on > today { Err(Problem::InTheFuture) } else { Ok(on) }));
        form.answer(customer.zip(on))
    }
}
