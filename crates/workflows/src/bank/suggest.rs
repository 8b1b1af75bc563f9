//! Whose movements may be.

use std::collections::BTreeMap;

use domain::ids::{BankRowId, CustomerId, PaymentId, TransferReportId};
use domain::matching::{Evidence, Suggestion, certainty, ranked};
use domain::money::Money;
use domain::views::bank::{BankRow, MatchedRow};
use store::bank_rows::{self, Hint};

use crate::Result;

/// Each movement with its suggestions.
pub(super) async fn matched(connection: &mut store::Connection, rows: Vec<BankRow>) -> Result<Vec<MatchedRow>> {
    let ids: Vec<BankRowId> = rows.iter().map(|row| row.id).collect();
    let hints = bank_rows::hints(connection, &ids).await?;
    let mut customers: Vec<CustomerId> = hints.iter().map(|hint| hint.customer.id).collect();
    customers.sort_unstable();
    customers.dedup();
    let open = bank_rows::open_amounts(connection, &customers).await?;
    let with = |row: BankRow| {
        let own = hints.iter().filter(|hint| hint.row == row.id);
        MatchedRow { suggestions: suggestions(&row, own, &open), row }
    };
    Ok(rows.into_iter().map(with).collect())
}

type Open = (CustomerId, String, Money);

fn suggestions<'a>(row: &BankRow, hints: impl Iterator<Item = &'a Hint>, open: &[Open]) -> Vec<Suggestion> {
    let mut found: BTreeMap<CustomerId, Suggestion> = BTreeMap::new();
    for hint in hints {
        let suggestion = found.entry(hint.customer.id).or_insert_with(|| Suggestion {
            customer: hint.customer.clone(),
            reference: hint.reference.clone(),
            certainty: 0,
            because: amounts(row.amount, hint.customer.id, open),
        });
        suggestion.because.extend(evidence(hint));
    }
    let weighed =
        found.into_values().map(|suggestion| Suggestion { certainty: certainty(&suggestion.because), ..suggestion });
    ranked(weighed.collect())
}

fn evidence(hint: &Hint) -> Option<Evidence> {
    let found = hint.found.clone();
    Some(match hint.what.as_str() {
        "invoice" => Evidence::InvoiceNumber { number: found },
        "customer" => Evidence::CustomerReference { reference: found },
        "contract" => Evidence::ContractCode { code: found },
        "report" => {
            let report = TransferReportId(hint.record);
            Evidence::ReportedTransfer { report, reference: found, same_amount: hint.score == 1 }
        }
        "payment" => Evidence::RecordedPayment { payment: PaymentId(hint.record), receipt: found },
        "name" => Evidence::Name { likeness: u8::try_from(hint.score.clamp(0, 100)).unwrap_or_default() },
        _ => return None,
    })
}

/// Whether the amount is what the customer owes, on one invoice or in all.
fn amounts(amount: Money, customer: CustomerId, open: &[Open]) -> Vec<Evidence> {
    let own: Vec<_> = open.iter().filter(|(owner, ..)| *owner == customer).collect();
    let mut because = Vec::new();
    if let Some((_, number, _)) = own.iter().find(|(.., open)| *open == amount) {
        because.push(Evidence::AmountOfInvoice { number: number.clone() });
    }
    let balance = Money::sum(amount.currency(), own.iter().map(|(.., open)| *open));
    if own.len() > 1 && balance.is_ok_and(|balance| balance == amount) {
        because.push(Evidence::AmountOfBalance { balance: amount });
    }
    because
}
