//! Equipment that is bought by renting it: whose it is, and what is owed of it on a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::{Money, MoneyError};
use crate::words::words;

/// Where a lease is in its life. While it runs the equipment is the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LeaseState {
    Running,
    /// The commitment ended: the equipment is the customer's.
    Passed {
        on: NaiveDate,
    },
    /// The rest was paid before the end: the equipment is the customer's.
    BoughtOut {
        on: NaiveDate,
    },
    /// The contract ended before the commitment, and the equipment came back.
    Returned {
        on: NaiveDate,
    },
}

words! {
    /// A lease's state without its date.
    pub enum LeaseStateName {
        Running = "running",
        Passed = "passed",
        BoughtOut = "bought_out",
        Returned = "returned",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseEvent {
    EndTerm { on: NaiveDate },
    BuyOut { on: NaiveDate },
    Return { on: NaiveDate },
}

/// That a lease is over already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a lease that is {state} is over")]
pub struct LeaseOver {
    pub state: LeaseStateName,
}

/// What was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseTerm {
    /// On the first day, without tax.
    pub value: Money,
    pub starts_on: NaiveDate,
    /// The first day on which the equipment is the customer's.
    pub commitment_end: NaiveDate,
}

impl LeaseState {
    /// The whole life: a lease ends once.
    ///
    /// # Errors
    /// `LeaseOver`.
    pub fn apply(self, event: LeaseEvent) -> Result<Self, LeaseOver> {
        match (self, event) {
            (Self::Running, LeaseEvent::EndTerm { on }) => Ok(Self::Passed { on }),
            (Self::Running, LeaseEvent::BuyOut { on }) => Ok(Self::BoughtOut { on }),
            (Self::Running, LeaseEvent::Return { on }) => Ok(Self::Returned { on }),
            (over, _) => Err(LeaseOver { state: over.name() }),
        }
    }

    pub fn name(self) -> LeaseStateName {
        match self {
            Self::Running => LeaseStateName::Running,
            Self::Passed { .. } => LeaseStateName::Passed,
            Self::BoughtOut { .. } => LeaseStateName::BoughtOut,
            Self::Returned { .. } => LeaseStateName::Returned,
        }
    }
}

impl LeaseTerm {
    /// Days of the commitment from `on` to its end, and of all of it.
    pub fn days_left(&self, on: NaiveDate) -> (i64, i64) {
        let all = (self.commitment_end - self.starts_on).num_days();
        ((self.commitment_end - on).num_days().clamp(0, all), all)
    }

    /// What is still owed of the equipment, without tax: its value falls evenly, day by day. To buy it out costs that
    /// much, and so does to leave early without giving it back.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn owed(&self, on: NaiveDate) -> Result<Money, MoneyError> {
        let (left, all) = self.days_left(on);
        let (mantissa, scale) = (self.value.amount().mantissa(), self.value.amount().scale());
        let numerator = mantissa.checked_mul(left.into()).ok_or(MoneyError::TooLarge)?;
        let denominator = 10_i128.pow(scale).checked_mul(all.max(1).into()).ok_or(MoneyError::TooLarge)?;
        Money::ratio(numerator, denominator, self.value.currency())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A year for 73.00: 0.20 a day.
    fn term() -> LeaseTerm {
        let value = Money::exact("73.00".parse().unwrap(), Currency::USD).unwrap();
        LeaseTerm { value, starts_on: day("2026-01-01"), commitment_end: day("2027-01-01") }
    }

    #[test]
    fn what_is_owed_falls_evenly_to_nothing() {
        for (on, owed) in [
            ("2025-12-01", "73.00"),
            ("2026-01-01", "73.00"),
            ("2026-01-02", "72.80"),
            ("2026-12-31", "0.20"),
            ("2027-01-01", "0.00"),
            ("2028-01-01", "0.00"),
        ] {
            assert_eq!(term().owed(day(on)).unwrap().to_string(), owed, "{on}");
        }
    }

    #[test]
    fn a_lease_ends_once() {
        let on = day("2026-06-01");
        let ends = [LeaseEvent::EndTerm { on }, LeaseEvent::BuyOut { on }, LeaseEvent::Return { on }];
        for first in ends {
            let over = LeaseState::Running.apply(first).unwrap();
            for second in ends {
                assert_eq!(over.apply(second), Err(LeaseOver { state: over.name() }));
            }
        }
    }
}
