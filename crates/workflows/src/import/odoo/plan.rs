//! From Odoo's records to what Ramal will hold, all or nothing per customer.

mod allocations;
mod bundle;
mod contract;
mod document;
mod period;
mod preview;
mod types;
mod unique;

use std::collections::BTreeMap;

use self::{
    bundle::{Bundle, bundle},
    period::DateOrder,
    unique::Claims,
};
use super::{
    problems::{ExternalId, File, Problem},
    records::{DocumentState, PaymentState, Product, Records},
};

pub use preview::{Note, NoteKind, Preview, SkippedCustomer, Tally};
pub use types::{
    AllocationPlan, ContractPlan, CustomerPlan, DocumentLinePlan, DocumentPlan, ImportPlan, LinePlan, Options,
    PaymentPlan, Source,
};

/// What all customers are planned with.
struct Shared<'r> {
    options: Options,
    products: BTreeMap<&'r ExternalId, &'r Product>,
    dates: DateOrder,
}

/// Decides for each customer what is written, or why nothing is.
pub fn plan(records: &Records, options: Options) -> ImportPlan {
    let mut problems = records.problems.clone();
    let bundles = bundle(records, &mut problems);
    let shared = Shared {
        options,
        products: records.products.iter().map(|product| (&product.id, product)).collect(),
        dates: DateOrder::of(records.documents.iter().flat_map(|document| &document.lines)),
    };
    let mut claims = Claims::default();
    let (mut customers, mut notes) = (Vec::new(), Vec::new());
    for bundle in &bundles {
        if problems.iter().any(|problem| problem.customer.as_ref() == Some(&bundle.partner.id)) {
            continue;
        }
        match customer(bundle, &shared).and_then(|planned| claims.add(bundle, planned)) {
            Ok((customer, its_notes)) => {
                customers.push(customer);
                notes.extend(its_notes);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let preview = Preview::of(records, &customers, problems, notes);
    ImportPlan { products: records.products.clone(), customers, preview }
}

fn customer(bundle: &Bundle<'_>, shared: &Shared<'_>) -> Result<(CustomerPlan, Vec<Note>), Problem> {
    let partner = bundle.partner;
    let owner = || Some(partner.id.clone());
    let mut notes = Vec::new();
    let currency = bundle.documents.first().map_or(shared.options.currency, |document| document.total.currency());
    let contracts = bundle
        .contracts
        .iter()
        .map(|contract| contract::plan(contract, partner, currency, shared, &mut notes))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|fault| fault.in_file(File::Contracts, owner()))?;
    let mut documents = Vec::new();
    for document in &bundle.documents {
        match document.state {
            DocumentState::NotPosted => notes.push(Note::on_document(document, NoteKind::NotPosted)),
            DocumentState::Posted => {
                let planned = document::plan(document, bundle, shared, &mut notes);
                documents.push(planned.map_err(|fault| fault.in_file(File::Documents, owner()))?);
            }
        }
    }
    document::refuse_periods_twice(&documents).map_err(|fault| fault.in_file(File::Documents, owner()))?;
    let mut payments = Vec::new();
    for payment in &bundle.payments {
        match payment.state {
            PaymentState::Received => payments.push(PaymentPlan::from(*payment)),
            PaymentState::NotReceived => notes.push(Note::on_payment(payment, NoteKind::NotReceived)),
        }
    }
    let allocations = allocations::plan(bundle, &documents, &payments)?;
    let mut customer = CustomerPlan::new(partner, contracts, documents, payments, allocations);
    customer.hold_suspended(shared.options.today);
    Ok((customer, notes))
}
