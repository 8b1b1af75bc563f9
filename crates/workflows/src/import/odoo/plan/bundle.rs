//! Puts together what belongs to one customer, and finds what belongs to nobody.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::odoo::{
    problems::{ExternalId, File, Problem, What},
    records::{Contract, Document, Partner, Payment, Reconciliation, Records},
};

/// A customer and all of their records.
pub(super) struct Bundle<'r> {
    pub(super) partner: &'r Partner,
    pub(super) contracts: Vec<&'r Contract>,
    pub(super) documents: Vec<&'r Document>,
    pub(super) payments: Vec<&'r Payment>,
    pub(super) reconciliations: Vec<&'r Reconciliation>,
}

/// In the order of the customers' file. What refers to a customer or document that is not there becomes a problem,
/// unless its customer is left out already.
pub(super) fn bundle<'r>(records: &'r Records, problems: &mut Vec<Problem>) -> Vec<Bundle<'r>> {
    let mut bundler = Bundler {
        bundles: records.partners.iter().map(|partner| (&partner.id, Bundle::new(partner))).collect(),
        left_out: problems.iter().filter_map(|problem| problem.customer.clone()).collect(),
        problems,
    };
    for contract in &records.contracts {
        if let Some(bundle) = bundler.of(&contract.partner, File::Contracts, contract.line) {
            bundle.contracts.push(contract);
        }
    }
    for document in &records.documents {
        if let Some(bundle) = bundler.of(&document.partner, File::Documents, document.line) {
            bundle.documents.push(document);
        }
    }
    for payment in &records.payments {
        if let Some(bundle) = bundler.of(&payment.partner, File::Payments, payment.line) {
            bundle.payments.push(payment);
        }
    }
    let owners = owners_by_number(records);
    for reconciliation in &records.reconciliations {
        bundler.add_reconciliation(reconciliation, &owners);
    }
    let mut bundles: Vec<Bundle<'_>> = bundler.bundles.into_values().collect();
    bundles.sort_by_key(|bundle| bundle.partner.line);
    bundles
}

/// Reconciliations name documents and payments by their numbers.
fn owners_by_number(records: &Records) -> BTreeMap<&str, &ExternalId> {
    let documents = records.documents.iter().map(|document| (document.number.as_str(), &document.partner));
    documents.chain(records.payments.iter().map(|payment| (payment.number.as_str(), &payment.partner))).collect()
}

struct Bundler<'r, 'p> {
    bundles: BTreeMap<&'r ExternalId, Bundle<'r>>,
    left_out: BTreeSet<ExternalId>,
    problems: &'p mut Vec<Problem>,
}

impl<'r> Bundler<'r, '_> {
    fn of(&mut self, partner: &ExternalId, file: File, line: u64) -> Option<&mut Bundle<'r>> {
        if !self.bundles.contains_key(partner) && !self.left_out.contains(partner) {
            let what = What::Unknown { column: "partner_id/id".to_owned(), value: partner.to_string() };
            self.leave_out(Problem { file, line: Some(line), customer: Some(partner.clone()), what });
        }
        self.bundles.get_mut(partner)
    }

    fn add_reconciliation(&mut self, record: &'r Reconciliation, owners: &BTreeMap<&str, &'r ExternalId>) {
        let problem = |customer: Option<&ExternalId>, what| Problem {
            file: File::Reconciliations,
            line: Some(record.line),
            customer: customer.cloned(),
            what,
        };
        let unknown = |column: &str, value: &str| What::Unknown { column: column.to_owned(), value: value.to_owned() };
        match (owners.get(record.debit.as_str()), owners.get(record.credit.as_str())) {
            (Some(debit), Some(credit)) if debit == credit => {
                if let Some(bundle) = self.bundles.get_mut(*debit) {
                    bundle.reconciliations.push(record);
                }
            }
            (Some(debit), Some(credit)) => {
                let differ = || What::CustomersDiffer { debit: record.debit.clone(), credit: record.credit.clone() };
                self.leave_out(problem(Some(debit), differ()));
                self.leave_out(problem(Some(credit), differ()));
            }
            (None, credit) => self.leave_out(problem(credit.copied(), unknown("debit_move", &record.debit))),
            (debit, None) => self.leave_out(problem(debit.copied(), unknown("credit_move", &record.credit))),
        }
    }

    /// Says it once: what follows from a customer's being left out is no news.
    fn leave_out(&mut self, problem: Problem) {
        let is_news = problem.customer.as_ref().is_none_or(|customer| self.left_out.insert(customer.clone()));
        if is_news {
            self.problems.push(problem);
        }
    }
}

impl<'r> Bundle<'r> {
    fn new(partner: &'r Partner) -> Self {
        Self {
            partner,
            contracts: Vec::new(),
            documents: Vec::new(),
            payments: Vec::new(),
            reconciliations: Vec::new(),
        }
    }
}
