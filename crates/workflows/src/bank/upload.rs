//! A file comes in. It is kept as it is before anything is read into the books.

use domain::bank::StatementFormat;
use domain::failure::{Failure, FormCheck, Problem, required};
use domain::form;
use domain::ids::{BankAccountId, BankStatementId};
use domain::views::bank::BankAccount;
use serde::Serialize;
use store::bank_statements::{self, NewStatement};

use super::read::{Damaged, contents, decoded, format_of};
use super::{import::columns_of, of_statement};
use crate::permit::{ImportStatements, Permit};
use crate::record::audit;
use crate::refused::taken;
use crate::{Context, Result};

/// A file as somebody sent it, for an account that is there or a new one.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub account: String,
    /// The name and currency of a new account, where none was chosen.
    pub new_account: String,
    pub currency: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// What the audit keeps of it.
#[derive(Serialize)]
struct Kept<'a> {
    account: BankAccountId,
    file_name: &'a str,
    format: StatementFormat,
    bytes: usize,
}

/// The accounts that a file may be of.
pub async fn accounts(context: &Context, _: &Permit<ImportStatements>) -> Result<Vec<BankAccount>> {
    let mut connection = context.connection().await?;
    Ok(bank_statements::accounts(&mut connection).await?)
}

/// Keeps the file; nothing of it is in the work list before `import`.
///
/// # Errors
/// `Fields`: no file, an empty one, or (`Damaged`, with the line) one that cannot be read.
pub async fn upload(context: &Context, permit: &Permit<ImportStatements>, upload: &Upload) -> Result<BankStatementId> {
    let content = decoded(&upload.bytes);
    if content.trim().is_empty() {
        return Err(Failure::field("file", Problem::Required).into());
    }
    let mut transaction = context.begin().await?;
    let account = account(&mut transaction, upload).await?;
    let format = format_of(&content);
    let columns = columns_of(&mut transaction, account, &content).await?;
    let found = contents(format, &content, &columns).map_err(damaged)?;
    if found.movements.is_empty() && found.bad.is_empty() {
        return Err(Failure::field("file", Problem::Damaged { line: None }).into());
    }
    let file_name = if upload.file_name.trim().is_empty() { "statement" } else { upload.file_name.trim() };
    let statement = NewStatement {
        account,
        file_name,
        format,
        content: &content,
        at: context.clock.now(),
        by: permit.actor().user_id(),
    };
    let statement = bank_statements::add(&mut transaction, &statement).await?;
    let kept = Kept { account, file_name, format, bytes: upload.bytes.len() };
    audit(context, &mut transaction, permit, of_statement(statement), None::<&()>, Some(&kept)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(statement)
}

pub(super) fn damaged(damaged: Damaged) -> Failure {
    Failure::field("file", Problem::Damaged { line: damaged.line })
}

async fn account(transaction: &mut store::Transaction, upload: &Upload) -> Result<BankAccountId> {
    if !upload.account.trim().is_empty() {
        let chosen = form::choice(&upload.account).map_err(|problem| Failure::field("account", problem))?;
        let known = bank_statements::accounts(transaction).await?.iter().any(|account| account.id == chosen);
        return if known { Ok(chosen) } else { Err(Failure::field("account", Problem::UnknownChoice).into()) };
    }
    let company = store::company::get(transaction).await?.currency;
    let mut check = FormCheck::default();
    let name = check.take("new_account", required(&upload.new_account, 80));
    let currency = check.take("currency", form::optional_choice(&upload.currency));
    let (name, currency) = check.answer((|| Some((name?, currency?.unwrap_or(company))))())?;
    bank_statements::add_account(transaction, &name, currency)
        .await
        .map_err(|error| taken(error, &[("bank_accounts_name_key", "new_account")], &name))
}
