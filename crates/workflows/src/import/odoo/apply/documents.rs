//! Invoices, credit notes, payments, and who paid what.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ids::{CustomerId, InvoiceId, PaymentId};
use domain::invoice::DocumentKind;
use store::Connection;
use store::import::{ImportedAllocation, ImportedPayment, NewDocument, NewDocumentLine};
use store::payments::CreditSource;

use super::customer::Written;
use super::{SOURCE, Stop};
use crate::import::odoo::plan::{CustomerPlan, DocumentPlan, Source};
use crate::import::odoo::problems::ExternalId;

type Documents = BTreeMap<ExternalId, InvoiceId>;
type Payments = BTreeMap<ExternalId, PaymentId>;

pub(super) async fn write(
    connection: &mut Connection,
    customer: CustomerId,
    plan: &CustomerPlan,
    at: DateTime<Utc>,
    written: &mut Written,
) -> Result<(), Stop> {
    let mut documents = Documents::new();
    // Invoices first: credit notes refer to them.
    for kind in [DocumentKind::Invoice, DocumentKind::CreditNote] {
        let planned: Vec<&DocumentPlan> = plan.documents.iter().filter(|document| document.kind == kind).collect();
        let new: Vec<_> = planned.iter().map(|document| new_document(document, &documents, written)).collect();
        let ids = store::import::add_documents(connection, customer, at, &new).await?;
        for (document, id) in planned.iter().zip(ids) {
            written.remember("document", &document.id, id.0);
            documents.insert(document.id.clone(), id);
        }
    }
    let payments = write_payments(connection, customer, plan, at, written).await?;
    write_allocations(connection, plan, &documents, &payments).await
}

fn new_document<'d>(document: &'d DocumentPlan, documents: &Documents, written: &Written) -> NewDocument<'d> {
    let line = |line: &'d crate::import::odoo::plan::DocumentLinePlan| NewDocumentLine {
        contract_line: line.contract_line.as_ref().and_then(|id| written.lines.get(id).copied()),
        description: &line.description,
        period: line.period,
        quantity: line.quantity,
        unit_price: line.unit_price,
        discount: line.discount,
        tax_rate: line.tax_rate,
        untaxed: line.untaxed,
        tax: line.tax,
        total: line.total,
    };
    NewDocument {
        kind: document.kind,
        number: &document.number,
        contract: document.contract.as_ref().and_then(|id| written.contracts.get(id).copied()),
        corrects: document.corrects.as_ref().and_then(|id| documents.get(id).copied()),
        issued_on: document.issued_on,
        due_on: document.due_on,
        untaxed: document.untaxed,
        tax: document.tax,
        total: document.total,
        lines: document.lines.iter().map(line).collect(),
    }
}

async fn write_payments(
    connection: &mut Connection,
    customer: CustomerId,
    plan: &CustomerPlan,
    at: DateTime<Utc>,
    written: &mut Written,
) -> Result<Payments, Stop> {
    let new = plan.payments.iter().map(|payment| ImportedPayment {
        receipt: &payment.receipt,
        received_on: payment.received_on,
        amount: payment.amount,
        reference: &payment.reference,
        idempotency_key: format!("{SOURCE}:{}", payment.id),
    });
    let ids = store::import::add_payments(connection, customer, at, &new.collect::<Vec<_>>()).await?;
    for (payment, id) in plan.payments.iter().zip(&ids) {
        written.remember("payment", &payment.id, id.0);
    }
    Ok(plan.payments.iter().map(|payment| payment.id.clone()).zip(ids).collect())
}

async fn write_allocations(
    connection: &mut Connection,
    plan: &CustomerPlan,
    documents: &Documents,
    payments: &Payments,
) -> Result<(), Stop> {
    let mut allocations = Vec::new();
    for allocation in &plan.allocations {
        let source = match &allocation.source {
            Source::Payment(id) => payments.get(id).copied().map(CreditSource::Payment),
            Source::CreditNote(id) => documents.get(id).copied().map(CreditSource::CreditNote),
        };
        // Both ends were planned, and so written above.
        let (source, invoice) =
            source.zip(documents.get(&allocation.invoice).copied()).ok_or(store::Error::NotFound)?;
        allocations.push(ImportedAllocation { invoice, source, amount: allocation.amount, on: allocation.on });
    }
    Ok(store::import::add_allocations(connection, &allocations).await?)
}
