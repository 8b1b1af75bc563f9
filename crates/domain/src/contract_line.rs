//! What a contract's line sells, on which terms, and the dates between which it is billed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{AnchorDay, BillingTerms};
use crate::discount::Discount;
use crate::ids::{PlanId, TaxId};
use crate::price::{Quantity, UnitPrice};
use crate::words::words;

words! {
    /// How the billing day of a line is found when its contract is activated.
    pub enum Alignment {
        /// The company's common one.
        Common = "common",
        /// The day of activation.
        Activation = "activation",
        /// The one that was agreed.
        Chosen = "chosen",
    }
}

/// What was agreed. The price is the line's own: a plan that becomes dearer changes no contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    pub plan: PlanId,
    /// As invoices will say it.
    pub description: String,
    pub quantity: Quantity,
    pub unit_price: UnitPrice,
    pub discount: Option<Discount>,
    pub tax: TaxId,
    /// `None`: charged once, such as an installation.
    pub terms: Option<BillingTerms>,
    /// Until activation, the billing day of the terms is only what it would be by this.
    pub alignment: Alignment,
}

impl LineFacts {
    /// The line as it is once service begins on `on`: its billing day and the end of its discount are dates.
    #[must_use]
    pub fn started(mut self, on: NaiveDate, common: AnchorDay) -> Self {
        if let Some(terms) = &mut self.terms {
            terms.anchor = match self.alignment {
                Alignment::Common => common,
                Alignment::Activation => AnchorDay::of(on),
                Alignment::Chosen => terms.anchor,
            };
        }
        let discount = self.discount.map(|discount| discount.started(self.terms.as_ref(), on));
        Self { discount, ..self }
    }
}

/// Between which dates a line is billed, and how far it has been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDates {
    /// `None` until the contract is activated.
    pub starts_on: Option<NaiveDate>,
    /// The first day without service.
    pub ends_on: Option<NaiveDate>,
    /// The end of the last billed period: where the next one begins.
    pub billed_through: Option<NaiveDate>,
    /// `None`: nothing more to bill.
    pub next_invoice_on: Option<NaiveDate>,
}

impl LineDates {
    /// Service begins on `on`, and with it what is billed.
    #[must_use]
    pub fn started(terms: Option<&BillingTerms>, on: NaiveDate) -> Self {
        Self { starts_on: Some(on), ..Self::default() }.with_next_invoice(terms)
    }

    /// Service ends before `on`. A part of a period that has not been billed still will be: at once when it is
    /// prepaid, on `on` when it is postpaid. What was billed beyond `on` is not given back here: that is a credit
    /// note, which somebody decides on.
    #[must_use]
    pub fn ended(self, terms: Option<&BillingTerms>, on: NaiveDate) -> Self {
        let Some(starts_on) = self.starts_on else { return Self { next_invoice_on: None, ..self } };
        let ends_on = self.ends_on.map_or(on, |ends| ends.min(on)).max(starts_on);
        Self { ends_on: Some(ends_on), ..self }.with_next_invoice(terms)
    }

