//! Networks whose addresses are given to services, and who has which.

use std::net::Ipv4Addr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Direction, Page, PageNumber};
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::ids::{AddressPoolId, ContractId, CustomerId, RouterId, SectorId};
use crate::ip::Network;
use crate::words::words;

words! {
    #[derive(Default)]
    pub enum PoolSort {
        #[default]
        Name = "name",
        /// The fewest first.
        Free = "free",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoolFilter {
    /// Part of a name or of the network.
    pub search: Option<String>,
    pub router: Option<RouterId>,
    pub sector: Option<SectorId>,
    pub sort: PoolSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolRow {
    pub id: AddressPoolId,
    pub name: String,
    pub router: Choice<RouterId>,
    /// Whom it is meant for; `None`: anybody at the router.
    pub sector: Option<Choice<SectorId>>,
    pub network: Network,
    pub dynamic: Option<DynamicPart>,
    /// Services that have one of its addresses.
    pub given: i64,
    pub reserved: i64,
    pub free: i64,
}

/// What the router hands out by itself, and the name of its own pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DynamicPart {
    pub from: Ipv4Addr,
    pub to: Ipv4Addr,
    pub name: String,
}

impl DynamicPart {
    /// Addresses in it.
    pub fn size(&self) -> i64 {
        i64::from(u32::from(self.to)) - i64::from(u32::from(self.from)) + 1
    }
}

/// A pool's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolDetail {
    pub pool: PoolRow,
    pub next_free: Option<Ipv4Addr>,
    /// Those that somebody has or that are reserved, by address.
    pub addresses: Page<PoolAddress>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolAddress {
    pub address: Ipv4Addr,
    pub holder: AddressHolder,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AddressHolder {
    Service { contract: ContractId, contract_code: String, customer: CustomerId, customer_name: String },
    Reserved { why: String, at: DateTime<Utc> },
}

/// The addresses of one pool, as its page asks for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressFilter {
    /// Part of an address, a contract's code, a customer's name or why it is reserved.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// A pool that a service can take an address of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolOffer {
    pub id: AddressPoolId,
    pub name: String,
    pub router: Choice<RouterId>,
    /// `None`: all are taken.
    pub next: Option<Ipv4Addr>,
}

/// What forms choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolChoices {
    pub routers: Vec<Choice<RouterId>>,
    pub sectors: Vec<Choice<SectorId>>,
}

/// A pool, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoolForm {
    pub name: String,
    /// The router's id.
    pub router: String,
    /// The sector's id; blank: anybody.
    pub sector: String,
    pub network: String,
    /// What the router hands out by itself: all three, or nothing.
    pub dynamic_from: String,
    pub dynamic_to: String,
    pub dynamic_name: String,
}

/// A checked [`PoolForm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PoolFacts {
    pub name: String,
    pub router: RouterId,
    pub sector: Option<SectorId>,
    pub network: Network,
    pub dynamic: Option<DynamicPart>,
}

impl PoolForm {
    pub fn check(&self) -> Result<PoolFacts, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 100));
        let router = form.take("router", form::choice(&self.router));
        let sector = form.take("sector", form::optional_choice(&self.sector));
        let network: Option<Network> = form.take("network", form::network(&self.network));
        let typed = [&self.dynamic_from, &self.dynamic_to, &self.dynamic_name];
        let dynamic = match typed.iter().all(|text| text.trim().is_empty()) {
            true => Some(None),
            false => self.check_dynamic(network, &mut form).map(Some),
        };
        form.answer((|| {
            Some(PoolFacts { name: name?, router: router?, sector: sector?, network: network?, dynamic: dynamic? })
        })())
    }

    fn check_dynamic(&self, network: Option<Network>, form: &mut FormCheck) -> Option<DynamicPart> {
        let inside = |text: &str| {
            let address = form::ipv4(text)?;
            let inside = network.is_none_or(|network| network.gives(address));
            if inside { Ok(address) } else { Err(Problem::OutsideNetwork) }
        };
        let from = form.take("dynamic_from", inside(&self.dynamic_from));
        let to = form.take("dynamic_to", inside(&self.dynamic_to));
        let name = form.take("dynamic_name", pool_name(&self.dynamic_name));
        let part = DynamicPart { from: from?, to: to?, name: name? };
        let in_order = if part.from <= part.to { Ok(part) } else { Err(Problem::OutOfOrder) };
        form.take("dynamic_to", in_order)
    }
}

/// What routers take for the name of a pool without quotes.
fn pool_name(text: &str) -> Result<String, Problem> {
    let name = required(text, 40)?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if plain { Ok(name) } else { Err(Problem::NotAUserName) }
}

impl From<&PoolRow> for PoolForm {
    fn from(pool: &PoolRow) -> Self {
        let part = |read: fn(&DynamicPart) -> String| pool.dynamic.as_ref().map(read).unwrap_or_default();
        Self {
            name: pool.name.clone(),
            router: pool.router.id.to_string(),
            sector: pool.sector.as_ref().map(|sector| sector.id.to_string()).unwrap_or_default(),
            network: pool.network.to_string(),
            dynamic_from: part(|part| part.from.to_string()),
            dynamic_to: part(|part| part.to.to_string()),
            dynamic_name: part(|part| part.name.clone()),
        }
    }
}

/// An address that nobody is to get, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReservationForm {
    pub address: String,
    pub why: String,
}

impl ReservationForm {
    pub fn check(&self) -> Result<(Ipv4Addr, String), Failure> {
        let mut form = FormCheck::default();
        let address = form.take("address", form::ipv4(&self.address));
        let why = form.take("why", required(&self.why, 200));
        form.answer(address.zip(why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> PoolForm {
        let text = str::to_owned;
        PoolForm { name: text("Centro"), router: text("1"), network: text("10.8.0.0/24"), ..PoolForm::default() }
    }

    fn wrong(form: &PoolForm) -> Vec<String> {
        let Err(Failure::Fields { fields }) = form.check() else { panic!("it is refused") };
        fields.into_iter().map(|field| field.field).collect()
    }

    #[test]
    fn what_the_router_hands_out_is_a_part_of_the_network() {
        let text = str::to_owned;
        let part = PoolForm {
            dynamic_from: text("10.8.0.100"),
            dynamic_to: text("10.8.0.200"),
            dynamic_name: text("clientes"),
            ..typed()
        };
        assert_eq!(part.check().unwrap().dynamic.unwrap().size(), 101);
        assert_eq!(wrong(&PoolForm { dynamic_to: text("10.9.0.1"), ..part.clone() }), ["dynamic_to"]);
        assert_eq!(wrong(&PoolForm { dynamic_to: text("10.8.0.99"), ..part.clone() }), ["dynamic_to"]);
        assert_eq!(wrong(&PoolForm { dynamic_name: text("los clientes"), ..part }), ["dynamic_name"]);
    }

    #[test]
    fn a_network_is_written_with_its_length_and_without_a_host() {
        assert!(typed().check().is_ok());
        for network in ["", "10.8.0.1", "10.8.0.1/24", "10.0.0.0/8", "red"] {
            assert_eq!(wrong(&PoolForm { network: network.to_owned(), ..typed() }), ["network"], "{network}");
        }
    }
}
