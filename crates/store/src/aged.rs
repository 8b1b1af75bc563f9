//! What was owed at the end of a day, by its age.

use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::money::{Currency, Money};
use domain::views::accounts::{Aged, AgedRow};
use domain::views::list::{Choice, Page, PageNumber};
use rust_decimal::Decimal;

use crate::{Connection, Result};

struct Ages {
    currency: String,
    current: Decimal,
    to_30: Decimal,
    to_60: Decimal,
    to_90: Decimal,
    older: Decimal,
    credit: Decimal,
}

/// Customers with something open at the end of a day, the largest late debt first: a page of them.
pub async fn aged(connection: &mut Connection, on: NaiveDate, number: PageNumber) -> Result<Page<AgedRow>> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (select from open_on($1) group by customer_id, currency) o"#,
        on
    );
    let total = total.fetch_one(&mut *connection).await?;
    let rows = aged_rows(connection, on, number.rows(), number.offset()).await?;
    Ok(Page { rows, total, number: number.0.max(1) })
}

/// All of them.
pub async fn all_aged(connection: &mut Connection, on: NaiveDate) -> Result<Vec<AgedRow>> {
    aged_rows(connection, on, i64::MAX, 0).await
}

async fn aged_rows(connection: &mut Connection, on: NaiveDate, limit: i64, offset: i64) -> Result<Vec<AgedRow>> {
    let rows = sqlx::query!(
        r#"with open as (
               select customer_id, currency, $1 - due_on as late, owed as amount, credit from open_on($1))
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
        on,
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
pub async fn aged_totals(connection: &mut Connection, on: NaiveDate) -> Result<Vec<Aged>> {
    let rows = sqlx::query_as!(
        Ages,
        r#"with open as (select currency, $1 - due_on as late, owed as amount, credit from open_on($1))
           select currency as "currency!: String",
                  coalesce(sum(amount) filter (where late <= 0), 0) as "current!",
                  coalesce(sum(amount) filter (where late between 1 and 30), 0) as "to_30!",
                  coalesce(sum(amount) filter (where late between 31 and 60), 0) as "to_60!",
                  coalesce(sum(amount) filter (where late between 61 and 90), 0) as "to_90!",
                  coalesce(sum(amount) filter (where late > 90), 0) as "older!",
                  sum(credit) as "credit!"
           from open group by currency order by currency"#,
        on
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
