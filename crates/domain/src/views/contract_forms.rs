//! The forms of a contract, as typed, and what they say when nothing is wrong with them.

mod discount;
mod line;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use discount::{DiscountForm, DiscountKind, LastingKind};
pub use line::{LineForm, LineWish};

use super::contracts::ContractNetwork;
use crate::contact::Mac;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{AddressId, AddressPoolId, CustomerId, PolicyId};
use crate::service::{Access, HoldEffect, HoldReason};
use crate::service_settings::{Login, ServiceSettings};

/// A new contract. Its lines are added to the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// Blank: the next free one. Never changed afterwards.
    pub code: String,
    /// The customer's id.
    pub customer: String,
    /// The id of one of the customer's addresses.
    pub address: String,
    /// The cut-off policy's id.
    pub policy: String,
    /// Blank: the company's. Never changed afterwards.
    pub currency: String,
}

/// What of a contract may change until it is signed, beside its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditDraftForm {
    pub address: String,
    pub policy: String,
}

/// How the service reaches the network.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceForm {
    /// The router's id.
    pub router: String,
    /// An [`Access`].
    pub access: String,
    /// For PPPoE.
    pub pppoe_user: String,
    /// For PPPoE. Blank: the present one is kept, or a new one is made.
    pub pppoe_password: String,
    /// Required for DHCP; for PPPoE it ties the user to this equipment.
    pub mac: String,
    /// The id of a pool of addresses: without an `ip`, the next free one of it.
    pub pool: String,
    /// Blank, and without a `pool`: whichever the router hands out.
    pub ip: String,
    /// For PPPoE: a prefix of its own.
    pub ipv6_prefix: String,
    pub onu_serial: String,
}

/// A checked [`ServiceForm`].
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceWish {
    pub settings: ServiceSettings,
    /// Of which the service gets the next free address.
    pub pool: Option<AddressPoolId>,
    /// If one was typed.
    pub password: Option<String>,
}

/// Without the password.
impl fmt::Debug for ServiceWish {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ServiceWish").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Signing and activating, on a day that is not in the future; blank: today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DateForm {
    pub on: String,
}

/// Closing; `on` is the first day without service, not in the future; blank: today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    pub on: String,
    pub reason: String,
    /// What was paid in advance beyond `on` is given back.
    pub credit: bool,
    /// Leased equipment is not given back: the rest of it is charged.
    pub keeps_equipment: bool,
}

/// Suspending by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuspendForm {
    /// A [`HoldReason`] other than overdue, which only the nightly run places.
    pub reason: String,
    /// A [`HoldEffect`].
    pub effect: String,
    /// Kept as the evidence of the hold.
    pub why: String,
}

/// Lifting all holds of one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RestoreForm {
    /// A [`HoldReason`] other than overdue: that one is lifted by paying.
    pub reason: String,
    pub why: String,
}

/// A checked [`DraftForm`]; a code that is `None` is the next free one, a currency that is `None` the company's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub code: Option<String>,
    pub customer: CustomerId,
    pub address: AddressId,
    pub policy: PolicyId,
    pub currency: Option<crate::money::Currency>,
}

impl DraftForm {
    pub fn check(&self) -> Result<Draft, Failure> {
        let mut form = FormCheck::default();
        let code = form.take("code", optional(&self.code, 40));
        let customer = form.take("customer", form::choice(&self.customer));
        let address = form.take("address", form::choice(&self.address));
        let policy = form.take("policy", form::choice(&self.policy));
        let currency = form.take("currency", form::optional_choice(&self.currency));
        let draft = (|| {
            Some(Draft { code: code?, customer: customer?, address: address?, policy: policy?, currency: currency? })
        })();
        form.answer(draft)
    }
}

impl EditDraftForm {
    pub fn check(&self) -> Result<(AddressId, PolicyId), Failure> {
        let mut form = FormCheck::default();
        let address = form.take("address", form::choice(&self.address));
        let policy = form.take("policy", form::choice(&self.policy));
        form.answer(address.zip(policy))
    }
}

