//! Files and movements to look at.

use domain::ids::BankRowId;
use domain::views::bank::{BankFilter, BankRowDetail, BankWork, StatementRow};
use domain::views::list::{Page, PageNumber};
use store::{bank_rows, bank_statements};

use super::suggest::matched;
use crate::permit::{Permit, SeePayments};
use crate::{Context, Result};

/// The files, the newest first.
pub async fn statements(context: &Context, _: &Permit<SeePayments>, page: PageNumber) -> Result<Page<StatementRow>> {
    let mut connection = context.connection().await?;
    Ok(bank_statements::list(&mut connection, page).await?)
}

/// Money that came in, each with whom it may be of.
pub async fn work(context: &Context, _: &Permit<SeePayments>, filter: &BankFilter) -> Result<BankWork> {
    let mut connection = context.connection().await?;
    let page = bank_rows::list(&mut connection, filter).await?;
    let open = bank_rows::count_open(&mut connection).await?;
    let rows = matched(&mut connection, page.rows).await?;
    Ok(BankWork { page: Page { rows, total: page.total, number: page.number }, open })
}

/// One movement.
///
/// # Errors
/// `NotFound`.
pub async fn row(context: &Context, _: &Permit<SeePayments>, row: BankRowId) -> Result<BankRowDetail> {
    let mut connection = context.connection().await?;
    let found = bank_rows::get(&mut connection, row).await?;
    let mut found = matched(&mut connection, vec![found]).await?;
    let (decided_at, decided_by, payments) = bank_rows::decision(&mut connection, row).await?;
    match found.pop() {
        Some(matched) => Ok(BankRowDetail { matched, payments, decided_at, decided_by }),
        None => Err(domain::failure::Failure::NotFound.into()),
    }
}
