//! What importing a file would do, and doing it.

use domain::bank::{BadLine, Columns, Contents, StatementFormat};
use domain::failure::Failure;
use domain::ids::{BankAccountId, BankStatementId};
use domain::views::bank::{ColumnsForm, StatementPreview, StatementRow};
use store::bank_statements;

use super::read::{contents, heads};
use super::{of_statement, upload::damaged};
use crate::permit::{ImportStatements, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// How many movements a preview shows.
const SHOWN: usize = 20;

/// What is in a file, and how much of it is new.
///
/// # Errors
/// `NotFound`; `Fields` for a file that is damaged.
pub async fn preview(
    context: &Context,
    _: &Permit<ImportStatements>,
    statement: BankStatementId,
) -> Result<StatementPreview> {
    let mut connection = context.connection().await?;
    let (row, content) = bank_statements::get(&mut connection, statement).await?;
    let (columns, contents) = read(&mut connection, &row, &content).await?;
    let known = bank_statements::known(&mut connection, row.account.id, &contents.movements).await?;
    let known = known.into_iter().filter(|known| *known).count();
    let is_csv = row.format == StatementFormat::Csv;
    Ok(StatementPreview {
        row,
        heads: if is_csv { heads(&content) } else { Vec::new() },
        columns: is_csv.then_some(columns),
        fresh: contents.movements.len() - known,
        known,
        movements: contents.movements.into_iter().take(SHOWN).collect(),
        bad: contents.bad,
    })
}

/// Reads the file's columns as the form says, from now on all files of that account.
///
/// # Errors
/// `Fields`, `NotFound`.
pub async fn set_columns(
    context: &Context,
    permit: &Permit<ImportStatements>,
    statement: BankStatementId,
    form: &ColumnsForm,
) -> Result<()> {
    let columns = form.check()?;
    let mut transaction = context.begin().await?;
    let (row, content) = bank_statements::get(&mut transaction, statement).await?;
    let before = columns_of(&mut transaction, row.account.id, &content).await?;
    bank_statements::remember_columns(&mut transaction, row.account.id, &columns).await?;
    audit(context, &mut transaction, permit, of_statement(statement), Some(&before), Some(&columns)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Puts the movements into the work list that no file told before; answers how many.
///
/// # Errors
/// `NotFound`; `Fields` for a file that is damaged.
pub async fn import(context: &Context, permit: &Permit<ImportStatements>, statement: BankStatementId) -> Result<u64> {
    let mut transaction = context.begin().await?;
    let (row, content) = bank_statements::get(&mut transaction, statement).await?;
    let (_, contents) = read(&mut transaction, &row, &content).await?;
    let stored = bank_statements::import(&mut transaction, &row, &contents.movements, context.clock.now()).await?;
    audit(context, &mut transaction, permit, of_statement(statement), Some(&row), Some(&stored)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(stored)
}

/// The lines of a file that could not be read.
///
/// # Errors
/// `NotFound`; `Fields` for a file that is damaged.
pub async fn bad_lines(
    context: &Context,
    _: &Permit<ImportStatements>,
    statement: BankStatementId,
) -> Result<Vec<BadLine>> {
    let mut connection = context.connection().await?;
    let (row, content) = bank_statements::get(&mut connection, statement).await?;
    Ok(read(&mut connection, &row, &content).await?.1.bad)
}

async fn read(connection: &mut store::Connection, row: &StatementRow, content: &str) -> Result<(Columns, Contents)> {
    let columns = columns_of(connection, row.account.id, content).await?;
    let contents = contents(row.format, content, &columns).map_err(|error| -> Failure { damaged(error) })?;
    Ok((columns, contents))
}

/// As somebody chose them for this account before, or else a guess.
pub(super) async fn columns_of(
    connection: &mut store::Connection,
    account: BankAccountId,
    content: &str,
) -> Result<Columns> {
    let chosen = bank_statements::columns(connection, account).await?;
    Ok(chosen.unwrap_or_else(|| Columns::guess(&heads(content))))
}