impl ServiceForm {
    pub fn check(&self) -> Result<ServiceWish, Failure> {
        let mut form = FormCheck::default();
        let router = form.take("router", form::choice(&self.router));
        let login = match form.take("access", form::choice(&self.access)) {
            Some(access) => self.check_login(access, &mut form),
            None => None,
        };
        let password = form.take("pppoe_password", optional(&self.pppoe_password, 64));
        let pool = form.take("pool", form::optional_choice(&self.pool));
        let ip = form.take("ip", form::optional_ip(&self.ip));
        let is_pppoe = matches!(login, Some(Login::Pppoe { .. }));
        let prefix = form.take("ipv6_prefix", form::optional_prefix(if is_pppoe { &self.ipv6_prefix } else { "" }));
        let onu_serial = form.take("onu_serial", optional(&self.onu_serial.to_uppercase(), 40));
        let wish = || {
            let settings = ServiceSettings {
                router: router?,
                login: login.clone()?,
                ip: ip?,
                ipv6_prefix: prefix?,
                onu_serial: onu_serial.clone()?,
            };
            Some(ServiceWish { settings, pool: pool?.filter(|_| ip == Some(None)), password: password.clone()? })
        };
        form.answer(wish())
    }

    fn check_login(&self, access: Access, form: &mut FormCheck) -> Option<Login> {
        let mac = form.take("mac", form::optional_mac(&self.mac));
        match access {
            Access::Pppoe => {
                let user = form.take("pppoe_user", user_name(&self.pppoe_user));
                Some(Login::Pppoe { user: user?, mac: mac? })
            }
            Access::Dhcp => {
                let mac: Option<Mac> = form.take("mac", mac?.ok_or(Problem::Required));
                Some(Login::Dhcp { mac: mac? })
            }
        }
    }
}

/// What every router takes for a name: no spaces, quotes or control characters.
fn user_name(text: &str) -> Result<String, Problem> {
    let user = required(text, 64)?;
    let plain = user.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+'));
    if plain { Ok(user) } else { Err(Problem::NotAUserName) }
}

impl DateForm {
    pub fn check(&self, today: NaiveDate) -> Result<NaiveDate, Failure> {
        let mut form = FormCheck::default();
        let on = form.take("on", not_in_the_future(&self.on, today));
        form.answer(on)
    }
}

impl CloseForm {
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, String), Failure> {
        let mut form = FormCheck::default();
        let on = form.take("on", not_in_the_future(&self.on, today));
        let reason = form.take("reason", required(&self.reason, 500));
        form.answer(on.zip(reason))
    }
}

fn not_in_the_future(text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let on = form::optional_date(text)?.unwrap_or(today);
    if on > today { Err(Problem::InTheFuture) } else { Ok(on) }
}

impl SuspendForm {
    pub fn check(&self) -> Result<(HoldReason, HoldEffect, String), Failure> {
        let mut form = FormCheck::default();
        let reason = form.take("reason", reason_of_staff(&self.reason));
        let effect = form.take("effect", form::choice(&self.effect));
        let why = form.take("why", required(&self.why, 500));
        form.answer((|| Some((reason?, effect?, why?)))())
    }
}

/// A debt is not a decision: the nightly run cuts for it, with its evidence.
fn reason_of_staff(text: &str) -> Result<HoldReason, Problem> {
    match form::choice(text)? {
        HoldReason::Overdue => Err(Problem::UnknownChoice),
        reason => Ok(reason),
    }
}

impl RestoreForm {
    pub fn check(&self) -> Result<(HoldReason, String), Failure> {
        let mut form = FormCheck::default();
        let reason = form.take("reason", reason_of_staff(&self.reason));
        let why = form.take("why", required(&self.why, 500));
        form.answer(reason.zip(why))
    }
}

impl From<&ContractNetwork> for ServiceForm {
    fn from(network: &ContractNetwork) -> Self {
        Self {
            router: network.router.id.to_string(),
            access: network.access.to_string(),
            pppoe_user: network.pppoe_user.clone().unwrap_or_default(),
            pppoe_password: String::new(),
            mac: network.mac.as_ref().map(ToString::to_string).unwrap_or_default(),
            pool: String::new(),
            ip: network.ip.map(|ip| ip.to_string()).unwrap_or_default(),
            ipv6_prefix: network.ipv6_prefix.map(|prefix| prefix.to_string()).unwrap_or_default(),
            onu_serial: network.onu_serial.clone().unwrap_or_default(),
        }
    }
}

/// Without the password.
impl fmt::Debug for ServiceForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ServiceForm")
            .field("router", &self.router)
            .field("access", &self.access)
            .field("pppoe_user", &self.pppoe_user)
            .field("mac", &self.mac)
            .field("ip", &self.ip)
            .field("onu_serial", &self.onu_serial)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "contract_forms_tests.rs"]
mod tests;
