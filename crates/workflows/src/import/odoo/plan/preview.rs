//! What an import would do, for people to read before it does.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    calendar::AnchorDay,
    contract::ContractState,
    invoice::DocumentKind,
    money::{Currency, Money},
};

use super::types::CustomerPlan;
use crate::import::odoo::{
    problems::{ExternalId, Problem},
    records::{Contract, Document, Payment, Records},
};

#[derive(Debug, Default)]
pub struct Preview {
    pub customers: usize,
    pub contracts: usize,
    pub contracts_closed: usize,
    pub contracts_suspended: usize,
    pub products: usize,
    pub invoices: Tally,
    pub credit_notes: Tally,
    pub payments: Tally,
    /// Invoices less credit notes less payments.
    pub receivable: BTreeMap<Currency, Money>,
    /// In the order of the customers' file; those that are in no file come last.
    pub skipped: Vec<SkippedCustomer>,
    /// Of records that belong to nobody known, such as a product that cannot be read.
    pub problems: Vec<Problem>,
    pub notes: Vec<Note>,
}

/// How many, and what they come to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: usize,
    pub totals: BTreeMap<Currency, Money>,
}

/// A customer who is left out with everything that hangs on them.
#[derive(Debug)]
pub struct SkippedCustomer {
    pub id: ExternalId,
    /// Reference and name, when their own record could be read.
    pub known_as: Option<(String, String)>,
    pub problems: Vec<Problem>,
}

/// Something that somebody should know, and that keeps nothing from being imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A contract's code, or a document's or payment's number.
    pub about: String,
    pub kind: NoteKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Odoo's billing day has moved; it stays where it is now.
    BillingDayDrifted { from: AnchorDay, kept: AnchorDay },
    /// Date and untaxed amount of the next invoice.
    NextInvoiceDiffers { odoo: Option<(NaiveDate, Money)>, ours: Option<(NaiveDate, Money)> },
    /// An active contract whose installation is nowhere on the map.
    WithoutPosition,
    /// A draft or cancelled document, which is left out.
    NotPosted,
    /// A payment that was never received, which is left out.
    NotReceived,
    /// A line of a contract whose text does not tell which days it bills.
    WithoutPeriod,
}

impl Note {
    pub(super) fn on_contract(contract: &Contract, kind: NoteKind) -> Self {
        Self { about: contract.code.clone(), kind }
    }

    pub(super) fn on_document(document: &Document, kind: NoteKind) -> Self {
        Self { about: document.number.clone(), kind }
    }

    pub(super) fn on_payment(payment: &Payment, kind: NoteKind) -> Self {
        Self { about: payment.number.clone(), kind }
    }
}

impl Preview {
    pub(super) fn of(records: &Records, customers: &[CustomerPlan], problems: Vec<Problem>, notes: Vec<Note>) -> Self {
        let mut preview = Self { products: records.products.len(), notes, ..Self::default() };
        for customer in customers {
            preview.count(customer);
        }
        let mut skipped: BTreeMap<(u64, ExternalId), SkippedCustomer> = BTreeMap::new();
        for problem in problems {
            let Some(id) = problem.customer.clone() else {
                preview.problems.push(problem);
                continue;
            };
            let partner = records.partners.iter().find(|partner| partner.id == id);
            let known_as = partner.map(|partner| (partner.reference.clone(), partner.name.clone()));
            let place = (partner.map_or(u64::MAX, |partner| partner.line), id.clone());
            let customer = SkippedCustomer { id, known_as, problems: Vec::new() };
            skipped.entry(place).or_insert(customer).problems.push(problem);
        }
        preview.skipped = skipped.into_values().collect();
        preview
    }

    fn count(&mut self, customer: &CustomerPlan) {
        self.customers += 1;
        self.contracts += customer.contracts.len();
        for contract in &customer.contracts {
            self.contracts_closed += usize::from(matches!(contract.state, ContractState::Closed { .. }));
            self.contracts_suspended += usize::from(contract.hold.is_some());
        }
        for document in &customer.documents {
            match document.kind {
                DocumentKind::Invoice => {
                    self.invoices.add(document.total);
                    add(&mut self.receivable, document.total);
                }
                DocumentKind::CreditNote => {
                    self.credit_notes.add(document.total);
                    add(&mut self.receivable, -document.total);
                }
            }
        }
        for payment in &customer.payments {
            self.payments.add(payment.amount);
            add(&mut self.receivable, -payment.amount);
        }
    }
}

impl Tally {
    fn add(&mut self, amount: Money) {
        self.count += 1;
        add(&mut self.totals, amount);
    }
}

/// A sum past 28 digits stays where it was: it is shown to people, and nothing follows from it.
fn add(totals: &mut BTreeMap<Currency, Money>, amount: Money) {
    let total = totals.entry(amount.currency()).or_insert(Money::zero(amount.currency()));
    *total = total.checked_add(amount).unwrap_or(*total);
}
