//! Money that came in becomes payments: of one customer, or split over several.

use domain::bank::BankRowState;
use domain::failure::{Blocker, Failure, FormCheck, Problem};
use domain::form;
use domain::ids::{BankRowId, CustomerId, PaymentId};
use domain::invoice::PaymentMethod;
use domain::matching::{Evidence, Suggestion};
use domain::money::Money;
use domain::views::bank::{BankRow, BookForm};
use serde::Serialize;
use store::bank_rows::{self, Decision};

use super::{of_row, suggest::matched};
use crate::payments::{Payment, count, refuse_known_transfer, take};
use crate::permit::{BookStatements, Permit};
use crate::record::audit;
use crate::{Context, Error, Result, transfers};

/// A customer's part of a movement.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Part {
    pub customer: CustomerId,
    pub amount: Money,
}

/// Books a movement on whom the form says. A transfer that was reported is approved; one that was recorded before is
/// found again, and nothing is doubled.
///
/// # Errors
/// `Fields` (a number that nobody has, parts that do not add up), `Blocked(AlreadyDecided)`, `NotFound`.
pub async fn book(context: &Context, permit: &Permit<BookStatements>, row: BankRowId, form: &BookForm) -> Result<()> {
    let mut transaction = context.begin().await?;
    let found = bank_rows::get(&mut transaction, row).await?;
    let parts = understand(&mut transaction, &found, form).await?;
    book_parts(context, &mut transaction, permit, row, &parts).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn understand(transaction: &mut store::Transaction, row: &BankRow, form: &BookForm) -> Result<Vec<Part>> {
    let mut check = FormCheck::default();
    let mut parts = Vec::new();
    for (nth, line) in form.lines.iter().enumerate() {
        let (customer, amount) = (line.customer.trim(), line.amount.trim());
        if customer.is_empty() && amount.is_empty() {
            continue;
        }
        let found = store::customers::by_reference(transaction, customer).await?.ok_or(match customer {
            "" => Problem::Required,
            _ => Problem::UnknownChoice,
        });
        let customer = check.take(&format!("lines.{nth}.customer"), found);
        let amount = check.take(&format!("lines.{nth}.amount"), form::amount(amount, row.amount.currency()));
        parts.extend(customer.zip(amount).map(|(customer, amount)| Part { customer, amount }));
    }
    check.finish()?;
    if parts.is_empty() {
        return Err(Failure::field("lines.0.customer", Problem::Required).into());
    }
    let sum = Money::sum(row.amount.currency(), parts.iter().map(|part| part.amount)).map_err(Error::internal)?;
    if sum != row.amount {
        return Err(Failure::field("lines.0.amount", Problem::NotTheSum { of: row.amount }).into());
    }
    Ok(parts)
}

/// Books a movement in parts that add up to it.
pub(super) async fn book_parts(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<BookStatements>,
    row: BankRowId,
    parts: &[Part],
) -> Result<()> {
    let customers: Vec<CustomerId> = parts.iter().map(|part| part.customer).collect();
    store::payments::lock_customers(transaction, &customers).await?;
    let row = bank_rows::lock(transaction, row).await?;
    if row.state != BankRowState::Open || !row.amount.is_positive() {
        return Err(Failure::Blocked { what: Blocker::AlreadyDecided }.into());
    }
    for (nth, part) in parts.iter().enumerate() {
        let payment = match parts {
            [_] => whole(context, transaction, permit, &row, *part).await?,
            _ => new_payment(context, transaction, permit, &row, *part, nth).await?,
        };
        bank_rows::link(transaction, row.id, payment).await?;
    }
    let (now, by) = (context.clock.now(), permit.actor().user_id());
    let decision = Decision { state: BankRowState::Booked, at: Some(now), by, reason: None };
    bank_rows::decide(transaction, row.id, decision).await?;
    audit(context, transaction, permit, of_row(row.id), Some(&row), Some(&parts)).await
}

/// All of it is one customer's: perhaps it is known already, recorded or reported.
async fn whole(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<BookStatements>,
    row: &BankRow,
    part: Part,
) -> Result<PaymentId> {
    let suggestions = matched(transaction, vec![row.clone()]).await?.into_iter().flat_map(|row| row.suggestions);
    let own: Vec<Suggestion> = suggestions.filter(|found| found.customer.id == part.customer).collect();
    for evidence in own.iter().flat_map(|found| &found.because) {
        match evidence {
            Evidence::RecordedPayment { payment, .. } => return Ok(*payment),
            Evidence::ReportedTransfer { report, same_amount: true, .. } => {
                return transfers::approve_within(context, transaction, permit, *report).await;
            }
            _ => {}
        }
    }
    new_payment(context, transaction, permit, row, part, 0).await
}

async fn new_payment(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<BookStatements>,
    row: &BankRow,
    part: Part,
    nth: usize,
) -> Result<PaymentId> {
    // Parts of one transfer have its reference, told apart.
    let reference = match nth {
        0 => row.reference.clone(),
        nth if row.reference.is_empty() => format!("{}-{}", row.id, nth + 1),
        nth => format!("{}-{}", row.reference, nth + 1),
    };
    refuse_known_transfer(transaction, &reference).await.map_err(at_the_first_line)?;
    let method = PaymentMethod::Transfer;
    let counted = count(transaction, part.customer, part.amount, method, row.booked_on).await;
    let counted = counted.map_err(at_the_first_line)?;
    let payment = Payment {
        customer: part.customer,
        amount: counted.amount,
        tender: counted.tender,
        tax: counted.tax,
        invoice: None,
        method,
        reference,
        received_on: row.booked_on,
        idempotency_key: format!("bank-row-{}-{nth}", row.id),
    };
    Ok(take(context, transaction, permit.actor(), &payment).await.map_err(at_the_first_line)?.payment)
}

/// The form has no field for the reference: whose it is is what must be looked at.
fn at_the_first_line(error: Error) -> Error {
    match error {
        Error::Refused(Failure::Fields { mut fields }) => {
            for field in &mut fields {
                "lines.0.customer".clone_into(&mut field.field);
            }
            Failure::Fields { fields }.into()
        }
        error => error,
    }
}
