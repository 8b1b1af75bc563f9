//! Files of the bank, and the movements that they tell.

use chrono::{DateTime, Utc};
use domain::bank::{Columns, Movement, StatementFormat};
use domain::ids::{BankAccountId, BankStatementId, UserId};
use domain::money::Currency;
use domain::views::bank::{BankAccount, StatementRow};
use domain::views::list::{Page, PageNumber};
use rust_decimal::Decimal;

use crate::{Connection, Result};

pub async fn accounts(connection: &mut Connection) -> Result<Vec<BankAccount>> {
    let rows = sqlx::query!("select id, name, currency from bank_accounts order by name, id");
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| Ok(BankAccount { id: BankAccountId(row.id), name: row.name, currency: row.currency.parse()? }))
        .collect()
}

/// # Errors
/// `Taken` with `bank_accounts_name_key`.
pub async fn add_account(connection: &mut Connection, name: &str, currency: Currency) -> Result<BankAccountId> {
    let id = sqlx::query_scalar!(
        "insert into bank_accounts (name, currency) values ($1, $2) returning id",
        name,
        currency.to_string()
    );
    Ok(BankAccountId(id.fetch_one(connection).await?))
}

/// How the columns of an account's CSV files are read, when somebody said so.
pub async fn columns(connection: &mut Connection, account: BankAccountId) -> Result<Option<Columns>> {
    let columns = sqlx::query_scalar!("select columns from bank_accounts where id = $1", account.0);
    let columns = columns.fetch_one(connection).await?;
    Ok(columns.map(serde_json::from_value).transpose()?)
}

pub async fn remember_columns(connection: &mut Connection, account: BankAccountId, columns: &Columns) -> Result<()> {
    let columns = serde_json::to_value(columns)?;
    sqlx::query!("update bank_accounts set columns = $2 where id = $1", account.0, columns).execute(connection).await?;
    Ok(())
}

/// A file as it came.
#[derive(Clone, Debug)]
pub struct NewStatement<'a> {
    pub account: BankAccountId,
    pub file_name: &'a str,
    pub format: StatementFormat,
    pub content: &'a str,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

pub async fn add(connection: &mut Connection, statement: &NewStatement<'_>) -> Result<BankStatementId> {
    let id = sqlx::query_scalar!(
        "insert into bank_statements (account_id, file_name, format, content, uploaded_at, uploaded_by)
         values ($1, $2, $3, $4, $5, $6) returning id",
        statement.account.0,
        statement.file_name,
        statement.format.word(),
        statement.content,
        statement.at,
        statement.by.map(|id| id.0)
    );
    Ok(BankStatementId(id.fetch_one(connection).await?))
}

struct Row {
    id: i64,
    account_id: i64,
    account_name: String,
    currency: String,
    file_name: String,
    format: String,
    uploaded_at: DateTime<Utc>,
    imported_at: Option<DateTime<Utc>>,
    movements: i64,
}

/// The newest files first.
pub async fn list(connection: &mut Connection, page: PageNumber) -> Result<Page<StatementRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select s.id, s.account_id, a.name as account_name, a.currency, s.file_name, s.format, s.uploaded_at,
                  s.imported_at, (select count(*) from bank_rows where statement_id = s.id) as "movements!"
           from bank_statements s join bank_accounts a on a.id = s.account_id
           order by s.uploaded_at desc, s.id desc limit $1 offset $2"#,
        page.rows(),
        page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?.into_iter().map(Row::view).collect::<Result<_>>()?;
    let total =
        sqlx::query_scalar!(r#"select count(*) as "count!" from bank_statements"#).fetch_one(connection).await?;
    Ok(Page { rows, total, number: page.0.max(1) })
}

