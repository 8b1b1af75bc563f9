//! Who paid what, and whether that leaves open what Odoo says is open.

use std::collections::BTreeMap;

use domain::{invoice::DocumentKind, money::Money};

use super::{
    bundle::Bundle,
    types::{AllocationPlan, DocumentPlan, PaymentPlan, Source},
};
use crate::import::odoo::{
    problems::{File, Problem, What},
    records::Reconciliation,
};

/// What can still be paid or used of each document and payment.
type Left = BTreeMap<String, Money>;

pub(super) fn plan(
    bundle: &Bundle<'_>,
    documents: &[DocumentPlan],
    payments: &[PaymentPlan],
) -> Result<Vec<AllocationPlan>, Problem> {
    let owner = || Some(bundle.partner.id.clone());
    let invoices: BTreeMap<&str, &DocumentPlan> = by_number(documents, DocumentKind::Invoice);
    let credit_notes: BTreeMap<&str, &DocumentPlan> = by_number(documents, DocumentKind::CreditNote);
    let mut left: Left = documents.iter().map(|document| (document.number.clone(), document.total)).collect();
    left.extend(payments.iter().map(|payment| (payment.receipt.clone(), payment.amount)));
    let mut allocations = Vec::new();
    for record in &bundle.reconciliations {
        let problem = |what| Problem { file: File::Reconciliations, line: Some(record.line), customer: owner(), what };
        let unknown = |column: &str, value: &str| What::Unknown { column: column.to_owned(), value: value.to_owned() };
        let invoice = invoices.get(record.debit.as_str());
        let invoice = invoice.ok_or_else(|| problem(unknown("debit_move", &record.debit)))?;
        let payment = payments.iter().find(|payment| payment.receipt == record.credit);
        let source = match (payment, credit_notes.get(record.credit.as_str())) {
            (Some(payment), _) => Source::Payment(payment.id.clone()),
            (None, Some(credit_note)) => Source::CreditNote(credit_note.id.clone()),
            (None, None) => return Err(problem(unknown("credit_move", &record.credit))),
        };
        let amount = take(record, invoice.total, &mut left).map_err(problem)?;
        allocations.push(AllocationPlan { invoice: invoice.id.clone(), source, amount, on: record.on });
    }
    check_residuals(bundle, &left)?;
    Ok(allocations)
}

fn by_number(documents: &[DocumentPlan], kind: DocumentKind) -> BTreeMap<&str, &DocumentPlan> {
    let of_kind = documents.iter().filter(|document| document.kind == kind);
    of_kind.map(|document| (document.number.as_str(), document)).collect()
}

/// Takes the amount off both sides.
fn take(record: &Reconciliation, invoiced: Money, left: &mut Left) -> Result<Money, What> {
    let amount = Money::exact(record.amount, invoiced.currency());
    let amount = amount.map_err(|_| What::bad_value("amount", &record.amount.to_string()))?;
    for number in [&record.debit, &record.credit] {
        let before = left.get(number).copied().unwrap_or(Money::zero(amount.currency()));
        let after = before.checked_sub(amount).ok().filter(|after| !after.is_negative());
        let after = after.ok_or_else(|| What::DoesNotAddUp {
            column: "amount".to_owned(),
            stated: amount.to_string(),
            computed: before.to_string(),
        })?;
        left.insert(number.clone(), after);
    }
    Ok(amount)
}

/// A payment that is missing from its file shows here.
fn check_residuals(bundle: &Bundle<'_>, left: &Left) -> Result<(), Problem> {
    for document in &bundle.documents {
        let Some(computed) = left.get(&document.number).filter(|computed| **computed != document.residual) else {
            continue;
        };
        let what = What::DoesNotAddUp {
            column: "amount_residual".to_owned(),
            stated: document.residual.to_string(),
            computed: computed.to_string(),
        };
        let customer = Some(bundle.partner.id.clone());
        return Err(Problem { file: File::Documents, line: Some(document.line), customer, what });
    }
    Ok(())
}
