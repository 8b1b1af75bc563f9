//! Equipment with a serial: where it is, whose it is, and what may happen to it.

use serde::{Deserialize, Serialize};

use crate::failure::Problem;
use crate::ids::{CustomerId, ServiceId, StockPlaceId};
use crate::words::words;

words! {
    pub enum EquipmentKind {
        /// One for each service.
        Onu = "onu",
        Router = "router",
        Antenna = "antenna",
        Radio = "radio",
        Switch = "switch",
        Phone = "phone",
        Decoder = "decoder",
        Other = "other",
    }
}

words! {
    pub enum Ownership {
        Ours = "ours",
        /// Ours until the commitment ends.
        Leased = "leased",
        /// By us, to the customer.
        Sold = "sold",
        /// The customer's own: brought, or paid off.
        Customer = "customer",
    }
}

impl Ownership {
    /// Whether it must come back when the service ends.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Ours | Self::Leased)
    }
}

words! {
    pub enum PlaceKind {
        Warehouse = "warehouse",
        /// Of a technician.
        Van = "van",
    }
}

words! {
    /// Where equipment is, without the place.
    pub enum EquipmentState {
        InStock = "in_stock",
        Installed = "installed",
        WithCustomer = "with_customer",
        WrittenOff = "written_off",
    }
}

words! {
    /// What a line of the history says.
    pub enum MoveKind {
        Received = "received",
        /// The customer's own, which they had.
        Brought = "brought",
        Transferred = "transferred",
        Installed = "installed",
        TakenBack = "taken_back",
        /// It no longer serves, and stays with the customer, whose it is.
        Left = "left",
        Sold = "sold",
        /// The customer gave back what was sold: it is ours again.
        Returned = "returned",
        Leased = "leased",
        /// The lease ended with its contract: it is ours, and to be collected.
        LeaseEnded = "lease_ended",
        /// The lease was paid off: it is the customer's.
        Passed = "passed",
        WrittenOff = "written_off",
        Found = "found",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Whereabouts {
    InStock {
        place: StockPlaceId,
    },
    /// It serves at a customer's.
    Installed {
        service: ServiceId,
    },
    /// It serves nothing, and is the customer's.
    WithCustomer {
        customer: CustomerId,
    },
    WrittenOff,
}

impl Whereabouts {
    pub fn state(self) -> EquipmentState {
        match self {
            Self::InStock { .. } => EquipmentState::InStock,
            Self::Installed { .. } => EquipmentState::Installed,
            Self::WithCustomer { .. } => EquipmentState::WithCustomer,
            Self::WrittenOff => EquipmentState::WrittenOff,
        }
    }
}

/// Where equipment is and whose: what each move decides anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    #[serde(flatten)]
    pub whereabouts: Whereabouts,
    pub ownership: Ownership,
}

/// What somebody, or the end of a lease, does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Transfer {
        to: StockPlaceId,
    },
    /// `leased`: a running lease of the contract names it. `customer` is whose contract it is.
    Install {
        service: ServiceId,
        customer: CustomerId,
        leased: bool,
    },
    TakeBack {
        to: StockPlaceId,
    },
    /// What is the customer's serves no longer.
    Leave {
        customer: CustomerId,
    },
    Sell {
        customer: CustomerId,
    },
    /// What was sold comes back. No money moves by it.
    Return {
        to: StockPlaceId,
    },
    Lease,
    EndLease,
    Pass,
    WriteOff,
    Find {
        at: StockPlaceId,
    },
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum StockError {
    /// It is somewhere where this does not happen to it.
    #[error("equipment that is {state} cannot do this")]
    Whereabouts { state: EquipmentState },
    /// It is the customer's: it does not come back, and is not sold again.
    #[error("the equipment is the customer's ({ownership})")]
    NotOurs { ownership: Ownership },
    /// Only what we sold is given back.
    #[error("it was not sold by us ({ownership})")]
    NotSold { ownership: Ownership },
    /// It is in that place already.
    #[error("it is there already")]
    AlreadyThere,
    /// The service has an ONU already, and one at most.
    #[error("the service has an ONU")]
    HasOnu,
    /// It is another customer's.
    #[error("it is another customer's")]
    AnotherCustomers,
    /// A closed contract's service gets no equipment.
    #[error("the contract is closed")]
    ContractClosed,
    /// Nothing is put into a place that was given up.
    #[error("the place was given up")]
    PlaceArchived,
}

impl Custody {
    pub const fn received(place: StockPlaceId) -> Self {
        Self { whereabouts: Whereabouts::InStock { place }, ownership: Ownership::Ours }
    }

    pub const fn brought(customer: CustomerId) -> Self {
        Self { whereabouts: Whereabouts::WithCustomer { customer }, ownership: Ownership::Customer }
    }