/// A file and its content.
///
/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, statement: BankStatementId) -> Result<(StatementRow, String)> {
    let row = sqlx::query_as!(
        Row,
        r#"select s.id, s.account_id, a.name as account_name, a.currency, s.file_name, s.format, s.uploaded_at,
                  s.imported_at, (select count(*) from bank_rows where statement_id = s.id) as "movements!"
           from bank_statements s join bank_accounts a on a.id = s.account_id where s.id = $1"#,
        statement.0
    );
    let row = row.fetch_one(&mut *connection).await?.view()?;
    let content = sqlx::query_scalar!("select content from bank_statements where id = $1", statement.0);
    Ok((row, content.fetch_one(connection).await?))
}

/// Whether each of these movements was told before, in their order.
pub async fn known(connection: &mut Connection, account: BankAccountId, movements: &[Movement]) -> Result<Vec<bool>> {
    let told = Told::of(movements);
    let known = sqlx::query_scalar!(
        r#"select exists (
               select from bank_rows r
               where r.account_id = $1 and r.booked_on = m.booked_on and r.amount = m.amount
                 and r.reference = m.reference and r.name = m.name and r.description = m.description and r.nth = m.nth)
               as "known!"
           from unnest($2::date[], $3::numeric[], $4::text[], $5::text[], $6::text[], $7::int[]) with ordinality
               as m (booked_on, amount, reference, name, description, nth, position)
           order by m.position"#,
        account.0,
        &told.booked_on,
        &told.amounts,
        &told.references,
        &told.names,
        &told.descriptions,
        &told.nths
    );
    Ok(known.fetch_all(connection).await?)
}

/// Stores the movements that no file told before, and notes that the file was imported; answers how many there were.
pub async fn import(
    connection: &mut Connection,
    statement: &StatementRow,
    movements: &[Movement],
    at: DateTime<Utc>,
) -> Result<u64> {
    let told = Told::of(movements);
    let stored = sqlx::query!(
        "insert into bank_rows (account_id, statement_id, line, booked_on, amount, reference, name, description, nth,
                                state)
         select $1, $2, *, 'open' from unnest($3::int[], $4::date[], $5::numeric[], $6::text[], $7::text[], $8::text[],
                                              $9::int[])
         on conflict do nothing",
        statement.account.id.0,
        statement.id.0,
        &told.lines,
        &told.booked_on,
        &told.amounts,
        &told.references,
        &told.names,
        &told.descriptions,
        &told.nths
    );
    let stored = stored.execute(&mut *connection).await?.rows_affected();
    sqlx::query!("update bank_statements set imported_at = $2 where id = $1", statement.id.0, at)
        .execute(connection)
        .await?;
    Ok(stored)
}

/// Movements by columns, as PostgreSQL takes them.
#[derive(Default)]
struct Told {
    lines: Vec<i32>,
    booked_on: Vec<chrono::NaiveDate>,
    amounts: Vec<Decimal>,
    references: Vec<String>,
    names: Vec<String>,
    descriptions: Vec<String>,
    /// The first of equal movements is 1, the second 2.
    nths: Vec<i32>,
}

impl Told {
    fn of(movements: &[Movement]) -> Self {
        let mut told = Self::default();
        let mut seen = std::collections::HashMap::new();
        for movement in movements {
            let same = (
                movement.booked_on,
                movement.amount.normalize(),
                &movement.reference,
                &movement.name,
                &movement.description,
            );
            let nth = seen.entry(same).or_insert(0);
            *nth += 1;
            told.lines.push(i32::try_from(movement.line).unwrap_or(i32::MAX));
            told.booked_on.push(movement.booked_on);
            told.amounts.push(movement.amount);
            told.references.push(movement.reference.clone());
            told.names.push(movement.name.clone());
            told.descriptions.push(movement.description.clone());
            told.nths.push(*nth);
        }
        told
    }
}

impl Row {
    fn view(self) -> Result<StatementRow> {
        Ok(StatementRow {
            id: BankStatementId(self.id),
            account: BankAccount {
                id: BankAccountId(self.account_id),
                name: self.account_name,
                currency: self.currency.parse()?,
            },
            file_name: self.file_name,
            format: self.format.parse()?,
            uploaded_at: self.uploaded_at,
            imported_at: self.imported_at,
            movements: self.movements,
        })
    }
}
