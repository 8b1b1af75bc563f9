//! The counter: what a customer owes, and what an amount would do before anybody takes it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::Choice;
use crate::collections::{CutoffPolicy, OpenInvoice};
use crate::exchange::{PaymentSettings, Rate, Tender, converted};
use crate::ids::{ContractId, CustomerId, InvoiceId};
use crate::invoice::{Allocation, Credit, Owed, allocate};
use crate::money::{Currency, Money};
use crate::service::{HoldEffect, ServiceState};

/// A customer at the counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counter {
    pub customer: Choice<CustomerId>,
    pub reference: String,
    pub today: NaiveDate,
    /// What a payment is counted in, unless something is owed in the currency that is handed over: that of the oldest
    /// debt, or else the company's.
    pub currency: Currency,
    /// The newest rate of each other currency with it, if it is fresh enough to be used today.
    pub rates: Vec<Rate>,
    pub settings: PaymentSettings,
    /// The oldest due first, in any currency.
    pub owed: Vec<OwedInvoice>,
    /// Paid before and not used by an invoice yet.
    pub credit: Money,
    /// Active contracts that are cut.
    pub cut: Vec<CutContract>,
    /// Made for this showing of the form: sent twice, it is one payment.
    pub idempotency_key: String,
}

/// An invoice that something is owed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwedInvoice {
    pub invoice: OpenInvoice,
    pub contract: Option<Choice<ContractId>>,
}

/// A contract without its service, and what keeps it so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CutContract {
    pub contract: Choice<ContractId>,
    pub service: ServiceState,
    pub policy: CutoffPolicy,
    /// Of its holds for anything but a debt: no payment lifts them.
    pub other_holds: Vec<HoldEffect>,
}

/// What an amount would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// For each owed invoice what would be paid of it.
    pub paid: Vec<Money>,
    /// What would be left, for invoices to come.
    pub rest: Money,
    /// The service of each cut contract afterwards.
    pub services: Vec<ServiceState>,
}

impl Counter {
    /// What to ask for: all that is owed in the company's currency and not covered by credit.
    pub fn debt(&self) -> Money {
        let zero = Money::zero(self.currency);
        let owed = self.owed.iter().map(|owed| owed.invoice.open).filter(|open| open.currency() == self.currency);
        let owed = Money::sum(self.currency, owed).unwrap_or(zero);
        owed.checked_sub(self.credit).ok().filter(|debt| debt.is_positive()).unwrap_or(zero)
    }

    /// The currencies that may be handed over, the one that is owed first.
    pub fn currencies(&self) -> Vec<Currency> {
        let of_rate = |rate: &Rate| if rate.base == self.currency { rate.quote } else { rate.base };
        let owed = self.owed.iter().map(|owed| owed.invoice.open.currency());
        let mut all = vec![self.currency];
        for currency in owed.chain(self.rates.iter().map(of_rate)) {
            if !all.contains(&currency) {
                all.push(currency);
            }
        }
        all
    }

    /// What money that is handed over is counted as; `None` where a rate is missing.
    pub fn counted(&self, tendered: Money) -> Option<(Money, Option<Tender>)> {
        let is_owed = self.owed.iter().any(|owed| owed.invoice.open.currency() == tendered.currency());
        if is_owed || tendered.currency() == self.currency {
            return Some((tendered, None));
        }
        let mut found = self.rates.iter().filter_map(|rate| converted(tendered, self.currency, rate));
        found.next().map(|(amount, tender)| (amount, Some(tender)))
    }

    /// What paying `amount` would do, by the rules that the payment itself goes by: the chosen invoice first, the others
    /// by their age.
    pub fn preview(&self, amount: Money, first: Option<InvoiceId>) -> Preview {
        let mut owed: Vec<Owed> = self.owed.iter().map(|owed| item(&owed.invoice)).collect();
        let mut allocations = Vec::new();
        let mut left = amount;
        if let Some(chosen) = owed.iter_mut().find(|item| Some(item.invoice) == first)
            && let Ok(paid) = amount.checked_min(chosen.open)
        {
            allocations.push(Allocation { source: (), invoice: chosen.invoice, amount: paid });
            chosen.open = chosen.open.checked_sub(paid).unwrap_or(chosen.open);
            left = left.checked_sub(paid).unwrap_or(left);
        }
        let credits = [self.credit, left].map(|unused| Credit { source: (), unused });
        allocations.extend(allocate(&credits, &owed));
        let of_invoice = |invoice: &OpenInvoice| {
            let amounts = allocations.iter().filter(|paid| paid.invoice == invoice.invoice).map(|paid| paid.amount);
            Money::sum(invoice.open.currency(), amounts).unwrap_or(Money::zero(invoice.open.currency()))
        };
        let paid: Vec<Money> = self.owed.iter().map(|owed| of_invoice(&owed.invoice)).collect();
        let rest = allocations.iter().try_fold(amount, |rest, paid| rest.checked_sub(paid.amount));
        let rest = rest.and_then(|rest| rest.checked_add(self.credit)).unwrap_or(amount);
        let services = self.cut.iter().map(|cut| self.service_after(cut, &paid)).collect();
        Preview { paid, rest, services }
    }

