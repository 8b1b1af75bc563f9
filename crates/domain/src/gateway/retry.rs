//! When a night tries a declined card again.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::failure::Problem;

/// Days to wait after each declined try; after the last of them the customer must act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryDays(Vec<u8>);

/// An automatic payment set out before this day holds no cut any more, and may be paid otherwise, though the gateway has not
/// answered about it.
pub fn answered_since(today: NaiveDate) -> NaiveDate {
    today - Days::new(ANSWER)
}

/// So many days a gateway may take to answer about an automatic payment.
const ANSWER: u64 = 3;

/// The declined tries to pay an invoice from the present card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    pub declined: u32,
    pub last_on: Option<NaiveDate>,
    /// The last refusal was of a kind that waiting does not mend.
    pub is_final: bool,
}

const MOST: usize = 5;
const LONGEST: u8 = 30;

impl RetryDays {
    /// # Errors
    /// `OutOfRange` for more than five tries, or waits that are not from 1 to 30 days.
    pub fn new(days: Vec<u8>) -> Result<Self, Problem> {
        let fits = days.len() <= MOST && days.iter().all(|days| (1..=LONGEST).contains(days));
        if fits { Ok(Self(days)) } else { Err(Problem::OutOfRange) }
    }

    /// As people type them: `2, 4`. Blank: a declined card is not tried again.
    ///
    /// # Errors
    /// `NotANumber`, `OutOfRange`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        let days: Result<Vec<u8>, _> = words.map(str::parse).collect();
        Self::new(days.map_err(|_| Problem::NotANumber)?)
    }

    pub fn get(&self) -> &[u8] {
        &self.0
    }

    /// Whether another try follows after so many that were declined.
    pub fn goes_on_after(&self, declined: u32) -> bool {
        usize::try_from(declined).is_ok_and(|declined| declined <= self.0.len())
    }

    /// Whether an invoice that is due is tried on `today`.
    pub fn tries_on(&self, today: NaiveDate, tries: &Tries) -> bool {
        let Some(last_on) = tries.last_on else { return true };
        let wait = usize::try_from(tries.declined).ok().and_then(|nth| self.0.get(nth.checked_sub(1)?));
        let next = wait.and_then(|days| last_on.checked_add_days(Days::new((*days).into())));
        !tries.is_final && next.is_some_and(|next| next <= today)
    }
}

impl std::fmt::Display for RetryDays {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<String> = self.0.iter().map(u8::to_string).collect();
        formatter.write_str(&words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 4, day).unwrap()
    }

    #[test]
    fn a_declined_card_is_tried_again_by_the_rule_and_then_no_more() {
        let rule = RetryDays::parse("2, 4").unwrap();
        let tries = |declined, last: u32| Tries { declined, last_on: Some(on(last)), is_final: false };
        assert!(rule.tries_on(on(1), &Tries::default()), "the first try");
        for (declined, last, today, expected) in
            [(1, 1, 2, false), (1, 1, 3, true), (1, 1, 9, true), (2, 3, 6, false), (2, 3, 7, true), (3, 7, 30, false)]
        {
            assert_eq!(rule.tries_on(on(today), &tries(declined, last)), expected, "{declined} {last} {today}");
        }
        assert!(rule.goes_on_after(2) && !rule.goes_on_after(3));
        let stolen = Tries { is_final: true, ..tries(1, 1) };
        assert!(!rule.tries_on(on(30), &stolen));
        assert!(!RetryDays::parse("").unwrap().tries_on(on(30), &tries(1, 1)));
    }

    #[test]
    fn rules_that_nobody_means_are_refused() {
        for text in ["0", "31", "1,1,1,1,1,1", "x"] {
            assert!(RetryDays::parse(text).is_err(), "{text}");
        }
        assert_eq!(RetryDays::parse("2 4").unwrap().to_string(), "2, 4");
    }
}
