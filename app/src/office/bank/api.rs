//! What the pages of the bank's statements ask the server. Files come by an address of their own: `server::http::uploads`.

use domain::ids::{BankRowId, BankStatementId};
use domain::views::bank::{
    BankAccount, BankRowDetail, BankWork, BookForm, ColumnsForm, MatchedRow, StatementPreview, StatementRow, SureForm,
};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::bank::BankFilter,
    workflows::bank,
    workflows::permit::{BookStatements, ImportStatements, SeePayments},
};

#[server(input = GetUrl)]
pub async fn list_movements(#[server(default)] query: ListQuery) -> Result<BankWork, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    let filter = BankFilter { state: query.filter_as("state"), page: query.page };
    Ok(bank::work(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn list_statements(#[server(default)] query: ListQuery) -> Result<Page<StatementRow>, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(bank::statements(&context, &permit, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn begin_upload() -> Result<Vec<BankAccount>, AppError> {
    let (context, permit) = api::permit::<ImportStatements>()?;
    Ok(bank::accounts(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn preview_statement(statement: BankStatementId) -> Result<StatementPreview, AppError> {
    let (context, permit) = api::permit::<ImportStatements>()?;
    Ok(bank::preview(&context, &permit, statement).await?)
}

#[server]
pub async fn set_columns(statement: BankStatementId, columns: ColumnsForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ImportStatements>()?;
    bank::set_columns(&context, &permit, statement, &columns).await?;
    api::go_to(&format!("/office/bank/statements/{statement}?done=saved"));
    Ok(())
}

#[server]
pub async fn import_statement(statement: BankStatementId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ImportStatements>()?;
    bank::import(&context, &permit, statement).await?;
    api::go_to("/office/bank?done=recorded");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_movement(row: BankRowId) -> Result<BankRowDetail, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(bank::row(&context, &permit, row).await?)
}

#[server(input = GetUrl)]
pub async fn list_sure() -> Result<Vec<MatchedRow>, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(bank::sure_rows(&context, &permit).await?)
}

#[server]
pub async fn book_sure(#[server(default)] sure: SureForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<BookStatements>()?;
    let (booked, left) = bank::book_sure(&context, &permit, &sure).await?;
    api::go_to(&format!("/office/bank/sure?booked={booked}&left={left}"));
    Ok(())
}

#[server]
pub async fn book_movement(row: BankRowId, #[server(default)] book: BookForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<BookStatements>()?;
    bank::book(&context, &permit, row, &book).await?;
    api::go_to(&format!("/office/bank/rows/{row}?done=recorded"));
    Ok(())
}

#[server]
pub async fn not_ours(row: BankRowId, #[server(default)] reason: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<BookStatements>()?;
    bank::not_ours(&context, &permit, row, &reason).await?;
    api::go_to("/office/bank?done=saved");
    Ok(())
}

#[server]
pub async fn reopen_movement(row: BankRowId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<BookStatements>()?;
    bank::reopen(&context, &permit, row).await?;
    api::go_to(&format!("/office/bank/rows/{row}?done=saved"));
    Ok(())
}