    /// The same dates with the next invoice's that follows from them: the one that
    /// [`crate::billing::BillableLine`] bills.
    #[must_use]
    pub fn with_next_invoice(self, terms: Option<&BillingTerms>) -> Self {
        let next = self.starts_on.and_then(|start| match terms {
            Some(terms) => {
                let from = self.billed_through.unwrap_or(start);
                terms.period_from(start, from, self.ends_on).map(|period| period.invoice_on)
            }
            None => {
                let unbilled = self.billed_through.is_none() && self.ends_on.is_none_or(|end| start < end);
                unbilled.then_some(start)
            }
        });
        Self { next_invoice_on: next, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::BillableLine;
    use crate::calendar::BillingMode;
    use crate::discount::{Lasting, Reduction};
    use crate::ids::ContractLineId;
    use crate::money::Currency;
    use crate::price::AgreedPrice;
    use crate::tax::{TaxRate, TaxRates};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn monthly(mode: BillingMode) -> BillingTerms {
        BillingTerms { mode, ..BillingTerms::monthly(AnchorDay::FIRST) }
    }

    #[test]
    fn the_billing_day_is_found_at_activation() {
        let agreed = LineFacts {
            plan: PlanId(1),
            description: "Internet".to_owned(),
            quantity: Quantity::ONE,
            unit_price: "30".parse().unwrap(),
            discount: None,
            tax: TaxId(1),
            terms: Some(BillingTerms::monthly(AnchorDay::new(20).unwrap())),
            alignment: Alignment::Chosen,
        };
        let common = AnchorDay::new(5).unwrap();
        for (alignment, expected) in [(Alignment::Common, 5), (Alignment::Activation, 31), (Alignment::Chosen, 20)] {
            let started = LineFacts { alignment, ..agreed.clone() }.started(day("2026-03-31"), common);
            assert_eq!(started.terms.unwrap().anchor.get(), expected, "{alignment}");
        }
        let discount = Discount { reduction: Reduction::Courtesy, lasting: Lasting::Periods(2), reason: String::new() };
        let started = LineFacts { alignment: Alignment::Common, discount: Some(discount), ..agreed };
        let started = started.started(day("2026-03-31"), common);
        assert_eq!(started.discount.unwrap().lasting, Lasting::Until(day("2026-06-05")), "by the day that was found");
    }

    #[test]
    fn the_first_invoice_follows_from_the_terms() {
        let on = day("2026-03-12");
        for (terms, expected) in [
            (Some(monthly(BillingMode::Prepaid)), "2026-03-12"),
            (Some(monthly(BillingMode::Postpaid)), "2026-04-01"),
            (None, "2026-03-12"),
        ] {
            assert_eq!(LineDates::started(terms.as_ref(), on).next_invoice_on, Some(day(expected)), "{terms:?}");
        }
    }

    #[test]
    fn a_postpaid_part_period_is_still_billed_after_the_end() {
        let terms = monthly(BillingMode::Postpaid);
        let dates = LineDates {
            billed_through: Some(day("2026-04-01")),
            ..LineDates::started(Some(&terms), day("2026-03-12"))
        };
        let ended = dates.ended(Some(&terms), day("2026-04-20"));
        assert_eq!((ended.ends_on, ended.next_invoice_on), (Some(day("2026-04-20")), Some(day("2026-04-20"))));
    }

    #[test]
    fn what_was_prepaid_beyond_the_end_is_not_billed_again_and_not_given_back() {
        let terms = monthly(BillingMode::Prepaid);
        let dates = LineDates {
            billed_through: Some(day("2026-05-01")),
            ..LineDates::started(Some(&terms), day("2026-03-12"))
        };
        let ended = dates.ended(Some(&terms), day("2026-04-20"));
        assert_eq!((ended.billed_through, ended.next_invoice_on), (Some(day("2026-05-01")), None));
    }

    #[test]
    fn a_line_that_never_started_has_nothing_to_bill() {
        let ended = LineDates::default().ended(Some(&monthly(BillingMode::Prepaid)), day("2026-04-20"));
        assert_eq!(ended, LineDates::default());
    }

    #[test]
    fn the_next_invoice_is_the_one_that_billing_makes() {
        let start = day("2026-03-12");
        let ends = [None, Some(start), Some(day("2026-03-20")), Some(day("2026-06-15"))];
        let billed = [None, Some(start), Some(day("2026-04-01"))];
        for terms in [None, Some(monthly(BillingMode::Prepaid)), Some(monthly(BillingMode::Postpaid))] {
            for (ends_on, billed_through) in ends.iter().flat_map(|end| billed.iter().map(move |to| (*end, *to))) {
                let dates = LineDates { starts_on: Some(start), ends_on, billed_through, next_invoice_on: None };
                let next = dates.with_next_invoice(terms.as_ref()).next_invoice_on;
                let billable = billable(terms, start, ends_on, billed_through);
                assert_eq!(next, billable.next_invoice_on(), "{billable:?}");
            }
        }
    }

    fn billable(
        terms: Option<BillingTerms>,
        starts_on: NaiveDate,
        ends_on: Option<NaiveDate>,
        billed_through: Option<NaiveDate>,
    ) -> BillableLine {
        let price = AgreedPrice {
            unit_price: "30".parse().unwrap(),
            quantity: Quantity::ONE,
            currency: Currency::USD,
            discount: None,
            tax: TaxRates::always(TaxRate::NONE),
        };
        let description = "Internet".to_owned();
        BillableLine { id: ContractLineId(1), description, price, terms, starts_on, ends_on, billed_through }
    }
}
