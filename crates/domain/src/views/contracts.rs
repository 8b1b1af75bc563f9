//! Contracts: the list, and the contract's page, which is the heart of the office. The forms are in `contract_forms`.

use std::net::IpAddr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::collection_orders::CollectionOrderRow;
use super::collections::PromiseRow;
use super::customers::{Address, Debt};
use super::list::{Choice, Direction, PageNumber};
use super::plant::ContractPort;
use super::pools::PoolOffer;
use super::timeline::TimelineEntry;
use crate::calendar::{AnchorDay, BillingTerms};
use crate::collections::{HeldBack, OpenInvoice, OverdueEvidence};
use crate::contact::{CustomerKind, Language, Mac};
use crate::contract::{ContractState, ContractStateName};
use crate::contract_line::{Alignment, LineDates};
use crate::discount::Discount;
use crate::ids::{
    ContractId, ContractLineId, CustomerId, HoldId, PaymentId, PlanId, PolicyId, RouterId, SectorId, ServiceId, TaxId,
};
use crate::invoice::PaymentMethod;
use crate::ip::Ipv6Prefix;
use crate::money::{Currency, Money};
use crate::plan::{PlanKind, Speed};
use crate::price::{LinePrice, UnitPrice};
use crate::service::{Access, HoldEffect, HoldEvidence, HoldReason, ServiceState, TechnicalState};
use crate::words::words;

words! {
    #[derive(Default)]
    pub enum ContractSort {
        #[default]
        Code = "code",
        Customer = "customer",
        NextInvoice = "next_invoice",
        /// The oldest debt first.
        DueSince = "due_since",
        /// By the date since which the service state holds.
        ServiceSince = "service_since",
    }
}

words! {
    /// What is true of a contract without being one of its states: the figures of the dashboard open these.
    pub enum ContractIs {
        /// Its customer is without the service, in any way.
        Cut = "cut",
        /// A device was read to hold something else than is wanted.
        OutOfStep = "out_of_step",
        /// A nightly run had to leave it out.
        Parked = "parked",
    }
}

words! {
    /// What happened to a contract between two days. The first five are how its recurring revenue moved.
    pub enum ContractEvent {
        /// It came to something for the first time.
        New = "new",
        Expansion = "expansion",
        Contraction = "contraction",
        /// It came to nothing: closed, paused or given away.
        Churned = "churned",
        /// It came to nothing before, and to something once more.
        Reactivated = "reactivated",
        /// Any of these.
        Moved = "moved",
        /// It ended, after it had been active.
        Closed = "closed",
        /// Its service was read as on for the first time.
        Provisioned = "provisioned",
        /// A cut for debt was lifted.
        Reconnected = "reconnected",
    }
}

