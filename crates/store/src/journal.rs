//! The books, read from the view `journal`, and what is owed by its age.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::journal::JournalLine;
use domain::money::{Currency, Money};
use domain::views::accounts::{AccountRow, Aged, AgedRow, BookPeriod};
use domain::views::list::{Choice, PER_PAGE, Page, PageNumber};
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
    let rows = lines(connection, period, account, PER_PAGE, number.offset()).await?;
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

struct Ages {
    currency: String,
    current: Decimal,
    to_30: Decimal,
    to_60: Decimal,
    to_90: Decimal,
    older: Decimal,
    credit: Decimal,
}

/// Customers with something open on `today`, the largest late debt first: a page of them.
pub async fn aged(connection: &mut Connection, today: NaiveDate, number: PageNumber) -> Result<Page<AgedRow>> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select customer_id, currency from open_items
               union select customer_id, currency from open_credits) o"#
    );
    let total = total.fetch_one(&mut *connection).await?;
    let rows = aged_rows(connection, today, PER_PAGE, number.offset()).await?;
    Ok(Page { rows, total, number: number.0.max(1) })
}

/// All of them.
pub async fn all_aged(connection: &mut Connection, today: NaiveDate) -> Result<Vec<AgedRow>> {
    aged_rows(connection, today, i64::MAX, 0).await
}

async fn aged_rows(connection: &mut Connection, today: NaiveDate, limit: i64, offset: i64) -> Result<Vec<AgedRow>> {
    let rows = sqlx::query!(
        r#"with open as (
               select customer_id, currency, $1 - due_on as late, amount, 0::numeric as credit from open_items
               union all
               select customer_id, currency, null, 0, amount from open_credits)
           select k.id, k.name, k.reference, o.currency as "currency!: String",
                  coalesce(sum(o.amount) filter (where late <= 0), 0) as "current!",
                  coalesce(sum(o.amount) filter (where late between 1 and 30), 0) as "to_30!",
                  coalesce(sum(o.amount) filter (where late between 31 and 60), 0) as "to_60!",
                  coalesce(sum(o.amount) filter (where late between 61 and 90), 0) as "to_90!",
                  coalesce(sum(o.amount) filter (where late > 90), 0) as "older!",
                  sum(o.credit) as "credit!"
           from open o join customers k on k.id = o.customer_id
           group by k.id, o.currency
           order by coalesce(sum(o.amount) filter (where late > 0), 0) desc, k.name, k.id, o.currency
           limit $2 offset $3"#,
        today,
        limit,
        offset
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let ages = Ages {
                currency: row.currency,
                current: row.current,
                to_30: row.to_30,
                to_60: row.to_60,
                to_90: row.to_90,
                older: row.older,
                credit: row.credit,
            };
            let customer = Choice { id: CustomerId(row.id), name: row.name };
            Ok(AgedRow { customer, reference: row.reference, aged: ages.view()? })
        })
        .collect()
}

/// All customers together, per currency.
pub async fn aged_totals(connection: &mut Connection, today: NaiveDate) -> Result<Vec<Aged>> {
    let rows = sqlx::query_as!(
        Ages,
        r#"with open as (
               select currency, $1 - due_on as late, amount, 0::numeric as credit from open_items
               union all
               select currency, null, 0, amount from open_credits)
           select currency as "currency!: String",
                  coalesce(sum(amount) filter (where late <= 0), 0) as "current!",
                  coalesce(sum(amount) filter (where late between 1 and 30), 0) as "to_30!",
                  coalesce(sum(amount) filter (where late between 31 and 60), 0) as "to_60!",
                  coalesce(sum(amount) filter (where late between 61 and 90), 0) as "to_90!",
                  coalesce(sum(amount) filter (where late > 90), 0) as "older!",
                  sum(credit) as "credit!"
           from open group by currency order by currency"#,
        today
    );
    rows.fetch_all(connection).await?.into_iter().map(Ages::view).collect()
}

impl Ages {
    fn view(self) -> Result<Aged> {
        let currency: Currency = self.currency.parse()?;
        let owed = self.current + self.to_30 + self.to_60 + self.to_90 + self.older;
        let money = |amount| Money::new(amount, currency);
        Ok(Aged {
            current: money(self.current),
            to_30: money(self.to_30),
            to_60: money(self.to_60),
            to_90: money(self.to_90),
            older: money(self.older),
            credit: money(self.credit),
            balance: money(owed - self.credit),
        })
    }
}
