//! What a late invoice costs its customer on top, once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Case, OpenInvoice, days_late};
use crate::discount::Reduction;
use crate::ids::{InvoiceId, TaxId};
use crate::money::{Money, MoneyError};
use crate::price::{LineAmount, LinePrice, Percent, Quantity, UnitPrice};
use crate::tax::TaxRate;

/// A policy's late fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateFee {
    /// Days past the due date.
    pub after_days: u16,
    pub charge: FeeCharge,
    /// No fee is more than this.
    pub most: Option<UnitPrice>,
    /// None: the fee is not taxed.
    pub tax: Option<TaxId>,
    /// Only for invoices that were due on this day or later: a new rule does not fall on old debts.
    pub from: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum FeeCharge {
    Amount(UnitPrice),
    /// Of what is open on the invoice.
    Percent(Percent),
}

/// Why a late fee was charged: the rule, and the facts that it saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LateFeeEvidence {
    pub policy: String,
    pub invoice: InvoiceId,
    pub number: String,
    pub due_on: NaiveDate,
    pub seen_on: NaiveDate,
    pub days_late: i64,
    /// What was open of it.
    pub open: Money,
    pub charge: FeeCharge,
    pub most: Option<UnitPrice>,
}

impl Case {
    /// The late fees that are due on `today`, among the invoices that had none yet. None while something holds the cut:
    /// a promise, a transfer under review, an outage. A zero or a rounding balance, and one that is too small to cut for,
    /// never brings a fee.
    pub fn late_fees(&self, today: NaiveDate, without: &[InvoiceId]) -> Vec<LateFeeEvidence> {
        let Some(fee) = &self.policy.late_fee else { return Vec::new() };
        let promised = self.promise.filter(|promise| promise.holds_on(today)).is_some();
        if promised || !self.transfers.is_empty() || self.outage.is_some() {
            return Vec::new();
        }
        let is_due = |item: &&OpenInvoice| {
            without.contains(&item.invoice)
                && item.due_on >= fee.from
                && days_late(today, item) >= i64::from(fee.after_days)
                && item.open.amount() >= self.policy.least_debt(item.open.currency())
        };
        let evidence = |item: &OpenInvoice| LateFeeEvidence {
            policy: self.policy.name.clone(),
            invoice: item.invoice,
            number: item.number.clone(),
            due_on: item.due_on,
            seen_on: today,
            days_late: days_late(today, item),
            open: item.open,
            charge: fee.charge,
            most: fee.most,
        };
        self.open_invoices.iter().filter(is_due).map(evidence).collect()
    }
}

impl LateFeeEvidence {
    /// The fee as a line, in the currency of the late invoice. `None`: it rounds to nothing.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn amount(&self, tax_rate: TaxRate) -> Result<Option<LineAmount>, MoneyError> {
        let currency = self.open.currency();
        let charged = match self.charge {
            FeeCharge::Amount(amount) => Money::new(amount.get(), currency),
            FeeCharge::Percent(percent) => share(self.open, percent)?,
        };
        let charged = self.most.map_or(charged.amount(), |most| charged.amount().min(most.get()));
        let Ok(unit_price) = UnitPrice::new(charged) else { return Ok(None) };
        let price = LinePrice { unit_price, quantity: Quantity::ONE, discount: Reduction::NONE, tax_rate, currency };
        let amount = price.once()?;
        Ok(amount.total.is_positive().then_some(amount))
    }
}

