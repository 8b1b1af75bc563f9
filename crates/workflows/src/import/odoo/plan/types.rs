use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    billing::BillableLine,
    calendar::{BillingTerms, DateRange},
    contact::{CustomerKind, Email, Phone},
    contract::ContractState,
    contract_line::LineDates,
    ids::ContractLineId,
    invoice::DocumentKind,
    money::{Currency, Money, MoneyError},
    next_invoice::NextInvoice,
    position::Position,
    price::{AgreedPrice, Percent},
    service::HoldReason,
};
use rust_decimal::Decimal;

use super::preview::Preview;
use crate::import::odoo::{
    problems::ExternalId,
    records::{Partner, Payment, Product, Service, Tax},
};

/// What the export does not tell.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Contracts that ended before it are over.
    pub today: NaiveDate,
    /// Of contracts that were never invoiced, and of the products' list prices.
    pub currency: Currency,
}

/// What an import writes.
#[derive(Debug)]
pub struct ImportPlan {
    pub products: Vec<Product>,
    pub customers: Vec<CustomerPlan>,
    pub preview: Preview,
}

/// A customer with everything that hangs on it: written in one transaction or not at all.
#[derive(Clone, Debug)]
pub struct CustomerPlan {
    pub id: ExternalId,
    pub reference: String,
    pub kind: CustomerKind,
    pub name: String,
    pub tax_id: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    pub country: String,
    /// Days from an invoice to its due date, where that was agreed in days.
    pub due_days: Option<u16>,
    pub contracts: Vec<ContractPlan>,
    pub documents: Vec<DocumentPlan>,
    pub payments: Vec<PaymentPlan>,
    pub allocations: Vec<AllocationPlan>,
}

#[derive(Clone, Debug)]
pub struct ContractPlan {
    pub id: ExternalId,
    pub code: String,
    pub currency: Currency,
    pub state: ContractState,
    /// Where it is installed: the customer's own street unless the contract has another.
    pub street: String,
    pub position: Option<Position>,
    pub sector: Option<String>,
    pub service: Option<Service>,
    /// Odoo had it suspended: it starts with a hold of this reason.
    pub hold: Option<HoldReason>,
    pub lines: Vec<LinePlan>,
}

#[derive(Clone, Debug)]
pub struct LinePlan {
    pub id: ExternalId,
    pub product: ExternalId,
    pub description: String,
    pub price: AgreedPrice,
    pub tax: Tax,
    pub terms: BillingTerms,
    pub starts_on: NaiveDate,
    /// The first day without service.
    pub ends_on: Option<NaiveDate>,
    /// The end of the last billed period; `None` when nothing was billed yet.
    pub billed_through: Option<NaiveDate>,
}

/// An invoice or credit note as it was issued, with Odoo's own amounts.
#[derive(Clone, Debug)]
pub struct DocumentPlan {
    pub id: ExternalId,
    /// In the file.
    pub line: u64,
    pub number: String,
    pub kind: DocumentKind,
    pub contract: Option<ExternalId>,
    /// The invoice that a credit note corrects; an invoice has none.
    pub corrects: Option<ExternalId>,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
    pub lines: Vec<DocumentLinePlan>,
}

#[derive(Clone, Debug)]
pub struct DocumentLinePlan {
    pub contract_line: Option<ExternalId>,
    pub description: String,
    pub period: Option<DateRange>,
    pub quantity: Decimal,
    pub unit_price: Decimal,
    pub discount: Percent,
    pub tax_rate: Percent,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
}

#[derive(Clone, Debug)]
pub struct PaymentPlan {
    pub id: ExternalId,
    pub receipt: String,
    pub received_on: NaiveDate,
    pub amount: Money,
    pub reference: String,
}

#[derive(Clone, Debug)]
pub struct AllocationPlan {
    pub invoice: ExternalId,
    pub source: Source,
    pub amount: Money,
    pub on: NaiveDate,
}

/// What pays an invoice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Payment(ExternalId),
    CreditNote(ExternalId),
}

impl CustomerPlan {
    pub(super) fn new(
        partner: &Partner,
        contracts: Vec<ContractPlan>,
        documents: Vec<DocumentPlan>,
        payments: Vec<PaymentPlan>,
        allocations: Vec<AllocationPlan>,
    ) -> Self {
        let partner = partner.clone();
        Self {
            id: partner.id,
            reference: partner.reference,
            kind: if partner.is_company { CustomerKind::Company } else { CustomerKind::Person },
            name: partner.name,
            tax_id: partner.tax_id,
            email: partner.email,
            phone: partner.phone,
            street: partner.street,
            city: partner.city,
            postal_code: partner.postal_code,
            country: partner.country,
            due_days: partner.due_days,
            contracts,
            documents,
            payments,
            allocations,
        }
    }

    /// Odoo tells that a service is suspended and not why. With a debt past its due date it is taken to be that, and
    /// paying lifts it; otherwise it was somebody's decision, and takes one to lift.
    pub(super) fn hold_suspended(&mut self, today: NaiveDate) {
        let late = self.documents.iter().any(|document| document.due_on < today && self.open(document).is_positive());
        for contract in &mut self.contracts {
            contract.hold = contract.hold.map(|_| if late { HoldReason::Overdue } else { HoldReason::Staff });
        }
    }

    /// What is left to pay of an invoice. A credit note has nothing to pay.
    fn open(&self, document: &DocumentPlan) -> Money {
        let paid = self.allocations.iter().filter(|allocation| allocation.invoice == document.id);
        match document.kind {
            DocumentKind::CreditNote => Money::zero(document.total.currency()),
            // Allocations were planned not to exceed the invoice, in its currency.
            DocumentKind::Invoice => {
                paid.fold(document.total, |open, allocation| open.checked_sub(allocation.amount).unwrap_or(open))
            }
        }
    }

    /// Invoices less credit notes less payments, for each currency; negative is credit.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn balances(&self) -> Result<BTreeMap<Currency, Money>, MoneyError> {
        let documents = self.documents.iter().map(|document| match document.kind {
            DocumentKind::Invoice => document.total,
            DocumentKind::CreditNote => -document.total,
        });
        let mut balances = BTreeMap::new();
        for amount in documents.chain(self.payments.iter().map(|payment| -payment.amount)) {
            let balance = balances.entry(amount.currency()).or_insert(Money::zero(amount.currency()));
            *balance = balance.checked_add(amount)?;
        }
        Ok(balances)
    }
}

impl ContractPlan {
    /// By the rules of the nightly run; `None` when nothing is left to bill.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn next_invoice(&self) -> Result<Option<NextInvoice>, MoneyError> {
        let lines: Vec<BillableLine> = self.lines.iter().map(LinePlan::billable).collect();
        NextInvoice::of(&lines, self.currency)
    }
}

impl LinePlan {
    pub(in crate::import::odoo) fn dates(&self) -> LineDates {
        let (starts_on, ends_on, billed_through) = (Some(self.starts_on), self.ends_on, self.billed_through);
        LineDates { starts_on, ends_on, billed_through, next_invoice_on: None }.with_next_invoice(Some(&self.terms))
    }

    fn billable(&self) -> BillableLine {
        BillableLine {
            // It has none before it is written, and amounts do not depend on it.
            id: ContractLineId(0),
            description: self.description.clone(),
            price: self.price.clone(),
            terms: Some(self.terms),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            billed_through: self.billed_through,
        }
    }
}

impl From<&Payment> for PaymentPlan {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id.clone(),
            receipt: payment.number.clone(),
            received_on: payment.received_on,
            amount: payment.amount,
            reference: payment.memo.clone(),
        }
    }
}
