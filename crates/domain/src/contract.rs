//! The life of a contract.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::words::words;

/// Where a contract is in its life, with the dates that brought it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ContractState {
    /// Being prepared; nobody has signed.
    Draft,
    /// Signed, to be installed.
    Open { signed_on: NaiveDate },
    /// Installed and billed.
    Active { signed_on: NaiveDate, activated_on: NaiveDate },
    /// Over. A contract that was never signed or installed lacks those dates.
    Closed { signed_on: Option<NaiveDate>, activated_on: Option<NaiveDate>, closed_on: NaiveDate, reason: String },
}

words! {
    /// A contract's state without its data: for lists and filters.
    pub enum ContractStateName {
        Draft = "draft",
        Open = "open",
        Active = "active",
        Closed = "closed",
    }
}

/// What can happen to a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContractEvent {
    Sign {
        on: NaiveDate,
    },
    Activate {
        on: NaiveDate,
        located: bool,
    },
    Close {
        on: NaiveDate,
        reason: String,
    },
    /// A contract that was in use and closed is opened again, installed as it was.
    Revive {
        on: NaiveDate,
    },
}

/// Why an event was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum LifecycleError {
    #[error("a contract that is {state} cannot {event}")]
    NotAllowed { state: ContractStateName, event: String },
    #[error("the installation address has no position")]
    AddressWithoutPosition,
    #[error("{date} is before {earlier}, when the contract reached its present state")]
    BeforePresentState { date: NaiveDate, earlier: NaiveDate },
}

impl ContractState {
    /// The whole lifecycle: what is not listed is refused with both names.
    pub fn apply(&self, event: ContractEvent) -> Result<Self, LifecycleError> {
        use ContractEvent::{Activate, Close, Revive, Sign};
        match (self.clone(), event) {
            (Self::Draft, Sign { on }) => Ok(Self::Open { signed_on: on }),
            (Self::Open { .. }, Activate { located: false, .. }) => Err(LifecycleError::AddressWithoutPosition),
            (Self::Open { signed_on }, Activate { on, .. }) => {
                not_before(on, signed_on)?;
                Ok(Self::Active { signed_on, activated_on: on })
            }
            (Self::Draft, Close { on, reason }) => {
                Ok(Self::Closed { signed_on: None, activated_on: None, closed_on: on, reason })
            }
            (Self::Open { signed_on }, Close { on, reason }) => {
                not_before(on, signed_on)?;
                Ok(Self::Closed { signed_on: Some(signed_on), activated_on: None, closed_on: on, reason })
            }
            (Self::Active { signed_on, activated_on }, Close { on, reason }) => {
                not_before(on, activated_on)?;
                let (signed_on, activated_on) = (Some(signed_on), Some(activated_on));
                Ok(Self::Closed { signed_on, activated_on, closed_on: on, reason })
            }
            (Self::Closed { signed_on: Some(signed_on), activated_on: Some(_), closed_on, .. }, Revive { on }) => {
                not_before(on, closed_on)?;
                Ok(Self::Active { signed_on, activated_on: on })
            }
            (state, event) => Err(LifecycleError::NotAllowed { state: state.name(), event: event.name().to_owned() }),
        }
    }

    pub fn name(&self) -> ContractStateName {
        match self {
            Self::Draft => ContractStateName::Draft,
            Self::Open { .. } => ContractStateName::Open,
            Self::Active { .. } => ContractStateName::Active,
            Self::Closed { .. } => ContractStateName::Closed,
        }
    }
}

impl ContractEvent {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sign { .. } => "sign",
            Self::Activate { .. } => "activate",
            Self::Close { .. } => "close",
            Self::Revive { .. } => "revive",
        }
    }
}

fn not_before(date: NaiveDate, earlier: NaiveDate) -> Result<(), LifecycleError> {
    if date < earlier { Err(LifecycleError::BeforePresentState { date, earlier }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
    }

    #[test]
    fn a_contract_is_signed_then_activated_then_closed() {
        let open = ContractState::Draft.apply(ContractEvent::Sign { on: day(1) }).unwrap();
        let active = open.apply(ContractEvent::Activate { on: day(3), located: true }).unwrap();
        let closed = active.apply(ContractEvent::Close { on: day(9), reason: "moved".to_owned() }).unwrap();
        assert_eq!(
            closed,
            ContractState::Closed {
                signed_on: Some(day(1)),
                activated_on: Some(day(3)),
                closed_on: day(9),
                reason: "moved".to_owned()
            }
        );
    }

    #[test]
    fn what_is_not_listed_is_refused_with_both_names() {
        let refused = ContractState::Draft.apply(ContractEvent::Activate { on: day(1), located: true }).unwrap_err();
        assert_eq!(refused.to_string(), "a contract that is draft cannot activate");
    }

    #[test]
    fn only_what_was_in_use_is_revived() {
        let open = ContractState::Open { signed_on: day(1) };
        let active = ContractState::Active { signed_on: day(1), activated_on: day(3) };
        let close = || ContractEvent::Close { on: day(9), reason: "moved".to_owned() };
        let revive = |closed: ContractState| closed.apply(ContractEvent::Revive { on: day(12) });
        let again = ContractState::Active { signed_on: day(1), activated_on: day(12) };
        assert_eq!(revive(active.apply(close()).unwrap()), Ok(again));
        assert!(revive(open.apply(close()).unwrap()).is_err(), "never installed");
        assert!(revive(active).is_err(), "not closed");
    }

    #[test]
    fn no_activation_without_a_position() {
        let open = ContractState::Open { signed_on: day(1) };
        let refused = open.apply(ContractEvent::Activate { on: day(2), located: false }).unwrap_err();
        assert_eq!(refused, LifecycleError::AddressWithoutPosition);
    }

    #[test]
    fn no_activation_before_the_signature() {
        let open = ContractState::Open { signed_on: day(5) };
        let refused = open.apply(ContractEvent::Activate { on: day(2), located: true }).unwrap_err();
        assert_eq!(refused, LifecycleError::BeforePresentState { date: day(2), earlier: day(5) });
    }
}
