//! Customers in their portal: who may do what there, and which contracts are theirs to accept. A company has several
//! people, and not all of them sign.

use serde::{Deserialize, Serialize};

use crate::contact::{Email, Phone};
use crate::contract::ContractStateName;
use crate::ids::CustomerId;
use crate::words::words;

words! {
    /// What somebody who signs in for a customer may do. Each may also do what those after it may.
    pub enum PortalRight {
        /// Everything: accept contracts and quotes, ask for another plan, say who else may come in.
        Owner = "owner",
        /// Pay: by card, by a transfer that is reported, by giving one's word.
        Payer = "payer",
        /// See everything, report a fault and talk about it.
        Viewer = "viewer",
    }
}

words! {
    /// Who keeps somebody out. Whom staff keep out, an owner does not let in again.
    pub enum DisabledBy {
        Staff = "staff",
        Owner = "owner",
    }
}

impl PortalRight {
    pub fn may_pay(self) -> bool {
        match self {
            Self::Owner | Self::Payer => true,
            Self::Viewer => false,
        }
    }

    pub fn is_owner(self) -> bool {
        self == Self::Owner
    }
}

/// Whose portal somebody comes into, and what they may do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalAccess {
    pub customer: CustomerId,
    pub right: PortalRight,
}

impl PortalAccess {
    /// Of somebody who may do everything, as a person who is a customer alone is.
    pub fn owner(customer: CustomerId) -> Self {
        Self { customer, right: PortalRight::Owner }
    }
}

/// The SHA-256 of what a contract's paper agrees to: the same words have the same digest.
pub type Terms = [u8; 32];

/// What the portal asks of a customer about a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// Nothing: it was accepted as it is, it is over, or it was signed on paper and is in use.
    Nothing,
    /// To read and accept it.
    Accept,
    /// To accept it again: it says something else than what was accepted.
    AcceptAgain,
}

/// What is asked, `accepted` being the terms that were accepted, each time. Being asked keeps nobody from anything: staff
/// sign as before.
pub fn asking(state: ContractStateName, accepted: &[Terms], now: &Terms) -> Asking {
    match state {
        ContractStateName::Closed => Asking::Nothing,
        _ if accepted.contains(now) => Asking::Nothing,
        _ if !accepted.is_empty() => Asking::AcceptAgain,
        ContractStateName::Draft | ContractStateName::Open => Asking::Accept,
        ContractStateName::Active => Asking::Nothing,
    }
}

/// What somebody typed, the same however it is written: tries are counted by it.
pub fn contact_key(typed: &str) -> String {
    if typed.contains('@') { typed.trim().to_lowercase() } else { digits(typed) }
}

fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

/// Whether what somebody typed is an e-mail address or a phone number that the provider knows of the customer. A number
/// may lack its country's code, as people say it; so many digits at least must be right.
pub fn is_on_record(typed: &str, emails: &[Email], phones: &[Phone]) -> bool {
    if typed.contains('@') {
        return typed.parse().is_ok_and(|email: Email| emails.contains(&email));
    }
    let digits = digits(typed);
    digits.len() >= FEWEST_DIGITS && phones.iter().any(|phone| phone.as_str().ends_with(&digits))
}

const FEWEST_DIGITS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_counted_as_one_however_it_is_written() {
        assert_eq!(contact_key("951 123-45.67"), contact_key("9511234567"));
        assert_eq!(contact_key(" Ana@Example.com "), contact_key("ana@example.com"));
    }

    #[test]
    fn a_phone_number_is_known_with_and_without_its_country_and_not_by_its_end() {
        let (emails, phones) = (["ana@example.com".parse().unwrap()], ["+529511234567".parse().unwrap()]);
        for (typed, known) in [
            ("+52 951 123 4567", true),
            ("951 123 4567", true),
            (" Ana@Example.com ", true),
            ("1234567", false),
            ("951 123 4568", false),
            ("eva@example.com", false),
            ("", false),
        ] {
            assert_eq!(is_on_record(typed, &emails, &phones), known, "{typed}");
        }
    }

    #[test]
    fn who_may_see_may_not_pay_and_who_pays_may_not_decide() {
        let told = |right: PortalRight| (right.may_pay(), right.is_owner());
        assert_eq!(told(PortalRight::Owner), (true, true));
        assert_eq!(told(PortalRight::Payer), (true, false));
        assert_eq!(told(PortalRight::Viewer), (false, false));
    }

    #[test]
    fn a_contract_is_asked_about_until_it_is_accepted_and_again_when_it_says_something_else() {
        use ContractStateName::{Active, Closed, Draft, Open};
        let (now, before) = ([1; 32], [2; 32]);
        let cases = [
            (Draft, vec![], Asking::Accept),
            (Open, vec![], Asking::Accept),
            (Open, vec![before, now], Asking::Nothing),
            (Open, vec![before], Asking::AcceptAgain),
            // Signed on paper, and in use for years: nobody is asked.
            (Active, vec![], Asking::Nothing),
            (Active, vec![now], Asking::Nothing),
            (Active, vec![before], Asking::AcceptAgain),
            (Closed, vec![before], Asking::Nothing),
            (Closed, vec![], Asking::Nothing),
        ];
        for (state, accepted, expected) in cases {
            assert_eq!(asking(state, &accepted, &now), expected, "{state} with {accepted:?}");
        }
    }
}
