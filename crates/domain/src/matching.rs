//! Whose a movement on the bank's account is: what speaks for a customer, and how certain that makes it.

use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, PaymentId, TransferReportId};
use crate::money::Money;
use crate::views::list::Choice;

/// Something that speaks for a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// The same transfer was recorded as a payment before.
    RecordedPayment { payment: PaymentId, receipt: String },
    /// The customer reported a transfer with this reference, over this amount or another.
    ReportedTransfer { report: TransferReportId, reference: String, same_amount: bool },
    /// The text names an invoice.
    InvoiceNumber { number: String },
    /// The text names the customer's number.
    CustomerReference { reference: String },
    /// The text names a contract.
    ContractCode { code: String },
    /// Exactly what is open on one invoice.
    AmountOfInvoice { number: String },
    /// Exactly all that is owed.
    AmountOfBalance { balance: Money },
    /// The payer's name is like the customer's; hundredths.
    Name { likeness: u8 },
}

/// A customer that a movement may be of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    pub customer: Choice<CustomerId>,
    /// The customer's number.
    pub reference: String,
    /// 0 to 100.
    pub certainty: u8,
    pub because: Vec<Evidence>,
}

/// From here on a movement is offered to be booked without a closer look.
pub const SURE: u8 = 90;

impl Evidence {
    /// How much it says alone, 0 to 100.
    fn weight(&self) -> u8 {
        match self {
            Self::RecordedPayment { .. } | Self::ReportedTransfer { same_amount: true, .. } => 95,
            Self::InvoiceNumber { .. } => 85,
            Self::CustomerReference { .. } | Self::ContractCode { .. } => 80,
            Self::ReportedTransfer { same_amount: false, .. } => 60,
            Self::Name { likeness } => likeness / 2,
            Self::AmountOfInvoice { .. } | Self::AmountOfBalance { .. } => 40,
        }
    }
}

/// How certain: each piece leaves that much less doubt than the ones before it. Two amounts are one piece: they say the
/// same.
pub fn certainty(because: &[Evidence]) -> u8 {
    let is_amount =
        |evidence: &&Evidence| matches!(evidence, Evidence::AmountOfInvoice { .. } | Evidence::AmountOfBalance { .. });
    let others = because.iter().filter(|evidence| !is_amount(evidence));
    let pieces = others.chain(because.iter().find(is_amount));
    let doubt = pieces.fold(100_u32, |doubt, evidence| doubt * (100 - u32::from(evidence.weight())) / 100);
    u8::try_from(100 - doubt.min(100)).unwrap_or_default()
}

/// The most certain first.
pub fn ranked(mut suggestions: Vec<Suggestion>) -> Vec<Suggestion> {
    suggestions.sort_by_key(|suggestion| (std::cmp::Reverse(suggestion.certainty), suggestion.customer.id));
    suggestions
}

/// The one customer that a movement can be booked on without a closer look: certain enough, and nobody else is.
pub fn sure(suggestions: &[Suggestion]) -> Option<&Suggestion> {
    let mut certain = suggestions.iter().filter(|suggestion| suggestion.certainty >= SURE);
    let first = certain.next()?;
    certain.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn name(likeness: u8) -> Evidence {
        Evidence::Name { likeness }
    }

    fn invoice() -> Evidence {
        Evidence::InvoiceNumber { number: "F-1".to_owned() }
    }

    fn amount() -> Evidence {
        Evidence::AmountOfInvoice { number: "F-1".to_owned() }
    }

    fn balance() -> Evidence {
        Evidence::AmountOfBalance { balance: Money::zero(Currency::USD) }
    }

    fn reported(same_amount: bool) -> Evidence {
        Evidence::ReportedTransfer { report: TransferReportId(1), reference: "77".to_owned(), same_amount }
    }

    fn is_sure(because: &[Evidence]) -> bool {
        certainty(because) >= SURE
    }

    #[test]
    fn neither_a_name_nor_an_amount_nor_both_book_anything_by_themselves() {
        assert!(!is_sure(&[]));
        assert!(!is_sure(&[amount(), balance()]));
        assert!(!is_sure(&[name(100)]));
        assert!(!is_sure(&[name(100), amount(), balance()]));
        assert!(!is_sure(&[invoice()]), "the number alone, with an amount that nobody owes");
        assert!(!is_sure(&[reported(false)]));
    }

    #[test]
    fn a_number_with_its_amount_or_a_name_that_is_like_it_is_sure() {
        assert!(is_sure(&[invoice(), amount()]));
        assert!(is_sure(&[invoice(), name(80)]));
        assert!(is_sure(&[reported(true)]));
    }

    #[test]
    fn two_who_are_equally_certain_are_nobody() {
        let suggestion = |id, because: Vec<Evidence>| Suggestion {
            customer: Choice { id: CustomerId(id), name: String::new() },
            reference: String::new(),
            certainty: certainty(&because),
            because,
        };
        let one = suggestion(1, vec![invoice(), amount()]);
        assert_eq!(sure(std::slice::from_ref(&one)), Some(&one));
        assert_eq!(sure(&[one.clone(), suggestion(2, vec![invoice(), amount()])]), None);
        let ranked = ranked(vec![suggestion(3, vec![amount()]), one.clone()]);
        assert_eq!(sure(&ranked), Some(&one));
    }
}
