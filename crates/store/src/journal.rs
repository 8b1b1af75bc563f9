//! The books, read from the view `journal`.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::journal::JournalLine;
use domain::money::{Currency, Money};
use domain::views::accounts::{AccountRow, BookPeriod};
use domain::views::list::{Choice, Page, PageNumber};
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// Every account that was used up to the end of the period, per currency.
pub async fn accounts(connection: &mut Connection, period: BookPeriod) -> Result<Vec<AccountRow>> {
    let rows = sqlx::query!(
        r#"select account as "account!", currency as "currency!: String",
                  coalesce(sum(amount) filter (where on_date < $1), 0) as "opening!",
                  coalesce(sum(amount) filter (where on_date >= $1 and amount > 0), 0) as "debit!",
                  coalesce(-sum(amount) filter (where on_date >= $1 and amount < 0), 0) as "credit!",
                  sum(amount) as "closing!"
           from journal where on_date <= $2 and amount <> 0
           group by account, currency order by account, currency"#,
        period.from,
        period.to
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let currency: Currency = row.currency.parse()?;
            let money = |amount| Money::new(amount, currency);
            Ok(AccountRow {
                account: row.account,
                opening: money(row.opening),
                debit: money(row.debit),
                credit: money(row.credit),
                closing: money(row.closing),
            })
        })
        .collect()
}

struct Line {
    on_date: NaiveDate,
    kind: String,
    record: i64,
    name: String,
    customer_id: i64,
    customer_name: String,
    account: String,
    currency: String,
    amount: Decimal,
}

/// A page of the lines of an account, or of all, in the order of the books.
pub async fn page(
    connection: &mut Connection,
    period: BookPeriod,
    account: Option<&str>,
    number: PageNumber,
) -> Result<Page<JournalLine>> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from journal
           where on_date between $1 and $2 and amount <> 0 and ($3::text is null or account = $3)"#,
        period.from,
        period.to,
        account
    );
    let total = total.fetch_one(&mut *connection).await?;
    let rows = lines(connection, period, account, number.rows(), number.offset()).await?;
    Ok(Page { rows, total, number: number.0.max(1) })
}

/// The whole journal of a period, the lines of each entry together.
pub async fn all(connection: &mut Connection, period: BookPeriod) -> Result<Vec<JournalLine>> {
    lines(connection, period, None, i64::MAX, 0).await
}

async fn lines(
    connection: &mut Connection,
    period: BookPeriod,
    account: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<Vec<JournalLine>> {
    let rows = sqlx::query_as!(
        Line,
        r#"select j.on_date as "on_date!", j.kind as "kind!", j.record as "record!", j.name as "name!",
                  j.customer_id as "customer_id!", k.name as customer_name, j.account as "account!",
                  j.currency as "currency!: String", j.amount as "amount!"
           from journal j join customers k on k.id = j.customer_id
           where j.on_date between $1 and $2 and j.amount <> 0 and ($3::text is null or j.account = $3)
           order by j.on_date, j.kind, j.record, j.amount desc, j.account limit $4 offset $5"#,
        period.from,
        period.to,
        account,
        limit,
        offset
    );
    rows.fetch_all(connection).await?.into_iter().map(Line::view).collect()
}

impl Line {
    fn view(self) -> Result<JournalLine> {
        Ok(JournalLine {
            on: self.on_date,
            kind: self.kind.parse()?,
            record: self.record,
            name: self.name,
            customer: Choice { id: CustomerId(self.customer_id), name: self.customer_name },
            account: self.account,
            amount: Money::new(self.amount, self.currency.parse()?),
        })
    }
}
