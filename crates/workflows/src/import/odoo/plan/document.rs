//! Invoices and credit notes as Odoo issued them: no amount is computed anew, all are checked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    invoice::DocumentKind,
    money::{Money, MoneyError},
};

use super::{
    Shared,
    bundle::Bundle,
    period::take_apart,
    preview::{Note, NoteKind},
    types::{DocumentLinePlan, DocumentPlan},
};
use crate::import::odoo::{
    problems::{ExternalId, Fault, What},
    records::{Document, DocumentLine},
};

pub(super) fn plan(
    document: &Document,
    bundle: &Bundle<'_>,
    shared: &Shared<'_>,
    notes: &mut Vec<Note>,
) -> Result<DocumentPlan, Fault> {
    check_sums(document).map_err(|what| Fault { line: document.line, what })?;
    let corrects = corrected(document, bundle).map_err(|what| Fault { line: document.line, what })?;
    let mut contract = None;
    let mut lines = Vec::new();
    for record in &document.lines {
        if let Some(id) = &record.contract_line {
            let its_contract = contract_with(id, bundle).ok_or_else(|| Fault {
                line: record.line,
                what: unknown("invoice_line_ids/contract_line_id/id", id),
            })?;
            contract.get_or_insert(its_contract);
        }
        let planned = line(record, shared)?;
        if planned.period.is_none() && planned.contract_line.is_some() {
            notes.push(Note::on_document(document, NoteKind::WithoutPeriod));
        }
        lines.push(planned);
    }
    Ok(DocumentPlan {
        id: document.id.clone(),
        line: document.line,
        number: document.number.clone(),
        kind: document.kind,
        contract: contract.cloned(),
        corrects,
        issued_on: document.issued_on,
        due_on: document.due_on,
        untaxed: document.untaxed,
        tax: document.tax,
        total: document.total,
        lines,
    })
}

fn line(record: &DocumentLine, shared: &Shared<'_>) -> Result<DocumentLinePlan, Fault> {
    let described = take_apart(&record.text);
    let bad_period = || Fault { line: record.line, what: What::BadPeriod { text: record.text.clone() } };
    let period = described.dates.map(|(first, last)| shared.dates.range(first, last).ok_or_else(bad_period));
    let tax = record.total.checked_sub(record.untaxed).map_err(|_| Fault {
        line: record.line,
        what: What::BadNumber { column: "invoice_line_ids/price_total".to_owned(), value: record.total.to_string() },
    })?;
    Ok(DocumentLinePlan {
        contract_line: record.contract_line.clone(),
        description: described.description,
        period: period.transpose()?,
        quantity: record.quantity,
        unit_price: record.price,
        discount: record.discount,
        tax_rate: record.tax.rate,
        untaxed: record.untaxed,
        tax,
        total: record.total,
    })
}

/// Half a document, such as one that lost its last lines, does not add up. Taxes may be off by a coin for each line,
/// where Odoo was set to round them per document.
fn check_sums(document: &Document) -> Result<(), What> {
    let currency = document.total.currency();
    let off = |column: &str, stated: Money, computed: Result<Money, MoneyError>, coins: i64| {
        let computed = computed.map_err(|_| What::bad_value(column, &stated.to_string()))?;
        let difference = (stated.amount() - computed.amount()).abs();
        if difference <= rust_decimal::Decimal::new(coins, currency.minor_units()) {
            return Ok(());
        }
        let (stated, computed) = (stated.to_string(), computed.to_string());
        Err(What::DoesNotAddUp { column: column.to_owned(), stated, computed })
    };
    let lines = &document.lines;
    let coins = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    off("amount_untaxed", document.untaxed, Money::sum(currency, lines.iter().map(|line| line.untaxed)), 0)?;
    off("amount_total", document.total, Money::sum(currency, lines.iter().map(|line| line.total)), coins)?;
    off("amount_total", document.total, document.untaxed.checked_add(document.tax), 0)
}

/// A credit note must tell which of the customer's invoices it corrects.
fn corrected(document: &Document, bundle: &Bundle<'_>) -> Result<Option<ExternalId>, What> {
    const COLUMN: &str = "reversed_entry_id/id";
    if document.kind == DocumentKind::Invoice {
        return Ok(None);
    }
    let id = document.reverses.as_ref().ok_or(What::Empty { column: COLUMN.to_owned() })?;
    let is_there = bundle.documents.iter().any(|other| other.id == *id && other.kind == DocumentKind::Invoice);
    if is_there { Ok(Some(id.clone())) } else { Err(unknown(COLUMN, id)) }
}

fn contract_with<'r>(line: &ExternalId, bundle: &Bundle<'r>) -> Option<&'r ExternalId> {
    let has_line = bundle.contracts.iter().find(|contract| contract.lines.iter().any(|known| known.id == *line));
    has_line.map(|contract| &contract.id)
}

fn unknown(column: &str, id: &ExternalId) -> What {
    What::Unknown { column: column.to_owned(), value: id.to_string() }
}

/// A contract line that was invoiced twice for the same days: the database would refuse the second.
pub(super) fn refuse_periods_twice(documents: &[DocumentPlan]) -> Result<(), Fault> {
    type Billed<'d> = BTreeMap<&'d ExternalId, Vec<(NaiveDate, NaiveDate, &'d DocumentPlan)>>;
    let mut billed: Billed<'_> = BTreeMap::new();
    for document in documents.iter().filter(|document| document.kind == DocumentKind::Invoice) {
        for line in &document.lines {
            if let (Some(contract_line), Some(period)) = (&line.contract_line, line.period) {
                billed.entry(contract_line).or_default().push((period.start(), period.end(), document));
            }
        }
    }
    for periods in billed.values_mut() {
        periods.sort_by_key(|(start, ..)| *start);
        for pair in periods.windows(2) {
            let ((_, end, first), (start, _, second)) = (pair[0], pair[1]);
            if start < end {
                let (document, other) = (second.number.clone(), first.number.clone());
                return Err(Fault { line: second.line, what: What::PeriodTwice { document, other } });
            }
        }
    }
    Ok(())
}