    /// The whole life.
    ///
    /// # Errors
    /// `Whereabouts`, `NotOurs`, `NotSold`, `AlreadyThere`, `AnotherCustomers`.
    pub fn apply(self, step: Step) -> Result<Self, StockError> {
        use Whereabouts::{InStock, Installed, WithCustomer, WrittenOff};
        let Self { whereabouts, ownership } = self;
        let now = |whereabouts, ownership| Ok(Self { whereabouts, ownership });
        match (whereabouts, step) {
            (InStock { place }, Step::Transfer { to }) if place == to => Err(StockError::AlreadyThere),
            (InStock { .. }, Step::Transfer { to }) => now(InStock { place: to }, ownership),
            (InStock { .. }, Step::Install { service, leased: true, .. }) => {
                now(Installed { service }, Ownership::Leased)
            }
            (InStock { .. }, Step::Install { service, .. }) => now(Installed { service }, ownership),
            (WithCustomer { customer: has }, Step::Install { service, customer, .. }) if has == customer => {
                now(Installed { service }, ownership)
            }
            (WithCustomer { .. }, Step::Install { .. }) => Err(StockError::AnotherCustomers),
            (Installed { .. }, Step::TakeBack { to }) if ownership.is_ours() => {
                now(InStock { place: to }, Ownership::Ours)
            }
            (Installed { .. }, Step::Leave { customer }) if !ownership.is_ours() => {
                now(WithCustomer { customer }, ownership)
            }
            (InStock { .. }, Step::Sell { customer }) => now(WithCustomer { customer }, Ownership::Sold),
            (Installed { .. }, Step::Sell { .. }) if ownership == Ownership::Ours => now(whereabouts, Ownership::Sold),
            (Installed { .. } | WithCustomer { .. }, Step::Return { to }) if ownership == Ownership::Sold => {
                now(InStock { place: to }, Ownership::Ours)
            }
            (Installed { .. } | WithCustomer { .. }, Step::Return { .. }) => Err(StockError::NotSold { ownership }),
            (Installed { .. }, Step::Lease) if ownership == Ownership::Ours => now(whereabouts, Ownership::Leased),
            (Installed { .. }, Step::EndLease) if ownership == Ownership::Leased => now(whereabouts, Ownership::Ours),
            (Installed { .. }, Step::Pass) if ownership == Ownership::Leased => now(whereabouts, Ownership::Customer),
            (InStock { .. } | Installed { .. }, Step::WriteOff) if ownership.is_ours() => {
                now(WrittenOff, Ownership::Ours)
            }
            (WrittenOff, Step::Find { at }) => now(InStock { place: at }, Ownership::Ours),
            (
                Installed { .. },
                Step::TakeBack { .. }
                | Step::Leave { .. }
                | Step::Sell { .. }
                | Step::Lease
                | Step::EndLease
                | Step::Pass
                | Step::WriteOff,
            ) => Err(StockError::NotOurs { ownership }),
            _ => Err(StockError::Whereabouts { state: whereabouts.state() }),
        }
    }

    /// Whether `step` could be taken: what a screen offers.
    pub fn allows(self, step: Step) -> bool {
        self.apply(step).is_ok()
    }
}

impl Step {
    pub fn kind(self) -> MoveKind {
        match self {
            Self::Transfer { .. } => MoveKind::Transferred,
            Self::Install { .. } => MoveKind::Installed,
            Self::TakeBack { .. } => MoveKind::TakenBack,
            Self::Leave { .. } => MoveKind::Left,
            Self::Sell { .. } => MoveKind::Sold,
            Self::Return { .. } => MoveKind::Returned,
            Self::Lease => MoveKind::Leased,
            Self::EndLease => MoveKind::LeaseEnded,
            Self::Pass => MoveKind::Passed,
            Self::WriteOff => MoveKind::WrittenOff,
            Self::Find { .. } => MoveKind::Found,
        }
    }
}

/// A serial in one spelling: capitals, without blanks around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Serial(String);

impl Serial {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The serial in what a sticker's code says: all of it, or what stands after `SN`.
    pub fn in_code(code: &str) -> String {
        let code = code.trim().to_uppercase();
        let mut parts = code.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';'));
        let named = |part: &str| {
            let (name, value) = part.split_once([':', '='])?;
            let is_serial = matches!(name, "SN" | "S/N" | "SERIAL" | "GPON-SN" | "GPONSN");
            is_serial.then(|| value.to_owned()).filter(|value| !value.is_empty())
        };
        parts.clone().find_map(named).or_else(|| parts.next().map(str::to_owned)).unwrap_or_default()
    }
}

impl std::str::FromStr for Serial {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let serial = text.trim().to_uppercase();
        let length = serial.chars().count();
        let plain = !serial.chars().any(|sign| sign.is_whitespace() || sign.is_control() || matches!(sign, ',' | ';'));
        match length {
            0 => Err(Problem::Required),
            1..3 => Err(Problem::TooShort { least: 3 }),
            3..=40 if plain => Ok(Self(serial)),
            3..=40 => Err(Problem::NotASerial),
            _ => Err(Problem::TooLong { most: 40 }),
        }
    }
}

impl std::fmt::Display for Serial {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
#[path = "stock_tests.rs"]
mod tests;