fn share(open: Money, percent: Percent) -> Result<Money, MoneyError> {
    let (open_mantissa, percent) = (open.amount().mantissa(), percent.get());
    let scale = open.amount().scale() + percent.scale() + 2;
    let numerator = open_mantissa.checked_mul(percent.mantissa()).ok_or(MoneyError::TooLarge)?;
    let denominator = 10_i128.checked_pow(scale).ok_or(MoneyError::TooLarge)?;
    Money::ratio(numerator, denominator, open.currency())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collections::{CutoffPolicy, OutageHere, Promise, TransferInReview};
    use crate::ids::{ContractId, PromiseId};
    use crate::money::Currency;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), Currency::USD)
    }

    fn fee(charge: FeeCharge) -> LateFee {
        LateFee { after_days: 7, charge, most: None, tax: None, from: day("2026-01-01") }
    }

    fn percent(text: &str) -> FeeCharge {
        FeeCharge::Percent(text.parse().unwrap())
    }

    /// Due on 1 May; 5 % from the 8th on.
    fn owing(amount: &str) -> Case {
        let invoice = OpenInvoice {
            invoice: InvoiceId(1),
            number: "F-2026-000001".to_owned(),
            due_on: day("2026-05-01"),
            open: usd(amount),
        };
        Case {
            contract: ContractId(1),
            policy: CutoffPolicy { late_fee: Some(fee(percent("5"))), ..CutoffPolicy::standard() },
            open_invoices: vec![invoice],
            held: Vec::new(),
            promise: None,
            transfers: Vec::new(),
            outage: None,
        }
    }

    fn fees(case: &Case, today: &str) -> usize {
        case.late_fees(day(today), &[InvoiceId(1)]).len()
    }

    fn total(charge: FeeCharge, most: Option<&str>, open: &str) -> Option<String> {
        let mut case = owing(open);
        let most = most.map(|most| most.parse().unwrap());
        case.policy.late_fee = Some(LateFee { most, ..fee(charge) });
        case.policy.minimum_debt = rust_decimal::Decimal::ZERO;
        let evidence = case.late_fees(day("2026-05-20"), &[InvoiceId(1)]).pop()?;
        evidence.amount(TaxRate::NONE).unwrap().map(|amount| amount.total.to_string())
    }

    #[test]
    fn a_fee_is_due_after_its_days_and_once_per_invoice() {
        assert_eq!(fees(&owing("30.00"), "2026-05-07"), 0);
        assert_eq!(fees(&owing("30.00"), "2026-05-08"), 1);
        assert_eq!(owing("30.00").late_fees(day("2026-05-20"), &[]), [], "it had one before");
    }

    #[test]
    fn a_new_rule_does_not_fall_on_old_debts() {
        let mut case = owing("30.00");
        case.policy.late_fee = Some(LateFee { from: day("2026-05-02"), ..fee(percent("5")) });
        assert_eq!(fees(&case, "2026-08-01"), 0);
    }

    #[test]
    fn a_zero_or_a_rounding_balance_never_brings_a_fee() {
        for (open, expected) in [("0.00", 0), ("0.04", 0), ("0.99", 0), ("1.00", 1)] {
            assert_eq!(fees(&owing(open), "2026-05-20"), expected, "{open}");
        }
        let mut strict = owing("0.04");
        strict.policy.minimum_debt = rust_decimal::Decimal::ZERO;
        assert_eq!(fees(&strict, "2026-05-20"), 0, "whatever the policy says");
    }

    #[test]
    fn what_holds_the_cut_holds_the_fee() {
        let promise = Promise {
            id: PromiseId(1),
            amount: usd("30.00"),
            made_on: day("2026-05-05"),
            until: day("2026-05-12"),
            paid_since: usd("0.00"),
        };
        let promised = Case { promise: Some(promise), ..owing("30.00") };
        assert_eq!((fees(&promised, "2026-05-12"), fees(&promised, "2026-05-13")), (0, 1));
        let transfers =
            vec![TransferInReview { amount: usd("30.00"), paid_on: day("2026-05-05"), provisional_until: None }];
        assert_eq!(fees(&Case { transfers, ..owing("30.00") }, "2026-05-20"), 0);
        let (place, reason) = ("Centro".to_owned(), "fibra rota".to_owned());
        let outage = Some(OutageHere { place, since: day("2026-05-05"), reason });
        assert_eq!(fees(&Case { outage, ..owing("30.00") }, "2026-05-20"), 0);
    }

    #[test]
    fn it_is_an_amount_or_a_share_of_what_is_open_up_to_its_maximum_rounded_once() {
        let two = FeeCharge::Amount("2.50".parse().unwrap());
        for (charge, most, open, expected) in [
            (two, None, "30.00", Some("2.50")),
            (percent("5"), None, "34.80", Some("1.74")),
            (percent("1.5"), None, "33.33", Some("0.50")),
            (percent("10"), Some("3"), "34.80", Some("3.00")),
            (percent("10"), Some("30"), "34.80", Some("3.48")),
            (percent("0.01"), None, "34.80", None),
        ] {
            assert_eq!(total(charge, most, open).as_deref(), expected, "{charge:?} {most:?} {open}");
        }
    }
}