    fn service_after(&self, cut: &CutContract, paid: &[Money]) -> ServiceState {
        let of_contract =
            |owed: &OwedInvoice| owed.contract.as_ref().map(|contract| contract.id) == Some(cut.contract.id);
        let left = self.owed.iter().zip(paid).filter(|(owed, _)| of_contract(owed)).filter_map(|(owed, paid)| {
            let open = owed.invoice.open.checked_sub(*paid).ok().filter(|open| open.is_positive())?;
            Some(OpenInvoice { open, ..owed.invoice.clone() })
        });
        let left: Vec<OpenInvoice> = left.collect();
        let overdue = cut.policy.steps_due(self.today, &left).into_iter().map(|evidence| evidence.effect);
        // Paying never makes it harder than it is.
        ServiceState::of_active(overdue.chain(cut.other_holds.iter().copied())).min(cut.service)
    }
}

fn item(invoice: &OpenInvoice) -> Owed {
    Owed { invoice: invoice.invoice, due_on: invoice.due_on, open: invoice.open }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), Currency::USD)
    }

    fn owed(invoice: i64, due_on: &str, open: &str) -> OwedInvoice {
        let invoice = OpenInvoice {
            invoice: InvoiceId(invoice),
            number: format!("F-2026-{invoice:06}"),
            due_on: due_on.parse().unwrap(),
            open: usd(open),
        };
        OwedInvoice { invoice, contract: Some(Choice { id: ContractId(7), name: "C00007".to_owned() }) }
    }

    /// On 1 March: an invoice that is 28 days late, and one that is not due yet.
    fn counter(other_holds: &[HoldEffect]) -> Counter {
        Counter {
            customer: Choice { id: CustomerId(1), name: "Ana Peña".to_owned() },
            reference: "A-1".to_owned(),
            today: "2026-03-01".parse().unwrap(),
            currency: Currency::USD,
            rates: Vec::new(),
            settings: PaymentSettings { rate_days: 3, igtf: None },
            owed: vec![owed(1, "2026-02-01", "27.50"), owed(2, "2026-03-10", "27.50")],
            credit: usd("0"),
            cut: vec![CutContract {
                contract: Choice { id: ContractId(7), name: "C00007".to_owned() },
                service: ServiceState::of_active([HoldEffect::SoftCut].iter().chain(other_holds).copied()),
                policy: CutoffPolicy::standard(),
                other_holds: other_holds.to_vec(),
            }],
            idempotency_key: "key".to_owned(),
        }
    }

    #[test]
    fn the_whole_debt_is_asked_for_less_what_was_paid_before() {
        assert_eq!(counter(&[]).debt(), usd("55.00"));
        assert_eq!(Counter { credit: usd("5.00"), ..counter(&[]) }.debt(), usd("50.00"));
        assert_eq!(Counter { credit: usd("60.00"), ..counter(&[]) }.debt(), usd("0"));
    }

    #[test]
    fn paying_the_late_invoice_restores_the_service() {
        let preview = counter(&[]).preview(usd("27.50"), None);
        assert_eq!(preview.paid, [usd("27.50"), usd("0")]);
        assert_eq!((preview.rest, preview.services), (usd("0"), vec![ServiceState::Active]));
    }

    #[test]
    fn paying_a_part_that_leaves_a_late_debt_restores_nothing() {
        let preview = counter(&[]).preview(usd("20.00"), None);
        assert_eq!((preview.paid, preview.services), (vec![usd("20.00"), usd("0")], vec![ServiceState::Suspended]));
    }

    #[test]
    fn no_payment_lifts_a_hold_for_another_reason() {
        assert_eq!(counter(&[HoldEffect::HardCut]).preview(usd("55.00"), None).services, [ServiceState::Disabled]);
    }

    #[test]
    fn what_no_invoice_takes_stays_credit() {
        let preview = Counter { credit: usd("5.00"), ..counter(&[]) }.preview(usd("60.00"), None);
        assert_eq!((preview.paid, preview.rest), (vec![usd("27.50"), usd("27.50")], usd("10.00")));
    }

    #[test]
    fn a_chosen_invoice_is_paid_before_older_ones() {
        let preview = counter(&[]).preview(usd("30.00"), Some(InvoiceId(2)));
        assert_eq!((preview.paid, preview.rest), (vec![usd("2.50"), usd("27.50")], usd("0")));
    }
}
