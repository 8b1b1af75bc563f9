//! What a customer may use now (derived from the contract and its open holds), and what a device was read to hold.
//! The two are never mixed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::collections::OverdueEvidence;
use crate::contract::ContractState;
use crate::ids::ContractLineId;
use crate::words::words;

words! {
    /// What the customer may use now.
    pub enum ServiceState {
        /// The contract is not active: there is nothing to use.
        None = "none",
        Active = "active",
        /// Everything works, slower than was sold.
        Throttled = "throttled",
        /// Soft cut: the notice page and payment only.
        Suspended = "suspended",
        /// Hard cut: no connection.
        Disabled = "disabled",
        /// No connection, and the equipment is to be collected.
        RemovalList = "removal_list",
    }
}

words! {
    /// Why a hold was placed. Paying lifts `Overdue` and no other.
    pub enum HoldReason {
        Overdue = "overdue",
        /// The customer asked for it.
        Pause = "pause",
        Abuse = "abuse",
        Staff = "staff",
    }
}

words! {
    /// How hard a hold is; the hardest open one decides.
    pub enum HoldEffect {
        Throttle = "throttle",
        SoftCut = "soft_cut",
        HardCut = "hard_cut",
        Removal = "removal",
    }
}

/// What a hold stands on, kept as it was when it was placed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HoldEvidence {
    /// A rule and the invoices it saw.
    Overdue(OverdueEvidence),
    /// Somebody's decision, in their words.
    Decision { why: String },
    /// The customer's holiday, up to the day of return, and the line that is charged meanwhile.
    Pause { until: NaiveDate, fee: Option<ContractLineId> },
    /// The system that was imported from held the customer cut, and did not say why.
    Imported { source: String },
}

/// An open hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenHold {
    pub reason: HoldReason,
    pub effect: HoldEffect,
    pub placed_on: NaiveDate,
}

impl ServiceState {
    /// The service state of a contract in `contract` with the effects of its open holds.
    pub fn of(contract: &ContractState, effects: impl IntoIterator<Item = HoldEffect>) -> Self {
        if matches!(contract, ContractState::Active { .. }) { Self::of_active(effects) } else { Self::None }
    }

    /// The service state of an active contract with the effects of its open holds.
    pub fn of_active(effects: impl IntoIterator<Item = HoldEffect>) -> Self {
        match effects.into_iter().max() {
            None => Self::Active,
            Some(HoldEffect::Throttle) => Self::Throttled,
            Some(HoldEffect::SoftCut) => Self::Suspended,
            Some(HoldEffect::HardCut) => Self::Disabled,
            Some(HoldEffect::Removal) => Self::RemovalList,
        }
    }

    /// Whether the customer has less than was sold, in any way.
    pub fn is_limited(self) -> bool {
        self.is_cut() || self == Self::Throttled
    }

    /// Whether the customer is without the service that was sold.
    pub fn is_cut(self) -> bool {
        matches!(self, Self::Suspended | Self::Disabled | Self::RemovalList)
    }
}

words! {
    /// What a device was last read to hold for a service. Nothing but an answer of a device sets it.
    pub enum TechnicalState {
        Unprovisioned = "unprovisioned",
        Active = "active",
        Suspended = "suspended",
        Cut = "cut",
    }
}

words! {
    /// How a customer reaches the network.
    pub enum Access {
        Pppoe = "pppoe",
        Dhcp = "dhcp",
    }
}

impl TechnicalState {
    /// What a device should hold for a service in `state`.
    pub fn wanted(state: ServiceState) -> Self {
        match state {
            ServiceState::None => Self::Unprovisioned,
            ServiceState::Active | ServiceState::Throttled => Self::Active,
            ServiceState::Suspended => Self::Suspended,
            ServiceState::Disabled | ServiceState::RemovalList => Self::Cut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn active() -> ContractState {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        ContractState::Active { signed_on: day, activated_on: day }
    }

    #[test]
    fn the_hardest_open_hold_decides() {
        use HoldEffect::{HardCut, Removal, SoftCut, Throttle};
        for (effects, expected) in [
            (vec![], ServiceState::Active),
            (vec![Throttle], ServiceState::Throttled),
            (vec![SoftCut, Throttle], ServiceState::Suspended),
            (vec![SoftCut], ServiceState::Suspended),
            (vec![SoftCut, HardCut], ServiceState::Disabled),
            (vec![Removal, SoftCut], ServiceState::RemovalList),
        ] {
            assert_eq!(ServiceState::of(&active(), effects), expected);
        }
    }

    #[test]
    fn a_contract_that_is_not_active_has_no_service_whatever_its_holds() {
        assert_eq!(ServiceState::of(&ContractState::Draft, [HoldEffect::SoftCut]), ServiceState::None);
    }
}
