//! Movements that are certain, booked in one go after somebody looked at them.

use domain::bank::BankRowState;
use domain::ids::{BankRowId, CustomerId};
use domain::matching::sure;
use domain::views::bank::{BankFilter, BankRow, MatchedRow, SureForm};
use domain::views::list::PageNumber;
use store::bank_rows;

use super::book::{Part, book_parts};
use super::suggest::matched;
use crate::permit::{BookStatements, Permit, SeePayments};
use crate::{Context, Error, Result};

/// How many pages of the work list are looked through for certain ones: the rest comes when these are booked.
const PAGES: i64 = 20;

/// Open movements that are certain to be one customer's, the oldest first.
pub async fn sure_rows(context: &Context, _: &Permit<SeePayments>) -> Result<Vec<MatchedRow>> {
    let mut connection = context.connection().await?;
    let mut found = Vec::new();
    for page in 1..=PAGES {
        let filter = BankFilter { state: Some(BankRowState::Open), page: PageNumber::page(page) };
        let rows = bank_rows::list(&mut connection, &filter).await?.rows;
        if rows.is_empty() {
            break;
        }
        let rows = matched(&mut connection, rows).await?;
        found.extend(rows.into_iter().filter(|row| sure(&row.suggestions).is_some()));
    }
    Ok(found)
}

/// Books those of the form that still are what they were shown as; answers how many, and how many are not any more. Each
/// has a transaction of its own: one that is refused holds up no other.
///
/// # Errors
/// Only ours.
pub async fn book_sure(context: &Context, permit: &Permit<BookStatements>, form: &SureForm) -> Result<(usize, usize)> {
    let (mut booked, mut left) = (0, 0);
    for (row, customer) in form.rows.iter().filter_map(|pair| parse(pair)) {
        match book_if_sure(context, permit, row, customer).await {
            Ok(true) => booked += 1,
            Ok(false) | Err(Error::Refused(_)) => left += 1,
            Err(error) => return Err(error),
        }
    }
    Ok((booked, left))
}

fn parse(pair: &str) -> Option<(BankRowId, CustomerId)> {
    let (row, customer) = pair.split_once(':')?;
    Some((row.parse().ok()?, customer.parse().ok()?))
}

async fn book_if_sure(
    context: &Context,
    permit: &Permit<BookStatements>,
    row: BankRowId,
    customer: CustomerId,
) -> Result<bool> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let found = bank_rows::lock(&mut transaction, row).await?;
    let amount = found.amount;
    if !still_sure(&mut transaction, found, customer).await? {
        return Ok(false);
    }
    book_parts(context, &mut transaction, permit, row, &[Part { customer, amount }]).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(true)
}

async fn still_sure(transaction: &mut store::Transaction, row: BankRow, customer: CustomerId) -> Result<bool> {
    let is_open = row.state == BankRowState::Open;
    let matched = matched(transaction, vec![row]).await?;
    let sure = matched.iter().filter_map(|row| sure(&row.suggestions)).any(|found| found.customer.id == customer);
    Ok(is_open && sure)
}