impl ContractEvent {
    /// How recurring revenue moves.
    pub const MOVEMENTS: [Self; 5] = [Self::New, Self::Expansion, Self::Reactivated, Self::Contraction, Self::Churned];
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContractFilter {
    /// Words out of the contract's code, the customer (as in the list of customers), the street, PPPoE user, MAC,
    /// IP address or ONU serial, whatever their case and accents.
    pub search: Option<String>,
    pub state: Option<ContractStateName>,
    pub service: Option<ServiceState>,
    pub sector: Option<SectorId>,
    /// Has a line with this plan.
    pub plan: Option<PlanId>,
    pub policy: Option<PolicyId>,
    pub router: Option<RouterId>,
    pub debt: Option<Debt>,
    pub is: Option<ContractIs>,
    /// It happened from `from` to `to`, which counts; without them, whenever.
    pub event: Option<ContractEvent>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub sort: ContractSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractRow {
    pub id: ContractId,
    pub code: String,
    pub customer: Choice<CustomerId>,
    pub street: String,
    pub city: String,
    pub sector: Option<String>,
    /// The internet plan's name, or that of the first line.
    pub plan: Option<String>,
    pub state: ContractStateName,
    /// What the customer may use now, and since when.
    pub service: ServiceState,
    pub service_since: Option<NaiveDate>,
    /// What a device was last read to hold; `None`: no service is set up.
    pub technical: Option<TechnicalState>,
    pub next_invoice_on: Option<NaiveDate>,
    /// What is owed on invoices of this contract.
    pub owed: Money,
    pub overdue_since: Option<NaiveDate>,
}

/// The contract's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContractDetail {
    pub id: ContractId,
    pub code: String,
    pub currency: Currency,
    pub created_at: DateTime<Utc>,
    pub customer: ContractCustomer,
    pub address: Address,
    pub policy: Choice<PolicyId>,
    /// With the dates that brought it there.
    pub state: ContractState,
    /// What the customer may use now. Its reasons are the open holds.
    pub service: ServiceState,
    pub service_since: Option<NaiveDate>,
    /// Hardest first. A contract with no holds is not cut.
    pub holds: Vec<Hold>,
    /// A cut that is due and not made.
    pub held_back: Option<HeldBackCut>,
    /// The newest promise to pay, open or not.
    pub promise: Option<PromiseRow>,
    /// The newest order to collect the equipment, open or not.
    pub collection: Option<CollectionOrderRow>,
    pub lines: Vec<ContractLine>,
    pub money: ContractMoney,
    /// `None`: no service is set up.
    pub network: Option<ContractNetwork>,
    /// The port of the fibre plant that it has.
    pub port: Option<ContractPort>,
    /// Newest first.
    pub timeline: Vec<TimelineEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractCustomer {
    pub id: CustomerId,
    pub reference: String,
    pub name: String,
    pub kind: CustomerKind,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Language,
}

/// An open hold with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    pub id: HoldId,
    pub reason: HoldReason,
    pub effect: HoldEffect,
    pub evidence: HoldEvidence,
    pub placed_on: NaiveDate,
    pub placed_at: DateTime<Utc>,
    /// `None`: the nightly run.
    pub placed_by: Option<String>,
}

/// A cut that the debt is old enough for, and everything that speaks against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldBackCut {
    pub evidence: OverdueEvidence,
    pub because: Vec<HeldBack>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractLine {
    pub id: ContractLineId,
    pub plan: Choice<PlanId>,
    pub kind: PlanKind,
    pub speed: Option<Speed>,
    pub description: String,
    /// For the next whole period, or for once, with the discount and the tax that hold then. `price.once()` says what
    /// that comes to.
    pub price: LinePrice,
    /// As agreed, whether or not it is over.
    pub discount: Option<Discount>,
    pub tax: Choice<TaxId>,
    /// `None`: charged once.
    pub terms: Option<BillingTerms>,
    pub alignment: Alignment,
    pub dates: LineDates,
}

/// Money in the contract's currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContractMoney {
    /// Open on invoices of this contract: all of it, and what is past due.
    pub owed: Money,
    pub overdue: Money,
    /// What the customer paid, or was credited, and no invoice has used yet.
    pub credit: Money,
    /// Oldest due first.
    pub open_invoices: Vec<OpenInvoice>,
    /// The customer's newest payments.
    pub last_payments: Vec<LastPayment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPayment {
    pub id: PaymentId,
    pub receipt: String,
    pub received_on: NaiveDate,
    pub method: PaymentMethod,
    pub amount: Money,
}

/// How the service reaches the network. Its secret is not here: each showing of it is asked for and audited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContractNetwork {
    pub service: ServiceId,
    pub router: Choice<RouterId>,
    pub access: Access,
    pub pppoe_user: Option<String>,
    pub mac: Option<Mac>,
    pub ip: Option<IpAddr>,
    pub ipv6_prefix: Option<Ipv6Prefix>,
    pub onu_serial: Option<String>,
    /// When the contract let go of user, MAC and address.
    pub released_at: Option<DateTime<Utc>>,
    pub technical: Technical,
}

/// What a device was read to hold, and what it should.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Technical {
    pub state: TechnicalState,
    /// By the contract and its holds.
    pub wanted: TechnicalState,
    pub since: Option<DateTime<Utc>>,
    /// `None`: no device was asked yet.
    pub read_at: Option<DateTime<Utc>>,
    /// The device's own words.
    pub evidence: Option<serde_json::Value>,
}

impl Technical {
    pub fn is_as_wanted(&self) -> bool {
        self.state == self.wanted
    }
}

/// What an open contract still lacks before it can be activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Position,
    Service,
    RecurringLine,
}

impl ContractDetail {
    /// Empty: it can be activated, as far as its records go.
    pub fn missing_for_activation(&self) -> Vec<Missing> {
        let service_is_set = self.network.as_ref().is_some_and(|network| network.released_at.is_none());
        let has_recurring_line = self.lines.iter().any(|line| line.terms.is_some());
        [
            (Missing::Position, self.address.facts.position.is_some()),
            (Missing::Service, service_is_set),
            (Missing::RecurringLine, has_recurring_line),
        ]
        .into_iter()
        .filter_map(|(missing, is_there)| (!is_there).then_some(missing))
        .collect()
    }
}

/// What the forms of a contract choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractChoices {
    pub addresses: Vec<Choice<crate::ids::AddressId>>,
    pub policies: Vec<Choice<PolicyId>>,
    pub routers: Vec<Choice<RouterId>>,
    pub pools: Vec<PoolOffer>,
}

/// What the form of a contract's line chooses from. Archived plans are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineChoices {
    pub contract: ContractDetail,
    /// With the prices of today, in the sector of the contract's address.
    pub plans: Vec<PlanChoice>,
    pub taxes: Vec<Choice<TaxId>>,
    /// The company's common one.
    pub billing_day: AnchorDay,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChoice {
    pub id: PlanId,
    pub name: String,
    pub kind: PlanKind,
    pub price: UnitPrice,
    pub currency: Currency,
    pub tax: TaxId,
}
